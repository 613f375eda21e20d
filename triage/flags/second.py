"""The second reader: a logistic regression that may lift a text from none to high and shows where it looked.

It reads character runs of the skeleton, whole words, and the lexicon's meanings alone and in pairs. It was trained on
lines written for this project only (`triage.flags.training`); its weights are a file of numbers, not a program.
"""

import math
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, combinations

from triage.flags.hits import Hits, Meant
from triage.flags.keys import Tokens, bones
from triage.flags.reading import FLAGS, Flag
from triage.flags.suffixes import MARKS, Mark
from triage.flags.weights import Weights

RUNS = (3, 4, 5)  # lengths of the character runs
WINDOW, STEP = 20, 10  # words read at once in a long text, and how far the window moves on
WARMEST = 3  # windows of a long text that are read in full: bounds the time
# How far below the threshold a text may lie where a frame speaks too: log odds. A word of danger is in many a harmless
# text, and one frame has seen only that.
COMPANY = 2.25
# The sorts of features (runs, words, meanings, pairs of meanings), and how much each sort weighs as a whole.
Seen = tuple[set[str], set[str], set[str], set[str]]
SCALES = (1.5, 0.7, 1.0, 1.0)
# A sort never counts as fewer features than this: three words are little evidence, whatever they look like. Chosen,
# like the pull in `training`, by cross-validation by scenario.
LEAST = (40, 6, 4, 6)
NOTHING: Seen = (set(), set(), set(), set())
_ITS_OWN = frozenset("äüñı")  # letters no Uzbek spelling habit makes
_MARKED = tuple((MARKS[label], label) for label in ("neg", "now", "past", "fut", "i"))
# Beginnings of words that tell Karakalpak, where w is a sound of its own, from Uzbek chat spelling, where w is sh.
_KARAKALPAK = (
    "menen", "atir", "uşin", "bolip", "emes", "jok", "magan", "bugin", "otirman", "turip", "deidi",
    "kiatir", "kerek", "kaldi", "aşir", "kaşip", "sabaş", "buşin", "sinaş", "daşis", "taşip", "haşli",
    "jiber", "juşap", "suşik", "kuieş", "koniraş", "jumis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lift:
    """A text that the second reader lifts: likely flags, and the words (first, last) that weighed most."""

    flags: tuple[Flag, ...]
    words: tuple[tuple[int, int], ...]


def coarse(tokens: Tokens) -> list[str]:
    """The skeletons once more folded, so that no spelling habit is left that could change a verdict."""
    words = tokens.skeleton
    if any("w" in word for word in tokens.plain) and _is_karakalpak(tokens):
        pairs = zip(tokens.plain, words, strict=True)
        words = [bones(plain.replace("w", "u")) if "w" in plain else word for plain, word in pairs]
    return "\n".join(words).replace("u", "o").split("\n")  # у typed for ў: here o, ö and u are one letter


def _is_karakalpak(tokens: Tokens) -> bool:
    if any("w" in word and not _ITS_OWN.isdisjoint(word) for word in tokens.exact):
        return True
    return any(word.startswith(_KARAKALPAK) for word in tokens.skeleton)


def features(words: list[str], meanings: dict[str, int]) -> Seen:
    """What the second reader sees of one window of words, sort by sort."""
    return *_plain_features(words, meanings), {f"p:{one}+{two}" for one, two in combinations(sorted(meanings), 2)}


def _plain_features(words: list[str], meanings: dict[str, int]) -> tuple[set[str], set[str], set[str]]:
    text = " " + " ".join(words) + " "
    runs = {text[at : at + run] for run in RUNS for at in range(len(text) - run + 1)}
    whole = {"w:" + word for word in words}
    whole.update(["q:" + word[:5] for word in words if len(word) > 5])
    alone = {"c:" + name for name in meanings}
    marked = [(name, marks) for name, marks in meanings.items() if marks]
    alone.update([f"c:{name}:{label}" for name, marks in marked for mark, label in _MARKED if mark & marks])
    return runs, whole, alone


def shares(seen: Seen) -> tuple[float, ...]:
    """How much one feature of each sort counts: less, the more of its sort there are."""
    sorts = zip(SCALES, LEAST, seen, strict=True)
    return tuple(scale / max(least, len(sort)) ** 0.5 for scale, least, sort in sorts)


def windows(count: int, warmth: list[float]) -> list[tuple[int, int]]:
    """The stretches of words read one at a time: all of a short text, the warmest few of a long one."""
    if count <= WINDOW:
        return [(0, count)]
    spans = [(first, min(first + WINDOW, count)) for first in range(0, count - (WINDOW - STEP), STEP)]
    if len(spans) <= WARMEST:
        return spans
    sums = [0.0, *accumulate(warmth)]
    return nlargest(WARMEST, spans, key=lambda span: sums[span[1]] - sums[span[0]])


def _warmth(weights: Weights, words: list[str], spoken: list[Meant]) -> list[float]:
    """A first guess, word by word: the weights of the word itself and of its meanings."""
    known = weights.raising
    return [
        known.get("w:" + word, 0.0) + sum([known.get("c:" + name, 0.0) for name, _ in meanings])
        for word, meanings in zip(words, spoken, strict=True)
    ]


def by_word(hits: Hits, count: int) -> list[Meant]:
    """The meanings of each word with their marks."""
    spoken: list[Meant] = [[] for _ in range(count)]
    for name, places in hits.items():
        if name.isupper():
            for at, marks in places:
                spoken[at].append((name, marks))
    return spoken


def together(spoken: list[Meant]) -> dict[str, int]:
    """The meanings of a stretch of words, each with all marks it carries there."""
    found: dict[str, int] = {}
    for meanings in spoken:
        for name, marks in meanings:
            found[name] = found.get(name, 0) | marks
    return found


def raise_score(weights: Weights, words: list[str], meanings: dict[str, int]) -> float:
    """The log odds of raising: each sort of features weighed by its share, the pairs without writing them out."""
    runs, whole, alone = _plain_features(words, meanings)
    names = sorted(meanings)
    total: float = weights.bias
    known = weights.raising
    for scale, least, sort in zip(SCALES, LEAST, (runs, whole, alone), strict=False):
        total += scale / max(least, len(sort)) ** 0.5 * sum([known[name] for name in sort if name in known])
    joint = 0.0
    for at, one in enumerate(names):
        if row := weights.pairs.get(one):
            joint += sum([row[two] for two in names[at + 1 :] if two in row])
    share: float = SCALES[3] / max(LEAST[3], len(names) * (len(names) - 1) / 2) ** 0.5
    return total + share * joint


# Deeds and things that are danger unless they are denied, and contexts in which they are a story.
_DANGERS = frozenset(
    ("HIT", "KILL", "SLAY", "CHOKE", "THREATEN", "ARM", "LOCK", "RAPE", "FORCE", "FOLLOW", "SUICIDE", "BLOWS", "GROPE")
)
_STORIES = frozenset(("FILM", "GAME", "JOKE"))


def lowers(meanings: dict[str, int], spoken: list[Meant]) -> bool:
    """A context that lowers the lift by its one band: a story, or every danger that is named is denied."""
    if "BUT" not in meanings and not _STORIES.isdisjoint(meanings):
        return True
    marks = [mark for word in spoken for name, mark in word if name in _DANGERS]
    return bool(marks) and all(mark & Mark.NEG for mark in marks)


def lift(weights: Weights, tokens: Tokens, hits: Hits) -> Lift | None:
    """Lift the text if any window of it speaks of danger more than the threshold."""
    words = coarse(tokens)
    spoken = by_word(hits, len(words))
    warmth = _warmth(weights, words, spoken) if len(words) > WINDOW else []
    best, where = weights.threshold, None
    for first, last in windows(len(words), warmth):
        meanings = together(spoken[first:last])
        value = raise_score(weights, words[first:last], meanings)
        if value > best and not lowers(meanings, spoken[first:last]):
            best, where = value, (first, last)
    if where is None:
        return None
    seen = features(words[where[0] : where[1]], together(spoken[where[0] : where[1]]))
    return Lift(_likely_flags(weights, seen), _heaviest(weights.raising, words, where))


def agrees(weights: Weights, tokens: Tokens, hits: Hits, first: int, last: int) -> bool:
    """Whether the second reader, at a much lower bar, is of one mind with the one frame that spoke of these words."""
    words = coarse(tokens)
    begin = max(0, min(first - (WINDOW - 1 - last + first) // 2, len(words) - WINDOW))
    end = max(begin + WINDOW, last + 1)
    meanings = together(by_word(hits, len(words))[begin:end])
    return raise_score(weights, words[begin:end], meanings) > weights.threshold - COMPANY


def _likely_flags(weights: Weights, seen: Seen) -> tuple[Flag, ...]:
    """The flags that speak for themselves; the likeliest one if none does.

    Never that somebody else writes: a likeness is no ground to treat her as him. Then it raises and names nothing.
    """
    odds = dict(weights.flag_bias)
    for share, sort in zip(shares(seen), seen, strict=True):
        for name in sort & weights.flags.keys():
            for flag, weight in weights.flags[name]:
                odds[flag] += share * weight
    if not odds:
        return ()
    likeliest = max(FLAGS, key=lambda flag: odds.get(flag, -math.inf))
    named = tuple(flag for flag in FLAGS if odds.get(flag, -1.0) > 0.0) or (likeliest,)
    return tuple(flag for flag in named if flag != "perpetrator_writing")


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
