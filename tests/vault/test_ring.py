"""A side's ring: survives every crash whole, opens with its own key only, and never loses anybody."""

import stat
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.vault.ground import NOW, ring_file
from vault.keys import encode, keyed_hash
from vault.ring import Ring, RingError, RingFile, UnknownPairError, new_day_pair, side_key

BOTH = [None, "copy"]


def a_ring(side: str = "survivors", days: int = 2) -> Ring:
    ring = Ring.new(side)
    for day in range(days):
        ring = ring.with_pair(new_day_pair(NOW + timedelta(days=day)))
    return ring


class Crashed(Exception):  # noqa: N818 - not an error of ours: the machine stopped
    """The machine stopped here."""


def crash(*_: object, **__: object) -> None:
    raise Crashed


@pytest.mark.parametrize("copy", BOTH)
def test_a_ring_is_read_as_it_was_written(tmp_path: Path, copy: str | None) -> None:
    file = ring_file(tmp_path, "survivors", tmp_path / copy if copy else None)
    ring = a_ring()
    file.write(ring)
    assert file.read() == ring


def test_where_there_is_none_yet_the_ring_is_new_and_empty(tmp_path: Path) -> None:
    ring = ring_file(tmp_path, "survivors").read()
    assert ring.newest() is None
    assert len(ring.lookup) == 32


def test_the_newest_pair_is_that_of_the_latest_day_however_they_came_in() -> None:
    older, newer = new_day_pair(NOW), new_day_pair(NOW + timedelta(days=1))
    assert Ring.new("desk").with_pair(newer).with_pair(older).newest() == newer


def test_a_dropped_pair_opens_nothing_any_more() -> None:
    kept, gone = new_day_pair(NOW), new_day_pair(NOW)
    ring = Ring.new("desk").with_pair(kept).with_pair(gone).without(frozenset({gone.id}))
    assert ring.private(kept.id) == kept.pair.private
    with pytest.raises(UnknownPairError):
        ring.private(gone.id)
    with pytest.raises(UnknownPairError):
        ring.private(uuid4())


def test_a_ring_prints_neither_its_lookup_key_nor_a_private_half(tmp_path: Path) -> None:
    ring = a_ring()
    written = f"{ring!r} {ring_file(tmp_path, 'survivors')!r}"
    secrets = (ring.lookup, b"s" * 32, *(kept.pair.private for kept in ring.pairs.values()))
    for secret in secrets:
        assert repr(secret)[2:-1] not in written
        assert encode(secret) not in written


def test_on_the_disk_there_is_nothing_that_can_be_read_without_the_key(tmp_path: Path) -> None:
    file, ring = ring_file(tmp_path, "survivors"), a_ring()
    file.write(ring)
    raw = file.path.read_bytes()
    for secret in (ring.lookup, *(kept.pair.private for kept in ring.pairs.values())):
        assert secret not in raw
        assert encode(secret).encode() not in raw
    assert b"lookup" not in raw


def test_only_the_owner_may_look_at_the_files(tmp_path: Path) -> None:
    file = ring_file(tmp_path, "survivors", tmp_path / "copy")
    file.write(a_ring())
    side_key(tmp_path, "survivors", None)
    for path in tmp_path.rglob("*"):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) & ~allowed == 0, path


def test_another_key_is_told_in_one_sentence_that_gives_nothing_away(tmp_path: Path) -> None:
    ring_file(tmp_path, "survivors").write(a_ring())
    with pytest.raises(RingError) as refused:
        RingFile(tmp_path, "survivors", b"x" * 32).read()
    said = str(refused.value)
    assert "survivors" in said
    assert "\n" not in said
    assert encode(b"x" * 32) not in said


def test_a_ring_put_in_the_place_of_the_other_sides_does_not_open(tmp_path: Path) -> None:
    hers = RingFile(tmp_path, "survivors", b"k" * 32)
    hers.write(a_ring())
    desks = RingFile(tmp_path, "desk", b"k" * 32)
    hers.path.rename(desks.path)
    with pytest.raises(RingError):
        desks.read()


@pytest.mark.parametrize("left", [b"", b"short", b"x" * 400])
def test_a_damaged_ring_is_told_in_one_sentence(tmp_path: Path, left: bytes) -> None:
    file = ring_file(tmp_path, "survivors")
    file.write(a_ring())
    file.path.write_bytes(left)
    with pytest.raises(RingError):
        file.read()


def test_a_crash_between_writing_and_renaming_leaves_the_old_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, old = ring_file(tmp_path, "survivors"), a_ring()
    file.write(old)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", crash)
        with pytest.raises(Crashed):
            file.write(old.with_pair(new_day_pair(NOW)))
    assert file.read() == old
    newer = old.with_pair(new_day_pair(NOW))
    file.write(newer)
    assert file.read() == newer


def test_a_crash_in_the_middle_of_writing_leaves_the_old_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, old = ring_file(tmp_path, "survivors"), a_ring()
    file.write(old)
    with monkeypatch.context() as patched:
        patched.setattr("vault.ring.os.fsync", crash)
        with pytest.raises(Crashed):
            file.write(a_ring())
    assert file.read() == old


def test_a_crash_between_the_ring_and_its_copy_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, old = ring_file(tmp_path, "survivors", tmp_path / "copy"), a_ring()
    file.write(old)
    newer = old.with_pair(new_day_pair(NOW))
    rename = Path.rename

    def once(path: Path, to: Path) -> Path:
        if "copy" in to.parts:
            raise Crashed
        return rename(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", once)
        with pytest.raises(Crashed):
            file.write(newer)
    assert file.read() == newer


def test_the_copy_is_read_when_the_first_is_gone_and_the_next_writing_heals_both(tmp_path: Path) -> None:
    file, ring = ring_file(tmp_path, "survivors", tmp_path / "copy"), a_ring()
    file.write(ring)
    file.path.unlink()
    assert file.read() == ring
    file.write(file.read())
    assert file.path.read_bytes() == (tmp_path / "copy" / "survivors.ring").read_bytes()


def test_a_new_key_seals_the_same_ring_so_that_everybody_is_still_found(tmp_path: Path) -> None:
    file, ring = ring_file(tmp_path, "survivors", tmp_path / "copy"), a_ring()
    file.write(ring)
    renewed = file.rekey(b"n" * 32)
    assert renewed.read() == ring
    assert keyed_hash(renewed.read().lookup, "chat", "5001") == keyed_hash(ring.lookup, "chat", "5001")
    with pytest.raises(RingError):
        file.read()
    file.path.unlink()
    assert renewed.read() == ring


def together(*acts: Callable[[], None]) -> None:
    """Each in a thread of its own, all begun at once."""
    gate = threading.Barrier(len(acts))

    def begun(act: Callable[[], None]) -> None:
        gate.wait(10)
        act()

    threads = [threading.Thread(target=begun, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)


def test_two_processes_of_a_side_change_the_ring_one_after_the_other(tmp_path: Path) -> None:
    added = [new_day_pair(NOW + timedelta(minutes=number)) for number in range(12)]

    def add(place: int) -> None:
        file = ring_file(tmp_path, "survivors")
        for pair in added[place::3]:
            with file.locked():
                file.write(file.read().with_pair(pair))

    ring_file(tmp_path, "survivors").write(Ring.new("survivors"))
    together(*(lambda place=place: add(place) for place in range(3)))
    assert set(ring_file(tmp_path, "survivors").read().pairs) == {pair.id for pair in added}


def test_a_sides_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    made, new = side_key(tmp_path, "survivors", None)
    assert (len(made), new) == (32, True)
    assert side_key(tmp_path, "survivors", None) == (made, False)
    assert side_key(tmp_path, "desk", None)[0] != made


def test_a_key_that_is_given_is_used_and_none_is_made(tmp_path: Path) -> None:
    assert side_key(tmp_path, "survivors", b"g" * 32) == (b"g" * 32, False)
    assert list(tmp_path.rglob("*.key")) == []


def test_two_processes_that_start_first_agree_on_one_key(tmp_path: Path) -> None:
    for number in range(20):
        found: list[bytes] = []
        folder = tmp_path / str(number)
        first = lambda folder=folder, found=found: found.append(side_key(folder, "survivors", None)[0])  # noqa: E731
        together(first, first, first)
        assert set(found) == {side_key(folder, "survivors", None)[0]}


@pytest.mark.parametrize("left", ["", "short", "!" * 43])
def test_a_key_file_that_holds_no_key_is_told_in_one_sentence(tmp_path: Path, left: str) -> None:
    side_key(tmp_path, "survivors", None)
    (tmp_path / "keys" / "survivors.key").write_text(left)
    with pytest.raises(RingError, match="survivors"):
        side_key(tmp_path, "survivors", None)


def test_writing_the_key_and_the_ring_at_once_mixes_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ring_file(tmp_path, "survivors")
    between: list[bytes] = []
    rename = Path.rename

    def slowly(path: Path, to: Path) -> Path:
        if to == file.path and not between:
            between.append(side_key(tmp_path, "survivors", None)[0])
        return rename(path, to)

    ring = a_ring()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", slowly)
        file.write(ring)
    assert file.read() == ring
    assert side_key(tmp_path, "survivors", None) == (between[0], False)
