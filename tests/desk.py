"""Scenes at the desk, for tests of the staff's side: who waits, who talks with whom, and that nothing failed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, text

from practice.bubble import Bubble
from tests.hotline import Hotline
from tests.people import Member, Operator, Survivor
from vault import tables
from vault.database import Engine


def failed_calls(hotline: Hotline) -> list[str]:
    """Every call of the Bot API that Telegram refused."""
    journal = hotline.telegram.telegram.journal
    return [f"{entry.method}: {entry.description}" for entry in journal.since(0) if not entry.ok]


@asynccontextmanager
async def flawless(hotline: Hotline) -> AsyncIterator[Hotline]:
    """The hotline, and at the end that no call failed and that neither side's names were ever said or logged."""
    yield hotline
    assert failed_calls(hotline) == []
    said = [str(entry.params) for entry in hotline.telegram.telegram.journal.since(0)]
    assert not [params for params in said if "anaryname" in params or "anaryuser" in params]


async def waits(hotline: Hotline, language: str = "en") -> Survivor:
    """Somebody who asked for a person and waits."""
    she = await hotline.survivor(language)
    await she.arrives()
    await she.asks_for_a_person()
    return she


async def talks(hotline: Hotline, operator: Operator, language: str = "en") -> tuple[Survivor, int]:
    """Somebody who talks with this operator, and the number of her case."""
    she = await waits(hotline, language)
    number = await operator.takes()
    await she.sees("person_in")
    return she, number


async def erases(she: Survivor) -> None:
    """She erases everything: the button, and the same button under the question."""
    await she.taps("erase")
    asked = await she.sees("erase_q")
    await she.phone.taps(she.word("erase"), message_id=asked.message_id, within=10)
    await she.sees("erased")


async def settled(*members: Member) -> None:
    """Everything that was on its way to these phones has arrived: what is asked for last has been answered."""
    for member in members:
        sent = await member.says("/no_such_command")
        await member.phone.sees(member.word("unknown_command"), within=10, after=sent.message_id)


async def alerted(member: Member, word: str = "", after: int = 0) -> Bubble:
    """The newest alert that can be taken, with this word in it."""
    return await member.phone.sees(
        lambda bubble: member.word("button.take") in bubble.labels and word in bubble.text,
        within=10,
        after=after,
        called="an alert",
    )


async def texts(member: Member) -> list[str]:
    """What the other side's messages on this phone say."""
    return [bubble.text for bubble in await member.screen() if not bubble.mine]


async def about(member: Member, number: int | str) -> list[Bubble]:
    """The messages on this phone that name this case or referral."""
    return [bubble for bubble in await member.screen() if str(number) in bubble.text]


async def sounds_of(member: Member) -> dict[str, bool]:
    """What came to this lock screen, and whether it made a sound."""
    return {note.text: not note.silent for note in await member.phone.notifications()}


async def gone(member: Member, word: str) -> None:
    """Wait until nothing on this phone says this any more."""
    await member.phone.sees_gone(lambda bubble: word in bubble.text, within=10)


async def one(owner: Engine, query: str, **values: Any) -> Any:
    """A single value of the test's database."""
    async with owner.connect() as connection:
        return await connection.scalar(text(query), values)


async def all_of(owner: Engine, query: str, **values: Any) -> list[Any]:
    """A column of the test's database."""
    async with owner.connect() as connection:
        return [row[0] for row in await connection.execute(text(query), values)]


async def queue_up(owner: Engine, *risks: str, flags: tuple[str, ...] = ()) -> list[int]:
    """Cases that wait, without a person behind them, each a minute later than the one before; their numbers."""
    numbers = list(range(20_001, 20_001 + len(risks)))
    since = datetime.now(UTC) - timedelta(minutes=len(risks))
    async with owner.begin() as connection:
        for at, (number, risk) in enumerate(zip(numbers, risks, strict=True)):
            when = since + timedelta(minutes=at)
            row = {"id": uuid4(), "number": number, "region": "bukhara", "language": "ru", "state": "waiting"}
            row |= {"class": risk, "flags": list(flags), "opened_at": when, "heard_at": when, "waits_since": when}
            await connection.execute(insert(tables.cases).values(row))
    return numbers


async def together(*acts: Any) -> None:
    """At the same instant."""
    await asyncio.gather(*acts)
