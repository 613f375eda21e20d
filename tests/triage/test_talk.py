"""Which screen is true now, whatever was chosen a moment ago."""

import pytest

from dialogs.engine import STEPS
from triage.lifecycle import CaseState
from triage.talk import as_it_stands


@pytest.mark.parametrize(
    ("step", "state", "true"),
    [
        ("waiting", "waiting", "waiting"),
        ("waiting", "talking", "talking"),
        ("waiting", "closed", "after"),
        ("waiting", "with_program", "menu"),
        ("left_words", "waiting", "left_words"),
        ("left_words", "talking", "talking"),
        ("left_words", "closed", "after"),
        ("talking", "talking", "talking"),
        ("talking", "waiting", "waiting"),
        ("talking", "closed", "after"),
        ("talking", "with_program", "menu"),
        ("talking", "left", "menu"),
    ],
)
def test_a_screen_about_a_person_says_how_it_stands_now(step: str, state: str, true: str) -> None:
    assert as_it_stands(step, state) == true


@pytest.mark.parametrize("state", list(CaseState))
def test_every_other_screen_stays_what_it_is(state: CaseState) -> None:
    others = set(STEPS) - {"waiting", "left_words", "talking"}
    assert {step for step in others if as_it_stands(step, state) != step} == set()
