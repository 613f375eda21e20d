"""What our texts must not say: telltale stems for what may be seen; promises, blame, feelings, orders for all."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from dialogs.cyrillic import write
from dialogs.letters import fold

_APOSTROPHE: Final = "ʻ"
_ALIKE: Final = str.maketrans(dict.fromkeys("'`´ʼ‘’‛′ʹʿ＇", _APOSTROPHE))
_OTHER: Final = re.compile(r"[^\w]|[\d_]")
_UZBEK: Final = ("uz", "uz_Cyrl")


@dataclass(frozen=True, slots=True)
class Deny:
    """The four lists, by language: stems (`#` at the end for a whole word), and phrases."""

    telltale: Mapping[str, tuple[str, ...]]
    promise: Mapping[str, tuple[str, ...]]
    blame: Mapping[str, tuple[str, ...]]
    unsaid: Mapping[str, tuple[str, ...]]


def _phrase_lists(lists: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    """The phrases by language; those of Uzbek Cyrillic are the Uzbek ones in its letters."""
    latin, cyrillic = _UZBEK
    return {
        cyrillic: tuple(write(phrase) for phrase in lists.get(latin, ())),
        **{language: tuple(phrases) for language, phrases in lists.items()},
    }


def read_deny(file: Path) -> Deny:
    """The lists from their file."""
    data = tomllib.loads(file.read_text("utf-8"))
    return Deny(
        {language: tuple(stems.split()) for language, stems in data["telltale"].items()},
        _phrase_lists(data["promise"]),
        _phrase_lists(data["blame"]),
        _phrase_lists(data["unsaid"]),
    )


def _words(text: str) -> str:
    """The words of a text with one space around each; apostrophes in one form, hyphens and digits as gaps."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_ALIKE)
    return f" {' '.join(_OTHER.sub(' ', small).split())} "


# The stems are few and stand against every text.
@cache
def _sought(stem: str) -> str:
    """What a text's words hold where this stem stands in it: a beginning, or with `#` a whole word."""
    start = _words(stem.removesuffix("#")).rstrip()
    return f"{start} " if stem.endswith("#") else start


@cache
def _sought_folded(stem: str) -> str:
    return f" {fold(stem)}{' ' if stem.endswith('#') else ''}"


def _bare(words: str) -> str:
    return words.replace(_APOSTROPHE, "")


def _lists(language: str) -> tuple[str, ...]:
    """The lists a text is held against: its own, Russian (people mix), and both scripts of Uzbek."""
    return tuple(dict.fromkeys((language, "ru", *(_UZBEK if language in _UZBEK else ()))))


def telltales(text: str, language: str, deny: Deny) -> Iterator[str]:
    """The stems that a text holds, with apostrophes and without, and for Uzbek in the other script too."""
    words = _words(text)
    bare = _bare(words)
    for stem in (stem for code in _lists(language) for stem in deny.telltale.get(code, ())):
        if _sought(stem) in words or _sought(_bare(stem)) in bare:
            yield stem
    if language in _UZBEK:
        folded = f" {fold(text)} "
        for stem in (stem for code in _UZBEK for stem in deny.telltale.get(code, ())):
            if _sought_folded(stem) in folded:
                yield stem


def _phrases(text: str, phrases: tuple[str, ...]) -> Iterator[str]:
    small = f" {' '.join(unicodedata.normalize('NFC', text).casefold().translate(_ALIKE).split())}"
    for phrase in phrases:
        if f" {phrase.casefold().translate(_ALIKE)}" in small:
            yield phrase


def promises(text: str, language: str, deny: Deny) -> Iterator[str]:
    """The promises in a text, by the list of its language."""
    yield from _phrases(text, deny.promise.get(language, ()))


def blames(text: str, language: str, deny: Deny) -> Iterator[str]:
    """The blame and pressure in a text, by the list of its language."""
    yield from _phrases(text, deny.blame.get(language, ()))


def unsaid(text: str, language: str, deny: Deny) -> Iterator[str]:
    """What a program must not say, by the list of its language."""
    yield from _phrases(text, deny.unsaid.get(language, ()))
