"""What an order to a survivor becomes when its time has come: a screen of her language, checked anew at each try.

Rendered with her row held, from where she stands now; an order that may no longer go ends, one whose window is closed
waits.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dialogs import decoy
from dialogs.kinds import Place
from dialogs.screen import Button, Screen, first_line, render
from triage.book import opened
from triage.house import House
from triage.lifecycle import CaseState
from triage.wording import parts
from vault import cases, consents, entries, inbox, known, ledger, orders
from vault.cases import Case, ErasedError
from vault.database import Connection
from vault.orders import Due
from vault.tables import DESK, SURVIVORS


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen to send, or to put in the place of message `edit`. `spared` stands through a wipe."""

    screen: Screen
    kind: str
    edit: int | None = None
    case: UUID | None = None
    spared: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Wiped:
    """Messages to delete."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """The order may not go any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """Her window is closed: until when, in the words the operator sees."""

    until: str


Composed = Shown | Wiped | Over | Held


@dataclass(frozen=True, slots=True)
class Reader:
    """Who an order is for, with her row held: her chat's state, her case, her place."""

    house: House
    connection: Connection
    now: datetime
    due: Due
    address: int
    wipe: str
    case: Case | None
    place: Place

    @property
    def language(self) -> str:
        """The language she chose, or the first guess before she did."""
        return self.place.language or (self.case.language if self.case else self.house.languages()[0])


async def _reader(house: House, connection: Connection, due: Due, now: datetime) -> Reader | None:
    number = due.order.address
    assert number is not None  # noqa: S101 - orders to a survivor always name her address
    person = await cases.person_at(connection, number)
    if person is not None:
        await inbox.lock_person(connection, person)
    address = await ledger.address(connection, SURVIVORS, number)
    if address is None:
        return None
    row = await cases.place(connection, house.safe, person) if person is not None else None
    case = await cases.find(connection, row.case) if row is not None else None
    place = Place.from_json(json.loads(row.opened)) if row is not None else Place()
    return Reader(house, connection, now, due, number, address.wipe, case, place)


async def compose(house: House, connection: Connection, due: Due, now: datetime) -> Composed:
    """The call this order asks for now, or why there is none."""
    reader = await _reader(house, connection, due, now)
    if reader is None:
        return Over("erased")
    kind = due.order.kind
    if reader.wipe != "open" and kind not in _AFTER_LEAVING:
        return Over("left")
    if reader.wipe == "open" and kind == "decoy":
        return Over("came back")
    return await _KINDS[kind](reader)


def _first(reader: Reader) -> str:
    return first_line(reader.language, reader.house.words, reader.house.region, reader.due.serial)


async def _screen(reader: Reader) -> Composed:
    step = reader.place.step
    if reader.case is None:
        return Over("erased")
    return await _of_step(reader, step, reader.due.order.message_id)


async def _of_step(reader: Reader, step: str, edit: int | None, kind: str = "screen") -> Shown:
    house = reader.house
    values = await _values(reader, step)
    screen = render(step, reader.language, house.words, house.region, values=values, first=_first(reader))
    return Shown(screen, kind, edit, reader.case.id if reader.case else None, again=reader.due.again)


async def _values(reader: Reader, step: str) -> dict[str, str]:
    """What the step's lines need that only this moment knows: how long the wait is, or when the next shift begins."""
    if step in {"heard", "heard_first"}:
        return {"heard.arrived": "heard.shared" if await _is_open(reader) else "heard.unread"}
    if step != "waiting" or reader.case is None:
        return {}
    speakers = await known.on_duty(reader.connection, reader.language)
    if speakers == 0 and await known.on_duty_at_all(reader.connection) == 0:
        return _next_shift(reader)
    minutes = await known.median_wait(reader.connection, reader.case.risk)
    if minutes is None:
        return {"waiting.wait": "wait_unknown"}
    return {"waiting.wait": "wait_n", "n": str(max(1, minutes))}


async def _is_open(reader: Reader) -> bool:
    """Whether what she writes goes to the desk: said truly, since it decides what she dares to write."""
    if reader.case is None:
        return False
    agreed = await consents.stands(reader.connection, reader.case.id, consents.PERSON)
    return agreed or "opened_by_flag" in reader.place.told


def _next_shift(reader: Reader) -> dict[str, str]:
    begins = reader.house.region.next_shift(reader.now)
    if begins is None:
        return {"waiting.wait": "nobody_untimed"}
    return {"waiting.wait": "nobody", "time": f"{begins:%H:%M}"}


def _held(reader: Reader) -> Held | None:
    """Outside her window nothing leaves for her that she did not ask for just now."""
    until = reader.case.window_until if reader.case else None
    return None if until is not None and until >= reader.now else Held("she writes")


async def _person_in(reader: Reader) -> Composed:
    if reader.case is None or reader.case.state != CaseState.TALKING:
        return Over("over")
    return _held(reader) or await _of_step(reader, "talking", None, "person_in")


async def _waits_again(reader: Reader) -> Composed:
    """The counsellor had to give the talk back: she is told that she waits, not left to find out."""
    if reader.case is None or reader.case.state != CaseState.WAITING:
        return Over("over")
    return _held(reader) or await _of_step(reader, "waiting", None, "waits_again")


async def _person_out(reader: Reader) -> Composed:
    if reader.case is None:
        return Over("erased")
    return _held(reader) or await _of_step(reader, "after", None, "person_out")


async def _words(reader: Reader) -> Composed:
    """What the counsellor wrote: behind the dull first line, with the way out under it."""
    order = reader.due.order
    if reader.case is None or order.entry is None:
        return Over("erased")
    held = _held(reader)
    if held is not None:
        return held
    try:
        text = await entries.read(reader.connection, reader.house.safe, reader.case.id, order.entry)
    except ErasedError:
        return Over("erased")
    frame = await _of_step(reader, "talking", None)
    screen = replace(frame.screen, body=(parts(text)[order.part],))
    return Shown(screen, "words", None, reader.case.id, again=reader.due.again)


async def _referral(reader: Reader) -> Composed:
    """Exactly the fields that would be passed on, and to whom; nothing moves before her yes."""
    order = reader.due.order
    if reader.case is None or order.entry is None:
        return Over("erased")
    held = _held(reader)
    if held is not None:
        return held
    kept = json.loads(await entries.read(reader.connection, reader.house.safe, reader.case.id, order.entry))
    house = reader.house
    service = house.region.service(kept["service"])
    name = service.name(reader.language) if service else kept["service"]
    fields = "".join(
        f"\n{house.words.say(reader.language, f'field.{field}')}: {_spoken(house, reader.language, field, value)}"
        for field, value in kept["fields"].items()
    )
    values = {"service": name, "fields": fields}
    screen = render(
        "referral", reader.language, house.words, house.region, values=values, first=_first(reader), arg=kept["number"]
    )
    return Shown(screen, "referral", None, reader.case.id)


def _spoken(house: House, language: str, field: str, value: str) -> str:
    """A field's value in her language, where it is one of a closed list; free words stand as they were written."""
    key = f"value.{field}.{value}"
    return house.words.say(language, key) if key in house.words.english else value


async def _decoy(reader: Reader) -> Composed:
    order = reader.due.order
    screen = opened(order.params) if order.params else decoy.home(reader.language, reader.house.region)
    return Shown(screen, "decoy", order.message_id, None, spared=True, again=reader.due.again)


async def _wipe(reader: Reader) -> Composed:
    """The newest hundred that may still be deleted; the next hundred is a new order."""
    before = reader.due.order.params.get("before")
    found = await ledger.to_wipe(
        reader.connection, SURVIVORS, reader.address, reader.now, before=int(before) if before else None
    )
    return Wiped(tuple(standing.message_id for standing in found)) if found else Over("nothing left")


async def _overwrite(reader: Reader) -> Composed:
    """What is too old to delete is written over with a dull line."""
    screen = Screen(_first(reader), (), (), inside=False)
    return Shown(screen, "overwritten", reader.due.order.message_id, None, spared=True)


async def _receipt(reader: Reader) -> Composed:
    """The last thing said after erasing: that it is done, what only she can still delete, and a number."""
    params = reader.due.order.params
    language = str(params["language"]) or reader.house.languages()[0]
    words = reader.house.words
    body = (words.say(language, "erased"), words.say(language, "erased.receipt", number=str(params["number"])))
    first = first_line(language, words, reader.house.region, reader.due.serial)
    rows = ((Button(words.say(language, "exit"), "menu:exit"),),)
    return Shown(Screen(first, body, rows, inside=True), "receipt", reader.due.order.message_id, None, spared=True)


async def _receipt_gone(reader: Reader) -> Composed:
    """The receipt's own hour is over: it goes like everything before it."""
    address = await ledger.address(reader.connection, SURVIVORS, reader.address)
    spared = address.spared if address else ()
    return Wiped(spared) if spared else Over("nothing left")


_AFTER_LEAVING = frozenset({"decoy", "wipe", "overwrite", "receipt", "receipt_gone"})

_KINDS: dict[str, Callable[[Reader], Awaitable[Composed]]] = {
    "screen": _screen,
    "person_in": _person_in,
    "person_out": _person_out,
    "waits_again": _waits_again,
    "words": _words,
    "referral": _referral,
    "decoy": _decoy,
    "wipe": _wipe,
    "overwrite": _overwrite,
    "receipt": _receipt,
    "receipt_gone": _receipt_gone,
}


async def ended(house: House, connection: Connection, due: Due, how: str, now: datetime) -> None:
    """After an order ended or was held: the next batch of a wipe, and word to whoever wrote what did not arrive."""
    await _ENDED.get(due.order.kind, _nothing)(house, connection, due, how, now)


async def _nothing(_house: House, _connection: Connection, _due: Due, _how: str, _now: datetime) -> None:
    return


async def _wipe_ended(_house: House, connection: Connection, due: Due, how: str, now: datetime) -> None:
    address = due.order.address
    assert address is not None  # noqa: S101 - a wipe always names its chat
    if how == "sent":
        await orders.write(connection, SURVIVORS, replace(due.order, id=orders.new_id()), now)
    elif how == "nothing left":
        before = due.order.params.get("before")
        for message_id in await ledger.too_old(connection, SURVIVORS, address, now):
            if before is None or message_id < int(before):
                over = orders.Order("overwrite", address, orders.Urgency.LATER, message_id=message_id)
                await orders.write(connection, SURVIVORS, over, now)


async def _overwrite_ended(_house: House, connection: Connection, due: Due, how: str, now: datetime) -> None:
    if due.order.address is not None and due.order.message_id is not None and how in {"sent", "refused"}:
        await ledger.gone(connection, SURVIVORS, due.order.address, [due.order.message_id], now)


async def _words_ended(_house: House, connection: Connection, due: Due, how: str, now: datetime) -> None:
    """The counsellor learns what became of a reply that did not simply arrive."""
    if how == "sent" and not due.again:
        return
    told = "held" if how.startswith("held") else _TOLD.get(how, how)
    news = orders.Order("not_delivered", None, orders.Urgency.WORDS, case=due.order.case, params={"how": told})
    await orders.write(connection, DESK, news, now, across=True)


# How an order ended, as the desk's catalog names it.
_TOLD = {"sent": "again", "given up": "given_up", "came back": "came_back"}

_ENDED: dict[str, Callable[[House, Connection, Due, str, datetime], Awaitable[None]]] = {
    "wipe": _wipe_ended,
    "overwrite": _overwrite_ended,
    "words": _words_ended,
    "referral": _words_ended,
}
