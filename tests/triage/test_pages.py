"""The tables of docs/triage.md are those of the data."""

from pathlib import Path

import pytest

from triage.clocks import clock_table
from triage.pages import CLOSES, OPENS, fill, tables
from triage.priority_table import priority_table
from triage.risk_instruments import instruments

PAGE = Path(__file__).parents[2] / "docs" / "triage.md"


def test_the_page_says_what_the_data_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill(page) == page


def test_every_instrument_clock_and_rule_has_its_row() -> None:
    said = tables()
    for name in [*instruments(), *clock_table().clocks, *(rule.id for rule in priority_table().rules)]:
        assert f"| {name} " in said


def test_what_is_written_by_hand_stays() -> None:
    filled = fill(f"before\n{OPENS}\nold\n{CLOSES}\nafter")
    assert filled.startswith(f"before\n{OPENS}\n\n### Instruments")
    assert filled.endswith(f"{CLOSES}\nafter")


@pytest.mark.parametrize("page", ["", f"{OPENS}", f"{OPENS}{CLOSES}{OPENS}{CLOSES}"])
def test_a_page_without_one_place_for_them_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        fill(page)
