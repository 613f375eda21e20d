"""What the post's tests build on: a side on its database, and a Telegram that answers as it is told."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.vault.ground import Engines
from vault.database import Engine
from vault.safe import Safe

TOKEN = f"1000001:{'A' * 35}"
SHORTLY = 10


@dataclass(frozen=True, slots=True)
class Side:
    """The survivors' side as its process sees it, and the owner's hand for looking."""

    engines: Engines
    engine: Engine
    owner: Engine
    safe: Safe


def text_update(update_id: int, words: str = "words", chat: int = 5001) -> dict[str, Any]:
    """A message as Telegram hands it over."""
    her = {"id": chat, "type": "private", "first_name": "Canary"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1_795_500_000, "chat": her, "from": her, "text": words},
    }


# What the scripted Telegram does with one call: an answer's body, or something stranger.
Act = Callable[[web.Request], Awaitable[web.StreamResponse]]


def says(body: object, status: int = 200) -> Act:
    async def act(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return act


def ok(result: object) -> Act:
    return says({"ok": True, "result": result})


def refuses(code: int, **parameters: object) -> Act:
    body: dict[str, object] = {"ok": False, "error_code": code, "description": "canary says no"}
    return says({**body, "parameters": parameters} if parameters else body, code)


async def html(_: web.Request) -> web.StreamResponse:
    """A proxy on the way has an opinion of its own."""
    return web.Response(status=502, text="<html>canary bad gateway</html>", content_type="text/html")


async def drops(request: web.Request) -> web.StreamResponse:
    """The line breaks before the answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def hangs(_: web.Request) -> web.StreamResponse:
    """No answer at all, for as long as anybody waits."""
    await asyncio.Event().wait()
    return web.Response()


class Script:
    """Answers each call with the next act of its list; once that is over, it hangs. Keeps what was asked."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.over = asyncio.Event()
        self.base = ""

    async def open(self) -> None:
        house = web.Application()
        house.router.add_post("/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(house, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "deleteWebhook":
            return await ok(True)(request)
        is_json = request.content_type == "application/json"
        self.asked.append((method, await request.json() if is_json else dict(await request.post())))
        if not self.acts:
            self.over.set()
            return await hangs(request)
        return await self.acts.pop(0)(request)

    def offsets(self) -> list[int | None]:
        """The offset each getUpdates named."""
        return [asked.get("offset") for method, asked in self.asked if method == "getUpdates"]


@asynccontextmanager
async def running(*loops: Awaitable[object]) -> Any:
    """Loops that run while the test looks, and are stopped as a signal would stop them."""
    tasks = [asyncio.ensure_future(loop) for loop in loops]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, BaseException) and not isinstance(error, asyncio.CancelledError):
            raise error


async def until(event: asyncio.Event, *loops: asyncio.Future[Any]) -> None:
    """Wait for what must come soon, or for a loop that ends before."""
    waiting = asyncio.ensure_future(event.wait())
    either: set[asyncio.Future[Any]] = {waiting, *loops}
    async with asyncio.timeout(SHORTLY):
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for loop in loops:
        if loop.done():
            loop.result()
