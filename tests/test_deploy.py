"""docs/deploy.md is done as it is written, on the practice Telegram: from two tokens to a first answered message."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sqlalchemy import text
from sqlalchemy.engine import make_url

from practice.server import Running, serve
from tests.docker import DATABASE, PIDS
from tests.hotline import STAFF_BOT, SURVIVORS_BOT, TOKENS, has_called
from tests.people import Operator, Survivor
from vault.database import engine_for
from vault.embedded import Embedded
from vault.settings import setting_names

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "deploy.md"
STARTS_WITHIN = 90.0  # seconds that a busy machine may take to make a database and start three processes


def blocks(section: str, kind: str = "sh") -> list[str]:
    """What stands between the fences of this kind in the section whose heading begins so."""
    [found] = re.findall(rf"^## {re.escape(section)}.*?(?=^## |\Z)", PAGE.read_text("utf-8"), re.M | re.S)
    return re.findall(rf"^```{kind}\n(.*?)^```", found, re.M | re.S)


@dataclass(slots=True)
class Machine:
    """A folder that stands for the checkout on somebody's server, and the shell in it."""

    folder: Path
    telegram: Running
    environ: dict[str, str]
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    def program(self, name: str, line: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    def shell(self, script: str, stdin: int) -> "asyncio.Future[asyncio.subprocess.Process]":
        return asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                "sh", "-c", script, cwd=self.folder, env=self.environ, stdin=stdin, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT, start_new_session=True,
            )
        )  # fmt: skip

    async def does(self, script: str, typed: str = "") -> str:
        """Run a block to its end, with these words typed into it; what it printed."""
        shell = await self.shell(f"set -e\n{script}", asyncio.subprocess.PIPE)
        async with asyncio.timeout(STARTS_WITHIN):
            said, _ = await shell.communicate(typed.encode())
        assert shell.returncode == 0, said.decode()
        return said.decode()

    async def starts(self, script: str) -> None:
        """Run a block that stays."""
        self.running.append(await self.shell(script, asyncio.subprocess.DEVNULL))

    async def listens(self, bot: str) -> None:
        """Wait until this bot's process fetches its updates: it has opened everything before."""
        async with asyncio.timeout(STARTS_WITHIN):
            await has_called(self.telegram, bot, "deletewebhook")

    async def stops(self) -> None:
        """Ctrl-C for whatever was started, and until its last word."""
        for shell in self.running:
            os.killpg(shell.pid, signal.SIGTERM)
            async with asyncio.timeout(STARTS_WITHIN):
                await shell.communicate()
        self.running.clear()


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    telegram = await serve("127.0.0.1", 0)
    telegram.add_bot(TOKENS["survivors"], SURVIVORS_BOT, "Home cooking")
    telegram.add_bot(TOKENS["operators"], STAFF_BOT, "Desk")
    folder = tmp_path / "a house"
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    made = Machine(folder, telegram, {"PATH": path, "PYTHONPATH": str(HOUSE), "HOME": str(folder)})
    made.program(".venv/bin/hamroh", f'exec "{sys.executable}" -m hamroh "$@"')
    made.program("bin/make", 'echo "made $*"')  # tests/test_setup.py tries the real one
    for name in (".env.example", "docker-compose.yml"):
        (folder / name).write_text((HOUSE / name).read_text())
    yield made
    await made.stops()
    await telegram.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Embedded]:
    """A PostgreSQL of the reader's own: its roles are not shared with other tests."""
    joined = Embedded.join(tmp_path / "a server", fsync=False)
    yield joined
    joined.leave()


def fill_in(path: Path, **values: str) -> None:
    """Write these values into a file of settings, as the page asks."""
    kept = [line for line in path.read_text().splitlines() if line.partition("=")[0] not in values]
    path.write_text("\n".join((*kept, *(f"{name}='{value}'" for name, value in values.items()), "")))


async def is_answered(telegram: Running, said: str) -> tuple[Operator, Survivor]:
    """Section 3, with the code that `invite` printed: enrolled, on duty, asked for, taken, answered."""
    [code] = re.findall(r"/start (\S+)$", said, re.M)
    operator = await Operator.new(telegram.base_url, STAFF_BOT, 7001, "uz")
    await operator.enrols(code)
    await operator.taps("button.duty")
    await operator.sees("duty.on")
    survivor = await Survivor.new(telegram.base_url, SURVIVORS_BOT, 7002, "uz")
    await survivor.arrives()
    await survivor.asks_for_a_person()
    await operator.takes()
    await operator.says("Men shu yerdaman.")
    await survivor.reads("Men shu yerdaman.")
    return operator, survivor


async def ends(pid: int) -> None:
    """End a process that is nobody's child here, and wait until it is gone."""
    gone, handle = asyncio.Event(), os.pidfd_open(pid)
    asyncio.get_running_loop().add_reader(handle, gone.set)
    os.kill(pid, signal.SIGTERM)
    async with asyncio.timeout(STARTS_WITHIN):
        await gone.wait()
    asyncio.get_running_loop().remove_reader(handle)
    os.close(handle)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_the_small_way_ends_at_an_answered_message_and_goes_on_with_webhooks(machine: Machine) -> None:
    prepare, start, invite = blocks("2a.")
    assert "made setup" in await machine.does(prepare)
    settings = machine.folder / ".env"
    fill_in(
        settings, HAMROH_SURVIVOR_TOKEN=TOKENS["survivors"], HAMROH_OPERATOR_TOKEN=TOKENS["operators"],
        HAMROH_DATA_DIR=str(machine.folder / "data"), HAMROH_TELEGRAM_API=machine.telegram.base_url,
    )  # fmt: skip
    await machine.starts(start)
    await machine.listens(STAFF_BOT)
    operator, survivor = await is_answered(machine.telegram, await machine.does(invite))
    assert "all taken" in await machine.does("\n".join((start.splitlines()[0], *blocks("4."))))
    await machine.stops()

    [webhooks] = blocks("6.")
    listen = f"127.0.0.1:{free_port()}"
    given = dict(line.split("=", 1) for line in webhooks.splitlines())
    fill_in(settings, **given | {"HAMROH_WEBHOOK_URL": f"http://{listen}", "HAMROH_LISTEN": listen})
    await machine.starts(start)
    await survivor.says("Rahmat.")
    await operator.phone.sees("Rahmat.", within=STARTS_WITHIN)
    for person in (operator, survivor):
        await person.close()


async def test_the_way_with_a_postgresql_of_ones_own_ends_at_an_answered_message(
    machine: Machine, server: Embedded
) -> None:
    admin = make_url(server.owner_url).set(database="postgres")
    place = "&".join(f"{name}={value}" for name, value in admin.query.items())
    engine = engine_for(admin.render_as_string(hide_password=False), pool=1)
    [sql] = blocks("2b.", "sql")
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("drop database hamroh"))
        for line in sql.splitlines():
            await connection.execute(text(line))
    await engine.dispose()

    prepare, start, invite = blocks("2b.")
    await machine.does(prepare.replace("@127.0.0.1/hamroh", f"@/hamroh?{place}"))
    own = {"survivors": "HAMROH_SURVIVOR_TOKEN", "operators": "HAMROH_OPERATOR_TOKEN"}
    for name in ("survivors", "operators", "rounds"):
        token = {own[name]: TOKENS[name]} if name in own else {}
        folder = str(machine.folder / "data" / name)
        fill_in(
            machine.folder / f"{name}.env", HAMROH_DATA_DIR=folder, HAMROH_TELEGRAM_API=machine.telegram.base_url,
            **token,
        )  # fmt: skip
        assert (machine.folder / f"{name}.env").stat().st_mode & 0o077 == 0
    await machine.starts(start)
    ours = start.splitlines()[0]
    await machine.listens(STAFF_BOT)
    invited = await machine.does(f"{ours}\nas operators health operators\n{invite}")
    operator, survivor = await is_answered(machine.telegram, invited)
    for person in (operator, survivor):
        await person.close()


async def test_the_way_with_containers_ends_at_an_answered_message(machine: Machine, server: Embedded) -> None:
    machine.program("bin/docker", f'exec "{sys.executable}" -m tests.docker "$@"')
    if os.geteuid() != 0:
        machine.program("bin/chown", "exit 0")
    machine.environ[DATABASE] = server.owner_url
    override = f"services: {{survivors: &here {{environment: {{HAMROH_TELEGRAM_API: {machine.telegram.base_url!r}}}}}, "
    (machine.folder / "compose.override.yml").write_text(f"{override}operators: *here}}\n")
    try:
        typed = f"{TOKENS['survivors']}\n{TOKENS['operators']}\n"
        said = await machine.does("\n".join((*blocks("2c."), *blocks("7."))), typed)
        assert "bux-shelter-a" in said
        assert all(kept.stat().st_mode & 0o077 == 0 for kept in (machine.folder / "secrets").iterdir())
        assert not any(word in said for word in (*TOKENS.values(), "postgresql+asyncpg"))
        operator, survivor = await is_answered(machine.telegram, said)
        for person in (operator, survivor):
            await person.close()
    finally:
        pids = machine.folder / PIDS
        for pid in pids.read_text().split() if pids.exists() else ():
            await ends(int(pid))


def test_the_override_names_services_and_settings_that_there_are() -> None:
    read = YAML(typ="safe")
    [given] = blocks("2c.", "yaml")
    services = read.load(HOUSE / "docker-compose.yml")["services"]
    for name, service in read.load(given)["services"].items():
        assert name in services
        assert set(service["environment"]) <= set(setting_names())


def test_no_block_of_commands_is_left_untried() -> None:
    tried = [block for section in ("2a.", "2b.", "2c.", "4.", "6.", "7.") for block in blocks(section)]
    assert re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S) == tried
