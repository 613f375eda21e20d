"""Sealing and opening: only the right half opens, only in the right place, and nothing private is ever printed."""

import hashlib
import hmac
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.keys import CannotOpenError, Pair, decode, encode, keyed_hash, lock_number, place_of, seal, unseal

ROW = UUID(int=7)
PLACE = place_of("survivor_copies", "sealed", ROW)
PAIR = Pair.new()


@given(st.binary(max_size=5000))
def test_what_is_sealed_to_a_half_opens_with_its_private_half_word_for_word(words: bytes) -> None:
    assert unseal(seal(words, PAIR.public, PLACE), PAIR.private, PLACE) == words


def test_the_same_words_sealed_twice_do_not_look_alike() -> None:
    assert seal(b"yes", PAIR.public, PLACE) != seal(b"yes", PAIR.public, PLACE)


def test_sealed_words_hold_none_of_the_words() -> None:
    assert seal(b"he comes at six" * 20, PAIR.public, PLACE).find(b"he comes at six") == -1


@pytest.mark.parametrize(
    "elsewhere",
    [
        place_of("survivor_copies", "sealed", UUID(int=8)),
        place_of("staff_copies", "sealed", ROW),
        place_of("survivor_copies", "pair", ROW),
        place_of("survivor_copies", "sealed", ""),
        b"",
    ],
)
def test_a_value_moved_to_another_row_table_or_column_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(CannotOpenError):
        unseal(seal(b"words", PAIR.public, PLACE), PAIR.private, elsewhere)


def test_another_private_half_does_not_open() -> None:
    with pytest.raises(CannotOpenError):
        unseal(seal(b"words", PAIR.public, PLACE), Pair.new().private, PLACE)


def test_whoever_holds_the_public_half_alone_cannot_open() -> None:
    with pytest.raises(CannotOpenError):
        unseal(seal(b"words", PAIR.public, PLACE), PAIR.public, PLACE)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_bit_anywhere_and_it_does_not_open(where: int, change: int) -> None:
    sealed = bytearray(seal(b"words", PAIR.public, PLACE))
    sealed[where % len(sealed)] ^= change
    with pytest.raises(CannotOpenError):
        unseal(bytes(sealed), PAIR.private, PLACE)


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 47])
def test_a_cut_value_is_refused_like_any_other(cut: int) -> None:
    with pytest.raises(CannotOpenError):
        unseal(seal(b"words", PAIR.public, PLACE)[:cut], PAIR.private, PLACE)


def test_a_refusal_says_nothing_of_what_was_sealed() -> None:
    with pytest.raises(CannotOpenError) as refused:
        unseal(seal(b"he comes at six", PAIR.public, PLACE), Pair.new().private, PLACE)
    assert str(refused.value) == ""


def test_a_pair_prints_no_private_half() -> None:
    written = f"{PAIR!r} {PAIR}"
    assert repr(PAIR.private) not in written
    assert PAIR.private.hex() not in written


def test_a_pair_is_known_again_by_its_private_half() -> None:
    assert Pair.of(PAIR.private) == PAIR


def test_no_two_places_have_one_name() -> None:
    rows: list[UUID | int | bytes | str] = [ROW, 7, b"\x07", "seven"]
    names = {place_of(table, column, row) for table in ("a", "b") for column in ("sealed", "pair") for row in rows}
    assert len(names) == 2 * 2 * len(rows)


def test_a_person_is_found_by_the_keyed_hash_that_the_standard_names() -> None:
    expected = hmac.new(b"k" * 32, b"chat\x005001", hashlib.sha256).digest()
    assert keyed_hash(b"k" * 32, "chat", "5001") == expected


def test_without_the_key_the_hash_of_a_person_cannot_be_made() -> None:
    assert keyed_hash(b"k" * 32, "chat", "5001") != keyed_hash(b"l" * 32, "chat", "5001")
    assert keyed_hash(b"k" * 32, "chat", "5001") != keyed_hash(b"k" * 32, "staff", "5001")


@given(st.binary(min_size=32, max_size=32))
def test_the_lock_of_a_person_is_a_number_that_postgresql_takes(person: bytes) -> None:
    assert -(2**63) <= lock_number(person) < 2**63


@given(st.binary(max_size=64))
def test_keys_are_written_without_padding_and_read_back(raw: bytes) -> None:
    assert "=" not in encode(raw)
    assert decode(encode(raw)) == raw
