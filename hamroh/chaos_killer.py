"""The killer of `hamroh chaos`: SIGKILL to a process or to the database, at moments of its own, and a new one begun."""

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path
from random import Random

from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.practice import Practice, start
from practice.faults import Fault, Kind

# The fronts are where something can be lost; the database takes everybody with it, and longer to come back.
_VICTIMS = {"survivors": 3, "operators": 3, "rounds": 2, "database": 2}
# How often a front that is only starting is killed too; otherwise it is first let come to itself, or nobody would talk.
_WHILE_STARTING = 0.25
# How often the next process is begun before the old one is ended, so that two are there for a while.
_OVERLAP = 0.25
# How often a front is killed in the middle of a call: done at Telegram, and the answer not here yet. Chance alone would
# hardly ever hit that moment, and it is the worst.
_MID_CALL = 0.5
# Not oftener running: what three restarts in a row find begun is taken for their cause, and set aside as it should be.
_RUNNING = 2
_MID_CALL_WAIT = 5.0
_BOTS = {"survivors": SURVIVORS_BOT, "operators": STAFF_BOT}


class Killer:
    """Goes round among the children of a practice."""

    def __init__(
        self, practice: Practice, children: dict[str, asyncio.subprocess.Process], dice: Random, pause: float
    ) -> None:
        self._practice, self._children, self._dice, self._pause = practice, children, dice, pause
        self._log = practice.settings.data_dir / "hamroh.log"
        self.kills: Counter[str] = Counter()
        self.mid_call = 0
        self._running: Counter[str] = Counter()
        self._begun_at: Counter[str] = Counter()
        self.faults: list[str] = []

    async def go_round(self, kills: int) -> None:
        """So many kills, with a pause of any length between two."""
        while self.kills.total() < kills:
            await asyncio.sleep(self._dice.expovariate(1 / self._pause))
            victim = self._dice.choices(list(_VICTIMS), list(_VICTIMS.values()))[0]
            if victim == "database":
                self._kill_database()
            else:
                await self._replace(victim)

    def _kill_database(self) -> None:
        try:
            pid = int((self._practice.settings.data_dir / "pg" / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGKILL)
        except (OSError, ValueError, IndexError):
            return  # it is down already
        self.kills["database"] += 1

    async def _comes_to_itself(self, victim: str) -> None:
        """Until this front is about to ask Telegram for updates, for the first time since it was begun."""
        journal, bot = self._practice.telegram.telegram.journal, _BOTS[victim]
        since = self._begun_at[victim]
        while not any(entry.bot == bot and entry.method == "deletewebhook" for entry in journal.since(since)):
            await journal.bell.wait()

    async def _replace(self, victim: str) -> None:
        if victim in _BOTS and self._dice.random() >= _WHILE_STARTING:
            await self._comes_to_itself(victim)
        old = self._children[victim]
        self._look_at(victim, old)
        overlaps = self._dice.random() < _OVERLAP
        if overlaps:
            self._children[victim] = await self._begin(victim)
            await asyncio.sleep(self._dice.uniform(0, 2 * self._pause))
        if victim in _BOTS and self._dice.random() < _MID_CALL and self._running[victim] < _RUNNING:
            self._running[victim] += 1
            await self._wait_for_a_call(_BOTS[victim])
        else:
            self._running[victim] = 0
        if old.returncode is None:
            old.kill()
            await old.wait()
            self.kills[victim] += 1
        if not overlaps:
            self._children[victim] = await self._begin(victim)

    async def _wait_for_a_call(self, bot: str) -> None:
        """Until a message of this bot is done at Telegram and its answer held back, at most a moment."""
        telegram = self._practice.telegram.telegram
        fault = Fault(Kind.SLOW_ANSWER, bot=bot, method="sendmessage", seconds=_MID_CALL_WAIT + 1)
        telegram.faults.order(fault)
        try:
            async with asyncio.timeout(_MID_CALL_WAIT):
                while fault in telegram.faults.orders:
                    await telegram.journal.bell.wait()
        except TimeoutError:
            telegram.faults.orders.remove(fault)
        else:
            self.mid_call += 1

    def _look_at(self, name: str, child: asyncio.subprocess.Process) -> None:
        if child.returncode is not None:
            self.faults.append(f"{name} ended by itself, with status {child.returncode}")

    async def bring_back(self) -> None:
        """Everybody is there again."""
        for name, child in list(self._children.items()):
            if child.returncode is not None:
                self._look_at(name, child)
                self._children[name] = await self._begin(name)

    async def _begin(self, name: str) -> asyncio.subprocess.Process:
        self._begun_at[name] = self._practice.telegram.telegram.journal.seq
        log = await asyncio.to_thread(Path.open, self._log, "ab")
        with log:
            return await start(self._practice, name, log.fileno())
