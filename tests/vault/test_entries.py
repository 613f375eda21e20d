"""Entries: a copy for each half that may read it, and no other half ever opens one."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.vault.ground import NOW, Sides, a_case, become, one, rows
from vault import cases, entries
from vault.cases import Case, ErasedError
from vault.database import Connection
from vault.entries import BOTH, DESKS, HERS
from vault.keys import CannotOpenError, unseal
from vault.safe import sealed_place

MINUTE = timedelta(minutes=1)
KINDS = ("words", "answers", "note")


@pytest.fixture
async def case(hand: Connection, sides: Sides) -> Case:
    """Amina's case, in the hands of the survivors' process."""
    await become(hand, "survivors")
    return (await a_case(hand, sides.hers))[0]


async def words_of(hand: Connection, sides: Sides, case: Case, process: str) -> list[str]:
    """What a side reads of the case, in its own process's hands."""
    await become(hand, process)
    safe = sides.hers if process == "survivors" else sides.desks
    found = [entry.text for entry in await entries.read_all(hand, safe, case.id, KINDS)]
    await become(hand, "survivors")
    return found


async def test_what_she_writes_before_her_yes_only_her_side_reads(hand: Connection, sides: Sides, case: Case) -> None:
    await entries.write(hand, case.id, "words", "survivor", "He comes at six.", HERS, NOW)
    assert await words_of(hand, sides, case, "survivors") == ["He comes at six."]
    assert await words_of(hand, sides, case, "operators") == []


async def test_what_both_must_read_is_stored_twice_and_differently(hand: Connection, sides: Sides, case: Case) -> None:
    await entries.write(hand, case.id, "words", "survivor", "He comes at six.", BOTH, NOW)
    for process in ("survivors", "operators"):
        assert await words_of(hand, sides, case, process) == ["He comes at six."]
    await become(hand, "owner")
    [[hers]] = await rows(hand, "select sealed from survivor_copies")
    [[desks]] = await rows(hand, "select sealed from staff_copies")
    assert hers != desks


async def test_a_note_of_the_desk_she_never_sees(hand: Connection, sides: Sides, case: Case) -> None:
    await become(hand, "operators")
    await entries.write(hand, case.id, "note", "staff", "Call the shelter.", DESKS, NOW)
    assert await words_of(hand, sides, case, "operators") == ["Call the shelter."]
    assert await words_of(hand, sides, case, "survivors") == []


async def test_neither_half_opens_the_other_sides_copy(hand: Connection, sides: Sides, case: Case) -> None:
    entry = await entries.write(hand, case.id, "words", "survivor", "He comes at six.", BOTH, NOW)
    await become(hand, "owner")
    hers = await cases.private_half(hand, sides.hers, case.id)
    desks = await cases.private_half(hand, sides.desks, case.id)
    for table, stranger in (("survivor_copies", desks), ("staff_copies", hers)):
        [[sealed]] = await rows(hand, f"select sealed from {table}")
        with pytest.raises(CannotOpenError):
            unseal(bytes(sealed), stranger, sealed_place(table, entry))


async def test_a_copy_put_under_another_entry_does_not_open(hand: Connection, sides: Sides, case: Case) -> None:
    first = await entries.write(hand, case.id, "words", "survivor", "first", HERS, NOW)
    second = await entries.write(hand, case.id, "words", "survivor", "second", HERS, NOW)
    await become(hand, "owner")
    swap = "update survivor_copies set sealed = (select sealed from survivor_copies where entry_id = :a)"
    await hand.execute(text(f"{swap} where entry_id = :b"), {"a": first, "b": second})
    with pytest.raises(CannotOpenError):
        await entries.read(hand, sides.hers, case.id, second)


async def test_entries_are_read_oldest_first_the_newest_of_them(hand: Connection, sides: Sides, case: Case) -> None:
    for minute in (2, 0, 1):
        await entries.write(hand, case.id, "words", "survivor", f"word {minute}", HERS, NOW + minute * MINUTE)
    await entries.write(hand, case.id, "voice", "survivor", "a voice", HERS, NOW)
    found = await entries.read_all(hand, sides.hers, case.id, ("words",), 2)
    assert [(entry.text, entry.at, entry.author) for entry in found] == [
        ("word 1", NOW + MINUTE, "survivor"),
        ("word 2", NOW + 2 * MINUTE, "survivor"),
    ]


@pytest.mark.parametrize("words", ["", "Ўзбекча, русский, 日本語 \U0001f9ff", "x" * 100_000, "line\nline\ttab"])
async def test_any_words_come_back_as_they_were_written(hand: Connection, sides: Sides, case: Case, words: str) -> None:
    entry = await entries.write(hand, case.id, "words", "survivor", words, HERS, NOW)
    assert await entries.read(hand, sides.hers, case.id, entry) == words


async def test_her_yes_seals_what_she_wrote_a_second_time_to_the_desk(
    hand: Connection, sides: Sides, case: Case
) -> None:
    await entries.write(hand, case.id, "words", "survivor", "long ago", HERS, NOW - MINUTE)
    await entries.write(hand, case.id, "words", "survivor", "now", HERS, NOW)
    await entries.write(hand, case.id, "voice", "survivor", "not asked for", HERS, NOW)
    await entries.write(hand, case.id, "words", "staff", "shared already", BOTH, NOW + MINUTE)
    assert await entries.share(hand, sides.hers, case.id, ("words",), NOW) == 2
    assert await words_of(hand, sides, case, "operators") == ["now", "shared already"]
    assert await entries.share(hand, sides.hers, case.id, ("words",), NOW) == 2
    assert await words_of(hand, sides, case, "operators") == ["now", "shared already"]


async def test_her_yes_leaves_none_of_many_words_behind(hand: Connection, sides: Sides, case: Case) -> None:
    for number in range(210):
        await entries.write(hand, case.id, "words", "survivor", f"{number}", HERS, NOW + timedelta(seconds=number))
    assert await entries.share(hand, sides.hers, case.id, ("words",), NOW) == 210


async def test_what_was_shared_once_stays_as_it_was(hand: Connection, sides: Sides, case: Case) -> None:
    await entries.write(hand, case.id, "words", "survivor", "words", BOTH, NOW)
    await become(hand, "owner")
    before = await one(hand, "select sealed from staff_copies")
    await become(hand, "survivors")
    await entries.share(hand, sides.hers, case.id, ("words",), NOW)
    await become(hand, "owner")
    assert await one(hand, "select sealed from staff_copies") == before


async def test_the_other_side_may_be_given_an_entry_in_a_form_of_its_own(
    hand: Connection, sides: Sides, case: Case
) -> None:
    entry = await entries.write(hand, case.id, "voice", "survivor", "the whole of it", HERS, NOW)
    await entries.copy_to(hand, case.id, entry, "desk", "twelve seconds")
    await become(hand, "operators")
    assert await entries.read(hand, sides.desks, case.id, entry) == "twelve seconds"
    assert await entries.of_kind(hand, "desk", case.id, "voice") == [entry]
    assert await entries.of_kind(hand, "desk", case.id, "words") == []
    await become(hand, "survivors")
    assert await entries.read(hand, sides.hers, case.id, entry) == "the whole of it"


async def test_how_many_there_are_is_known_without_opening_any(hand: Connection, case: Case) -> None:
    for author, count in (("survivor", 2), ("staff", 1)):
        for _ in range(count):
            await entries.write(hand, case.id, "words", author, "words", HERS, NOW)
    assert await entries.count(hand, case.id) == {("words", "survivor"): 2, ("words", "staff"): 1}


async def test_after_erasing_nothing_is_written_and_nothing_read(hand: Connection, sides: Sides, case: Case) -> None:
    entry = await entries.write(hand, case.id, "words", "survivor", "words", BOTH, NOW)
    await hand.execute(text("select erase_case(:case, :now)"), {"case": case.id, "now": NOW})
    with pytest.raises(ErasedError):
        await entries.read(hand, sides.hers, case.id, entry)
    with pytest.raises(ErasedError):
        await entries.write(hand, case.id, "words", "survivor", "more", HERS, NOW)
    assert await entries.read_all(hand, sides.hers, case.id, KINDS) == []
