"""A first guess at her language from the code of her Telegram: it orders what she is asked, and never answers it."""

from collections.abc import Mapping
from typing import Final

# Kazakh (kk) is no Karakalpak, and Persian and Dari (fa, prs) are written otherwise than Tajik: no guess from those.
_GUESSED: Final[Mapping[str, str]] = {"uz": "uz", "ru": "ru", "kaa": "kaa", "tg": "tg", "en": "en"}
_CYRILLIC: Final[Mapping[str, str]] = {"uz": "uz_Cyrl"}


def guess(code: str, offered: tuple[str, ...]) -> str:
    """The offered language that a code like uz, ru-RU or uz-Cyrl-UZ most likely means; else the first offered one."""
    name, *parts = code.casefold().replace("_", "-").split("-")
    found = _GUESSED.get(name, "")
    if "cyrl" in parts:
        found = _CYRILLIC.get(found, found)
    return found if found in offered else offered[0]


def first(language: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """The offered languages with this one in front; the others keep their order."""
    return (language, *(code for code in offered if code != language)) if language in offered else offered
