"""Rules on the letters: each text is written in the letters of its language, one sign for one letter."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from dialogs.checked import Finding, Ground
from dialogs.cyrillic import exceptions
from dialogs.words import SOURCE, names_a_language

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# The alphabets (Uzbek of 1995, Karakalpak of 2016). C stands in Uzbek only before h; capital ı is Í in Karakalpak, and
# no small í exists. A look-alike of another script is seen by no eye, found by no search and read aloud wrongly.
ALPHABETS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_LATIN + _LATIN.upper()),
    "ru": frozenset(_RUSSIAN + _RUSSIAN.upper()),
    "uz": frozenset("abcdefghijklmnopqrstuvxyzʻʼ" + "ABCDEFGHIJKLMNOPQRSTUVXYZ"),
    "uz_Cyrl": frozenset("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ" + "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЪЬЭЮЯЎҚҒҲ"),
    "kaa": frozenset("aábcdefgǵhxıijkqlmnńoóprstuúvwyz" + "AÁBCDEFGǴHXÍIJKQLMNŃOÓPRSTUÚVWYZ"),
    "tg": frozenset("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя" + "АБВГҒДЕЁЖЗИӢЙКҚЛМНОПРСТУӮФХҲЧҶШЪЭЮЯ"),
}
_SHORT: Final = re.compile("[A-Z]{2,5}")
_NOT_LETTERS: Final = re.compile("['`´‘’‛′]")


def _texts(ground: Ground) -> Iterator[tuple[str, str, str]]:
    for language in ground.languages:
        for key in ground.catalogs.english:
            yield language, key, ground.catalogs.text(language, key)


def _all(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Every text of the screens and of the decoys: language, where, text."""
    yield from _texts(ground)
    for code, decoy in ground.region.decoys.items():
        yield from ((code, "decoy", text) for text in decoy.texts())


def _letters(text: str) -> frozenset[str]:
    """The letters of a text without placeholders, addresses, names that keep their own letters, and SIM or GPS."""
    words = (found["word"] or "" for found in exceptions().pieces.finditer(text))
    return frozenset(sign for word in words if not _SHORT.fullmatch(word) for sign in word)


def own_letters(ground: Ground) -> Iterator[Finding]:
    for language, where, text in _all(ground):
        alphabet = ALPHABETS.get(language)
        if alphabet is None or names_a_language(where) or (where == "decoy" and language == SOURCE):
            continue  # an English cookery book names dishes by their own names
        strange = sorted(_letters(text) - alphabet)
        if strange:
            yield Finding(f"{where} ({language})", f"letters of another alphabet: {' '.join(strange)}")


def whole_letters(ground: Ground) -> Iterator[Finding]:
    for language, where, text in _all(ground):
        if not unicodedata.is_normalized("NFC", text):
            yield Finding(f"{where} ({language})", "a letter is written as two signs (not NFC)")


def uzbek_letters(ground: Ground) -> Iterator[Finding]:
    for language, where, text in _all(ground):
        if language != SOURCE and _NOT_LETTERS.search(text):
            yield Finding(f"{where} ({language})", "a quotation mark stands for a letter")
