"""Both frameworks' real clients talk to the server as they would to Telegram."""

import telegram
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from practice.phone import Phone


async def test_aiogram_meets_itself_and_a_survivor_reads_what_it_says(aio: Bot, her: Phone) -> None:
    me = await aio.get_me()
    assert (me.is_bot, me.username) == (True, "yulduz_bot")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ha", callback_data="yes")]])
    sent = await aio.send_message(her.user_id, "<b>Salom</b>", parse_mode="HTML", reply_markup=keyboard)
    seen = await her.sees("Salom")
    assert seen.message_id == sent.message_id
    assert seen.labels == ["Ha"]
    assert [entity["type"] for entity in seen.entities] == ["bold"]


async def test_ptb_meets_itself_and_a_staff_member_reads_what_it_says(ptb: telegram.Bot, operator: Phone) -> None:
    assert (await ptb.get_me()).username == "navbat_bot"
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Olish", callback_data="take")]])
    sent = await ptb.send_message(operator.user_id, "Yangi ish", reply_markup=keyboard)
    seen = await operator.sees("Yangi ish")
    assert (seen.message_id, seen.labels) == (sent.message_id, ["Olish"])


async def test_a_tap_reaches_aiogram_and_its_answer_reaches_the_phone(aio: Bot, her: Phone) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ha", callback_data="yes")]])
    await aio.send_message(her.user_id, "Xavfsizmisiz?", reply_markup=keyboard)
    assert await her.taps("Ha", answer_within=0) is None
    updates = await aio.get_updates(timeout=1)
    query = updates[-1].callback_query
    assert query is not None
    assert (query.data, query.from_user.language_code) == ("yes", "uz")
    assert await aio.answer_callback_query(query.id, text="Rahmat")


async def test_a_word_reaches_ptb_with_its_command_marked(ptb: telegram.Bot, operator: Phone) -> None:
    await operator.says("/duty now")
    updates = await ptb.get_updates(timeout=1)
    message = updates[-1].message
    assert message is not None
    assert message.entities[0].type == "bot_command"
