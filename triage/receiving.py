"""A service's side of a referral: acknowledge, accept, or decline with a reason from the closed list."""

from triage.clerk import Clerk
from triage.lifecycle import REJECT_REASONS, Hand, NotAllowedError, ReferralState, move_referral
from triage.referring import tell_sender
from vault import referrals
from vault.referrals import Referral


async def _mine(clerk: Clerk, rest: str) -> Referral | None:
    """The referral a command names, when it is before this member's own service."""
    number = rest.split(maxsplit=1)[0].upper() if rest.split() else ""
    referral = await referrals.find(clerk.connection, number)
    if referral is None or referral.service != clerk.member.service:
        await clerk.line("referral.unknown")
        return None
    return referral


async def _moved(clerk: Clerk, referral: Referral, verb: str, **values: object) -> ReferralState | None:
    try:
        state = move_referral(referral.state, verb, Hand.RECEIVER)
    except NotAllowedError:
        await clerk.line("referral.not_now", case=referral.case, number=referral.number)
        return None
    await referrals.move(
        clerk.connection, referral, state, clerk.actor, clerk.now, receiver_id=clerk.member.id, **values
    )
    await clerk.note(f"referral.{state}", referral.case, referral.number)
    return state


async def acknowledge(clerk: Clerk, rest: str) -> None:
    """Read, and a named person is responsible."""
    referral = await _mine(clerk, rest)
    if referral is not None and await _moved(clerk, referral, "acknowledge"):
        await _show(clerk, referral)
        await tell_sender(clerk.connection, referral, "refer.acknowledged", clerk.now)


async def accept(clerk: Clerk, rest: str) -> None:
    """The service can be given; an unacknowledged referral is acknowledged on the way."""
    referral = await _mine(clerk, rest)
    if referral is None:
        return
    if referral.state in {ReferralState.SENT, ReferralState.ESCALATED}:
        await _moved(clerk, referral, "acknowledge")
        referral = await referrals.find(clerk.connection, referral.number)
        assert referral is not None  # noqa: S101 - held in this transaction
    if await _moved(clerk, referral, "accept"):
        await _show(clerk, referral)
        await tell_sender(clerk.connection, referral, "refer.accepted", clerk.now)


async def decline(clerk: Clerk, rest: str) -> None:
    """No, with a reason; without one the closed list is offered."""
    referral = await _mine(clerk, rest)
    if referral is None:
        return
    words = rest.split()[1:]
    reason = words[0] if words and words[0] in REJECT_REASONS else None
    text = " ".join(words[1:])[:300]
    if reason is None:
        offers = [[(f"reason.{word}", f"decline:{referral.number}:{word}")] for word in REJECT_REASONS[:-1]]
        await clerk.line("decline.why", offers=offers, case=referral.case, number=referral.number)
    elif reason == "other_with_text" and not text:
        await clerk.line("decline.text", case=referral.case, number=referral.number)
    elif await _moved(clerk, referral, "reject", reason=reason):
        await _show(clerk, referral)
        await tell_sender(clerk.connection, referral, "refer.declined", clerk.now, reason=f"@reason.{reason}")


async def _show(clerk: Clerk, referral: Referral) -> None:
    """The card again, as it now stands: under the thumb where a button was tapped."""
    under = clerk.came.message_id if clerk.tapped else None
    await clerk.order("referral_card", case=referral.case, message_id=under, params={"number": referral.number})
