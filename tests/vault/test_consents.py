"""Consents: her newest answer to each question counts, until she takes it back."""

from datetime import timedelta

import pytest

from tests.vault.ground import NOW, Sides, a_case, become, rows
from vault import consents
from vault.cases import Case
from vault.consents import PERSON, REFERRAL
from vault.database import Connection

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def case(hand: Connection, sides: Sides) -> Case:
    """Amina's case, in the hands of the survivors' process."""
    await become(hand, "survivors")
    return (await a_case(hand, sides.hers))[0]


async def test_what_was_never_asked_is_no(hand: Connection, case: Case) -> None:
    assert not await consents.stands(hand, case.id, PERSON)


async def test_her_newest_answer_counts(hand: Connection, case: Case) -> None:
    for minute, said in enumerate((True, False, True)):
        await consents.answer(hand, case.id, PERSON, said, NOW + minute * MINUTE)
        assert await consents.stands(hand, case.id, PERSON) == said
    assert len(await rows(hand, "select id from consents")) == 3


async def test_a_yes_to_one_service_is_none_to_another(hand: Connection, case: Case) -> None:
    await consents.answer(hand, case.id, REFERRAL, True, NOW, receiver="R1", fields=("lang", "needs_text"))
    await consents.answer(hand, case.id, REFERRAL, False, NOW + MINUTE, receiver="R2")
    assert await consents.stands(hand, case.id, REFERRAL, "R1")
    assert not await consents.stands(hand, case.id, REFERRAL, "R2")
    assert not await consents.stands(hand, case.id, REFERRAL, "R3")
    assert not await consents.stands(hand, case.id, PERSON)
    assert await rows(hand, "select fields from consents where receiver = 'R1'") == [(["lang", "needs_text"],)]


async def test_a_yes_taken_back_stands_no_more_and_says_when(hand: Connection, case: Case) -> None:
    await consents.answer(hand, case.id, PERSON, True, NOW)
    await consents.answer(hand, case.id, REFERRAL, True, NOW, receiver="R1")
    await consents.withdraw(hand, case.id, PERSON, NOW + MINUTE)
    await consents.withdraw(hand, case.id, PERSON, NOW + 2 * MINUTE)
    assert not await consents.stands(hand, case.id, PERSON)
    assert await consents.stands(hand, case.id, REFERRAL, "R1")
    taken = await rows(hand, "select kind, withdrawn_at from consents where withdrawn_at is not null")
    assert taken == [(PERSON, NOW + MINUTE)]


async def test_a_yes_after_one_taken_back_stands(hand: Connection, case: Case) -> None:
    await consents.answer(hand, case.id, PERSON, True, NOW)
    await consents.withdraw(hand, case.id, PERSON, NOW + MINUTE)
    await consents.answer(hand, case.id, PERSON, True, NOW + 2 * MINUTE)
    assert await consents.stands(hand, case.id, PERSON)


async def test_the_yes_of_another_case_is_not_hers(hand: Connection, sides: Sides, case: Case) -> None:
    other, _, _ = await a_case(hand, sides.hers, 5002)
    await consents.answer(hand, other.id, PERSON, True, NOW)
    assert not await consents.stands(hand, case.id, PERSON)


async def test_the_desk_reads_her_answers_and_writes_none(hand: Connection, case: Case) -> None:
    await consents.answer(hand, case.id, PERSON, True, NOW)
    await become(hand, "operators")
    assert await consents.stands(hand, case.id, PERSON)
