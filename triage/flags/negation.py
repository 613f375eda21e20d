"""Negation: which words of a text a denying word turns."""

import re

from triage.flags.hits import Hits, Meant
from triage.flags.lexicon import NUMBERS
from triage.flags.suffixes import Mark

# Which neighbours a negating word turns, in words from it.
_NEGATIONS = {"NOT_NEXT": (1,), "NOT_NEXT_TWO": (1, 2, 3), "NOT_BACK": (-1, -2)}


def spread_negation(hits: Hits, said: list[Meant]) -> None:
    """A negating word turns its neighbours: what follows in Russian and English, what stands before in Uzbek.

    It turns no word of another sentence, and a "no" before "he" only answers: "No, he is beating me."
    """
    opens = {at for at, _ in hits.get(".", ())}
    actors = {at for at, _ in hits.get("HE", ())}
    turned: set[int] = set()
    for name, steps in _NEGATIONS.items():
        for at, _ in hits.get(name, ()):
            if name != "NOT_NEXT_TWO" or at + 1 not in actors:
                turned |= _turned(at, steps, opens)
    for meaning in _meant_by(turned, said) & hits.keys():
        if not meaning.startswith("NOT_"):
            hits[meaning] = [(at, mark | Mark.NEG if at in turned else mark) for at, mark in hits[meaning]]


# Meanings that no word has by itself.
_ANYWHERE = {".", "BUT", *(name for name, _, _ in NUMBERS)}


def _meant_by(words: set[int], said: list[Meant]) -> set[str]:
    """The meanings that these words may carry; in a long text most others are left alone."""
    meant = {meaning for at in words if 0 <= at < len(said) for meaning, _ in said[at]}
    return meant | _ANYWHERE if words else meant


def _turned(at: int, steps: tuple[int, ...], opens: set[int]) -> set[int]:
    """The words so many steps from a negation, up to where its sentence begins or ends."""
    found = set()
    for step in steps:
        if (at + step if step > 0 else at + step + 1) in opens:
            break
        found.add(at + step)
    return found


_AUXILIARIES = ("STAY", "LET", "STAND", "SEE", "GO")
_CONVERB = re.compile("[aeiou][bp]$")


def negate_converbs(hits: Hits, said: list[Meant], words: list[str]) -> None:
    """A negated auxiliary denies the deed before it and says nothing itself: "qamab qoʻymagan", "urib koʻrmagan"."""
    places = {at for name in _AUXILIARIES for at, mark in hits.get(name, ()) if at and mark & Mark.NEG}
    helping = {at for at in places if _CONVERB.search(words[at - 1])}
    for meaning in _meant_by({near for at in helping for near in (at - 1, at)}, said) & hits.keys():
        kept = [(at, mark) for at, mark in hits[meaning] if at not in helping or meaning not in _AUXILIARIES]
        hits[meaning] = [(at, mark | Mark.NEG if at + 1 in helping else mark) for at, mark in kept]
