"""The pace Telegram allows, when it is switched on."""

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import Ask, OpenPhone


async def test_one_chat_takes_a_burst_and_then_one_a_second(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.limits.switch(enforced=True, burst=3)
    for number in range(3):
        await aio.send_message(her.user_id, f"{number}")
    with pytest.raises(TelegramRetryAfter) as refused:
        await aio.send_message(her.user_id, "ortiqcha")
    assert refused.value.retry_after == 1
    running.advance(1)
    await aio.send_message(her.user_id, "endi")
    assert "ortiqcha" not in [bubble.text for bubble in await her.screen()]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # seconds become timedelta one day
async def test_ptb_learns_when_to_come_again(ptb: telegram.Bot, operator: Phone, running: Running) -> None:
    running.telegram.limits.switch(enforced=True, per_chat=0.1, burst=1)
    await ptb.send_message(operator.user_id, "bir")
    with pytest.raises(telegram.error.RetryAfter):
        await ptb.send_message(operator.user_id, "ikki")


async def test_a_whole_bot_has_a_pace_too(phone: OpenPhone, running: Running, ask: Ask) -> None:
    people = [await phone() for _ in range(4)]
    for person in people:
        await person.start()
    running.telegram.limits.switch(enforced=True, per_bot=3)
    answers = [await ask("sendMessage", chat_id=person.user_id, text="salom") for person in people]
    assert answers == [(200, "")] * 3 + [(429, "Too Many Requests: retry after 1")]


async def test_limits_are_switched_over_http(
    running: Running, http: aiohttp.ClientSession, her: Phone, ask: Ask
) -> None:
    url = f"{running.base_url}/practice/limits"
    async with http.post(url, json={"enforced": True, "per_chat": 0.01, "burst": 1}) as answer:
        assert answer.status == 200
    words = [await ask("sendMessage", chat_id=her.user_id, text="salom") for _ in range(2)]
    assert words[1] == (429, "Too Many Requests: retry after 100")
