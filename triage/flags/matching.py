"""Frames laid over the words of one text: which of them fit, where, and whether a negation stood in the way."""

from bisect import bisect_left
from dataclasses import dataclass

from triage.flags.hits import Hits, Meant
from triage.flags.keys import Tokens
from triage.flags.lexicon import NUMBERS, Entry, Frame, Lexicon
from triage.flags.negation import negate_converbs, spread_negation
from triage.flags.pattern import Pattern, Place
from triage.flags.reach import Masks, may_meet
from triage.flags.suffixes import Mark

Known = dict[str, Meant]  # by a word's exact key
LIGHT = ("FILM", "GAME", "COOK", "JOKE", "NEWS", "SALE", "ASKED")  # contexts that make less of what they speak of
Filled = list[tuple[int, bool]]  # words that fill a place, in order, and whether an unasked negation lies on them


@dataclass(frozen=True, slots=True)
class Fit:
    """A frame that fits: its first and last word, and whether an unasked negation lies on it."""

    frame: Frame
    first: int
    last: int
    negated: bool


def find_words(lexicon: Lexicon, tokens: Tokens, known: Known | None = None) -> Hits:
    """Every meaning found in the text, with word positions in order and the marks its ending carries.

    known: what was found out about the words of this very text before; long texts repeat their words.
    """
    hits: Hits = {}
    known = {} if known is None else known
    for at, word in enumerate(tokens.exact):
        meanings = known.get(word)
        if meanings is None:
            meanings = known[word] = _meanings(lexicon, (tokens.skeleton[at], tokens.plain[at], word))
        for meaning, marks in meanings:
            places = hits.get(meaning)
            if places is None:
                hits[meaning] = [(at, marks)]
            else:
                places.append((at, marks))
    if tokens.opens:
        hits["."] = [(at, Mark.NONE) for at in tokens.opens]
    _note_numbers(hits, tokens.plain)
    _settle_but(hits)
    _drop_idioms(hits)
    said = [known[word] for word in tokens.exact]
    spread_negation(hits, said)
    negate_converbs(hits, said, tokens.skeleton)
    return hits


def _meanings(lexicon: Lexicon, keys: tuple[str, str, str]) -> Meant:
    """What a word means by any of its keys, from the loosest to the strictest."""
    found: dict[tuple[str, int], None] = {}
    for word, (whole, starts) in zip(keys, lexicon.layers, strict=True):
        for entry in whole.get(word, ()):
            found[entry.meaning, entry.marks] = None
        # Some stem goes on like this, or one of two letters ends here.
        if starts and (word[:3] in starts or starts.get(word[:2])):
            _follow(starts, word, found)
    return list(found)


def _follow(starts: dict[str, tuple[Entry, ...]], word: str, found: dict[tuple[str, int], None]) -> None:
    look = starts.get
    for size in range(2, len(word) + 1):
        entries = look(word[:size])
        if entries is None:
            break
        if entries:
            rest = word[size:]
            for entry in entries:
                marks = entry.ending(rest)
                if marks is not None and not (entry.never and word.startswith(entry.never)):
                    found[entry.meaning, marks | entry.marks] = None


def _note_numbers(hits: Hits, words: list[str]) -> None:
    """Digits that may be a minor's age or a school year."""
    for at, word in enumerate(words):
        if word.isdecimal() and len(word) <= 2:
            for meaning, low, high in NUMBERS:
                if low <= int(word) <= high:
                    hits.setdefault(meaning, []).append((at, Mark.NONE))


def _settle_but(hits: Hits) -> None:
    """The Russian "а" turns a sentence, the English "a" is an article; both are one key, so the other words decide."""
    turns = hits.pop("BUT_A", None)
    if hits.pop("ENGLISH", None) is None and turns:
        hits["BUT"] = sorted([*hits.get("BUT", ()), *turns])


def _drop_idioms(hits: Hits) -> None:
    """Tajik calls, shouts and plays ball with the verb of hitting: after such a noun it is no blow."""
    if idioms := {at + 1 for at, _ in hits.get("NO_HIT_NEXT", ())}:
        for meaning in ("HIT", "STAB", "BREAK"):
            kept = [(at, mark) for at, mark in hits.pop(meaning, ()) if at not in idioms]
            if kept:
                hits[meaning] = kept


def fits(lexicon: Lexicon, hits: Hits, words: int) -> list[Fit]:
    """Every frame that fits a text of so many words, each at its best place: one without a negation if there is one."""
    present = set(hits)
    chosen: dict[int, Fit] = {}
    filled: dict[int, Filled] = {}
    masks: Masks = {}
    for number, order in sorted({lead for meaning in present for lead in lexicon.leads.get(meaning, ())}):
        frame = lexicon.frames[number]
        if number in chosen and not chosen[number].negated:
            continue
        pattern = frame.patterns[order]
        if words > frame.most or not _may_fit(pattern, present):
            continue
        if words <= _REACH and _whole(present) and not frame.without.isdisjoint(present):
            continue  # everything is within reach of a short text
        if words > _LONG and not may_meet(pattern, hits, masks):
            continue
        found = _best(frame, pattern, hits, filled)
        if found is None or any(in_scope(name, found, hits) for name in frame.without & present):
            continue
        if number not in chosen or not found.negated:
            chosen[number] = found
    return [chosen[number] for number in sorted(chosen)]


def in_scope(name: str, found: Fit, hits: Hits, *, denied: bool = True) -> bool:
    """A context word counts within reach of a frame, unless a "but" stands between (or it is denied: "no joke").

    What makes less of danger speaks of its own sentence only: "I baked bread. He has a knife."
    """
    for at, mark in hits.get(name, ()):
        if mark & Mark.NEG and not denied:
            continue
        low, high = min(at, found.first), max(at, found.last)
        if high - low > _REACH or (name in LIGHT and _apart(at, found, hits)):
            continue
        if not any(low < but < high for but, _ in hits.get("BUT", ())):
            return True
    return False


def _apart(at: int, found: Fit, hits: Hits) -> bool:
    """Whether a sentence opens between a word and the frame."""
    opens = hits.get(".", [])
    last, first = (found.first, at) if at < found.first else (at, found.last)
    later = bisect_left(opens, (first + 1, 0))
    return later < len(opens) and opens[later][0] <= last


def _whole(present: set[str]) -> bool:
    """Whether nothing in the text ends the reach of a context."""
    return "BUT" not in present and "." not in present


def _may_fit(pattern: Pattern, present: set[str]) -> bool:
    return not any(map(present.isdisjoint, pattern.fillers))


_LONG = 40  # words from which a first look at the distances pays
_REACH = 12  # words over which a context counts
_MOST_STARTS = 24  # places of the leading meaning that are tried; bounds the time on a text that repeats one word


def _best(frame: Frame, pattern: Pattern, hits: Hits, known: dict[int, Filled]) -> Fit | None:
    filled = []
    for place in pattern.places:
        if id(place.choices) not in known:
            known[id(place.choices)] = _fill(place, hits)
        filled.append(known[id(place.choices)])
    if not all(filled):
        return None
    best: Fit | None = None
    for start in filled[0][:_MOST_STARTS]:
        if (found := _walk(pattern, filled, start)) is not None:
            best = Fit(frame, *found)
            if not best.negated:
                return best
    return best


def _fill(place: Place, hits: Hits) -> Filled:
    """Positions that fill a place, in order, each with "an unasked negation lies on it"."""
    places = []
    for choice in place.choices:
        for at, mark in hits.get(choice.meaning, ()):
            if choice.need & mark == choice.need and not choice.ban & mark:
                places.append((at, bool(mark & Mark.NEG) and not choice.minds_neg))
    places.sort()
    return places


def _walk(
    pattern: Pattern, filled: list[list[tuple[int, bool]]], start: tuple[int, bool]
) -> tuple[int, int, bool] | None:
    low = high = before = start[0]
    negated = start[1]
    for place, options in zip(pattern.places[1:], filled[1:], strict=True):
        chosen = _nearest(place.step, options, before, pattern.span)
        if chosen is None:
            return None
        before, turned = chosen
        negated |= turned
        low, high = min(low, before), max(high, before)
        if high - low > pattern.span:
            return None
    return low, high, negated


_DENIED = 1000  # words: any place without a negation is nearer than one with it


def _nearest(step: str, options: list[tuple[int, bool]], before: int, span: int) -> tuple[int, bool] | None:
    middle = bisect_left(options, (before, False))
    low, high, first = -span, span, max(0, middle - 3)
    if step != " ":
        low, high, first = 1, 2 if step == "+" else span, middle
    best, least = None, 2 * _DENIED
    for option in options[first : middle + 4]:
        gap = option[0] - before
        if gap and low <= gap <= high:  # two places are never the same word
            cost = abs(gap) + _DENIED * option[1]
            if cost < least:
                best, least = option, cost
    return best
