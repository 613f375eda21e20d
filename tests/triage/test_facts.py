"""What each side knows of a case, and what the table makes of it; her words, ages and estimates only raise."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dialogs.kinds import Place
from triage.clocks import ClockState
from triage.facts import SAYS_IN_DANGER, at_desk, danger_of, newest_sheets, of_her
from triage.happened import written
from triage.priority import Facts, classify
from triage.risk_class import RiskClass
from triage.sheets import INSTRUMENT, SCREENED
from vault.entries import Entry

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORDINARY, HIGH, IMMEDIATE = RiskClass


def place(told: str = "", moments: dict[str, str] | None = None, **answers: str) -> Place:
    return Place(answers=answers, told=frozenset(told.split()), moments=moments or {})


def entry(kind: str, text: str, hours_ago: float = 0) -> Entry:
    return Entry(uuid4(), kind, "staff", NOW - timedelta(hours=hours_ago), text)


def danger(question: str, answer: str, hours_ago: float = 0) -> Entry:
    return entry("danger", json.dumps({"question": question, "answer": answer}), hours_ago)


def class_of(facts: Facts) -> RiskClass:
    return classify(facts).risk


def test_a_question_she_has_not_come_to_yet_is_not_left_open() -> None:
    """A single no at the beginning hides nothing: only a screening that came to its end has a finding."""
    assert class_of(of_her(place(worse_6_months="no"), (), NOW)) is ORDINARY
    assert class_of(of_her(place(SCREENED, worse_6_months="no"), (), NOW)) is HIGH


@pytest.mark.parametrize("item", ["weapon", "strangled", "could_kill_you"])
def test_a_yes_that_counts_by_itself_needs_no_end(item: str) -> None:
    assert class_of(of_her(Place(answers={item: "yes"}), (), NOW)) is HIGH


def test_her_own_estimate_brings_her_forward_however_she_gave_it() -> None:
    for hers in (place(could_kill_you="yes"), place(SAYS_IN_DANGER)):
        assert classify(of_her(hers, (), NOW)).lift_s == 120
    assert classify(of_her(place(weapon="yes"), (), NOW)).lift_s == 0


def test_a_time_she_told_ages_and_what_is_closing_lifts() -> None:
    at = NOW - timedelta(hours=2)
    hers = place(moments={"sexual_when": at.isoformat()}, sexual_when="today")
    early, late = of_her(hers, (), at), of_her(hers, (), at + timedelta(hours=60))
    assert (early.clocks["pep_72h"], late.clocks["pep_72h"]) == (ClockState.OPEN, ClockState.CLOSING)
    assert (classify(early).lift_s, classify(late).lift_s) == (0, 300)


def test_a_time_of_no_known_moment_is_of_no_known_age() -> None:
    facts = of_her(place(sexual_when="today"), (), NOW)
    assert facts.clocks["pep_72h"] is ClockState.UNKNOWN


@pytest.mark.parametrize("answer", ["refused", ""])
def test_a_time_she_would_not_tell_sets_no_clock(answer: str) -> None:
    assert of_her(place(sexual_when=answer), (), NOW).clocks == {}


def test_a_girl_who_was_strangled_is_an_emergency_whichever_she_said_first() -> None:
    girl = place(age="minor")
    assert class_of(of_her(girl, ("minor",), NOW)) is HIGH
    assert class_of(of_her(girl, ("minor", "strangulation"), NOW)) is IMMEDIATE


def test_words_that_deny_a_danger_are_high_and_not_immediate() -> None:
    """A flag says what the words speak of; how urgent they are is the reading's, which a denial lowers."""
    assert class_of(of_her(place(), ("immediate_danger",), NOW, "high")) is HIGH
    assert class_of(of_her(place(), ("immediate_danger",), NOW, "immediate")) is IMMEDIATE


def test_a_flag_that_no_table_knows_orders_nothing() -> None:
    assert of_her(place(), ("someday",), NOW).flags == frozenset()


def test_the_desk_weighs_the_newest_of_each_and_only_what_it_may_read() -> None:
    found = [
        danger("RK-04", "yes", 3),
        danger("RK-11", "yes", 2),
        danger("RK-04", "no", 1),
        entry("answers", json.dumps({"instrument": INSTRUMENT, "answers": {"could_kill_you": "yes"}})),
        entry("clock", written("sexual", "today")),
        entry("words", "He has a knife."),
    ]
    facts = at_desk(found, ("stalking",), NOW)
    assert facts.danger == {"RK-04": "no", "RK-11": "yes"}
    assert facts.clocks["pep_72h"] is ClockState.OPEN
    assert facts.says_in_danger
    assert set(classify(facts).reasons) >= {"words-high", "own-estimate", "clock-inside", "danger-amber"}
    assert class_of(facts) is HIGH


def test_an_answer_that_the_table_no_longer_takes_orders_nothing_and_breaks_nothing() -> None:
    found = [danger("RK-99", "yes"), danger("RK-01", "perhaps")]
    assert danger_of(found) == {}
    assert class_of(at_desk(found, (), NOW)) is ORDINARY
    assert newest_sheets([entry("answers", json.dumps({"instrument": "access", "needs": ["sign"]}))]) == {}
