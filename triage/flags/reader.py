"""The reader: one message in, one reading out; pure, offline, bounded in time."""

from functools import cache

from triage.flags.keys import Tokens, cut
from triage.flags.lexicon import Lexicon, load
from triage.flags.matching import Fit, Hits, find_words, fits
from triage.flags.reading import FLAGS, Conversation, Cue, Flag, Reading, Urgency
from triage.flags.second import Lift, Weights, lift, load_weights

_SHORT = 3  # words: once risk was shown, an answer this short says too little to be called safe
_LIGHT = ("FILM", "GAME", "COOK", "JOKE", "NEWS", "SALE")


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
    tokens = cut(text)
    hits = find_words(lexicon(), tokens)
    found = fits(lexicon(), hits, len(tokens))
    cues = [(one, band) for one in found if (band := lowered(one, hits)) != "none"]
    reading = _spoken(cues, tokens)
    if reading.urgency == "none" and len(tokens) and (lifted := lift(weights(), tokens, hits)):
        reading = _lifted(lifted, tokens)
    if reading.urgency == "none" and state and state.risk_shown and text.strip() and len(tokens) <= _SHORT:
        return Reading((), "high", (Cue("state.short", 0, len(text)),))
    return reading


def _lifted(lifted: Lift, tokens: Tokens) -> Reading:
    cues = tuple(Cue("second", tokens.starts[first], tokens.ends[last]) for first, last in lifted.words)
    return Reading(lifted.flags, "high", cues)


def lowered(found: Fit, hits: Hits) -> str:
    """The frame's band, one lower if a negation or a light context lies on it (never two lower)."""
    band = found.frame.band
    light = not found.frame.firm and any(_in_scope(name, found, hits) for name in _LIGHT)
    if not (found.negated or light):
        return band
    return "high" if band == "immediate" else "none"


def _in_scope(name: str, found: Fit, hits: Hits) -> bool:
    """A context word counts within twelve words, unless a "but" stands between."""
    for at, _ in hits.get(name, ()):
        low, high = min(at, found.first), max(at, found.last)
        if high - low <= 12 and not any(low < but < high for but, _ in hits.get("BUT", ())):
            return True
    return False


def _spoken(cues: list[tuple[Fit, str]], tokens: Tokens) -> Reading:
    flags = {flag for found, _ in cues for flag in found.frame.flags}
    urgency: Urgency = "none"
    if cues:
        urgency = "immediate" if any(band == "immediate" for _, band in cues) else "high"
    why = [Cue(found.frame.id, tokens.starts[found.first], tokens.ends[found.last]) for found, _ in cues]
    ordered: tuple[Flag, ...] = tuple(flag for flag in FLAGS if flag in flags)
    return Reading(ordered, urgency, tuple(sorted(why, key=lambda cue: (cue.start, cue.end, cue.rule))))
