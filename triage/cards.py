"""What an order to a staff member becomes when its time has come: a card in the member's language, read from the vault.

Each reading of a case is audited in the commit of the try. What was erased since the order was written is not shown.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from triage import case_cards, danger_cards, desk_words, referral_cards, sheet_cards
from triage.house import House
from triage.lifecycle import CaseState
from triage.showing import Card, Desk, Forgotten, Nothing, Shown
from vault import cases, ledger, orders, people
from vault.database import Connection
from vault.orders import Due, Order, Urgency
from vault.tables import DESK

__all__ = ["Card", "Desk", "Forgotten", "Nothing", "Shown", "ended", "show"]

# Of these only one stands in a chat (of the same case, or the same referral): a new one ends the older.
_ONE_IN_A_CHAT = frozenset({"alert", "queue", "card", "referral_card"})


async def show(house: House, connection: Connection, due: Due, now: datetime) -> Shown:
    """The call this order asks for now, or why there is none."""
    assert due.order.address is not None  # noqa: S101 - what is for the desk is spread, never sent
    assert house.desk_words is not None  # noqa: S101 - the staff's process always has them
    member = await people.at(connection, due.order.address)
    case = await cases.find(connection, due.order.case) if due.order.case else None
    desk = Desk(house, connection, now, due, member, case, house.desk_words)
    shown = await _KINDS[due.order.kind](desk)
    if isinstance(shown, Card) and shown.edit is not None:
        return await _edited(desk, shown, shown.edit)
    return shown


async def _edited(desk: Desk, card: Card, message_id: int) -> Shown:
    """An edit that changes something: one that would say the same again is refused by Telegram, so it is no call.

    Where the message is gone a line is said anew; whatever only keeps a message true is not.
    """
    order = desk.due.order
    assert order.address is not None  # noqa: S101 - checked by `show`
    stands = await ledger.kind_at(desk.connection, DESK, order.address, message_id)
    if stands is None:
        return replace(card, edit=None) if order.kind in _SAID_ANEW else Nothing("gone")
    kind = card.kind(order.kind)
    if stands == kind and desk.due.tries == 0:
        return Nothing("says this already")
    await ledger.stands(
        desk.connection, DESK, order.address, message_id, ours=True, kind=kind, sent_at=desk.now, case=order.case
    )
    return card


_SAID_ANEW = frozenset({"line", "services", "refer_confirm", "danger", "sheet"})


async def _line(desk: Desk) -> Shown:
    order = desk.due.order
    key, values = str(order.params["key"]), order.params.get("values", {})
    rows = tuple(desk.row(*((label, data) for label, data in row)) for row in order.params.get("offers", ()))
    text = desk.say(key, **{name: desk.filled(value) for name, value in values.items()})
    number = str(values.get("number", ""))
    return Card(
        text, rows, edit=order.message_id, sounds=desk_words.sounds(key), mark="line", version=f"{key} {number}"
    )


async def _wipe(desk: Desk) -> Shown:
    """What this chat showed of the case, a hundred at a time, with what a try that died may have left.

    A fresh alert of a case that waits again stays; with `until`, only what is older goes.
    """
    order = desk.due.order
    assert order.address is not None  # noqa: S101 - a wipe always names its chat
    for tried in await orders.unanswered(desk.connection, DESK, order.address):
        if tried.order.case == order.case and not order.params.get("more"):
            await ledger.suspect(desk.connection, DESK, order.address, tried)
    before, until = order.params.get("before"), order.params.get("until")
    found = await ledger.to_wipe(
        desk.connection,
        DESK,
        order.address,
        desk.now,
        case=order.case,
        before=int(before) if before else None,
        until=datetime.fromisoformat(until) if until else None,
    )
    waits = desk.case is not None and desk.case.state == CaseState.WAITING
    found = [one for one in found if not (waits and one.kind == "alert")]
    if not found:
        return Nothing("nothing left")
    return Forgotten(tuple(one.message_id for one in found), ledger.suspected_of(found))


async def _remove(desk: Desk) -> Shown:
    """One message of ours that another has taken the place of."""
    order = desk.due.order
    assert order.address is not None  # noqa: S101 - names its chat, as every order here
    assert order.message_id is not None  # noqa: S101 - and its message
    stands = await ledger.kind_at(desk.connection, DESK, order.address, order.message_id)
    return Nothing("gone") if stands is None else Forgotten((order.message_id,))


_KINDS: Mapping[str, Callable[[Desk], Awaitable[Shown]]] = {
    "line": _line,
    "alert": case_cards.alert,
    "alert_over": case_cards.alert_over,
    "alert_later": case_cards.alert_later,
    "queue": case_cards.queue,
    "queue_changed": case_cards.queue_changed,
    "card": case_cards.card,
    "danger": danger_cards.danger,
    "sheet": sheet_cards.sheet,
    "words": case_cards.words,
    "voice": case_cards.voice,
    "services": referral_cards.services,
    "refer_confirm": referral_cards.confirm,
    "referral_card": referral_cards.referral,
    "referral_changed": referral_cards.referral_changed,
    "declined_words": referral_cards.declined_words,
    "wipe": _wipe,
    "remove": _remove,
}


# Why an order may not go any more, where what an unanswered try of it left must not stay on the screen either.
_NOT_TO_STAND = ("erased", "not theirs", "not theirs any more")


async def ended(connection: Connection, due: Due, how: str, now: datetime) -> None:
    """After an order ended: the next batch of a wipe, and what a message that now stands makes untrue."""
    order = due.order
    if due.may_stand and how in _NOT_TO_STAND:
        await orders.write(connection, DESK, Order("wipe", order.address, order.urgency, case=order.case), now)
    if how != "sent":
        return
    if order.kind == "wipe":
        more = replace(order, id=orders.new_id(), params={**order.params, "more": True})
        await orders.write(connection, DESK, more, now)
        return
    if order.case is not None and order.message_id is not None:
        await _too_late(connection, order, now)
    if order.kind in _ONE_IN_A_CHAT and order.message_id is not None:
        await _end_older(connection, order, order.message_id, now)


async def _too_late(connection: Connection, order: Order, now: datetime) -> None:
    """What changed while the call was in flight: whoever spread that could not yet find this message in the ledger."""
    assert order.case is not None  # noqa: S101 - asked by the caller
    case = await cases.find(connection, order.case)
    if case is None:
        await orders.write(connection, DESK, Order("wipe", order.address, Urgency.ALERT, case=order.case), now)
    elif order.kind == "alert" and case.state != CaseState.WAITING:
        over = Order("alert_over", order.address, Urgency.SCREEN, case=order.case, message_id=order.message_id)
        await orders.write(connection, DESK, over, now)


async def _end_older(connection: Connection, order: Order, newest: int, now: datetime) -> None:
    assert order.address is not None  # noqa: S101 - it was sent there
    kind = await ledger.kind_at(connection, DESK, order.address, newest)
    if kind is None:
        return
    mark = kind.partition("#")[0]
    for _, standing in await ledger.standing(connection, DESK, mark, number=order.address, case=order.case):
        if standing.message_id < newest and standing.sent_at > now - ledger.DELETABLE:
            gone = Order("remove", order.address, Urgency.SCREEN, case=order.case, message_id=standing.message_id)
            await orders.write(connection, DESK, gone, now)
