"""The decoy: a small cookery book that works. It answers every word and tap, and knows nothing of anything else."""

from typing import Final

from dialogs import decoy_pages as pages
from dialogs.bundle import Decoy, Region
from dialogs.decoy_pages import LONG
from dialogs.decoy_search import find, search
from dialogs.decoy_taste import BOOK, Taste, chosen, taste_of
from dialogs.screen import Screen, Tapped

__all__ = ["BOOK", "LONG", "Taste", "about", "answer", "chosen", "home", "search", "taste_of"]

# No place in the book has more digits.
_DIGITS: Final = 4


def home(taste: Taste, region: Region, *, long: bool = False) -> Screen:
    """The first screen: the list, or (long) whole recipes that fill a phone's display."""
    decoy = region.decoy(taste.language)
    return pages.filled(decoy, [], taste) if long else pages.all_of(decoy, 0, taste)


def about(taste: Taste, region: Region) -> Screen:
    """What it says of itself."""
    return pages.about(region.decoy(taste.language))


def _typed(text: str, taste: Taste, region: Region, *, long: bool) -> Screen:
    if long:
        # The way out is answered in the reader's own language, whichever book's word, or slip of it, she typed.
        own = region.decoy(taste.language)
        return pages.filled(own, search(text, own), taste)
    decoy, places = find(text, taste.language, region)
    if len(places) == 1:
        return pages.opened(decoy, places[0], taste)
    return pages.found(decoy, places, 0, taste) if places else pages.nothing(decoy)


def _number(said: str) -> int:
    return int(said[:_DIGITS]) if said.isdecimal() and said.isascii() else 0


def _turned(choice: str, decoy: Decoy, first: str, second: str, taste: Taste) -> Screen:
    """A page of the list, of a kind, of a dish, or of what was found; of anything else the beginning."""
    place = _number(first)
    if choice == "open" and place < len(decoy.dishes):
        return pages.opened(decoy, place, taste)
    if choice == "kind":
        return pages.of_kind(decoy, place, _number(second), taste)
    if choice == "found" and (places := pages.places_of(first, decoy)):
        return pages.found(decoy, places, _number(second), taste)
    return pages.all_of(decoy, place, taste)


def _tapped(tap: Tapped, taste: Taste, region: Region) -> Screen:
    """A tap of the book's own buttons; an old button of anything else opens the book."""
    own = region.decoy(taste.language)
    if tap.step != BOOK:
        return home(taste, region)
    if tap.choice == "tongues":
        return pages.tongues(own, region)
    if tap.choice in {"settings", "tongue", "page", "portions"}:
        return pages.settings(own, taste)
    code, first, second = (*tap.arg.split("."), "", "")[:3]
    decoy = region.decoys.get(code)
    if decoy is None:
        return home(taste, region)
    if tap.choice == "about":
        return pages.about(decoy)
    return pages.kinds(decoy) if tap.choice == "kinds" else _turned(tap.choice, decoy, first, second, taste)


def answer(said: str | Tapped, taste: Taste, region: Region, *, long: bool = False) -> Screen:
    """The book's answer to a typed text or a tapped button, whatever it is. Never raises.

    `long` fills the display with whole recipes, the ones asked for first: the answer to the exit word. What a tap sets
    (`chosen`) is in the taste already.
    """
    if isinstance(said, Tapped):
        return _tapped(said, taste, region)
    return _typed(said, taste, region, long=long)
