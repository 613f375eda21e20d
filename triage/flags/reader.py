"""The reader: one message in, one reading out; pure, offline, bounded in time."""

import re
from bisect import bisect_left
from functools import cache

from triage.flags.hits import Hits
from triage.flags.keys import Tokens, cut, without
from triage.flags.lexicon import Lexicon, load
from triage.flags.matching import LIGHT, Fit, Known, find_words, fits, in_scope
from triage.flags.reading import FLAGS, Conversation, Cue, Reading, Urgency
from triage.flags.second import Lift, agrees, lift
from triage.flags.weights import Weights, load_weights

_SHORT = 3  # words: once risk was shown, an answer this short says too little to be called safe
_AROUND = 1  # words beside a lone frame with which it stands alone: there is nothing around it to ask the second reader
_SENTENCE = re.compile(r"[^.!?…\n]{8,}[.!?…]?")
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"\n]{4,160}[»”\"]")
_NEAR_QUOTE = 12  # words within which a no answers a quotation
_NO = frozenset(("NOT_BACK", "NOT_NEXT", "NOT_NEXT_TWO"))
_KNOWN = re.compile(r"[a-zşç]")


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    return load()


@cache
def weights() -> Weights:
    """The second reader's shipped weights, read once."""
    return load_weights()


def read(text: str, *, state: Conversation | None = None) -> Reading:
    """Read one message (any length, any script) in the light of the talk so far."""
    tokens, hits = heard(_without(text, state.bot_said) if state else text)
    found = fits(lexicon(), hits, len(tokens))
    cues = [(one, band) for one in found if (band := lowered(one, hits)) != "none"]
    if cues and (certain(cues, len(tokens)) or agrees(weights(), tokens, hits, cues[0][0].first, cues[0][0].last)):
        return _spoken(cues, tokens, hits)
    if not cues and len(tokens) and (lifted := lift(weights(), tokens, hits)):
        return _lifted(lifted, tokens)
    return _by_state(text, tokens, state) if state else Reading()


def lowered(found: Fit, hits: Hits) -> str:
    """The frame's band, one lower if a negation or a light context lies on it (never two lower)."""
    band = found.frame.band
    light = not found.frame.firm and any(in_scope(name, found, hits, denied=name != "JOKE") for name in LIGHT)
    if not (found.negated or light):
        return band
    return "high" if band == "immediate" else "none"


def certain(cues: list[tuple[Fit, str]], words: int) -> bool:
    """Whether frames agree with each other, or one, in its full band, is nearly all of a text of so many words:
    "хочу умереть"."""
    found, band = cues[0]
    whole = band == found.frame.band and words - (found.last - found.first + 1) <= _AROUND
    return whole or len({found.frame.id for found, _ in cues}) > 1


def _spoken(cues: list[tuple[Fit, str]], tokens: Tokens, hits: Hits) -> Reading:
    flags = {flag for found, _ in cues for flag in found.frame.flags}
    urgency: Urgency = "immediate" if any(band == "immediate" for _, band in cues) else "high"
    why = [Cue(found.frame.id, tokens.starts[found.first], tokens.ends[found.last]) for found, _ in cues]
    if "immediate_danger" in flags and "child_at_risk" not in flags and (near := _child_near(hits)) is not None:
        flags.add("child_at_risk")
        why.append(Cue("child.near", tokens.starts[near], tokens.ends[near]))
    why.sort(key=lambda cue: (cue.start, cue.end, cue.rule))
    return Reading(tuple(flag for flag in FLAGS if flag in flags), urgency, tuple(why))


def _child_near(hits: Hits) -> int | None:
    """A child where the danger is, by word; not an old parent's grown son, who is the danger himself."""
    return hits["CHILD"][0][0] if "CHILD" in hits and "ELDER" not in hits else None


def _lifted(lifted: Lift, tokens: Tokens) -> Reading:
    cues = tuple(Cue("second", tokens.starts[first], tokens.ends[last]) for first, last in lifted.words)
    return Reading(lifted.flags, "high", cues)


def _by_state(text: str, tokens: Tokens, state: Conversation) -> Reading:
    """After a risk was shown, what is very short or cannot be read is high: silence and haste look like that."""
    if not state.risk_shown or not text.strip():
        return Reading()
    if len(tokens) <= _SHORT:
        return Reading((), "high", (Cue("state.short", 0, len(text)),))
    letters = "".join(tokens.skeleton)
    if len(_KNOWN.findall(letters)) * 2 < len(letters):
        return Reading((), "high", (Cue("state.unreadable", 0, len(text)),))
    return Reading()


def heard(text: str) -> tuple[Tokens, Hits]:
    """Her words and what they mean, without a question of ours that she quotes and answers with no (offsets kept)."""
    tokens = cut(text)
    known: Known = {}
    hits = find_words(lexicon(), tokens, known)
    noes = sorted({at for name in _NO for at, _ in hits.get(name, ())})
    of_form = "OF_FORM" in hits
    asked = [
        quoted.span()
        for quoted in (_QUOTED.finditer(text) if noes else ())
        if (of_form or "?" in quoted[0]) and _answered(quoted.span(), tokens, noes)
    ]
    if not asked:
        return tokens, hits
    rest = without(tokens, text, asked)  # once for all quotations, however many there are
    around = find_words(lexicon(), rest, known)
    return (tokens, hits) if of_form and "OF_FORM" not in around else (rest, around)


def _answered(quoted: tuple[int, int], tokens: Tokens, noes: list[int]) -> bool:
    """Whether one of her noes stands near a quotation, outside of it."""
    first, last = (bisect_left(tokens.starts, bound) for bound in quoted)
    near = noes[bisect_left(noes, first - _NEAR_QUOTE) : bisect_left(noes, first)]
    return bool(near or noes[bisect_left(noes, last) : bisect_left(noes, last + _NEAR_QUOTE)])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without(text: str, said: str) -> str:
    """The text with our own sentences blanked out, every offset kept."""
    for sentence in _SENTENCE.findall(said):
        text = re.sub(re.escape(sentence.strip()), _blank, text, flags=re.IGNORECASE)
    return text
