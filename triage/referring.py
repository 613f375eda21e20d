"""Referring: a service is picked, she is asked for exactly the fields that would be passed on, then it is sent."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

from dialogs.region import Service
from triage.claiming import of_mine
from triage.clerk import Clerk
from triage.house import House
from triage.lifecycle import CaseState, Hand, ReferralState, move_referral
from vault import audit, entries, orders, people, referrals
from vault.cases import Case
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.referrals import Referral
from vault.tables import DESK

# The SOPs' priorities are the classes under another name; beside each, how soon the receiver acknowledges (5.3).
PRIORITY = {"immediate": "red", "high": "amber", "ordinary": "green"}
ACKNOWLEDGE = {"red": timedelta(minutes=15), "amber": timedelta(hours=4), "green": timedelta(days=1)}
# A shelter's desk answers within half an hour even where it is not red.
SHELTER = timedelta(minutes=30)
LONGEST_NEEDS = 500


async def refer(clerk: Clerk, rest: str) -> None:
    """`/refer` lists the services; `/refer SERVICE needs` asks her."""
    case = await of_mine(clerk, rest)
    if case is None:
        await clerk.line("no_case")
        return
    words = rest.removeprefix(str(case.number)).strip()
    name, _, needs = words.partition(" ")
    service = clerk.house.region.service(name)
    if service is None:
        await _offer(clerk, case)
    elif case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{case.state}", case=case.id, number=case.number)
    elif len(needs) > LONGEST_NEEDS:
        await clerk.line("refer.too_long", case=case.id, most=LONGEST_NEEDS)
    else:
        await _ask_her(clerk, case, service, needs.strip())


async def _offer(clerk: Clerk, case: Case) -> None:
    params = {"case": case.number}
    await clerk.order("services", case=case.id, params=params)


def fields_of(case: Case, service: Service, needs: str) -> dict[str, str]:
    """The least a referral carries: what is asked, how urgent, which language, how to reach her, and her needs."""
    found = {
        "service_code": service.kind,
        "risk_level": case.risk,
        "lang": case.language,
        "safe_contact": "this_chat",
    }
    return {**found, "needs_text": needs} if needs else found


async def _ask_her(clerk: Clerk, case: Case, service: Service, needs: str) -> None:
    number = referrals.new_number(clerk.house.dice)
    fields = fields_of(case, service, needs)
    kept = json.dumps({"number": number, "service": service.id, "fields": fields}, ensure_ascii=False)
    entry = await entries.write(clerk.connection, case.id, "referral", "staff", kept, entries.BOTH, clerk.now)
    priority = PRIORITY[case.risk]
    draft = Referral(
        uuid4(), case.id, number, service.id, service.kind, clerk.member.id, None, priority, tuple(fields), entry,
        None, ReferralState.DRAFT.value, None, None,
    )  # fmt: skip
    await referrals.draft(clerk.connection, draft, clerk.now)
    await clerk.tell_her("referral", case, Urgency.WORDS, entry=entry)
    await clerk.note("referral.asked", case.id, number)
    await clerk.line("refer.asked", case=case.id, number=number)


async def answered(house: House, connection: Connection, number: str, yes: bool, now: datetime) -> None:
    """Her answer came: with her yes it is sent to the service, without it the referral ends there."""
    referral = await referrals.find(connection, number)
    if referral is None or referral.state != ReferralState.DRAFT:
        return
    if not yes:
        state = move_referral(referral.state, "cancel", Hand.SENDER)
        await referrals.move(connection, referral, state, "survivor", now)
        await tell_sender(connection, referral, "refer.refused", now)
        return
    ready = move_referral(referral.state, "agree", Hand.SENDER)
    await referrals.move(connection, referral, ready, "survivor", now)
    sent = move_referral(ready, "send", Hand.SENDER)
    due = now + acknowledge_within(referral)
    at_ready = await referrals.find(connection, number)
    assert at_ready is not None  # noqa: S101 - moved in this transaction
    await referrals.move(connection, at_ready, sent, f"staff {referral.sender}", now, due_at=due)
    await audit.note(connection, f"staff {referral.sender}", "referral.sent", now, case=referral.case, subject=number)
    receivers = await people.of_service(connection, referral.service)
    for member in receivers:
        card = Order("referral_card", member.address, Urgency.ALERT, case=referral.case, params={"number": number})
        await orders.write(connection, DESK, card, now)
    await tell_sender(connection, referral, "refer.sent" if receivers else "refer.nobody", now)


def acknowledge_within(referral: Referral) -> timedelta:
    """How soon the receiver is to acknowledge."""
    within = ACKNOWLEDGE[referral.priority]
    return min(within, SHELTER) if referral.kind == "safehouse" else within


async def tell_sender(connection: Connection, referral: Referral, key: str, now: datetime, **values: str) -> None:
    """News of a referral to whoever sent it."""
    sender = await people.member(connection, referral.sender)
    if sender is None:
        return
    params = {"key": key, "values": {"number": referral.number, **values}, "offers": []}
    news = Order("line", sender.address, Urgency.WORDS, case=referral.case, params=params)
    await orders.write(connection, DESK, news, now)
