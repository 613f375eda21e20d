"""`hamroh invite`: a code that works once, a name kept sealed, and what makes no sense."""

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from hamroh.__main__ import main
from hamroh.invite import read_invited
from hamroh.places import Database
from tests.hamroh.conftest import Command
from tests.hotline import Hotline
from vault.database import engine_for
from vault.settings import SettingsError, read_settings

INVITE = ("invite", "--name", "Canary Karimova", "--languages", "uz,ru")


def test_invite_waits_for_the_desks_first_start(command: Command, database: Database) -> None:
    status, told, refused = command(*INVITE, "--role", "operator", url=database.url)
    assert (status, told) == (2, "")
    assert refused == (
        "hamroh: the desk has no key yet: start `hamroh run operators` (or `run all`) once, then invite.\n"
    )


def test_invite_says_when_the_database_is_not_migrated(command: Command, empty: str) -> None:
    status, _, refused = command(*INVITE, "--role", "operator", url=empty)
    assert status == 2
    assert "is not migrated yet: run `hamroh migrate`" in refused


async def test_the_code_that_invite_prints_works_once_and_keeps_no_name_in_the_clear(
    hotline: Hotline, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HAMROH_DATABASE_URL", hotline.database.url)
    monkeypatch.setenv("HAMROH_DATA_DIR", str(tmp_path))
    assert await asyncio.to_thread(main, [*INVITE, "--role", "operator"]) == 0
    told = capsys.readouterr().out.splitlines()
    code = told[-1]
    assert told[0] == f"Send this to the staff bot, once, within 7 days: /start {code}"
    first, second = await hotline.stranger("uz"), await hotline.stranger("en")
    await first.phone.start(code)
    await first.reads("/help")
    await second.phone.start(code)
    await second.sees("code_refused")
    engine = engine_for(hotline.database.url, pool=1)
    async with engine.connect() as connection:
        rows = await connection.execute(text("select invites::text, staff::text from invites, staff"))
        kept = str(rows.all())
    await engine.dispose()
    for hidden in ("Canary", "Karimova", code, b"Canary".hex()):
        assert hidden not in kept


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--role", "operator", "--languages", "uz,xx"), "--languages takes codes among"),
        (("--role", "operator", "--languages", ""), "--languages takes codes among"),
        (("--role", "shelter", "--languages", "uz"), "a receiving role needs --service"),
        (("--role", "shelter", "--languages", "uz", "--service", "nowhere"), "a receiving role needs --service"),
        (("--role", "operator", "--languages", "uz", "--service", "bux-shelter-a"), "leave --service out"),
        (("--role", "operator", "--languages", "uz", "--region", "atlantis"), "there is no region 'atlantis'"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused_before_anything_is_opened(
    words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(sentence)):
        read_invited(["--name", "Somebody", *words], read_settings({}))
