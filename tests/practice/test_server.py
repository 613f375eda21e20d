"""Both frameworks' real clients talk to the server as they would to Telegram."""

import asyncio

import telegram
from aiogram import Bot, Dispatcher, F
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.types import Message as AiogramMessage
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import OPERATOR_TOKEN


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


async def test_aiograms_own_polling_holds_a_conversation(aio: Bot, her: Phone) -> None:
    desk = Dispatcher()

    @desk.message(F.text == "salom")
    async def greet(message: AiogramMessage) -> None:
        row = [InlineKeyboardButton(text="Ha", callback_data="yes")]
        await message.answer("Xavfsizmisiz?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))

    @desk.callback_query(F.data == "yes")
    async def note(query: CallbackQuery) -> None:
        await query.answer("Yaxshi")
        assert isinstance(query.message, AiogramMessage)
        await query.message.edit_text("Yaxshi, davom etamiz")

    async with asyncio.TaskGroup() as both:
        polling = both.create_task(desk.start_polling(aio, handle_signals=False, close_bot_session=False))
        await her.says("salom")
        answer = await her.taps("Ha", answer_within=5)
        await her.sees("Yaxshi, davom etamiz")
        await desk.stop_polling()
        await polling
    assert answer is not None
    assert answer.text == "Yaxshi"


async def test_ptbs_own_updater_holds_a_conversation(running: Running, operator: Phone) -> None:
    async def take(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("Navbatda: 0")

    base = running.base_url
    builder = ApplicationBuilder().token(OPERATOR_TOKEN).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    app = builder.build()
    app.add_handler(CommandHandler("queue", take))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=1)
        await operator.says("/queue")
        await operator.sees("Navbatda: 0")
        await app.updater.stop()
        await app.stop()
