"""Referrals: a row, every move beside it, and a number that says nothing."""

import random
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.vault.ground import NOW, Sides, a_case, become, rows
from vault import referrals
from vault.database import Connection
from vault.referrals import Referral

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def draft(hand: Connection, sides: Sides) -> Referral:
    """A draft for a shelter, in the hands of the staff's process."""
    await become(hand, "survivors")
    case, _, _ = await a_case(hand, sides.hers)
    await become(hand, "operators")
    made = Referral(
        uuid4(), case.id, "RABCDEF", "bux-shelter-a", "safehouse", uuid4(), None, "red", ("lang", "needs_text"), None,
        None, "draft", None, None,
    )  # fmt: skip
    await referrals.draft(hand, made, NOW)
    return made


async def test_a_draft_is_found_as_it_was_written(hand: Connection, draft: Referral) -> None:
    assert await referrals.find(hand, draft.number) == draft
    assert await referrals.of_case(hand, draft.case) == [draft]
    assert await referrals.find(hand, "RZZZZZZ") is None


async def test_every_move_is_written_beside_the_new_state(hand: Connection, draft: Referral) -> None:
    receiver = uuid4()
    await referrals.move(hand, draft, "sent", "staff 1", NOW, due_at=NOW + MINUTE)
    sent = await referrals.find(hand, draft.number)
    assert sent is not None
    assert (sent.state, sent.due_at) == ("sent", NOW + MINUTE)
    await referrals.move(hand, sent, "rejected", "staff 2", NOW + MINUTE, reason="full", receiver_id=receiver)
    found = await referrals.find(hand, draft.number)
    assert found is not None
    assert (found.state, found.reason, found.receiver) == ("rejected", "full", receiver)
    moves = await rows(hand, "select came_from, went_to, actor, reason, at from referral_moves order by at")
    assert moves == [
        ("draft", "sent", "staff 1", None, NOW),
        ("sent", "rejected", "staff 2", "full", NOW + MINUTE),
    ]


async def test_a_service_sees_what_is_before_it_and_nothing_else(hand: Connection, draft: Referral) -> None:
    assert await referrals.for_service(hand, draft.service, ("sent",)) == []
    await referrals.move(hand, draft, "sent", "staff 1", NOW)
    assert [found.number for found in await referrals.for_service(hand, draft.service, ("sent",))] == [draft.number]
    assert await referrals.for_service(hand, "bux-health-a", ("sent",)) == []


def test_a_number_is_said_aloud_without_being_misheard() -> None:
    dice = random.Random(1)
    assert all(re.fullmatch(r"R[A-HJ-NP-Z2-9]{6}", referrals.new_number(dice)) for _ in range(200))
