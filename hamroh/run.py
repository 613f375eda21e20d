"""`hamroh run`: one process, or a parent with all three as children."""

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable

from hamroh.logs import set_up
from hamroh.places import Database, open_database, region_of
from post.errors import chain_of
from post.poll import TokenRefusedError
from triage.door import read_door, refuse_dishes
from triage.loading import read_tables
from triage.packs import read_packs
from vault.settings import Settings, SettingsError, read_settings

log = logging.getLogger("hamroh.run")

# By then everything a process imports and builds at its start is there.
_SETTLED = 5.0

_TOKENS = {"survivors": "HAMROH_SURVIVOR_TOKEN", "operators": "HAMROH_OPERATOR_TOKEN"}

Process = Callable[[Settings, Database], Awaitable[None]]


def _process(name: str) -> Process:
    if name == "rounds":
        from hamroh.rounds import rounds

        return rounds
    from hamroh import fronts

    return {"survivors": fronts.survivors, "operators": fronts.operators}[name]


def _needs(name: str, settings: Settings) -> None:
    """Each front needs its own token and no other."""
    given = {"survivors": settings.survivor_token, "operators": settings.operator_token}
    wanted = given if name == "all" else {name: given[name]} if name in given else {}
    for process, token in wanted.items():
        if token is None:
            raise SettingsError(f"{_TOKENS[process]} is missing: the bot of the {process} cannot speak without it.")


async def _until_told(work: Awaitable[None], watch_parent: bool) -> None:
    """Run until Ctrl-C, a termination, or (for a child) the end of the parent."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    loop.call_later(_SETTLED, _settle)
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, task.cancel)
    if watch_parent:
        # The parent holds the other end of our standard input; it closes however the parent ends.
        loop.add_reader(sys.stdin.fileno(), lambda: os.read(sys.stdin.fileno(), 1024) or task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
    except BaseExceptionGroup as several:
        raise _first(several) from several


def _settle() -> None:
    """The frameworks' models are many and live for ever: kept out of the collector, they stop nobody for 100 ms."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def main(argv: list[str]) -> int:
    """`run survivors|operators|rounds|all`."""
    parser = argparse.ArgumentParser(prog="hamroh run", description="Start one process, or all three under one parent.")
    parser.add_argument("process", choices=("survivors", "operators", "rounds", "all"))
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    set_up(given.process)
    settings = read_settings(os.environ)
    _needs(given.process, settings)
    # A slip in these is said before a database is made.
    read_tables()
    read_packs(settings.private)
    refuse_dishes(read_door(settings.door == "closed", settings.private), region_of(settings))
    if given.process == "all":
        from hamroh.together import run_all

        return _quietly(lambda: run_all(settings))
    return _quietly(lambda: _lived(given.process, settings, given.child))


def _quietly(live: Callable[[], int]) -> int:
    """Live to the end; what ends it unforeseen is logged by name alone, for its text may hold words or a password."""
    from hamroh.__main__ import is_for_people

    try:
        return live()
    except Exception as error:
        if is_for_people(error):
            raise
        log.error("ended by %s", chain_of(error))
        return 1


def _lived(name: str, settings: Settings, child: bool) -> int:
    database = open_database(settings, log.info)
    # Until it has settled: nothing is garbage while a framework's models are built; looking takes a sixth of a start.
    gc.disable()
    try:
        asyncio.run(_until_told(_process(name)(settings, database), child))
    except TokenRefusedError as error:
        raise TokenRefusedError(
            f"{_TOKENS[name]}: Telegram knows no such bot; check the token with @BotFather"
        ) from error
    finally:
        database.leave()
    return 0
