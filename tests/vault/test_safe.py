"""A side's safe: opens its own, never the other's, and reads the ring again before it gives up."""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.vault.ground import NOW, Sides, add_pair, publish, ring_file
from vault.database import Connection
from vault.keys import CannotOpenError, place_of
from vault.ring import UnknownPairError
from vault.safe import OtherSideSilentError, Safe, ToPair, has_published, seal_for, sealed_place

PLACE = sealed_place("survivor_inbox", 7)


def a_safe(folder: Path, side: str = "survivors") -> Safe:
    safe = Safe(ring_file(folder, side))
    add_pair(safe)
    return safe


def test_what_a_side_seals_to_itself_it_opens(tmp_path: Path) -> None:
    safe = a_safe(tmp_path)
    assert safe.open_own(safe.seal_own(b"words", PLACE), PLACE) == b"words"


def test_a_value_that_names_another_pair_does_not_open(tmp_path: Path) -> None:
    safe = a_safe(tmp_path)
    other = add_pair(safe)
    kept = safe.seal_own(b"words", PLACE)
    elsewhere = next(pair for pair in safe.ring.pairs if pair != kept.pair)
    assert other.id in safe.ring.pairs
    with pytest.raises(CannotOpenError):
        safe.open_own(ToPair(kept.sealed, elsewhere), PLACE)


def test_a_pair_that_another_process_made_is_found_by_reading_the_ring_again(tmp_path: Path) -> None:
    first = a_safe(tmp_path)
    second = Safe(ring_file(tmp_path, "survivors"))
    made = add_pair(second)
    assert made.id not in first.ring.pairs
    assert first.private(made.id) == made.pair.private
    assert made.id in first.ring.pairs


def test_a_process_that_started_before_the_first_pair_finds_it(tmp_path: Path) -> None:
    early = Safe(ring_file(tmp_path, "survivors"))
    made = a_safe(tmp_path).newest()
    assert early.newest() == made


def test_a_pair_that_nobody_has_stays_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownPairError):
        a_safe(tmp_path).private(uuid4())
    with pytest.raises(UnknownPairError):
        Safe(ring_file(tmp_path / "empty", "survivors")).newest()


def test_the_same_person_is_another_hash_on_the_other_side(tmp_path: Path) -> None:
    hers, desks = a_safe(tmp_path), a_safe(tmp_path, "desk")
    assert hers.person("chat", "5001") != desks.person("chat", "5001")


def test_a_place_of_the_sealed_column_is_named_so() -> None:
    assert sealed_place("staff", 7) == place_of("staff", "sealed", 7)
    assert sealed_place("staff", 7, "name") == place_of("staff", "name", 7)


async def test_what_one_side_seals_to_the_other_only_the_other_opens(hand: Connection, sides: Sides) -> None:
    kept = await seal_for(hand, "desk", b"her words", PLACE)
    assert sides.desks.open_own(kept, PLACE) == b"her words"
    with pytest.raises(UnknownPairError):
        sides.hers.open_own(kept, PLACE)


async def test_a_side_that_never_published_cannot_be_written_to(hand: Connection, tmp_path: Path) -> None:
    await publish(hand, Safe(ring_file(tmp_path, "survivors")))
    assert await has_published(hand, "survivors")
    assert not await has_published(hand, "desk")
    with pytest.raises(OtherSideSilentError):
        await seal_for(hand, "desk", b"her words", PLACE)


async def test_what_is_sealed_to_the_other_side_is_sealed_to_its_newest_pair(hand: Connection, sides: Sides) -> None:
    newest = await publish(hand, sides.desks, NOW.replace(day=26))
    await publish(hand, sides.desks, NOW.replace(day=25))
    await publish(hand, sides.hers, NOW.replace(day=27))
    assert (await seal_for(hand, "desk", b"words", PLACE)).pair == newest.id
