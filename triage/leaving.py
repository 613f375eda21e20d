"""Leaving at once, coming back, and being erased: hide first, delete after, and let nothing through but the decoy."""

from datetime import timedelta

from dialogs import decoy
from dialogs.flows.plan_state import let_go
from dialogs.manner import ON
from dialogs.screen import Screen
from triage.book import taste, written
from triage.lifecycle import Move, may
from triage.talk import Talk
from vault import known, ledger, orders
from vault.orders import Order, Urgency
from vault.tables import SURVIVORS

# The receipt stands this long, then it goes like the rest.
RECEIPT_STANDS = timedelta(hours=1)
# What still goes out to a chat that she left: the decoy's own messages and the deletions.
SPARED_KINDS = ("decoy", "wipe", "overwrite", "receipt", "receipt_gone", "fade")


async def leave(talk: Talk, word: str = "", *, blocked: bool = False, spare: int | None = None) -> None:
    """Quick exit, pressed ten times as good as once: the screen under her thumb is the decoy, then all else goes.

    Typed, the book answers the exit word with a screenful of recipes, so that what stands above leaves the display. A
    block is an exit too: nothing can be shown any more, but what stands there can still be deleted.
    """
    spared = [number for number in (talk.thumb, spare) if number is not None]
    await ledger.leave(talk.connection, SURVIVORS, talk.address, talk.now, spared)
    await _unsent(talk)
    if not blocked:
        await talk.order("decoy", Urgency.EXIT, message_id=talk.thumb, params=written(_book(talk, word)))
    await talk.order("wipe", Urgency.EXIT, params={"left": True})
    await talk.change(window_until=None, left_at=talk.now)
    talk.untold("safe", "by_word")
    talk.place = let_go(talk.place)
    if may(talk.case.state, Move.LEAVE):
        await talk.step(Move.LEAVE)
        await talk.tell_desk("she_left")
    await talk.note("left")


def _book(talk: Talk, word: str) -> Screen:
    if word:
        return decoy.answer(word, taste(talk), talk.house.region, long=True)
    return decoy.home(taste(talk), talk.house.region, long=talk.thumb is None)


async def _unsent(talk: Talk) -> None:
    """What was still to be said to her ends; whoever wrote it is told that she left.

    What died in the middle of its call may stand on her phone and be known to nobody: the wipe tries it too.
    """
    await _suspect(talk)
    ended = await orders.end_all(talk.connection, SURVIVORS, talk.address, "left", talk.now, spare=SPARED_KINDS)
    if ended:
        await talk.tell_desk("not_delivered", params={"how": "left"})


async def _suspect(talk: Talk) -> None:
    for due in await orders.unanswered(talk.connection, SURVIVORS, talk.address):
        await ledger.suspect(talk.connection, SURVIVORS, talk.address, due)


async def forced(talk: Talk) -> None:
    """Her duress word: nothing goes to her any more, and whoever is at the desk knows; nobody is called or sent."""
    await talk.change(forced_at=talk.now, window_until=None)
    await talk.tell_desk("she_was_forced")
    await talk.note("forced")


async def come_back(talk: Talk) -> None:
    """Her way back: no old content is shown or sent.

    A reply that was under way when she left ends too, or it would be said again after her return.
    """
    await _suspect(talk)
    if await ledger.left_behind(talk.connection, SURVIVORS, talk.address, talk.now):
        talk.told("left_behind")
    await ledger.come_back(talk.connection, SURVIVORS, talk.address)
    if await orders.end_all(talk.connection, SURVIVORS, talk.address, "came back", talk.now, in_flight=True):
        await talk.tell_desk("not_delivered", params={"how": "came_back"})
    await talk.note("came_back")


async def clear_behind(talk: Talk, before: int) -> None:
    """What the exit could not yet delete, and the decoy's own, is deleted still: after her answer, never before it, or
    her word would be answered later than a dish is."""
    await talk.order("wipe", params={"before": before})


async def take_back_receipt(talk: Talk, chat: int, under: int | None) -> None:
    """She erased everything and is here again, as new: the receipt in her chat goes now, or it would stand beside the
    decoy when she leaves. One whose button she tapped becomes what she tapped for, and goes with the rest from now on.

    Nothing leads from her to what was erased; only the few receipts that stand are looked at, by the chat they are in.
    """
    for due in await orders.of_kind(talk.connection, SURVIVORS, "receipt_gone"):
        address = due.order.address
        if address is None or await ledger.chat_id(talk.connection, talk.house.safe, address) != chat:
            continue
        found = await ledger.address(talk.connection, SURVIVORS, address)
        if found is not None and under in found.spared:
            await orders.end(talk.connection, SURVIVORS, due.order.id, "taken back", talk.now)
            await ledger.gone(talk.connection, SURVIVORS, address, [under], talk.now)
            await ledger.stands(
                talk.connection, SURVIVORS, talk.address, under, ours=True, kind="receipt", sent_at=talk.now
            )
        else:
            await orders.try_again(talk.connection, SURVIVORS, due.order.id, talk.now)


def _read_by(talk: Talk) -> dict[str, str]:
    """How she reads, for the one screen that is shown when her settings are gone already; it goes with the order."""
    kept = (name for name in ("easy", "aloud", "plain") if talk.place.settings.get(name) == ON)
    return dict.fromkeys(kept, ON)


async def erase(talk: Talk) -> None:
    """Everything about her, on both sides; the receipt alone is said after it, and goes by itself.

    The number proves nothing: it is random and kept nowhere but in the order that says it.
    """
    receipt = "-".join(f"{talk.house.dice.randrange(10_000):04d}" for _ in range(2))
    language = talk.place.language
    under = None if talk.manner.aloud else talk.thumb
    spared = [under] if under is not None else []
    await ledger.leave(talk.connection, SURVIVORS, talk.address, talk.now, spared)
    await known.erase_case(talk.connection, talk.case.id, talk.now)
    said = Order(
        "receipt",
        talk.address,
        Urgency.EXIT,
        message_id=under,
        params={"number": receipt, "language": language, **_read_by(talk)},
    )
    await orders.write(talk.connection, SURVIVORS, said, talk.now)
    await orders.write(talk.connection, SURVIVORS, Order("wipe", talk.address, Urgency.EXIT), talk.now)
    gone = Order("receipt_gone", talk.address, Urgency.LATER, not_before=talk.now + RECEIPT_STANDS)
    await orders.write(talk.connection, SURVIVORS, gone, talk.now)
    await talk.note("erased")
