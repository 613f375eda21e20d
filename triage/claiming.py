"""Taking a case, letting it go and closing it: exactly one holder, moved only by the life cycle."""

from collections.abc import Sequence

from triage import offering
from triage.clerk import Clerk
from triage.duty import in_order
from triage.lifecycle import OUTCOMES, CaseState, Move, NotAllowedError, may, move
from triage.meant import let_go, make_current, named, of_mine
from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.routing import Operator, room
from vault import cases, entries, orders
from vault.cases import Case
from vault.orders import Order, Urgency
from vault.tables import DESK


def has_room(held: Sequence[Case]) -> bool:
    """Whether who holds these may take one more, by the same rule that offers cases (OP-01)."""
    immediate = sum(case.risk == RiskClass.IMMEDIATE.word for case in held)
    return room(Operator("", frozenset(), chats=len(held), immediate=immediate), priority_table().room) > 0


async def take(clerk: Clerk, rest: str) -> None:
    """Claim a case by its number, or the first of the queue; of several who try, exactly one wins."""
    number, _ = named(rest)
    if clerk.member.on_duty_since is None:
        await clerk.line("take.off_duty", offers=[[("button.duty", "duty")]])
    elif number is None and rest.strip():
        await clerk.line("case.unknown")
    else:
        await _take(clerk, await _wanted(clerk, number), number)


async def _take(clerk: Clerk, case: Case | None, number: int | None) -> None:
    held = await clerk.held()
    if case is None:
        await clerk.line("queue.empty" if number is None else "case.unknown")
    elif not may(case.state, Move.CLAIM):
        mine = case.holder == clerk.member.id
        await clerk.line("taken.yours_already" if mine else "taken.late", case=case.id, number=case.number)
    elif first := offering.claimable(await offering.floor(clerk.connection, clerk.now), case, clerk.member.id):
        offers = [[("button.take_first", f"take:{first.number}")]]
        await clerk.line("take.immediate_first", offers=offers, case=first.id, number=first.number)
    elif not has_room(held):
        offers = [[("button.release_case", f"release:{mine.number}"), ("button.close_case", f"close:{mine.number}")]
                  for mine in held]  # fmt: skip
        await clerk.line("take.full", offers=offers)
    else:
        await _claim(clerk, case)


async def _wanted(clerk: Clerk, number: int | None) -> Case | None:
    """The named case, or the first that still waits once its row is held: another may have taken it just now."""
    if number is not None:
        return await cases.by_number(clerk.connection, number, lock=True)
    here = await offering.floor(clerk.connection, clerk.now)
    for case in here.shown(clerk.member.id) or in_order(await cases.waiting(clerk.connection)):
        locked = await cases.find(clerk.connection, case.id, lock=True)
        if locked is not None and may(locked.state, Move.CLAIM):
            return locked
    return None


async def _claim(clerk: Clerk, case: Case) -> None:
    await cases.change(
        clerk.connection,
        case.id,
        state=move(case.state, Move.CLAIM).value,
        holder_id=clerk.member.id,
        taken_at=clerk.now,
    )
    await make_current(clerk, case)
    await clerk.note("case.claimed", case.id)
    await clerk.order("card", Urgency.ALERT, case=case.id)
    await _voices(clerk, case)
    await clerk.tell_her("person_in", case)
    await _to_the_desk(clerk, "taken", case)


async def _voices(clerk: Clerk, case: Case) -> None:
    """What she spoke, beside the card: it cannot be written into one."""
    for spoken in await entries.of_kind(clerk.connection, DESK, case.id, "voice"):
        await clerk.order("voice", Urgency.WORDS, case=case.id, entry=spoken)


async def _to_the_desk(clerk: Clerk, kind: str, case: Case) -> None:
    await orders.write(clerk.connection, DESK, Order(kind, None, Urgency.ALERT, case=case.id), clerk.now)


async def choose(clerk: Clerk, rest: str) -> None:
    """Make a held case the one that what is written goes to, and show it again."""
    meant = await of_mine(clerk, rest)
    if meant is not None:
        await make_current(clerk, meant.case)
        await clerk.order("card", case=meant.case.id)
        await _voices(clerk, meant.case)


async def switch(clerk: Clerk, rest: str) -> None:
    """The same without the whole card: one tap under her words, one line in answer."""
    meant = await of_mine(clerk, rest)
    if meant is not None:
        await make_current(clerk, meant.case)
        offers = [[("button.show", f"case:{meant.case.number}")]]
        await clerk.line("writes_to", offers=offers, case=meant.case.id, number=meant.case.number)


async def earlier(clerk: Clerk, rest: str) -> None:
    """An older page of what was written in a held case."""
    meant = await of_mine(clerk, rest)
    if meant is not None:
        page = int(meant.words) if meant.words.isascii() and meant.words.isdecimal() else 1
        await clerk.order("card", case=meant.case.id, params={"page": min(page, 999)})


async def release(clerk: Clerk, rest: str) -> None:
    """Give a case back to the queue; whoever is on duty hears of it, and so does she."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    try:
        await give_back(clerk, meant.case)
    except NotAllowedError:
        offers = [[("button.close", f"close:{meant.case.number}")]]
        await clerk.line("release.not_now", offers=offers, case=meant.case.id, number=meant.case.number)
        return
    await clerk.line("released", number=meant.case.number)
    await _say_where_words_go(clerk, await let_go(clerk, meant.case))


async def give_back(clerk: Clerk, case: Case) -> None:
    """Back into the queue, with an alert; this chat forgets it. Raises NotAllowedError where nobody talks in it."""
    state = move(case.state, Move.RELEASE)
    await cases.change(
        clerk.connection, case.id, state=state.value, holder_id=None, waits_since=clerk.now, taken_at=None
    )
    await clerk.note("case.released", case.id)
    # Before the alert that follows: what this chat showed of the talk goes, the alert stays.
    await clerk.order("wipe", Urgency.ALERT, case=case.id)
    await _to_the_desk(clerk, "case_waits", case)
    await clerk.tell_her("waits_again", case)


async def close(clerk: Clerk, rest: str) -> None:
    """Close a case with an outcome from the closed list; without one, the list is offered."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    number = meant.case.number
    if meant.words in OUTCOMES:
        await _close(clerk, meant.case, meant.words)
    else:
        offers = [[(f"outcome.{word}", f"close:{number}:{word}")] for word in OUTCOMES]
        await clerk.line("close.how", offers=offers, case=meant.case.id, number=number)


async def _close(clerk: Clerk, case: Case, outcome: str) -> None:
    state = move(case.state, Move.CLOSE)
    await cases.change(
        clerk.connection, case.id, state=state.value, holder_id=None, closed_at=clerk.now, outcome=outcome
    )
    await clerk.note("case.closed", case.id, outcome)
    if case.state == CaseState.TALKING:
        await clerk.tell_her("person_out", case)
    await _to_the_desk(clerk, "closed", case)
    await clerk.line("closed", number=case.number, outcome=f"@outcome.{outcome}")
    await _say_where_words_go(clerk, await let_go(clerk, case))


async def _say_where_words_go(clerk: Clerk, chosen: Case | None) -> None:
    """After one of two cases is gone, the next words go to the other: said, never left to be found out."""
    if chosen is not None and chosen.state == CaseState.TALKING:
        await clerk.line("writes_to", case=chosen.id, number=chosen.number)
