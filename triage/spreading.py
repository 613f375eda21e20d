"""Spreading at the desk: what the survivors' side ordered "to the desk", to those whom it concerns."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.spoken import clock_time, speech
from triage import desk_words, offering, referring
from triage.clerk import Offer
from triage.house import House
from triage.lifecycle import CaseState
from triage.permissions import OPERATORS
from triage.returning import to_the_queue
from triage.showing import AT
from triage.wording import parts
from vault import cases, entries, ledger, orders, people
from vault.cases import Case, ErasedError
from vault.database import Connection
from vault.orders import Due, Order, Urgency
from vault.people import Member
from vault.tables import DESK

Offers = Sequence[Sequence[Offer]]


@dataclass(frozen=True, slots=True)
class News:
    """One order to the desk, with the case it concerns (None once that is erased)."""

    house: House
    connection: Connection
    now: datetime
    due: Due
    case: Case | None

    async def tell(
        self, members: Iterable[Member], kind: str, urgency: Urgency = Urgency.ALERT, **more: object
    ) -> None:
        """The same order to each of these members."""
        of_case = {"case": self.due.order.case, **more}
        for member in members:
            made = Order(kind, member.address, urgency, **of_case)  # type: ignore[arg-type]
            await orders.write(self.connection, DESK, made, self.now)

    async def line(self, members: Iterable[Member], key: str, offers: Offers = (), **values: object) -> None:
        """The same sentence to each of these members; an alarm goes before what waits to be said to them."""
        number = self.case.number if self.case else 0
        urgency = Urgency.ALERT if key in desk_words.ALARMS else Urgency.WORDS
        params = {"key": key, "values": {"number": str(number), **values}, "offers": offers}
        await self.tell(members, "line", urgency, params=params)

    async def holder(self) -> list[Member]:
        """Who holds the case, as a list of one or none."""
        if self.case is None or self.case.holder is None:
            return []
        found = await people.member(self.connection, self.case.holder)
        return [found] if found else []


async def who_is_told(connection: Connection, language: str) -> list[Member]:
    """Operators on duty who speak her language; where none does, all who are on duty."""
    on_duty = await people.on_duty(connection, OPERATORS)
    spoken = speech(language)
    return [member for member in on_duty if spoken in map(speech, member.languages)] or on_duty


async def _offers(news: News) -> None:
    """Something changed on the floor: the offers and the lists are made true again."""
    await offering.refresh(news.connection, news.now)
    await _lists(news)


async def _rose(news: News) -> None:
    """A class that rose: a new alert where the case waits, a line to whoever holds it."""
    if news.case is None:
        return
    if news.case.state == CaseState.WAITING:
        await offering.renew(news.connection, news.case.id, news.now)
        await _lists(news)
        return
    offers = [[("button.show", f"case:{news.case.number}")]]
    signs = [f"@flag.{flag}" for flag in news.case.flags] or ["–"]
    await news.line(await news.holder(), "case.rose", offers, risk=f"@risk.{news.case.risk}", flags=signs)


async def _lists(news: News) -> None:
    """Every list of who waits that stands in a staff chat, made true again."""
    for address, standing in await ledger.standing(news.connection, DESK, "queue"):
        edit = Order("queue_changed", address, Urgency.SCREEN, message_id=standing.message_id)
        await orders.write(news.connection, DESK, edit, news.now)


async def _her_words(news: News) -> None:
    """Her words in as many messages as they need, in one go: nothing of hers comes between two parts."""
    order, case = news.due.order, news.case
    if case is None or order.entry is None:
        return
    try:
        text = await entries.read(news.connection, news.house.safe, case.id, order.entry)
    except ErasedError:
        return
    for part in range(len(parts(text))):
        await news.tell(await news.holder(), "words", Urgency.WORDS, entry=order.entry, part=part)


async def _her_voice(news: News) -> None:
    await news.tell(await news.holder(), "voice", Urgency.WORDS, entry=news.due.order.entry)


def _to_holder(key: str) -> Callable[[News], Awaitable[None]]:
    async def tell(news: News) -> None:
        params = news.due.order.params
        said = {name: f"@{key}.{value}" for name, value in params.items()}
        await news.line(await news.holder(), key, (), **said)

    return tell


async def _held(news: News) -> None:
    await news.line(await news.holder(), "held", until=news.due.order.params["until"])


async def _contact_answered(news: News) -> None:
    params = news.due.order.params
    key = "contact.yes" if params["yes"] else "contact.no"
    await news.line(await news.holder(), key, time=f"{AT}{params['at']}")


def _showing(news: News) -> Offers:
    return [[("button.show", f"case:{news.case.number}")]] if news.case else []


def _on_card(key: str) -> Callable[[News], Awaitable[None]]:
    """That there is something new for whoever holds the case; what it is stands sealed, and on the card."""

    async def tell(news: News) -> None:
        await news.line(await news.holder(), key, _showing(news))

    return tell


async def _plan_unshared(news: News) -> None:
    """She shows her plan no longer: the cards that may say it go from every staff chat."""
    if news.case is None:
        return
    for address, standing in await ledger.standing(news.connection, DESK, "card", case=news.case.id):
        gone = Order("remove", address, Urgency.SCREEN, case=news.case.id, message_id=standing.message_id)
        await orders.write(news.connection, DESK, gone, news.now)
    await news.line(await news.holder(), "plan.unshared", _showing(news))


async def _returned(news: News) -> None:
    """She is back with whoever held her case; where they are off duty by now, she waits for somebody who is not."""
    holder, case = await news.holder(), news.case
    if case is None or case.state != CaseState.TALKING:
        return
    if holder and holder[0].on_duty_since is not None:
        await news.line(holder, "she_returned", _showing(news))
    elif await to_the_queue(news.connection, case, news.now):
        await news.tell(holder, "wipe", Urgency.ALERT)
        # Of no case, so that it stays when the rest of the case goes.
        params = {"key": "she_returned.queued", "values": {"number": str(case.number)}, "offers": []}
        await news.tell(holder, "line", Urgency.WORDS, params=params, case=None)


async def _left(news: News) -> None:
    """She left: whoever holds the case hears when; alerts of a case that waited are over."""
    await news.line(await news.holder(), "she_left", [*_showing(news), *_closing(news)], time=_clock(news))
    await _offers(news)


async def _left_behind(news: News) -> None:
    """The exit has deleted all that it can, and something of hers stays."""
    await news.line(await news.holder(), "left_behind", _showing(news), count=news.due.order.params["count"])


async def _stopped(news: News) -> None:
    await news.line(await news.holder(), "she_stopped", _closing(news))


def _closing(news: News) -> Offers:
    return [[("button.close", f"close:{news.case.number}")]] if news.case else []


async def _owed(news: News) -> list[Member]:
    """Who must hear of it whatever the hour: the holder, else who is on duty, else everybody at the desk."""
    assert news.case is not None  # noqa: S101 - asked by the callers
    told = await news.holder() or await who_is_told(news.connection, news.case.language)
    return told or await people.in_roles(news.connection, OPERATORS)


async def _decoy_cry(news: News) -> None:
    """Class and flags only: a person decides, by what was agreed with her."""
    if news.case is not None:
        await news.line(await _owed(news), "decoy_cry", risk=f"@risk.{news.case.risk}")


def _to_whoever(key: str) -> Callable[[News], Awaitable[None]]:
    """To who holds the case, or else to all whom it concerns."""

    async def tell(news: News) -> None:
        if news.case is not None:
            await news.line(await _owed(news), key)

    return tell


async def _referral_answered(news: News) -> None:
    order = news.due.order
    number, yes = str(order.params["number"]), bool(order.params["yes"])
    await referring.answered(news.house, news.connection, order.case, number, yes, news.now)


async def _closed(news: News) -> None:
    """Every operator's chat loses what it showed of a closed case; a service keeps the card of what goes on there."""
    case = news.due.order.case
    for address in await ledger.where_shown(news.connection, DESK, case) if case else ():
        member = await people.at(news.connection, address)
        if member is None or member.role in OPERATORS:
            gone = Order("wipe", address, Urgency.SCREEN, case=case)
            await orders.write(news.connection, DESK, gone, news.now)
    await _offers(news)


async def _forget(news: News) -> None:
    """Every staff chat that showed something of the case loses it, and the lists no longer name it."""
    case = news.due.order.case
    if case is None:
        return
    for address in await ledger.where_shown(news.connection, DESK, case):
        gone = Order("wipe", address, Urgency.ALERT, case=case)
        await orders.write(news.connection, DESK, gone, news.now)
    await _offers(news)


def _clock(news: News) -> str:
    return clock_time(news.now.astimezone(news.house.region.zone))


_KINDS: dict[str, Callable[[News], Awaitable[None]]] = {
    "case_waits": _offers,
    "floor": _offers,
    "case_rose": _rose,
    "taken": _offers,
    "wait_over": _offers,
    "her_words": _her_words,
    "her_voice": _her_voice,
    "her_needs": _on_card("her_needs"),
    "needs_kept": _to_holder("needs_kept"),
    "she_left": _left,
    "left_behind": _left_behind,
    "she_stopped": _stopped,
    "she_returned": _returned,
    "not_delivered": _to_holder("not_delivered"),
    "unreadable": _to_holder("unreadable"),
    "clock_told": _on_card("clock.told"),
    "identity_doubt": _to_whoever("identity_doubt"),
    "decoy_cry": _decoy_cry,
    "misread": _to_whoever("misread"),
    "held": _held,
    "she_was_forced": _to_whoever("she_was_forced"),
    "she_is_back": _to_whoever("she_is_back"),
    "contact_answered": _contact_answered,
    "referral_answered": _referral_answered,
    "plan_shared": _on_card("plan.shared"),
    "plan_unshared": _plan_unshared,
    "closed": _closed,
    "forget": _forget,
}


async def spread(house: House, connection: Connection, due: Due, now: datetime) -> None:
    """Spread one order, and end it in the same commit."""
    found = await cases.find(connection, due.order.case) if due.order.case else None
    await _KINDS[due.order.kind](News(house, connection, now, due, found))
    await orders.end(connection, DESK, due.order.id, "spread", now)
