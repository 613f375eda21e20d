"""What the simulation assumes: how many write and when, who works when, and that a broken file is refused."""

import tomllib

import pytest

from triage.risk_class import RiskClass
from triage.simulation_demand import HOUR_S, calls, demand_table, read_demand, roster, seeded
from triage.tables import ROOM, BrokenTableError, Page, read_page

DEMAND = demand_table()
SURGE = DEMAND.scenarios["national-surge"]
MANY = [call for seed in range(30) for call in calls(DEMAND, SURGE, seeded(seed))]


def test_as_many_write_as_the_figures_say() -> None:
    a_day = 26.7 * 2.5 * 8 * 1.15 / 0.6
    evening = [call for call in MANY if call.at >= 16 * HOUR_S]
    assert len(evening) / 30 == pytest.approx(a_day * 0.52, rel=0.03)
    assert (len(MANY) - len(evening)) / 30 == pytest.approx(a_day * 0.09, rel=0.06)


def test_they_write_in_order_within_the_evening_and_each_is_a_case_of_its_own() -> None:
    one = list(calls(DEMAND, SURGE, seeded(3)))
    assert [call.at for call in one] == sorted(call.at for call in one)
    assert all(14 * HOUR_S <= call.at < 24 * HOUR_S for call in one)
    assert len({call.case for call in one}) == len(one)


def test_the_mix_the_talks_and_the_patience_are_those_of_the_figures() -> None:
    real = [call for call in MANY if call.real]
    assert len(real) / len(MANY) == pytest.approx(0.6, abs=0.01)
    for risk, share in ((RiskClass.IMMEDIATE, 0.05), (RiskClass.HIGH, 0.25), (RiskClass.ORDINARY, 0.7)):
        mine = [call for call in real if call.risk is risk]
        assert len(mine) / len(real) == pytest.approx(share, abs=0.01)
        patience = 25 if risk is RiskClass.ORDINARY else 12
        assert sum(call.patience_s for call in mine) / len(mine) / 60 == pytest.approx(patience, rel=0.08)
    assert sum(call.work_s for call in real) / len(real) / 60 == pytest.approx(40, rel=0.08)
    assert {call.work_s for call in MANY if not call.real} == {180}


def test_the_same_seed_brings_the_same_callers() -> None:
    assert list(calls(DEMAND, SURGE, seeded(5))) == list(calls(DEMAND, SURGE, seeded(5)))
    assert list(calls(DEMAND, SURGE, seeded(5))) != list(calls(DEMAND, SURGE, seeded(6)))


@pytest.mark.parametrize("operators", [1, 2, 7, 20])
def test_two_shifts_overlap_and_breaks_leave_most_on_the_queue(operators: int) -> None:
    turns = roster(DEMAND, operators)
    assert len({turn.operator for turn in turns}) == len(turns) == 2 * operators
    for turn in turns:
        edges = [edge for spell in turn.spells for edge in spell]
        assert edges == sorted(edges)
        assert edges[-1] - edges[0] <= 6 * HOUR_S
    for minute in range(14 * 60, 24 * 60):
        on = sum(start <= minute * 60 < end for turn in turns for start, end in turn.spells)
        assert on >= 0.6 * operators - 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("share = 0.27", "share = 0.28", "the shares of hours must add up to 1"),
        ("share = 0.62", "share = 0.6", "the shares of languages must add up to 1"),
        ('id = "record"', 'id = "recrod"', "figures must be exactly"),
        ("value = 10", 'value = "10"', "value must be a number"),
        ('id = "campaign"', 'id = "bukhara"', "the id 'bukhara' is empty or comes twice"),
        ("operators = 14", "operators = 14.5", "operators must be a whole number"),
        ("surge = 8", "surge = 8\nrain = 1", "nobody knows the key rain"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_line(old: str, new: str, sentence: str) -> None:
    page = read_page(ROOM / "demand.toml")
    text = page.text.replace(old, new, 1)
    assert text != page.text
    with pytest.raises(BrokenTableError, match=r"^demand\.toml:\d+: ") as refused:
        read_demand(Page("demand.toml", text, tomllib.loads(text)))
    assert sentence in str(refused.value)
