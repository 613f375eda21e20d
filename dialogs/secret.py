"""Her own words: to come back, to leave, and for when she is forced; kept as keyed hashes and never shown again.

A typed text is always compared with every word, in constant time, whether or not she chose any, so that the time an
answer takes says nothing.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from dialogs.letters import fold

KINDS: Final = ("code", "duress", "exit")
SHORTEST: Final = 4
LONGEST: Final = 40
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789 "
_NOBODY: Final = "0" * 64


def hashed(word: str, salt: str) -> str:
    """The keyed hash of a word, folded like every text: case, apostrophes and script make no difference."""
    return hmac.new(salt.encode(), fold(word).encode(), hashlib.sha256).hexdigest()


def meant(text: str, kept: Mapping[str, str], salt: str) -> str:
    """Which of her words a text is: `code`, `duress` or `exit`; "" for none. Every kept word is compared."""
    found = ""
    said = hashed(text[:LONGEST], salt)
    for kind in KINDS:
        if hmac.compare_digest(said, kept.get(kind, _NOBODY)) and kind in kept:
            found = kind
    return found


def _near(word: str) -> set[str]:
    """Every spelling one slip away: one letter less, another, or one more."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {head + tail[1:] for head, tail in cuts if tail}
    other = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    more = {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    return less | other | more | {word}


def fits(word: str, kind: str, kept: Mapping[str, str], salt: str, taken: frozenset[str]) -> bool:
    """Whether a word may be chosen: long enough, no exit word of the region (`taken`, folded), and more than one slip
    away from her other words, so that a slip of the finger is never the wrong one."""
    said = fold(word)
    if not SHORTEST <= len(said) <= LONGEST or said in taken:
        return False
    others = {kept[other] for other in KINDS if other != kind and other in kept}
    if not others:
        return True
    return not any(hmac.new(salt.encode(), near.encode(), hashlib.sha256).hexdigest() in others for near in _near(said))
