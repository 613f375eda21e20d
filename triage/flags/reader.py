"""The reader: one message in, one reading out; pure, offline, bounded in time."""

import re

from triage.flags.reading import Conversation, Cue, Reading

_FIRST = re.compile(r"o.?ldiraman|ўлдираман|убью|мекушамат|óltiremen|kill (?:me|you)", re.IGNORECASE)


def read(text: str, *, state: Conversation | None = None) -> Reading:
    """Read one message (any length, any script) in the light of the talk so far."""
    hit = _FIRST.search(text)
    if hit:
        return Reading(("threat_to_kill",), "high", (Cue("first", hit.start(), hit.end()),))
    if state and state.risk_shown and 0 < len(text.split()) <= 3:
        return Reading((), "high", (Cue("state.short", 0, len(text)),))
    return Reading()
