"""What can be seen of one random survivor: her phone as it stands, the calls to it, and what is still under way."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.decoy import BOOK
from dialogs.engine import STEPS, NoSuchMoveError, choice_of
from dialogs.kinds import Choice
from dialogs.region import Region
from dialogs.screen import Tapped, parse_data
from dialogs.words import Catalogs
from hamroh.discretion import SAID, Discretion
from practice.journal import Entry
from practice.telegram import Bot, Chat, Message, Telegram
from vault import cases, elapse, owed
from vault.cases import Case
from vault.database import Engine, begin
from vault.keys import PersonHash
from vault.safe import Safe
from vault.tables import DESK, SURVIVORS

# What is under way for longer than this is stuck: a call without an answer is repeated within seconds.
STUCK_AFTER = 60.0
_LOOK_AGAIN = 0.01
# Telegram deletes for 48 hours; by which clock to the second, nobody knows.
TOO_OLD = 48 * 3600 - 60


@dataclass(frozen=True, slots=True)
class Ground:
    """What all survivors of a run share. `eye` is the owner's hand in the database, for looking."""

    telegram: Telegram
    base_url: str
    hers: Bot
    theirs: Bot
    words: Catalogs
    region: Region
    discretion: Discretion
    eye: Engine
    safes: Mapping[str, Safe]

    def person(self, side: str, user_id: int) -> PersonHash:
        """A person as a side's tables know them."""
        return self.safes[side].person("chat", str(user_id))


class StuckError(AssertionError):
    """Something never came to an end."""


def buttons(message: Message) -> list[tuple[str, str]]:
    """Label and data of every button under a message, in reading order."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


def step_of(message: Message) -> str:
    """Which screen a message of ours is: its step, `d` for the book, "" for what has no button that tells."""
    return _step(data for _, data in buttons(message))


def step_of_call(entry: Entry) -> str:
    """The same of a call that made or changed one."""
    rows = _markup(entry.params).get("inline_keyboard", [])
    return _step(button["callback_data"] for row in rows for button in row)


def spoken_in(labels: list[str], words: Catalogs) -> str:
    """The language of a screen with these labels: the one whose words for the way out stand last; empty for none."""
    return next((code for code in words.offered if [words.text(code, "exit")] == labels[-1:]), "")


def language_of_call(entry: Entry, words: Catalogs) -> str:
    """The language of what a call put on her phone: a tap under an older message changes that one, not the newest."""
    rows = _markup(entry.params).get("inline_keyboard", [])
    return spoken_in([button["text"] for row in rows for button in row], words)


def _markup(params: Mapping[str, Any]) -> Mapping[str, Any]:
    markup = params.get("reply_markup") or {}
    return json.loads(markup) if isinstance(markup, str) else markup


def _step(datas: Iterable[str]) -> str:
    tapped = next((tap for tap in map(parse_data, datas) if tap is not None), None)
    return tapped.step if tapped else ""


def choice_behind(tap: Tapped | None) -> Choice | None:
    """What a button's data chooses in the flows; None for the book's and for what no keyboard has."""
    if tap is None or tap.step not in STEPS:
        return None
    try:
        return choice_of(STEPS[tap.step], tap.choice)
    except NoSuchMoveError:
        return None


@dataclass(slots=True)
class Sight:
    """One survivor, seen from outside, and the counsellor beside her; `waits` are everybody's, in minutes, by class."""

    ground: Ground
    user_id: int
    counsellor: int
    addresses: set[int] = field(default_factory=set)
    case: Case | None = None
    waits: dict[str, list[float]] = field(default_factory=dict)

    @property
    def chat(self) -> Chat:
        """Her chat as the server holds it."""
        return self.ground.hers.chats[self.user_id]

    def shown(self) -> list[Message]:
        """What stands on her phone, oldest first."""
        return [message for message in self.chat.messages.values() if message.on_phone]

    def newest(self) -> Message | None:
        """The newest message of ours on her phone."""
        return next((message for message in reversed(self.shown()) if message.by_bot), None)

    def newest_with_buttons(self) -> Message | None:
        """Where a thumb finds something to tap."""
        return next((message for message in reversed(self.shown()) if message.by_bot and message.markup), None)

    def is_book(self, message: Message) -> bool:
        """Whether a message is a page of the cookery book, or was written over with a dull line."""
        discretion = self.ground.discretion
        first = message.text.split("\n", 1)[0]
        return first in discretion.book or step_of(message) == BOOK or message.text in discretion.dull

    def calls(self, since: int) -> list[Entry]:
        """What the survivors' bot asked of her chat."""
        here = (str(self.user_id), self.ground.hers.username)
        return [
            entry
            for entry in self.ground.telegram.journal.since(since)
            if (str(entry.params.get("chat_id")), entry.bot) == here
        ]

    def said(self, since: int) -> list[Entry]:
        """Of these, what put words on her phone."""
        return [entry for entry in self.calls(since) if entry.ok and entry.method in SAID]

    def at_the_desk(self, since: int) -> list[str]:
        """What the staff's bot said to anybody."""
        name = self.ground.theirs.username
        return [
            str(entry.params.get("text") or entry.params.get("caption") or "")
            for entry in self.ground.telegram.journal.since(since)
            if entry.bot == name and entry.method in SAID | {"sendvoice"}
        ]

    def _waits_at_telegram(self) -> bool:
        hers, theirs = self.ground.hers.updates, self.ground.theirs.updates
        lanes = (("chat", self.user_id), ("person", self.user_id), ("member", self.user_id))
        desk = (("chat", self.counsellor), ("person", self.counsellor))
        return any(hers.of_lane(lane) for lane in lanes) or any(theirs.of_lane(lane) for lane in desk)

    async def _is_owed(self) -> bool:
        async with begin(self.ground.eye) as connection:
            return await owed.owed_to(
                connection,
                datetime.now(UTC),
                survivor=self.ground.person(SURVIVORS, self.user_id),
                addresses=self.addresses,
                case=self.case.id if self.case else None,
                staff=self.ground.person(DESK, self.counsellor),
            )

    async def settled(self) -> None:
        """Wait until all that these two did has come to its end; raises StuckError when it never does."""
        try:
            async with asyncio.timeout(STUCK_AFTER):
                await self._taken_in()
                pause = _LOOK_AGAIN
                while await self._is_owed():
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LOOK_AGAIN * 8)
        except TimeoutError:
            raise StuckError(f"after {STUCK_AFTER:.0f} s something is still under way to her") from None
        await self._look()

    async def _taken_in(self) -> None:
        """Until both bots have confirmed what these two sent."""
        while self._waits_at_telegram():
            for bot in (self.ground.hers, self.ground.theirs):
                try:
                    async with asyncio.timeout(_LOOK_AGAIN):
                        await bot.updates.bell.wait()
                except TimeoutError:
                    continue

    async def _look(self) -> None:
        """Her case as it is now, every address she ever had, and how long others waited."""
        async with begin(self.ground.eye) as connection:
            found = await owed.where(connection, self.ground.person(SURVIVORS, self.user_id))
            if found is not None:
                self.addresses.add(found[0])
                self.case = await cases.find(connection, found[1]) or self.case
            self.waits = await owed.waited(connection)

    async def lets_pass(self, by: timedelta) -> None:
        """Time goes by for her, from one thing that falls due to the next, as it would."""
        left = by
        while left > timedelta(0):
            part = min(left, await self._until_something() or left)
            async with begin(self.ground.eye) as connection:
                if self.case is not None:
                    await elapse.pass_for(connection, self.case.id, sorted(self.addresses), part)
            for message in self.chat.messages.values():
                message.date -= int(part.total_seconds())
            left -= part
            await self.settled()

    async def _until_something(self) -> timedelta | None:
        now = datetime.now(UTC)
        async with begin(self.ground.eye) as connection:
            due = await elapse.next_moment(connection, sorted(self.addresses), now)
        return max(due - now, timedelta(seconds=1)) + timedelta(milliseconds=100) if due else None
