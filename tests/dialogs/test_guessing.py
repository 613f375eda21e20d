"""A first guess at her language: from Telegram's code, never more than an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.guessing import first, guess

OFFERED = ("uz", "uz_Cyrl", "ru", "tg", "kaa", "en")


@pytest.mark.parametrize(
    ("code", "guessed"),
    [
        ("uz", "uz"),
        ("uz-UZ", "uz"),
        ("uz-Latn-UZ", "uz"),
        ("uz-Cyrl", "uz_Cyrl"),
        ("uz_Cyrl", "uz_Cyrl"),
        ("UZ-cyrl-uz", "uz_Cyrl"),
        ("ru", "ru"),
        ("ru-RU", "ru"),
        ("tg", "tg"),
        ("tg-Cyrl-TJ", "tg"),
        ("kaa", "kaa"),
        ("kaa-Latn", "kaa"),
        ("en-GB", "en"),
        ("kk", "uz"),
        ("fa", "uz"),
        ("tr", "uz"),
        ("", "uz"),
        ("-", "uz"),
    ],
)
def test_the_code_of_her_telegram_is_a_guess(code: str, guessed: str) -> None:
    assert guess(code, OFFERED) == guessed


def test_a_language_that_is_not_offered_is_not_guessed() -> None:
    assert guess("tg", ("uz", "ru")) == "uz"
    assert guess("uz-Cyrl", ("ru", "uz")) == "ru"


def test_the_guess_only_changes_the_order() -> None:
    assert first("tg", OFFERED) == ("tg", "uz", "uz_Cyrl", "ru", "kaa", "en")
    assert first("kk", OFFERED) == OFFERED


@given(st.text(max_size=40))
def test_whatever_the_code_says_an_offered_language_is_guessed(code: str) -> None:
    assert guess(code, OFFERED) in OFFERED
