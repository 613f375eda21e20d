"""The worker: takes the first open update of each person, holds her, and hands it to the front's framework.

Done is a mark that our own code sets in the transaction that does the work. A framework that returns without it has
failed, whatever it returned.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from post.errors import chain_of
from vault import inbox
from vault.bell import Nudge
from vault.database import Connection, Engine, begin, is_lost
from vault.inbox import Letter
from vault.safe import OtherSideSilentError, Safe

log = logging.getLogger("hamroh.post")

AT_ONCE = 16
_SILENT_WAIT = 2.0
_LOST_WAIT = 1.0

After = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Hand:
    """An update in hand: the transaction it is done in, the mark, and what is called once it is committed."""

    connection: Connection
    letter: Letter
    marked: bool = False
    after: list[After] = field(default_factory=list)

    async def done(self) -> None:
        """Set the mark: what was done for this update is committed with it."""
        await inbox.done(self.connection, self.letter)
        self.marked = True

    async def set_aside(self) -> None:
        """Give the update up, loudly: it stays sealed in the inbox and blocks nobody."""
        log.error("update %s is set aside after %s tries", self.letter.serial, self.letter.tries)
        await inbox.set_aside(self.connection, self.letter)
        self.marked = True


class NotDoneError(Exception):
    """The framework returned and our code had not marked the update done."""


Feed = Callable[[Mapping[str, Any], Hand], Awaitable[None]]
Aside = Callable[[Mapping[str, Any], Hand], Awaitable[None]]


class Worker:
    """One side's worker. `feed` hands an update to the front, `aside` answers one that could not be read thrice."""

    def __init__(
        self, engine: Engine, safe: Safe, come: Nudge, feed: Feed, aside: Aside, committed: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._safe = safe
        self._come = come
        self._feed = feed
        self._aside = aside
        self._committed = committed
        self._busy: set[bytes] = set()
        self._begun: set[int] = set()

    async def run(self) -> None:
        """Work for ever: woken when something came in or a person's turn is over, never polling."""
        async with asyncio.TaskGroup() as group:
            while True:
                for letter in await self._next():
                    self._busy.add(letter.person)
                    group.create_task(self._one(letter))
                await self._come.heard(None)

    async def _next(self) -> list[Letter]:
        room = AT_ONCE - len(self._busy)
        if room <= 0:
            return []
        try:
            async with self._engine.connect() as connection:
                return await inbox.first_of_each(connection, self._safe.side, list(self._busy), room)
        except Exception as error:
            if not is_lost(error):
                raise
            log.warning("the database is away (%s), looking again", type(error).__name__)
            await asyncio.sleep(_LOST_WAIT)
            self._come.ring()
            return []

    async def _one(self, letter: Letter) -> None:
        hand: Hand | None = None
        try:
            hand = await self._do(letter)
        finally:
            self._busy.discard(letter.person)
            self._come.ring()
        # What is only a courtesy holds up nothing of hers.
        for call in hand.after if hand is not None else ():
            await _quietly(call)

    async def _do(self, letter: Letter) -> Hand | None:
        try:
            # One connection for both commits: whoever waits for one has not begun, and is not counted when we die.
            async with self._engine.connect() as connection:
                begun = await self._begin(connection, letter)
                if begun is None:
                    return None
                if begun.tries >= inbox.TRIES or begun.begun > inbox.BEGUN:
                    hand = await self._give_up(connection, begun)
                else:
                    hand = await self._in_hand(connection, begun, self._feed)
        except OtherSideSilentError:
            log.warning("the other side has never started: update kept until it has")
            await self._count(letter, inbox.let_go)
            await asyncio.sleep(_SILENT_WAIT)
        except Exception as error:  # noqa: BLE001 - whatever a framework raises is a failed try of this update alone
            await self._failed(letter, error)
        else:
            self._begun.discard(letter.serial)
            return hand
        return None

    async def _give_up(self, connection: Connection, letter: Letter) -> Hand | None:
        """The answer to a poison update; where not even that can be given, it goes aside without one."""
        try:
            return await self._in_hand(connection, letter, self._aside)
        except OtherSideSilentError:
            raise
        except Exception as error:
            if is_lost(error):
                raise
            log.error("update %s is set aside without an answer: %s", letter.serial, chain_of(error))
            async with connection.begin():
                await inbox.set_aside(connection, letter)
            return None

    async def _begin(self, connection: Connection, letter: Letter) -> Letter | None:
        """Marked once in the life of this process: a database lost in between is no restart; nor is the turn of another
        process that has her in hand, for which this waits. None where the update is done by then."""
        if letter.serial in self._begun:
            return letter
        async with connection.begin():
            await inbox.lock_person(connection, letter.person)
            if not await inbox.still_open(connection, letter):
                return None
            begun = await inbox.begin(connection, letter)
        self._begun.add(letter.serial)
        return begun

    async def _in_hand(self, connection: Connection, letter: Letter, do: Feed) -> Hand | None:
        raw = json.loads(letter.open(self._safe))
        async with connection.begin():
            await inbox.lock_person(connection, letter.person)
            if not await inbox.still_open(connection, letter):
                return None
            hand = Hand(connection, letter)
            await do(raw, hand)
            if not hand.marked:
                raise NotDoneError
        self._committed()
        return hand

    async def _failed(self, letter: Letter, error: Exception) -> None:
        """Names of errors only: their texts may carry a person's words."""
        if is_lost(error):
            log.warning("the database went away (%s), update kept", type(error).__name__)
            await asyncio.sleep(_LOST_WAIT)
            return
        log.error("update %s failed: %s", letter.serial, chain_of(error))
        try:
            await self._count(letter, inbox.failed)
        except Exception as again:  # noqa: BLE001 - the count is lost, the update is not
            log.warning("the failed try could not be counted (%s)", type(again).__name__)
            await asyncio.sleep(_LOST_WAIT)

    async def _count(self, letter: Letter, how: Callable[[Connection, Letter], Awaitable[None]]) -> None:
        async with begin(self._engine) as connection:
            await how(connection, letter)
        self._begun.discard(letter.serial)


async def _quietly(call: After) -> None:
    try:
        await call()
    except Exception as error:  # noqa: BLE001 - a courtesy (stopping a button's spinner) that is never owed
        log.info("a courtesy call failed (%s)", type(error).__name__)
