"""The clocks: how many hours are left, worked out from what she can tell of how long ago it was."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from triage.tables import ROOM, Page, Row, read_page

KINDS = ("window", "duty", "term")
TERM_CLOSING_H = 72  # an order's end is reminded of from three days before


class ClockState(StrEnum):
    """Where a clock stands. `unknown` speaks and sorts like `closing`; `past` never means that it is too late to go."""

    OPEN = "open"
    CLOSING = "closing"
    PAST = "past"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """One row of the table. `window_h` hours count from `since`; at `closing_h` hours left or fewer it is closing."""

    id: str
    kind: str
    since: str
    window_h: int
    closing_h: int
    shown_when: str = ""
    source: str = ""
    mark: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows: whole hours left, from at least to less than; both None when nothing is known."""

    state: ClockState
    left_min_h: int | None
    left_max_h: int | None
    may_be_past: bool


# What is known of "how long ago", in hours: more than the first, up to the second (None: no end).
Elapsed = tuple[int, int | None]

NOT_KNOWN = Reading(ClockState.UNKNOWN, None, None, may_be_past=True)


@dataclass(frozen=True, slots=True)
class ClockTable:
    """All clocks and the answers she can tap, as one file says them."""

    as_of: str
    clocks: Mapping[str, Clock]
    answers: Mapping[str, Elapsed | None]


def read(
    clock: Clock | str,
    *,
    answer: str | None = None,
    hours_ago: float | None = None,
    answered_hours_ago: float = 0,
) -> Reading:
    """What the clock shows now.

    answer: a button ("today" ... "dont_know"). hours_ago: the exact figure, which decides where both are given;
    negative is not known, for the future is not. answered_hours_ago: how long ago she said so; a stored answer is
    never read without it, and one from the future is not known either. Raises KeyError for an answer or a clock that
    is not in the table, ValueError for a figure that is no finite number.
    """
    clock = clock_table().clocks[clock] if isinstance(clock, str) else clock
    return read_elapsed(clock, elapsed(answer, hours_ago, answered_hours_ago))


def read_elapsed(clock: Clock, known: Elapsed | None) -> Reading:
    """Hurry is counted from the earliest moment possible, "too late" only from the latest possible one."""
    if known is None:
        return NOT_KNOWN
    lo, hi = known
    if lo >= clock.window_h:
        return Reading(ClockState.PAST, 0, 0, may_be_past=True)
    left_min = 0 if hi is None else max(0, clock.window_h - hi)
    state = ClockState.CLOSING if left_min <= clock.closing_h else ClockState.OPEN
    return Reading(state, left_min, clock.window_h - lo, may_be_past=hi is None or hi > clock.window_h)


def elapsed(answer: str | None, hours_ago: float | None, answered_hours_ago: float) -> Elapsed | None:
    """The hours that may have passed since, aged by how long ago it was said; None when nothing is known."""
    _finite(answered_hours_ago)
    known = None if answer is None else clock_table().answers[answer]
    if hours_ago is not None:
        _finite(hours_ago)
        hour = max(1, math.ceil(hours_ago))
        known = (hour - 1, hour) if hours_ago >= 0 else None
    if known is None or answered_hours_ago < 0:
        return None
    lo, hi = known
    return lo + math.floor(answered_hours_ago), None if hi is None else hi + math.ceil(answered_hours_ago)


def _finite(hours: float) -> None:
    # Whole numbers of any length are finite, and too long ones for a float.
    if isinstance(hours, float) and not math.isfinite(hours):
        raise ValueError("hours must be a finite number")


def term(since: str, window_h: int) -> Clock:
    """A clock for a term whose real end somebody knows: hours from the drawing up to the date on the paper."""
    return Clock(id="term", kind="term", since=since, window_h=window_h, closing_h=TERM_CLOSING_H)


@cache
def clock_table() -> ClockTable:
    """The table of clocks; raises BrokenTableError. A process calls this at start, to fail there and not later."""
    return read_clock_table(read_page(ROOM / "clocks.toml"))


def read_clock_table(page: Page) -> ClockTable:
    """The table that one page says; raises BrokenTableError with file and line."""
    top = page.top()
    clocks: dict[str, Clock] = {}
    for row in page.rows("clocks"):
        clocks[row.new_id(clocks)] = _clock(row)
    answers: dict[str, Elapsed | None] = {}
    for row in page.rows("answers"):
        answers[row.new_id(answers)] = _answer(row)
    table = ClockTable(top.text("as_of"), MappingProxyType(clocks), MappingProxyType(answers))
    top.asked |= {"clocks", "answers"}
    top.end()
    return table


def _clock(row: Row) -> Clock:
    clock = Clock(
        id=row.text("id"),
        kind=row.one_of("kind", KINDS),
        since=row.text("from"),
        window_h=row.integer("window_h"),
        closing_h=row.integer("closing_h"),
        shown_when=row.text("shown_when"),
        source=row.text("source"),
        mark=row.one_of("mark", ("S", "K", "?")),
        reviewed_by=row.text("reviewed_by"),
        reviewed_on=row.text("reviewed_on"),
    )
    row.end()
    if not 0 < clock.closing_h <= clock.window_h:
        raise row.refuse("closing_h must be more than 0 and at most window_h", "closing_h")
    return clock


def _answer(row: Row) -> Elapsed | None:
    known = row.flag("known", default=True)
    found = (row.integer("over_h"), row.integer("up_to_h") if row.has("up_to_h") else None) if known else None
    row.text("id")
    row.end()
    if found and not 0 <= found[0] < (math.inf if found[1] is None else found[1]):
        raise row.refuse("up_to_h must be more than over_h", "up_to_h")
    return found
