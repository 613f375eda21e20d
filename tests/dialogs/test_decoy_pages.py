"""The book's pages: what a button carries is read back, and nothing is led to twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.decoy_pages import all_of, filled, found, kinds, of_kind, opened, places_of, settings, tongues
from dialogs.decoy_taste import Taste
from dialogs.screen import parse_data
from tests.dialogs.ground import region

BOOK = region().decoy("en")
MANY = len(BOOK.dishes)


@given(st.sets(st.integers(0, MANY - 1), min_size=1))
def test_what_was_found_comes_back_from_the_button_that_turns_its_page(places: set[int]) -> None:
    screen = found(BOOK, sorted(places), 0, Taste("en"))
    turns = [button.data for button in screen.buttons() if button.data.startswith("d:found:")]
    assert len(turns) == (1 if len(places) > 5 else 0)
    for data in turns:
        tap = parse_data(data)
        assert tap is not None
        assert places_of(tap.arg.split(".")[1], BOOK) == sorted(places)


@pytest.mark.parametrize("bits", ["", "zz", "-", "0", "ffffffffffffffffffffffff"])
def test_bits_that_nobody_wrote_never_break_it(bits: str) -> None:
    assert all(0 <= place < MANY for place in places_of(bits, BOOK))


@pytest.mark.parametrize("start", [0, 3, 30, MANY, 10_000])
def test_a_list_from_anywhere_shows_dishes(start: int) -> None:
    assert all_of(BOOK, start, Taste("en")).body


def test_a_whole_page_is_whole_again_when_the_size_changes_in_the_middle() -> None:
    screen = all_of(BOOK, 5, Taste("en", page=15))
    back = next(button.data for button in screen.buttons() if button.label == BOOK.labels["earlier"])
    assert back == "d:list:en.0"


def test_the_kind_of_no_number_is_all_kinds() -> None:
    assert of_kind(BOOK, 99, 0, Taste("en")) == kinds(BOOK)


def test_no_page_leads_to_itself() -> None:
    pages = {
        "list": all_of(BOOK, 0, Taste("en")),
        "kinds": kinds(BOOK),
        "settings": settings(BOOK, Taste("en")),
    }
    for name, screen in pages.items():
        assert BOOK.labels[name] not in {button.label for button in screen.buttons()}


def test_settings_offer_only_what_is_not_set() -> None:
    labels = [button.label for button in settings(BOOK, Taste("en", page=10, portions=2)).buttons()]
    assert labels == [
        "Language", "Dishes on a page: 5", "Dishes on a page: 15", "Portions: 4", "Portions: 8", "All dishes",
        "By kind", "About",
    ]  # fmt: skip


def test_the_languages_stand_in_the_regions_order_without_the_one_that_is_read() -> None:
    labels = [button.label for button in tongues(BOOK, region()).buttons()]
    assert labels[:5] == ["Oʻzbekcha", "Ўзбекча", "Русский", "Тоҷикӣ", "Qaraqalpaqsha"]


def test_recipes_one_under_another_begin_with_those_asked_for_and_are_counted() -> None:
    screen = filled(BOOK, [10], Taste("en", portions=2))
    assert screen.body[:4] == (BOOK.dishes[10].title, "Portions: 2", "", "Thick yoghurt 250 g")


def test_a_dish_is_the_same_in_both_regions() -> None:
    one, other = region("bukhara").decoy("ru"), region("samarqand").decoy("ru")
    title = "Манты"
    at = [[dish.title for dish in book.dishes].index(title) for book in (one, other)]
    assert opened(one, at[0], Taste("ru")).body == opened(other, at[1], Taste("ru")).body
