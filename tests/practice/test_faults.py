"""Ordered faults strike as a real network would."""

import asyncio

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from practice.faults import Fault, Kind
from practice.phone import Phone
from practice.server import Running


async def said(phone: Phone) -> list[str]:
    return [bubble.text for bubble in await phone.screen() if not bubble.mine]


async def test_a_dropped_answer_is_an_act_done(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.DROP, bot="yulduz_bot", method="sendMessage"))
    with pytest.raises(TelegramNetworkError):
        await aio.send_message(her.user_id, "bir")
    await aio.send_message(her.user_id, "ikki")
    assert await said(her) == ["bir", "ikki"]


async def test_ptb_sees_a_dropped_answer_as_a_network_error(
    ptb: telegram.Bot, operator: Phone, running: Running
) -> None:
    running.telegram.faults.order(Fault(Kind.DROP, method="sendMessage"))
    with pytest.raises(telegram.error.NetworkError):
        await ptb.send_message(operator.user_id, "bir")
    assert await said(operator) == ["bir"]


async def test_a_slow_answer_comes_long_after_the_act(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.SLOW_ANSWER, method="sendMessage", seconds=3600))
    async with asyncio.TaskGroup() as both:
        slow = both.create_task(aio.send_message(her.user_id, "bir"))
        await her.sees("bir")
        assert not slow.done()
        running.advance(3600)
    assert slow.result().text == "bir"


@pytest.mark.parametrize(("kind", "done"), [(Kind.ERROR_BEFORE, []), (Kind.ERROR_AFTER, ["salom"])])
async def test_a_server_error_before_and_after_the_act(
    aio: Bot, her: Phone, running: Running, kind: Kind, done: list[str]
) -> None:
    running.telegram.faults.order(Fault(kind, method="sendMessage", count=2))
    with pytest.raises(TelegramServerError):
        await aio.send_message(her.user_id, "salom")
    assert await said(her) == done


async def test_a_refusal_names_its_seconds(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.REFUSE, method="sendMessage", retry_after=17))
    with pytest.raises(TelegramRetryAfter) as refused:
        await aio.send_message(her.user_id, "salom")
    assert refused.value.retry_after == 17
    assert await said(her) == []


async def test_a_delay_ends_when_the_clock_is_pushed(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.DELAY, method="getMe", seconds=3600))
    async with asyncio.TaskGroup() as both:
        slow = both.create_task(aio.get_me())
        while running.telegram.faults.orders:
            await aio.get_my_name()
        running.advance(3601)
    assert slow.result().username == "yulduz_bot"


async def test_an_update_comes_twice_though_it_was_confirmed(aio: Bot, her: Phone, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.TWICE, bot="yulduz_bot"))
    first = (await aio.get_updates())[-1]
    again = await aio.get_updates(offset=first.update_id + 1)
    assert [update.update_id for update in again] == [first.update_id]
    assert await aio.get_updates(offset=first.update_id + 1) == []


async def test_faults_of_one_bot_spare_the_other(aio: Bot, running: Running) -> None:
    running.telegram.faults.order(Fault(Kind.ERROR_BEFORE, bot="navbat_bot"))
    assert await aio.get_me()


async def test_faults_are_ordered_and_forgotten_over_http(
    aio: Bot, running: Running, http: aiohttp.ClientSession
) -> None:
    url = f"{running.base_url}/practice/faults"
    async with http.post(url, json={"kind": "error_before", "method": "getMe", "count": 5}) as answer:
        assert answer.status == 200
    with pytest.raises(TelegramServerError):
        await aio.get_me()
    async with http.delete(url) as answer:
        assert answer.status == 200
    assert await aio.get_me()
