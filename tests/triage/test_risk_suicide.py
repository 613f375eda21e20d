"""The two screens for suicide: refusals, acuity, and every completion of the Columbia flow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import any_answers, completions
from triage.risk import score
from triage.risk_instruments import instruments

SCREEN = instruments()["asq"].with_role("screen")
NO = dict.fromkeys(SCREEN, "no")
CSSRS = instruments()["cssrs-screener"]


@pytest.mark.parametrize("item", SCREEN)
@pytest.mark.parametrize("answer", ["yes", "refused"])
def test_a_refusal_screens_positive_like_a_yes(item: str, answer: str) -> None:
    said = {**NO, item: answer}
    assert score("asq", said).band == "positive_acuity_unknown"
    assert score("asq", {**said, "thoughts_now": "no"}).band == "non_acute_positive"
    assert score("asq", {**said, "thoughts_now": "yes"}).band == "acute_positive"
    assert score("asq", said).reasons == (item,)


def test_a_refusal_counts_and_is_missing_and_scores_nothing() -> None:
    found = score("asq", {**NO, "wish_dead": "refused"})
    assert (found.score, found.missing) == (0, ("wish_dead", "thoughts_now"))


@pytest.mark.parametrize("item", SCREEN)
def test_a_question_she_could_not_answer_is_no_negative(item: str) -> None:
    found = score("asq", {**NO, item: "unknown"})
    assert (found.band, found.missing) == ("undetermined", (item,))


def test_thoughts_now_are_acute_whatever_was_said_before() -> None:
    assert score("asq", {"thoughts_now": "yes"}).band == "acute_positive"
    assert score("asq", {**NO, "thoughts_now": "yes"}).band == "acute_positive"


def test_four_noes_are_negative_and_complete_without_the_fifth() -> None:
    found = score("asq", NO)
    assert (found.band, found.complete, found.missing) == ("negative", True, ())


@pytest.mark.parametrize(
    ("item", "band", "severest"),
    [
        ("wish_dead", "low", 1),
        ("thoughts", "low", 2),
        ("method", "moderate", 3),
        ("intent", "high", 4),
        ("plan_intent", "high", 5),
        ("behavior_lifetime", "moderate", 0),
        ("behavior_3_months", "high", 0),
    ],
)
def test_each_answer_of_the_columbia_screener_has_its_colour(item: str, band: str, severest: int) -> None:
    said = {one.id: "no" for one in CSSRS.items}
    found = score("cssrs-screener", {**said, item: "yes"})
    assert (found.band, found.score, found.reasons) == (band, severest, (item,))


def test_the_columbia_flow_needs_only_what_it_would_have_asked() -> None:
    found = score("cssrs-screener", {"wish_dead": "no", "thoughts": "no", "behavior_lifetime": "no"})
    assert (found.band, found.complete) == ("none_reported", True)
    asked = score("cssrs-screener", {"wish_dead": "no", "thoughts": "yes", "behavior_lifetime": "yes"})
    assert asked.missing == ("method", "intent", "plan_intent", "behavior_3_months")


@given(data=st.data())
def test_the_columbia_screener_says_a_colour_only_when_every_completion_says_it(data: st.DataObject) -> None:
    _, said = data.draw(any_answers("cssrs-screener"))
    needed = [item for item in CSSRS.items if item.id in score("cssrs-screener", said).missing]
    reachable = {score("cssrs-screener", full).band for full in completions(said, needed)}
    band = score("cssrs-screener", said).band
    assert reachable == {band} if band != "undetermined" else len(reachable) > 1
