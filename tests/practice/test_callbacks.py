"""A pressed button is answered once and soon."""

import asyncio

import pytest
import telegram
from aiogram import Bot
from aiogram.types import InaccessibleMessage, InlineKeyboardButton, InlineKeyboardMarkup

from practice.phone import CallbackAnswer, Phone
from practice.server import Running
from tests.practice.conftest import Ask

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Ha", callback_data="yes"), InlineKeyboardButton(text="Yo'q", callback_data="no")],
        [InlineKeyboardButton(text="Sayt", url="https://example.org/")],
    ]
)


async def pressed(aio: Bot) -> str:
    query = (await aio.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    return query.id


async def test_the_phone_hears_the_answer_to_its_tap(aio: Bot, her: Phone) -> None:
    await aio.send_message(her.user_id, "Xavfsizmi?", reply_markup=KEYS)
    await aio.get_updates(offset=-1)

    async def answer() -> None:
        updates = await aio.get_updates(offset=-1, timeout=5)
        while not updates[-1].callback_query:
            updates = await aio.get_updates(offset=updates[-1].update_id + 1, timeout=5)
        await aio.answer_callback_query(updates[-1].callback_query.id, text="Eshitdim", show_alert=True)

    async with asyncio.TaskGroup() as both:
        tapping = both.create_task(her.taps("Yo'q", answer_within=5))
        both.create_task(answer())
    assert tapping.result() == CallbackAnswer("Eshitdim", show_alert=True)


async def test_an_answer_is_taken_once(aio: Bot, her: Phone, ask: Ask) -> None:
    await aio.send_message(her.user_id, "Xavfsizmi?", reply_markup=KEYS)
    await her.taps("Ha", answer_within=0)
    query = await pressed(aio)
    assert await ask("answerCallbackQuery", callback_query_id=query) == (200, "")
    assert await ask("answerCallbackQuery", callback_query_id=query) == (400, f"Bad Request: {TOO_OLD}")
    assert await ask("answerCallbackQuery", callback_query_id="7") == (400, f"Bad Request: {TOO_OLD}")


async def test_a_late_answer_is_refused(aio: Bot, her: Phone, running: Running, ask: Ask) -> None:
    await aio.send_message(her.user_id, "Xavfsizmi?", reply_markup=KEYS)
    await her.taps("Ha", answer_within=0)
    query = await pressed(aio)
    running.advance(20)
    assert await ask("answerCallbackQuery", callback_query_id=query) == (400, f"Bad Request: {TOO_OLD}")


async def test_the_words_of_an_answer_have_an_end(aio: Bot, her: Phone, ask: Ask) -> None:
    await aio.send_message(her.user_id, "Xavfsizmi?", reply_markup=KEYS)
    await her.taps("Ha", answer_within=0)
    query = await pressed(aio)
    assert (await ask("answerCallbackQuery", callback_query_id=query, text="я" * 201))[0] == 400
    assert await ask("answerCallbackQuery", callback_query_id=query, text="я" * 200) == (200, "")


async def test_ptb_reads_a_tap_with_all_its_fields(ptb: telegram.Bot, operator: Phone) -> None:
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Olish", callback_data="take:7")]])
    sent = await ptb.send_message(operator.user_id, "Ish 7", reply_markup=keyboard)
    await operator.taps("Olish", answer_within=0)
    query = (await ptb.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id, query.from_user.id) == ("take:7", sent.message_id, operator.user_id)
    assert int(query.chat_instance)
    assert await query.answer("Oldingiz")
    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await query.answer()


async def test_a_link_button_tells_the_bot_nothing(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Manzil", reply_markup=KEYS)
    await aio.get_updates(offset=-1)
    assert await her.taps("Sayt") is None
    seen = await her.sees("Manzil")
    assert seen.message_id == sent.message_id
    assert seen.urls == (("Sayt", "https://example.org/"),)
    assert [update.event_type for update in await aio.get_updates()] == ["message"]


async def test_a_tapped_message_deleted_since_keeps_its_content_in_the_update(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Xavfsizmi?", reply_markup=KEYS)
    await her.taps("Ha", answer_within=0)
    await aio.delete_message(her.user_id, sent.message_id)
    query = (await aio.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    assert not isinstance(query.message, InaccessibleMessage)
