"""The counting instruments: every threshold, and the floor rule against every completion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import any_answers, completions
from triage.risk import score
from triage.risk_counting import floor_rule
from triage.risk_instruments import instruments

THRESHOLDS = {
    "who-immediate": {0: "below_threshold", 2: "below_threshold", 3: "high_immediate_risk", 6: "high_immediate_risk"},
    "da5": {0: "routine_referral", 1: "routine_referral", 2: "two_factors", 3: "full_assessment", 4: "high_danger",
            5: "high_danger"},
    "hark": {0: "negative", 1: "positive", 4: "positive"},
}  # fmt: skip
SMALL = ("who-immediate", "da5", "hark", "hits", "e-hits")

DANGER = {
    "increased": 1, "owns_gun": 5, "left_past_year": 4, "unemployed": 4, "weapon": 3, "threatens_kill": 3,
    "avoided_arrest": 3, "child_not_his": 2, "forced_sex": 2, "strangled": 1, "drugs": 1, "alcohol": 1,
    "controls_day": 1, "violently_jealous": 1, "beaten_pregnant": 1, "his_suicide": 1, "threatens_children": 1,
    "capable_of_killing": 1, "stalks": 1,
}  # fmt: skip
BANDS = ["undetermined", "variable_danger", "increased_danger", "severe_danger", "extreme_danger"]


@pytest.mark.parametrize(
    ("name", "count", "band"), [(n, c, b) for n, rows in THRESHOLDS.items() for c, b in rows.items()]
)
def test_a_count_of_yes_reaches_its_band(name: str, count: int, band: str) -> None:
    items = [item.id for item in instruments()[name].items]
    said = {item: "yes" if number < count else "no" for number, item in enumerate(items)}
    found = score(name, said)
    assert (found.score, found.band, found.complete) == (count, band, True)
    assert list(found.reasons) == items[:count]


@pytest.mark.parametrize("name", SMALL)
@given(data=st.data())
def test_the_floor_rule_is_what_all_completions_together_say(name: str, data: st.DataObject) -> None:
    _, said = data.draw(any_answers(name))
    one = instruments()[name]
    order = [band.id for band in one.bands]
    reachable = sorted({score(name, full).band for full in completions(said, list(one.items))}, key=order.index)
    if len(reachable) == 1:
        assert score(name, said).band == reachable[0]
    elif reachable[0] == order[0]:
        assert score(name, said).band == "undetermined"
    else:
        assert score(name, said).band == reachable[0]


@pytest.mark.parametrize("name", ["who-immediate", "da5", "hark", "danger-assessment"])
@given(data=st.data())
def test_one_more_yes_never_lowers_a_count(name: str, data: st.DataObject) -> None:
    _, said = data.draw(any_answers(name))
    one = instruments()[name]
    item = data.draw(st.sampled_from([item for item in one.items if not item.cancels]))
    lowest, *findings = [band.id for band in one.bands if band.reached_at is not None]
    order = [lowest, "undetermined", *findings]
    before, after = score(name, said), score(name, {**said, item.id: "yes"})
    assert before.score is not None
    assert after.score is not None
    assert after.score >= before.score
    assert order.index(after.band) >= order.index(before.band)


@given(data=st.data())
def test_the_danger_assessment_adds_its_published_weights(data: st.DataObject) -> None:
    _, said = data.draw(any_answers("danger-assessment"))
    never, left = said.get("never_lived_together") == "yes", said.get("left_past_year")
    subtract = 3 if never and left != "yes" else 0
    lo = sum(weight for item, weight in DANGER.items() if said.get(item) == "yes") - subtract
    missing = [item for item in DANGER if said.get(item) in (None, "unknown", "refused")]
    if never and "left_past_year" in missing:
        missing.remove("left_past_year")
    hi = lo + sum(DANGER[item] for item in missing)
    found = score("danger-assessment", said)
    assert found.score == lo
    assert list(found.missing) == missing
    assert ("never_lived_together" in found.reasons) is (subtract == 3)
    assert "own_suicide" not in found.reasons
    expected = _danger(lo)
    if expected != _danger(hi) and expected == "variable_danger":
        expected = "undetermined"
    assert found.band == expected


def _danger(points: int) -> str:
    return BANDS[1 + (points >= 8) + (points >= 14) + (points >= 18)]


def test_the_danger_assessment_spans_minus_three_to_thirty_seven() -> None:
    assert sum(DANGER.values()) == 37
    assert score("danger-assessment", dict.fromkeys(DANGER, "yes")).score == 37
    lowest = {**dict.fromkeys(DANGER, "no"), "never_lived_together": "yes"}
    found = score("danger-assessment", lowest)
    assert (found.score, found.band, found.reasons) == (-3, "variable_danger", ("never_lived_together",))


@pytest.mark.parametrize(("points", "band"), [(7, 1), (8, 2), (13, 2), (14, 3), (17, 3), (18, 4)])
def test_the_danger_assessment_changes_band_exactly_at_its_thresholds(points: int, band: int) -> None:
    said: dict[str, object] = dict.fromkeys(DANGER, "no")
    left = points
    for item, weight in sorted(DANGER.items(), key=lambda row: -row[1]):
        if weight <= left:
            said[item], left = "yes", left - weight
    found = score("danger-assessment", said)
    assert (found.score, found.band) == (points, BANDS[band])


@pytest.mark.parametrize(
    ("name", "answers", "band"),
    [
        ("hits", [5, 3, 1, 1], "negative"),
        ("hits", [5, 4, 1, 1], "positive"),
        ("e-hits", [2, 1, 1, 1, 1], "negative"),
        ("e-hits", [2, 2, 1, 1, 1], "positive"),
    ],
)
def test_the_sums_change_band_exactly_at_their_cut(name: str, answers: list[int], band: str) -> None:
    items = [item.id for item in instruments()[name].items]
    found = score(name, dict(zip(items, answers, strict=True)))
    assert (found.score, found.band) == (sum(answers), band)


def test_a_sum_with_one_answer_missing_is_no_score_but_may_be_a_band() -> None:
    found = score("hits", {"hurt": 5, "insult": 4, "threaten": 1})
    assert (found.score, found.band, found.missing) == (None, "positive", ("scream",))


@pytest.mark.parametrize(
    ("lo", "hi", "band"), [("a", "a", "a"), ("a", "b", "undetermined"), ("b", "c", "b"), ("c", "c", "c")]
)
def test_the_floor_rule_keeps_a_finding_and_never_assumes_the_lowest(lo: str, hi: str, band: str) -> None:
    assert floor_rule("a", lo, hi) == band
