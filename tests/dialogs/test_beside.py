"""Buttons beside each other can be read whole, and stand in the order in which they were given."""

from itertools import chain

import pytest

from dialogs.beside import fits, shown_whole
from dialogs.engine import STEPS
from tests.dialogs.ground import words
from tests.dialogs.test_screen import shown


def test_a_label_too_long_for_half_a_row_has_a_row_of_its_own() -> None:
    rows = (("Да", "Нет"), ("Поговорить с человеком", "Назад"), ("Выйти",))
    assert shown_whole(rows, str) == (("Да", "Нет"), ("Поговорить с человеком",), ("Назад",), ("Выйти",))
    assert not fits("Ҳаммасини ўчириш"), "16 Cyrillic letters were broken in the picture"


def test_short_labels_that_come_together_stand_beside_each_other() -> None:
    rows = (("Дома", "Документы и сумка"), ("Дети", "Мои люди"))
    assert shown_whole(rows, str) == (("Дома",), ("Документы и сумка",), ("Дети", "Мои люди"))


@pytest.mark.parametrize("language", words().offered)
def test_no_label_of_any_screen_is_cut_and_none_changes_its_place(language: str) -> None:
    for step in (step for step in STEPS.values() if step.inside):
        screen = shown(step.id, language)
        rows = shown_whole(screen.rows, lambda button: button.label)
        assert tuple(chain(*rows)) == screen.buttons()
        assert all(fits(button.label) for row in rows if len(row) > 1 for button in row)
        assert [button.data.split(":")[1] for button in rows[-1]] == ["exit"]
