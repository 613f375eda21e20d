"""Which buttons stand beside each other: only such as Telegram shows whole, for it cuts a label that has no room."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, TypeVar

T = TypeVar("T")

# Latin letters of a label on half a row, as a phone 360 points wide shows them without an ellipsis. Cyrillic letters
# are wider: 15 of them have room, as pictures of the phones show.
HALF: Final = 18
_WIDE: Final = 18 / 15


def shown_whole(rows: Iterable[Sequence[T]], label: Callable[[T], str]) -> tuple[tuple[T, ...], ...]:
    """The same buttons in the same order, in rows that cut no label: whoever is too long for half a row has a row."""
    return tuple(_placed(rows, label))


def fits(label: str) -> bool:
    """Whether a label can be read whole on half a row."""
    return sum(_WIDE if "\u0400" <= letter <= "\u04ff" else 1 for letter in label) <= HALF


def _placed(rows: Iterable[Sequence[T]], label: Callable[[T], str]) -> Iterator[tuple[T, ...]]:
    for alone, run in groupby(rows, key=lambda row: len(row) == 1):
        kept = [tuple(row) for row in run]
        whole = alone or all(fits(label(one)) for row in kept for one in row)
        yield from kept if whole else _anew([one for row in kept for one in row], label)


def _anew(buttons: list[T], label: Callable[[T], str]) -> Iterator[tuple[T, ...]]:
    at = 0
    while at < len(buttons):
        pair = tuple(buttons[at : at + 2])
        row = pair if all(fits(label(one)) for one in pair) else pair[:1]
        yield row
        at += len(row)
