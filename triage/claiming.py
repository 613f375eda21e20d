"""Taking a case, letting it go and closing it: exactly one holder, moved only by the life cycle."""

from dataclasses import replace

from triage.clerk import Clerk, number_in
from triage.duty import in_order
from triage.lifecycle import OUTCOMES, CaseState, Move, NotAllowedError, may, move
from triage.risk_class import RiskClass
from vault import cases, entries, orders, people
from vault.cases import Case
from vault.orders import Order, Urgency
from vault.tables import DESK

# OP-01: two talks at once, one while any of them is immediate.
AT_ONCE = 2


def has_room(held: list[Case], wanted: Case) -> bool:
    """Whether who holds these may take one more."""
    talks = [case for case in held if case.state != CaseState.CLOSED]
    immediate = any(case.risk == RiskClass.IMMEDIATE.word for case in (*talks, wanted))
    return not talks if immediate else len(talks) < AT_ONCE


async def take(clerk: Clerk, rest: str) -> None:
    """Claim a case by its number, or the first of the queue; of several who try, exactly one wins."""
    number = number_in(rest)
    if clerk.member.on_duty_since is None:
        await clerk.line("take.off_duty", offers=[[("button.duty", "duty")]])
        return
    case = await _wanted(clerk, number)
    if case is None:
        await clerk.line("queue.empty" if number is None else "case.unknown")
    elif not may(case.state, Move.CLAIM):
        mine = case.holder == clerk.member.id
        await clerk.line("taken.yours_already" if mine else "taken.late", case=case.id, number=case.number)
    elif not has_room(await clerk.held(), case):
        await clerk.line("take.full")
    else:
        await _claim(clerk, case)


async def _wanted(clerk: Clerk, number: int | None) -> Case | None:
    if number is not None:
        return await cases.by_number(clerk.connection, number, lock=True)
    waiting = in_order(await cases.waiting(clerk.connection))
    return await cases.find(clerk.connection, waiting[0].id, lock=True) if waiting else None


async def _claim(clerk: Clerk, case: Case) -> None:
    await cases.change(
        clerk.connection,
        case.id,
        state=move(case.state, Move.CLAIM).value,
        holder_id=clerk.member.id,
        taken_at=clerk.now,
    )
    await _make_current(clerk, case)
    await clerk.note("case.claimed", case.id)
    await clerk.order("card", Urgency.ALERT, case=case.id)
    for spoken in await entries.of_kind(clerk.connection, DESK, case.id, "voice"):
        await clerk.order("voice", Urgency.WORDS, case=case.id, entry=spoken)
    await clerk.tell_her("person_in", case)
    made = Order("taken", None, Urgency.ALERT, case=case.id)
    await orders.write(clerk.connection, DESK, made, clerk.now)


async def _make_current(clerk: Clerk, case: Case) -> None:
    await people.change(clerk.connection, clerk.member.id, current_case=case.id)
    clerk.member = replace(clerk.member, current_case=case.id)


async def of_mine(clerk: Clerk, rest: str) -> Case | None:
    """The held case that a command names, else the current one, else the only one."""
    held = await clerk.held()
    number = number_in(rest)
    if number is not None and any(case.number == number for case in held):
        return next(case for case in held if case.number == number)
    current = next((case for case in held if case.id == clerk.member.current_case), None)
    return current or (held[0] if len(held) == 1 else None)


async def choose(clerk: Clerk, rest: str) -> None:
    """Make another held case the one that what is written goes to, and show it again."""
    case = await of_mine(clerk, rest)
    if case is None or (number_in(rest) is not None and case.number != number_in(rest)):
        await clerk.line("no_case")
        return
    await _make_current(clerk, case)
    await clerk.note("read.case", case.id)
    await clerk.order("card", case=case.id)


async def release(clerk: Clerk, rest: str) -> None:
    """Give a case back to the queue; whoever is on duty hears of it."""
    case = await of_mine(clerk, rest)
    if case is None:
        await clerk.line("no_case")
        return
    try:
        state = move(case.state, Move.RELEASE)
    except NotAllowedError:
        await clerk.line("release.not_now", case=case.id, number=case.number)
        return
    await cases.change(
        clerk.connection, case.id, state=state.value, holder_id=None, waits_since=clerk.now, taken_at=None
    )
    await clerk.note("case.released", case.id)
    await _forget(clerk, case)
    made = Order("case_waits", None, Urgency.ALERT, case=case.id)
    await orders.write(clerk.connection, DESK, made, clerk.now)
    await clerk.line("released", number=case.number)


async def close(clerk: Clerk, rest: str) -> None:
    """Close a case with an outcome from the closed list; without one, the list is offered."""
    case = await of_mine(clerk, rest)
    if case is None:
        await clerk.line("no_case")
        return
    outcome = next((word for word in rest.split() if word in OUTCOMES), None)
    if outcome is None:
        offers = [[(f"outcome.{word}", f"close:{case.number}:{word}")] for word in OUTCOMES]
        await clerk.line("close.how", offers=offers, case=case.id, number=case.number)
        return
    await _close(clerk, case, outcome)


async def _close(clerk: Clerk, case: Case, outcome: str) -> None:
    left = case.state == CaseState.LEFT
    talked = case.state == CaseState.TALKING
    state = move(case.state, Move.CLOSE)
    await cases.change(
        clerk.connection, case.id, state=state.value, holder_id=None, closed_at=clerk.now, outcome=outcome
    )
    await clerk.note("case.closed", case.id, outcome)
    if talked and not left:
        await clerk.tell_her("person_out", case)
    await people.change(clerk.connection, clerk.member.id, current_case=None)
    await _forget(clerk, case)
    await clerk.line("closed", number=case.number)


async def _forget(clerk: Clerk, case: Case) -> None:
    """This chat loses what it showed of the case; while it was theirs it could be shown again from the vault."""
    await clerk.order("wipe", Urgency.LATER, case=case.id)
