"""What typed text means at this step. Pure, and it never raises: whatever cannot be read is words.

The order is fixed, and the first that fits decides: the way out; what this screen itself offers (a number, a label, a
language by name); a person; is it a program; erase; another language; else her own words, which stay hers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from dialogs import ways
from dialogs.bundle import Region
from dialogs.flows.road import LIVE
from dialogs.kinds import Choice, Effect, Step
from dialogs.letters import fold, one_slip, spellings
from dialogs.manner import AS_USUAL, Manner
from dialogs.screen import asked_in, label_keys, listens, rows_of
from dialogs.words import Catalogs

# Telegram's longest message; more is never compared.
LONGEST: Final = 4096
# A phrase inside a message longer than this is a story, not a request.
_REQUEST_WORDS: Final = 8
_QUESTION_WORDS: Final = 8
_TYPED: Final = re.compile(r"\w+")
# Exit words of this length are heard with one slip of the finger; shorter ones would be found in ordinary words.
_SLIP_FROM: Final = 6
# Where a screen has no plain yes or no, these answer as one.
_MEANT: Final[Mapping[str, str]] = {"agree": "yes", "disagree": "no", "goon": "yes", "stop": "no"}


@dataclass(frozen=True, slots=True)
class Exit:
    """She wants out."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of this step, said in words or by its number."""

    choice: str


@dataclass(frozen=True, slots=True)
class WantsPerson:
    """She asks for a person."""


@dataclass(frozen=True, slots=True)
class AsksProgram:
    """She asks whether this is a program: the answer is always yes."""


@dataclass(frozen=True, slots=True)
class WantsErase:
    """She asks to erase everything."""


@dataclass(frozen=True, slots=True)
class WantsLanguage:
    """She asks for another language; `code` when she named an offered one."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Her own words, kept as she wrote them."""

    text: str


Heard = Exit | Chosen | WantsPerson | AsksProgram | WantsErase | WantsLanguage | Words


@cache
def _folded(kind: str) -> frozenset[str]:
    table: Mapping[str, tuple[str, ...]] = getattr(ways, kind)
    return frozenset(form for said in table.values() for way in said for form in spellings(way))


def _as_typed(text: str) -> str:
    """The words of a text in small letters, in the script they were typed in."""
    return " ".join(_TYPED.findall(text.casefold()))


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What names a language: as it is typed, and folded."""
    named = [(name, code) for code, names in ways.NAMES.items() for name in names]
    return {_as_typed(name): code for name, code in named}, {fold(name): code for name, code in reversed(named)}


def _named(text: str, said: str, offered: tuple[str, ...]) -> str:
    """The offered language that a whole message names, or "". Who types ўзбекча is answered in those letters."""
    typed, folded = _names()
    found = (typed.get(_as_typed(text[:LONGEST]), ""), folded.get(said, ""))
    return next((code for code in found if code in offered), "")


def is_exit(said: str, region: Region) -> bool:
    """Whether a folded message is a way out: a general word, or the region's own with at most one slip."""
    return said in _folded("OUT") or any(
        said == word or (len(word) >= _SLIP_FROM and one_slip(said, word)) for word in region.exit_words()
    )


def is_courtesy(text: str) -> bool:
    """Whether a whole message greets or thanks, and says nothing more."""
    return fold(text[:LONGEST]) in _folded("COURTESY")


def _labels(step: Step, choice: Choice, language: str, catalogs: Catalogs) -> frozenset[str]:
    """What a button may be called: as it is written, and as a screen reader says it."""
    keys = (choice.key, *(key for key in label_keys(step, choice) if key in catalogs.english))
    return frozenset(form for key in keys for label in catalogs.labels(language, key) for form in spellings(label))


def _meant(said: str, choices: tuple[Choice, ...], language: str, catalogs: Catalogs) -> str | None:
    """A plain yes or no where the screen words it otherwise."""
    plain = {choice.id for choice in choices} & {"yes", "no"}
    for choice in () if plain else choices:
        meant = _MEANT.get(choice.id)
        if meant and said in {fold(label) for label in catalogs.labels(language, meant)}:
            return choice.id
    return None


def _chosen(
    text: str, said: str, step: Step, language: str, catalogs: Catalogs, region: Region, manner: Manner
) -> str | None:
    only = asked_in(step, language, region.offered(catalogs.offered))
    rows = rows_of(step, only, listens=listens(step, language, region, manner))
    choices = tuple(choice for row in rows for choice in row)
    if said.isdecimal() and said.isascii():
        place = int(said[:3])
        listed = step.id not in LIVE and 0 < place <= len(choices)
        return choices[place - 1].id if listed else None
    named = _named(text, said, only)
    for choice in choices:
        if choice.effect is Effect.LANGUAGE and named:
            if choice.value == named:
                return choice.id
        elif said in _labels(step, choice, language, catalogs):
            return choice.id
    return _meant(said, choices, language, catalogs) if step.question else None


def _asks_person(said: str) -> bool:
    if said in _folded("PERSON"):
        return True
    return len(said.split()) <= _REQUEST_WORDS and any(
        f" {phrase}" in f" {said}" for phrase in _folded("PERSON_PHRASES")
    )


def _asks_program(said: str) -> bool:
    ways_of_asking = _folded("PROGRAM")
    return said in ways_of_asking or (
        len(said.split()) <= _QUESTION_WORDS and any(f" {way} " in f" {said} " for way in ways_of_asking if " " in way)
    )


def _request(text: str, said: str, step: Step, catalogs: Catalogs, region: Region) -> Heard | None:
    """What may be asked in any state, in the documented order."""
    if _asks_person(said) and step.id not in LIVE:
        return WantsPerson()
    if _asks_program(said):
        return AsksProgram()
    if said in _folded("ERASE"):
        return WantsErase()
    named = _named(text, said, region.offered(catalogs.offered))
    if named or said in _folded("LANGUAGE"):
        return WantsLanguage(named)
    return None


def hear(text: str, step: Step, language: str, catalogs: Catalogs, region: Region, manner: Manner = AS_USUAL) -> Heard:
    """What a typed message means on this screen, as she was shown it."""
    said = fold(text[:LONGEST])
    if not said:
        return Words(text)
    if is_exit(said, region):
        return Exit()
    chosen = _chosen(text, said, step, language, catalogs, region, manner)
    if chosen is not None:
        return Exit() if chosen == "exit" else Chosen(chosen)
    # Between two people the program answers nothing: "are you a program?" is then a question to the counsellor. Only
    # the language in which they talk is also the screens'.
    if step.id == "talking":
        named = _named(text, said, region.offered(catalogs.offered))
        return WantsLanguage(named) if named not in {"", language} else Words(text)
    return _request(text, said, step, catalogs, region) or Words(text)
