"""The gate: what may go to her now, by her window, her hours, rule 1, and the word that stops everything."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from dialogs.kinds import Place
from dialogs.region import read_region
from hamroh.places import REGIONS
from triage import gate
from triage.house import House
from triage.reader import Held, Over, Reader
from vault.cases import Case
from vault.orders import Due, Order, Urgency

# A Tuesday, 14:00 in Tashkent.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SAFE = frozenset({"safe"})
EVENINGS = {"when": "evening", "days": "every"}


def reader(
    case: dict[str, Any] | None = None, *, place: Place | None = None, now: datetime = NOW, **params: Any
) -> Reader:
    """Somebody for whom a reply is due: by default she wrote a minute ago and it is safe."""
    open_until = NOW + timedelta(minutes=14)
    kept = {"window_until": open_until, "forced_at": None, "heard_at": NOW, "knocked_at": None, **(case or {})}
    held = Case(**{name: kept.get(name) for name in Case.__dataclass_fields__})  # type: ignore[arg-type]
    due = Due(Order("words", 1, Urgency.WORDS, params=params), 1, NOW, 0, again=False)
    house = House(cast(Any, None), cast(Any, None), read_region(REGIONS / "bukhara"), dice=random.Random(1))
    return Reader(house, cast(Any, None), now, due, 1, "open", held, place or Place(told=SAFE))


def nobody() -> Reader:
    return replace(reader(), case=None)


async def test_what_she_did_just_now_lets_an_answer_through() -> None:
    assert await gate.held(reader()) is None


async def test_before_she_said_that_it_is_safe_nothing_goes() -> None:
    assert await gate.held(reader(place=Place())) == Held(gate.SHE_ANSWERS)


@pytest.mark.parametrize("until", [None, NOW - timedelta(seconds=1)])
async def test_outside_her_window_a_reply_waits_until_she_writes(until: datetime | None) -> None:
    assert await gate.held(reader({"window_until": until})) == Held(gate.SHE_WRITES)


async def test_her_window_holds_to_its_last_second() -> None:
    assert await gate.held(reader({"window_until": NOW})) is None


async def test_with_hours_of_hers_a_reply_waits_until_they_begin() -> None:
    place = Place(told=SAFE, settings=EVENINGS)
    held = await gate.held(reader({"window_until": None}, place=place))
    assert held == Held("18:00", NOW + timedelta(hours=4))
    place = Place(told=SAFE, settings={"when": "hours_14", "days": "saturday"})
    held = await gate.held(reader({"window_until": None}, place=place))
    assert held == Held("@at:2026-11-28T14:00:00+05:00", NOW + timedelta(days=4)), "with its day, where it is another"


@pytest.mark.parametrize("case", [{}, {"window_until": None}])
async def test_after_her_duress_word_nothing_goes_in_her_window_or_her_hours(case: dict[str, Any]) -> None:
    forced = reader({"forced_at": NOW, **case}, place=Place(told=SAFE, settings=EVENINGS), now=NOW + timedelta(hours=5))
    assert await gate.held(forced) == Over("forced")
    assert await gate.may_knock(forced) == Over("forced")


async def test_the_duress_word_stops_even_a_contact_that_she_agreed_to() -> None:
    forced = reader({"forced_at": NOW, "window_until": None}, agreed=True)
    assert await gate.may_knock(forced) == Over("forced")


async def test_whoever_was_erased_gets_nothing() -> None:
    assert await gate.held(nobody()) == Over("erased")
    assert await gate.may_knock(nobody()) == Over("erased")


async def test_the_neutral_question_is_asked_in_her_hours_or_at_a_time_agreed_and_else_not() -> None:
    away = {"window_until": None, "heard_at": NOW - timedelta(days=1)}
    evening = NOW + timedelta(hours=5)
    hours = Place(told=SAFE, settings=EVENINGS)
    assert await gate.may_knock(reader(away)) == Over("outside her hours")
    assert await gate.may_knock(reader(away, agreed=True)) is None
    assert await gate.may_knock(reader(away, place=hours, now=evening)) is None
    assert await gate.may_knock(reader(away, place=hours)) == Over("outside her hours")


async def test_it_is_asked_once_in_a_silence() -> None:
    asked = {"window_until": None, "heard_at": NOW - timedelta(days=1), "knocked_at": NOW - timedelta(hours=1)}
    assert await gate.may_knock(reader(asked, agreed=True)) == Over("not needed")
    since = {**asked, "heard_at": NOW - timedelta(minutes=30)}
    assert await gate.may_knock(reader(since, agreed=True)) is None


async def test_while_she_writes_it_is_not_asked() -> None:
    assert await gate.may_knock(reader(agreed=True)) == Over("not needed")
