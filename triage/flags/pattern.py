"""The small language frames are written in, e.g. "KILL:fut:i SAY", "DOOR > BREAK:now", "nafas + OL:neg"."""

from dataclasses import dataclass
from functools import cache

from triage.flags.suffixes import MARKS, Mark


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to fill a place: a meaning and the marks it must and must not carry.

    minds_neg: the frame says itself what a negation means here, so context does not lower it. A word written out
    in a pattern is taken as it stands.
    """

    meaning: str
    need: int
    ban: int
    minds_neg: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: its step from the place before (" " near, ">" later, "+" next), and who may fill it."""

    step: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Places within a span of words; the first one leads the search, so it should be the rarest."""

    places: tuple[Place, ...]
    span: int
    fillers: tuple[frozenset[str], ...]  # the meanings that may fill each place

    def meanings(self) -> set[str]:
        return {choice.meaning for place in self.places for choice in place.choices}

    def literals(self) -> set[str]:
        return {name for name in self.meanings() if not name.isupper()}


# Names for places that many frames share.
GROUPS = {
    "VICTIM": ("ME", "MOTHER", "CHILD", "NEIGHBOUR", "WIFE"),
    "FOE": ("MAN", "KIN", "HE"),
}


def parse(text: str, span: int) -> Pattern:
    """Read a pattern: places apart by blanks, "|" between choices, ":mark" or ":-mark" behind a meaning."""
    places: list[Place] = []
    step = " "
    for word in text.split():
        if word in (">", "+"):
            step = word
            continue
        places.append(Place(step, _any_of(word)))
        step = " "
    if not places:
        raise ValueError("an empty pattern")
    fillers = tuple(frozenset(choice.meaning for choice in place.choices) for place in places)
    return Pattern(tuple(places), span, fillers)


@cache
def _any_of(word: str) -> tuple[Choice, ...]:
    """The choices of one place; places that read alike share them, so that a text fills them once."""
    return tuple(choice for part in word.split("|") for choice in _choices(part))


def _choices(text: str) -> tuple[Choice, ...]:
    name, *marks = text.split(":")
    return tuple(_choice(":".join((meaning, *marks))) for meaning in GROUPS.get(name, (name,)))


def _choice(text: str) -> Choice:
    meaning, *marks = text.split(":")
    if not meaning:
        raise ValueError(f"a place without a meaning in {text!r}")
    need, ban = Mark.NONE, Mark.NONE
    if meaning.endswith("^") and not {"neg", "any"} & set(marks):
        ban |= Mark.NEG  # a verb written out is a deed, not its denial
    for mark in marks:
        if mark == "any":
            continue
        if mark.startswith("-"):
            ban |= MARKS[mark[1:]]
        else:
            need |= MARKS[mark]
    return Choice(meaning, need, ban, bool((need | ban) & Mark.NEG) or "any" in marks or not meaning.isupper())
