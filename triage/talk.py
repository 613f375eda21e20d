"""A talk in hand: one thing she sent, with her row held, her case and place open, and the orders it leads to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.engine import STEPS, Known
from dialogs.flows import plan_state
from dialogs.flows.road import BETWEEN
from dialogs.kinds import Place
from dialogs.manner import Manner, manner_of
from dialogs.young import age_known, is_young
from triage.house import House
from triage.lifecycle import CaseState, Move, move
from triage.risk_class import RiskClass
from vault import audit, cases, consents, ledger, orders
from vault.cases import Case
from vault.database import Connection
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.tables import DESK, SURVIVORS

# How long her message or tap lets us answer (survivor.md 5.5), and how long her asking for a person does.
WINDOW = timedelta(minutes=15)
WAIT_WINDOW = timedelta(minutes=60)

# Steps that say how it stands with a person; the desk moves the case, so that they may be out of date.
_OF_A_PERSON = frozenset({"waiting", "left_words", "talking"})

# The greeting, and the question whether it is safe: they show nothing of before.
ASKS_SAFE = frozenset({"greet", "safe_now"})


def as_it_stands(step: str, state: str) -> str:
    """The step, or the one that is true now: a counsellor may have come or gone since it was chosen."""
    if step not in _OF_A_PERSON:
        return step
    if state == CaseState.TALKING:
        return "talking"
    if state == CaseState.WAITING:
        return "left_words" if step == "left_words" else "waiting"
    return "after" if state == CaseState.CLOSED else "menu"


def once_more(step: str) -> str:
    """The step as it is shown again: comfort is said once, and would wear out (rule 13)."""
    return "heard" if step == "heard_first" else step


@dataclass(slots=True)
class Talk:
    """What the verbs of reception work on.

    `thumb` is the message she tapped, `typed` the one she sent, `changed` that she only changed an earlier one;
    `agreed` says that what she writes goes to the desk as well: her yes stands, or a flag immediate opened the talk.
    """

    house: House
    connection: Connection
    now: datetime
    person: PersonHash
    address: int
    case: Case
    place: Place
    agreed: bool
    thumb: int | None = None
    typed: int | None = None
    changed: bool = False
    new: bool = False

    @property
    def manner(self) -> Manner:
        """How she reads."""
        return manner_of(self.place.settings)

    async def order(self, kind: str, urgency: Urgency = Urgency.SCREEN, **more: Any) -> None:
        """An order for her own bot."""
        made = Order(kind, self.address, urgency, case=self.case.id, **more)
        await orders.write(self.connection, SURVIVORS, made, self.now)

    async def tell_desk(self, kind: str, urgency: Urgency = Urgency.ALERT, **more: Any) -> None:
        """An order to the desk: who is told is decided there."""
        made = Order(kind, None, urgency, case=self.case.id, **more)
        await orders.write(self.connection, DESK, made, self.now, across=True)

    async def note(self, verb: str, subject: str | None = None) -> None:
        """An audit row of what the program did for her."""
        await audit.note(self.connection, "program", verb, self.now, case=self.case.id, subject=subject)

    async def show(self, step: str, *, arg: str = "") -> None:
        """The step's screen: under her thumb where she tapped, else a new message.

        What only comes between remembers where she stood, so that she is led back to it.
        """
        step = plan_state.as_it_opens(as_it_stands(step, self.case.state), self.place)
        if self.place.step == "menu":
            # It was said there, and is said once.
            self.untold("left_behind")
        stood = self.place.before if self.place.step in BETWEEN else self.place.step
        self.place = replace(self.place, step=step, before=stood if step in BETWEEN else "")
        if step in ASKS_SAFE:
            # Whoever is asked has not answered: what waits for her waits for that.
            self.untold("safe")
        if step == "talking":
            # This screen says that a person is there now; a line that waits to say it would be the second.
            await orders.end_kind(self.connection, SURVIVORS, self.address, "person_in", "said", self.now)
        if step == "menu":
            self.told("menu_again" if self.knows("menu_seen") else "menu_seen")
        # A screen reader may pass an edit by in silence: there each screen is a new message.
        under = None if self.manner.aloud else self.thumb
        await self.order("screen", message_id=under, params={"arg": arg} if arg else {})

    async def change(self, **values: Any) -> None:
        """Set columns of the case's row, here and in the row in hand."""
        await cases.change(self.connection, self.case.id, **values)
        mine = {name: value for name, value in values.items() if name in Case.__dataclass_fields__}
        if "holder_id" in values:
            mine["holder"] = values["holder_id"]
        self.case = replace(self.case, **mine)

    async def step(self, made: Move, **values: Any) -> None:
        """Move the case along its life cycle; raises NotAllowedError."""
        await self.change(state=move(self.case.state, made).value, **values)

    async def keep(self) -> None:
        """Keep her place as it stands now."""
        await cases.keep_place(self.connection, self.person, self.address, self.case.id, self.place.written())

    def told(self, *facts: str) -> None:
        """Remember what need not be said again."""
        self.place = replace(self.place, told=self.place.told | set(facts))

    def knows(self, fact: str) -> bool:
        """Whether this was said or done in this case already."""
        return fact in self.place.told

    def untold(self, *facts: str) -> None:
        """Forget what must be asked again."""
        self.place = replace(self.place, told=self.place.told - set(facts))

    async def open_window(self) -> None:
        """What she does opens her window for a while, and what was held for her may go; not after her duress word."""
        if self.case.forced_at is not None:
            return
        until = self.now + WINDOW
        longer = self.case.window_until
        await self.change(window_until=max(until, longer) if longer else until)
        await orders.free_held(self.connection, SURVIVORS, self.address)

    async def goes_on(self) -> None:
        """Rule 1 is answered, or she asked for a person: what was held for her may come."""
        self.told("safe")
        self.untold("paused")
        await self.open_window()

    def back(self) -> str:
        """Where she stood before what came between."""
        before = once_more(self.place.before)
        return before if before in STEPS and STEPS[before].inside else "menu"

    async def rise(self, risk: RiskClass, flags: tuple[str, ...] = ()) -> bool:
        """Raise the case to this class at least and add these flags; whether anything changed. Nothing lowers here."""
        raised = max(RiskClass.named(self.case.risk), risk)
        union = tuple(dict.fromkeys((*self.case.flags, *flags)))
        if raised.word == self.case.risk and union == self.case.flags:
            return False
        await self.change(risk=raised.word, flags=list(union))
        self.case = replace(self.case, flags=union)
        return True

    def known(self, screened: str = "not_screened") -> Known:
        """What the flows' forks ask: is a person there or waited for, and how the screening came out."""
        state = self.case.state
        now = {CaseState.TALKING: "talking", CaseState.WAITING: "waiting"}.get(CaseState(state), "")
        # Who left while a person was asked for is led back there: to the counsellor who holds the case, or the queue.
        returns = ("talking" if self.case.holder else "waiting") if state == CaseState.LEFT else now
        plan = plan_state.door(self.place, self.case.flags, with_person=bool(now))
        answers: Mapping[str, str] = {
            "resume": returns or ("again" if self.knows("paused") else "menu"),
            "go_on": now or "menu",
            "person": now or ("agreed" if self.agreed else "young" if is_young(self.place) else "ask"),
            "grown_up": now or "ask",
            "age": age_known(self.place),
            "screened": screened,
            "plan": plan,
            "plan_share": plan_state.showing(self.place, agreed=self.agreed),
        }
        return lambda question, _place: answers[question]


async def is_known(house: House, connection: Connection, chat: int) -> bool:
    """Whether this chat has a case: a block, or its end, opens none."""
    return await cases.place(connection, house.safe, house.safe.person("chat", str(chat))) is not None


async def take_up(house: House, connection: Connection, chat: int, language_code: str, now: datetime) -> Talk:
    """Her talk as it stands, or a new one: a case is opened at the first thing she sends."""
    person = house.safe.person("chat", str(chat))
    row = await cases.place(connection, house.safe, person)
    if row is None:
        address = await ledger.make_address(connection, house.safe, chat, ledger.new_number(house.dice))
        language = house.guess(language_code)
        case = await cases.open_case(
            connection, address=address, region=house.region.id, language=language, now=now, dice=house.dice
        )
        return Talk(house, connection, now, person, address, case, Place(), agreed=False, new=True)
    found = await cases.find(connection, row.case, lock=True)
    if found is None:
        raise cases.ErasedError
    place = Place.from_json(json.loads(row.opened))
    agreed = "opened_by_flag" in place.told or await consents.stands(connection, row.case, consents.PERSON)
    return Talk(house, connection, now, person, row.address, found, place, agreed)
