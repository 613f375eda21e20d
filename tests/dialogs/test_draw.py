"""The pictures: drawn from the data, the same each time, and fresh in the docs."""

import re

import pytest

from dialogs.draw import BEGIN, END, FLOWS, drawn, mermaid, redraw
from dialogs.engine import STEPS
from tests.dialogs.ground import ROOT


def test_the_pictures_in_the_docs_are_fresh() -> None:
    page = (ROOT / "docs" / "flows.md").read_text("utf-8")
    assert redraw(page) == page


def test_every_screen_is_in_exactly_one_picture() -> None:
    assert sorted(step.id for steps in FLOWS.values() for step in steps) == sorted(STEPS)


@pytest.mark.parametrize("name", FLOWS)
def test_every_way_of_a_flow_is_in_its_picture(name: str) -> None:
    picture = mermaid(FLOWS[name])
    for step in FLOWS[name]:
        for choice in step.choices():
            start = step.id.replace(".", "_")
            assert re.search(rf"^    {start} --> \w+ : .*\b{choice.id}\b", picture, re.MULTILINE)


@pytest.mark.parametrize("name", FLOWS)
def test_the_names_in_a_picture_are_ones_that_mermaid_reads(name: str) -> None:
    lines = mermaid(FLOWS[name]).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert all(
        re.fullmatch(r"    (\[\*\]|\w+) --> \w+( : [\w, ]+)?|    state \w+ <<choice>>", line) for line in lines[1:]
    )


def test_what_stands_around_the_pictures_stays() -> None:
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
    assert redraw(page) == f"# Title\n\n{drawn()}\n\nAfter.\n"


def test_a_page_without_markers_gets_the_pictures_at_its_end() -> None:
    page = redraw("# Title\n")
    assert page.startswith("# Title\n\n")
    assert redraw(page) == page
