"""Functioning by the published syntax, and the follow-up after strangulation."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import any_answers
from triage.risk import score
from triage.risk_instruments import instruments

DOMAINS = [item.id for item in instruments()["wg-ss"].items]
STRANGLING = instruments()["strangulation"]
SIGNS = STRANGLING.with_role("sign")
WELL = {"strangled": "yes", "pregnant": "no", "hours_since": 5, **dict.fromkeys(SIGNS, "no")}


def test_the_identifiers_nest_over_every_sheet_of_answers() -> None:
    for levels in product((1, 2, 3, 4, None), repeat=6):
        found = score("wg-ss", dict(zip(DOMAINS, levels, strict=True)))
        answered = [level for level in levels if level is not None]
        identifiers = {
            "disability_4": 4 in answered,
            "disability_3": any(level >= 3 for level in answered),
            "disability_2": answered.count(2) >= 2 or any(level >= 3 for level in answered),
            "disability_1": any(level >= 2 for level in answered),
            "none_reported": bool(answered),
            "undetermined": True,
        }
        assert found.band == next(band for band, holds in identifiers.items() if holds)
        assert found.score == sum(level >= 3 for level in answered)
        assert found.complete is (None not in levels)


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_is_an_emergency_even_when_she_was_not_strangled(sign: str) -> None:
    for strangled in ("yes", "no", "unknown", "refused", None):
        found = score("strangulation", {"strangled": strangled, sign: "yes"})
        assert (found.band, found.score) == ("emergency", 1)


def test_pregnancy_is_an_emergency_only_after_strangling() -> None:
    assert score("strangulation", {**WELL, "pregnant": "yes"}).reasons == ("strangled", "pregnant")
    assert score("strangulation", {**WELL, "pregnant": "yes"}).band == "emergency"
    spared = score("strangulation", {"strangled": "no", "pregnant": "yes"})
    assert (spared.band, spared.reasons, spared.complete) == ("not_indicated", (), True)
    assert score("strangulation", {"strangled": "unknown", "pregnant": "yes"}).band == "undetermined"


@pytest.mark.parametrize(
    ("hours", "band"),
    [(0, "urgent_check"), (671, "urgent_check"), (672, "urgent_check"), (673, "medical_advice"),
     (10**40, "medical_advice"), ("unknown", "urgent_check"), (None, "urgent_check"), ("refused", "urgent_check")],
)  # fmt: skip
def test_four_weeks_divide_today_from_some_day(hours: object, band: str) -> None:
    found = score("strangulation", {**WELL, "hours_since": hours})
    assert (found.band, found.reasons) == (band, ("strangled",))


@pytest.mark.parametrize("item", [*SIGNS, "pregnant"])
def test_one_sign_not_answered_leaves_it_open(item: str) -> None:
    found = score("strangulation", {**WELL, item: "unknown"})
    assert (found.band, found.missing) == ("undetermined", (item,))


@given(data=st.data())
def test_one_more_sign_never_calls_off_an_emergency(data: st.DataObject) -> None:
    _, said = data.draw(any_answers("strangulation"))
    sign = data.draw(st.sampled_from(SIGNS))
    assert score("strangulation", {**said, sign: "yes"}).band == "emergency"
