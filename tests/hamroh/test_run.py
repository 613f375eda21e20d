"""`hamroh run`: what a start refuses in one sentence, and what it puts up with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamroh import fronts
from hamroh.places import Database
from operators import ears
from post import poll
from practice.server import Running, serve
from tests.hamroh.conftest import Command, Overheard
from tests.hamroh.program import program
from tests.hotline import STAFF_BOT, SURVIVORS_BOT, TOKENS, Hotline
from tests.people import Survivor
from vault.database import ROLES, engine_for
from vault.ring import RingFile
from vault.safe import Safe
from vault.settings import read_settings
from vault.tables import SURVIVORS
from vault.turn import turn

Refused = Callable[..., str]
TOKEN = {"HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"]}


@pytest.fixture
def refused(command: Command) -> Refused:
    """Start with these settings alone: the one sentence that says why not."""

    def start(process: str, **environ: str) -> str:
        status, told, said = command("run", process, **environ)
        assert (status, told) == (2, "")
        sentences = [line for line in said.splitlines() if line.startswith("hamroh: ")]
        assert said.splitlines()[-1:] == sentences
        return sentences[0]

    return start


@pytest.mark.parametrize(
    ("process", "environ", "sentence"),
    [
        ("survivors", {}, "HAMROH_SURVIVOR_TOKEN is missing"),
        ("operators", {}, "HAMROH_OPERATOR_TOKEN is missing"),
        ("all", TOKEN, "HAMROH_OPERATOR_TOKEN is missing"),
        ("survivors", {"HAMROH_SURVIVOR_TOKEN": "canary"}, "HAMROH_SURVIVOR_TOKEN must be a bot token"),
        ("survivors", {**TOKEN, "HAMROH_SURVIVOR_KEY": "canary"}, "HAMROH_SURVIVOR_KEY must be 32 random bytes"),
        ("survivors", {**TOKEN, "HAMROH_REGION": "atlantis"}, "there is no region 'atlantis' here"),
        ("survivors", {**TOKEN, "HAMROH_DOOR": "closed"}, "HAMROH_DOOR is closed"),
        ("rounds", {"HAMROH_DOOR": "ajar"}, "HAMROH_DOOR must be"),
        ("rounds", {"HAMROH_TELEGRAM_RATE": "fast"}, "HAMROH_TELEGRAM_RATE must look like 30/1:5"),
        ("rounds", {"HAMROH_TELEGRAM_API": "http://example.org"}, "HAMROH_TELEGRAM_API must be"),
        ("rounds", {"HAMROH_LISTEN": "everywhere"}, "HAMROH_LISTEN must look like"),
        ("rounds", {"HAMROH_LISTEN": "127.0.0.1:8080"}, "HAMROH_WEBHOOK_URL and HAMROH_WEBHOOK_SECRET must be set too"),
        ("rounds", {"HAMROH_RING_COPY": "/not/there"}, "HAMROH_RING_COPY must be a folder that exists"),
        ("rounds", {"HAMROH_PG_BIN": "/not/there"}, "HAMROH_PG_BIN must be a folder"),
        ("rounds", {"HAMROH_DATABASE_URL": "mysql://canary@host/db"}, "HAMROH_DATABASE_URL must look like"),
        (
            "rounds",
            {"HAMROH_DATABASE_URL": "postgresql+asyncpg://somebody:canary@127.0.0.1:1/hamroh"},
            "the database at 127.0.0.1:1/hamroh cannot be reached",
        ),
    ],
)
def test_a_start_says_in_one_sentence_what_is_wrong(
    refused: Refused, process: str, environ: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    said = refused(process, **environ)
    assert sentence in said
    assert "canary" not in said
    assert not (tmp_path / "pg").exists()


@pytest.mark.parametrize("process", ["survivors", "rounds"])
def test_a_database_that_is_not_migrated_is_refused(refused: Refused, empty: str, process: str) -> None:
    said = refused(process, HAMROH_DATABASE_URL=empty, **TOKEN)
    assert said == "hamroh: the database is not migrated yet: run `hamroh migrate` with the owner's address"


def test_a_login_of_the_other_side_is_refused(refused: Refused, database: Database) -> None:
    said = refused("survivors", HAMROH_DATABASE_URL=database.for_process("operators"), **TOKEN)
    assert "this login may not take the role hamroh_survivors: make logins with `hamroh roles`" in said


@pytest.fixture
async def ring(database: Database, tmp_path: Path) -> RingFile:
    """The ring of a hotline that has been started once."""
    file = RingFile(tmp_path, SURVIVORS, b"s" * 32)
    engine = engine_for(database.for_process("survivors"), role=ROLES["survivors"], pool=1)
    await turn(engine, Safe(file), datetime.now(UTC))
    await engine.dispose()
    return file


def test_a_key_that_does_not_open_the_ring_is_refused(refused: Refused, database: Database, ring: RingFile) -> None:
    given = {"HAMROH_DATABASE_URL": database.for_process("survivors"), "HAMROH_SURVIVOR_KEY": "A" * 43}
    said = refused("survivors", **given, **TOKEN)
    assert "the ring of the survivors side does not open with the key given for it" in said


def test_a_ring_that_is_missing_is_refused_and_never_made_anew(
    refused: Refused, database: Database, ring: RingFile
) -> None:
    ring.path.unlink()
    said = refused("survivors", HAMROH_DATABASE_URL=database.for_process("survivors"), **TOKEN)
    assert "the ring of the survivors side is not in" in said
    assert not ring.path.exists()


@pytest.fixture
async def telegram() -> AsyncIterator[Running]:
    """A practice Telegram that knows no bot."""
    running = await serve("127.0.0.1", 0)
    yield running
    await running.close()


@pytest.mark.parametrize(
    ("process", "name"), [("survivors", "HAMROH_SURVIVOR_TOKEN"), ("operators", "HAMROH_OPERATOR_TOKEN")]
)
async def test_a_token_that_telegram_does_not_know_ends_the_start(
    telegram: Running, database: Database, tmp_path: Path, process: str, name: str
) -> None:
    given = {
        name: TOKENS[process],
        "HAMROH_TELEGRAM_API": telegram.base_url,
        "HAMROH_DATA_DIR": str(tmp_path),
        "HAMROH_DATABASE_URL": database.for_process(process),
    }
    async with program("run", process, environ=given) as started:
        assert await started.ends() == 2
        assert started.said.splitlines()[-1].startswith(f"hamroh: {name}: Telegram knows no such bot")
        assert TOKENS[process] not in started.said
        assert "Traceback" not in started.said


async def test_both_fronts_keep_asking_a_telegram_that_does_not_answer(
    database: Database, tmp_path: Path, overheard: Overheard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asks in (poll, ears):
        monkeypatch.setattr(asks, "_WAITS", (0.01, 0.02))
    away = await serve("127.0.0.1", 0)
    await away.close()
    port = int(away.base_url.rpartition(":")[2])
    settings = read_settings(
        {
            "HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"],
            "HAMROH_OPERATOR_TOKEN": TOKENS["operators"],
            "HAMROH_TELEGRAM_API": away.base_url,
            "HAMROH_TELEGRAM_RATE": "0",
            "HAMROH_DATA_DIR": str(tmp_path),
        }
    )
    tasks = [asyncio.ensure_future(front(settings, database)) for front in (fronts.operators, fronts.survivors)]
    for method in ("getMe", "deleteWebhook"):
        await overheard.hears(f"Telegram gives no good answer to {method}", times=3)
    assert not any(task.done() for task in tasks)
    back = await serve("127.0.0.1", port)
    back.add_bot(TOKENS["survivors"], SURVIVORS_BOT, "Home cooking")
    back.add_bot(TOKENS["operators"], STAFF_BOT, "Desk")
    she = await Survivor.new(back.base_url, SURVIVORS_BOT, 5001, "en")
    await she.says("/start")
    await she.sees("greet")
    await overheard.hears("the operators are up")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await she.close()
    await back.close()


async def test_what_comes_before_the_desk_was_ever_started_is_kept_until_it_is(
    database: Database, tmp_path: Path, overheard: Overheard
) -> None:
    hotline = await Hotline.open(database, tmp_path, start=("survivors",))
    she = await hotline.survivor()
    await she.says("/start")
    await overheard.hears("the desk's process has never been started")
    await overheard.hears("the other side has never started: update kept until it has")
    assert [bubble.text for bubble in await she.screen()] == ["/start"]
    await hotline.start("operators")
    await she.sees("greet")
    await hotline.close()


async def test_the_owners_address_is_taken_and_the_wall_is_called_paper(
    database: Database, tmp_path: Path, overheard: Overheard
) -> None:
    hotline = await Hotline.open(Database(database.url), tmp_path)
    operator, she = await hotline.operator(), await hotline.survivor()
    await she.arrives()
    await she.asks_for_a_person()
    await operator.takes()
    await she.sees("person_in")
    await overheard.hears("the wall between the sides is paper", times=3)
    await hotline.close()
