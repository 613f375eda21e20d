"""The decoy, tried by a suspicious reader: it lists, opens, finds, turns pages, and knows nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.check_decoy import screens
from dialogs.decoy import LONG, PAGE, about, answer, home, search
from dialogs.deny import telltales
from dialogs.screen import Screen, Tapped, parse_data
from tests.dialogs.ground import deny, region

LANGUAGES = ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"]


def tap(screen: Screen, label: str, language: str = "en") -> Screen:
    data = next(button.data for button in screen.buttons() if button.label == label)
    tapped = parse_data(data)
    assert tapped is not None
    return answer(tapped, language, region())


def labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.buttons()]


def test_it_opens_with_a_list_and_turns_pages() -> None:
    first = home("en", region())
    assert len(first.body) == PAGE
    second = tap(first, "More dishes")
    assert second.body[0].startswith("6. ")
    assert "All dishes" in labels(second)
    assert tap(second, "All dishes").body == first.body


def test_a_dish_opens_with_its_text() -> None:
    dish = tap(home("en", region()), "Mastava")
    assert dish.first == "Mastava"
    assert 5 <= len(dish.body) <= 8


def test_it_says_what_it_is_about_and_leads_back() -> None:
    page = tap(home("en", region()), "About")
    assert page == about("en", region())
    assert labels(page) == ["All dishes"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("what can I cook from radish", "en", "Chalop, cold yoghurt soup"),
        ("Moshkichiri", "uz", "Moshkichiri"),
        ("шашлык", "uz", None),
        ("машхурда", "uz", "Домашняя кухня"),
        ("суп из маша", "uz", "Мошхурда, суп с машем"),
        ("qiymadan nima qilsam boʻladi", "uz", "Chuchvara"),
        ("Қийма", "uz", "Chuchvara"),
        ("халвайтар", "en", "Халвайтар"),
        ("биринҷ ва мош", "kaa", "Хӯрокҳои хонагӣ"),
        ("ҷурғот", "en", "Чалоб"),
        ("ashıtqı", "uz", "Úy nanı"),
        ("GESHIR", "kaa", "Úy tamaqları"),
        ("8", "uz", "Chalop"),
    ],
)
def test_a_word_finds_its_dish_in_any_language(text: str, language: str, found: str | None) -> None:
    screen = answer(text, language, region())
    assert (screen.first if found else screen.body) == (found or (region().decoy(language).nothing,))


def test_several_finds_are_a_list_in_the_books_order() -> None:
    screen = answer("rice", "en", region())
    assert [line.partition(". ")[2] for line in screen.body] == [
        "Oshi sofi, layered plov",
        "Mastava",
        "Moshxoʻrda, mung bean soup",
        "Moshkichiri",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["police", "помогите", "u meni urdi", "who are you", "что она писала?", "/help", "🙂", "", "0", "999999999"]
)
def test_whatever_else_is_typed_nothing_was_found(text: str, language: str) -> None:
    screen = answer(text, language, region())
    assert screen.body == (region().decoy(language).nothing,)
    assert screen.buttons()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_reached_by_tapping(language: str) -> None:
    opened = {screen.first for screen in screens(language, region())}
    assert {dish.title for dish in region().decoy(language).dishes} <= opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_of_it_gives_anything_away(language: str) -> None:
    for screen in screens(language, region()):
        text = "\n".join((screen.first, *screen.body, *labels(screen)))
        assert list(telltales(text, language, deny())) == []
        assert not screen.inside
        assert all(button.data.startswith("d:") for button in screen.buttons())


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_long_screen_pushes_what_stands_above_off_the_display(language: str) -> None:
    screen = home(language, region(), long=True)
    assert len(screen.body) >= LONG
    assert len("\n".join(screen.body)) < 4096


@pytest.mark.parametrize(("language", "word"), [("uz", "chalop"), ("ru", "чалоп"), ("en", "Chalop")])
def test_the_exit_word_is_answered_as_a_search_with_that_dish_on_top(language: str, word: str) -> None:
    screen = answer(word, language, region(), long=True)
    assert screen.body[0] == answer(word, language, region()).first
    assert len(screen.body) >= LONG


@pytest.mark.parametrize(
    "old",
    [Tapped("menu", "danger"), Tapped("d", "open", "xx.1"), Tapped("d", "open", "en"), Tapped("safe_now", "yes", "1")],
)
def test_an_old_button_of_anything_else_opens_the_book(old: Tapped) -> None:
    assert answer(old, "en", region()).first in {"Home cooking", "Oshi sofi, layered plov"}


@pytest.mark.parametrize("arg", ["en.99", "en.-1", "en.x", "en.²", "en.99999999999", "en."])
def test_a_place_that_is_not_there_never_breaks_it(arg: str) -> None:
    for choice in ("open", "list", "about", "other"):
        assert answer(Tapped("d", choice, arg), "ru", region()).buttons()


def test_a_language_without_a_decoy_gets_the_regions_first() -> None:
    without = replace(region(), decoys={code: region().decoys[code] for code in ("uz", "ru")})
    assert home("kaa", without) == home("uz", without)


@given(st.text(max_size=200), st.sampled_from(["uz", "ru", "en", "tg", ""]), st.booleans())
def test_it_answers_everything(text: str, language: str, long: bool) -> None:
    screen = answer(text, language, region(), long=long)
    assert screen.body
    assert screen.buttons()


@given(st.text(max_size=100))
def test_a_search_finds_places_that_exist_in_order(text: str) -> None:
    decoy = region().decoy("ru")
    places = search(text, decoy)
    assert places == sorted(set(places))
    assert all(0 <= place < len(decoy.dishes) for place in places)
