"""A talk in hand: one thing she sent, with her row held, her case and place open, and the orders it leads to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.engine import Known
from dialogs.kinds import Place
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


@dataclass(slots=True)
class Talk:
    """What the verbs of reception work on; `thumb` is the message she tapped, where she tapped one."""

    house: House
    connection: Connection
    now: datetime
    person: PersonHash
    address: int
    case: Case
    place: Place
    agreed: bool
    thumb: int | None = None
    new: bool = False

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
        """The step's screen: under her thumb where she tapped, else a new message."""
        self.place = replace(self.place, step=step)
        await self.order("screen", message_id=self.thumb, params={"arg": arg} if arg else {})

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
        answers: Mapping[str, str] = {
            "resume": now or ("again" if self.knows("paused") else "menu"),
            "go_on": now or "menu",
            "person": now or ("agreed" if self.agreed else "ask"),
            "screened": screened,
        }
        return lambda question, _place: answers[question]


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
    agreed = await consents.stands(connection, row.case, consents.PERSON)
    return Talk(house, connection, now, person, row.address, found, place, agreed)
