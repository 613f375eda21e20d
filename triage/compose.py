"""What an order to a survivor becomes when its time has come: a screen of her language, checked anew at each try.

Rendered with her row held, from where she stands now; an order that may no longer go ends, one whose window is closed
waits.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from dialogs import decoy, spoken
from dialogs.flows import plan_state
from dialogs.lines import in_form
from dialogs.manner import manner_of
from dialogs.screen import Button, Screen, first_line, render
from triage import fading, gate, voicing
from triage.book import opened
from triage.house import House
from triage.lifecycle import CaseState
from triage.lines import values_for
from triage.listening import recorded
from triage.reader import Composed, Fetching, Held, Over, Reader, Recorded, Shown, Wiped, first, read_up
from triage.talk import as_it_stands
from triage.wording import parts
from vault import entries, ledger
from vault.cases import ErasedError
from vault.database import Connection
from vault.orders import Due
from vault.tables import SURVIVORS


async def compose(house: House, connection: Connection, due: Due, now: datetime) -> Composed:
    """The call this order asks for now, or why there is none."""
    reader = await read_up(house, connection, due, now)
    if reader is None:
        return Over("erased")
    kind = due.order.kind
    if reader.wipe != "open" and kind not in _AFTER_LEAVING:
        return Over("left")
    if reader.wipe == "open" and kind == "decoy":
        return Over("came back")
    composed = await _KINDS[kind](reader)
    if isinstance(composed, Shown) and reader.wipe == "open":
        await fading.takes_this_too(reader)
    return composed


def _rendered(reader: Reader, step: str, values: Mapping[str, str], arg: str) -> Screen:
    """A step's screen in her language, for the way she reads."""
    words, region = reader.house.words, reader.house.region
    return render(
        step, reader.language, words, region, values=values, first=first(reader), arg=arg, manner=reader.manner
    )


async def _of_step(reader: Reader, step: str, edit: int | None, kind: str = "screen", **more: str) -> Shown:
    values = {**await values_for(reader, step), **more}
    screen = _rendered(reader, step, values, str(reader.due.order.params.get("arg", "")))
    return Shown(screen, kind, edit, reader.case.id if reader.case else None, again=reader.due.again)


async def _screen(reader: Reader) -> Composed:
    if reader.case is None:
        return Over("erased")
    step = plan_state.as_it_opens(as_it_stands(reader.place.step, reader.case.state), reader.place)
    return await _of_step(reader, step, reader.due.order.message_id)


async def _person_in(reader: Reader) -> Composed:
    if reader.case is not None and reader.case.state != CaseState.TALKING:
        return Over("over")
    return await gate.held(reader) or await _of_step(reader, "talking", None, "person_in")


async def _waits_again(reader: Reader) -> Composed:
    """The counsellor had to give the talk back: she is told that she waits, not left to find out."""
    if reader.case is not None and reader.case.state != CaseState.WAITING:
        return Over("over")
    return await gate.held(reader) or await _of_step(reader, "waiting", None, "waits_again")


async def _person_out(reader: Reader) -> Composed:
    return await gate.held(reader) or await _of_step(reader, "after", None, "person_out")


async def _on_duty(reader: Reader) -> Composed:
    """The promise kept: somebody has come on duty while she waits."""
    if reader.case is not None and reader.case.state != CaseState.WAITING:
        return Over("over")
    return await gate.held(reader) or await _of_step(reader, "waiting", None, "on_duty")


async def _words(reader: Reader) -> Composed:
    """What the counsellor wrote: behind the dull first line, with the way out under it."""
    order = reader.due.order
    if reader.case is None or order.entry is None:
        return Over("erased")
    held = await gate.held(reader)
    if held is not None:
        return held
    try:
        text = await entries.read(reader.connection, reader.house.safe, reader.case.id, order.entry)
    except ErasedError:
        return Over("erased")
    frame = await _of_step(reader, "talking", None)
    return replace(frame, screen=replace(frame.screen, body=(parts(text)[order.part],)), kind="words")


async def _referral(reader: Reader) -> Composed:
    """Exactly the fields that would be passed on, and to whom; nothing moves before her yes."""
    order = reader.due.order
    if reader.case is None or order.entry is None:
        return Over("erased")
    held = await gate.held(reader)
    if held is not None:
        return held
    kept = json.loads(await entries.read(reader.connection, reader.house.safe, reader.case.id, order.entry))
    house, language = reader.house, reader.language
    service = house.region.service(kept["service"])
    name = service.name(language) if service else kept["service"]
    fields = "".join(
        f"\n{house.words.say(language, f'field.{field}')}: {house.words.value(language, field, value)}"
        for field, value in kept["fields"].items()
    )
    screen = _rendered(reader, "referral", {"service": name, "fields": fields}, kept["number"])
    return Shown(screen, "referral", None, reader.case.id)


async def _contact(reader: Reader) -> Composed:
    """A contact that the counsellor proposes: she is asked, and nothing is agreed before her yes."""
    held = await gate.held(reader)
    if held is not None:
        return held
    at = datetime.fromtimestamp(int(reader.due.order.params["arg"]) * 60, reader.house.region.zone)
    return await _of_step(reader, "contact", None, "contact", time=spoken.day_and_time(reader.language, at))


async def _needs(reader: Reader) -> Composed:
    """Whether she wants to be asked what she needs, as the counsellor proposes."""
    return await gate.held(reader) or await _of_step(reader, "needs.why", None, "needs")


async def _knock(reader: Reader) -> Composed:
    """The neutral question whether it is safe, and nothing else before her answer."""
    refused = await gate.may_knock(reader)
    if refused is not None:
        return refused
    await gate.ask_again(reader, "safe_now")
    return await _of_step(reader, "safe_now", None, "knock")


async def _decoy(reader: Reader) -> Composed:
    order = reader.due.order
    region = reader.house.region
    taste = decoy.taste_of(reader.place.settings, reader.language, region)
    screen = opened(order.params) if order.params else decoy.home(taste, region)
    return Shown(screen, "decoy", order.message_id, None, spared=True, again=reader.due.again)


async def _fetch(reader: Reader) -> Composed:
    """A voice note for the counsellor."""
    try:
        return Fetching(await voicing.file_of(reader.connection, reader.house.safe, reader.due))
    except ErasedError:
        return Over("erased")


async def _unsay(reader: Reader) -> Composed:
    """One message of hers that must not stand: the word she has just chosen."""
    message_id = reader.due.order.message_id
    return Wiped((message_id,)) if message_id is not None else Over("nothing left")


async def _overwrite(reader: Reader) -> Composed:
    """What is too old to delete is written over with a dull line."""
    screen = Screen(first(reader), (), (), inside=False)
    return Shown(screen, "overwritten", reader.due.order.message_id, None, spared=True)


async def _receipt(reader: Reader) -> Composed:
    """The last thing said after erasing: that it is done, what only she can still delete, and a number."""
    params = {name: str(value) for name, value in reader.due.order.params.items()}
    words, manner = reader.house.words, manner_of(params)
    language = params["language"] or reader.house.languages()[0]
    keys = in_form(("erased", "erased.receipt"), words, manner)
    label = words.say(language, "exit")
    body = tuple(words.say(language, key, number=params["number"]) for key in keys)
    body = (*body, f"1 - {label}") if manner.aloud else body
    # Her case is gone, and with it what tells her language: the order brings it, for the dull line too.
    dull = first_line(language, words, reader.house.region, reader.due.serial)
    screen = Screen(dull, body, ((Button(label, "menu:exit"),),), inside=not manner.plain)
    return Shown(screen, "receipt", reader.due.order.message_id, None, spared=True)


async def _receipt_gone(reader: Reader) -> Composed:
    """The receipt's own hour is over: it goes like everything before it."""
    address = await ledger.address(reader.connection, SURVIVORS, reader.address)
    spared = address.spared if address else ()
    return Wiped(spared) if spared else Over("nothing left")


_AFTER_LEAVING = frozenset({"decoy", "wipe", "fade", "fetch", "unsay", "overwrite", "receipt", "receipt_gone"})

_KINDS: dict[str, Callable[[Reader], Awaitable[Composed]]] = {
    "screen": _screen,
    "person_in": _person_in,
    "person_out": _person_out,
    "waits_again": _waits_again,
    "on_duty": _on_duty,
    "words": _words,
    "referral": _referral,
    "contact": _contact,
    "needs": _needs,
    "knock": _knock,
    "recording": recorded,
    "decoy": _decoy,
    "wipe": fading.wipe,
    "fade": fading.fade,
    "unsay": _unsay,
    "fetch": _fetch,
    "overwrite": _overwrite,
    "receipt": _receipt,
    "receipt_gone": _receipt_gone,
}

__all__ = ["Composed", "Fetching", "Held", "Over", "Recorded", "Shown", "Wiped", "compose"]
