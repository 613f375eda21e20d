"""Referring: a service is picked, she is asked for exactly the fields that would be passed on, then it is sent."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from dialogs.region import Service
from triage.clerk import Clerk, Offer
from triage.house import House
from triage.lifecycle import CaseState, Hand, ReferralState, move_referral
from triage.meant import of_mine
from triage.needs import known
from vault import audit, cases, consents, entries, orders, people, referrals
from vault.cases import Case
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.people import Member
from vault.referrals import Referral
from vault.tables import DESK

# The SOPs' priorities are the classes under another name; beside each, how soon the receiver acknowledges (5.3).
PRIORITY = {"immediate": "red", "high": "amber", "ordinary": "green"}
ACKNOWLEDGE = {"red": timedelta(minutes=15), "amber": timedelta(hours=4), "green": timedelta(days=1)}
# A shelter's desk answers within half an hour even where it is not red.
SHELTER = timedelta(minutes=30)
LONGEST_NEEDS = 500

# While one of these runs, the same service is not asked a second time.
_RUNNING = frozenset(
    {
        ReferralState.READY, ReferralState.SENT, ReferralState.ESCALATED, ReferralState.ACKNOWLEDGED,
        ReferralState.ACCEPTED, ReferralState.IN_SERVICE,
    }
)  # fmt: skip


def mark_of(referral: Referral) -> str:
    """What the ledger calls the cards of this referral."""
    return f"referral {referral.number}"


async def refer(clerk: Clerk, rest: str) -> None:
    """`/refer` lists the services, `/refer SERVICE` shows what she would be asked, with needs after it she is asked."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    name, *needs = meant.words.split(maxsplit=1) or [""]
    service = clerk.house.region.service(name)
    if service is None:
        await clerk.order("services", case=meant.case.id, message_id=_menu(clerk, name))
    elif meant.case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{meant.case.state}", case=meant.case.id, number=meant.case.number)
    elif needs:
        await _ask(clerk, meant.case, service, needs[0].strip())
    else:
        await clerk.order("refer_confirm", case=meant.case.id, message_id=clerk.thumb, params={"service": service.id})


def _menu(clerk: Clerk, name: str) -> int | None:
    return clerk.thumb if name else None


async def ask(clerk: Clerk, rest: str) -> None:
    """Ask her about this service, or once more where she has not answered."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    name, *more = meant.words.split() or [""]
    service = clerk.house.region.service(name)
    if service is None:
        await clerk.order("services", case=meant.case.id)
    elif meant.case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{meant.case.state}", case=meant.case.id, number=meant.case.number)
    else:
        await _ask(clerk, meant.case, service, "", again=more == ["again"])


def fields_of(case: Case, service: Service, words: str, access: tuple[str, ...] = ()) -> dict[str, str]:
    """The least a referral carries: what is asked, how urgent, which language, how to reach her, and her needs: what
    she told for it (ids, after commas), and the counsellor's words."""
    found = {
        "service_code": service.kind,
        "risk_level": case.risk,
        "lang": case.language,
        "safe_contact": "this_chat",
    }
    found |= {"access": ",".join(access)} if access else {}
    return {**found, "needs_text": words} if words else found


async def _ask(clerk: Clerk, case: Case, service: Service, needs: str, *, again: bool = False) -> None:
    earlier = [one for one in await referrals.of_case(clerk.connection, case.id) if one.service == service.id]
    running = next((one for one in earlier if one.state in _RUNNING), None)
    draft = next((one for one in earlier if one.state == ReferralState.DRAFT), None)
    if len(needs) > LONGEST_NEEDS:
        await clerk.line("refer.too_long", case=case.id, most=LONGEST_NEEDS)
    elif running is not None:
        state = f"@state.{running.state}"
        await clerk.line(
            "refer.already", case=case.id, here=True, number=running.number, state=state, of_case=case.number
        )
    elif draft is not None and again:
        await _ask_her(clerk, case, draft)
    elif draft is not None:
        offers = [[("button.ask_again", f"ask:{case.number}:{service.id}:again")]]
        await clerk.line(
            "refer.pending", offers=offers, case=case.id, here=True, number=draft.number, of_case=case.number
        )
    else:
        await _ask_her(clerk, case, await _draft(clerk, case, service, needs))


async def _draft(clerk: Clerk, case: Case, service: Service, needs: str) -> Referral:
    number = referrals.new_number(clerk.house.dice)
    access = await known(clerk.connection, clerk.house.safe, case.id)
    fields = fields_of(case, service, needs, access)
    kept = json.dumps({"number": number, "service": service.id, "fields": fields}, ensure_ascii=False)
    entry = await entries.write(clerk.connection, case.id, "referral", "staff", kept, entries.BOTH, clerk.now)
    made = Referral(
        uuid4(), case.id, number, service.id, service.kind, clerk.member.id, None, PRIORITY[case.risk], tuple(fields),
        entry, None, ReferralState.DRAFT.value, None, None,
    )  # fmt: skip
    await referrals.draft(clerk.connection, made, clerk.now)
    return made


async def _ask_her(clerk: Clerk, case: Case, draft: Referral) -> None:
    """The screen with the fields goes to her; nothing moves before her yes."""
    await clerk.tell_her("referral", case, Urgency.WORDS, entry=draft.entry)
    await clerk.note("referral.asked", case.id, draft.number)
    await clerk.line("refer.asked", case=case.id, here=True, number=draft.number, of_case=case.number)


async def answered(
    house: House, connection: Connection, case: UUID | None, number: str, yes: bool, now: datetime
) -> None:
    """Her answer came: with her yes it is sent to the service, without it the referral ends there.

    The number came out of a button's data, which a client can forge: it counts only for a referral of her own case.
    """
    referral = await referrals.find(connection, number)
    if referral is None or referral.case != case or referral.state != ReferralState.DRAFT:
        return
    if not yes:
        state = move_referral(referral.state, "cancel", Hand.SENDER)
        await referrals.move(connection, referral, state, "survivor", now)
        await tell_sender(connection, referral, "refer.refused", now)
        return
    consent = await consents.newest(connection, referral.case, consents.REFERRAL, number)
    ready = move_referral(referral.state, "agree", Hand.SENDER)
    await referrals.move(connection, referral, ready, "survivor", now, consent_id=consent)
    await _send(house, connection, number, now)


async def _send(house: House, connection: Connection, number: str, now: datetime) -> None:
    referral = await referrals.find(connection, number)
    assert referral is not None  # noqa: S101 - moved in this transaction
    sent = move_referral(referral.state, "send", Hand.SENDER)
    sender, due = f"staff {referral.sender}", now + acknowledge_within(referral)
    await referrals.move(connection, referral, sent, sender, now, due_at=due)
    await audit.note(connection, sender, "referral.sent", now, case=referral.case, subject=number)
    receivers = await people.of_service(connection, referral.service)
    for member in receivers:
        card = Order("referral_card", member.address, Urgency.ALERT, case=referral.case, params={"number": number})
        await orders.write(connection, DESK, card, now)
    await tell_sender(connection, referral, "refer.sent" if receivers else "refer.nobody", now)


def acknowledge_within(referral: Referral) -> timedelta:
    """How soon the receiver is to acknowledge."""
    within = ACKNOWLEDGE[referral.priority]
    return min(within, SHELTER) if referral.kind == "safehouse" else within


async def who_hears(connection: Connection, referral: Referral) -> list[Member]:
    """Who hears how a referral goes: whoever holds the case now, else whoever sent it; one or none."""
    case = await cases.find(connection, referral.case)
    if case is None:
        return []
    found = await people.member(connection, case.holder or referral.sender)
    return [found] if found else []


async def tell_sender(connection: Connection, referral: Referral, key: str, now: datetime, **values: str) -> None:
    """News of a referral; where it was declined, with the way to another service."""
    case = await cases.find(connection, referral.case)
    offers: list[list[Offer]] = []
    if key == "refer.declined" and case is not None and case.holder is not None:
        offers = [[("button.other_service", f"refer:{case.number}")]]
    number = case.number if case is not None else ""
    params = {"key": key, "values": {"number": referral.number, "of_case": str(number), **values}, "offers": offers}
    for member in await who_hears(connection, referral):
        news = Order("line", member.address, Urgency.WORDS, case=referral.case, params=params)
        await orders.write(connection, DESK, news, now)
