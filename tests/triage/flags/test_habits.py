"""How a line is typed never changes its verdict."""

import pytest

from tests.triage.flags.habits import BY_LANGUAGE, cyrillic, variants
from tests.triage.flags.lines import DEV, HELD_OUT
from triage.flags import read

EVERY = 6  # each run plays a sixth of the lines; all of them take a minute or two (set it to 1)


def test_the_converter_writes_proper_cyrillic() -> None:
    assert cyrillic("Oʻldiraman, yoʻq, eshik, kel, gʻisht, chiqdi") == "ўлдираман, йўқ, эшик, кел, ғишт, чиқди"


@pytest.mark.parametrize("language", sorted(BY_LANGUAGE))
def test_spelling_habits_never_change_a_verdict(language: str) -> None:
    lines = [line for line in DEV + HELD_OUT if line["lang"] == language][::EVERY]
    changed = [
        (habit, line["id"], typed)
        for line in lines
        for habit, typed in variants(line["text"], language).items()
        if read(typed).urgency != read(line["text"]).urgency
    ]
    assert lines
    assert changed == []
