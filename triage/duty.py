"""On duty and off, the queue, and the help: what a staff member sees before any case."""

from triage.clerk import Clerk
from triage.lifecycle import ReferralState
from triage.permissions import OPERATORS, receives
from triage.risk_class import RiskClass
from vault import cases, people, referrals
from vault.cases import Case
from vault.orders import Urgency

# What a service still has before it.
OPEN = (
    ReferralState.SENT, ReferralState.ESCALATED, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED,
)  # fmt: skip


def in_order(waiting: list[Case]) -> list[Case]:
    """The queue: the higher class first, then the longer wait."""
    return sorted(waiting, key=lambda case: (-RiskClass.named(case.risk), case.waits_since or case.heard_at))


async def on(clerk: Clerk, _rest: str) -> None:
    """On duty: what waits is shown at once, most urgent first."""
    alone = not await people.on_duty(clerk.connection, OPERATORS)
    await people.change(clerk.connection, clerk.member.id, on_duty_since=clerk.now)
    await clerk.note("duty.on")
    await clerk.line("duty.on", offers=[[("button.queue", "queue"), ("button.off", "off")]])
    if not receives(clerk.member.role):
        for case in in_order(await cases.waiting(clerk.connection)):
            await clerk.order("alert", Urgency.ALERT, case=case.id)
            if alone:
                # They were told that nobody was there; now somebody is, and that promise is kept.
                await clerk.tell_her("on_duty", case)


async def off(clerk: Clerk, _rest: str) -> None:
    """Off duty: what is still held is named, because it stays held."""
    await people.change(clerk.connection, clerk.member.id, on_duty_since=None)
    await clerk.note("duty.off")
    held = await clerk.held()
    if held:
        await clerk.line("duty.off_holding", cases=", ".join(str(case.number) for case in held))
    else:
        await clerk.line("duty.off", offers=[[("button.duty", "duty")]])


async def queue(clerk: Clerk, _rest: str) -> None:
    """Who waits, in order; for a service, the referrals before it."""
    if receives(clerk.member.role):
        await _referrals(clerk)
        return
    await clerk.note("read.queue")
    waiting = in_order(await cases.waiting(clerk.connection))
    if not waiting:
        await clerk.line("queue.empty")
    for case in waiting:
        await clerk.order("alert", Urgency.ALERT, case=case.id)


async def _referrals(clerk: Clerk) -> None:
    found = await referrals.for_service(clerk.connection, clerk.member.service or "", OPEN)
    if not found:
        await clerk.line("queue.no_referrals")
    for referral in found:
        await clerk.order("referral_card", case=referral.case, params={"number": referral.number})


async def help_lines(clerk: Clerk, _rest: str) -> None:
    """The commands of this role."""
    await clerk.line(f"help.{'receiver' if receives(clerk.member.role) else 'desk'}")
