"""What is owed: updates not done and orders whose time has come, of both sides together."""

from datetime import timedelta

from tests.vault.ground import NOW, Sides, an_address
from vault import inbox, ledger, orders, owed
from vault.database import Connection
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.tables import DESK, SURVIVORS

AMINA = PersonHash(b"a" * 32)


async def ordered(hand: Connection, side: str, kind: str, *, later: bool = False) -> Order:
    made = Order(kind, 7, Urgency.SCREEN, not_before=NOW + timedelta(hours=1) if later else None)
    await orders.write(hand, side, made, NOW)
    return made


async def test_where_nothing_came_nothing_is_owed(hand: Connection) -> None:
    found = await owed.owed(hand, NOW)
    assert found == owed.Owed(0, 0, 0)
    assert found.nothing


async def test_updates_are_owed_until_they_are_done_or_set_aside(hand: Connection, sides: Sides) -> None:
    for safe in (sides.hers, sides.desks):
        for update_id in (1, 2, 3):
            await inbox.take_in(hand, safe, update_id, AMINA, b"words", NOW)
        for end in (inbox.done, inbox.set_aside):
            [letter] = await inbox.first_of_each(hand, safe.side, [], 9)
            await end(hand, letter)
    found = await owed.owed(hand, NOW)
    assert (found.updates, found.aside) == (2, 2)
    assert not found.nothing
    assert await owed.taken_in(hand, SURVIVORS) == {1, 2, 3}


async def test_an_order_is_owed_when_its_time_has_come_and_nothing_holds_it(hand: Connection) -> None:
    await ordered(hand, SURVIVORS, "due")
    await ordered(hand, DESK, "due")
    await ordered(hand, DESK, "later", later=True)
    held, ended = await ordered(hand, SURVIVORS, "held"), await ordered(hand, SURVIVORS, "ended")
    await orders.hold(hand, SURVIVORS, held.id, "she writes")
    await orders.end(hand, SURVIVORS, ended.id, "sent", NOW)
    assert (await owed.owed(hand, NOW)).orders == 2
    assert (await owed.owed(hand, NOW + timedelta(hours=1))).orders == 3
    assert await owed.endings(hand, SURVIVORS) == {("ended", "sent"): 1}


async def test_tries_made_anew_are_counted_where_the_first_had_no_answer(hand: Connection) -> None:
    sure, unsure = await ordered(hand, SURVIVORS, "words"), await ordered(hand, SURVIVORS, "words")
    await orders.tried(hand, SURVIVORS, sure.id, NOW)
    for _ in range(3):
        await orders.tried(hand, SURVIVORS, unsure.id, NOW)
        await orders.try_again(hand, SURVIVORS, unsure.id, NOW, again=True)
    assert await owed.sent_again(hand, SURVIVORS, "words") == 2
    assert await owed.sent_again(hand, SURVIVORS, "screen") == 0


async def test_what_stands_is_known_by_chat(hand: Connection, sides: Sides) -> None:
    hers, his = await an_address(hand, sides.hers, 5001, 1), await an_address(hand, sides.hers, 5002, 2)
    for address, message_id in ((hers, 1), (hers, 2), (his, 3)):
        await ledger.stands(hand, SURVIVORS, address, message_id, ours=True, kind="x", sent_at=NOW)
    await ledger.gone(hand, SURVIVORS, hers, [1], NOW)
    assert await owed.standing(hand, SURVIVORS) == {hers: {2}, his: {3}}
