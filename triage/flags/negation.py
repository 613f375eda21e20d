"""Negation: which words of a text a denying word turns."""

import re

from triage.flags.suffixes import Mark

Hits = dict[str, list[tuple[int, int]]]

# Which neighbours a negating word turns, in words from it.
_NEGATIONS = {"NOT_NEXT": (1,), "NOT_NEXT_TWO": (1, 2, 3), "NOT_BACK": (-1, -2)}


def spread_negation(hits: Hits) -> None:
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
    if not turned:
        return
    for meaning, places in hits.items():
        if not meaning.startswith("NOT_"):
            hits[meaning] = [(at, mark | Mark.NEG if at in turned else mark) for at, mark in places]


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


def negate_converbs(hits: Hits, words: list[str]) -> None:
    """A negated auxiliary denies the deed before it and says nothing itself: "qamab qoʻymagan", "urib koʻrmagan"."""
    places = {at for name in _AUXILIARIES for at, mark in hits.get(name, ()) if at and mark & Mark.NEG}
    helping = {at for at in places if _CONVERB.search(words[at - 1])}
    for meaning, found in list(hits.items()) if helping else ():
        kept = [(at, mark) for at, mark in found if at not in helping or meaning not in _AUXILIARIES]
        hits[meaning] = [(at, mark | Mark.NEG if at + 1 in helping else mark) for at, mark in kept]
