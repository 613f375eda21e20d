"""What an order to a staff member becomes when its time has come: a card in the member's language, read from the vault.

Each reading of a case is audited in the commit of the try. What was erased since the order was written is not shown.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogs.words import Catalogs
from triage.house import House
from triage.lifecycle import CaseState, ReferralState
from triage.wording import LONGEST, parts, units
from vault import audit, cases, entries, ledger, orders, people, referrals
from vault.cases import Case, ErasedError
from vault.database import Connection
from vault.entries import Entry
from vault.orders import Due
from vault.people import Member
from vault.referrals import Referral
from vault.tables import DESK

# Rows of buttons: the label as it is shown, and the data.
Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One message to a staff member; `edit` is the message it takes the place of. Only some sound."""

    text: str
    rows: Rows = ()
    edit: int | None = None
    sounds: bool = False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Messages to delete from a staff chat, and which of them are only suspected to be there."""

    ids: tuple[int, ...]
    suspected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to show any more."""

    why: str


Shown = Card | Forgotten | Nothing


@dataclass(frozen=True, slots=True)
class Desk:
    """Who an order is for, and the case it is about (None once erased, or where it is about none)."""

    house: House
    connection: Connection
    now: datetime
    due: Due
    member: Member | None
    case: Case | None
    words: Catalogs

    @property
    def language(self) -> str:
        """The language this member reads the desk in."""
        asked = self.due.order.params.get("language")
        return str(asked) if asked else self.member.languages[0] if self.member else "uz"

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the desk; a value that begins with @ names another sentence."""
        filled = {
            name: self.say(str(value)[1:]) if str(value).startswith("@") else value for name, value in values.items()
        }
        return self.words.say(self.language, key, **filled)

    def row(self, *buttons: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """A row of buttons by the keys of their labels."""
        return tuple((self.say(key), data) for key, data in buttons)


async def show(house: House, connection: Connection, due: Due, now: datetime) -> Shown:
    """The call this order asks for now, or why there is none."""
    assert due.order.address is not None  # noqa: S101 - what is for the desk is spread, never sent
    assert house.desk_words is not None  # noqa: S101 - the staff's process always has them
    member = await people.at(connection, due.order.address)
    case = await cases.find(connection, due.order.case) if due.order.case else None
    desk = Desk(house, connection, now, due, member, case, house.desk_words)
    return await _KINDS[due.order.kind](desk)


async def _line(desk: Desk) -> Shown:
    params = desk.due.order.params
    rows = tuple(tuple((desk.say(key), data) for key, data in row) for row in params.get("offers", ()))
    return Card(desk.say(params["key"], **params.get("values", {})), rows)


def _minutes(desk: Desk, case: Case) -> int:
    return int((desk.now - (case.waits_since or desk.now)).total_seconds() // 60)


def _head(desk: Desk, case: Case) -> str:
    return desk.say(
        "alert",
        number=case.number,
        risk=f"@risk.{case.risk}",
        language=f"@language.{case.language}",
        minutes=_minutes(desk, case),
    )


def _flags(desk: Desk, case: Case) -> tuple[str, ...]:
    if not case.flags:
        return ()
    return (desk.say("card.flags", flags=", ".join(desk.say(f"flag.{flag}") for flag in case.flags)),)


async def _alert(desk: Desk) -> Shown:
    """Class, flags, language and waiting time: what the desk may see of a case before anybody takes it."""
    case = desk.case
    if case is None or case.state != CaseState.WAITING:
        return Nothing("no longer waits")
    text = "\n".join((_head(desk, case), *_flags(desk, case)))
    return Card(text, (desk.row(("button.take", f"take:{case.number}")),), sounds=True)


async def _alert_over(desk: Desk) -> Shown:
    case = desk.case
    if case is None:
        return Nothing("erased")
    if case.state == CaseState.WAITING:
        return Nothing("waits again")
    key = "taken.other" if case.state == CaseState.TALKING else "waits_no_more"
    return Card(desk.say(key, number=case.number), edit=desk.due.order.message_id)


def _holds(desk: Desk) -> bool:
    return desk.case is not None and desk.member is not None and desk.case.holder == desk.member.id


async def _card(desk: Desk) -> Shown:
    """The brief at the start: what is known and what she wrote, so that nothing is asked of her twice."""
    case = desk.case
    if case is None or not _holds(desk):
        return Nothing("not theirs any more")
    await _audit(desk, "read.case")
    found = await entries.read_all(desk.connection, desk.house.safe, case.id, ("words", "answers", "note", "voice"))
    lines = [
        desk.say("card.head", number=case.number, risk=f"@risk.{case.risk}", language=f"@language.{case.language}"),
        *_flags(desk, case),
        *_answers(desk, found),
        *(_spoken(desk, entry) for entry in found if entry.kind != "answers"),
    ]
    return Card(_newest(lines), _buttons(desk, case), sounds=True)


def _newest(lines: list[str]) -> str:
    """The head and as many of the newest lines as one message holds."""
    head, rest = lines[0], lines[1:]
    kept: list[str] = []
    for line in reversed(rest):
        if units("\n".join((head, line, *kept))) > LONGEST:
            break
        kept.insert(0, line)
    return "\n".join((head, *kept))


def _answers(desk: Desk, found: list[Entry]) -> list[str]:
    newest = next((entry for entry in reversed(found) if entry.kind == "answers"), None)
    if newest is None:
        return []
    kept = json.loads(newest.text)
    items = ", ".join(
        f"{desk.say(f'item.{item}')}: {desk.say(f'answer.{value}')}" for item, value in kept["answers"].items()
    )
    return [desk.say("card.screening", band=f"@band.{kept['band']}", answers=items)]


def _spoken(desk: Desk, entry: Entry) -> str:
    at = f"{entry.at.astimezone(desk.house.region.zone):%H:%M}"
    key = "card.note" if entry.kind == "note" else f"card.{entry.author}"
    return desk.say(key, time=at, words=entry.text)


def _buttons(desk: Desk, case: Case) -> Rows:
    number = case.number
    return (
        desk.row(("button.refer", f"refer:{number}"), ("button.note", f"note:{number}")),
        desk.row(("button.release", f"release:{number}"), ("button.close", f"close:{number}")),
    )


async def _words(desk: Desk) -> Shown:
    """What she wrote, under the case's number; her name, picture and number are nowhere."""
    case, entry = desk.case, desk.due.order.entry
    if case is None or entry is None or not _holds(desk):
        return Nothing("not theirs any more")
    try:
        text = await entries.read(desk.connection, desk.house.safe, case.id, entry)
    except ErasedError:
        return Nothing("erased")
    await _audit(desk, "read.words")
    pieces = parts(text)
    if desk.due.order.part == 0:
        for part in range(1, len(pieces)):
            more = orders.Order(
                "words", desk.due.order.address, desk.due.order.urgency, case=case.id, entry=entry, part=part
            )
            await orders.write(desk.connection, DESK, more, desk.now)
    chosen = desk.member is not None and desk.member.current_case == case.id
    rows = () if chosen else (desk.row(("button.case", f"case:{case.number}")),)
    return Card(desk.say("words", number=case.number, words=pieces[desk.due.order.part]), rows, sounds=True)


async def _services(desk: Desk) -> Shown:
    """The region's services, a button each."""
    case = desk.case
    if case is None or not _holds(desk):
        return Nothing("not theirs any more")
    rows = tuple(
        ((f"{service.name(desk.language)}", f"refer:{case.number}:{service.id}"),)
        for service in desk.house.region.services
    )
    return Card(desk.say("refer.pick", number=case.number), rows)


_NEXT = {
    ReferralState.SENT: ("ack", "accept", "decline"),
    ReferralState.ESCALATED: ("ack", "accept", "decline"),
    ReferralState.ACKNOWLEDGED: ("accept", "decline"),
}


async def _referral_card(desk: Desk) -> Shown:
    """What the service sees: the fields she said yes to, and nothing else of the case."""
    referral = await referrals.find(desk.connection, str(desk.due.order.params["number"]))
    if referral is None or desk.member is None or referral.service != desk.member.service:
        return Nothing("not theirs")
    if referral.entry is None:
        return Nothing("erased")
    try:
        kept = json.loads(await entries.read(desk.connection, desk.house.safe, referral.case, referral.entry))
    except ErasedError:
        return Nothing("erased")
    await _audit(desk, "read.referral")
    lines = [desk.say("referral.head", number=referral.number, state=f"@state.{referral.state}")]
    lines += [_field(desk, name, value) for name, value in kept["fields"].items()]
    if referral.due_at is not None and referral.state in {ReferralState.SENT, ReferralState.ESCALATED}:
        lines.append(desk.say("referral.due", time=_when(desk, referral.due_at)))
    rows = tuple(
        desk.row((f"button.{verb}", f"{verb}:{referral.number}"))
        for verb in _NEXT.get(ReferralState(referral.state), ())
    )
    return Card("\n".join(lines), rows, edit=desk.due.order.message_id, sounds=_is_new(referral))


def _is_new(referral: Referral) -> bool:
    return referral.state in {ReferralState.SENT, ReferralState.ESCALATED}


def _when(desk: Desk, at: datetime) -> str:
    return f"{at.astimezone(desk.house.region.zone):%d.%m %H:%M}"


def _field(desk: Desk, name: str, value: str) -> str:
    key = f"value.{name}.{value}"
    return f"{desk.say(f'field.{name}')}: {desk.say(key) if key in desk.words.english else value}"


async def _wipe(desk: Desk) -> Shown:
    """What this chat showed of the case, a hundred at a time, with what a try that died may have left."""
    order = desk.due.order
    assert order.address is not None  # noqa: S101 - a wipe always names its chat
    for tried in await orders.unanswered(desk.connection, DESK, order.address):
        if tried.order.case == order.case and not order.params.get("more"):
            await ledger.suspect(desk.connection, DESK, order.address, tried)
    found = await ledger.to_wipe(
        desk.connection, DESK, order.address, desk.now, case=order.case, until=_anew_since(desk)
    )
    if not found:
        return Nothing("nothing left")
    return Forgotten(tuple(standing.message_id for standing in found), ledger.suspected_of(found))


def _anew_since(desk: Desk) -> datetime | None:
    """Since when this chat may show the case again: she asked once more before the wipe's turn came, and the alert of
    that must not go with what was before."""
    case = desk.case
    waits = case is not None and case.state == CaseState.WAITING
    return case.waits_since if case is not None and (waits or _holds(desk)) else None


async def _audit(desk: Desk, verb: str) -> None:
    actor = f"staff {desk.member.id}" if desk.member else "staff"
    await audit.note(desk.connection, actor, verb, desk.now, case=desk.due.order.case)


_KINDS: Mapping[str, Callable[[Desk], Awaitable[Shown]]] = {
    "line": _line,
    "alert": _alert,
    "alert_over": _alert_over,
    "card": _card,
    "words": _words,
    "services": _services,
    "referral_card": _referral_card,
    "wipe": _wipe,
}


# Why an order may not go any more, where what an unanswered try of it left must not stay on the screen either.
_NOT_TO_STAND = ("erased", "not theirs", "not theirs any more")


async def ended(connection: Connection, due: Due, how: str, now: datetime) -> None:
    """After an order ended: the next batch of a wipe, or the first where a try of it may stand that must not."""
    order = due.order
    if (order.kind == "wipe" and how == "sent") or (due.may_stand and how in _NOT_TO_STAND):
        params = {"more": True} if order.kind == "wipe" else {}
        again = orders.Order("wipe", order.address, order.urgency, case=order.case, params=params)
        await orders.write(connection, DESK, again, now)
