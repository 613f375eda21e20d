"""The people of `hamroh chaos`: pairs who write each other numbered messages, others who wander and leave."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from dialogs.words import Catalogs
from practice.phone import Bubble, Phone
from practice.telegram import Telegram

#: How long a person waits for what she is owed: recovery from a kill in the middle of a call takes 20 s by itself.
PATIENCE = 120.0
LANGUAGE = "en"


@dataclass(slots=True)
class Deliveries:
    """How often each numbered message reached the phone it was for, read from the practice Telegram's own journal."""

    telegram: Telegram
    survivors_bot: str
    arrived: Counter[str] = field(default_factory=Counter)
    _read: int = 0

    def look(self) -> None:
        """Count what was sent since the last look: hers as `12345: a1-7`, theirs with `b1-7` as the last line."""
        for entry in self.telegram.journal.since(self._read):
            self._read = entry.seq
            if entry.method != "sendmessage" or not entry.ok:
                continue
            text = str(entry.params.get("text", ""))
            wanted = r"(?:.*\n)?(b\d+-\d+)" if entry.bot == self.survivors_bot else r"\d+: (?:.*\n)?(a\d+-\d+)"
            if found := re.fullmatch(wanted, text):
                self.arrived[found[1]] += 1

    async def all_of(self, numbers: list[str]) -> None:
        """Wait until every one of these has arrived; raises AssertionError with those that did not."""
        try:
            async with asyncio.timeout(PATIENCE):
                while self.missing(numbers):
                    await self.telegram.journal.bell.wait()
        except TimeoutError:
            raise AssertionError(f"never arrived: {', '.join(self.missing(numbers))}") from None

    def missing(self, numbers: list[str]) -> list[str]:
        """Which of these never arrived."""
        self.look()
        return [number for number in numbers if not self.arrived[number]]


@dataclass(slots=True)
class Storm:
    """What the people share: the dice, the words, the journal, and when it is over. `said` holds every number sent."""

    dice: Random
    words: Catalogs
    desk: Catalogs
    deliveries: Deliveries
    over: asyncio.Event = field(default_factory=asyncio.Event)
    said: list[str] = field(default_factory=list)
    deeds: Counter[str] = field(default_factory=Counter)

    def hers(self, key: str) -> str:
        """What the survivors' catalog says."""
        return self.words.text(LANGUAGE, key)

    def theirs(self, key: str) -> str:
        """What the desk's catalog says, up to its first value."""
        return self.desk.text(LANGUAGE, key).split("{")[0]

    async def breathe(self, longest: float = 0.5) -> None:
        """People type at their own pace."""
        await asyncio.sleep(self.dice.uniform(0.02, longest))


class Person(Protocol):
    """Somebody who lives through the storm."""

    async def live(self) -> None:
        """Until the storm is over and all that was owed has come; raises AssertionError for what has not."""

    async def leave(self) -> None:
        """At the very end: the way out, where she has not gone already."""


async def _arrive(storm: Storm, phone: Phone) -> Bubble:
    """From /start to the question whether it is safe, and yes; her /start."""
    start = await phone.says("/start")
    for label, screen in ((storm.hers(f"language.{LANGUAGE}"), "greet"), (storm.hers("yes"), "safe_now")):
        await phone.sees(storm.hers(screen), PATIENCE, after=start.message_id)
        await phone.taps(label, within=PATIENCE, answer_within=0)
    storm.deeds["arrived"] += 1
    return start


async def _leave(storm: Storm, phone: Phone) -> None:
    """The way out, and nothing of ours left on the screen but the book."""
    exit_label = storm.hers("exit")
    await phone.taps(exit_label, within=PATIENCE, answer_within=0)
    storm.deeds["left"] += 1
    if storm.dice.random() < 0.6:
        await phone.sees_gone(lambda bubble: exit_label in bubble.labels, PATIENCE)


class Clerk:
    """An operator's phone, and which case is chosen on it: two pairs may share it."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.chosen = 0
        self.typing = asyncio.Lock()

    async def writes(self, case: int, text: str) -> None:
        """To this case: chosen first, where another one is."""
        async with self.typing:
            if self.chosen != case:
                await self.phone.says(f"/switch {case}")
                self.chosen = case
            await self.phone.says(text)


class Pair:
    """A survivor and the operator who holds her case: bouts of numbered messages both ways, an exit, a close."""

    def __init__(self, storm: Storm, number: int, she: Phone, clerk: Clerk) -> None:
        self._storm, self._number, self._she, self._clerk = storm, number, she, clerk
        self._case = 0
        self._count = 0

    async def begin(self) -> None:
        """Into the queue; the operator takes her case."""
        await _arrive(self._storm, self._she)
        await self._ask("menu.need")
        await self._she.taps(self._storm.hers("agree"), within=PATIENCE, answer_within=0)
        await self._taken()

    async def _ask(self, screen: str) -> None:
        await self._she.sees(self._storm.hers(screen), PATIENCE)
        await self._she.taps(self._storm.hers("person"), within=PATIENCE, answer_within=0)

    async def _taken(self) -> None:
        await self._she.sees(self._storm.hers("leave_msg"), PATIENCE)
        async with self._clerk.typing:
            phone = self._clerk.phone
            alert = await phone.sees(self._is_her_alert, PATIENCE, called="an alert")
            label = self._storm.desk.text(LANGUAGE, "button.take")
            await phone.taps(label, message_id=alert.message_id, within=PATIENCE, answer_within=0)
            card = await phone.sees(self._is_her_card, PATIENCE, after=alert.message_id, called="her card")
            self._case = self._clerk.chosen = int(re.findall(r"\d+", card.text)[0])
        await self._she.sees(self._storm.hers("person_in"), PATIENCE)
        self._storm.deeds["taken"] += 1

    def _is_her_alert(self, bubble: Bubble) -> bool:
        offered = self._storm.desk.text(LANGUAGE, "button.take") in bubble.labels
        return offered and f": {self._case or ''}" in bubble.text

    def _is_her_card(self, bubble: Bubble) -> bool:
        return bubble.text.startswith(f"{self._storm.theirs('card.head')}{self._case or ''}")

    async def live(self) -> None:
        """Bout after bout."""
        while not self._storm.over.is_set():
            await self._bout()
            chance = self._storm.dice.random()
            if chance < 0.2:
                await self._leaves_and_returns()
            elif chance < 0.35:
                await self._is_closed_and_asks_again()

    async def leave(self) -> None:
        """She leaves; what was said must go from her phone, what was said twice too."""
        await _leave(self._storm, self._she)

    async def _bout(self) -> None:
        numbers = []
        for _ in range(self._storm.dice.randint(3, 8)):
            self._count += 1
            hers = self._storm.dice.random() < 0.5
            number = f"{'a' if hers else 'b'}{self._number}-{self._count}"
            numbers.append(number)
            self._storm.said.append(number)
            if hers:
                await self._she.says(number)
            else:
                await self._clerk.writes(self._case, number)
            await self._storm.breathe()
        await self._storm.deliveries.all_of(numbers)

    async def _leaves_and_returns(self) -> None:
        await _leave(self._storm, self._she)
        start = await _arrive(self._storm, self._she)
        await self._she.sees(self._storm.hers("person_in"), PATIENCE, after=start.message_id)
        self._storm.deeds["returned"] += 1

    async def _is_closed_and_asks_again(self) -> None:
        async with self._clerk.typing:
            await self._clerk.phone.says(f"/close {self._case} helped")
            self._clerk.chosen = 0
        await self._she.sees(self._storm.hers("person_out"), PATIENCE)
        await self._she.taps(self._storm.hers("menu"), within=PATIENCE, answer_within=0)
        await self._ask("menu.need")
        await self._taken()
        self._storm.deeds["closed"] += 1


class Wanderer:
    """A survivor who asks nobody: the menu, some questions, the way out, the book, and back."""

    def __init__(self, storm: Storm, phone: Phone) -> None:
        self._storm, self._phone = storm, phone

    async def live(self) -> None:
        """Round after round."""
        while not self._storm.over.is_set():
            await _arrive(self._storm, self._phone)
            await self._phone.sees(self._storm.hers("menu.need"), PATIENCE)
            await self._look_around()
            await _leave(self._storm, self._phone)

    async def leave(self) -> None:
        """She has: that is how a round ends."""

    async def _first_asked(self, way: tuple[tuple[str, str], ...]) -> int:
        """Where on the way the questions begin: what she said once is not asked again."""
        asked = [self._storm.hers(screen) for screen, _ in way]
        shown = await self._phone.sees(lambda bubble: any(each in bubble.text for each in asked), PATIENCE)
        return next(at for at, each in enumerate(asked) if each in shown.text)

    async def _look_around(self) -> None:
        storm, phone = self._storm, self._phone
        await phone.taps(storm.hers("screening"), within=PATIENCE, answer_within=0)
        way = (
            ("age", "yes"),
            ("whose", "partner"),
            ("begin.how", "goon"),
            ("who.worse_6_months", "yes"),
            ("who.weapon", ""),
        )
        for screen, label in way[await self._first_asked(way) :]:
            await phone.sees(storm.hers(screen), PATIENCE)
            await storm.breathe()
            if not label or storm.dice.random() < 0.1:
                return
            await phone.taps(storm.hers(label), within=PATIENCE, answer_within=0)
