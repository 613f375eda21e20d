"""The phone that tests hold: it waits for what it looks for and says what it sees instead."""

import asyncio

import pytest
from aiogram import Bot

from practice.phone import Phone, drawn
from practice.server import Running


async def test_sees_waits_for_words_to_come(aio: Bot, her: Phone) -> None:
    async with asyncio.TaskGroup() as both:
        looking = both.create_task(her.sees("keldi"))
        both.create_task(aio.send_message(her.user_id, "keldi"))
    assert looking.result().text == "keldi"


async def test_sees_finds_no_words_of_her_own_and_shows_the_screen(her: Phone) -> None:
    await her.says("meniki")
    with pytest.raises(AssertionError, match=r"does not see 'meniki'(?s:.*)> meniki"):
        await her.sees("meniki", within=0.05)
    assert (await her.sees(lambda bubble: bubble.text == "meniki")).mine


async def test_sees_can_look_past_old_words(aio: Bot, her: Phone) -> None:
    old = await aio.send_message(her.user_id, "takror")
    with pytest.raises(AssertionError, match="does not see"):
        await her.sees("takror", within=0.05, after=old.message_id)


async def test_sees_gone_waits_for_words_to_go(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "o'tkinchi")
    with pytest.raises(AssertionError, match="still sees"):
        await her.sees_gone("o'tkinchi", within=0.05)
    async with asyncio.TaskGroup() as both:
        both.create_task(her.sees_gone("o'tkinchi"))
        both.create_task(aio.delete_message(her.user_id, sent.message_id))


async def test_a_phone_of_its_own_opens_and_closes(running: Running) -> None:
    async with await Phone.open(running.base_url, bot="yulduz_bot", user_id=4_999_999, first_name="Oy") as own:
        assert await own.screen() == []
        assert drawn([]) == "(an empty chat)"
