"""The inbox: each update once, in her order, and a try counts only when it is the update's own fault."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.vault.ground import NOW, Engines, Sides, become, one, rows
from vault import inbox
from vault.database import Connection, begin
from vault.inbox import Letter
from vault.keys import CannotOpenError, PersonHash
from vault.ring import UnknownPairError
from vault.tables import DESK, SURVIVORS

AMINA, BO, CHIDI = (PersonHash(bytes([number]) * 32) for number in (1, 2, 3))


@pytest.fixture
async def box(hand: Connection, sides: Sides) -> Connection:
    """The survivors' inbox, in the hands of the survivors' process."""
    del sides
    await become(hand, "survivors")
    return hand


async def came(box: Connection, sides: Sides, update_id: int, person: PersonHash, words: bytes = b"words") -> None:
    await inbox.take_in(box, sides.hers, update_id, person, words, NOW)


async def first(box: Connection, *busy: bytes, limit: int = 10) -> list[int]:
    """The update ids that may be taken up now, in order."""
    return [letter.update_id for letter in await inbox.first_of_each(box, SURVIVORS, busy, limit)]


async def letter_of(box: Connection, person: PersonHash = AMINA) -> Letter:
    found = await inbox.first_of_each(box, SURVIVORS, [], 10)
    return next(letter for letter in found if letter.person == person)


async def state(box: Connection, update_id: int) -> tuple[object, ...]:
    query = "select state, tries, begun, sealed is null, pair is null from survivor_inbox where update_id = :id"
    return (await rows(box, query, id=update_id))[0]


async def test_an_update_that_comes_twice_is_kept_once_as_it_came_first(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA, b"first")
    await came(box, sides, 7, AMINA, b"second")
    await came(box, sides, 7, BO, b"third")
    [letter] = await inbox.first_of_each(box, SURVIVORS, [], 10)
    assert letter.open(sides.hers) == b"first"
    assert letter.person == AMINA


async def test_an_update_that_comes_again_after_it_was_done_is_not_done_again(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    await inbox.done(box, await letter_of(box))
    await came(box, sides, 7, AMINA)
    assert await first(box) == []


async def test_both_bots_may_use_the_same_ids(hand: Connection, sides: Sides) -> None:
    await became_desk(hand, sides)
    await came(hand, sides, 7, AMINA)
    assert len(await inbox.first_of_each(hand, DESK, [], 9)) == len(await first(hand)) == 1


async def became_desk(hand: Connection, sides: Sides) -> None:
    await inbox.take_in(hand, sides.desks, 7, BO, b"a command", NOW)


async def test_each_person_has_one_update_in_hand_the_first_that_came_whatever_its_id(
    box: Connection, sides: Sides
) -> None:
    for update_id, person in ((90, AMINA), (12, BO), (3, AMINA), (4, BO), (5, CHIDI)):
        await came(box, sides, update_id, person)
    assert await first(box) == [90, 12, 5]
    assert await first(box, BO) == [90, 5]
    assert await first(box, AMINA, BO, CHIDI) == []
    assert await first(box, limit=2) == [90, 12]


async def test_the_next_of_a_person_comes_up_once_the_first_is_over(box: Connection, sides: Sides) -> None:
    for update_id in (1, 2, 3):
        await came(box, sides, update_id, AMINA)
    await inbox.done(box, await letter_of(box))
    assert await first(box) == [2]
    await inbox.set_aside(box, await letter_of(box))
    assert await first(box) == [3]


async def test_a_failed_update_stays_the_first_of_its_person(box: Connection, sides: Sides) -> None:
    for update_id in (1, 2):
        await came(box, sides, update_id, AMINA)
    await inbox.failed(box, await letter_of(box))
    assert await first(box) == [1]


async def test_what_is_done_keeps_its_id_and_nothing_of_what_it_said(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    letter = await letter_of(box)
    await inbox.done(box, letter)
    assert await state(box, 7) == ("done", 0, 0, True, True)
    assert not await inbox.still_open(box, letter)


async def test_what_is_set_aside_is_kept_sealed_for_whoever_looks_into_it(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA, b"poison")
    letter = await letter_of(box)
    await inbox.set_aside(box, letter)
    assert (await state(box, 7))[0] == "aside"
    assert not await inbox.still_open(box, letter)
    assert letter.open(sides.hers) == b"poison"


async def test_a_try_counts_when_our_code_raised_and_the_restarts_count_anew(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    for tries in (1, 2, 3):
        begun = await inbox.begin(box, await letter_of(box))
        assert (begun.tries, begun.begun) == (tries - 1, 1)
        await inbox.failed(box, begun)
        assert (await state(box, 7))[1:3] == (tries, 0)


async def test_each_restart_that_finds_it_begun_is_counted(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    for restarts in range(inbox.BEGUN + 1):
        letter = await letter_of(box)
        assert letter.begun == restarts
        assert (await inbox.begin(box, letter)).begun == restarts + 1
    assert restarts + 1 > inbox.BEGUN


async def test_to_let_go_counts_nothing(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    await inbox.failed(box, await inbox.begin(box, await letter_of(box)))
    await inbox.let_go(box, await inbox.begin(box, await letter_of(box)))
    assert (await state(box, 7))[:3] == ("open", 1, 0)


async def test_a_payload_moved_to_another_row_does_not_open(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA, b"hers")
    await came(box, sides, 8, BO, b"his")
    hers, his = await letter_of(box, AMINA), await letter_of(box, BO)
    with pytest.raises(CannotOpenError):
        replace(hers, kept=his.kept).open(sides.hers)


async def test_the_other_side_cannot_open_it(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA)
    with pytest.raises(UnknownPairError):
        (await letter_of(box)).open(sides.desks)


async def test_nothing_of_what_she_wrote_lies_open_in_the_row(box: Connection, sides: Sides) -> None:
    await came(box, sides, 7, AMINA, b"he comes at six")
    [[row]] = await rows(box, "select survivor_inbox::text from survivor_inbox")
    assert b"he comes at six".hex() not in str(row)
    assert UUID(int=0).hex not in str(row)


async def test_the_row_says_when_it_came(box: Connection, sides: Sides) -> None:
    await inbox.take_in(box, sides.hers, 7, AMINA, b"", NOW + timedelta(hours=1))
    assert await one(box, "select received_at from survivor_inbox") == NOW + timedelta(hours=1)


async def test_while_she_is_held_nobody_else_thinks_about_her(engines: Engines) -> None:
    engine = engines.of("survivors")
    async with begin(engine) as first_thinker:
        await inbox.lock_person(first_thinker, AMINA)
        async with begin(engine) as second:
            await second.execute(text("set local lock_timeout = '20ms'"))
            await inbox.lock_person(second, BO)
            with pytest.raises(DBAPIError, match="lock timeout"):
                await inbox.lock_person(second, AMINA)
    async with begin(engine) as later:
        await later.execute(text("set local lock_timeout = '20ms'"))
        await inbox.lock_person(later, AMINA)
