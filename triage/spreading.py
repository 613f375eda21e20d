"""Spreading at the desk: what the survivors' side ordered "to the desk", to those whom it concerns."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from triage import referring
from triage.house import House
from triage.permissions import OPERATORS
from vault import cases, ledger, orders, people
from vault.cases import Case
from vault.database import Connection
from vault.orders import Due, Order, Urgency
from vault.people import Member
from vault.tables import DESK


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
        for member in members:
            made = Order(kind, member.address, urgency, case=self.due.order.case, **more)  # type: ignore[arg-type]
            await orders.write(self.connection, DESK, made, self.now)

    async def line(self, members: Iterable[Member], key: str, **values: object) -> None:
        """The same sentence to each of these members."""
        number = self.case.number if self.case else 0
        said = {"number": str(number), **{name: str(value) for name, value in values.items()}}
        await self.tell(members, "line", Urgency.WORDS, params={"key": key, "values": said, "offers": []})

    async def holder(self) -> list[Member]:
        """Who holds the case, as a list of one or none."""
        if self.case is None or self.case.holder is None:
            return []
        found = await people.member(self.connection, self.case.holder)
        return [found] if found else []


async def who_is_told(connection: Connection, language: str) -> list[Member]:
    """Operators on duty who speak her language; where none does, all who are on duty."""
    on_duty = await people.on_duty(connection, OPERATORS)
    return [member for member in on_duty if language in member.languages] or on_duty


async def _waits(news: News) -> None:
    if news.case is not None and news.case.state == "waiting":
        await news.tell(await who_is_told(news.connection, news.case.language), "alert")


async def _rose(news: News) -> None:
    """A class that rose: a new alert where the case waits, a line to whoever holds it."""
    if news.case is None:
        return
    if news.case.state == "waiting":
        await _waits(news)
    else:
        await news.line(await news.holder(), "case.rose", risk=f"@risk.{news.case.risk}")


async def _taken(news: News) -> None:
    """The other alerts of this case turn into one line without a button, without a sound."""
    case = news.due.order.case
    if case is None:
        return
    for address, message_id in await ledger.of_kind(news.connection, DESK, case, "alert"):
        edit = Order("alert_over", address, Urgency.SCREEN, case=case, message_id=message_id)
        await orders.write(news.connection, DESK, edit, news.now)


async def _her_words(news: News) -> None:
    await news.tell(await news.holder(), "words", Urgency.WORDS, entry=news.due.order.entry)


def _to_holder(key: str) -> Callable[[News], Awaitable[None]]:
    async def tell(news: News) -> None:
        params = news.due.order.params
        said = {name: f"@{key}.{value}" for name, value in params.items()}
        await news.line(await news.holder(), key, **said)

    return tell


async def _held(news: News) -> None:
    await news.line(await news.holder(), "held", until=news.due.order.params["until"])


async def _contact_answered(news: News) -> None:
    params = news.due.order.params
    at = datetime.fromisoformat(str(params["at"])).astimezone(news.house.region.zone)
    key = "contact.yes" if params["yes"] else "contact.no"
    await news.line(await news.holder(), key, time=f"{at:%d.%m %H:%M}")


async def _left(news: News) -> None:
    """She left: whoever holds the case hears when; alerts of a case that waited are over."""
    await news.line(await news.holder(), "she_left", time=_clock(news))
    await _taken(news)


async def _stopped(news: News) -> None:
    await news.line(await news.holder(), "she_stopped")


async def _decoy_cry(news: News) -> None:
    """Class and flags only: a person decides, by what was agreed with her."""
    if news.case is None:
        return
    told = await news.holder() or await who_is_told(news.connection, news.case.language)
    await news.line(told, "decoy_cry", risk=f"@risk.{news.case.risk}")


def _to_whoever(key: str) -> Callable[[News], Awaitable[None]]:
    """To who holds the case, or else to all on duty whom it concerns."""

    async def tell(news: News) -> None:
        if news.case is not None:
            told = await news.holder() or await who_is_told(news.connection, news.case.language)
            await news.line(told, key)

    return tell


async def _referral_answered(news: News) -> None:
    params = news.due.order.params
    await referring.answered(news.house, news.connection, str(params["number"]), bool(params["yes"]), news.now)


async def _forget(news: News) -> None:
    """Every staff chat that showed something of the case loses it."""
    case = news.due.order.case
    if case is None:
        return
    for address in await ledger.where_shown(news.connection, DESK, case):
        gone = Order("wipe", address, Urgency.ALERT, case=case)
        await orders.write(news.connection, DESK, gone, news.now)


def _clock(news: News) -> str:
    return f"{news.now.astimezone(news.house.region.zone):%H:%M}"


_KINDS: dict[str, Callable[[News], Awaitable[None]]] = {
    "case_waits": _waits,
    "case_rose": _rose,
    "taken": _taken,
    "wait_over": _taken,
    "her_words": _her_words,
    "she_left": _left,
    "she_stopped": _stopped,
    "she_returned": _to_holder("she_returned"),
    "not_delivered": _to_holder("not_delivered"),
    "unreadable": _to_holder("unreadable"),
    "identity_doubt": _to_holder("identity_doubt"),
    "decoy_cry": _decoy_cry,
    "misread": _to_whoever("misread"),
    "held": _held,
    "she_was_forced": _to_whoever("she_was_forced"),
    "she_is_back": _to_whoever("she_is_back"),
    "contact_answered": _contact_answered,
    "referral_answered": _referral_answered,
    "forget": _forget,
}


async def spread(house: House, connection: Connection, due: Due, now: datetime) -> None:
    """Spread one order, and end it in the same commit."""
    found = await cases.find(connection, due.order.case) if due.order.case else None
    await _KINDS[due.order.kind](News(house, connection, now, due, found))
    await orders.end(connection, DESK, due.order.id, "spread", now)
