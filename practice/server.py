"""The practice Telegram as a running server, started in process by whoever practises."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from aiohttp import web

from practice.admin import admin_routes
from practice.bell import Clock
from practice.call import Json
from practice.files import SEND_LIMIT
from practice.http import TELEGRAM, bot_routes
from practice.people import named_or_new
from practice.people_http import explain, people_routes
from practice.telegram import Telegram
from practice.webhook import Delivery

PAGE = Path(__file__).parent / "page"
POLICY = "default-src 'self'; media-src 'self' blob:; img-src 'self' blob: data:; frame-ancestors 'none'"


class Running:
    """A server that listens. `telegram` is its state, for tests in the same process."""

    def __init__(self, telegram: Telegram, runner: web.AppRunner, base_url: str, delivery: asyncio.Task[None]) -> None:
        self.telegram = telegram
        self.base_url = base_url
        self._runner = runner
        self._delivery = delivery

    def add_bot(self, token: str, username: str, name: str) -> None:
        self.telegram.add_bot(token, username, name)

    def set_phones(self, phones: list[Json]) -> None:
        """The phones on the page: {"id", "title", "user_id", "bot"}, the last a bot's username; optional "first_name",
        "username" and "language_code" make the person."""
        for phone in phones:
            named_or_new(self.telegram, {**phone, "id": phone["user_id"]})
        self.telegram.phones = phones

    def advance(self, seconds: float) -> None:
        self.telegram.clock.advance(seconds)

    async def close(self) -> None:
        self._delivery.cancel()
        await asyncio.wait([self._delivery])
        if not self._delivery.cancelled():
            self._delivery.result()  # a delivery that died must not die unheard
        await self._runner.cleanup()


async def serve(
    host: str = "127.0.0.1", port: int = 0, *, clock: Callable[[], float] = time.time, seed: int | None = None
) -> Running:
    """Listens on host and port (0 takes a free one). A seed makes ids repeatable."""
    telegram = Telegram(Clock(clock), Random(seed))  # noqa: S311 - practice ids guard nothing
    app = web.Application(middlewares=[explain], client_max_size=SEND_LIMIT + 1024 * 1024)
    app[TELEGRAM] = telegram
    app.add_routes([*bot_routes(), *people_routes(), *admin_routes()])
    app.router.add_get("/", _page)
    app.router.add_static("/page", PAGE)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    # The entry of this server: the one task outside a group, and it holds the group of all deliveries.
    delivery = asyncio.get_running_loop().create_task(Delivery(telegram).run())
    return Running(telegram, runner, f"http://{address[0]}:{address[1]}", delivery)


async def _page(request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": POLICY})
