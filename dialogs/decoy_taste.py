"""How a reader likes the book: its language, how many dishes a page lists, for how many the amounts are.

Kept among the settings of whoever holds the phone, and of nothing else: her own language is another thing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.bundle import Region
from dialogs.screen import Tapped

# The step that the data of the book's own buttons names.
BOOK: Final = "d"
PAGES: Final = (5, 10, 15)
PORTIONS: Final = (4, 2, 8)
# The amounts in the files are for so many.
FOUR: Final = 4
_AMOUNT: Final = re.compile(r"\{(\d+)\}")
_LANGUAGE, _PAGE, _PORTIONS = "book_language", "book_page", "book_portions"


@dataclass(frozen=True, slots=True)
class Taste:
    """What a reader set in the book."""

    language: str
    page: int = PAGES[0]
    portions: int = PORTIONS[0]


def _one_of(said: str, allowed: tuple[int, ...]) -> int:
    return next((number for number in allowed if str(number) == said), allowed[0])


def taste_of(settings: Mapping[str, str], language: str, region: Region) -> Taste:
    """The taste among kept settings; a language that is not set there, or not there any more, is the given one."""
    chosen = settings.get(_LANGUAGE, "")
    return Taste(
        chosen if chosen in region.decoys else language,
        _one_of(settings.get(_PAGE, ""), PAGES),
        _one_of(settings.get(_PORTIONS, ""), PORTIONS),
    )


def chosen(tap: Tapped, region: Region) -> Mapping[str, str]:
    """What a tap in the book sets, as settings to keep; nothing for a tap that only turns to a page."""
    allowed = {
        "tongue": (_LANGUAGE, tuple(region.decoys)),
        "page": (_PAGE, tuple(map(str, PAGES))),
        "portions": (_PORTIONS, tuple(map(str, PORTIONS))),
    }
    name, values = allowed.get(tap.choice, ("", ()))
    return {name: tap.arg} if tap.step == BOOK and tap.arg in values else {}


def amounts(line: str, portions: int) -> str:
    """A line with its amounts in braces, which are for four, counted for so many: `Onions {3}` for two: Onions 1½."""

    def counted(found: re.Match[str]) -> str:
        whole, rest = divmod(int(found[1]) * portions, FOUR)
        return f"{whole or ''}½" if rest else str(whole)

    return _AMOUNT.sub(counted, line)


def amounts_in(lines: tuple[str, ...]) -> tuple[int, ...]:
    """The amounts in lines, as they stand in braces."""
    return tuple(int(found) for line in lines for found in _AMOUNT.findall(line))
