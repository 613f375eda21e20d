"""Long polling over plain HTTP: one poller per bot, and an offset that lives only in memory."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp

from post.allowed import KINDS
from post.receive import Receiver
from vault.database import Engine
from vault.hold import holding

log = logging.getLogger("hamroh.post")

LONG = 50
_WAITS = (0.5, 1, 2, 5, 10, 20)


class TokenRefusedError(Exception):
    """Telegram does not know this token."""


class Poller:
    """Asks Telegram for updates, keeps them, and names the last one in the next question only."""

    def __init__(self, base: str, token: str, receiver: Receiver) -> None:
        self._url = f"{base}/bot{token}"
        self._receiver = receiver
        self._failed = 0

    async def run(self, engine: Engine, task: str) -> None:
        """Poll for as long as this process holds the task."""
        async with (
            holding(engine, f"poll {task}") as hold,
            aiohttp.ClientSession() as session,
            asyncio.TaskGroup() as group,
        ):
            group.create_task(hold.beat())
            group.create_task(self._poll(session))

    async def _poll(self, session: aiohttp.ClientSession) -> None:
        await self._call(session, "deleteWebhook", {})
        offset: int | None = None
        while True:
            asked: dict[str, Any] = {"timeout": LONG, "allowed_updates": list(KINDS)}
            if offset is not None:
                asked["offset"] = offset
            updates = await self._call(session, "getUpdates", asked)
            offset = None
            if updates:
                await self._receiver.take(updates)
                offset = updates[-1]["update_id"] + 1

    async def _call(self, session: aiohttp.ClientSession, method: str, asked: Mapping[str, Any]) -> Any:
        """Ask until there is an answer; each failure waits a little longer than the one before."""
        while True:
            try:
                timeout = aiohttp.ClientTimeout(total=LONG + 15)
                async with session.post(f"{self._url}/{method}", json=asked, timeout=timeout) as answer:
                    said = await answer.json(content_type=None)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                await self._wait(method, type(error).__name__)
                continue
            if isinstance(said, dict) and said.get("ok") and "result" in said:
                self._failed = 0
                return said["result"]
            await self._refused(method, answer.status, said)

    async def _refused(self, method: str, status: int, said: object) -> None:
        if status in {401, 404}:
            raise TokenRefusedError("Telegram does not know this bot's token: check it with @BotFather")
        parameters = said.get("parameters") if isinstance(said, dict) else None
        await self._wait(method, str(status), (parameters or {}).get("retry_after"))

    async def _wait(self, method: str, why: str, seconds: float | None = None) -> None:
        wait = seconds if seconds is not None else _WAITS[min(self._failed, len(_WAITS) - 1)]
        self._failed += 1
        log.warning("Telegram gives no good answer to %s (%s): asking again in %s s", method, why, wait)
        await asyncio.sleep(wait)
