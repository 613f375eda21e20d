"""A whole hotline for a test: the practice Telegram, the fronts and the rounds in one loop, and the people on it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

# The fronts import their frameworks when they start, which takes seconds and would hold up everything in this loop.
import bot.ears
import bot.voice  # noqa: F401
import operators.ears  # noqa: F401
from hamroh import fronts
from hamroh.invite import make_code
from hamroh.places import LOCALES, PRACTICE, Database
from hamroh.rounds import rounds
from practice.server import Running, serve
from tests.people import Member, Operator, Service, Survivor
from vault.people import Invited
from vault.settings import Settings, read_settings

SURVIVORS_BOT, STAFF_BOT = "cooking_test_bot", "desk_test_bot"
TOKENS = {"survivors": f"1000001:{'A' * 35}", "operators": f"1000002:{'B' * 35}"}
STARTS: dict[str, Callable[[Settings, Database], Awaitable[None]]] = {
    "operators": fronts.operators,
    "survivors": fronts.survivors,
    "rounds": rounds,
}


async def has_called(telegram: Running, bot: str, method: str = "", since: int = 0) -> None:
    """Wait until a bot has made a call (of this method) after this place in the journal."""
    journal = telegram.telegram.journal
    while not any(entry.bot == bot and method in {"", entry.method} for entry in journal.since(since)):
        await journal.bell.wait()


class Hotline:
    """Everything that runs, started and stopped by name."""

    def __init__(self, telegram: Running, settings: Settings, database: Database) -> None:
        self.telegram = telegram
        self.settings = settings
        self.database = database
        self.locales = LOCALES
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._people: list[Survivor | Member] = []
        self._next = 5000

    @classmethod
    async def open(
        cls, database: Database, folder: Path, *, start: tuple[str, ...] = tuple(STARTS), **more: str
    ) -> Self:
        """A hotline on this database; `more` are further settings (`HAMROH_DOOR="closed"`)."""
        telegram = await serve("127.0.0.1", 0)
        telegram.add_bot(TOKENS["survivors"], SURVIVORS_BOT, "Home cooking")
        telegram.add_bot(TOKENS["operators"], STAFF_BOT, "Desk")
        settings = read_settings(
            {
                "HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"],
                "HAMROH_OPERATOR_TOKEN": TOKENS["operators"],
                "HAMROH_TELEGRAM_API": telegram.base_url,
                "HAMROH_TELEGRAM_RATE": "0",
                "HAMROH_DATA_DIR": str(folder),
                "HAMROH_PRIVATE": str(PRACTICE),
                **more,
            }
        )
        opened = cls(telegram, settings, database)
        try:
            for name in start:
                await opened.start(name)
        except BaseException:
            await opened.close()
            raise
        return opened

    async def start(self, name: str) -> None:
        """Start a process; a front is started once it has spoken to Telegram, and published its key before that."""
        since = self.telegram.telegram.journal.seq
        self._tasks[name] = asyncio.ensure_future(STARTS[name](self.settings, self.database))
        if name in TOKENS:
            bot = self.telegram.telegram.bots[TOKENS[name]]
            await self._has_spoken(bot.username, since, self._tasks[name])

    async def _has_spoken(self, bot: str, since: int, front: asyncio.Task[None]) -> None:
        spoken = asyncio.ensure_future(has_called(self.telegram, bot, since=since))
        try:
            async with asyncio.timeout(90):
                await asyncio.wait({front, spoken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            spoken.cancel()
        if front.done():
            await front

    async def stop(self, name: str) -> None:
        """Stop a process as a signal would."""
        task = self._tasks.pop(name)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def survivor(self, language: str = "en", *, code: str = "") -> Survivor:
        """A new person who has never written before; her Telegram speaks `code`, she will choose `language`."""
        self._next += 1
        she = await Survivor.new(self.telegram.base_url, SURVIVORS_BOT, self._next, language, code or language)
        self._people.append(she)
        return she

    async def stranger(self, language: str = "en") -> Member:
        """Somebody whom the desk does not know, with the staff's bot open."""
        self._next += 1
        somebody = await Member.new(self.telegram.base_url, STAFF_BOT, self._next, language)
        self._people.append(somebody)
        return somebody

    async def code(self, role: str, languages: str = "en", service: str | None = None) -> str:
        """A one-time code, as `hamroh invite` makes it."""
        invited = Invited(role, "Somebody", tuple(languages.split(",")), self.settings.region, service)
        return await make_code(self.database.url, invited)

    async def operator(self, languages: str = "en,uz,ru", *, role: str = "operator", on_duty: bool = True) -> Operator:
        """An enrolled operator, on duty."""
        self._next += 1
        member = await Operator.new(self.telegram.base_url, STAFF_BOT, self._next, languages.split(",", maxsplit=1)[0])
        self._people.append(member)
        await member.enrols(await self.code(role, languages))
        if on_duty:
            await member.goes_on_duty()
        return member

    async def service(self, service: str = "bux-shelter-a", *, role: str = "shelter", languages: str = "en") -> Service:
        """An enrolled member of a service."""
        self._next += 1
        member = await Service.new(self.telegram.base_url, STAFF_BOT, self._next, languages.split(",", maxsplit=1)[0])
        self._people.append(member)
        await member.enrols(await self.code(role, languages, service))
        return member

    async def close(self) -> None:
        """Stop everything."""
        for name in list(self._tasks):
            await self.stop(name)
        for person in self._people:
            await person.close()
        await self.telegram.close()
