"""The deny-lists: they find what they name in any spelling, and leave kitchens alone."""

import pytest

from dialogs.deny import blames, promises, telltales
from tests.dialogs.ground import deny


def told(text: str, language: str) -> list[str]:
    return list(telltales(text, language, deny()))


@pytest.mark.parametrize(
    ("text", "language", "stem"),
    [
        ("A safer place", "en", "safe"),
        ("Beat the eggs", "en", "beat#"),
        ("Write to your mother-in-law", "en", "mother-in-law"),
        ("Помощь рядом", "ru", "помощ"),
        ("Муж дома", "ru", "муж#"),
        ("Зоʻравонлик", "uz_Cyrl", None),
        ("Зўравонлик", "uz_Cyrl", "зўравон"),
        ("Zo'ravonlik", "uz", "zoʻravon"),
        ("zoravonlik", "uz", "zoʻravon"),
        ("Зўравонлик", "uz", "зўравон"),
        ("Xavfsizlik", "uz", "xavf"),
        ("Полиция", "uz", "полиц"),
        ("Қонун", "uz", "қонун"),
        ("ҳамсарам", "tg", "ҳамсар"),
        ("JÁRDEM", "kaa", "járdem"),
    ],
)
def test_a_telltale_word_is_found_in_its_spellings(text: str, language: str, stem: str | None) -> None:
    found = told(text, language)
    assert found if stem is None else stem in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dish of the day", "en"),
        ("The upbeat cook", "en"),
        ("Мужчины готовят плов", "ru"),
        ("Три вида лепёшек", "ru"),
        ("Uch xil non", "uz"),
        ("Навъи нон", "tg"),
    ],
)
def test_a_kitchen_is_left_alone(text: str, language: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We will help you.", "en"),
        ("Nobody will know.", "en"),
        ("Всё будет хорошо.", "ru"),
        ("Мы гарантируем", "ru"),
        ("Hech kim bilmaydi", "uz"),
        ("Va'da beramiz", "uz"),
    ],
)
def test_a_promise_is_found(text: str, language: str) -> None:
    assert list(promises(text, language, deny()))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You should have left.", "en"),
        ("Потерпите ради детей", "ru"),
        ("Почему вы молчали?", "ru"),
        ("Простите его", "ru"),
        ("Sabr qiling", "uz"),
        ("Nega siz jim turdingiz", "uz"),
    ],
)
def test_blame_and_pressure_are_found(text: str, language: str) -> None:
    assert list(blames(text, language, deny()))


@pytest.mark.parametrize("kind", ["telltale", "promise", "blame"])
def test_every_language_that_may_come_has_a_list(kind: str) -> None:
    lists = getattr(deny(), kind)
    assert {"en", "ru", "uz", "kaa", "tg"} <= set(lists)
    assert all(lists.values())
