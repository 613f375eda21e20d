"""What tests and trainers see and turn: the journal, the clock, bots and phones."""

import asyncio

import aiohttp
from aiogram import Bot

from practice.call import Json
from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import Ask


async def test_the_journal_tells_every_call_since_a_cursor(
    aio: Bot, her: Phone, ask: Ask, running: Running, http: aiohttp.ClientSession
) -> None:
    async def calls(**query: str | int) -> Json:
        async with http.get(f"{running.base_url}/practice/calls", params=query) as answer:
            form: Json = await answer.json()
            return form

    start = (await calls(since=10**9))["seq"]
    sent = await aio.send_message(her.user_id, "bir")
    await ask("sendMessage", chat_id=1, text="ikki")
    told = await calls(since=start)
    assert [(call["method"], call["code"]) for call in told["calls"]] == [("sendmessage", 200), ("sendmessage", 400)]
    assert told["calls"][0]["result"]["message_id"] == sent.message_id
    failed = (await calls(since=start, failed=1))["calls"]
    assert [call["description"] for call in failed] == ["Bad Request: chat not found"]
    assert (await calls(since=told["seq"]))["calls"] == []
    async with asyncio.TaskGroup() as both:
        waiting = both.create_task(calls(since=told["seq"], method="getMe", timeout=5))
        both.create_task(aio.get_me())
    assert [call["bot"] for call in waiting.result()["calls"]] == ["yulduz_bot"]


async def test_the_clock_is_pushed_over_http(running: Running, http: aiohttp.ClientSession) -> None:
    url = f"{running.base_url}/practice/clock"
    async with http.get(url) as answer:
        before = (await answer.json())["now"]
    async with http.post(url, json={"advance": 3600}) as answer:
        assert (await answer.json())["now"] >= before + 3600


async def test_bots_are_added_over_http_once(running: Running, http: aiohttp.ClientSession) -> None:
    form = {"token": "7000000009:practice", "username": "yangi_bot", "name": "Yangi"}
    answers = []
    for _ in range(2):
        async with http.post(f"{running.base_url}/practice/bots", json=form) as answer:
            answers.append(answer.status)
    assert answers == [200, 400]
    async with http.get(f"{running.base_url}/practice/bots/yangi_bot") as answer:
        assert (await answer.json())["names"] == {"": "Yangi"}


async def test_the_page_learns_its_phones(running: Running, http: aiohttp.ClientSession) -> None:
    phones = [{"id": "survivor", "title": "Survivor", "user_id": 4_999_001, "bot": "yulduz_bot", "first_name": "Oy"}]
    running.set_phones(phones)
    async with http.get(f"{running.base_url}/practice/phones") as answer:
        assert await answer.json() == phones
    async with http.get(f"{running.base_url}/practice/chats/4999001/yulduz_bot") as answer:
        assert (await answer.json())["user"]["first_name"] == "Oy"


async def test_another_web_page_may_not_act(running: Running, http: aiohttp.ClientSession) -> None:
    headers = {"Origin": "http://elsewhere.example"}
    async with http.post(f"{running.base_url}/practice/clock", json={"advance": 1}, headers=headers) as answer:
        assert answer.status == 403


async def test_events_stream_the_screen_as_it_changes(
    running: Running, http: aiohttp.ClientSession, aio: Bot, her: Phone
) -> None:
    url = f"{running.base_url}/practice/chats/{her.user_id}/yulduz_bot/events"
    async with http.get(url) as stream:
        first = await stream.content.readuntil(b"\n\n")
        await aio.send_message(her.user_id, "jonli")
        second = await stream.content.readuntil(b"\n\n")
    assert b"jonli" not in first
    assert "jonli" in second.decode()
