"""`hamroh practice`: everything on this machine, with a Telegram of our own and three phones in a web page."""

import argparse
import asyncio
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dialogs.words import load
from hamroh.invite import make_code
from hamroh.logs import set_up
from hamroh.phones import OPERATOR, SHELTER_WORKER, STAFF_BOT, SURVIVOR, SURVIVORS_BOT, phones_of, put_faces_on
from hamroh.places import LOCALES, PRACTICE, Database, open_database, region_of
from hamroh.together import PROCESSES, end, environment
from practice.phone import Phone
from practice.server import Running, serve
from triage.loading import read_tables
from vault.people import Invited
from vault.settings import Settings, SettingsError, read_settings

PORT = 8137
# Seconds: a machine that is busy with something else may need long to begin a process.
_DESK_STARTS_WITHIN = 120
SHELTER = "bux-shelter-a"


@dataclass(frozen=True, slots=True)
class Practice:
    """A whole practice: its Telegram, its settings, its database."""

    telegram: Running
    settings: Settings
    environ: Mapping[str, str]
    database: Database


def _say(line: str) -> None:
    print(line, flush=True)


def _environ(folder: Path, telegram: Running, own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a practice: nothing of a real deployment's settings gets in."""
    clean = {name: value for name, value in own.items() if not name.startswith("HAMROH_")}
    kept = {name: own[name] for name in ("HAMROH_REGION", "HAMROH_PG_BIN") if own.get(name)}
    return {
        **clean,
        **kept,
        "HAMROH_SURVIVOR_TOKEN": f"1000001:{secrets.token_hex(18)}",
        "HAMROH_OPERATOR_TOKEN": f"1000002:{secrets.token_hex(18)}",
        "HAMROH_TELEGRAM_API": telegram.base_url,
        "HAMROH_TELEGRAM_RATE": "0",
        "HAMROH_DATA_DIR": str(folder),
        "HAMROH_PRIVATE": str(PRACTICE),
    }


async def _telegram(port: int) -> Running:
    """The practice Telegram at its usual port, or at any free one when that is taken (a second copy runs)."""
    try:
        return await serve("127.0.0.1", port)
    except OSError:
        return await serve("127.0.0.1", 0)


@asynccontextmanager
async def set_up_practice(folder: Path, port: int = PORT) -> AsyncIterator[Practice]:
    """A practice Telegram and a fresh database in this folder."""
    telegram = await _telegram(port)
    environ = _environ(folder, telegram, os.environ)
    settings = read_settings(environ)
    telegram.add_bot(str(settings.survivor_token), SURVIVORS_BOT, "Milliy taomlar")
    telegram.add_bot(str(settings.operator_token), STAFF_BOT, "Hamroh desk")
    database = await asyncio.to_thread(open_database, settings, _say)
    try:
        yield Practice(telegram, settings, environ, database)
    finally:
        await asyncio.to_thread(database.leave)
        await telegram.close()


@asynccontextmanager
async def processes(
    practice: Practice, names: tuple[str, ...] = PROCESSES
) -> AsyncIterator[dict[str, asyncio.subprocess.Process]]:
    """The product's processes as they run for real, each a child with only its own environment."""
    children: dict[str, asyncio.subprocess.Process] = {}
    log = await asyncio.to_thread((practice.settings.data_dir / "hamroh.log").open, "ab")
    try:
        for name in names:
            children[name] = await start(practice, name, log.fileno())
        yield children
    finally:
        await asyncio.gather(*(end(child) for child in children.values()))
        log.close()


async def start(practice: Practice, name: str, log: int) -> asyncio.subprocess.Process:
    """One process of the product."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hamroh",
        "run",
        name,
        "--child",
        stdin=asyncio.subprocess.PIPE,
        stdout=log,
        stderr=log,
        env=environment(name, practice.environ, None),
        start_new_session=True,
    )


async def invited(practice: Practice, role: str, languages: tuple[str, ...], service: str | None = None) -> str:
    """A code for a staff member of the practice; waits for the desk's first key."""
    wanted = Invited(role, f"Practice {role}", languages, practice.settings.region, service)
    for _ in range(_DESK_STARTS_WITHIN * 10):
        try:
            return await make_code(practice.database.url, wanted)
        except SettingsError:
            await asyncio.sleep(0.1)
    raise ConnectionError("the desk's process has not started: see hamroh.log in the data folder")


async def both_listen(practice: Practice) -> None:
    """Wait until both bots are about to ask Telegram for updates (a long poll is noted only when it ends)."""
    journal = practice.telegram.telegram.journal
    try:
        async with asyncio.timeout(_DESK_STARTS_WITHIN):
            while not {SURVIVORS_BOT, STAFF_BOT} <= {
                entry.bot for entry in journal.since(0) if entry.method == "deletewebhook"
            }:
                await journal.bell.wait()
    except TimeoutError:
        raise ConnectionError("the bots have not started: see hamroh.log in the data folder") from None


async def enrol(practice: Practice, languages: tuple[str, ...]) -> tuple[Phone, Phone]:
    """The operator's and the shelter's phones, enrolled; the bots wear their public faces."""
    await both_listen(practice)
    await put_faces_on(practice.settings, region_of(practice.settings))
    base = practice.telegram.base_url
    operator = await Phone.open(
        base, bot=STAFF_BOT, user_id=OPERATOR, first_name="Operator", language_code=languages[0]
    )
    shelter = await Phone.open(
        base, bot=STAFF_BOT, user_id=SHELTER_WORKER, first_name="Shelter", language_code=languages[0]
    )
    await operator.start(await invited(practice, "operator", languages))
    await operator.sees("/duty", within=60)
    await shelter.start(await invited(practice, "shelter", languages, SHELTER))
    await shelter.sees("/duty", within=60)
    return operator, shelter


async def _show_phones(practice: Practice, languages: tuple[str, ...]) -> None:
    survivor = await Phone.open(
        practice.telegram.base_url,
        bot=SURVIVORS_BOT,
        user_id=SURVIVOR,
        first_name="Survivor",
        language_code=languages[0],
    )
    operator, shelter = await enrol(practice, languages)
    await operator.says("/duty")
    for phone in (survivor, operator, shelter):
        await phone.close()
    practice.telegram.set_phones(phones_of(languages[0], region_of(practice.settings).zone))


async def _until_told() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signalled in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signalled, told.set)
    await told.wait()


async def _stay(folder: Path, port: int, languages: tuple[str, ...]) -> int:
    async with set_up_practice(folder, port) as practice, processes(practice):
        _say("Starting both bots and the rounds.")
        await _show_phones(practice, languages)
        _say("")
        _say(f"The phones are at  {practice.telegram.base_url}/")
        _say("Ctrl-C stops everything.")
        await _until_told()
        _say("Stopping.")
    return 0


async def _once(folder: Path, language: str) -> int:
    from hamroh.once import play

    async with set_up_practice(folder, 0) as practice, processes(practice):
        return await play(practice, language)


def main(argv: list[str]) -> int:
    """`practice` stays until Ctrl-C; `practice --once` plays the whole road and ends."""
    parser = argparse.ArgumentParser(prog="hamroh practice", description="Start everything on this machine.")
    parser.add_argument("--once", action="store_true", help="play the whole road, print it, and end")
    offered = load(LOCALES).offered
    parser.add_argument("--language", default="uz", choices=offered, help="the language of the phones (uz)")
    parser.add_argument("--port", type=int, default=PORT, help=f"where the phones are (default {PORT}, or a free one)")
    given = parser.parse_args(argv)
    set_up("practice")
    read_tables()
    base = Path(os.environ.get("HAMROH_DATA_DIR") or ".hamroh").absolute()
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A practice begins anew each time: its Telegram forgets everything when it ends, so its database does too.
    folder = Path(tempfile.mkdtemp(prefix="practice-", dir=base))
    try:
        if given.once:
            return asyncio.run(_once(folder, given.language))
        languages = (given.language, *(code for code in ("uz", "ru", "en") if code != given.language))
        return asyncio.run(_stay(folder, given.port, languages))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
