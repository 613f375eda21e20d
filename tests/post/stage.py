"""A stage for the sender: a Telegram of the test's own, on which it speaks, and what meets each call."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from post.buckets import Buckets, Pace
from post.call import Call, Drop, Go, Method, Prepared, RefusedError, UnclearError
from post.send import Mouth, Sender
from tests.post.ground import SHORTLY, Side, running
from tests.vault.ground import an_address, one, rows
from vault import ledger, orders
from vault.bell import Nudge
from vault.database import Connection, begin
from vault.orders import Due, Order, Urgency
from vault.tables import SURVIVORS

# What a call meets, by what it says: an error raised, an event waited for, or something done before the answer.
Meets = Callable[[Call], Awaitable[None]]


def refused(code: int, why: str, retry_after: float | None = None) -> Meets:
    async def meet(_: Call) -> None:
        raise RefusedError(code, why, retry_after)

    return meet


async def unclear(_: Call) -> None:
    raise UnclearError


@dataclass(slots=True)
class Stage:
    """A Telegram of the test's own, on which the sender speaks: what it said, and what met it."""

    side: Side
    work: Nudge = field(default_factory=Nudge)
    said: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    meets: dict[str, list[Meets]] = field(default_factory=dict)
    prepares: dict[str, list[Prepared | Exception]] = field(default_factory=dict)
    telling: Callable[[Due, str], Awaitable[None]] | None = None
    next_id: int = 100
    pace: Pace | None = None

    def mouth(self) -> Mouth:
        """The sender's questions, answered here; what this version does not ask is not given."""

        async def nothing(*_: Any) -> None:
            return None

        given = {"prepare": self._prepare, "speak": self._speak, "ended": self._ended, "held": nothing}
        return Mouth(**{part.name: given[part.name] for part in fields(Mouth) if part.name in given})  # type: ignore[arg-type]

    def sender(self) -> Sender:
        """A fresh sender, as a process makes it."""
        return Sender(SURVIVORS, self.mouth(), Buckets(self.pace), self.work)

    def sends(self) -> AbstractAsyncContextManager[list[asyncio.Future[Any]]]:
        """A sender at work."""
        return running(self.sender().run(self.side.engine))

    async def _prepare(self, connection: Connection, due: Due, now: datetime) -> Prepared:
        order = due.order
        prepared = next(iter(self.prepares.get(order.kind, [])), None)
        if prepared is not None:
            self.prepares[order.kind].pop(0)
            if isinstance(prepared, Exception):
                raise prepared
            return prepared
        assert order.address is not None
        if order.kind == "wipe":
            found = await ledger.to_wipe(connection, SURVIVORS, order.address, now)
            ids = tuple(standing.message_id for standing in found)
            return Go(Call(Method.DELETE, order.address, "wipe", ids=ids), "wipe") if ids else Drop("nothing left")
        ids = () if order.message_id is None else (order.message_id,)
        method = Method.EDIT if ids else Method.SEND
        return Go(Call(method, order.address, order.kind, ids=ids), order.kind, spared=order.kind == "decoy")

    async def _speak(self, call: Call) -> int | None:
        self.said.append(call.text)
        self.calls.append(call)
        if self.meets.get(call.text):
            await self.meets[call.text].pop(0)(call)
        if call.method is not Method.SEND:
            return None
        self.next_id += 1
        return self.next_id

    async def _ended(self, _: Connection, due: Due, how: str, _now: datetime) -> None:
        self.told.append((due.order.kind, how))
        if self.telling is not None:
            await self.telling(due, how)

    async def order(self, *kinds: str, address: int, urgency: Urgency = Urgency.SCREEN, **more: Any) -> UUID:
        """Write orders, one after another, and ring; the last one's id."""
        async with begin(self.side.engine) as connection:
            for kind in kinds:
                made = Order(kind, address, urgency, **more)
                await orders.write(connection, SURVIVORS, made, datetime.now(UTC))
        self.work.ring()
        return made.id

    async def is_over(self, *loops: asyncio.Future[Any]) -> None:
        """Every order has ended."""
        async with asyncio.timeout(SHORTLY):
            while await self.ask("select count(*) from survivor_orders where ended_at is null"):
                for loop in loops:
                    if loop.done():
                        loop.result()

    async def has_said(self, *kinds: str) -> None:
        """So much was said, however it ends."""
        async with asyncio.timeout(SHORTLY):
            while Counter(kinds) - Counter(self.said):
                await self.ask("select 1")

    async def ask(self, sql: str, **values: Any) -> Any:
        async with self.side.owner.connect() as connection:
            return await one(connection, sql, **values)

    async def ends(self) -> dict[str, str | None]:
        """How each kind of order ended."""
        async with self.side.owner.connect() as connection:
            return dict(await rows(connection, "select kind, ended from survivor_orders order by serial"))

    async def standing(self, address: int) -> list[int]:
        """The message ids that a wipe of this chat would try."""
        async with self.side.owner.connect() as connection:
            found = await ledger.to_wipe(connection, SURVIVORS, address, datetime.now(UTC))
        return sorted(message.message_id for message in found)


async def sent(stage: Stage) -> None:
    """Everything that was ordered is over."""
    async with stage.sends() as loops:
        await stage.is_over(*loops)


class Gate:
    """A call that has begun and has not ended yet."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self, _: Call) -> None:
        self.begun.set()
        await self.opened.wait()


async def addresses(stage: Stage, count: int) -> list[int]:
    async with begin(stage.side.engine) as connection:
        return [await an_address(connection, stage.side.safe, 6000 + number, 6000 + number) for number in range(count)]
