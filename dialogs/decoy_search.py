"""The book's search: which dishes a typed text names, in any of its languages and however the words end."""

import re
from functools import cache
from itertools import islice
from typing import Final

from dialogs.bundle import Decoy, Dish, Region
from dialogs.letters import fold

_MOST_WORDS: Final = 40
_MOST_LETTERS: Final = 400
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
# Words that name no dish in any language, folded: what can be cooked *from* flour *and* milk.
_SMALL: Final = frozenset(
    fold(
        "with and from of for the из на со по для и va bilan uchun ва бо аз ба дар барои hám penen benen menen"
    ).split()
)
_AMOUNT: Final = re.compile(r"\{\d+\}\s*\w*")


def names_in(decoy: Decoy) -> frozenset[str]:
    """What a reader of the book may well type into it, folded: titles, whole and in short, and what dishes need."""
    texts = (
        (dish.title, *dish.title.split(","), *dish.also, *(_AMOUNT.sub("", need) for need in dish.needs))
        for dish in decoy.dishes
    )
    return frozenset(fold(text) for some in texts for text in some)


@cache
def _names(dish: Dish) -> frozenset[str]:
    needs = (_AMOUNT.sub("", need) for need in dish.needs)
    words = fold(" ".join((dish.title, *dish.also, *needs))).split()
    return frozenset(word for word in words if not word.isdigit() and len(word) > 1)


def _alike(word: str, name: str) -> int:
    """How many letters two words have in common before they part."""
    parts = (at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other)
    return next(parts, min(len(word), len(name)))


def _inflected(word: str, name: str) -> bool:
    """Whether only the endings differ: говядины and говядина, муки and мука."""
    longer = max(len(word), len(name))
    return longer > 3 and word[:3] == name[:3] and _alike(word, name) >= longer - (2 if longer > 5 else 1)


def _hits(word: str, known: frozenset[str]) -> int:
    """A typed word finds what begins with it, and less surely what it begins with: endings are glued on in Uzbek."""
    if word in known or (len(word) > 2 and any(name.startswith(word) for name in known)):
        return 2
    return int(any((len(name) > 3 and word.startswith(name)) or _inflected(word, name) for name in known))


def _best(text: str, decoy: Decoy) -> tuple[int, list[int]]:
    """How well the book's best dishes are named by the typed words, and their places in the book's order."""
    typed = (word for word in fold(text[:_MOST_LETTERS]).split() if word not in _SMALL)
    words = list(islice(typed, _MOST_WORDS))
    if len(words) == 1 and words[0].isdecimal() and words[0].isascii():
        place = int(words[0][:4]) - 1
        return (1, [place]) if 0 <= place < len(decoy.dishes) else (0, [])
    counts = [sum(_hits(word, _names(dish)) for word in words) for dish in decoy.dishes]
    best = max(counts, default=0)
    return best, [place for place, count in enumerate(counts) if count == best] if best else []


def search(text: str, decoy: Decoy) -> list[int]:
    """The places of the dishes that most of the typed words name, in the book's order; a number is a place itself."""
    return _best(text, decoy)[1]


def _is_cyrillic(text: str) -> bool:
    return _CYRILLIC.search(text) is not None


def find(text: str, language: str, region: Region) -> tuple[Decoy, list[int]]:
    """The hits in the reader's language, or else in the other one that answers best, first in the letters typed."""
    own = region.decoy(language)
    places = search(text, own)
    if places:
        return own, places
    typed = _is_cyrillic(text[:_MOST_LETTERS])
    other = max(region.decoys.values(), key=lambda book: (_best(text, book)[0], _is_cyrillic(book.name) == typed))
    places = search(text, other)
    return (other, places) if places else (own, [])
