"""Logs hold nobody's words, names or numbers, and no token: not in a whole story, and not where something breaks."""

import io
import logging
import sys
import time
from collections.abc import Iterator

import pytest

from hamroh.logs import set_up
from practice.faults import Fault, Kind
from tests.hotline import SURVIVORS_BOT, TOKENS, Hotline
from triage import desk, reception
from vault.database import Connection

WORDS = "canary words of hers"
REPLY = "canary words of the desk's"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as a process writes it, libraries' lines and all."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written)
        set_up("survivors")
    # As loud as a deployer could turn them.
    loud = [logging.getLogger(name) for name in ("aiogram", "telegram", "httpx", "sqlalchemy", "asyncio", "aiohttp")]
    levels = [logger.level for logger in loud]
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    yield written
    for logger, before in zip(loud, levels, strict=True):
        logger.setLevel(before)
    root.handlers[:] = handlers
    root.setLevel(level)


def assert_is_clean(log: io.StringIO) -> None:
    """Neither words nor names, nor numbers that name a person, nor a token."""
    for hidden in ("canary", "Canary", *TOKENS.values(), *(token.partition(":")[2] for token in TOKENS.values())):
        assert hidden not in log.getvalue()
    for number in range(5001, 5010):
        assert str(number) not in log.getvalue()


async def test_a_whole_story_leaves_no_word_in_the_log(log: io.StringIO, hotline: Hotline) -> None:
    operator, she = await hotline.operator(), await hotline.survivor()
    await she.arrives()
    await she.says(WORDS)
    await she.sees("heard.offer")
    await she.taps("menu")
    await she.asks_for_a_person()
    await operator.takes()
    await she.sees("person_in")
    await operator.says(REPLY)
    await she.reads(REPLY)
    await she.says(WORDS + " again")
    await operator.reads(WORDS + " again")
    await she.taps("exit")
    await she.phone.sees_gone(REPLY, within=10)
    assert_is_clean(log)


class BrokenDownError(Exception):
    """What breaks carries a person's words, as errors of libraries do."""


async def break_down(*_: object) -> None:
    raise BrokenDownError(WORDS) from ValueError(f"{WORDS} {TOKENS['survivors']}")


async def test_what_breaks_is_named_and_never_quoted(
    log: io.StringIO, hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator, she = await hotline.operator(), await hotline.survivor()
    await she.arrives()
    monkeypatch.setattr(reception, "receive", break_down)
    monkeypatch.setattr(desk, "receive", break_down)
    await she.says(WORDS)
    await operator.says(REPLY)
    await she.sees("misread")
    await operator.sees("set_aside")
    assert log.getvalue().count("failed: BrokenDownError in break_down") == 6
    assert log.getvalue().count("is set aside after 3 tries") == 2
    assert_is_clean(log)


async def test_a_statement_that_the_database_refuses_is_not_shown_with_its_values(
    log: io.StringIO, hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    she = await hotline.survivor()
    await she.arrives()

    async def slip(_house: object, connection: Connection, *_: object) -> None:
        await connection.exec_driver_sql(f"select '{WORDS}' from nowhere")

    monkeypatch.setattr(reception, "receive", slip)
    await she.says(WORDS)
    await she.sees("misread")
    assert "failed: ProgrammingError" in log.getvalue()
    assert_is_clean(log)


async def test_telegrams_refusals_and_silences_are_told_by_number_alone(log: io.StringIO, hotline: Hotline) -> None:
    she = await hotline.survivor()
    for kind in (Kind.DROP, Kind.ERROR_AFTER, Kind.ERROR_BEFORE):
        hotline.telegram.telegram.faults.order(Fault(kind, bot=SURVIVORS_BOT, method="sendMessage"))
    await she.says("/start")
    await she.sees("greet")
    await she.phone.blocks()
    await she.phone.unblocks()
    await she.says("/start")
    assert_is_clean(log)


def test_each_line_bears_the_time_of_utc_and_the_process(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Samarkand")
    time.tzset()
    try:
        logging.getLogger("hamroh.test").info("here")
    finally:
        monkeypatch.undo()
        time.tzset()
    said = log.getvalue().splitlines()[-1]
    assert said.endswith(" survivors hamroh.test INFO here")
    assert said.startswith(time.strftime("%Y-%m-%d %H:", time.gmtime()))


def test_of_a_librarys_warning_only_the_name_stays(log: io.StringIO) -> None:
    try:
        raise BrokenDownError(WORDS)
    except BrokenDownError:
        logging.getLogger("telegram.ext").critical("the update was %s", WORDS, exc_info=True, stack_info=True)
    logging.getLogger("httpx").info("POST https://example.org/bot%s/getMe", TOKENS["operators"])
    assert "survivors telegram.ext CRITICAL something is wrong there" in log.getvalue()
    assert "httpx" not in log.getvalue()
    assert_is_clean(log)
