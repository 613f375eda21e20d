"""getUpdates as the server means it: confirmation by offset, one poller, redelivery, kinds."""

import asyncio

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import SURVIVOR_TOKEN, Ask, OpenPhone


async def texts(aio: Bot, offset: int | None = None, limit: int | None = None) -> list[str | None]:
    updates = await aio.get_updates(offset=offset, limit=limit)
    return [update.message.text for update in updates if update.message]


async def test_what_was_not_confirmed_comes_again(aio: Bot, phone: OpenPhone) -> None:
    her = await phone()
    for word in ("bir", "ikki", "uch"):
        await her.says(word)
    first = await aio.get_updates()
    assert [update.message.text for update in first if update.message] == ["bir", "ikki", "uch"]
    assert await texts(aio) == ["bir", "ikki", "uch"]
    assert await texts(aio, offset=first[1].update_id) == ["ikki", "uch"]
    assert await texts(aio, limit=1) == ["ikki"]
    assert await texts(aio, offset=first[2].update_id + 1) == []
    assert await texts(aio) == []
    assert [update.update_id for update in first] == list(range(first[0].update_id, first[0].update_id + 3))


async def test_a_negative_offset_forgets_all_but_the_last(aio: Bot, phone: OpenPhone) -> None:
    her = await phone()
    for word in ("bir", "ikki", "uch"):
        await her.says(word)
    assert await texts(aio, offset=-1) == ["uch"]
    assert await texts(aio) == ["uch"]


async def test_an_offset_from_the_far_future_confirms_nothing(aio: Bot, her: Phone) -> None:
    await aio.get_updates(offset=2_000_000_000)
    assert await texts(aio) == ["/start"]


async def test_a_long_poll_wakes_with_the_word(aio: Bot, her: Phone) -> None:
    await aio.get_updates(offset=(await aio.get_updates())[-1].update_id + 1)
    async with asyncio.TaskGroup() as both:
        waiting = both.create_task(aio.get_updates(timeout=20))
        both.create_task(her.says("uyg'on"))
    assert waiting.result()[0].message is not None


async def test_a_second_poller_ends_the_first(ask: Ask, running: Running) -> None:
    async with asyncio.TaskGroup() as both:
        polled = both.create_task(_once_polled(running))
        first = both.create_task(ask("getUpdates", timeout=20))
        await polled
        second = both.create_task(ask("getUpdates", timeout=1))
    lost = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert sorted([first.result(), second.result()]) == [(200, ""), (409, lost)]


async def test_polling_and_a_webhook_exclude_each_other(aio: Bot, ask: Ask, running: Running) -> None:
    await aio.set_webhook(f"{running.base_url}/nowhere")
    try:
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await aio.get_updates()
    finally:
        await aio.delete_webhook()
    assert await ask("getUpdates") == (200, "")


async def test_a_waiting_poll_ends_when_a_webhook_is_set(aio: Bot, ask: Ask, running: Running) -> None:
    try:
        async with asyncio.TaskGroup() as both:
            polled = both.create_task(_once_polled(running))
            poll = both.create_task(ask("getUpdates", timeout=20))
            await polled
            await aio.set_webhook(f"{running.base_url}/nowhere")
        assert poll.result() == (409, "Conflict: terminated by setWebhook request")
    finally:
        await aio.delete_webhook()


async def _once_polled(running: Running) -> None:
    bot = running.telegram.bots[SURVIVOR_TOKEN]
    turn = bot.poll_turn
    while bot.poll_turn == turn:
        await bot.updates.bell.wait()


async def test_only_the_kinds_asked_for_come_and_the_choice_lasts(aio: Bot, her: Phone) -> None:
    await aio.get_updates(offset=-1, allowed_updates=["edited_message"])
    said = await her.says("yozdim")
    await her.edits(said.message_id, "tuzatdim")
    kinds = [update.event_type for update in await aio.get_updates()]
    assert kinds == ["message", "edited_message"]  # the first is /start, from before the choice
    await aio.get_updates(offset=-1, allowed_updates=[])
    await her.says("endi")
    assert (await texts(aio))[-1] == "endi"


async def test_an_edit_and_a_block_are_told(ptb: telegram.Bot, operator: Phone) -> None:
    said = await operator.says("xato")
    await operator.edits(said.message_id, "to'g'ri")
    await operator.blocks()
    await operator.unblocks()
    updates = await ptb.get_updates(timeout=1)
    edited = next(update.edited_message for update in updates if update.edited_message)
    assert (edited.text, edited.message_id) == ("to'g'ri", said.message_id)
    turns = [update.my_chat_member for update in updates if update.my_chat_member]
    statuses = [(turn.old_chat_member.status, turn.new_chat_member.status) for turn in turns]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_messages_wait_a_day_and_buttons_two_and_a_half_minutes(aio: Bot, her: Phone, running: Running) -> None:
    await aio.get_updates(offset=-1)
    await her.says("kutaman")
    running.advance(23 * 3600)
    assert "kutaman" in await texts(aio)
    running.advance(3601)
    assert await texts(aio) == []


async def test_ids_restart_anywhere_after_a_quiet_week(aio: Bot, her: Phone, running: Running) -> None:
    first = (await aio.get_updates())[-1].update_id
    await aio.get_updates(offset=first + 1)
    running.advance(8 * 86_400)
    await her.says("qaytdim")
    second = (await aio.get_updates())[-1].update_id
    assert abs(second - first) > 1


async def test_a_poller_that_dies_leaves_its_place(running: Running, aio: Bot, her: Phone) -> None:
    await aio.get_updates(offset=(await aio.get_updates())[-1].update_id + 1)
    url = f"{running.base_url}/bot{SURVIVOR_TOKEN}/getUpdates"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), aiohttp.ClientSession() as dying, dying.get(url, params={"timeout": 50}):
            pass
    await her.says("hali ham bor")
    assert await texts(aio) == ["hali ham bor"]


async def test_a_webhook_address_is_checked(ask: Ask) -> None:
    insecure = (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    assert await ask("setWebhook", url="http://example.org/") == insecure
    local = "http://127.0.0.1:9/"
    long = (400, "Bad Request: secret token is too long")
    assert await ask("setWebhook", url=local, secret_token="s" * 257) == long
    letters = (400, "Bad Request: secret token contains unallowed characters")
    assert await ask("setWebhook", url=local, secret_token="ш") == letters


async def test_webhook_information_and_dropping_what_waits(aio: Bot, her: Phone, running: Running) -> None:
    await aio.set_webhook(f"{running.base_url}/nowhere", max_connections=7, allowed_updates=["message"])
    info = await aio.get_webhook_info()
    assert (info.url, info.max_connections) == (f"{running.base_url}/nowhere", 7)
    assert info.allowed_updates == ["message"]
    assert info.pending_update_count == 1
    await aio.delete_webhook(drop_pending_updates=True)
    assert await texts(aio) == []
