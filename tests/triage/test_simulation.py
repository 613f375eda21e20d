"""Evenings in virtual time: small ones worked out by hand, and what holds of every one."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.priority_table import Room, priority_table
from triage.risk_class import RiskClass
from triage.simulation import Answer, Evening, Habits
from triage.simulation_demand import Call, Turn, seeded

ORDINARY, HIGH, IMMEDIATE = RiskClass
UZ, RU = frozenset({"uz"}), frozenset({"ru"})
ONE_EACH = Habits(Room(1, 1, 1))
ALWAYS = ((0.0, math.inf),)


def call(case: str, at: float, risk: RiskClass = ORDINARY, work: float = 100, patience: float = math.inf) -> Call:
    return Call(case, at, risk, UZ, work, patience)


def played(habits: Habits, calls: list[Call], *turns: Turn, seed: int = 1) -> dict[str, Answer]:
    staff = turns or (Turn("bo", UZ, ALWAYS),)
    return {one.call.case: one for one in Evening(staff, habits, seeded(seed)).play(calls)}


def waited(habits: Habits, calls: list[Call], *turns: Turn) -> dict[str, float]:
    return {case: one.waited_s for case, one in played(habits, calls, *turns).items()}


def test_the_immediate_case_goes_first_when_the_operator_comes_free() -> None:
    evening = [call("a", 0), call("b", 10), call("c", 20, IMMEDIATE)]
    assert waited(ONE_EACH, evening) == {"a": 0, "c": 80, "b": 190}


def test_first_come_first_served_knows_no_risk() -> None:
    evening = [call("a", 0), call("b", 10), call("c", 20, IMMEDIATE)]
    assert waited(Habits(Room(1, 1, 1), by_risk=False), evening) == {"a": 0, "b": 90, "c": 180}


def test_a_talk_is_never_broken_off() -> None:
    assert waited(ONE_EACH, [call("a", 0, work=500), call("b", 1, IMMEDIATE)])["b"] == 499


def test_two_chats_go_side_by_side_and_none_beside_an_immediate_one() -> None:
    habits = Habits(priority_table().room)
    assert waited(habits, [call("a", 0), call("b", 1), call("c", 2)]) == {"a": 0, "b": 0, "c": 98}
    assert waited(habits, [call("a", 0, IMMEDIATE), call("b", 1)])["b"] == 99


def test_after_an_immediate_case_the_operator_rests() -> None:
    habits = Habits(priority_table().room, rest_after_immediate_s=900)
    assert waited(habits, [call("a", 0, IMMEDIATE), call("b", 1)])["b"] == 999


def test_who_left_before_an_answer_stays_queued_and_is_written_a_short_one() -> None:
    habits = Habits(Room(1, 1, 1), message_left_s=5)
    evening = played(habits, [call("a", 0), call("b", 1, patience=50), call("c", 2)])
    assert evening["b"].left
    assert evening["b"].waited_s == math.inf
    assert evening["c"].waited_s == 103


def test_nobody_is_answered_off_duty_or_on_a_break() -> None:
    shift = Turn("bo", UZ, ((10.0, 20.0), (50.0, 60.0)))
    assert waited(ONE_EACH, [call("a", 0, work=1), call("b", 30, work=1)], shift) == {"a": 10, "b": 20}
    assert waited(ONE_EACH, [call("a", 70)], shift) == {"a": math.inf}


def test_a_language_nobody_speaks_waits_to_the_end() -> None:
    strange = Call("a", 0, IMMEDIATE, RU, 10)
    assert waited(ONE_EACH, [strange, call("b", 1)]) == {"a": math.inf, "b": 0}


def test_an_offer_that_is_not_taken_in_time_lapses_and_goes_on() -> None:
    """With an answer that takes ages on average, offers lapse, rest, and come again; in the end somebody takes it."""
    habits = Habits(priority_table().room, answer_s=300)
    evening = played(habits, [call("a", 0, IMMEDIATE)])
    assert evening["a"].waited_s > priority_table().lapse_s[IMMEDIATE]


def test_two_who_are_asked_answer_sooner_than_one() -> None:
    habits = Habits(priority_table().room, answer_s=12)
    two = (Turn("a", UZ, ALWAYS), Turn("b", UZ, ALWAYS))

    def mean(*turns: Turn) -> float:
        waits = [played(habits, [call("x", 0, IMMEDIATE)], *turns, seed=seed)["x"].waited_s for seed in range(300)]
        return sum(waits) / len(waits)

    assert mean(*two) < 0.75 * mean(*two[:1])


@st.composite
def evenings(draw: st.DrawFn) -> list[Call]:
    gaps = draw(st.lists(st.integers(0, 200), min_size=1, max_size=40))
    calls, at = [], 0.0
    for number, gap in enumerate(gaps):
        at += gap
        risk, spoken = draw(st.sampled_from(RiskClass)), draw(st.sampled_from([UZ, RU, UZ | RU]))
        patience = draw(st.sampled_from([math.inf, 30.0, 300.0]))
        calls.append(Call(f"{number:03}", at, risk, spoken, draw(st.integers(1, 900)), patience))
    return calls


@settings(max_examples=150)
@given(calls=evenings(), answer_s=st.sampled_from([0, 12, 90]), by_risk=st.booleans(), seed=st.integers(0, 99))
def test_everybody_is_answered_once_or_left_and_an_evening_can_be_played_again(
    calls: list[Call], answer_s: float, by_risk: bool, seed: int
) -> None:
    habits = Habits(priority_table().room, by_risk=by_risk, answer_s=answer_s, rest_after_immediate_s=60)
    staff = [Turn("a", UZ, ((0.0, 500.0), (600.0, math.inf))), Turn("b", UZ | RU, ((100.0, math.inf),))]
    once = list(Evening(staff, habits, seeded(seed)).play(calls))
    assert sorted(one.call.case for one in once) == [one.case for one in calls]
    for one in once:
        assert one.left is (one.waited_s == math.inf)
        assert one.left or one.waited_s <= one.call.patience_s
    assert list(Evening(staff, habits, seeded(seed)).play(calls)) == once
