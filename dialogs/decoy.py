"""The decoy: a small cookery book that works. It answers every word and tap, and knows nothing of anything else."""

import re
from itertools import islice
from typing import Final

from dialogs.bundle import Decoy, Dish, Region
from dialogs.letters import fold
from dialogs.screen import Button, Screen, Tapped

# The step that the data of the book's own buttons names.
BOOK: Final = "d"
PAGE: Final = 5
# A screen this long pushes earlier bubbles off a phone's display.
LONG: Final = 30
_MOST_WORDS: Final = 40
_MOST_LETTERS: Final = 400
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


def _list_button(decoy: Decoy) -> Button:
    return Button(decoy.labels["list"], f"d:list:{decoy.language}.0")


def _foot(decoy: Decoy) -> tuple[Button, ...]:
    return (_list_button(decoy), Button(decoy.labels["about"], f"d:about:{decoy.language}"))


def _opener(decoy: Decoy, place: int) -> tuple[Button, ...]:
    return (Button(decoy.dishes[place].title, f"d:open:{decoy.language}.{place}"),)


def _text(dish: Dish) -> tuple[str, ...]:
    return (dish.title, *dish.lines, "")


def _filled(decoy: Decoy, places: list[int]) -> Screen:
    """Whole recipes one under another, those asked for first, until the screen is long."""
    order = [*places, *(place for place in range(len(decoy.dishes)) if place not in places)]
    body: list[str] = []
    for place in order:
        if len(body) >= LONG:
            break
        body.extend(_text(decoy.dishes[place]))
    return Screen(decoy.name, tuple(body[:-1]), (_foot(decoy),), inside=False)


def _page(decoy: Decoy, places: list[int], start: int) -> Screen:
    shown = places[start : start + PAGE]
    more = start + PAGE
    rows = [_opener(decoy, place) for place in shown]
    if more < len(places) == len(decoy.dishes):
        rows.append((Button(decoy.labels["more"], f"d:list:{decoy.language}.{more}"),))
    elif len(places) < len(decoy.dishes) or start:
        rows.append((_list_button(decoy),))
    rows.append((Button(decoy.labels["about"], f"d:about:{decoy.language}"),))
    body = tuple(f"{place + 1}. {decoy.dishes[place].title}" for place in shown)
    return Screen(decoy.name, body, tuple(rows), inside=False)


def _opened(decoy: Decoy, place: int) -> Screen:
    dish = decoy.dishes[place]
    return Screen(dish.title, dish.lines, (_foot(decoy),), inside=False)


def home(language: str, region: Region, *, long: bool = False) -> Screen:
    """The first screen: the list, or (long) whole recipes that fill a phone's display."""
    decoy = region.decoy(language)
    return _filled(decoy, []) if long else _page(decoy, list(range(len(decoy.dishes))), 0)


def about(language: str, region: Region) -> Screen:
    """What it says of itself."""
    decoy = region.decoy(language)
    return Screen(decoy.name, decoy.about, ((_list_button(decoy),),), inside=False)


def _hits(word: str, known: frozenset[str]) -> int:
    """A typed word finds what begins with it, and less surely what it begins with: endings are glued on in Uzbek."""
    if any(name == word or (len(word) > 2 and name.startswith(word)) for name in known):
        return 2
    return int(any(len(name) > 3 and word.startswith(name) for name in known))


def _names(dish: Dish) -> frozenset[str]:
    words = fold(" ".join((dish.title, *dish.keywords, dish.lines[0]))).split()
    return frozenset(word for word in words if not word.isdigit() and len(word) > 1)


def _best(text: str, decoy: Decoy) -> tuple[int, list[int]]:
    """How well the book's best dishes are named by the typed words, and their places in the book's order."""
    words = list(islice(fold(text).split(), _MOST_WORDS))
    if len(words) == 1 and words[0].isdecimal() and words[0].isascii():
        place = int(words[0][:4]) - 1
        return (1, [place]) if 0 <= place < len(decoy.dishes) else (0, [])
    names = [_names(dish) for dish in decoy.dishes]
    counts = [sum(_hits(word, known) for word in words) for known in names]
    best = max(counts, default=0)
    return best, [place for place, count in enumerate(counts) if count == best] if best else []


def search(text: str, decoy: Decoy) -> list[int]:
    """The places of the dishes that most of the typed words name, in the book's order; a number is a place itself."""
    return _best(text, decoy)[1]


def _is_cyrillic(text: str) -> bool:
    return _CYRILLIC.search(text) is not None


def _found(text: str, language: str, region: Region) -> tuple[Decoy, list[int]]:
    """The hits in her language, or else in the other one that answers best, first in the letters she typed."""
    own = region.decoy(language)
    places = search(text, own)
    if places:
        return own, places
    typed = _is_cyrillic(text[:_MOST_LETTERS])
    other = max(region.decoys.values(), key=lambda book: (_best(text, book)[0], _is_cyrillic(book.name) == typed))
    places = search(text, other)
    return (other, places) if places else (own, [])


def _typed(text: str, language: str, region: Region, *, long: bool) -> Screen:
    if long:
        # The way out is answered in her own language, whichever book's word, or slip of it, she typed.
        own = region.decoy(language)
        return _filled(own, search(text, own))
    decoy, places = _found(text, language, region)
    if len(places) == 1:
        return _opened(decoy, places[0])
    if places:
        return _page(decoy, places, 0)
    return Screen(decoy.name, (decoy.nothing,), (_foot(decoy),), inside=False)


def _tapped(tap: Tapped, language: str, region: Region) -> Screen:
    """A tap of the book's own buttons; an old button of anything else opens the book."""
    code, _, number = tap.arg.partition(".")
    decoy = region.decoys.get(code)
    if tap.step != BOOK or decoy is None:
        return home(language, region)
    place = int(number[:4]) if number.isdecimal() and number.isascii() else 0
    if tap.choice == "open" and place < len(decoy.dishes):
        return _opened(decoy, place)
    if tap.choice == "about":
        return about(code, region)
    every = list(range(len(decoy.dishes)))
    return _page(decoy, every, place if place in every else 0)


def answer(said: str | Tapped, language: str, region: Region, *, long: bool = False) -> Screen:
    """The book's answer to a typed text or a tapped button, whatever it is. Never raises.

    `long` fills the display with whole recipes, the ones asked for first: the answer to the exit word.
    """
    if isinstance(said, Tapped):
        return _tapped(said, language, region)
    return _typed(said, language, region, long=long)
