"""The clocks: the worked vectors, the rule restated, and what time may and may not do to a reading."""

import math
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import vectors
from triage.clocks import ClockState, Reading, clock_table, read, read_clock_table, term
from triage.tables import ROOM, BrokenTableError, Page, read_page

TABLE = clock_table()
CLOCKS = sorted(TABLE.clocks)
ANSWERS = sorted(TABLE.answers)
WORKED = vectors("clock_vectors") + vectors("clock_edges")
HURRY = [ClockState.OPEN, ClockState.CLOSING, ClockState.PAST]
hours = st.floats(min_value=0, max_value=1000, allow_nan=False)


@pytest.mark.parametrize("vector", WORKED, ids=[vector["id"] for vector in WORKED])
def test_every_worked_vector_reads_as_written(vector: dict[str, Any]) -> None:
    given_ = dict(vector["given"])
    assert _as_said(read(given_.pop("clock"), **given_)) == vector["want"]


def _as_said(reading: Reading) -> dict[str, object]:
    return {
        "state": reading.state.value,
        "left_min_h": reading.left_min_h,
        "left_max_h": reading.left_max_h,
        "may_be_past": reading.may_be_past,
    }


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_on_every_clock_follows_the_rule_in_six_lines(clock: str, answer: str) -> None:
    sets = {
        "today": (0, 24), "yesterday": (0, 48), "2-3_days": (0, 96), "4-5_days": (48, 168), "week_or_more": (120, None),
        "dont_know": None,
    }  # fmt: skip
    row, known = TABLE.clocks[clock], sets[answer]
    found = read(clock, answer=answer)
    if known is None:
        assert found == Reading(ClockState.UNKNOWN, None, None, may_be_past=True)
        return
    lo, hi = known
    if lo >= row.window_h:
        assert found == Reading(ClockState.PAST, 0, 0, may_be_past=True)
        return
    left = 0 if hi is None else max(0, row.window_h - hi)
    assert found.left_min_h == left
    assert found.left_max_h == row.window_h - lo
    assert found.may_be_past is (hi is None or hi > row.window_h)
    assert found.state is (ClockState.CLOSING if left <= row.closing_h else ClockState.OPEN)


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_very_hour_is_inside_and_a_moment_later_is_past(clock: str) -> None:
    window = TABLE.clocks[clock].window_h
    assert read(clock, hours_ago=window).state is ClockState.CLOSING
    assert read(clock, hours_ago=window).left_max_h == 1
    assert not read(clock, hours_ago=window).may_be_past
    assert read(clock, hours_ago=window + 1e-9).state is ClockState.PAST


@pytest.mark.parametrize("clock", CLOCKS)
def test_it_begins_to_close_exactly_at_its_hour(clock: str) -> None:
    row = TABLE.clocks[clock]
    opens = row.window_h - row.closing_h
    assert read(clock, hours_ago=opens).state is ClockState.CLOSING
    if opens > 1:
        assert read(clock, hours_ago=opens - 1).state is ClockState.OPEN
    assert read(clock, hours_ago=opens + 0.5).state is ClockState.CLOSING


@given(clock=st.sampled_from(CLOCKS), ago=hours, later=hours)
def test_time_only_takes_hours_away(clock: str, ago: float, later: float) -> None:
    before, after = read(clock, hours_ago=ago), read(clock, hours_ago=ago + later)
    _not_younger(before, after)


@given(clock=st.sampled_from(CLOCKS), answer=st.sampled_from(ANSWERS), aged=hours, later=hours)
def test_an_answer_only_grows_older(clock: str, answer: str, aged: float, later: float) -> None:
    before = read(clock, answer=answer, answered_hours_ago=aged)
    after = read(clock, answer=answer, answered_hours_ago=aged + later)
    if before.state is ClockState.UNKNOWN:
        assert after == before
    else:
        _not_younger(before, after)


def _not_younger(before: Reading, after: Reading) -> None:
    assert HURRY.index(after.state) >= HURRY.index(before.state)
    assert before.left_min_h is not None
    assert before.left_max_h is not None
    assert after.left_min_h is not None
    assert after.left_max_h is not None
    assert after.left_min_h <= before.left_min_h
    assert after.left_max_h <= before.left_max_h
    assert after.may_be_past >= before.may_be_past


@given(clock=st.sampled_from(CLOCKS), truth=hours, aged=hours)
def test_what_is_told_is_true_of_the_moment_it_really_happened(clock: str, truth: float, aged: float) -> None:
    window = TABLE.clocks[clock].window_h
    found = read(clock, hours_ago=truth, answered_hours_ago=aged)
    # What she told may be rounded up to a whole hour twice; the truth must lie within what is said.
    left = window - (truth + aged)
    assert found.left_min_h is not None
    assert found.left_max_h is not None
    if found.state is ClockState.PAST:
        assert left <= 1e-6
    else:
        assert found.left_min_h - 1e-6 <= max(0.0, left) <= found.left_max_h + 1e-6
        if left < -1e-6:
            assert found.may_be_past


@pytest.mark.parametrize("clock", CLOCKS)
def test_what_is_not_known_and_what_lies_in_the_future_read_alike(clock: str) -> None:
    unknown = Reading(ClockState.UNKNOWN, None, None, may_be_past=True)
    assert read(clock) == unknown
    assert read(clock, answer="dont_know", answered_hours_ago=5) == unknown
    assert read(clock, hours_ago=-0.001) == unknown
    assert read(clock, answer="today", hours_ago=-3) == unknown
    assert read(clock, answer="today", answered_hours_ago=-1) == unknown


def test_the_exact_figure_decides_over_the_button() -> None:
    assert read("pep_72h", answer="today", hours_ago=80).state is ClockState.PAST
    assert read("pep_72h", answer="week_or_more", hours_ago=0).left_max_h == 72


def test_a_figure_of_any_length_is_past_and_one_without_end_is_refused() -> None:
    assert read("pep_72h", hours_ago=10**400).state is ClockState.PAST
    for wrong in (math.inf, -math.inf, math.nan):
        with pytest.raises(ValueError, match="finite"):
            read("pep_72h", hours_ago=wrong)
        with pytest.raises(ValueError, match="finite"):
            read("pep_72h", answer="today", answered_hours_ago=wrong)


def test_an_answer_or_a_clock_outside_the_table_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        read("pep_73h", answer="today")
    with pytest.raises(KeyError):
        read("pep_72h", answer="last week")


def test_an_order_whose_end_is_known_is_reminded_of_three_days_before() -> None:
    order = term("order drawn up", 90 * 24)
    assert read(order, hours_ago=87 * 24 - 1).state is ClockState.OPEN
    assert read(order, hours_ago=87 * 24).state is ClockState.CLOSING
    assert read(order, hours_ago=90 * 24 + 1).state is ClockState.PAST


def test_strangling_is_always_a_hurry_while_inside_its_four_weeks() -> None:
    for ago in range(0, 673):
        assert read("strangle_672h", hours_ago=ago).state is ClockState.CLOSING
    assert read("strangle_672h", hours_ago=672.5).state is ClockState.PAST


def test_no_row_claims_a_review_that_nobody_made() -> None:
    assert all(clock.source for clock in TABLE.clocks.values())
    assert {clock.reviewed_by for clock in TABLE.clocks.values()} == {""}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "ghb_12h"', 'id = "pep_72h"', "the id 'pep_72h' is empty or comes twice"),
        ("closing_h = 672", "closing_h = 673", "closing_h must be more than 0"),
        ('kind = "duty"', 'kind = "promise"', "kind is 'promise'"),
        ("window_h = 12", "window_h = 12.5", "window_h must be a whole number"),
        ("up_to_h = 24", "up_to_h = 0", "up_to_h must be more than over_h"),
        ("known = false", "knwon = false", "over_h is missing"),
        ('as_of = "2026-11-24"', 'as_of = "2026-11-24"\nby = "me"', "nobody knows the key by"),
    ],
)
def test_a_broken_table_is_refused_with_its_file_and_line(old: str, new: str, sentence: str) -> None:
    page = read_page(ROOM / "clocks.toml")
    text = page.text.replace(old, new, 1)
    assert text != page.text
    with pytest.raises(BrokenTableError, match=r"^clocks\.toml:\d+: ") as refused:
        read_clock_table(Page("clocks.toml", text, tomllib.loads(text)))
    assert sentence in str(refused.value)
