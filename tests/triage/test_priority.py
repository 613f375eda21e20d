"""From what is known to a class: the house's sentences, the rules that only raise, and what follows an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import any_answers
from triage.clocks import ClockState
from triage.priority import Facts, class_from_answers, classify, due, follow_ups
from triage.priority_table import FLAGS, priority_table
from triage.risk import score
from triage.risk_class import RiskClass
from triage.risk_instruments import instruments

ORDINARY, HIGH, IMMEDIATE = RiskClass
RANKING = [
    "who-immediate",
    "da5",
    "lethality-screen",
    "danger-assessment",
    "hark",
    "asq",
    "cssrs-screener",
    "strangulation",
]
WHO = [item.id for item in instruments()["who-immediate"].items]
NO = dict.fromkeys(WHO, "no")


def who(**said: str) -> RiskClass:
    return class_from_answers({"who-immediate": {**NO, **said}})


def test_three_yes_are_high_and_two_small_ones_are_ordinary() -> None:
    assert who(worse_6_months="yes", beaten_pregnant="yes", violently_jealous="yes") is HIGH
    assert who(worse_6_months="yes", beaten_pregnant="yes") is ORDINARY
    assert who() is ORDINARY


@pytest.mark.parametrize("item", ["strangled", "weapon", "could_kill_you"])
def test_a_single_yes_to_strangling_weapon_or_could_kill_is_high(item: str) -> None:
    assert who(**{item: "yes"}) is HIGH


def test_what_she_skipped_is_high_once_she_answered_anything_and_nothing_without() -> None:
    assert class_from_answers({"who-immediate": {"worse_6_months": "no"}}) is HIGH
    assert class_from_answers({"who-immediate": {"beaten_pregnant": "na"}}) is HIGH
    assert class_from_answers({"who-immediate": dict.fromkeys(WHO, "refused")}) is ORDINARY
    assert class_from_answers({"who-immediate": {}}) is ORDINARY
    assert class_from_answers({}) is ORDINARY


@pytest.mark.parametrize("name", RANKING)
def test_undetermined_with_an_answer_never_queues_as_the_lowest(name: str) -> None:
    one = instruments()[name]
    found = {item.id: score(name, {item.id: "no"}).band for item in one.items if item.kind.startswith("yes")}
    for item, band in found.items():
        if band == "undetermined":
            assert class_from_answers({name: {item: "no"}}) >= HIGH


@pytest.mark.parametrize(
    ("name", "band", "said"),
    [
        ("strangulation", "emergency", {"strangled": "yes", "voice": "yes"}),
        ("asq", "acute_positive", {"thoughts_now": "yes"}),
        ("asq", "positive_acuity_unknown", {"wish_dead": "refused"}),
        ("cssrs-screener", "high", {"plan_intent": "yes"}),
    ],
)
def test_an_emergency_and_acute_thoughts_of_suicide_are_immediate(
    name: str, band: str, said: dict[str, object]
) -> None:
    assert score(name, said).band == band
    assert class_from_answers({name: said}) is IMMEDIATE


@pytest.mark.parametrize("name", ["hits", "e-hits", "wg-ss", "gbvims-type"])
@given(data=st.data())
def test_what_is_not_made_to_rank_ranks_nobody(name: str, data: st.DataObject) -> None:
    _, said = data.draw(any_answers(name))
    assert class_from_answers({name: said}) is ORDINARY


@pytest.mark.parametrize("name", RANKING)
@given(data=st.data())
def test_one_more_yes_never_lowers_the_class(name: str, data: st.DataObject) -> None:
    _, said = data.draw(any_answers(name))
    asked = [item for item in instruments()[name].items if item.kind.startswith("yes") and not item.cancels]
    item = data.draw(st.sampled_from(asked))
    assert class_from_answers({name: {**said, item.id: "yes"}}) >= class_from_answers({name: said})


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    table = priority_table()
    questions = draw(st.lists(st.sampled_from(sorted(table.danger)), unique=True))
    clocks = draw(st.lists(st.sampled_from(["pep_72h", "ec_120h", "strangle_672h", "order_24h"]), unique=True))
    return Facts(
        urgency=draw(st.sampled_from(["none", "high", "immediate"])),
        flags=draw(st.frozensets(st.sampled_from(FLAGS), max_size=3)),
        answers=dict(draw(st.lists(any_answers(), max_size=2))),
        clocks={clock: draw(st.sampled_from(ClockState)) for clock in clocks},
        danger={question: draw(st.sampled_from(table.danger[question])) for question in questions},
        minor=draw(st.booleans()),
        says_in_danger=draw(st.booleans()),
    )


@given(facts=any_facts(), held=st.sampled_from(RiskClass))
def test_a_case_is_never_lowered_and_every_class_has_its_reason(facts: Facts, held: RiskClass) -> None:
    found = classify(facts, held)
    assert found.risk >= held
    assert found.version == priority_table().version
    given_ = {rule.id: rule.risk for rule in priority_table().rules}
    assert found.risk == max([held, *(given_[reason] for reason in found.reasons)])
    assert 0 <= found.lift_s <= priority_table().max_lift_s


@given(facts=any_facts(), held=st.sampled_from(RiskClass))
def test_her_words_are_stronger_than_any_score(facts: Facts, held: RiskClass) -> None:
    if facts.urgency == "immediate":
        assert classify(facts, held).risk is IMMEDIATE
    if facts.urgency == "high":
        assert classify(facts, held).risk >= HIGH


def test_a_text_without_flags_is_ordinary_and_any_flag_is_at_least_high() -> None:
    assert classify(Facts()).risk is ORDINARY
    assert classify(Facts()).reasons == ()
    for flag in FLAGS:
        assert classify(Facts(flags=frozenset({flag}))).risk >= HIGH


def test_her_own_estimate_raises() -> None:
    assert classify(Facts(says_in_danger=True)).risk is HIGH
    assert classify(Facts(says_in_danger=True, answers={"who-immediate": NO})).risk is HIGH


def test_a_minor_is_queued_by_flags_alone_and_never_below_high() -> None:
    everything = {"who-immediate": dict.fromkeys(WHO, "yes")}
    assert classify(Facts(minor=True)).risk is HIGH
    assert classify(Facts(minor=True, answers=everything)).reasons == ("minor",)
    assert classify(Facts(flags=frozenset({"minor"}), answers=everything)).reasons == ("words-high", "minor")


def test_a_child_who_was_strangled_is_an_emergency_whatever_the_band() -> None:
    said = {"strangulation": {"strangled": "yes", "hours_since": 5000}}
    assert class_from_answers(said) is HIGH
    assert classify(Facts(minor=True, answers=said)).risk is IMMEDIATE
    assert classify(Facts(minor=True, flags=frozenset({"strangulation"}))).risk is IMMEDIATE


DANGER = {
    "RK-01": {"yes": IMMEDIATE}, "RK-02": {"yes": IMMEDIATE},
    "RK-03": {"yes": IMMEDIATE, "today": IMMEDIATE, "last_30_days": IMMEDIATE, "earlier": HIGH},
    "RK-04": {"yes": IMMEDIATE}, "RK-05": {"yes": IMMEDIATE}, "RK-06": {"yes": IMMEDIATE}, "RK-07": {"yes": IMMEDIATE},
    "RK-08": {"yes": IMMEDIATE, "intent_and_means": IMMEDIATE, "thoughts": HIGH},
    "RK-09": {"yes": HIGH, "life_saving_care_held_back": IMMEDIATE}, "RK-10": {"yes": HIGH}, "RK-11": {"yes": HIGH},
    "RK-12": {"yes": HIGH}, "RK-13": {"yes": HIGH}, "RK-14": {"yes": HIGH, "within_days": IMMEDIATE},
}  # fmt: skip


@pytest.mark.parametrize("question", DANGER)
def test_each_danger_question_gives_its_class_and_unknown_gives_none(question: str) -> None:
    answers = priority_table().danger[question]
    assert set(answers) == set(DANGER[question]) | {"yes", "no", "unknown", "not_asked"}
    for answer in answers:
        assert classify(Facts(danger={question: answer})).risk is DANGER[question].get(answer, ORDINARY)


def test_leaving_and_worse_together_and_a_minor_forced_are_red() -> None:
    assert classify(Facts(danger={"RK-10": "yes", "RK-11": "yes"})).risk is IMMEDIATE
    assert classify(Facts(danger={"RK-10": "yes", "RK-11": "unknown"})).risk is HIGH
    assert classify(Facts(danger={"RK-14": "yes"}, minor=True)).risk is IMMEDIATE


@pytest.mark.parametrize("danger", [{"RK-15": "yes"}, {"RK-01": "today"}, {"RK-01": "Yes"}])
def test_a_danger_question_or_answer_that_is_none_is_an_error(danger: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="danger question"):
        classify(Facts(danger=danger))


def test_a_clock_that_closes_lifts_and_one_that_is_past_does_nothing() -> None:
    for clock in ("pep_72h", "ec_120h"):
        closing = classify(Facts(clocks={clock: ClockState.CLOSING}))
        assert (closing.risk, closing.lift_s) == (HIGH, 300)
        assert classify(Facts(clocks={clock: ClockState.UNKNOWN})).lift_s == 300
        assert classify(Facts(clocks={clock: ClockState.OPEN})).lift_s == 0
        assert classify(Facts(clocks={clock: ClockState.PAST})).risk is ORDINARY
    assert classify(Facts(clocks={"order_24h": ClockState.PAST})).risk is ORDINARY


def test_a_case_is_due_by_its_class_and_an_immediate_one_takes_no_lift() -> None:
    assert due(ORDINARY, 0) == 1800
    assert due(HIGH, 0, lift_s=300) == 300
    assert due(IMMEDIATE, 7, lift_s=300) == 7


def test_strangled_asks_about_it_next_and_only_once() -> None:
    said: dict[str, dict[str, object]] = {"who-immediate": {"strangled": "yes"}}
    assert [(one.then, one.instrument) for one in follow_ups(said)] == [("ask", "strangulation"), ("person", None)]
    assert [one.then for one in follow_ups({**said, "strangulation": {}})] == ["person"]


@pytest.mark.parametrize("name", ["who-immediate", "da5", "lethality-screen", "danger-assessment"])
def test_strangled_is_followed_wherever_it_was_said(name: str) -> None:
    assert follow_ups({name: {"strangled": "yes"}})[0].instrument == "strangulation"


def test_thoughts_of_her_own_death_are_followed_by_a_person_and_the_five_questions() -> None:
    for said, flags in (
        ({"danger-assessment": {"own_suicide": "yes"}}, frozenset[str]()),
        ({}, frozenset({"suicidal"})),
    ):
        assert "asq" in [one.instrument for one in follow_ups(said, flags)]
    assert "person" in [one.then for one in follow_ups({"danger-assessment": {"own_suicide": "yes"}})]


def test_nothing_serious_is_followed_by_nothing() -> None:
    assert follow_ups({"who-immediate": NO}) == ()
    assert follow_ups({}) == ()
