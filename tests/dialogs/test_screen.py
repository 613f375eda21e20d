"""The screen: what she sees of a step, and what comes back when she taps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine import STEPS
from dialogs.flows.plan import SHOWS
from dialogs.flows.road import FORMS
from dialogs.screen import DATA_BYTES, Button, Screen, Tapped, as_text, first_line, parse_data, render, rows_of
from tests.dialogs.ground import region, words

VALUES = {
    "contact": {"time": "25.11, 14:30"},
    **{key: {"examples": "Somsa, Palov"} for key in ("word_code", "word_duress", "word_exit")},
    "data": {"hers": "3", "desk": "2", "days": "24.11.2026, 25.11.2026", "day": "25.12.2026"},
    "timer_done": {"after": "6 hours"},
    "keep_done": {"after": "90 days"},
    "data_show": {"words": "24.11 09:00 Salom"},
    "waiting": {"waiting.wait": "wait_n", "n": "7"},
    "referral": {"service": "Example shelter A (practice)", "fields": "Language: Uzbek"},
    **{step: {"lines": "\nRoom: A low window"} for step in SHOWS},
}


def shown(step: str, language: str = "en", **more: str) -> Screen:
    return render(step, language, words(), region(), values={**VALUES.get(step, {}), **more})


def test_a_question_stands_apart_from_many_lines_and_a_short_screen_is_not_torn() -> None:
    consent = words().say("en", "consent")
    assert shown("limits").text().endswith(f"\n\n{consent}")
    assert "\n\n" not in shown("whose").text()


def test_a_question_with_a_number_or_a_hint_under_it_is_set_apart_with_them() -> None:
    for step, question, under in (
        ("asq.thoughts_now", "asq.thoughts_now", "suicide.call"),
        ("menu", "menu.need", "howto"),
    ):
        body = shown(step, **({"menu.person": "about.person"} if step == "menu" else {})).text()
        asked = words().say("en", question)
        assert f"\n\n{asked}\n{words().say('en', under, **region().said())}" in body


def test_a_row_that_would_change_nothing_is_not_shown() -> None:
    assert {"wait_less", "wait_more"} & {button.data.split(":")[1] for button in shown("waiting").buttons()} == {
        "wait_less"
    }
    less = shown("waiting", **{"waiting.window": "waiting.window_less"})
    assert {"wait_less", "wait_more"} & {button.data.split(":")[1] for button in less.buttons()} == {"wait_more"}


@pytest.mark.parametrize("language", ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_a_screen_in_every_language(step: str, language: str) -> None:
    screen = shown(step, language)
    assert screen.body
    assert all(screen.body)
    assert "{" not in "".join(screen.body)
    assert screen.rows[-1] == (Button(words().say(language, "exit"), f"{step}:exit"),)


@pytest.mark.parametrize("step", STEPS)
def test_every_button_says_its_step_and_choice_in_64_bytes(step: str) -> None:
    for button in shown(step).buttons():
        tapped = parse_data(button.data)
        assert tapped is not None
        assert tapped.step == step
        assert len(button.data.encode()) <= DATA_BYTES


def test_the_greeting_speaks_each_offered_language_once_and_offers_only_those() -> None:
    screen = shown("greet", "ru")
    assert screen.body == (
        "Здравствуйте. Выберите язык.",
        "Assalomu alaykum. Tilni tanlang.",
        "Ассалому алайкум. Тилни танланг.",
        "Ассалому алайкум. Забонро интихоб кунед.",
        "Assalawma áleykum. Tildi tańlań.",
        "Hello. Please choose a language.",
    )
    assert [button.label for button in screen.buttons()] == [
        "Русский", "Oʻzbekcha", "Ўзбекча", "Тоҷикӣ", "Qaraqalpaqsha", "English", "Быстро выйти",
    ]  # fmt: skip
    assert not screen.inside


def test_the_greeting_follows_the_order_that_is_offered() -> None:
    screen = render("greet", "en", words(), region(), only=("en", "uz"))
    assert [button.data for button in screen.buttons()] == ["greet:lang_en", "greet:lang_uz", "greet:exit"]
    assert len(screen.body) == 2


def test_danger_begins_with_the_numbers_of_the_region() -> None:
    assert shown("danger").body[0] == "Police: 102. Ambulance: 103. Any emergency: 112"


@pytest.mark.parametrize("language", ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"])
def test_danger_tells_that_a_person_can_read_and_asks_nothing(language: str) -> None:
    screen = shown("danger", language)
    assert words().say(language, "danger.told") in screen.body
    assert words().say(language, "tgcopy") in screen.body
    assert "?" not in "".join(screen.body)


def test_the_limits_name_who_what_when_and_telegram_before_the_question() -> None:
    screen = shown("limits")
    assert [words().say("en", key) for key in ("limits.who", "limits.kept", "limits.law", "tgcopy")] == list(
        screen.body[:4]
    )
    assert screen.body[-1].endswith("?")
    assert [button.data for button in screen.rows[0]] == ["limits:agree", "limits:disagree"]


def test_the_wait_is_said_in_the_form_that_is_true_now() -> None:
    known = shown("waiting")
    assert "Waiting time now, about: 7 min." in known.body
    unknown = render("waiting", "en", words(), region())
    assert "I do not know how long you will wait." in unknown.body
    nobody = render("waiting", "en", words(), region(), values={"waiting.wait": "nobody", "time": "09:00"})
    assert "Nobody is on duty now. Next shift: 09:00." in nobody.body


def test_words_that_came_are_answered_with_who_can_read_them() -> None:
    assert render("heard", "en", words(), region()).body[0] == "Your message has arrived."
    unread = render("heard", "en", words(), region(), values={"heard.arrived": "heard.unread"})
    assert unread.body[0] == "Your message has arrived. So far no person can read it."
    shared = render("heard_first", "en", words(), region(), values={"heard.arrived": "heard.shared"})
    assert shared.body[2] == "Your message has arrived. A counsellor of this service can read it."


def test_a_form_that_the_line_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no form"):
        render("waiting", "en", words(), region(), values={"waiting.wait": "nothing"})


def test_a_value_that_no_line_takes_is_refused() -> None:
    with pytest.raises(ValueError, match="n"):
        render("menu", "en", words(), region(), values={"n": "7"})


def test_a_gap_in_a_sentence_is_refused() -> None:
    with pytest.raises(KeyError):
        render("referral", "en", words(), region())


def test_what_a_button_is_about_rides_in_its_data_and_not_in_the_footers() -> None:
    number = "0b9e8f5e-93a6-4b56-9a6a-0d8f3c1f2a77"
    screen = render("referral", "uz", words(), region(), values=VALUES["referral"], arg=number)
    assert screen.rows[0][0].data == f"referral:agree:{number}"
    assert screen.rows[-1][0].data == "referral:exit"


def test_an_argument_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="64"):
        render("referral", "uz", words(), region(), values=VALUES["referral"], arg="9" * 60)


def test_first_lines_take_turns_and_are_about_cooking() -> None:
    lines = [first_line("en", words(), region(), turn) for turn in range(5)]
    assert lines[:4] == ["Dish of the day", "A new list is ready", "Menu for the week", "Bread, three ways"]
    assert lines[4] == lines[0]


def test_the_text_for_a_terminal_numbers_the_buttons() -> None:
    text = as_text(render("limits", "en", words(), region(), first="Dish of the day"))
    assert text.startswith("Dish of the day\n\n")
    assert "[1] Yes, you may  [2] No, please don't" in text
    assert text.splitlines()[-1].endswith("Leave now")


@pytest.mark.parametrize(
    ("data", "tapped"),
    [
        ("menu:danger", Tapped("menu", "danger")),
        ("who.beaten_pregnant:never_pregnant", Tapped("who.beaten_pregnant", "never_pregnant")),
        ("greet:lang_uz_Cyrl", Tapped("greet", "lang_uz_Cyrl")),
        ("d:open:uz_Cyrl.12", Tapped("d", "open", "uz_Cyrl.12")),
    ],
)
def test_a_tap_is_read_back(data: str, tapped: Tapped) -> None:
    assert parse_data(data) == tapped


@pytest.mark.parametrize(
    "data", ["", ":", "menu", "menu:", ":exit", "menu:exit:", "a:b:c:d", "MENU:exit", "м:в", "x" * 65]
)
def test_data_that_no_keyboard_of_ours_carries_is_nothing(data: str) -> None:
    assert parse_data(data) is None


@given(st.text(max_size=200))
def test_reading_data_never_raises(data: str) -> None:
    tapped = parse_data(data)
    assert tapped is None or data.startswith(f"{tapped.step}:{tapped.choice}")


def test_a_screen_without_offered_languages_has_no_language_row() -> None:
    assert [[choice.id for choice in row] for row in rows_of(STEPS["greet"], ())] == [["exit"]]


def test_every_form_of_a_line_has_words() -> None:
    for forms in FORMS.values():
        assert all(form in words().english for form in forms if form)
