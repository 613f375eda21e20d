"""The sender: one per bot, urgent first and in order per person; each try is checked anew and happens once.

An order is opened and checked in the commit of `tried_at`, called once with nothing held, and ended in a second commit
together with the ledger. What a crash leaves in between is known to have been tried.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TypeVar

from post.buckets import Buckets
from post.call import Call, Drop, Go, Method, Prepared, RefusedError, UnclearError, Wait
from post.errors import chain_of
from vault import ledger, orders
from vault.bell import Nudge
from vault.database import Connection, Engine, collided, is_lost
from vault.hold import Hold, holding
from vault.orders import CALL_LIMIT, Due, Order, Urgency

log = logging.getLogger("hamroh.post")

AT_ONCE = 12
_BACK_OFF = (0.5, 1, 2, 5, 15, 60)
_GIVE_UP = timedelta(hours=24)
_COLLISIONS = 5

T = TypeVar("T")

Prepare = Callable[[Connection, Due, datetime], Awaitable[Prepared]]
# A call's answer: the new message's id, the bytes that were fetched, or nothing worth keeping.
Speak = Callable[[Call], Awaitable[int | bytes | None]]
Ended = Callable[[Connection, Due, str, datetime], Awaitable[None]]
Held = Callable[[Connection, Due], Awaitable[None]]
Fetched = Callable[[Connection, Due, bytes, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Mouth:
    """What a front brings: how an order becomes a call, how the call is made, who is told how it ended, and how the
    person is held for whom it ends."""

    prepare: Prepare
    speak: Speak
    ended: Ended
    held: Held
    fetched: Fetched | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    message_id: int | None = None
    content: bytes | None = None
    refused: RefusedError | None = None
    unclear: bool = False


class Sender:
    """One side's sender."""

    def __init__(self, side: str, mouth: Mouth, buckets: Buckets, work: Nudge) -> None:
        self._side = side
        self._mouth = mouth
        self._buckets = buckets
        self._work = work
        self._in_flight: set[int] = set()
        self._exiting: set[int] = set()

    async def run(self, engine: Engine) -> None:
        """Send for as long as this process holds the task."""
        async with holding(engine, f"send {self._side}") as hold, asyncio.TaskGroup() as group:
            group.create_task(hold.beat())
            group.create_task(self._loop(hold, group))

    async def _loop(self, hold: Hold, group: asyncio.TaskGroup) -> None:
        while True:
            async with hold.begin() as connection:
                # Read once the connection is ours: with an older clock the decoy of an exit seems not yet due, and the
                # wipe that another call's end wrote would go before it.
                now = datetime.now(UTC)
                closed = self._buckets.closed(monotonic())
                # Chats that must wait are passed by, so that nobody waits behind them.
                found = await self._due(connection, now, closed)
                later = await orders.next_due_at(connection, self._side, now, now - CALL_LIMIT)
            waits = [*self._start(found, hold, group), *closed.values()]
            await self._work.heard(_sooner(min(waits, default=None), later, now))

    async def _due(self, connection: Connection, now: datetime, closed: Iterable[int]) -> list[Due]:
        busy = [*self._in_flight, *closed]
        return await orders.due(connection, self._side, now, busy, AT_ONCE, now - CALL_LIMIT)

    def _start(self, found: list[Due], hold: Hold, group: asyncio.TaskGroup) -> list[float]:
        """Start what the buckets allow; how long until each that they do not."""
        waits = []
        for due in found:
            address = due.order.address
            assert address is not None  # noqa: S101 - `due` leaves out what is for the desk
            leaving = due.order.urgency is Urgency.EXIT
            # An exit waits for nothing, not even for a line to be free; they come first, and are few.
            if address in self._exiting if leaving else len(self._in_flight) >= AT_ONCE:
                continue
            wait = 0.0 if leaving else self._buckets.wait(address, monotonic())
            if wait > 0:
                waits.append(wait)
                continue
            if due.order.kind != "wipe":
                self._buckets.take(address, monotonic())
            (self._exiting if leaving else self._in_flight).add(address)
            group.create_task(self._one(due, hold, address))
        return waits

    async def _one(self, due: Due, hold: Hold, address: int) -> None:
        leaving = due.order.urgency is Urgency.EXIT
        try:
            go = await _unbroken(lambda: self._check(due, hold))
            if go is not None:
                outcome = await self._call(go.call)
                await _unbroken(lambda: self._settle(due, go, outcome, hold, address))
        except Exception as error:
            if is_lost(error):
                raise
            # One order that cannot be said must not hold up those behind it; it is never tried again.
            log.error("a %s order failed: %s", due.order.kind, chain_of(error))
            async with hold.begin() as connection:
                await self._end(connection, due, "failed", datetime.now(UTC))
        finally:
            (self._exiting if leaving else self._in_flight).discard(address)
            self._work.ring()

    async def _check(self, due: Due, hold: Hold) -> Go | None:
        async with hold.begin() as connection:
            # Holds the person; so what reception writes of her and what is written here never wait for each other.
            now = datetime.now(UTC)
            prepared = await self._mouth.prepare(connection, due, now)
            if due.may_stand and due.order.address is not None:
                await ledger.suspect(connection, self._side, due.order.address, due)
            if isinstance(prepared, Go) and await self._has_gone(connection, due, prepared.call):
                prepared = await self._as_new(connection, due, now)
            if isinstance(prepared, Go) and await self._is_overtaken(connection, due, prepared.call):
                prepared = Drop("overtaken")
            if isinstance(prepared, Go):
                await orders.tried(connection, self._side, due.order.id, now)
                return prepared
            if isinstance(prepared, Drop):
                await self._end(connection, due, prepared.why, now)
            elif isinstance(prepared, Wait):
                if prepared.at is not None:
                    await orders.try_again(connection, self._side, due.order.id, prepared.at, again=due.again)
                else:
                    await orders.hold(connection, self._side, due.order.id, prepared.until)
                await self._tell(connection, due, f"held until {prepared.until}", now)
            return None

    async def _has_gone(self, connection: Connection, due: Due, call: Call) -> bool:
        """Whether it would change a message that stands no more: a tap came late, and the call would fail."""
        number = due.order.address
        if call.method is not Method.EDIT or number is None or due.order.kind in orders.LET_GO:
            return False
        return await ledger.is_gone(connection, self._side, number, call.ids[0])

    async def _is_overtaken(self, connection: Connection, due: Due, call: Call) -> bool:
        """Whether it is tried again, and its message says something newer by now."""
        return call.method is Method.EDIT and due.tries > 0 and await orders.overtaken(connection, self._side, due)

    async def _as_new(self, connection: Connection, due: Due, now: datetime) -> Prepared:
        """The same as a new message, made anew; what only makes sense as a change is over."""
        if due.order.kind in orders.ONLY_EDIT:
            return Drop("gone")
        await orders.without_message(connection, self._side, due.order.id)
        return await self._mouth.prepare(connection, replace(due, order=replace(due.order, message_id=None)), now)

    async def _call(self, call: Call) -> _Outcome:
        try:
            async with asyncio.timeout(CALL_LIMIT.total_seconds() - 2):
                answer = await self._mouth.speak(call)
                if isinstance(answer, bytes):
                    return _Outcome(content=answer)
                return _Outcome(message_id=answer)
        except RefusedError as error:
            return _Outcome(refused=error)
        except (UnclearError, TimeoutError):
            return _Outcome(unclear=True)

    async def _settle(self, due: Due, go: Go, outcome: _Outcome, hold: Hold, address: int) -> None:
        async with hold.begin() as connection:
            now = datetime.now(UTC)
            await self._mouth.held(connection, due)
            if outcome.unclear:
                await self._unclear(connection, due, go, now)
            elif outcome.refused is not None and not outcome.refused.already:
                await self._refused(connection, due, go, outcome.refused, now, address)
            else:
                if outcome.content is not None and self._mouth.fetched is not None:
                    await self._mouth.fetched(connection, due, outcome.content, now)
                await self._sent(connection, due, go, outcome.message_id, now, address)

    async def _sent(
        self, connection: Connection, due: Due, go: Go, message_id: int | None, now: datetime, address: int
    ) -> None:
        if go.call.method is Method.DELETE:
            await ledger.gone(connection, self._side, address, go.call.ids, now, go.suspected)
        if go.call.method is Method.SEND and message_id is not None:
            await self._stands(connection, due, go, message_id, now, address)
        if go.call.method is Method.EDIT and not go.spared:
            await self._hide_if_left(connection, go.call.ids[0], address, now)
        await self._end(connection, due, "sent", now, message_id)

    async def _stands(
        self, connection: Connection, due: Due, go: Go, message_id: int, now: datetime, address: int
    ) -> None:
        await ledger.stands(
            connection, self._side, address, message_id, ours=True, kind=go.kind, sent_at=now, case=go.case
        )
        if go.spared:
            await ledger.spare(connection, self._side, address, message_id)
        if not go.spared or due.again:
            await self._wipe_if_left(connection, address, now)

    async def _hide_if_left(self, connection: Connection, message_id: int, address: int, now: datetime) -> None:
        """She left while this edit was in flight, and it may have come after the decoy's: the decoy's is repeated."""
        found = await ledger.address(connection, self._side, address)
        if found is not None and found.wipe != "open" and message_id in found.spared:
            again = Order("decoy", address, Urgency.EXIT, message_id=message_id)
            await orders.write(connection, self._side, again, now)

    async def _wipe_if_left(self, connection: Connection, address: int, now: datetime) -> None:
        """She left while this was in flight, or an earlier try of it may stand beside: it is deleted at once."""
        found = await ledger.address(connection, self._side, address)
        if found is not None and found.wipe != "open":
            await orders.write(connection, self._side, Order("wipe", address, Urgency.EXIT), now)

    async def _refused(
        self, connection: Connection, due: Due, go: Go, error: RefusedError, now: datetime, address: int
    ) -> None:
        if error.retry_after is not None:
            self._buckets.close(address, monotonic() + error.retry_after)
            await orders.try_again(connection, self._side, due.order.id, now + timedelta(seconds=error.retry_after))
        elif error.code == 401:
            # It is the token that was refused: no message is lost for that.
            log.error("Telegram does not know this bot's token: check it with @BotFather")
            await orders.try_again(connection, self._side, due.order.id, now + _patience(due))
        elif error.message_gone and go.call.method is Method.EDIT and due.order.kind not in orders.ONLY_EDIT:
            await orders.try_again(connection, self._side, due.order.id, now, as_new=True)
        else:
            log.warning("Telegram refused a %s order (%s)", due.order.kind, error.code)
            await self._end(connection, due, "blocked" if error.unreachable else "refused", now)

    async def _unclear(self, connection: Connection, due: Due, go: Go, now: datetime) -> None:
        new = go.call.method is Method.SEND
        if new and due.order.address is not None:
            tried = replace(due, tried_at=now - CALL_LIMIT)
            await ledger.suspect(connection, self._side, due.order.address, tried)
        if now - due.made_at > _GIVE_UP:
            await self._end(connection, due, "given up", now)
            return
        await orders.try_again(connection, self._side, due.order.id, now + _patience(due), again=new)

    async def _end(
        self, connection: Connection, due: Due, how: str, now: datetime, message_id: int | None = None
    ) -> None:
        await orders.end(connection, self._side, due.order.id, how, now)
        told = due if message_id is None else replace(due, order=replace(due.order, message_id=message_id))
        await self._tell(connection, told, how, now)

    async def _tell(self, connection: Connection, due: Due, how: str, now: datetime) -> None:
        """Whoever is told: what goes wrong there must not undo what Telegram has done already."""
        try:
            async with connection.begin_nested():
                await self._mouth.ended(connection, due, how, now)
        except Exception as error:
            if is_lost(error):
                raise
            log.error("the end of a %s order could not be told: %s", due.order.kind, chain_of(error))


def _patience(due: Due) -> timedelta:
    """How long an order rests before its next try: longer after each."""
    return timedelta(seconds=_BACK_OFF[min(due.tries, len(_BACK_OFF) - 1)])


async def _unbroken(do: Callable[[], Awaitable[T]]) -> T:
    """Do it again where another transaction stood in the way: what a call has done must not be forgotten for that."""
    for _ in range(_COLLISIONS):
        try:
            return await do()
        except Exception as error:
            if not collided(error):
                raise
    return await do()


def _sooner(seconds: float | None, later: datetime | None, now: datetime) -> float | None:
    """Seconds until there may be something to do without a ring; None when only a ring can bring it."""
    waits = [wait for wait in (seconds, (later - now).total_seconds() if later else None) if wait is not None]
    return max(0.01, min(waits)) if waits else None
