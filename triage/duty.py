"""On duty and off, the queue, and the help: what a staff member sees before any case."""

from triage import offering
from triage.clerk import Clerk
from triage.lifecycle import ReferralState
from triage.permissions import OPERATORS, may, receives
from triage.risk_class import RiskClass
from triage.routing import place
from vault import cases, ledger, people, referrals
from vault.cases import Case
from vault.orders import Urgency
from vault.tables import DESK

# What a service still has before it.
OPEN = (
    ReferralState.SENT, ReferralState.ESCALATED, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED,
)  # fmt: skip


def in_order(waiting: list[Case]) -> list[Case]:
    """The queue as it is offered: immediate first, then by when each is due (triage.routing)."""
    return sorted(waiting, key=_place)


def _place(case: Case) -> tuple[bool, float, float, str]:
    since = (case.waits_since or case.heard_at).timestamp()
    return place(RiskClass.named(case.risk), since, case.lift_s, str(case.id))


async def on(clerk: Clerk, _rest: str) -> None:
    """On duty: what waits is shown at once, most urgent first, in one list."""
    alone = not await people.on_duty(clerk.connection, OPERATORS)
    if clerk.member.on_duty_since is None:
        await people.change(clerk.connection, clerk.member.id, on_duty_since=clerk.now)
        await clerk.note("duty.on")
    await clerk.line("duty.on", offers=[[("button.queue", "queue"), ("button.help", "help")], [("button.off", "off")]])
    if receives(clerk.member.role):
        await _referrals(clerk)
    elif waiting := await cases.waiting(clerk.connection):
        await _list(clerk)
        await offering.refresh(clerk.connection, clerk.now, listed=clerk.member.id)
        for case in waiting if alone else ():
            # They were told that nobody was there; now somebody is, and that promise is kept.
            await clerk.tell_her("on_duty", case)


async def off(clerk: Clerk, _rest: str) -> None:
    """Off duty: what is still held is named, because it stays held; the list of who waits goes."""
    await people.change(clerk.connection, clerk.member.id, on_duty_since=None)
    await clerk.note("duty.off")
    await offering.refresh(clerk.connection, clerk.now)
    for _, standing in await ledger.standing(clerk.connection, DESK, "queue", number=clerk.member.address):
        if standing.sent_at > clerk.now - ledger.DELETABLE:
            await clerk.order("remove", message_id=standing.message_id)
    held = await clerk.held()
    if held:
        offers = [[("button.release_case", f"release:{case.number}"), ("button.close_case", f"close:{case.number}")]
                  for case in held]  # fmt: skip
        await clerk.line("duty.off_holding", offers=offers, cases=", ".join(str(case.number) for case in held))
    else:
        await clerk.line("duty.off", offers=[[("button.duty", "duty")]])


async def queue(clerk: Clerk, _rest: str) -> None:
    """Who waits, in order; for a service, the referrals before it."""
    if receives(clerk.member.role):
        if not await _referrals(clerk):
            await clerk.line("queue.no_referrals")
    else:
        await _list(clerk)


async def _list(clerk: Clerk) -> None:
    await clerk.note("read.queue")
    await clerk.order("queue")


async def _referrals(clerk: Clerk) -> int:
    """A card for each referral that is before the service; how many there are."""
    found = await referrals.for_service(clerk.connection, clerk.member.service or "", OPEN)
    here = [one for one in found if one.entry is not None]
    for referral in here:
        await clerk.order("referral_card", Urgency.WORDS, case=referral.case, params={"number": referral.number})
    return len(here)


def help_key(role: str) -> str:
    """Which help is this role's."""
    return "help.receiver" if receives(role) else "help.desk" if may(role, "take") else "help.coordinator"


async def help_lines(clerk: Clerk, _rest: str) -> None:
    """The commands of this role."""
    await clerk.line(help_key(clerk.member.role), offers=[[("button.queue", "queue")]] if may_queue(clerk) else ())


def may_queue(clerk: Clerk) -> bool:
    """Whether there is a queue for this member to look at."""
    return may(clerk.member.role, "queue")
