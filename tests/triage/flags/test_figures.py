"""What the page promises is what the lines show: floors on lines no rule was tuned on, and a page up to date."""

from pathlib import Path

import pytest

from tests.triage.flags.lines import DEV, HELD_OUT
from triage.flags.figures import Figures, Share, measure, table, wilson
from triage.flags.reading import FLAGS

PAGE = Path(__file__).parents[3] / "docs" / "flags.md"


@pytest.fixture(scope="module")
def held_out() -> Figures:
    return measure(HELD_OUT)


def test_wilson_intervals_are_the_published_ones() -> None:
    assert [round(bound, 4) for bound in wilson(9, 10)] == [0.5958, 0.9821]
    assert wilson(0, 0) == (0.0, 1.0)
    assert str(Share(1, 2)) == "0.50 [0.09-0.91] 1/2"
    assert str(Share()) == "-"


def test_there_are_lines_enough_and_as_many_that_mean_no_harm() -> None:
    lines = DEV + HELD_OUT
    harmless = sum(line["urgency"] == "none" for line in lines)
    assert len(lines) >= 1000
    assert harmless >= len(lines) - harmless
    assert len({line["id"] for line in lines}) == len(lines)
    assert {flag for line in lines for flag in line["flags"]} == set(FLAGS)


def test_the_held_out_lines_keep_their_floors(held_out: Figures) -> None:
    assert held_out.immediate.rate() >= 0.90
    assert held_out.urgent.rate() >= 0.85
    assert held_out.alarms.rate() <= FLOOR_ALARMS


def test_no_language_falls_far_behind(held_out: Figures) -> None:
    assert {name: str(urgent) for name, (_, urgent, _) in held_out.by_language.items() if urgent.rate() < 0.75} == {}


def test_the_page_shows_the_figures_of_today(held_out: Figures) -> None:
    assert table(held_out) in PAGE.read_text(encoding="utf-8")


# The held-out harmless lines are whole scenarios the reader has never met, written to mislead it; ordinary ones
# raise it far less often. The aim of the hotline is 0.08 on everyday messages (docs/flags.md says where we stand).
FLOOR_ALARMS = 0.22
