"""Small talk with the server."""

import telegram
from aiogram import Bot
from aiogram.types import MenuButtonCommands

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import Ask


async def test_both_libraries_read_a_chat(aio: Bot, ptb: telegram.Bot, her: Phone, operator: Phone) -> None:
    chat = await aio.get_chat(her.user_id)
    assert (chat.type, chat.first_name) == ("private", "Zulfiya")
    assert (await ptb.get_chat(operator.user_id)).first_name == "Botir"


async def test_typing_shows_until_a_message_comes(aio: Bot, her: Phone, ask: Ask) -> None:
    await aio.send_chat_action(her.user_id, "typing")
    assert (await her.view())["busy"]
    await aio.send_message(her.user_id, "Mana")
    assert not (await her.view())["busy"]
    wrong = (400, "Bad Request: wrong parameter action in request")
    assert await ask("sendChatAction", chat_id=her.user_id, action="dancing") == wrong


async def test_a_logged_out_bot_is_away_for_ten_minutes(ptb: telegram.Bot, ask: Ask, running: Running) -> None:
    assert await ask("logOut") == (200, "")
    assert await ask("getMe") == (400, "Logged out")
    running.advance(601)
    assert await ask("getMe") == (200, "")
    assert await ask("close") == (200, "")


async def test_the_menu_button_can_be_set(aio: Bot, her: Phone) -> None:
    await aio.set_chat_menu_button(her.user_id, MenuButtonCommands())
    assert (await aio.get_chat_menu_button(her.user_id)).type == "commands"
