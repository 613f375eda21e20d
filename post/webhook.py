"""The webhook: verifies each bot's own secret, keeps the update, then answers 200."""

import asyncio
import hashlib
import hmac
import json
import logging
import os
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

from post.allowed import KINDS
from post.poll import TokenRefusedError
from post.receive import Receiver
from vault.settings import SettingsError

log = logging.getLogger("hamroh.post")

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1024 * 1024
_WAITS = (0.5, 1, 2, 5, 10, 20)
_PATIENCE = aiohttp.ClientTimeout(total=20)


def secret_for(shared: str, token: str) -> str:
    """Each bot's own secret: HMAC-SHA256 of its token with the deployment's, so that one bot's proves nothing of the
    other's."""
    return hmac.new(shared.encode(), token.encode(), hashlib.sha256).hexdigest()


class Door:
    """One bot's address on the listener."""

    def __init__(self, secret: str, receiver: Receiver) -> None:
        self._secret = secret
        self._receiver = receiver

    async def knock(self, request: web.Request) -> web.Response:
        """One update, or a stranger: a stranger learns nothing but that the door is shut."""
        given = request.headers.get(HEADER, "")
        # A header may hold any bytes; those that are no text are wrong like any other secret.
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        await self._receiver.take([update])
        return web.Response()


async def serve(doors: dict[str, Door], host: str, port: int) -> web.AppRunner:
    """Listen for the doors by path (`/survivors`, `/operators`)."""
    house = web.Application(client_max_size=_LARGEST)
    for path, door in doors.items():
        house.router.add_post(path, door.knock)
    runner = web.AppRunner(house, access_log=None, shutdown_timeout=5)
    await runner.setup()
    await listen(runner, host, port)
    return runner


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    """Listen there; raises SettingsError with one sentence where that cannot be."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        raise SettingsError(f"HAMROH_LISTEN: nobody can listen on {host}:{port} ({why}).") from None


async def register(base: str, token: str, address: str, secret: str) -> None:
    """Tell Telegram where this bot listens, until it has understood.

    Raises TokenRefusedError, and ConnectionError where Telegram refuses this very address.
    """
    asked: dict[str, Any] = {"url": address, "secret_token": secret, "allowed_updates": list(KINDS)}
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        for failed in count():
            try:
                async with session.post(f"{base}/bot{token}/setWebhook", json=asked) as answer:
                    if answer.status == 200:
                        return
                    why = _refused(answer.status, address)
            except (aiohttp.ClientError, TimeoutError) as error:
                why = type(error).__name__
            wait = _WAITS[min(failed, len(_WAITS) - 1)]
            log.warning("Telegram gives no good answer to setWebhook (%s): asking again in %s s", why, wait)
            await asyncio.sleep(wait)


def _refused(status: int, address: str) -> str:
    if status in {401, 404}:
        raise TokenRefusedError("Telegram does not know this bot's token: check it with @BotFather")
    if status == 400:
        raise ConnectionError(f"Telegram does not take the webhook address {address} (400)")
    return str(status)
