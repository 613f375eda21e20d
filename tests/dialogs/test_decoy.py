"""The decoy, tried by a suspicious reader: it lists, opens, finds, turns pages, is set, and knows nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.check_decoy import screens
from dialogs.decoy import LONG, Taste, about, answer, chosen, home, taste_of
from dialogs.deny import telltales
from dialogs.screen import Screen, Tapped, parse_data
from tests.dialogs.ground import deny, region

LANGUAGES = ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"]
ENGLISH = Taste("en")


class Reader:
    """Somebody with the book before him: taps by label, types, and keeps what he set."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.settings: dict[str, str] = {}
        self.screen = home(self.taste, region())

    @property
    def taste(self) -> Taste:
        return taste_of(self.settings, self.language, region())

    def taps(self, label: str) -> Screen:
        tap = parse_data(next(button.data for button in self.screen.buttons() if button.label == label))
        assert tap is not None
        self.settings |= chosen(tap, region())
        self.screen = answer(tap, self.taste, region())
        return self.screen

    def types(self, text: str) -> Screen:
        self.screen = answer(text, self.taste, region())
        return self.screen

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.screen.buttons()]


def test_it_opens_with_a_list_and_turns_pages_there_and_back() -> None:
    he = Reader()
    first = he.screen
    assert first.body[0] == "1. Oshi sofi, layered plov"
    assert len(first.body) == 5
    assert "All dishes" not in he.labels
    assert he.taps("More dishes").body[0].startswith("6. ")
    assert he.taps("More dishes").body[0].startswith("11. ")
    he.taps("Dishes before")
    assert he.taps("Dishes before").body == first.body


def test_the_last_page_leads_no_further() -> None:
    he = Reader()
    while "More dishes" in he.labels:
        he.taps("More dishes")
    assert he.screen.body[-1] == f"{len(region().decoy('en').dishes)}. Dried fruit compote"
    assert "Dishes before" in he.labels


def test_a_dish_opens_with_what_it_needs_and_its_steps() -> None:
    he = Reader()
    dish = he.taps("Shavla, soft rice with meat")
    assert dish.first == "Shavla, soft rice with meat"
    assert dish.body[:4] == ("Portions: 4", "", "Beef 400 g", "Rice 300 g")
    assert dish.body[-1] == "5. Cover and let it stand for 15 minutes."
    assert he.labels == ["All dishes", "By kind", "Settings", "About"]


def test_the_kinds_lead_to_their_dishes_a_page_at_a_time() -> None:
    he = Reader()
    he.taps("By kind")
    assert he.labels[:7] == list(region().decoy("en").kinds.values())
    soups = he.taps("Soups")
    assert soups.body[0] == "Soups"
    assert len(soups.body) == 6
    rest = he.taps("More dishes")
    assert rest.body == ("Soups", "11. Chalop, cold yoghurt soup")
    assert he.taps("Dishes before") == soups


def test_it_says_what_it_is_about_and_leads_back() -> None:
    he = Reader()
    assert he.taps("About") == about(ENGLISH, region())
    assert he.labels == ["All dishes", "By kind", "Settings"]


def test_what_is_set_holds_for_the_list_and_the_amounts() -> None:
    he = Reader()
    he.taps("Settings")
    assert he.screen.body == ("Settings", "Language: English", "Dishes on a page: 5", "Portions: 4")
    he.taps("Dishes on a page: 10")
    assert "Dishes on a page: 10" in he.screen.body
    assert "Dishes on a page: 10" not in he.labels, "what is set already is no button"
    he.taps("Portions: 8")
    assert len(he.taps("All dishes").body) == 10
    assert he.types("mastava").body[:3] == ("Portions: 8", "", "Beef 600 g")


def test_the_language_of_the_book_is_set_by_its_own_name_and_holds_for_what_is_typed() -> None:
    he = Reader("uz")
    he.taps("Sozlamalar")
    he.taps("Til")
    assert set(he.labels) >= {"Ўзбекча", "Русский", "Тоҷикӣ", "Qaraqalpaqsha", "English"}
    assert "Oʻzbekcha" not in he.labels
    assert he.taps("Русский").body[0] == "Настройки"
    assert he.types("plov").first == "Домашняя кухня"
    assert he.types("qwerty").body == (region().decoy("ru").nothing,)
    assert home(he.taste, region()).body[0] == "1. Оши софи, плов слоями"


def test_several_finds_are_a_list_that_turns_its_pages_too() -> None:
    he = Reader()
    found = he.types("flour")
    assert len(found.body) == 5
    numbers = [line.partition(".")[0] for line in found.body]
    rest = he.taps("More dishes")
    assert not {line.partition(".")[0] for line in rest.body} & set(numbers)
    he.taps("Dishes before")
    assert he.screen == found
    assert "All dishes" in he.labels


def test_one_find_opens_and_none_is_said_dully() -> None:
    he = Reader()
    assert he.types("halva").first == "Halvaitar"
    assert he.types("lasagne").body == (region().decoy("en").nothing,)
    assert he.labels == ["All dishes", "By kind", "Settings", "About"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["police", "помогите", "u meni urdi", "who are you", "что она писала?", "/help", "🙂", "", "0", "999999999"]
)
def test_whatever_else_is_typed_nothing_was_found(text: str, language: str) -> None:
    screen = answer(text, Taste(language), region())
    assert screen.body == (region().decoy(language).nothing,)
    assert screen.buttons()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_of_it_gives_anything_away(language: str) -> None:
    texts = {
        text
        for screen in screens(language, region())
        for text in (screen.first, *screen.body, *(button.label for button in screen.buttons()))
    }
    assert {text for text in texts if list(telltales(text, language, deny()))} == set()
    for screen in screens(language, region()):
        assert not screen.inside
        assert all(button.data.startswith("d:") for button in screen.buttons())


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_long_screen_pushes_what_stands_above_off_the_display(language: str) -> None:
    screen = home(Taste(language), region(), long=True)
    assert len(screen.body) >= LONG
    assert len("\n".join(screen.body)) < 4096


@pytest.mark.parametrize(("language", "word"), [("uz", "chalop"), ("ru", "чалоп"), ("en", "Chalop"), ("tg", "чалоб")])
def test_the_exit_word_is_answered_as_a_search_with_that_dish_on_top(language: str, word: str) -> None:
    screen = answer(word, Taste(language), region(), long=True)
    assert screen.body[0] == answer(word, Taste(language), region()).first
    assert len(screen.body) >= LONG


@pytest.mark.parametrize(
    "old",
    [Tapped("menu", "danger"), Tapped("d", "open", "xx.1"), Tapped("d", "open", "en"), Tapped("safe_now", "yes", "1")],
)
def test_an_old_button_of_anything_else_opens_the_book(old: Tapped) -> None:
    assert answer(old, ENGLISH, region()).first in {"Home cooking", "Oshi sofi, layered plov"}


@pytest.mark.parametrize("arg", ["en.99", "en.-1", "en.x", "en.²", "en.99999999999", "en.", "en.1.99", "en.zz.1", ""])
def test_a_place_that_is_not_there_never_breaks_it(arg: str) -> None:
    for choice in ("open", "list", "about", "kinds", "kind", "found", "page", "portions", "tongue", "tongues", "other"):
        assert answer(Tapped("d", choice, arg), Taste("ru"), region()).buttons()


def test_a_language_without_a_decoy_gets_the_regions_first() -> None:
    without = replace(region(), decoys={code: region().decoys[code] for code in ("uz", "ru")})
    assert home(Taste("kaa"), without) == home(Taste("uz"), without)


@given(st.text(max_size=200), st.sampled_from(["uz", "ru", "en", "tg", ""]), st.booleans())
def test_it_answers_everything(text: str, language: str, long: bool) -> None:
    screen = answer(text, Taste(language), region(), long=long)
    assert screen.body
    assert screen.buttons()
