"""The rules on the letters: each finds its own breach, in texts and in decoys, and lets through what may stand."""

import unicodedata
from dataclasses import replace

import pytest

from dialogs import check_letters
from dialogs.checked import Ground
from dialogs.words import Catalogs
from tests.dialogs import ground as shipped


def with_text(text: str, language: str, key: str = "bye") -> Ground:
    """The shipped words with one sentence changed."""
    words = shipped.words()
    tongue = words.languages[language]
    changed = replace(tongue, texts={**tongue.texts, key: text})
    return replace(
        shipped.ground(), catalogs=Catalogs(words.domain, {**words.languages, language: changed}, words.offered)
    )


def with_decoy(language: str, nothing: str) -> Ground:
    region = shipped.region()
    decoy = replace(region.decoys[language], nothing=nothing)
    return replace(shipped.ground(), region=replace(region, decoys={**region.decoys, language: decoy}))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jaqsı qаlıń.", "kaa"),  # a Cyrillic а
        ("Jaqsi qalíń.", "kaa"),  # í is no small letter
        ("Jaqsı qalıñ.", "kaa"),
        ("Саломат бошeд.", "tg"),  # a Latin e
        ("Саломат бошыд.", "tg"),
        ("Саломат бӯщед.", "tg"),
        ("Yaxshi qоling.", "uz"),  # a Cyrillic о
        ("Yaxshi qolıng.", "uz"),
        ("Яхши қолинг, щ.", "uz_Cyrl"),
        ("Всего дoброго.", "ru"),  # a Latin o
        ("Бўлинг", "ru"),
        ("Таke care.", "en"),  # a Cyrillic Та
    ],
)
def test_a_letter_of_another_alphabet_is_found(text: str, language: str) -> None:
    found = list(check_letters.own_letters(with_text(text, language)))
    assert [finding.where for finding in found] == [f"bye ({language})"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Telegram хранит копии, SIM-карта тоже: {number}", "ru"),
        ("Telegramингиз ва WhatsApp", "uz_Cyrl"),
        ("Ísh, ǵárip, Úsh: /start", "kaa"),
        ("Telegram-и шумо, GPS, https://example.org", "tg"),
        ("Oʻzbekiston, maʼno", "uz"),
    ],
)
def test_what_keeps_its_own_letters_is_let_through(text: str, language: str) -> None:
    assert list(check_letters.own_letters(with_text(text, language))) == []


def test_the_names_of_languages_keep_their_letters_everywhere() -> None:
    assert list(check_letters.own_letters(with_text("Oʻzbekcha", "ru", "language.uz"))) == []


def test_a_letter_in_two_signs_is_found_in_texts_and_decoys() -> None:
    split = unicodedata.normalize("NFD", "Рӯйхати нав, сабзӣ")
    for ground in (with_text(split, "tg"), with_decoy("tg", split)):
        assert list(check_letters.whole_letters(ground))


@pytest.mark.parametrize("ground", [with_text("Yaxshi qoling, o'zingiz.", "uz"), with_decoy("uz", "Yo’q.")])
def test_a_quotation_mark_for_a_letter_is_found(ground: Ground) -> None:
    assert list(check_letters.uzbek_letters(ground))


def test_a_decoy_of_another_alphabet_is_found() -> None:
    assert list(check_letters.own_letters(with_decoy("kaa", "Tаbılmadı.")))
    assert list(check_letters.own_letters(with_decoy("en", "Ҳеч нарса"))) == []
