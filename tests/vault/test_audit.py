"""The audit: every row is chained once, in one order, and whoever changes one is found out."""

import asyncio
import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.vault.ground import NOW, Engines, become, one, rows
from vault import audit
from vault.bell import ROUNDS, Nudge, listen
from vault.database import Connection, Engine, alone, begin

SECOND = timedelta(seconds=1)
CASE = UUID(int=7)


async def noted(hand: Connection, count: int, *, start: int = 0) -> None:
    """Rows written by both sides, a second apart."""
    for number in range(start, start + count):
        await become(hand, ("survivors", "operators")[number % 2])
        await audit.note(hand, f"staff {number}", "read.case", NOW + number * SECOND, case=CASE, subject="x")
    await become(hand, "rounds")


async def chained(hand: Connection) -> list[str]:
    """Who stands in the chain, in its order."""
    query = "select actor from audit_chain join audit on audit.id = audit_id order by seq"
    return [str(row[0]).removeprefix("staff ") for row in await rows(hand, query)]


async def test_what_was_written_is_chained_oldest_first_and_holds(hand: Connection) -> None:
    await noted(hand, 5)
    assert await audit.chain_batch(hand) == 5
    assert await audit.chain_batch(hand) == 0
    assert await chained(hand) == ["0", "1", "2", "3", "4"]
    assert [row[0] for row in await rows(hand, "select seq from audit_chain order by seq")] == [1, 2, 3, 4, 5]
    assert await audit.broken_at(hand) is None


async def test_batches_go_on_where_the_last_one_ended(hand: Connection) -> None:
    await noted(hand, 5)
    assert [await audit.chain_batch(hand, 2) for _ in range(4)] == [2, 2, 1, 0]
    assert await chained(hand) == ["0", "1", "2", "3", "4"]
    assert await audit.broken_at(hand) is None


async def test_a_row_that_was_committed_late_is_chained_after_what_stands(hand: Connection) -> None:
    await noted(hand, 2, start=2)
    await audit.chain_batch(hand)
    await noted(hand, 2)
    await audit.chain_batch(hand)
    assert await chained(hand) == ["2", "3", "0", "1"]
    assert await audit.broken_at(hand) is None


def test_a_link_is_made_as_the_page_says() -> None:
    row, at = UUID(int=1), NOW
    said = "\0".join((str(row), "2026-11-24T12:00:00+00:00", "staff 1", "read.case", str(CASE), ""))
    expected = hashlib.sha256(audit.GENESIS + said.encode()).digest()
    assert audit.link(audit.GENESIS, row, at, "staff 1", "read.case", CASE, None) == expected


TAMPERING = {
    "an actor": "update audit set actor = 'nobody' where actor = 'staff 2'",
    "a verb": "update audit set verb = 'wrote' where actor = 'staff 2'",
    "a time": "update audit set at = at + interval '1 second' where actor = 'staff 2'",
    "a case": "update audit set case_id = null where actor = 'staff 2'",
    "a subject": "update audit set subject = 'y' where actor = 'staff 2'",
    "an id": "update audit_chain set audit_id = (select id from audit where actor = 'late') where seq = 3",
    "a digest": "update audit_chain set digest = sha256('x') where seq = 3",
    "a number": "update audit_chain set seq = 30 where seq = 3",
    "a row taken out": "with gone as (delete from audit_chain where seq = 3 returning audit_id)"
    " delete from audit where id in (select audit_id from gone)",
    "two rows changed about": "update audit a set actor = b.actor from audit b"
    " where (a.actor, b.actor) in (('staff 2', 'staff 3'), ('staff 3', 'staff 2'))",
    "a row slipped in": "update audit_chain set seq = seq + 100 where seq >= 3",
}


@pytest.mark.parametrize("what", TAMPERING)
async def test_whatever_is_changed_is_found_where_it_was_changed(hand: Connection, what: str) -> None:
    await noted(hand, 5)
    await audit.chain_batch(hand)
    await become(hand, "owner")
    await hand.execute(text("insert into audit values (:id, now(), 'late', 'read', null, null)"), {"id": uuid4()})
    await hand.execute(text("set constraints all deferred"))
    await hand.execute(text(TAMPERING[what]))
    assert await audit.broken_at(hand) == 3


async def test_an_end_cut_off_is_found_by_the_anchor(hand: Connection) -> None:
    await noted(hand, 5)
    await audit.chain_batch(hand)
    assert await audit.anchor(hand, NOW)
    await become(hand, "owner")
    cut = "with gone as (delete from audit_chain where seq > 3 returning audit_id)"
    await hand.execute(text(f"{cut} delete from audit where id in (select audit_id from gone)"))
    assert await audit.broken_at(hand) == 4


async def test_a_chain_made_anew_is_found_by_the_anchor(hand: Connection) -> None:
    await noted(hand, 5)
    await audit.chain_batch(hand)
    await audit.anchor(hand, NOW)
    await become(hand, "owner")
    await hand.execute(text("update audit set actor = 'nobody' where actor = 'staff 2'"))
    await hand.execute(text("delete from audit_chain"))
    await become(hand, "rounds")
    await audit.chain_batch(hand)
    assert await audit.broken_at(hand) == 5


async def test_the_head_is_anchored_each_hour_and_not_more_often(hand: Connection) -> None:
    assert not await audit.anchor(hand, NOW)
    await noted(hand, 1)
    await audit.chain_batch(hand)
    assert await audit.anchor(hand, NOW)
    await noted(hand, 1, start=1)
    await audit.chain_batch(hand)
    assert not await audit.anchor(hand, NOW + timedelta(minutes=59))
    assert await audit.anchor(hand, NOW + timedelta(hours=1))
    found = await rows(hand, "select seq, at, digest from audit_anchors order by seq")
    assert [row[:2] for row in found] == [(1, NOW), (2, NOW + timedelta(hours=1))]
    assert found[-1][2] == (await audit.head(hand))[1]


async def test_a_head_that_is_anchored_already_is_not_anchored_again(hand: Connection) -> None:
    await noted(hand, 1)
    await audit.chain_batch(hand)
    assert await audit.anchor(hand, NOW)
    assert not await audit.anchor(hand, NOW + timedelta(hours=5))
    assert await one(hand, "select count(*) from audit_anchors") == 1


async def test_many_who_write_and_many_who_chain_make_one_chain(engines: Engines) -> None:
    sides = [engines.of("survivors"), engines.of("operators")]
    rounds = [engines.of("rounds") for _ in range(3)]

    async def write(engine: Engine) -> None:
        for number in range(15):
            async with begin(engine) as connection:
                await audit.note(connection, "program", "wrote", NOW + number * SECOND)

    async def chain(engine: Engine) -> None:
        for _ in range(10):
            async with begin(engine) as connection:
                await alone(connection, "rounds chain")
                await audit.chain_batch(connection, 4)

    await asyncio.gather(*(write(engine) for engine in sides), *(chain(engine) for engine in rounds))
    async with begin(rounds[0]) as connection:
        while await audit.chain_batch(connection):
            pass
        assert await one(connection, "select count(*) from audit_chain") == 30
        assert await audit.broken_at(connection) is None


async def test_the_rounds_are_rung_when_something_is_written(engines: Engines) -> None:
    nudge = Nudge()
    listening = asyncio.ensure_future(listen(engines.of("rounds"), ROUNDS, nudge))
    async with asyncio.timeout(10):
        await nudge.heard(None)
    async with begin(engines.of("operators")) as connection:
        await audit.note(connection, "staff 1", "read.case", NOW)
    async with asyncio.timeout(10):
        await nudge.heard(None)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
