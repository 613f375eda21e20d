"""Offers: one open for each case and member, lapsed once by the rounds, and the next thing to happen is known."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from tests.vault.ground import NOW, Sides, a_case, become, one
from tests.vault.test_known import a_member
from vault import offers
from vault.database import Connection

MINUTE = timedelta(minutes=1)
REST = 30 * MINUTE


@pytest.fixture
async def pair(hand: Connection, sides: Sides) -> tuple[UUID, UUID]:
    """A case and a member who may be offered it, in the hands of the staff's process."""
    member = await a_member(hand, sides)
    await become(hand, "survivors")
    case, _, _ = await a_case(hand, sides.hers)
    await become(hand, "operators")
    return case.id, member.id


async def test_an_offer_stands_until_it_is_over(hand: Connection, pair: tuple[UUID, UUID]) -> None:
    case, staff = pair
    await offers.make(hand, case, staff, NOW, None)
    [shown] = await offers.standing(hand)
    assert shown == offers.Offered(shown.id, case, staff, None, None, None)
    await offers.end(hand, [], NOW)
    assert await offers.standing(hand) == [shown]
    await offers.end(hand, [shown.id], NOW)
    assert await offers.standing(hand) == []


async def test_a_member_has_one_open_offer_of_a_case(hand: Connection, pair: tuple[UUID, UUID]) -> None:
    await offers.make(hand, *pair, NOW, NOW + MINUTE)
    with pytest.raises(IntegrityError):
        async with hand.begin_nested():
            await offers.make(hand, *pair, NOW, None)
    await offers.end(hand, [(await offers.standing(hand))[0].id], NOW)
    await offers.make(hand, *pair, NOW, None)
    assert len(await offers.standing(hand)) == 1


async def test_an_offer_that_nobody_answers_lapses_once_and_one_only_shown_never(
    hand: Connection, pair: tuple[UUID, UUID]
) -> None:
    await offers.make(hand, *pair, NOW, NOW + MINUTE)
    await become(hand, "rounds")
    assert await offers.lapse(hand, NOW + MINUTE - timedelta(seconds=1)) == 0
    assert await offers.lapse(hand, NOW + MINUTE) == 1
    assert await offers.lapse(hand, NOW + MINUTE) == 0
    assert await one(hand, "select lapsed_at from offers") == NOW + MINUTE


async def test_whoever_let_one_lapse_is_asked_again_after_a_rest_and_counted_once(
    hand: Connection, pair: tuple[UUID, UUID]
) -> None:
    await offers.make(hand, *pair, NOW, NOW + MINUTE)
    await become(hand, "rounds")
    await offers.lapse(hand, NOW + MINUTE)
    assert await offers.rested(hand, NOW + MINUTE + REST - timedelta(seconds=1), REST) == 0
    assert await offers.rested(hand, NOW + MINUTE + REST, REST) == 1
    assert await offers.rested(hand, NOW + MINUTE + REST, REST) == 0


async def test_an_offer_rung_anew_lapses_anew(hand: Connection, pair: tuple[UUID, UUID]) -> None:
    await offers.make(hand, *pair, NOW, None)
    [shown] = await offers.standing(hand)
    await offers.ring(hand, shown.id, NOW, NOW + MINUTE)
    await become(hand, "rounds")
    assert await offers.lapse(hand, NOW + MINUTE) == 1
    await become(hand, "operators")
    await offers.ring(hand, shown.id, NOW + REST, NOW + REST + MINUTE)
    [rung] = await offers.standing(hand)
    assert (rung.rung_at, rung.lapses_at, rung.lapsed_at) == (NOW + REST, NOW + REST + MINUTE, None)


async def test_the_next_thing_to_happen_is_a_lapse_or_the_end_of_a_rest(
    hand: Connection, pair: tuple[UUID, UUID]
) -> None:
    await become(hand, "rounds")
    assert await offers.next_event(hand, NOW, REST) is None
    await become(hand, "operators")
    await offers.make(hand, *pair, NOW, NOW + MINUTE)
    await become(hand, "rounds")
    assert await offers.next_event(hand, NOW, REST) == NOW + MINUTE
    await offers.lapse(hand, NOW + MINUTE)
    assert await offers.next_event(hand, NOW, REST) == NOW + MINUTE + REST
    await offers.rested(hand, NOW + MINUTE + REST, REST)
    assert await offers.next_event(hand, NOW, REST) is None
