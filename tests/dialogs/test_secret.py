"""Her own words: folded like every text, all compared in constant time, and none near another."""

import hmac
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import secret
from dialogs.letters import fold
from dialogs.secret import KINDS, LONGEST, fits, hashed, meant

SALT = "5a17"
NONE: frozenset[str] = frozenset()


def kept(**words: str) -> dict[str, str]:
    return {kind: hashed(word, SALT) for kind, word in words.items()}


HERS = kept(code="Behi murabbosi", duress="Qovoqli sutosh", exit="Tok oshi")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("behi murabbosi", "code"), ("  BEHI   Murabbosi! ", "code"), ("беҳи мураббоси", "code"),
        ("qovoqli sutosh", "duress"), ("қовоқли сутош", "duress"), ("tok oshi.", "exit"),
        ("behi murabbos", ""), ("murabbosi behi", ""), ("", ""), ("behi murabbosi yana", ""),
    ],
)  # fmt: skip
def test_a_word_is_known_by_its_letters_alone(text: str, kind: str) -> None:
    assert meant(text, HERS, SALT) == kind


@pytest.mark.parametrize("spelling", ["koʻk shoʻrva", "ko'k sho'rva", "ko‘k sho‘rva", "kok shorva", "кўк шўрва"])
def test_apostrophes_and_script_make_no_difference(spelling: str) -> None:
    assert meant(spelling, kept(code="koʻk shoʻrva"), SALT) == "code"


class Compared:
    """Stands in for the comparison in constant time, and counts."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []

    def __call__(self, one: str, other: str) -> bool:
        self.calls.append((len(one), len(other)))
        return hmac.compare_digest(one, other)


class Hmac:
    """The module as `secret` sees it, with the comparison counted."""

    def __init__(self, compared: Compared) -> None:
        self.compare_digest = compared
        self.new = hmac.new


@pytest.mark.parametrize("text", ["behi murabbosi", "qovoqli sutosh", "tok oshi", "palov", ""])
@pytest.mark.parametrize("words", [{}, kept(code="Behi murabbosi"), HERS], ids=["none", "one", "all"])
def test_every_word_is_compared_in_constant_time_whatever_was_typed_and_chosen(
    text: str, words: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Compared()
    monkeypatch.setattr(secret, "hmac", Hmac(compared))
    meant(text, words, SALT)
    assert compared.calls == [(64, 64)] * len(KINDS)


def test_nothing_typed_is_the_hash_of_nobody() -> None:
    assert meant("palov", {}, "") == ""


def test_a_hash_says_nothing_without_its_salt() -> None:
    assert hashed("tok oshi", "one") != hashed("tok oshi", "other")
    assert "tok" not in hashed("tok oshi", SALT)


@pytest.mark.parametrize(
    "word", ["qovoqli sutosh", "qovoqli sutoshi", "qovoqli sutos", "qovoqli sutash", "Қовоқли сутош", "qovoqlisutosh"]
)
def test_a_word_one_slip_from_another_of_hers_does_not_fit(word: str) -> None:
    assert not fits(word, "code", kept(duress="qovoqli sutosh"), SALT, NONE)


@pytest.mark.parametrize("word", ["qovoqli oshi", "behi qayla", "qovoqlik sutoshi"])
def test_a_word_two_slips_away_fits(word: str) -> None:
    assert fits(word, "code", kept(duress="qovoqli sutosh"), SALT, NONE)


def test_a_word_may_be_chosen_anew_near_itself() -> None:
    assert fits("behi murabbo", "code", kept(code="behi murabbosi"), SALT, NONE)


@pytest.mark.parametrize("word", ["", "non", "...", "x" * (LONGEST + 1), "chalop", "CHALOP", "чалоп"])
def test_what_is_short_long_or_taken_does_not_fit(word: str) -> None:
    assert not fits(word, "code", {}, SALT, frozenset({"chalop"}))


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_texts_mean_the_same_word_only_if_they_fold_alike(first: str, second: str) -> None:
    chosen = kept(code=first[:LONGEST])
    same = fold(first[:LONGEST]) == fold(second[:LONGEST])
    assert (meant(second, chosen, SALT) == "code") is same
