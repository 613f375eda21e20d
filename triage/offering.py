"""Offering: which waiting case is shown to whom on duty, and for whom it rings, by the routing's rules.

Everybody on duty who could take a case sees that it waits and may claim it; it rings with those whom routing asks, and
goes on to others when they let it lapse. While an immediate case waits, whoever could take it is shown nothing else;
where nobody on duty could, that is told once, to whoever can make room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from dialogs.spoken import speech
from triage import routing
from triage.lifecycle import CaseState
from triage.permissions import OPERATORS, SUPERVISORS
from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.routing import Operator, Waiting
from vault import bell, cases, ledger, offers, orders, people
from vault.cases import Case
from vault.database import Connection
from vault.offers import Offered
from vault.orders import Order, Urgency
from vault.people import Member
from vault.tables import DESK

NOBODY_FREE: Final = "nobody_free"


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor as it stands: who waits, who is on duty and what they hold, and the offers that are open."""

    now: datetime
    cases: dict[str, Case]
    members: dict[str, Member]
    queue: tuple[Waiting, ...]
    staff: tuple[Operator, ...]
    open: tuple[Offered, ...]

    def shown(self, member: UUID) -> list[Case]:
        """The cases this member may claim now, in order; none for who is not on duty."""
        return self._shown(self.queue, member)

    def let_pass(self, member: UUID) -> list[Case]:
        """The cases that rang for this member in vain and may still be claimed: their alerts stand with a button."""
        if any(case.risk == RiskClass.IMMEDIATE.word for case in self.shown(member)):
            return []
        passed = {str(one.case) for one in self.open if one.staff == member and one.lapsed_at is not None}
        again = [replace(case, spared=frozenset()) for case in self.queue if case.case in passed]
        return self._shown(again, member)

    def _shown(self, queue: Sequence[Waiting], member: UUID) -> list[Case]:
        operator = next((one for one in self.staff if one.id == str(member)), None)
        return [] if operator is None else [self.cases[one.case] for one in routing.shown(queue, operator)]


def _languages(case: Case, members: Sequence[Member]) -> frozenset[str]:
    """Hers; where nobody on duty speaks it, any: an answer in another language is better than none."""
    hers = speech(case.language)
    everybody = {speech(code) for member in members for code in member.languages}
    return frozenset({hers}) if hers in everybody else frozenset(everybody)


def _waiting(case: Case, members: Sequence[Member], open_: Sequence[Offered], now: datetime) -> Waiting:
    rest = timedelta(seconds=priority_table().rest_s)
    spared = {
        str(one.staff)
        for one in open_
        if one.case == case.id and one.lapsed_at is not None and one.lapsed_at + rest > now
    }
    since = (case.waits_since or case.heard_at).timestamp()
    return Waiting(
        str(case.id), RiskClass.named(case.risk), _languages(case, members), since, case.lift_s, frozenset(spared)
    )


def _operator(member: Member, held: Sequence[Case], open_: Sequence[Offered]) -> Operator:
    rung = next(
        (one for one in open_ if one.staff == member.id and one.rung_at is not None and one.lapsed_at is None), None
    )
    return Operator(
        str(member.id),
        frozenset(speech(code) for code in member.languages),
        chats=len(held),
        immediate=sum(case.risk == RiskClass.IMMEDIATE.word for case in held),
        offered=str(rung.case) if rung is not None else None,
        free_since=member.on_duty_since.timestamp() if member.on_duty_since else 0,
    )


async def floor(connection: Connection, now: datetime) -> Floor:
    """Read the floor."""
    waiting = await cases.waiting(connection)
    members = await people.on_duty(connection, OPERATORS)
    open_ = await offers.standing(connection)
    staff = [_operator(member, await cases.held_by(connection, member.id), open_) for member in members]
    return Floor(
        now,
        {str(case.id): case for case in waiting},
        {str(member.id): member for member in members},
        tuple(_waiting(case, members, open_, now) for case in waiting),
        tuple(staff),
        tuple(open_),
    )


async def refresh(connection: Connection, now: datetime, *, listed: UUID | None = None) -> None:
    """Make the offers as they should be now: end what is over, show what is new, ring for whom routing asks.

    A member who is just being shown the whole list (`listed`) gets no alerts beside it.
    """
    await offers.alone(connection)
    here = await floor(connection, now)
    rings = {(offer.operator, offer.case) for offer in routing.offers(here.queue, here.staff)}
    wanted = {(member, str(case.id)) for member in here.members for case in here.shown(UUID(member))}
    over = [one for one in here.open if _is_over(one, here, wanted)]
    await offers.end(connection, [one.id for one in over], now)
    for one in over:
        await _withdraw(connection, one, here)
    if rings:
        await bell.ring(connection, bell.ROUNDS)
    standing = {(str(one.staff), str(one.case)): one for one in here.open if one not in over}
    for member, case in sorted(wanted, key=lambda pair: _place(pair[1], here)):
        made = await _offer(connection, here, standing.get((member, case)), member, case, (member, case) in rings)
        if made and member != str(listed):
            alert = Order(
                "alert",
                here.members[member].address,
                Urgency.ALERT,
                case=here.cases[case].id,
                params={"rings": (member, case) in rings},
            )
            await orders.write(connection, DESK, alert, now)
    await _tell_of_the_untakeable(connection, here)


async def _tell_of_the_untakeable(connection: Connection, here: Floor) -> None:
    """An immediate case for which nobody on duty has room rings nowhere, and may not wait in silence."""
    for one in routing.untakeable(here.queue, here.staff):
        case = here.cases[one.case]
        if await orders.said(connection, DESK, case.id, NOBODY_FREE, case.waits_since or case.heard_at):
            continue
        values = {"number": str(case.number), "risk": f"@risk.{case.risk}"}
        params = {
            "key": NOBODY_FREE,
            "values": values,
            "offers": [[("button.duty", "duty"), ("button.queue", "queue")]],
        }
        for member in await _who_can_make_room(connection, here):
            line = Order("line", member.address, Urgency.ALERT, case=case.id, params=params)
            await orders.write(connection, DESK, line, here.now)


async def _who_can_make_room(connection: Connection, here: Floor) -> list[Member]:
    """Who is on duty, and the supervisors, on duty or not; where there is neither, everybody at the desk."""
    told = {member.id: member for member in here.members.values()}
    told |= {member.id: member for member in await people.in_roles(connection, SUPERVISORS)}
    return list(told.values()) or await people.in_roles(connection, OPERATORS)


def _place(case: str, here: Floor) -> tuple[bool, float, float, str]:
    return next(one.place for one in here.queue if one.case == case)


def _is_over(one: Offered, here: Floor, wanted: set[tuple[str, str]]) -> bool:
    """An offer that lapsed stays to be seen as long as its case waits; any other stands only while it is wanted."""
    if str(one.case) not in here.cases or str(one.staff) not in here.members:
        return True
    immediate_first = any(pair[0] == str(one.staff) and _immediate(pair[1], here) for pair in wanted)
    if one.lapsed_at is not None:
        return immediate_first and not _immediate(str(one.case), here)
    return (str(one.staff), str(one.case)) not in wanted


def _immediate(case: str, here: Floor) -> bool:
    return here.cases[case].risk == RiskClass.IMMEDIATE.word


async def _withdraw(connection: Connection, one: Offered, here: Floor) -> None:
    """What an alert turns into when its case is taken, waits no more, or must give way to an immediate one."""
    member = here.members.get(str(one.staff)) or await people.member(connection, one.staff)
    if member is None:
        return
    for _, standing in await ledger.standing(connection, DESK, "alert", case=one.case, number=member.address):
        kind = "alert_later" if str(one.case) in here.cases else "alert_over"
        edit = Order(kind, member.address, Urgency.SCREEN, case=one.case, message_id=standing.message_id)
        await orders.write(connection, DESK, edit, here.now)


async def _offer(connection: Connection, here: Floor, one: Offered | None, member: str, case: str, rings: bool) -> bool:
    """Write the offer down; whether there is anything new to say of it."""
    found = here.cases[case]
    lapses = timedelta(seconds=priority_table().lapse_s[RiskClass.named(found.risk)])
    if one is None:
        await offers.make(connection, found.id, UUID(member), here.now, here.now + lapses if rings else None)
    elif rings:
        await offers.ring(connection, one.id, here.now, here.now + lapses)
    else:
        return False
    return True


async def renew(connection: Connection, case: UUID, now: datetime) -> None:
    """A case whose class rose while it waited is offered anew: its alerts say the new class, and ring again."""
    await offers.alone(connection)
    here = await floor(connection, now)
    mine = [one.id for one in here.open if one.case == case and here.cases.get(str(case)) is not None]
    await offers.end(connection, mine, now)
    await refresh(connection, now)


def claimable(here: Floor, case: Case, member: UUID) -> Case | None:
    """The case a member must take before this one: the first immediate that waits and that they could take."""
    allowed = here.shown(member)
    if not allowed or case.risk == RiskClass.IMMEDIATE.word or case.state != CaseState.WAITING:
        return None
    return allowed[0] if allowed[0].risk == RiskClass.IMMEDIATE.word else None
