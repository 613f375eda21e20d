"""The gate: whether something that she did not just ask for may go to her now, looked at when it is sent.

Her window opens with what she does; beside it her chosen hours hold, in which one neutral question asks whether it is
safe, and nothing more goes before her yes.
"""

from dataclasses import replace
from datetime import UTC

from dialogs import window
from dialogs.spoken import clock_time
from triage.reader import Held, Over, Reader
from triage.showing import AT
from vault import cases, orders
from vault.orders import Order, Urgency
from vault.tables import SURVIVORS

# Said to the operator, behind "held until".
SHE_WRITES = "she writes"
SHE_ANSWERS = "she answers"


def open_now(reader: Reader) -> bool:
    """Whether her window is open."""
    until = reader.case.window_until if reader.case else None
    return until is not None and until >= reader.now


def is_safe(reader: Reader) -> bool:
    """Whether rule 1 is answered: before that no content goes, however lately she wrote."""
    return "safe" in reader.place.told


async def held(reader: Reader) -> Held | Over | None:
    """Why a reply must wait, or None: it may go."""
    case = reader.case
    if case is None:
        return Over("erased")
    if case.forced_at is not None:
        return Over("forced")
    if open_now(reader):
        return None if is_safe(reader) else Held(SHE_ANSWERS)
    here = reader.now.astimezone(reader.house.region.zone)
    if window.is_open(reader.place.settings, here):
        await _knock(reader)
        return Held(SHE_ANSWERS)
    opens = window.opens_at(reader.place.settings, here)
    if opens is None:
        return Held(SHE_WRITES)
    # A time of another day is said with its day, in the reader's language.
    until = clock_time(opens) if opens.date() == here.date() else f"{AT}{opens.isoformat()}"
    return Held(until, opens.astimezone(UTC))


async def _knock(reader: Reader) -> None:
    """One neutral question in a silence, from program and counsellor together, then none."""
    if not knocked(reader):
        knock = Order("knock", reader.address, Urgency.LATER, case=reader.due.order.case)
        await orders.postpone(reader.connection, SURVIVORS, knock, reader.now)


def knocked(reader: Reader) -> bool:
    """Whether she was asked since she last sent anything."""
    case = reader.case
    return case is not None and case.knocked_at is not None and case.knocked_at >= case.heard_at


async def may_knock(reader: Reader) -> Held | Over | None:
    """Whether the neutral question may be asked now: in her hours or at the time she agreed to, once in a silence."""
    case = reader.case
    if case is None:
        return Over("erased")
    if case.forced_at is not None:
        return Over("forced")
    if knocked(reader) or open_now(reader):
        return Over("not needed")
    here = reader.now.astimezone(reader.house.region.zone)
    agreed = bool(reader.due.order.params.get("agreed"))
    return None if agreed or window.is_open(reader.place.settings, here) else Over("outside her hours")


async def ask_again(reader: Reader, step: str) -> None:
    """Her place before the neutral question: rule 1 is open again, and going on leads to where she stood."""
    case = reader.case
    person = await cases.person_at(reader.connection, reader.address)
    if case is None or person is None:
        return
    told = (reader.place.told - {"safe"}) | {"paused"}
    place = replace(reader.place, step=step, before=reader.place.step, told=told)
    await cases.keep_place(reader.connection, person, reader.address, case.id, place.written())
    await cases.change(reader.connection, case.id, knocked_at=reader.now)
