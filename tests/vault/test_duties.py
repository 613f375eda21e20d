"""The rounds' tidying: what is past its time is forgotten, and nothing that somebody still needs."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.vault.ground import NOW, Engines, Sides, a_case, an_address, become, publish, ring_file, rows
from vault import cases, duties, inbox, known, ledger, orders
from vault.database import Connection, alone, begin
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.safe import Safe
from vault.tables import DESK, SURVIVORS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def tidy(hand: Connection, after: timedelta) -> None:
    await become(hand, "rounds")
    await duties.tidy(hand, NOW + after)
    await become(hand, "owner")


async def came(hand: Connection, sides: Sides, update_id: int, how: str) -> None:
    """An update on each side that was done, set aside or is open still."""
    for safe in (sides.hers, sides.desks):
        person = PersonHash(bytes([update_id]) * 32)
        await inbox.take_in(hand, safe, update_id, person, b"words", NOW)
        [letter] = [one for one in await inbox.first_of_each(hand, safe.side, [], 9) if one.person == person]
        if how == "done":
            await inbox.done(hand, letter)
        elif how == "aside":
            await inbox.set_aside(hand, letter)


@pytest.mark.parametrize("table", ["survivor_inbox", "staff_inbox"])
async def test_ids_of_updates_are_forgotten_after_two_days_and_open_ones_never(
    hand: Connection, sides: Sides, table: str
) -> None:
    for update_id, how in enumerate(("done", "aside", "open"), 1):
        await came(hand, sides, update_id, how)
    found = f"select update_id from {table} order by 1"
    await tidy(hand, 48 * HOUR)
    assert await rows(hand, found) == [(1,), (2,), (3,)]
    await tidy(hand, 48 * HOUR + timedelta(seconds=1))
    assert await rows(hand, found) == [(2,), (3,)]
    await tidy(hand, 7 * DAY + timedelta(seconds=1))
    assert await rows(hand, found) == [(3,)]


async def test_orders_that_ended_are_forgotten_after_two_days(hand: Connection) -> None:
    for side in (SURVIVORS, DESK):
        for kind in ("ended", "open"):
            made = Order(kind, 7, Urgency.SCREEN)
            await orders.write(hand, side, made, NOW)
            if kind == "ended":
                await orders.end(hand, side, made.id, "sent", NOW)
    query = "select kind from survivor_orders union all select kind from staff_orders order by 1"
    await tidy(hand, 48 * HOUR)
    assert await rows(hand, query) == [("ended",), ("ended",), ("open",), ("open",)]
    await tidy(hand, 48 * HOUR + timedelta(seconds=1))
    assert await rows(hand, query) == [("open",), ("open",)]


async def wiped(hand: Connection, sides: Sides, *ids: int) -> int:
    """The address of somebody who was erased now, with these messages still standing."""
    case, _, address = await a_case(hand, sides.hers)
    for number in ids:
        await ledger.stands(hand, SURVIVORS, address, number, ours=True, kind="screen", sent_at=NOW)
    await known.erase_case(hand, case.id, NOW)
    return address


async def there(hand: Connection, address: int) -> bool:
    return await ledger.address(hand, SURVIVORS, address) is not None


async def test_a_wiped_address_goes_with_the_last_of_its_messages(hand: Connection, sides: Sides) -> None:
    address = await wiped(hand, sides, 1, 2)
    await ledger.gone(hand, SURVIVORS, address, [1], NOW)
    await tidy(hand, HOUR)
    assert await there(hand, address)
    assert await rows(hand, "select message_id from survivor_ledger") == [(2,)]
    await ledger.gone(hand, SURVIVORS, address, [2], NOW)
    await tidy(hand, HOUR)
    assert not await there(hand, address)
    assert await rows(hand, "select message_id from survivor_ledger") == []


async def test_a_wiped_address_waits_for_what_is_still_to_be_done_there(hand: Connection, sides: Sides) -> None:
    address = await wiped(hand, sides)
    gone = Order("receipt_gone", address, Urgency.LATER, not_before=NOW + HOUR)
    await orders.write(hand, SURVIVORS, gone, NOW)
    await tidy(hand, HOUR)
    assert await there(hand, address)
    await orders.end(hand, SURVIVORS, gone.id, "sent", NOW + HOUR)
    await tidy(hand, HOUR)
    assert not await there(hand, address)


async def test_a_wiped_address_goes_after_a_week_in_any_case(hand: Connection, sides: Sides) -> None:
    address = await wiped(hand, sides, 1)
    stuck = Order("wipe", address, Urgency.EXIT, not_before=NOW + 30 * DAY)
    await orders.write(hand, SURVIVORS, stuck, NOW)
    await tidy(hand, 7 * DAY)
    assert await there(hand, address)
    await tidy(hand, 7 * DAY + timedelta(seconds=1))
    assert not await there(hand, address)
    assert await rows(hand, "select kind from survivor_orders") == []


async def test_only_a_call_that_may_be_under_way_is_waited_for_even_then(hand: Connection, sides: Sides) -> None:
    address = await wiped(hand, sides)
    flying = Order("overwrite", address, Urgency.LATER)
    await orders.write(hand, SURVIVORS, flying, NOW)
    await orders.tried(hand, SURVIVORS, flying.id, NOW + 8 * DAY)
    await tidy(hand, 8 * DAY)
    assert await there(hand, address)
    await tidy(hand, 8 * DAY + 2 * HOUR)
    assert not await there(hand, address)


@pytest.mark.parametrize("state", ["open", "left"])
async def test_the_address_of_whoever_is_here_or_only_left_is_kept(hand: Connection, sides: Sides, state: str) -> None:
    address = await an_address(hand, sides.hers)
    await ledger.stands(hand, SURVIVORS, address, 1, ours=True, kind="screen", sent_at=NOW)
    if state == "left":
        await ledger.leave(hand, SURVIVORS, address, NOW, [])
    await tidy(hand, 30 * DAY)
    assert await there(hand, address)
    assert await rows(hand, "select message_id from survivor_ledger") == [(1,)]


async def rested(hand: Connection, sides: Sides, chat: int, **values: object) -> UUID:
    """A case that she was last heard in now; `values` are columns of its row."""
    case, _, _ = await a_case(hand, sides.hers, chat)
    if values:
        await cases.change(hand, case.id, **values)
    return case.id


async def test_a_case_is_erased_when_it_has_rested_as_long_as_it_may_be_kept(hand: Connection, sides: Sides) -> None:
    month, week = await rested(hand, sides, 5001), await rested(hand, sides, 5002, keep_days=7)
    await become(hand, "rounds")
    assert await duties.erase_due(hand, NOW + 7 * DAY) == 0
    assert await duties.erase_due(hand, NOW + 7 * DAY + HOUR) == 1
    assert await duties.erase_due(hand, NOW + 7 * DAY + HOUR) == 0
    await become(hand, "owner")
    assert await cases.find(hand, week) is None
    assert await cases.find(hand, month) is not None
    assert await rows(hand, "select kind, urgency from survivor_orders where ended_at is null") == [("wipe", 4)]
    await become(hand, "rounds")
    assert await duties.erase_due(hand, NOW + 30 * DAY + HOUR) == 1


async def test_a_case_that_waits_talks_or_is_held_is_kept_however_long(hand: Connection, sides: Sides) -> None:
    await rested(hand, sides, 5001, state="waiting")
    await rested(hand, sides, 5002, state="talking")
    await rested(hand, sides, 5003, state="left", holder_id=UUID(int=1))
    await become(hand, "rounds")
    assert await duties.erase_due(hand, NOW + 400 * DAY) == 0


async def test_a_case_that_somebody_has_in_hand_is_passed_over(engines: Engines, tmp_path: Path) -> None:
    hers = Safe(ring_file(tmp_path, SURVIVORS))
    async with begin(engines.owner()) as connection:
        await publish(connection, hers)
        await publish(connection, Safe(ring_file(tmp_path, DESK)))
        case, _, _ = await a_case(connection, hers)
    async with begin(engines.of("survivors")) as hearing:
        await cases.find(hearing, case.id, lock=True)
        async with begin(engines.of("rounds")) as rounds:
            assert await duties.erase_due(rounds, NOW + 400 * DAY) == 0
        await cases.change(hearing, case.id, heard_at=NOW + 400 * DAY)
    async with begin(engines.of("rounds")) as rounds:
        assert await duties.erase_due(rounds, NOW + 401 * DAY) == 0
        assert await duties.erase_due(rounds, NOW + 431 * DAY) == 1


async def test_a_duty_is_done_by_one_process_at_a_time(engines: Engines) -> None:
    inside, most = 0, 0

    async def chain() -> None:
        nonlocal inside, most
        async with begin(engines.of("rounds", 1)) as connection:
            await alone(connection, "rounds chain")
            inside += 1
            most = max(most, inside)
            await duties.tidy(connection, NOW)
            inside -= 1

    await asyncio.gather(*(chain() for _ in range(4)))
    assert most == 1


async def test_two_duties_are_done_side_by_side(engines: Engines) -> None:
    both = asyncio.Barrier(2)

    async def do(duty: str) -> None:
        async with begin(engines.of("rounds", 1)) as connection:
            await alone(connection, f"rounds {duty}")
            await both.wait()

    async with asyncio.timeout(10):
        await asyncio.gather(do("chain"), do("tidy"))


async def stranger(hand: Connection, sides: Sides) -> int:
    """Somebody whom the desk refused: an address, and our one answer in it."""
    address = await an_address(hand, sides.desks)
    await ledger.stands(hand, DESK, address, 1, ours=True, kind="line", sent_at=NOW)
    return address


async def forget_strangers(hand: Connection, after: timedelta) -> None:
    await become(hand, "rounds")
    await duties.forget_strangers(hand, NOW + after)
    await become(hand, "owner")


async def test_the_chat_of_a_stranger_is_forgotten_after_a_week(hand: Connection, sides: Sides) -> None:
    address = await stranger(hand, sides)
    await forget_strangers(hand, 7 * DAY)
    assert await ledger.address(hand, DESK, address) is not None
    await forget_strangers(hand, 7 * DAY + timedelta(seconds=1))
    assert await ledger.address(hand, DESK, address) is None
    assert await rows(hand, "select message_id from staff_ledger") == []


async def test_the_chat_of_a_stranger_who_is_just_being_answered_stays(hand: Connection, sides: Sides) -> None:
    address = await stranger(hand, sides)
    await came(hand, sides, 1, "open")
    await forget_strangers(hand, 8 * DAY)
    assert await ledger.address(hand, DESK, address) is not None


async def test_old_chats_are_named_by_numbers_alone_and_only_between_their_times(
    hand: Connection, sides: Sides
) -> None:
    case, *_ = await a_case(hand, sides.hers)
    address = await an_address(hand, sides.desks)
    for number, of in ((1, case.id), (2, None)):
        await ledger.stands(hand, DESK, address, number, ours=True, kind="words", sent_at=NOW, case=of)
    await become(hand, "rounds")
    assert await duties.grows_old(hand, NOW, NOW - HOUR) == []
    assert await duties.grows_old(hand, NOW + HOUR, NOW - HOUR) == [(address, case.id)]
    assert await duties.grows_old(hand, NOW + HOUR, NOW) == []
