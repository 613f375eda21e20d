"""What a test looks at behind the phones: the calls that reached Telegram, and the vault with either side's key."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import TextClause, text

from hamroh.fronts import open_safe
from practice.journal import Entry
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Survivor
from vault import cases, entries
from vault.cases import Case, ErasedError
from vault.database import Engine, begin
from vault.entries import Entry as Written
from vault.safe import Safe
from vault.tables import SURVIVORS

KINDS = ("words", "voice", "note", "answers", "referral", "plan")
SAYING = {"sendmessage", "editmessagetext", "deletemessages"}


def calls(hotline: Hotline, she: Survivor | None = None, *, since: int = 0, bot: str = SURVIVORS_BOT) -> list[Entry]:
    """What a bot asked of the chats after `since`, oldest first; one person's chat where she is given."""
    return [
        entry
        for entry in hotline.telegram.telegram.journal.since(since)
        if entry.bot == bot
        and entry.method in SAYING
        and (she is None or str(entry.params["chat_id"]) == str(she.phone.user_id))
    ]


def now_in(hotline: Hotline) -> int:
    """Where the journal stands now."""
    return hotline.telegram.telegram.journal.seq


def failed(hotline: Hotline) -> list[str]:
    """Every call of either bot that Telegram refused, as a line.

    An edit that changes nothing is none: the decoy is repeated when a call that was in flight at the exit ends.
    """
    return [
        f"{entry.bot} {entry.method} {str(entry.params.get('text'))[:40]!r}: {entry.code} {entry.description}"
        for entry in hotline.telegram.telegram.journal.since(0)
        if not entry.ok and "message is not modified" not in entry.description
    ]


@dataclass(frozen=True, slots=True)
class Sight:
    """The owner's hand in the database, and the keys of both sides."""

    hotline: Hotline
    engine: Engine

    def safe(self, side: str) -> Safe:
        """A side's keys, as its own process reads them."""
        return open_safe(self.hotline.settings, side)

    async def case(self, she: Survivor) -> Case | None:
        """Her case, found as her own side finds it; None where nothing leads from her to one."""
        safe = self.safe(SURVIVORS)
        async with begin(self.engine) as connection:
            row = await cases.place(connection, safe, safe.person("chat", str(she.phone.user_id)))
            return await cases.find(connection, row.case) if row else None

    async def one(self, she: Survivor) -> Case:
        """Her case, which must be there."""
        found = await self.case(she)
        assert found is not None, "she has no case"
        return found

    async def reads(self, side: str, case: Case) -> list[Written]:
        """Every entry of the case that a side's key opens."""
        async with begin(self.engine) as connection:
            try:
                return await entries.read_all(connection, self.safe(side), case.id, KINDS)
            except ErasedError:
                return []

    async def words(self, side: str, case: Case) -> list[str]:
        """The same, words alone."""
        return [entry.text for entry in await self.reads(side, case) if entry.kind == "words"]

    async def change(self, she: Survivor, **values: object) -> None:
        """Set columns of her case's row, as time would."""
        async with begin(self.engine) as connection:
            await cases.change(connection, (await self.one(she)).id, **values)

    async def until_known(self, she: Survivor, messages: int) -> None:
        """Wait until the ledger knows so many messages that stand in her chat."""
        query = text("select count(*) from survivor_ledger where address_id = :at and gone_at is null")
        await self._until(query, she, messages)

    async def grows_old(self, she: Survivor, *, hours: int, upto: int = 2**62) -> None:
        """Everything that stands in her chat, up to this message, was sent so many hours earlier."""
        query = text(
            "update survivor_ledger set sent_at = sent_at - make_interval(hours => :h)"
            " where address_id = :at and message_id <= :upto"
        )
        async with begin(self.engine) as connection:
            await connection.execute(query, {"h": hours, "at": (await self.one(she)).address, "upto": upto})

    async def until_words(self, she: Survivor, condition: str, wanted: int) -> None:
        """Wait until so many of the replies ordered for her fulfil a condition (in the database's own words)."""
        query = text(f"select count(*) from survivor_orders where kind = 'words' and address_id = :at and {condition}")
        await self._until(query, she, wanted)

    async def _until(self, query: TextClause, she: Survivor, wanted: int) -> None:
        address = (await self.one(she)).address
        async with asyncio.timeout(20):
            async with self.engine.connect() as connection:
                while ((await connection.scalar(query, {"at": address})) or 0) < wanted:
                    await connection.rollback()
