"""What is said of simulated evenings: shares, quantiles, intervals, and the coordinator's question."""

import math

import pytest

from triage.risk_class import RiskClass
from triage.simulation import Answer
from triage.simulation_demand import Call, demand_table
from triage.simulation_report import GOAL, Waits, interval, markdown, operators_needed, play, waits, waits_table

DEMAND = demand_table()
CAMPAIGN = DEMAND.scenarios["campaign"]


def test_who_left_counts_as_not_answered_in_time() -> None:
    def one(wait: float) -> Answer:
        return Answer(Call("x", 0, RiskClass.HIGH, frozenset(), 1), wait, left=wait == math.inf)

    immediate, high, _ = waits([one(30), one(10), one(20), one(math.inf)])
    assert (high.cases, high.left, high.answered) == (4, 1, (10, 20, 30))
    assert high.within(20) == 0.5
    assert (high.quantile(0.5), high.quantile(1), high.quantile(0.01)) == (20, 30, 10)
    assert math.isnan(immediate.within(10))
    assert math.isnan(immediate.quantile(0.5))


def test_the_interval_of_a_share_is_wide_for_few_and_never_leaves_the_whole() -> None:
    assert interval(0.5, 100)[0] == pytest.approx(0.404, abs=1e-3)
    assert interval(0.5, 100)[1] == pytest.approx(0.596, abs=1e-3)
    assert interval(1, 10)[1] == 1
    assert interval(1, 10)[0] == pytest.approx(0.722, abs=1e-3)
    assert interval(0, 0) == (0, 1)


def test_by_risk_the_immediate_wait_less_than_first_come_first_served_lets_them() -> None:
    by_risk, by_arrival = (
        waits(play(DEMAND, CAMPAIGN, 6, evenings=20, seed=1, by_risk=order)) for order in (True, False)
    )
    assert [one.cases for one in by_risk] == [one.cases for one in by_arrival]
    assert by_risk[0].within(120) > by_arrival[0].within(120) + 0.05
    assert by_risk[0].left < by_arrival[0].left
    table = waits_table(by_risk, by_arrival)
    assert table.count("\n") == 7
    assert "| immediate | by risk" in table


def test_the_number_of_operators_is_the_first_that_is_enough() -> None:
    needed = operators_needed(DEMAND, CAMPAIGN, evenings=10, seed=1)
    assert needed is not None
    for operators, enough in ((needed - 1, False), (needed, True)):
        found = waits(play(DEMAND, CAMPAIGN, operators, evenings=10, seed=1, by_risk=True))[0]
        assert (found.within(120) >= GOAL) is enough


def test_a_class_nobody_was_in_is_a_dash_and_no_number() -> None:
    empty = [Waits(risk, 0, 0, ()) for risk in RiskClass]
    assert "nan" not in waits_table(empty, empty)
    assert markdown([("a", "b"), ("1", "22")]) == "| a | b  |\n|---|----|\n| 1 | 22 |"
