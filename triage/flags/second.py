"""The second reader: a logistic regression that may lift a text from none to high, never more, and shows where it looked.

It reads character runs of the skeleton, whole words, and the lexicon's meanings alone and in pairs. It was trained on
lines written for this project only (`triage.flags.training`); its weights are a file of numbers, not a program.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations

from triage.flags.keys import Tokens, bones
from triage.flags.matching import Hits
from triage.flags.reading import FLAGS, Flag
from triage.flags.suffixes import Mark

RUNS = (3, 4, 5)  # lengths of the character runs
WINDOW, STEP = 28, 18  # words read at once in a long text, and how far the window moves on
_FOLD = str.maketrans("u", "o")  # у typed for ў: here o, ö and u are one letter
_MARKED = ((Mark.NEG, "neg"), (Mark.NOW, "now"), (Mark.PAST, "past"), (Mark.FUT, "fut"), (Mark.I, "i"))
# Words that tell Karakalpak, where w is a vowel's neighbour, from Uzbek chat spelling, where w is sh.
_KARAKALPAK = frozenset("menen atir atirman uşin bolip emes jok magan bugin otirman turip deidi kiatir kerek emespen kaldi".split())


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained numbers: of raising, and of each flag once a text is raised."""

    bias: float
    threshold: float
    raising: dict[str, float]
    flags: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Lift:
    """A text that the second reader lifts: likely flags, and the words (first, last) that weighed most."""

    flags: tuple[Flag, ...]
    words: tuple[tuple[int, int], ...]


def load_weights() -> Weights:
    """The weights that ship with the package."""
    data = json.loads((files("triage.flags") / "weights.json").read_text(encoding="utf-8"))
    return Weights(data["bias"], data["threshold"], data["raising"], data["flags"])


def coarse(tokens: Tokens) -> list[str]:
    """The skeletons once more folded, so that no spelling habit is left that could change a verdict."""
    words = tokens.skeleton
    if any("w" in word for word in tokens.plain) and _is_karakalpak(tokens):
        words = [bones(plain.replace("w", "u")) if "w" in plain else word for plain, word in zip(tokens.plain, words, strict=True)]
    return [word.translate(_FOLD) for word in words]


def _is_karakalpak(tokens: Tokens) -> bool:
    return not _KARAKALPAK.isdisjoint(tokens.skeleton) or any("w" in word and not word.isascii() for word in tokens.exact)


def features(words: list[str], meanings: dict[str, Mark]) -> set[str]:
    """What the second reader sees of one window of words."""
    text = " " + " ".join(words) + " "
    seen = {text[at : at + run] for run in RUNS for at in range(len(text) - run + 1)}
    seen.update("w:" + word for word in words)
    seen.update("q:" + word[:5] for word in words if len(word) > 5)
    names = sorted(meanings)
    seen.update("c:" + name for name in names)
    seen.update(f"c:{name}:{label}" for name in names for mark, label in _MARKED if mark & meanings[name])
    seen.update(f"p:{one}+{two}" for one, two in combinations(names, 2))
    return seen


def windows(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The stretches of words that are read one at a time: the whole of a short text, overlapping ones of a long text."""
    count = len(tokens)
    for first in range(0, max(1, count - (WINDOW - STEP)), STEP):
        yield first, min(first + WINDOW, count)


def meanings_between(hits: Hits, first: int, last: int) -> dict[str, Mark]:
    """The meanings of words first (inclusive) to last (exclusive), each with all marks it carries there."""
    found: dict[str, Mark] = {}
    for name, places in hits.items():
        if name.isupper():
            for at, mark in places:
                if first <= at < last:
                    found[name] = found.get(name, Mark.NONE) | mark
    return found


def score(weights: dict[str, float], bias: float, seen: set[str]) -> float:
    """The log odds: features count less the more of them there are."""
    total: float = sum(weights[name] for name in seen if name in weights)
    return bias + total / max(1.0, len(seen)) ** 0.5


def lift(weights: Weights, tokens: Tokens, hits: Hits) -> Lift | None:
    """Lift the text if any window of it speaks of danger more than the threshold."""
    words = coarse(tokens)
    best, where, what = weights.threshold, None, set[str]()
    for first, last in windows(tokens):
        seen = features(words[first:last], meanings_between(hits, first, last))
        if (value := score(weights.raising, weights.bias, seen)) > best:
            best, where, what = value, (first, last), seen
    if where is None:
        return None
    return Lift(_likely_flags(weights, what), _heaviest(weights.raising, words, where))


def _likely_flags(weights: Weights, seen: set[str]) -> tuple[Flag, ...]:
    """The flags that speak for themselves; the likeliest one if none does."""
    odds = {flag: score(weights.flags[flag], weights.flags[flag].get("", 0.0), seen) for flag in FLAGS if flag in weights.flags}
    if not odds:
        return ()
    sure = tuple(flag for flag in FLAGS if odds.get(flag, -1.0) > 0.0)
    return sure or (max(odds, key=lambda flag: odds[flag]),)


def _heaviest(weights: dict[str, float], words: list[str], where: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The three words whose character runs weighed most, in order."""
    first, last = where
    pull = {at: _word_weight(weights, words[at]) for at in range(first, last)}
    top = sorted(sorted(pull, key=lambda at: -pull[at])[:3])
    return tuple((at, at) for at in top if pull[at] > 0) or ((first, last - 1),)


def _word_weight(weights: dict[str, float], word: str) -> float:
    text = f" {word} "
    runs = (text[at : at + run] for run in RUNS for at in range(len(text) - run + 1))
    return sum(weights.get(run, 0.0) for run in runs) + weights.get("w:" + word, 0.0)
