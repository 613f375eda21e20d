"""`hamroh practice --once`: the whole road as a transcript, in each language, and a step that fails."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh import once
from hamroh.once import CHAPTERS, play
from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.places import PRACTICE, Database
from hamroh.practice import Practice
from practice.faults import Fault, Kind
from practice.server import serve
from tests.hamroh.program import program
from tests.hotline import STARTS, TOKENS, Hotline
from tests.people import words
from vault.settings import read_settings


async def test_the_command_plays_the_whole_road_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with program("practice", "--once", environ={"HAMROH_DATA_DIR": str(tmp_path)}) as practice:
        status = await practice.ends()
    assert status == 0, practice.said
    assert [line[3:] for line in practice.said.splitlines() if line.startswith("-- ")] == [
        title for title, _ in CHAPTERS
    ]
    assert practice.said.endswith("\nEvery step happened.\n")
    assert re.search(r"^operator +> Assalomu alaykum\. \(1\)$", practice.said, re.M)
    assert re.search(r"^survivor +> \[", practice.said, re.M)
    assert os.listdir(tmp_path) == []


@pytest.fixture
async def practice(database: Database, tmp_path: Path) -> AsyncIterator[Practice]:
    """A practice whose processes live in this loop, on the test's own database."""
    telegram = await serve("127.0.0.1", 0)
    telegram.add_bot(TOKENS["survivors"], SURVIVORS_BOT, "Home cooking")
    telegram.add_bot(TOKENS["operators"], STAFF_BOT, "Desk")
    environ = {
        "HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"],
        "HAMROH_OPERATOR_TOKEN": TOKENS["operators"],
        "HAMROH_TELEGRAM_API": telegram.base_url,
        "HAMROH_TELEGRAM_RATE": "0",
        "HAMROH_DATA_DIR": str(tmp_path),
        "HAMROH_PRIVATE": str(PRACTICE),
    }
    hotline = Hotline(telegram, read_settings(environ), database)
    for name in STARTS:
        await hotline.start(name)
    yield Practice(telegram, hotline.settings, environ, database)
    await hotline.close()


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_road_is_the_same_in_every_language(
    practice: Practice, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert await play(practice, language) == 0
    told = capsys.readouterr().out
    assert f"survivor   > [{words().text(language, f'language.{language}')}]" in told
    assert told.endswith("Every step happened.\n")


async def test_a_step_that_does_not_happen_is_named_and_ends_with_1(
    practice: Practice, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "WITHIN", 2)
    lost = Fault(Kind.ERROR_BEFORE, bot=SURVIVORS_BOT, method="editMessageText", count=1000)
    practice.telegram.telegram.faults.order(lost)
    assert await play(practice, "en") == 1
    told = capsys.readouterr().out
    assert "This step did not happen: " in told
    assert "Every step happened" not in told
    assert told.count("\n-- ") == 1
