"""When it happened: the newest telling counts, what is taken back is gone, and every telling is read with its age."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dialogs.flows.guidance import WHEN
from triage.clocks import ClockState, clock_table
from triage.happened import CLOCKS_OF, EVENT_OF, Happened, happened_of, written
from vault.entries import Entry

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def told(text: str, hours_ago: float = 0, kind: str = "clock") -> Entry:
    return Entry(uuid4(), kind, "staff", NOW - timedelta(hours=hours_ago), text)


def test_every_clock_of_the_table_counts_from_one_event_and_every_time_she_is_asked_for_is_one() -> None:
    counted = [clock for clocks in CLOCKS_OF.values() for clock in clocks]
    assert sorted(counted) == sorted(clock_table().clocks)
    assert set(EVENT_OF) == {item for items in WHEN.values() for item in items}
    assert set(EVENT_OF.values()) <= set(CLOCKS_OF)


def test_the_newest_telling_counts_whoever_told_it() -> None:
    found = [told(written("sexual", "yesterday"), 30), told(written("sexual", hours_ago=50)), told("{}", kind="note")]
    [one] = happened_of(found).values()
    assert one == Happened("sexual", NOW, None, 50)


@pytest.mark.parametrize("nothing", [None, "", "refused"])
def test_what_she_took_back_or_did_not_want_to_say_is_shown_no_more(nothing: str | None) -> None:
    assert happened_of([told(written("sexual", "today"), 2), told(written("sexual", nothing))]) == {}


@pytest.mark.parametrize(
    ("one", "clock", "state", "least", "most"),
    [
        (Happened("sexual", NOW, "yesterday"), "pep_72h", ClockState.CLOSING, 24, 72),
        (Happened("sexual", NOW - timedelta(hours=24), "today"), "pep_72h", ClockState.CLOSING, 24, 48),
        (Happened("sexual", NOW - timedelta(hours=50), "2-3_days"), "pep_72h", ClockState.CLOSING, 0, 22),
        (Happened("sexual", NOW - timedelta(hours=72), "today"), "pep_72h", ClockState.PAST, 0, 0),
        (Happened("police", NOW - timedelta(hours=2), None, 18), "order_24h", ClockState.CLOSING, 4, 5),
        (Happened("sexual", NOW, "dont_know"), "pep_72h", ClockState.UNKNOWN, None, None),
        (Happened("sexual", NOW, None), "pep_72h", ClockState.UNKNOWN, None, None),
    ],
)
def test_what_is_left_is_read_with_the_age_of_the_telling(
    one: Happened, clock: str, state: ClockState, least: int | None, most: int | None
) -> None:
    found = one.reading(clock, NOW)
    assert (found.state, found.left_min_h, found.left_max_h) == (state, least, most)


def test_the_events_are_shown_in_the_order_of_the_table_whatever_was_told_first() -> None:
    found = [told(written("police", "today")), told(written("pregnant", "today")), told(written("sexual", "today"))]
    assert list(happened_of(found)) == ["sexual", "pregnant", "police"]
