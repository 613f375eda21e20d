"""What the page promises is what the lines show: floors on lines no rule was tuned on, and a page up to date."""

import json
from pathlib import Path

import pytest

from tests.triage.flags.lines import DEV, HELD_OUT, HELD_OUT_2, SECOND_HAND, SHORT, SHORT_HELD_OUT, UNSEEN, WIDE
from triage.flags.figures import Figures, Share, main, measure, table, wilson
from triage.flags.reading import FLAGS

PAGE = Path(__file__).parents[3] / "docs" / "flags.md"


HELD = {
    "heldout": HELD_OUT,
    "heldout2": HELD_OUT_2,
    "short_heldout": SHORT_HELD_OUT,
    "second_hand": SECOND_HAND,
    "unseen": UNSEEN,
}


@pytest.fixture(scope="module", params=list(HELD.values()), ids=list(HELD))
def held_out(request: pytest.FixtureRequest) -> Figures:
    return measure(request.param)


def test_wilson_intervals_are_the_published_ones() -> None:
    assert [round(bound, 4) for bound in wilson(9, 10)] == [0.5958, 0.9821]
    assert wilson(0, 0) == (0.0, 1.0)
    assert str(Share(1, 2)) == "0.50 [0.09-0.91] 1/2"
    assert str(Share()) == "-"


def test_there_are_lines_enough_and_as_many_that_mean_no_harm() -> None:
    lines = DEV + WIDE + SHORT + HELD_OUT + HELD_OUT_2 + SHORT_HELD_OUT + SECOND_HAND + UNSEEN
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


def test_the_tables_of_a_file_are_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = {"id": "a", "lang": "ru", "text": "он ломает дверь", "flags": ["immediate_danger"], "urgency": "immediate"}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert main([str(tmp_path / "lines.jsonl")]) == 0
    assert "| ru | 1.00 [0.21-1.00] 1/1 | 1.00 [0.21-1.00] 1/1 | - |" in capsys.readouterr().out


# The harmless held-out lines are whole scenarios the reader has never met, written to mislead it.
FLOOR_ALARMS = 0.08
