"""A bot overwrites its own messages at any age, in Telegram's terms."""

import pytest
import telegram
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import Ask

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ha", callback_data="yes")]])


async def test_an_edit_shows_as_edited_and_does_not_notify(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Eski", reply_markup=KEYS)
    notices = len(await her.notifications())
    edited = await aio.edit_message_text("Yangi", chat_id=her.user_id, message_id=sent.message_id)
    assert isinstance(edited, type(sent))
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    seen = await her.sees("Yangi")
    assert (seen.edited, seen.labels) == (True, [])
    assert len(await her.notifications()) == notices


async def test_what_is_years_old_can_still_be_overwritten(aio: Bot, her: Phone, running: Running) -> None:
    sent = await aio.send_message(her.user_id, "Eski")
    running.advance(400 * 86_400)
    await aio.edit_message_text("Ob-havo", chat_id=her.user_id, message_id=sent.message_id)
    assert (await her.sees("Ob-havo")).message_id == sent.message_id


async def test_the_same_content_again_is_refused(aio: Bot, her: Phone, ask: Ask) -> None:
    sent = await aio.send_message(her.user_id, "Bir xil", reply_markup=KEYS)
    same = {"chat_id": her.user_id, "message_id": sent.message_id, "reply_markup": KEYS.model_dump(exclude_none=True)}
    status, words = await ask("editMessageText", text="Bir xil", **same)
    assert (status, words.partition(":")[0]) == (400, "Bad Request")
    assert words.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    assert (await ask("editMessageReplyMarkup", **same))[1] == words


async def test_ptb_knows_the_refusals_of_edits(ptb: telegram.Bot, operator: Phone) -> None:
    sent = await ptb.send_message(operator.user_id, "Ish 7")
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await ptb.edit_message_text("Ish 7", operator.user_id, sent.message_id)
    with pytest.raises(telegram.error.BadRequest, match="Message to edit not found"):
        await ptb.edit_message_text("Ish 8", operator.user_id, 99_999)


async def test_only_the_keyboard_can_change(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Tugma", reply_markup=KEYS)
    await aio.edit_message_reply_markup(chat_id=her.user_id, message_id=sent.message_id, reply_markup=None)
    seen = await her.sees(lambda bubble: bubble.text == "Tugma" and not bubble.buttons)
    assert not seen.edited


async def test_what_cannot_be_edited(aio: Bot, her: Phone, ask: Ask) -> None:
    said = await her.says("Meniki")
    keyed = await aio.send_message(her.user_id, "Kalitlar")
    keys = {"keyboard": [["a"]]}
    place = {"chat_id": her.user_id, "text": "x"}
    assert await ask("sendMessage", **place, reply_markup=keys) == (200, "")
    plain = await her.sees("x")
    refused = (400, "Bad Request: message can't be edited")
    assert await ask("editMessageText", **place, message_id=said.message_id) == refused
    assert await ask("editMessageText", **place, message_id=plain.message_id) == refused
    inline = (400, "Bad Request: inline keyboard expected")
    assert await ask("editMessageText", **place, message_id=keyed.message_id, reply_markup=keys) == inline
    gone = (400, "Bad Request: message to edit not found")
    assert await ask("editMessageText", **place, message_id=99_999) == gone
    assert await ask("editMessageText", text="x") == (400, "Bad Request: message identifier is not specified")
    caption = (400, "Bad Request: there is no caption in the message to edit")
    assert await ask("editMessageCaption", chat_id=her.user_id, message_id=keyed.message_id) == caption
