"""Uzbek in other letters: Cyrillic, and the letters of the 2026 reform, both derived from the Latin of our texts."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

EXCEPTIONS: Final = Path(__file__).resolve().parents[1] / "locales" / "uz_Cyrl" / "exceptions.toml"


class Script(StrEnum):
    """What a text can be written in beside the Latin letters of 1995."""

    CYRILLIC = "cyrillic"
    REFORM = "reform"


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What the rules cannot know: stems of loans, sequences of loans, and names that keep their letters.

    `stems` maps Latin to Cyrillic, whole words marked by # at their end. `units` finds the next letters to convert in a
    small word, `pieces` what is never converted in a text (shielded), and its words. `reviewed_by` is empty while no
    native reader has looked at the result.
    """

    stems: Mapping[str, str]
    inside: Mapping[str, str]
    kept: tuple[str, ...]
    reviewed_by: str
    units: re.Pattern[str]
    pieces: re.Pattern[str]


# The letters of 1995 to Cyrillic; longer ones are tried first, and yoʻ before yo. Letters of both scripts that stand
# here on neither side pass as they are.
_CYRILLIC: Final[Mapping[str, str]] = {
    "yoʻ": "йў", "sʼh": "сҳ", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е",
    "a": "а", "b": "б", "d": "д", "f": "ф", "g": "г", "h": "ҳ", "i": "и", "j": "ж", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "x": "х", "y": "й",
    "z": "з", "ʼ": "ъ",
}  # fmt: skip
_REFORM: Final[Mapping[str, str]] = {"oʻ": "ö", "gʻ": "ğ", "sh": "ş", "ch": "ç"}
# After one of these, and where a word begins, the sound e is э.
_OPEN: Final = frozenset("аеёиоуўэюяъaeiou")
# A word with w, or with c that is not ch, is no Uzbek word.
_FOREIGN: Final = re.compile("w|c(?!h)")
_SHIELDED: Final = (
    r"\{[^{}]*\}",
    r"https?://\S+",
    r"\b(?:www\.|t\.me/)\S+",
    r"[\w.+-]*@[\w.]+",
    r"(?<!\w)/[A-Za-z_]+",
    r"\b[A-Za-z]+(?:_[A-Za-z]+)+\b",
    r"\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:uz|com|org|net|ru)\b(?:/\S*)?",
)


def _longest_first(parts: Mapping[str, str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))


_REFORMED: Final = re.compile(f"{_longest_first(_REFORM)}|.", re.DOTALL)


@cache
def exceptions(file: Path = EXCEPTIONS) -> Exceptions:
    """The exceptions in a file. Raises OSError, or ValueError for a file that is no such list."""
    data = tomllib.loads(file.read_text("utf-8"))
    inside, kept = data["inside"], tuple(data["kept"])
    pieces = "|".join((*(f"(?:{pattern})" for pattern in _SHIELDED), rf"(?<!\w)(?:{_longest_first(kept)})"))
    return Exceptions(
        data["stems"],
        inside,
        kept,
        data["reviewed_by"],
        re.compile(f"{_longest_first({**inside, **_CYRILLIC})}|.", re.DOTALL),
        re.compile(rf"(?P<shielded>{pieces})|(?P<word>[^\W\d_]+)"),
    )


def _small(word: str) -> str:
    """The word in small letters, no longer than it was: İ alone would become two."""
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in word)


def _cased(cyrillic: str, latin: str) -> str:
    """The result in the case of what it stands for: first letters and shouting stay so."""
    if len(latin) > 1 and latin.isupper() and len(cyrillic) > 1:
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if latin[:1].isupper() else cyrillic


def _stem(small: str, stems: Mapping[str, str]) -> tuple[int, str]:
    """How many letters of the word an exception covers, and what they become; 0 where there is none."""
    if f"{small}#" in stems:
        return len(small), stems[f"{small}#"]
    for end in range(len(small), 1, -1):
        if small[:end] in stems and small[end : end + 1] != "ʻ":
            found = stems[small[:end]]
            return end, found if end == len(small) else found.removesuffix("ь")
    return 0, ""


def _letters(small: str, word: str, last: str, known: Exceptions) -> Iterator[str]:
    """Letter for letter; `last` is what stands before, for the two letters of e."""
    for found in known.units.finditer(small):
        unit, latin = found[0], word[found.start() : found.end()]
        if unit == "e":
            made = "э" if not last or last in _OPEN else "е"
        else:
            made = known.inside.get(unit) or _CYRILLIC.get(unit, latin)
        last = made[-1].lower()
        yield _cased(made, latin)


def _to_cyrillic(word: str, before: str, known: Exceptions) -> str:
    small = _small(word)
    covered, stem = (0, "") if before else _stem(small, known.stems)
    head = _cased(stem, word[:covered])
    return head + "".join(_letters(small[covered:], word[covered:], stem[-1:] or before, known))


def _to_reform(word: str, _before: str, _known: Exceptions) -> str:
    def letter(found: re.Match[str]) -> str:
        latin = word[found.start() : found.end()]
        return _cased(_REFORM[found[0]], latin) if found[0] in _REFORM else latin

    return _REFORMED.sub(letter, _small(word))


_WRITE: Final[Mapping[Script, Callable[[str, str, Exceptions], str]]] = {
    Script.CYRILLIC: _to_cyrillic,
    Script.REFORM: _to_reform,
}


def write(text: str, script: Script = Script.CYRILLIC, known: Exceptions | None = None) -> str:
    """A text in the Uzbek Latin of 1995, written in other letters. Never raises.

    Placeholders in braces, commands and their words, @names, addresses of the net, the kept names and foreign words
    stay as they are, and so does whatever is no Latin letter: a text in Cyrillic comes back unchanged. The result is
    NFC.
    """
    table = known or exceptions()

    def piece(found: re.Match[str]) -> str:
        word = found["word"]
        if word is None or _FOREIGN.search(_small(word)):
            return found[0]
        before = whole[found.start() - 1] if found.start() else ""
        return _WRITE[script](word, before.lower() if before.isalpha() else "", table)

    whole = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", table.pieces.sub(piece, whole))
