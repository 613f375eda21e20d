"""The book's search: in every alphabet, with every habit of typing apostrophes and endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.decoy_search import find, names_in, search
from tests.dialogs.ground import region


def finds(text: str, language: str) -> list[str]:
    decoy, places = find(text, language, region())
    return [decoy.dishes[place].title for place in places]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Moshkichiri", "uz", ["Moshkichiri"]),
        ("suzmali", "uz", ["Suzmali rediska salati"]),
        ("8", "uz", ["Qaynatma shoʻrva"]),
        ("shirguruch qanday qilinadi", "uz", ["Shirguruch"]),
        ("халвайтар", "en", ["Халвайтар"]),
        ("из шпината", "ru", ["Самса с зеленью"]),
        ("ashshı burısh", "kaa", ["Pomidor salatı"]),
        ("КЎК СОМСА", "uz_Cyrl", ["Кўк сомса"]),
        ("what can I cook with spinach and mint", "en", ["Green somsa"]),
    ],
)
def test_a_text_finds_its_dish(text: str, language: str, found: list[str]) -> None:
    assert finds(text, language) == found


@pytest.mark.parametrize(
    "spelling",
    ["qoʻy goʻshti", "qo'y go'shti", "qo‘y go‘shti", "qo`y go`shti", "qoy goshti", "QOʻY GOʻSHTI", "қўй гўшти"],
)
def test_every_habit_of_typing_an_apostrophe_finds_the_same(spelling: str) -> None:
    assert finds(spelling, "uz") == finds("qoʻy goʻshti", "uz")
    assert "Dimlama" in finds(spelling, "uz")


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("говядины", "говядина", "ru"),
        ("из муки", "мука", "ru"),
        ("с морковью", "морковь", "ru"),
        ("свекла, капусты", "капуста", "ru"),
        ("guruchdan", "guruch", "uz"),
        ("сабзидан", "сабзи", "uz_Cyrl"),
        ("geshirden", "geshir", "kaa"),
        ("картошкаро", "картошка", "tg"),
        ("tomato", "tomatoes", "en"),
        ("пелмени", "пельмени", "ru"),
        ("зеленый лук", "зелёный лук", "ru"),
    ],
)
def test_endings_and_small_slips_of_spelling_make_no_difference(typed: str, written: str, language: str) -> None:
    assert set(finds(written, language)) & set(finds(typed, language))


def test_who_types_in_another_language_is_answered_from_that_book() -> None:
    decoy, places = find("суп из маша", "uz", region())
    assert decoy.language == "ru"
    assert [decoy.dishes[place].title for place in places] == ["Мошхурда, суп с машем"]
    assert find("ashıtqı", "uz", region())[0].language == "kaa"
    assert find("ҷурғот", "en", region())[0].language == "tg"


def test_what_most_words_name_comes_alone_and_equals_come_in_the_books_order() -> None:
    assert finds("rice and carrots", "en")[0] == "Oshi sofi, layered plov"
    assert finds("cold cucumber dill", "en") == ["Chalop, cold yoghurt soup"]
    decoy = region().decoy("en")
    assert search("soup", decoy) == sorted(search("soup", decoy))
    assert len(search("soup", decoy)) > 5


@pytest.mark.parametrize("language", ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"])
def test_every_dish_is_found_by_its_title_and_by_its_number(language: str) -> None:
    decoy = region().decoy(language)
    for place, dish in enumerate(decoy.dishes):
        assert place in search(dish.title, decoy)
        assert search(str(place + 1), decoy) == [place]


def test_amounts_and_units_are_not_looked_for() -> None:
    assert finds("500 g", "en") == []
    assert finds("600", "en") == []


def test_what_a_reader_may_type_by_chance_holds_titles_in_short_and_things() -> None:
    names = names_in(region().decoy("en"))
    assert {"chalop", "oshi sofi", "oshi sofi layered plov", "rice", "thick yoghurt", "pilaf"} <= names
    assert "pumpkin soup" not in names


@given(st.text(max_size=100))
def test_a_search_finds_places_that_exist_in_order(text: str) -> None:
    decoy = region().decoy("ru")
    places = search(text, decoy)
    assert places == sorted(set(places))
    assert all(0 <= place < len(decoy.dishes) for place in places)
