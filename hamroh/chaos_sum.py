"""The sum of `hamroh chaos`: whether all is quiet at the end, and every fault that can be found then."""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from hamroh.chaos_people import Storm
from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.practice import Practice
from practice.telegram import Bot, Telegram
from vault import owed
from vault.database import Connection, Engine, begin, engine_for, is_lost
from vault.orders import ONLY_EDIT
from vault.tables import DESK, SURVIVORS

# A call that died with its process is left alone for 20 s; twice that, and what else may be due.
QUIET_WITHIN = 60.0
_SIDES = {SURVIVORS: SURVIVORS_BOT, DESK: STAFF_BOT}
# What a kill may cause at Telegram, and what our side makes nothing of: the sentence's beginning, without its code.
_EXPECTED = (
    "Conflict: terminated by other getUpdates request",
    "Bad Request: message is not modified",
    "Bad Request: query is too old",
    "Bad Request: message to edit not found",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened: kills by victim, how many in the middle of a call, arrivals by number, what people did, seconds
    until quiet, and the faults."""

    kills: Mapping[str, int]
    mid_call: int
    arrived: Counter[str]
    deeds: Mapping[str, int]
    quiet: float
    faults: tuple[str, ...]

    @property
    def twice(self) -> int:
        """How many arrivals were a second one."""
        return self.arrived.total() - len(self.arrived)

    def lines(self) -> list[str]:
        """For people."""
        killed = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        did = ", ".join(f"{deed} {count}" for deed, count in sorted(self.deeds.items()))
        return [
            f"kills            {sum(self.kills.values())} ({killed}), {self.mid_call} in the middle of a call",
            f"numbered words   {len(self.arrived)} arrived, {self.twice} of them twice and marked so",
            f"beside           {did}",
            f"quiet after      {self.quiet:.0f} s",
            *(f"FAULT            {fault}" for fault in self.faults),
            "nothing was lost" if not self.faults else f"{len(self.faults)} faults",
        ]


async def all_is_quiet(practice: Practice) -> float:
    """Wait until Telegram has nothing more to hand over and nothing is owed; the seconds that took."""
    begun = monotonic()
    engine = engine_for(practice.database.url, pool=1)
    try:
        # Nothing rings when nothing more is owed, so this looks again.
        while monotonic() - begun < QUIET_WITHIN and not await _is_quiet(practice, engine):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    finally:
        await engine.dispose()
    return monotonic() - begun


async def _is_quiet(practice: Practice, engine: Engine) -> bool:
    if any(bot.updates.count() for bot in practice.telegram.telegram.bots.values()):
        return False
    try:
        async with begin(engine) as connection:
            return (await owed.owed(connection, datetime.now(UTC))).nothing
    except Exception as error:
        if not is_lost(error):
            raise
        return False


async def faults_in(practice: Practice, storm: Storm, quiet: float) -> list[str]:
    """Every fault that can be seen from outside once all is quiet, as sentences."""
    telegram = practice.telegram.telegram
    engine = engine_for(practice.database.url, pool=1)
    try:
        async with begin(engine) as connection:
            return [
                *await still_owed(connection, quiet),
                *await _exactly_once(connection, telegram, storm),
                *await _ledgers(connection, telegram),
                *failed_calls(telegram, _EXPECTED),
            ]
    finally:
        await engine.dispose()


async def still_owed(connection: Connection, quiet: float) -> list[str]:
    """What did not come to its end after so many seconds of quiet, and what was set aside."""
    left = await owed.owed(connection, datetime.now(UTC))
    found = [] if left.nothing else [f"after {quiet:.0f} s {left.updates} updates and {left.orders} orders are open"]
    return found + ([f"{left.aside} updates were set aside"] if left.aside else [])


async def _exactly_once(connection: Connection, telegram: Telegram, storm: Storm) -> list[str]:
    found = [f"{number} never arrived" for number in storm.deliveries.missing(storm.said)]
    arrived = storm.deliveries.arrived
    for letter, author, side in (("a", "survivor", DESK), ("b", "staff", SURVIVORS)):
        said = sum(number.startswith(letter) for number in storm.said)
        kept = await owed.written(connection, "words", author)
        if kept != said:
            found.append(f"{said} messages by the {author} were kept as {kept}")
        twice = sum(count - 1 for number, count in arrived.items() if number.startswith(letter))
        again = await owed.sent_again(connection, side, "words")
        if twice > again:
            found.append(f"{twice} messages by the {author} arrived twice, and only {again} are marked so")
    for side, username in _SIDES.items():
        if lost := _handed_over(telegram, username) - await owed.taken_in(connection, side):
            found.append(f"{len(lost)} updates of the {side} side were handed over and are in no inbox")
        found += [
            f"{count} {kind} orders of the {side} side ended as {how}"
            for (kind, how), count in (await owed.endings(connection, side)).items()
            if how in _BAD_ENDINGS and kind not in ONLY_EDIT
        ]
    return found


_BAD_ENDINGS = {"failed", "refused", "given up", "blocked"}


def _handed_over(telegram: Telegram, username: str) -> set[int]:
    """The ids that a getUpdates named and a later one confirmed (what was never confirmed is still Telegram's)."""
    answers = [
        entry.result
        for entry in telegram.journal.since(0)
        if entry.bot == username and entry.method == "getupdates" and entry.ok
    ]
    pending = {update.id for update in _bot(telegram, username).updates.read(1000)}
    return {update["update_id"] for answer in answers for update in answer} - pending


def _bot(telegram: Telegram, username: str) -> Bot:
    found = telegram.named(username)
    assert found is not None  # noqa: S101 - the practice made it
    return found


async def _ledgers(connection: Connection, telegram: Telegram) -> list[str]:
    """Every message that stands in a chat must stand in the ledger, all of a chat's under one address."""
    found = []
    for side, username in _SIDES.items():
        known = await owed.standing(connection, side)
        for chat in _bot(telegram, username).chats.values():
            on_phone = set(chat.messages)
            best = min((on_phone - ids for ids in known.values()), key=len, default=on_phone)
            if best:
                texts = [chat.messages[number].text[-40:] for number in sorted(best)[:3]]
                found.append(f"{len(best)} messages on a phone of the {side} side are in no ledger: {texts}")
    return found


def what_still_stands(practice: Practice) -> list[str]:
    """After all have left: numbered words that stand on a survivor's phone all the same."""
    chats = _bot(practice.telegram.telegram, SURVIVORS_BOT).chats.values()
    texts = [message.text.splitlines()[-1] for chat in chats for message in chat.messages.values() if message.text]
    left = [text for text in texts if re.fullmatch(r"[ab]\d+-\d+", text)]
    return [f"on the phones of those who left still stands: {', '.join(left)}"] if left else []


def failed_calls(telegram: Telegram, expected: tuple[str, ...]) -> list[str]:
    """Every call that Telegram refused otherwise than expected (how its sentence begins), each kind once."""
    failed = Counter(
        f"{entry.bot} {entry.method}: {entry.code} {entry.description}"
        for entry in telegram.journal.since(0)
        if not entry.ok and not entry.description.startswith(expected)
    )
    return [f"{count} times {call}" for call, count in failed.items()]
