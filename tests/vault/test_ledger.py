"""The ledger: every message stands in it until it is gone, and a wipe finds what it may still delete."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.vault.ground import NOW, Sides, a_case, an_address, become, one, rows
from vault import ledger
from vault.database import Connection
from vault.keys import CannotOpenError
from vault.orders import Due, Order, Urgency
from vault.ring import UnknownPairError
from vault.safe import ToPair, sealed_place
from vault.tables import SURVIVORS

HOUR = timedelta(hours=1)


@pytest.fixture
async def chat(hand: Connection, sides: Sides) -> int:
    """Amina's address, in the hands of the survivors' process."""
    await become(hand, "survivors")
    return await an_address(hand, sides.hers)


async def stands(hand: Connection, chat: int, *ids: int, at: datetime = NOW, ours: bool = True) -> None:
    for number in ids:
        await ledger.stands(hand, SURVIVORS, chat, number, ours=ours, kind="screen", sent_at=at)


async def wipe(hand: Connection, chat: int, now: datetime = NOW, before: int | None = None) -> list[int]:
    found = await ledger.to_wipe(hand, SURVIVORS, chat, now, before=before)
    return [standing.message_id for standing in found]


async def test_a_chat_is_kept_sealed_under_a_number_that_says_nothing(
    hand: Connection, sides: Sides, chat: int
) -> None:
    assert await ledger.chat_id(hand, sides.hers, chat) == 5001
    [[row]] = await rows(hand, "select survivor_addresses::text from survivor_addresses")
    assert "5001" not in str(row).replace(str(chat), "")
    assert b"5001".hex() not in str(row)


async def test_the_other_side_cannot_open_an_address(hand: Connection, sides: Sides, chat: int) -> None:
    [[sealed, pair]] = await rows(hand, "select sealed, pair from survivor_addresses")
    kept = ToPair(sealed, pair)
    with pytest.raises(UnknownPairError):
        sides.desks.open_own(kept, sealed_place("survivor_addresses", chat))
    with pytest.raises(CannotOpenError):
        sides.hers.open_own(kept, sealed_place("survivor_addresses", chat + 1))


def test_the_numbers_of_addresses_are_many_and_fit_the_column() -> None:
    dice = random.Random(7)
    numbers = {ledger.new_number(dice) for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(0 <= number < 2**62 for number in numbers)


async def test_the_state_of_a_chat_is_open_until_she_leaves(hand: Connection, chat: int) -> None:
    assert await ledger.address(hand, SURVIVORS, chat) == ledger.Address(chat, "open", None, ())
    assert await ledger.address(hand, SURVIVORS, chat + 1) is None
    await ledger.leave(hand, SURVIVORS, chat, NOW, [7])
    assert await ledger.address(hand, SURVIVORS, chat) == ledger.Address(chat, "left", NOW, (7,))


async def test_leaving_ten_times_is_as_good_as_once(hand: Connection, chat: int) -> None:
    await ledger.leave(hand, SURVIVORS, chat, NOW, [7])
    for minute in range(9):
        await ledger.leave(hand, SURVIVORS, chat, NOW + timedelta(minutes=minute), [])
    assert await ledger.address(hand, SURVIVORS, chat) == ledger.Address(chat, "left", NOW, (7,))


async def test_after_her_return_nothing_is_spared_any_more(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 7, 8)
    await ledger.leave(hand, SURVIVORS, chat, NOW, [7])
    await ledger.spare(hand, SURVIVORS, chat, 8)
    assert await wipe(hand, chat) == []
    await ledger.come_back(hand, SURVIVORS, chat)
    assert await ledger.address(hand, SURVIVORS, chat) == ledger.Address(chat, "open", None, ())
    assert await wipe(hand, chat) == [8, 7]


async def test_a_wipe_takes_both_sides_messages_newest_first(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 3, 1)
    await stands(hand, chat, 2, ours=False)
    found = await ledger.to_wipe(hand, SURVIVORS, chat, NOW)
    assert [(standing.message_id, standing.ours) for standing in found] == [(3, True), (2, False), (1, True)]


async def test_a_wipe_never_mixes_what_may_be_too_old_with_what_is_not(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 1, at=NOW - 47 * HOUR)
    await stands(hand, chat, 2, at=NOW - 47 * HOUR + timedelta(seconds=1))
    await stands(hand, chat, 3, 4, at=NOW - 48 * HOUR)
    await stands(hand, chat, 5, at=NOW - 49 * HOUR, ours=False)
    assert await wipe(hand, chat) == [2]
    await ledger.gone(hand, SURVIVORS, chat, [2], NOW)
    assert await wipe(hand, chat) == [1], "on the brink, and after all the rest"
    assert await ledger.too_old(hand, SURVIVORS, chat, NOW) == [3, 4]


async def test_a_wipe_takes_a_hundred_at_a_time(hand: Connection, chat: int) -> None:
    await stands(hand, chat, *range(1, 151))
    first = await wipe(hand, chat)
    assert first == list(range(150, 50, -1))
    await ledger.gone(hand, SURVIVORS, chat, first, NOW)
    assert await wipe(hand, chat) == list(range(50, 0, -1))


async def test_what_came_after_her_return_stands(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 1, 2, 3, 4)
    assert await wipe(hand, chat, before=3) == [2, 1]


async def test_the_wipe_of_one_chat_leaves_another_alone(hand: Connection, sides: Sides, chat: int) -> None:
    other = await an_address(hand, sides.hers, 5002, 2)
    await stands(hand, chat, 1, 2)
    await stands(hand, other, 2, 3)
    await ledger.gone(hand, SURVIVORS, chat, [1, 2, 3], NOW)
    assert await wipe(hand, chat) == []
    assert await wipe(hand, other) == [3, 2]


async def test_a_wipe_of_a_case_takes_that_cases_messages(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    case, _, home = await a_case(hand, sides.hers)
    await stands(hand, home, 1)
    await ledger.stands(hand, SURVIVORS, home, 2, ours=True, kind="words", sent_at=NOW, case=case.id)
    found = await ledger.to_wipe(hand, SURVIVORS, home, NOW, case=case.id)
    assert [standing.message_id for standing in found] == [2]
    assert await ledger.case_of(hand, SURVIVORS, home, 2) == case.id
    assert await ledger.case_of(hand, SURVIVORS, home, 1) is None
    assert await ledger.where_shown(hand, SURVIVORS, case.id) == [home]
    await ledger.gone(hand, SURVIVORS, home, [2], NOW)
    assert await ledger.where_shown(hand, SURVIVORS, case.id) == []


async def test_what_stands_is_found_by_its_mark_whatever_it_says_now(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    case, _, home = await a_case(hand, sides.hers)
    for number, kind, of in ((1, "alert", case.id), (2, "alert_over", case.id), (3, "alert#new", None)):
        await ledger.stands(hand, SURVIVORS, home, number, ours=True, kind=kind, sent_at=NOW, case=of)
    await ledger.stands(hand, SURVIVORS, home, 4, ours=False, kind="alert", sent_at=NOW)

    async def found(**more: Any) -> list[int]:
        return [one.message_id for _, one in await ledger.standing(hand, SURVIVORS, "alert", **more)]

    assert await found() == [1, 3]
    assert await found(case=case.id) == [1]
    assert await found(number=home + 1) == []
    assert await ledger.kind_at(hand, SURVIVORS, home, 2) == "alert_over"
    await ledger.gone(hand, SURVIVORS, home, [1, 2], NOW)
    assert await found() == [3]
    assert await ledger.kind_at(hand, SURVIVORS, home, 2) is None


async def test_a_message_written_down_twice_stands_once(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 7, 7)
    assert await one(hand, "select count(*) from survivor_ledger") == 1


async def test_a_new_message_over_a_gone_id_stands_again(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 7)
    await ledger.gone(hand, SURVIVORS, chat, [7], NOW)
    assert await wipe(hand, chat) == []
    await stands(hand, chat, 7)
    assert await wipe(hand, chat) == [7]


async def neighbours(hand: Connection, upto: int, since: datetime = NOW) -> list[int]:
    return await ledger.neighbours(hand, SURVIVORS, since, upto)


async def test_the_ids_a_lost_answer_may_have_taken_lie_between_what_was_known_before_and_its_own(
    hand: Connection, sides: Sides, chat: int
) -> None:
    other = await an_address(hand, sides.hers, 5002, 2)
    await stands(hand, chat, 10, at=NOW - HOUR)
    await stands(hand, other, 11, at=NOW - HOUR, ours=False)
    await stands(hand, other, 14, at=NOW + timedelta(seconds=1))
    assert await neighbours(hand, 17) == [12, 13, 15, 16]
    assert await neighbours(hand, 12) == []


async def test_telegram_dates_in_whole_seconds_so_what_seems_just_older_is_not_taken_for_older(
    hand: Connection, chat: int
) -> None:
    await stands(hand, chat, 10, at=NOW - HOUR)
    await stands(hand, chat, 15, at=NOW - timedelta(seconds=1), ours=False)
    assert await neighbours(hand, 17) == [11, 12, 13, 14, 16]


async def test_where_nothing_is_known_from_before_a_guess_begins_a_little_earlier(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 30, at=NOW + HOUR)
    assert await neighbours(hand, 33) == [*range(11, 30), 31, 32]


async def test_a_guess_is_never_longer_than_a_batch(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 10, at=NOW - HOUR)
    assert await neighbours(hand, 10_000) == list(range(11, 111))


def a_try(order: Order, at: datetime | None) -> Due:
    return Due(order, serial=1, made_at=NOW, tries=1, again=True, tried_at=at)


async def test_what_a_dead_call_may_have_left_is_wiped_with_the_rest_and_hides_behind_no_other_chat(
    hand: Connection, sides: Sides, chat: int
) -> None:
    other = await an_address(hand, sides.hers, 5002, 2)
    await stands(hand, chat, 10, at=NOW - HOUR)
    await stands(hand, other, 14, at=NOW + HOUR)
    for number in (other, chat):
        await ledger.suspect(hand, SURVIVORS, number, a_try(Order("words", number, Urgency.WORDS), NOW))
    assert await wipe(hand, chat) == [13, 12, 11, 10]


async def test_what_came_for_certain_while_a_suspicion_was_deleted_stands(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 10, at=NOW - HOUR)
    await ledger.suspect(hand, SURVIVORS, chat, a_try(Order("words", chat, Urgency.WORDS), NOW))
    await stands(hand, chat, 12, at=NOW)
    await ledger.gone(hand, SURVIVORS, chat, [10, 11, 12], NOW, suspected=[11, 12])
    assert 12 in await wipe(hand, chat)
    assert not {10, 11} & set(await wipe(hand, chat))


async def test_a_suspicion_that_was_wiped_too_early_can_be_raised_again(hand: Connection, chat: int) -> None:
    await stands(hand, chat, 10, at=NOW - HOUR)
    words = a_try(Order("words", chat, Urgency.WORDS), NOW)
    await ledger.suspect(hand, SURVIVORS, chat, words)
    await ledger.gone(hand, SURVIVORS, chat, list(range(10, 60)), NOW, suspected=list(range(11, 60)))
    assert await wipe(hand, chat) == []
    await ledger.suspect(hand, SURVIVORS, chat, words)
    assert 11 in await wipe(hand, chat)
