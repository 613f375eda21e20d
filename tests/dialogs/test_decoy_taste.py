"""How a reader likes the book: what may be set, what is kept of it, and amounts for two, four or eight."""

import pytest

from dialogs.decoy_taste import Taste, amounts, amounts_in, chosen, taste_of
from dialogs.screen import Tapped
from tests.dialogs.ground import region


def test_what_nobody_has_set_is_her_language_five_on_a_page_and_for_four() -> None:
    assert taste_of({}, "ru", region()) == Taste("ru", page=5, portions=4)


def test_what_was_set_is_kept_and_her_language_is_not_asked_any_more() -> None:
    settings = {
        **chosen(Tapped("d", "tongue", "tg"), region()),
        **chosen(Tapped("d", "page", "15"), region()),
        **chosen(Tapped("d", "portions", "8"), region()),
    }
    assert taste_of(settings, "ru", region()) == Taste("tg", page=15, portions=8)


def test_what_is_set_says_nothing_but_itself_and_touches_none_of_her_own_settings() -> None:
    taps = [("tongue", "uz_Cyrl"), ("page", "10"), ("portions", "2")]
    names = [next(iter(chosen(Tapped("d", choice, arg), region()))) for choice, arg in taps]
    assert names == ["book_language", "book_page", "book_portions"]


@pytest.mark.parametrize(
    "tap",
    [
        Tapped("d", "tongue", "xx"), Tapped("d", "tongue", ""), Tapped("d", "page", "7"), Tapped("d", "page", "99999"),
        Tapped("d", "portions", "0"), Tapped("d", "open", "en.1"), Tapped("settings", "page", "10"),
        Tapped("d", "code", "en"),
    ],
)  # fmt: skip
def test_a_tap_that_no_button_of_the_settings_makes_sets_nothing(tap: Tapped) -> None:
    assert chosen(tap, region()) == {}


@pytest.mark.parametrize("kept", [{"book_page": "ten"}, {"book_language": "xx"}, {"book_portions": "-2"}])
def test_what_cannot_be_read_any_more_is_as_if_it_were_not_set(kept: dict[str, str]) -> None:
    assert taste_of(kept, "en", region()) == Taste("en")


@pytest.mark.parametrize(
    ("line", "portions", "counted"),
    [
        ("Rice {500} g", 4, "Rice 500 g"),
        ("Rice {500} g", 2, "Rice 250 g"),
        ("Rice {500} g", 8, "Rice 1000 g"),
        ("Onions {1}", 2, "Onions ½"),
        ("Onions {3}", 2, "Onions 1½"),
        ("Eggs {2} or {4}", 8, "Eggs 4 or 8"),
        ("Salt", 8, "Salt"),
    ],
)
def test_amounts_are_counted_for_the_portions(line: str, portions: int, counted: str) -> None:
    assert amounts(line, portions) == counted


def test_no_amount_of_the_book_comes_out_odd() -> None:
    for book in region().decoys.values():
        for dish in book.dishes:
            assert not any("½" in amounts(need, 2) for need in dish.needs if "{1}" not in need), dish.title


def test_the_amounts_of_lines_are_known_as_numbers() -> None:
    assert amounts_in(("Rice {500} g", "Salt", "Eggs {2}")) == (500, 2)
