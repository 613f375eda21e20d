"""`hamroh run all` as it is run: real processes, long polling, webhooks, kills, Ctrl-C, and what each child knows."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from hamroh.health import main as health
from post.webhook import HEADER, secret_for
from practice.server import Running, serve
from tests.hamroh.program import LONG, children, environment, gone, program
from tests.hotline import STAFF_BOT, SURVIVORS_BOT, TOKENS, has_called
from tests.people import Survivor

SECRET = "a secret that is long enough"


@pytest.fixture
async def telegram() -> AsyncIterator[Running]:
    """A practice Telegram with both bots."""
    running = await serve("127.0.0.1", 0)
    running.add_bot(TOKENS["survivors"], SURVIVORS_BOT, "Home cooking")
    running.add_bot(TOKENS["operators"], STAFF_BOT, "Desk")
    yield running
    await running.close()


def settings(telegram: Running) -> dict[str, str]:
    """What a deployer sets, at the least."""
    return {
        "HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"],
        "HAMROH_OPERATOR_TOKEN": TOKENS["operators"],
        "HAMROH_TELEGRAM_API": telegram.base_url,
        "HAMROH_TELEGRAM_RATE": "0",
    }


def a_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def called(telegram: Running, bot: str, method: str, since: int = 0) -> None:
    """Wait until a bot has made a call after this place in the journal."""
    async with asyncio.timeout(LONG):
        await has_called(telegram, bot, method, since)


async def sees(she: Survivor, key: str) -> None:
    """Wait as long as a process may need to begin."""
    await she.phone.sees(she.word(key), within=LONG)


def postmaster(folder: Path) -> int:
    """The number of the embedded server of this folder."""
    return int((folder / "pg" / "postmaster.pid").read_text().split()[0])


async def posted(address: str, secret: str) -> int:
    """How the listener answers an update that comes with this secret."""
    async with aiohttp.ClientSession() as http, http.post(address, json={}, headers={HEADER: secret}) as answer:
        return answer.status


async def test_by_webhook_one_listener_serves_both_bots_and_a_killed_child_is_begun_again(
    telegram: Running, tmp_path: Path
) -> None:
    base = f"http://127.0.0.1:{a_port()}"
    given = {
        **settings(telegram),
        "HAMROH_DATA_DIR": str(tmp_path),
        "HAMROH_WEBHOOK_URL": base,
        "HAMROH_WEBHOOK_SECRET": SECRET,
        "HAMROH_LISTEN": base.removeprefix("http://"),
    }
    async with program("run", "all", environ=given) as parent:
        for bot in (SURVIVORS_BOT, STAFF_BOT):
            await called(telegram, bot, "setwebhook")
        hooks = {bot.username: bot.webhook for bot in telegram.telegram.bots.values()}
        assert hooks[SURVIVORS_BOT].url == f"{base}/survivors"
        assert hooks[STAFF_BOT].url == f"{base}/operators"
        assert hooks[SURVIVORS_BOT].secret == secret_for(SECRET, TOKENS["survivors"])
        assert hooks[STAFF_BOT].secret == secret_for(SECRET, TOKENS["operators"])
        assert await posted(f"{base}/survivors", hooks[STAFF_BOT].secret) == 401
        assert await posted(f"{base}/elsewhere", hooks[SURVIVORS_BOT].secret) == 404

        she = await Survivor.new(telegram.base_url, SURVIVORS_BOT, 5001, "en")
        await she.says("/start")
        await sees(she, "greet")
        processes = children(parent.pid)
        assert_each_knows_only_its_own(processes)

        before = telegram.telegram.journal.seq
        os.kill(processes["survivors"], signal.SIGKILL)
        await she.taps("language.en")
        await called(telegram, SURVIVORS_BOT, "setwebhook", before)
        telegram.advance(130)  # Telegram tries again after two minutes at the latest
        await sees(she, "safe_now")

        server = postmaster(tmp_path)
        assert await parent.ends(signal.SIGINT) == 0
        await gone(*processes.values(), server)
        assert "Traceback" not in parent.said
        assert not any(token in parent.said for token in (*TOKENS.values(), SECRET))
        await she.close()


def assert_each_knows_only_its_own(processes: dict[str, int]) -> None:
    """No process was given a token of the other side, and the rounds none at all."""
    known = {name: environment(pid) for name, pid in processes.items()}
    assert known.keys() == {"survivors", "operators", "rounds"}
    for name, token in (("survivors", "HAMROH_SURVIVOR_TOKEN"), ("operators", "HAMROH_OPERATOR_TOKEN")):
        holders = {process for process, given in known.items() if TOKENS[name] in given.values()}
        assert holders == {name}
        assert known[name][token] == TOKENS[name]
    assert SECRET not in known["rounds"].values()
    assert known["survivors"]["HAMROH_LISTEN"] != known["operators"]["HAMROH_LISTEN"]


async def test_a_killed_parent_takes_its_children_along_and_the_next_start_goes_on_where_they_were(
    telegram: Running, tmp_path: Path
) -> None:
    folder = tmp_path / "a place with spaces"
    folder.mkdir()
    she = await Survivor.new(telegram.base_url, SURVIVORS_BOT, 5001, "en")
    async with program("run", "all", environ=settings(telegram), folder=folder) as parent:
        await she.says("/start")
        await sees(she, "greet")
        processes, server = children(parent.pid), postmaster(folder / ".hamroh")
        os.kill(parent.pid, signal.SIGKILL)
        await she.taps("language.en")
        await gone(*processes.values(), server)
    async with program("run", "all", environ=settings(telegram), folder=folder) as parent:
        await sees(she, "safe_now")
        processes, server = children(parent.pid), postmaster(folder / ".hamroh")
        assert await parent.ends(signal.SIGTERM) == 0
        await gone(*processes.values(), server)
    await she.close()


async def test_two_copies_live_side_by_side_and_know_nothing_of_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lives(folder: Path) -> bool:
        monkeypatch.setenv("HAMROH_DATA_DIR", str(folder))
        return health(["rounds"]) == 0

    folders = [tmp_path / name for name in ("one", "two")]
    given = [{"HAMROH_DATA_DIR": str(folder)} for folder in folders]
    async with program("run", "rounds", environ=given[0]) as one, program("run", "rounds", environ=given[1]) as two:
        for copy in (one, two):
            await copy.says("the rounds are up")
        assert postmaster(folders[0]) != postmaster(folders[1])
        assert [lives(folder) for folder in folders] == [True, True]
        assert await one.ends(signal.SIGINT) == 0
        assert [lives(folder) for folder in folders] == [False, True]
