"""What the guidance pages state, for whoever looks after it: what is on or off here, and what is due for review."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from dialogs.bundle import Number
from dialogs.region import Region, read_region
from dialogs.statements import Statements, Why
from hamroh.places import REGIONS

# What is due: its id, its source, and the day somebody last looked.
_Due = tuple[str, str, datetime.date]


def region_of(name: str, private: Path | None) -> Region:
    """The bundle whose statements are asked about; raises BrokenRegionError."""
    return read_region(REGIONS / name, private)


def listing(region: Region) -> list[str]:
    """A line for each page: how many statements are on, and which are off and why; then all in one line."""
    statements = region.statements
    off = statements.off()
    lines = []
    for page in statements.neutral:
        ids = [statement.id for statement in statements.by_id.values() if statement.page == page]
        shut = [name for name in ids if name in off]
        lines.append(f"page       {page:14} {len(ids) - len(shut):3} on, {len(shut):2} off{_why(shut, off)}")
    return [*lines, f"statements {statements.in_short()}"]


def _why(shut: list[str], off: Mapping[str, Why]) -> str:
    return f": {', '.join(f'{name} ({off[name].value})' for name in shut)}" if shut else ""


def _statements(statements: Statements, days: int, today: datetime.date) -> Iterator[_Due]:
    for statement, _ in statements.stale(days, today):
        needs = ", ".join(statement.needs)
        yield statement.id, statement.source or f"nobody yet: {needs}", statements.checked_on(statement)


def _numbers(numbers: Mapping[str, Number], days: int, today: datetime.date) -> Iterator[_Due]:
    """The numbers that are shown, by the day somebody dialled them, or of the newest source that had them."""
    for number in numbers.values():
        checked = number.reviewed_on or number.as_of
        if number.ships and (today - checked).days >= days:
            yield f"NUM:{number.id}", number.source, checked


def stale(region: Region, days: int, today: datetime.date) -> list[str]:
    """What nobody has looked at for so many days: id, source, the day it was looked at, and the days since, a tab
    between. Statements come first, then the numbers that are shown.
    """
    found = (*_statements(region.statements, days, today), *_numbers(region.numbers, days, today))
    return [f"{name}\t{source}\t{checked}\t{(today - checked).days} days" for name, source, checked in found]
