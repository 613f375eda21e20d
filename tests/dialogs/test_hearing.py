"""Hearing: what typed words mean where she stands; the way out first, and nothing decided for her in a live talk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import ways
from dialogs.engine import STEPS
from dialogs.flows.road import LIVE
from dialogs.hearing import (
    AsksProgram,
    Chosen,
    Exit,
    Heard,
    WantsErase,
    WantsLanguage,
    WantsPerson,
    Words,
    hear,
)
from dialogs.screen import render
from dialogs.words import Catalogs
from tests.dialogs.ground import region, words


def said(text: str, step: str = "menu", language: str = "uz") -> Heard:
    return hear(text, STEPS[step], language, words(), region())


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("text", ["chalop", "CHALOP!", "чалоб", "chiqish", "Быстро выйти", "Leave now", "exit"])
def test_the_way_out_is_heard_on_every_screen(step: str, text: str) -> None:
    assert said(text, step) == Exit()


@pytest.mark.parametrize("text", ["palov", "u chalop pishirdi", "I want to leave him", "не вижу выхода", "chalpo"])
def test_ordinary_talk_is_no_way_out(text: str) -> None:
    assert said(text, "talking") == Words(text)


def test_a_number_chooses_the_button_in_that_place() -> None:
    screen = render("menu", "uz", words(), region())
    for place, button in enumerate(screen.buttons(), 1):
        choice = button.data.partition(":")[2]
        assert said(str(place)) == (Exit() if choice == "exit" else Chosen(choice))
    assert said("99") == Words("99")
    assert said("0") == Words("0")


@pytest.mark.parametrize(
    ("text", "step", "choice"),
    [
        ("ha", "safe_now", "yes"),
        ("ДА", "safe_now", "yes"),
        ("No", "safe_now", "no"),
        ("yo'q", "safe_now", "no"),
        ("Йўқ", "safe_now", "no"),
        ("не знаю", "who.weapon", "dont_know"),
        ("Пропустить", "who.weapon", "skip"),
        ("Javob bergim kelmaydi", "who.weapon", "nosay"),
        ("русский", "greet", "lang_ru"),
        ("oʻzbekcha", "greet", "lang_uz"),
        ("inglizcha", "greet", "lang_en"),
        ("Men hozir xavf ostidaman", "about", "danger"),
        ("да", "limits", "agree"),
        ("yoʻq", "limits", "disagree"),
        ("ha", "who.pause", "goon"),
        ("no", "who.pause", "stop"),
        ("Orqaga", "about", "back"),
    ],
)
def test_an_answer_may_be_typed_in_any_offered_language(text: str, step: str, choice: str) -> None:
    assert said(text, step) == Chosen(choice)


@pytest.mark.parametrize("step", sorted(LIVE))
@pytest.mark.parametrize("text", ["1", "2", "да", "yoʻq", "no", "25", "operator", "help"])
def test_in_a_live_talk_a_number_or_a_yes_is_said_to_the_person(step: str, text: str) -> None:
    assert said(text, step) == Words(text)


def test_in_a_talk_with_a_person_only_the_way_out_and_its_own_buttons_are_heard() -> None:
    for text in ("are you a bot?", "delete everything", "til", "odam bilan gaplashmoqchiman"):
        assert said(text, "talking") == Words(text)
    assert said("ruscha", "talking") == WantsLanguage("ru"), "and the language of the screens"
    assert said("Toʻxtatish", "talking") == Chosen("stop")
    assert said("Hammasini oʻchirish", "talking") == Chosen("erase")


def test_a_question_without_a_plain_no_is_only_answered_where_a_question_stands() -> None:
    assert said("no", "menu") == Words("no")
    assert said("ha", "about") == Words("ha")


@pytest.mark.parametrize(
    "text",
    [
        "operator",
        "Помогите!",
        "yordam kerak",
        "odam",
        "человек",
        "help",
        "I want to talk to a person",
        "хочу поговорить с человеком",
        "odam bilan gaplashmoqchiman",
        "operatorni chaqiring",
    ],
)
def test_asking_for_a_person_is_heard(text: str) -> None:
    assert said(text, "about") == WantsPerson()


@pytest.mark.parametrize(
    "text",
    [
        "he said he would help me and then he locked the door and I cannot talk to a person outside",
        "bu odam meni kuzatadi",
        "человек внизу ждёт меня",
    ],
)
def test_a_story_that_holds_such_a_word_stays_her_words(text: str) -> None:
    assert said(text, "about") == Words(text)


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kaa", "tg"])
def test_twelve_ways_of_asking_are_answered_that_it_is_a_program(language: str) -> None:
    asked = ways.PROGRAM[language]
    assert len(asked) >= 12
    for text in asked:
        assert said(f"{text.capitalize()}?", "menu") == AsksProgram()


@pytest.mark.parametrize("text", ["а вы бот или человек?", "hello, are you a robot", "salom, siz botmisiz?"])
def test_the_question_is_heard_inside_a_short_message(text: str) -> None:
    assert said(text) == AsksProgram()


@pytest.mark.parametrize("text", ["erase everything", "удалите всё", "ўчириш", "o'chir", "сотри все"])
def test_asking_to_erase_is_heard(text: str) -> None:
    assert said(text, "about") == WantsErase()


@pytest.mark.parametrize(
    ("text", "code"), [("til", ""), ("сменить язык", ""), ("language", ""), ("русский", "ru"), ("english", "en")]
)
def test_asking_for_another_language_is_heard(text: str, code: str) -> None:
    assert said(text, "about") == WantsLanguage(code)


def test_a_language_that_is_not_offered_yet_is_not_chosen() -> None:
    only = Catalogs(words().domain, words().languages, ("uz", "ru", "en"))
    assert hear("тоҷикӣ", STEPS["about"], "uz", only, region()) == Words("тоҷикӣ")
    assert hear("ўзбекча", STEPS["about"], "ru", only, region()) == WantsLanguage("uz")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("oʻzbekcha", "uz"),
        ("O'ZBEKCHA", "uz"),
        ("ўзбекча", "uz_Cyrl"),
        ("Узбекча!", "uz_Cyrl"),
        ("узбекский", "uz"),
        ("o'zbekcha kirill", "uz_Cyrl"),
        ("тоҷикӣ", "tg"),
        ("точики", "tg"),
        ("Tojikcha", "tg"),
        ("qaraqalpaqsha", "kaa"),
        ("қарақалпақша", "kaa"),
        ("Русский.", "ru"),
        ("ENGLISH", "en"),
    ],
)
@pytest.mark.parametrize("step", ["who.weapon", "age", "waiting", "danger", "safe_now"])
def test_a_language_is_chosen_by_its_name_on_every_screen_in_the_letters_it_is_typed_in(
    text: str, code: str, step: str
) -> None:
    assert said(text, step) == WantsLanguage(code)
    assert said(text, "greet") == Chosen(f"lang_{code}")
    assert said(text, "language") == Chosen(f"lang_{code}")


def test_a_number_counts_the_buttons_as_her_greeting_orders_them() -> None:
    assert said("1", "greet", "tg") == Chosen("lang_tg")
    assert said("2", "greet", "tg") == Chosen("lang_uz")
    assert said("1", "language", "tg") == Chosen("lang_uz")


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?!", "\u0000", "ʼ"])
def test_what_holds_no_letters_is_kept_as_it_came(text: str) -> None:
    assert said(text) == Words(text)


@settings(max_examples=200)
@given(
    st.text(max_size=400),
    st.sampled_from(sorted(STEPS)),
    st.sampled_from(["uz", "uz_Cyrl", "ru", "en", "tg", "kaa", ""]),
)
def test_hearing_never_raises_and_never_changes_her_words(text: str, step: str, language: str) -> None:
    heard = said(text, step, language)
    if isinstance(heard, Words):
        assert heard.text == text
    if isinstance(heard, Chosen):
        assert heard.choice != "exit"


def test_four_thousand_emoji_are_words() -> None:
    text = "🙂" * 4096
    assert said(text) == Words(text)
