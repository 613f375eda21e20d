"""`hamroh run all`: a parent with the three processes as children, each with only its own environment."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping
from time import monotonic

import aiohttp
from aiohttp import web

from hamroh.places import open_database
from post.webhook import listen
from vault.settings import Settings

log = logging.getLogger("hamroh.together")

PROCESSES = ("operators", "survivors", "rounds")
# What a process must never see of another's.
HIDDEN = {
    "survivors": ("HAMROH_OPERATOR_TOKEN", "HAMROH_DESK_KEY"),
    "operators": ("HAMROH_SURVIVOR_TOKEN", "HAMROH_SURVIVOR_KEY"),
    "rounds": (
        "HAMROH_SURVIVOR_TOKEN", "HAMROH_OPERATOR_TOKEN", "HAMROH_SURVIVOR_KEY", "HAMROH_DESK_KEY",
        "HAMROH_WEBHOOK_SECRET", "HAMROH_WEBHOOK_URL", "HAMROH_LISTEN",
    ),
}  # fmt: skip
# A child that lived this long is begun again at once; one that dies young waits.
_YOUNG = 10.0
_WAITS = (0.2, 1, 5, 15)
# A child that refuses its settings says so in one sentence; beginning again would only repeat it.
REFUSED = 2
# Telegram waits a minute for an answer.
_PATIENCE = aiohttp.ClientTimeout(total=55)


def environment(process: str, environ: Mapping[str, str], listen: str | None) -> dict[str, str]:
    """A child's environment: the parent's without what is the other side's; in webhook mode its own port."""
    hidden = {name for hidden in HIDDEN[process] for name in (hidden, f"{hidden}_FILE")}
    kept = {name: value for name, value in environ.items() if name not in hidden}
    if listen is not None and process != "rounds":
        kept["HAMROH_LISTEN"] = listen
    return kept


def _free_ports() -> dict[str, int]:
    """A port of its own for each front; both held while they are chosen, so that they differ."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return {"survivors": one.getsockname()[1], "operators": other.getsockname()[1]}


class _Child:
    """One process, begun again when it dies."""

    def __init__(self, process: str, listen: str | None) -> None:
        self.process = process
        self._listen = listen

    async def run(self) -> int:
        """Until it refuses its settings; then that exit status. Once it has lived they were good: then it only waits,
        for a database that is away or a token that was changed."""
        died_young, lived = 0, False
        while True:
            begun = monotonic()
            status = await self._once()
            young = monotonic() - begun < _YOUNG
            lived = lived or not young
            if status == REFUSED and not lived:
                return status
            died_young = died_young + 1 if young else 0
            wait = _WAITS[min(died_young, len(_WAITS) - 1)]
            log.warning("%s ended (%s), beginning again in %s s", self.process, status, wait)
            await asyncio.sleep(wait)

    async def _once(self) -> int:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hamroh",
            "run",
            self.process,
            "--child",
            stdin=asyncio.subprocess.PIPE,
            env=environment(self.process, os.environ, self._listen),
            start_new_session=True,
        )
        try:
            return await child.wait()
        finally:
            await end(child)


async def end(child: asyncio.subprocess.Process) -> None:
    """Tell a child to stop, and make it stop where it does not hear."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        await asyncio.wait_for(child.wait(), 15)
    except TimeoutError:
        child.kill()
        await child.wait()


async def _pass_on(request: web.Request) -> web.Response:
    """A raw request, passed on by its path; the child verifies it and answers, the parent reads nothing of it."""
    ports: Mapping[str, int] = request.app["ports"]
    port = ports.get(request.path)
    if port is None:
        return web.Response(status=404)
    session: aiohttp.ClientSession = request.app["session"]
    headers = {
        name: value
        for name, value in request.headers.items()
        if name.lower() in {"content-type", "x-telegram-bot-api-secret-token"}
    }
    try:
        async with session.post(
            f"http://127.0.0.1:{port}{request.path}", data=await request.read(), headers=headers
        ) as answer:
            return web.Response(status=answer.status, body=await answer.read())
    except (aiohttp.ClientError, TimeoutError):
        # Telegram tries again: the update is not ours yet.
        return web.Response(status=503)


async def _listen(settings: Settings, ports: Mapping[str, int]) -> None:
    if settings.listen is None:
        await asyncio.Event().wait()
        return
    house = web.Application(client_max_size=1024 * 1024)
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        house["ports"] = ports
        house["session"] = session
        house.router.add_post("/{path:.*}", _pass_on)
        runner = web.AppRunner(house, access_log=None)
        await runner.setup()
        try:
            await listen(runner, *settings.listen)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


async def _all(settings: Settings) -> int:
    ports = _free_ports() if settings.listen else {}
    children = [_Child(process, f"127.0.0.1:{ports[process]}" if process in ports else None) for process in PROCESSES]
    listener = asyncio.ensure_future(_listen(settings, {f"/{name}": port for name, port in ports.items()}))
    tasks = {asyncio.ensure_future(child.run()) for child in children}
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for signalled in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signalled, told.set)
    until = asyncio.ensure_future(told.wait())
    try:
        done, _ = await asyncio.wait({until, listener, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        if listener in done:
            listener.result()
        return max((task.result() for task in tasks & done), default=0)
    finally:
        for task in (until, listener, *tasks):
            task.cancel()
        await asyncio.gather(until, listener, *tasks, return_exceptions=True)


def run_all(settings: Settings) -> int:
    """Start everything and stay until told to stop; 2 when a child refused its settings."""
    database = open_database(settings, log.info)
    try:
        return asyncio.run(_all(settings))
    finally:
        database.leave()
