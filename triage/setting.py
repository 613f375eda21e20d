"""What she set for herself, read and written: her hours, her timer, the words only she knows."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dialogs import secret
from dialogs.decoy_search import names_in
from dialogs.kinds import Place
from dialogs.window import NEVER
from triage.talk import WAIT_WINDOW, WINDOW, Talk

# Messages go an hour after she falls silent, unless she chose otherwise; never later than Telegram can delete them.
TIMER = timedelta(minutes=60)
LONGEST_TIMER = timedelta(hours=47)
KEEP_DAYS = 30


def timer(place: Place) -> timedelta:
    """How long after her last sign the chat is wiped."""
    minutes = int(place.settings.get("timer", "60"))
    return min(timedelta(minutes=minutes), LONGEST_TIMER)


def waits_less(place: Place) -> bool:
    """Whether her asking for a person opens her window no longer than anything she sends: as she last said."""
    chosen = place.settings.get("wait")
    return chosen == "15" if chosen else place.settings.get("when") == NEVER


def wait_window(place: Place) -> timedelta:
    """How long her asking for a person lets us answer."""
    return WINDOW if waits_less(place) else WAIT_WINDOW


def her_words(place: Place) -> dict[str, str]:
    """The hashes of her words, by kind."""
    return {kind: place.settings[kind] for kind in secret.KINDS if place.settings.get(kind)}


def meant(place: Place, text: str) -> str:
    """Which of her words a text is, all of them compared whether or not she chose any."""
    return secret.meant(text, her_words(place), place.settings.get("salt", ""))


def put(talk: Talk, **values: str) -> None:
    """Write settings into her place; an empty value takes one back."""
    kept: Mapping[str, str] = {**talk.place.settings, **values}
    talk.place = replace(talk.place, settings={name: value for name, value in kept.items() if value})


def choose_word(talk: Talk, kind: str, word: str) -> bool:
    """Keep a word as its hash; False where it cannot be used.

    What stands in the book is no word of hers: somebody who taps about in it and types what he reads there would be let
    in, or would silence her. Only the way out may be a dish, since he cannot type that before she is out.
    """
    salt = talk.place.settings.get("salt") or secrets.token_hex(16)
    taken = talk.house.region.exit_words()
    if kind != "exit":
        taken |= frozenset(word for book in talk.house.region.decoys.values() for word in names_in(book))
    if not secret.fits(word, kind, her_words(talk.place), salt, taken):
        return False
    put(talk, salt=salt, **{kind: secret.hashed(word, salt)})
    return True
