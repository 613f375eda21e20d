"""The survivors' bot speaking: what Telegram answers becomes a clear no, or may have happened, and never a stumble."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from bot.voice import bot_for, speak
from post.call import Call, Method, RefusedError, UnclearError
from tests.post.ground import TOKEN, Act, Script, drops, html, ok, refuses, says

CHAT = 5001
SEND = Call(Method.SEND, CHAT, "words")
EDIT = Call(Method.EDIT, CHAT, "words", ids=(7,))
DELETE = Call(Method.DELETE, CHAT, ids=(7, 8))
MESSAGE = {"message_id": 8, "date": 1_795_500_000, "chat": {"id": CHAT, "type": "private"}, "text": "words"}


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    """A Telegram that answers as it is told."""
    written = Script()
    await written.open()
    yield written
    await written.close()


@pytest.fixture
async def bot(script: Script) -> AsyncIterator[Bot]:
    """The survivors' bot, speaking to it."""
    made = bot_for(script.base, TOKEN)
    yield made
    await made.session.close()
    await asyncio.sleep(0)


async def test_a_new_message_tells_its_number_and_the_rest_tells_nothing(script: Script, bot: Bot) -> None:
    script.acts = [ok(MESSAGE), ok(MESSAGE), ok(True)]
    assert await speak(bot, SEND) == 8
    assert await speak(bot, EDIT) is None
    assert await speak(bot, DELETE) is None


CLEAR = {
    "no such message": (refuses(400), 400, None),
    "she blocked the bot": (refuses(403), 403, None),
    "no such token": (refuses(401), 401, None),
    "too much": (refuses(429, retry_after=7), 429, 7.0),
}


@pytest.mark.parametrize("refusal", CLEAR)
@pytest.mark.parametrize("call", [SEND, EDIT, DELETE], ids=["send", "edit", "delete"])
async def test_a_clear_no_is_a_refusal(script: Script, bot: Bot, refusal: str, call: Call) -> None:
    act, code, retry_after = CLEAR[refusal]
    script.acts = [act]
    with pytest.raises(RefusedError) as refused:
        await speak(bot, call)
    assert (refused.value.code, refused.value.retry_after) == (code, retry_after)


UNCLEAR: dict[str, Act] = {
    "a stumble": refuses(500),
    "a proxy's page": html,
    "a broken line": drops,
    "an answer that is none of Telegram's": says({"canary": True}),
    "an answer of another shape": ok({"canary": True}),
}


@pytest.mark.parametrize("answer", UNCLEAR)
@pytest.mark.parametrize("call", [SEND, EDIT, DELETE], ids=["send", "edit", "delete"])
async def test_what_is_no_clear_answer_may_have_happened(script: Script, bot: Bot, answer: str, call: Call) -> None:
    script.acts = [UNCLEAR[answer]]
    with pytest.raises(UnclearError):
        await speak(bot, call)
