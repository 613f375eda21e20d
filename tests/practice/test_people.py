"""What a person can and cannot do on the phone."""

import pytest
import telegram
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import OpenPhone


async def test_a_link_starts_with_its_parameter(aio: Bot, phone: OpenPhone) -> None:
    her = await phone()
    assert not (await her.view())["started"]
    await her.start("KOD-1")
    message = (await aio.get_updates())[-1].message
    assert message is not None
    assert message.text == "/start KOD-1"
    assert message.from_user is not None
    assert (message.from_user.is_bot, message.from_user.language_code) == (False, "uz")


async def test_long_words_go_as_several_messages(aio: Bot, her: Phone) -> None:
    await her.says("я" * 5000)
    lengths = [len(update.message.text or "") for update in await aio.get_updates() if update.message]
    assert lengths[1:] == [4096, 904]


async def test_start_again_unblocks(ptb: telegram.Bot, operator: Phone) -> None:
    await operator.blocks()
    with pytest.raises(AssertionError, match="the bot is blocked"):
        await operator.says("bormisiz")
    await operator.start()
    assert not (await operator.view())["blocked"]
    assert (await ptb.send_message(operator.user_id, "Xush kelibsiz")).message_id


async def test_she_edits_and_deletes_only_her_own(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "botniki")
    for act in (her.edits(sent.message_id, "x"), her.deletes(sent.message_id)):
        with pytest.raises(AssertionError, match="not one's own"):
            await act
    with pytest.raises(AssertionError, match="no message 999999 on the phone"):
        await her.edits(999_999, "x")


async def test_after_two_days_her_words_are_fixed(her: Phone, running: Running) -> None:
    said = await her.says("eski")
    running.advance(48 * 3600 + 1)
    with pytest.raises(AssertionError, match="too old to edit"):
        await her.edits(said.message_id, "yangi")


async def test_a_tap_needs_a_button_that_is_there(aio: Bot, her: Phone) -> None:
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ha", callback_data="a")]])
    sent = await aio.send_message(her.user_id, "Savol", reply_markup=keys)
    with pytest.raises(AssertionError, match="does not see a button"):
        await her.taps("Yo'q", within=0)
    await aio.delete_message(her.user_id, sent.message_id)
    with pytest.raises(AssertionError, match="does not see a button 'Ha'"):
        await her.taps("Ha", within=0)


async def test_the_newest_button_of_a_label_is_tapped(aio: Bot, her: Phone) -> None:
    for data in ("old", "new"):
        keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ha", callback_data=data)]])
        sent = await aio.send_message(her.user_id, data, reply_markup=keys)
    await her.taps("Ha", answer_within=0)
    query = (await aio.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id) == ("new", sent.message_id)
