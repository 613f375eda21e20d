"""The outbox: urgent first, in her order, held rows hold nobody up, and an exit waits for nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.vault.ground import NOW, Engines, become, rows
from vault import orders
from vault.bell import Nudge, listen
from vault.database import Connection, begin
from vault.orders import Due, Order, Urgency
from vault.tables import DESK, SURVIVORS

AMINA, BO, CHIDI = 11, 22, 33
SECOND = timedelta(seconds=1)
LIMIT = timedelta(seconds=20)


@pytest.fixture
async def out(hand: Connection) -> Connection:
    """The survivors' outbox, in the hands of the survivors' process."""
    await become(hand, "survivors")
    return hand


async def order(out: Connection, kind: str, address: int | None = AMINA, urgency: Urgency = Urgency.SCREEN) -> UUID:
    made = Order(kind, address, urgency)
    await orders.write(out, SURVIVORS, made, NOW)
    return made.id


async def due(
    out: Connection, *busy: int, now: datetime = NOW, limit: int = 10, untried_since: datetime | None = None
) -> list[Due]:
    return await orders.due(out, SURVIVORS, now, busy, limit, untried_since or now - LIMIT)


def kinds(found: Sequence[Due]) -> list[str]:
    return [one.order.kind for one in found]


async def test_an_order_comes_out_as_it_was_written(out: Connection) -> None:
    made = Order(
        "words", AMINA, Urgency.WORDS, None, uuid4(), 2, 77, {"number": "R1", "list": [1]}, NOW - SECOND, uuid4()
    )
    await orders.write(out, SURVIVORS, made, NOW)
    [found] = await due(out)
    assert found.order == made
    assert (found.made_at, found.tries, found.again) == (NOW, 0, False)


async def test_urgent_goes_first_then_whatever_was_written_first(out: Connection) -> None:
    await order(out, "later", AMINA, Urgency.LATER)
    await order(out, "screen", BO)
    await order(out, "alert", CHIDI, Urgency.ALERT)
    await order(out, "another", 44)
    assert kinds(await due(out)) == ["alert", "screen", "another", "later"]
    assert kinds(await due(out, limit=2)) == ["alert", "screen"]


async def test_of_one_person_only_the_first_goes_and_urgent_overtakes(out: Connection) -> None:
    await order(out, "first")
    await order(out, "second")
    assert kinds(await due(out)) == ["first"]
    await order(out, "leave", urgency=Urgency.EXIT)
    assert kinds(await due(out)) == ["leave"]


async def test_whoever_is_in_flight_waits_but_for_an_exit(out: Connection) -> None:
    await order(out, "screen", AMINA)
    await order(out, "words", BO, Urgency.WORDS)
    assert kinds(await due(out, AMINA)) == ["words"]
    await order(out, "leave", AMINA, Urgency.EXIT)
    assert kinds(await due(out, AMINA, BO)) == ["leave"]


async def test_what_is_not_due_yet_waits_and_holds_nobody_up(out: Connection) -> None:
    later = Order("reminder", AMINA, Urgency.WORDS, not_before=NOW + SECOND)
    await orders.write(out, SURVIVORS, later, NOW)
    await order(out, "screen", AMINA)
    assert kinds(await due(out)) == ["screen"]
    assert kinds(await due(out, now=NOW + SECOND)) == ["reminder"]


async def test_a_held_order_holds_nobody_up_until_she_writes(out: Connection) -> None:
    held = await order(out, "words", AMINA, Urgency.WORDS)
    await order(out, "screen", AMINA)
    await orders.tried(out, SURVIVORS, held, NOW)
    await orders.hold(out, SURVIVORS, held, "she writes")
    assert kinds(await due(out)) == ["screen"]
    await orders.free_held(out, SURVIVORS, BO)
    assert kinds(await due(out)) == ["screen"]
    await orders.free_held(out, SURVIVORS, AMINA)
    assert kinds(await due(out)) == ["words"]


async def test_an_order_that_names_nobody_is_never_sent(out: Connection) -> None:
    await order(out, "case_waits", None, Urgency.EXIT)
    assert await due(out) == []


async def test_an_order_that_was_tried_is_left_alone_until_the_call_must_be_over(out: Connection) -> None:
    tried = await order(out, "screen", AMINA)
    await order(out, "next", AMINA)
    await orders.tried(out, SURVIVORS, tried, NOW)
    assert kinds(await due(out)) == ["next"]
    assert kinds(await due(out, now=NOW + LIMIT - SECOND)) == ["next"]
    [again] = await due(out, now=NOW + LIMIT)
    assert (again.order.kind, again.tries) == ("screen", 1)


async def test_an_exit_does_not_wait_for_a_call_that_died_with_its_process(out: Connection) -> None:
    tried = await order(out, "decoy", AMINA, Urgency.EXIT)
    await order(out, "wipe", AMINA, Urgency.EXIT)
    await orders.tried(out, SURVIVORS, tried, NOW)
    [again] = await due(out, AMINA)
    assert (again.order.kind, again.again) == ("decoy", True)


async def test_an_order_that_ended_never_comes_again_and_ends_once(out: Connection) -> None:
    over = await order(out, "screen")
    await orders.end(out, SURVIVORS, over, "sent", NOW)
    await orders.end(out, SURVIVORS, over, "refused", NOW + SECOND)
    assert await due(out, now=NOW + timedelta(days=2)) == []
    assert await rows(out, "select ended, ended_at from survivor_orders") == [("sent", NOW)]


async def test_to_try_again_waits_until_its_time_and_says_that_the_first_may_have_arrived(out: Connection) -> None:
    again = await order(out, "words")
    await orders.tried(out, SURVIVORS, again, NOW)
    await orders.try_again(out, SURVIVORS, again, NOW + SECOND, again=True)
    assert await due(out) == []
    [found] = await due(out, now=NOW + SECOND)
    assert (found.again, found.tries) == (True, 1)
    await orders.try_again(out, SURVIVORS, again, NOW)
    [found] = await due(out)
    assert found.again


async def test_an_edit_whose_message_is_gone_is_tried_again_as_a_new_one(out: Connection) -> None:
    edit = Order("screen", AMINA, Urgency.SCREEN, message_id=77)
    await orders.write(out, SURVIVORS, edit, NOW)
    await orders.try_again(out, SURVIVORS, edit.id, NOW, as_new=True)
    [found] = await due(out)
    assert found.order.message_id is None


async def next_at(out: Connection, now: datetime = NOW) -> datetime | None:
    return await orders.next_due_at(out, SURVIVORS, now, now - LIMIT)


async def test_the_next_due_time_is_that_of_the_soonest_that_is_not_due_yet(out: Connection) -> None:
    assert await next_at(out) is None
    await order(out, "now")
    assert await next_at(out) is None
    for seconds in (9, 5, 7):
        later = Order("later", AMINA, Urgency.LATER, not_before=NOW + seconds * SECOND)
        await orders.write(out, SURVIVORS, later, NOW)
    assert await next_at(out) == NOW + 5 * SECOND


async def test_neither_what_is_held_nor_what_ended_has_a_due_time(out: Connection) -> None:
    for seconds in (5, 7):
        later = Order("later", AMINA, Urgency.LATER, not_before=NOW + seconds * SECOND)
        await orders.write(out, SURVIVORS, later, NOW)
        if seconds == 5:
            await orders.hold(out, SURVIVORS, later.id, "she writes")
        else:
            await orders.end(out, SURVIVORS, later.id, "left", NOW)
    assert await next_at(out) is None


async def test_a_tried_order_without_an_answer_falls_due_when_its_call_must_be_over(out: Connection) -> None:
    tried = await order(out, "screen")
    await orders.tried(out, SURVIVORS, tried, NOW - 5 * SECOND)
    at = await next_at(out)
    assert at is not None
    assert kinds(await due(out, now=at - SECOND)) == []
    assert kinds(await due(out, now=at)) == ["screen"]


async def test_leaving_ends_what_waits_but_not_what_is_spared_in_flight_or_anothers(out: Connection) -> None:
    for kind in ("words", "screen", "decoy", "in_flight"):
        await order(out, kind)
    held = await order(out, "held")
    await orders.hold(out, SURVIVORS, held, "she writes")
    await order(out, "other", BO)
    flying = next(row[0] for row in await rows(out, "select id, kind from survivor_orders") if row[1] == "in_flight")
    await orders.tried(out, SURVIVORS, UUID(str(flying)), NOW)
    concerned = await orders.end_all(out, SURVIVORS, AMINA, "left", NOW, spare=("decoy",))
    assert concerned == []
    found = dict(await rows(out, "select kind, ended from survivor_orders"))
    assert found == {
        "words": "left", "screen": "left", "held": "left", "decoy": None, "in_flight": None, "other": None,
    }  # fmt: skip


async def test_ending_one_kind_leaves_the_others_and_what_is_in_flight(out: Connection) -> None:
    flying = await order(out, "reminder")
    await orders.tried(out, SURVIVORS, flying, NOW)
    for kind in ("reminder", "screen"):
        await order(out, kind)
    await order(out, "reminder", BO)
    await orders.end_kind(out, SURVIVORS, AMINA, "reminder", "answered", NOW)
    found = await rows(out, "select kind, address_id, ended from survivor_orders order by serial")
    assert found == [
        ("reminder", AMINA, None),
        ("reminder", AMINA, "answered"),
        ("screen", AMINA, None),
        ("reminder", BO, None),
    ]


async def test_the_one_order_of_a_kind_is_put_off_or_written(out: Connection) -> None:
    for minute in (1, 5, 3):
        at = NOW + timedelta(minutes=minute)
        await orders.postpone(out, SURVIVORS, Order("fade", AMINA, Urgency.LATER, not_before=at), NOW)
    await orders.postpone(out, SURVIVORS, Order("fade", BO, Urgency.LATER), NOW)
    found = await rows(out, "select address_id, not_before from survivor_orders order by serial")
    assert found == [(AMINA, NOW + timedelta(minutes=3)), (BO, NOW)]
    assert await orders.waits(out, SURVIVORS, AMINA)
    assert not await orders.waits(out, SURVIVORS, CHIDI)


async def test_what_has_no_answer_and_may_have_made_a_message_is_known(out: Connection) -> None:
    for kind, message_id in (("screen", None), ("screen", 77), ("wipe", None), ("untried", None), ("over", None)):
        made = Order(kind, AMINA, Urgency.SCREEN, message_id=message_id)
        await orders.write(out, SURVIVORS, made, NOW)
        if kind != "untried":
            await orders.tried(out, SURVIVORS, made.id, NOW)
        if kind == "over":
            await orders.end(out, SURVIVORS, made.id, "sent", NOW)
    [found] = await orders.unanswered(out, SURVIVORS, AMINA)
    assert (found.order.kind, found.order.message_id, found.tried_at) == ("screen", None, NOW)
    assert found.may_stand


async def test_what_is_for_the_desk_comes_out_there_in_order_and_nowhere_else(hand: Connection) -> None:
    await become(hand, "survivors")
    for kind, urgency in (("words", Urgency.WORDS), ("waits", Urgency.ALERT), ("more", Urgency.WORDS)):
        await orders.write(hand, DESK, Order(kind, None, urgency), NOW)
    await become(hand, "operators")
    await orders.write(hand, DESK, Order("card", AMINA, Urgency.EXIT), NOW)
    found = await orders.to_the_desk(hand, 10)
    assert kinds(found) == ["waits", "words", "more"]
    await orders.end(hand, DESK, found[0].order.id, "spread", NOW)
    assert kinds(await orders.to_the_desk(hand, 1)) == ["words"]


async def test_an_order_across_the_wall_rings_the_other_side_and_one_of_its_own_rings_nobody(engines: Engines) -> None:
    nudge = Nudge()
    listening = asyncio.ensure_future(listen(engines.of("operators"), "desk", nudge))
    async with asyncio.timeout(10):
        await nudge.heard(None)
    survivors = engines.of("survivors")
    async with begin(survivors) as connection:
        await orders.write(connection, DESK, Order("quiet", None, Urgency.ALERT), NOW)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await nudge.heard(None)
    async with begin(survivors) as connection:
        await orders.write(connection, DESK, Order("loud", None, Urgency.ALERT), NOW, across=True)
    async with asyncio.timeout(10):
        await nudge.heard(None)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


def test_two_orders_are_never_the_same_one() -> None:
    made = Order("screen", AMINA, Urgency.SCREEN)
    assert Order("screen", AMINA, Urgency.SCREEN).id != made.id
    assert replace(made, id=orders.new_id()).id != made.id
