"""Folding: one plain form for whatever script and spelling people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.letters import fold, one_slip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Oʻchirish", "o'chirish"),
        ("oʼchirish", "ўчириш"),
        ("OCHIRISH", "oʻchirish"),
        ("o`chirish", "o‘chirish"),
        ("öchirish", "oʻchirish"),
        ("xavfsız", "хавфсиз"),
        ("şirin", "shirin"),
        ("Йўқ", "yoʻq"),
        ("ёрдам", "yordam"),
        ("тоҷикӣ", "tojiki"),
        ("ер", "yer"),
        ("Leave   now!!", "leave now"),
        ("ПОМОГИТЕ", "помогите"),
        ("ｅｘｉｔ", "exit"),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


def test_signs_without_letters_fold_to_nothing() -> None:
    assert fold("🙂 ... !!! _ ʼ") == ""


@given(st.text(max_size=300))
def test_folding_is_settled_after_one_time_and_leaves_single_spaces(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize("slip", ["chalop", "chalob", "halop", "chaloop", "chlop", "chalopp"])
def test_one_slip_of_the_finger_is_forgiven(slip: str) -> None:
    assert one_slip("chalop", slip)


@pytest.mark.parametrize("other", ["chalpo", "palov", "cha", "chalobb", ""])
def test_two_slips_are_another_word(other: str) -> None:
    assert not one_slip("chalop", other)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_slip_is_the_same_both_ways(first: str, second: str) -> None:
    assert one_slip(first, second) == one_slip(second, first)
