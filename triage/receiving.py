"""A service's side of a referral: acknowledge, accept, or decline with a reason from the closed list."""

from triage.clerk import Clerk
from triage.happened import TOLD_BY_REFERRAL, happened_of, written
from triage.lifecycle import REJECT_REASONS, Hand, NotAllowedError, ReferralState, move_referral
from triage.referring import mark_of, tell_sender, who_hears
from vault import cases, entries, ledger, orders, referrals
from vault.orders import Order, Urgency
from vault.referrals import Referral
from vault.tables import DESK

LONGEST_REASON = 300
# What was never sent to the service is not there for it.
_NEVER_SENT = frozenset({ReferralState.DRAFT, ReferralState.READY, ReferralState.CANCELLED})


async def _mine(clerk: Clerk, rest: str) -> tuple[Referral, str] | None:
    """The referral a command names, when it is before this member's own service, and the words that follow."""
    number, *words = rest.split(maxsplit=1) or [""]
    referral = await referrals.find(clerk.connection, number.upper())
    there = (
        referral is not None
        and referral.service == clerk.member.service
        and referral.entry is not None
        and referral.state not in _NEVER_SENT
        and await cases.find(clerk.connection, referral.case) is not None
    )
    if referral is None or not there:
        await clerk.line("referral.unknown")
        return None
    return referral, words[0] if words else ""


async def _moved(clerk: Clerk, referral: Referral, *verbs: str, **values: object) -> Referral | None:
    """The referral after these moves, each written down; None, said, where it stands elsewhere."""
    moved = referral
    try:
        for verb in verbs:
            state = move_referral(moved.state, verb, Hand.RECEIVER)
            await referrals.move(
                clerk.connection, moved, state, clerk.actor, clerk.now, receiver_id=clerk.member.id, **values
            )
            await clerk.note(f"referral.{state}", referral.case, referral.number)
            await _begin_clocks(clerk, moved, verb)
            again = await referrals.find(clerk.connection, referral.number)
            assert again is not None  # noqa: S101 - held in this transaction
            moved = again
    except NotAllowedError:
        state_now = f"@state.{moved.state}"
        await clerk.line("referral.not_now", case=referral.case, number=referral.number, state=state_now)
        return None
    await _show(clerk, moved)
    return moved


async def _begin_clocks(clerk: Clerk, referral: Referral, verb: str) -> None:
    """The agency's hours, counted from when it was sent; a time that somebody told before stands, for it is earlier."""
    events = TOLD_BY_REFERRAL.get((referral.kind, verb), ())
    sent = await referrals.sent_at(clerk.connection, referral) if events else None
    if sent is None:
        return
    told = happened_of(await entries.read_all(clerk.connection, clerk.house.safe, referral.case, ("clock",)))
    for event in events:
        if event not in told:
            kept = written(event, hours_ago=0)
            await entries.write(clerk.connection, referral.case, "clock", "staff", kept, entries.DESKS, sent)


async def acknowledge(clerk: Clerk, rest: str) -> None:
    """Read, and a named person is responsible."""
    mine = await _mine(clerk, rest)
    if mine is not None and await _moved(clerk, mine[0], "acknowledge"):
        await tell_sender(clerk.connection, mine[0], "refer.acknowledged", clerk.now)


async def accept(clerk: Clerk, rest: str) -> None:
    """The service can be given; an unacknowledged referral is acknowledged on the way."""
    mine = await _mine(clerk, rest)
    if mine is None:
        return
    unread = mine[0].state in {ReferralState.SENT, ReferralState.ESCALATED}
    verbs = ("acknowledge", "accept") if unread else ("accept",)
    if await _moved(clerk, mine[0], *verbs):
        await tell_sender(clerk.connection, mine[0], "refer.accepted", clerk.now)


async def decline(clerk: Clerk, rest: str) -> None:
    """No, with a reason; without one the closed list is offered."""
    mine = await _mine(clerk, rest)
    if mine is None:
        return
    referral, words = mine
    reason, *more = words.split(maxsplit=1) or [""]
    text = more[0][:LONGEST_REASON] if more else ""
    if reason not in REJECT_REASONS:
        offers = [[(f"reason.{word}", f"decline:{referral.number}:{word}")] for word in REJECT_REASONS]
        await clerk.line("decline.why", offers=offers, case=referral.case, number=referral.number)
    elif reason == "other_with_text" and not text:
        await clerk.ask_for(f"decline {referral.number} other_with_text")
        await clerk.line("decline.text", case=referral.case, here=True, number=referral.number)
    elif await _moved(clerk, referral, "reject", reason=reason):
        await _say_why(clerk, referral, reason, text)


async def _say_why(clerk: Clerk, referral: Referral, reason: str, text: str) -> None:
    """The reason to whoever asked; words of the service's own are sealed to the desk, as a note of the case."""
    if clerk.thumb is not None:
        # The list of reasons has served: it is not left behind for a second thumb.
        await clerk.order("remove", message_id=clerk.thumb, case=referral.case)
    if not text:
        await tell_sender(clerk.connection, referral, "refer.declined", clerk.now, reason=f"@reason.{reason}")
        return
    entry = await entries.write(clerk.connection, referral.case, "note", "staff", text, entries.DESKS, clerk.now)
    for member in await who_hears(clerk.connection, referral):
        told = Order(
            "declined_words", member.address, Urgency.WORDS, case=referral.case, entry=entry,
            params={"number": referral.number, "reason": reason},
        )  # fmt: skip
        await orders.write(clerk.connection, DESK, told, clerk.now)


async def _show(clerk: Clerk, referral: Referral) -> None:
    """The card as it now stands, wherever it stands: a colleague's too. A typed command is answered by a line."""
    for address, standing in await ledger.standing(clerk.connection, DESK, mark_of(referral), case=referral.case):
        changed = Order(
            "referral_changed", address, Urgency.SCREEN, case=referral.case, message_id=standing.message_id,
            params={"number": referral.number},
        )  # fmt: skip
        await orders.write(clerk.connection, DESK, changed, clerk.now)
    if clerk.thumb is None:
        state = f"@state.{referral.state}"
        await clerk.line("referral.head", case=referral.case, number=referral.number, state=state)
