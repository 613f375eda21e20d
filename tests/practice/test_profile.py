"""Names, descriptions and commands, by language and scope, set and read by both libraries."""

import pytest
import telegram
from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeChat

from practice.phone import Phone
from tests.practice.conftest import Ask, OpenPhone


async def test_a_name_is_shown_in_the_readers_language(aio: Bot, phone: OpenPhone) -> None:
    reader, other = await phone(language_code="ru"), await phone(language_code="en")
    await aio.set_my_name("Звёздочка", language_code="ru")
    try:
        assert (await aio.get_my_name(language_code="ru")).name == "Звёздочка"
        assert (await aio.get_my_name()).name == "Yulduz"
        assert (await reader.view())["bot"]["name"] == "Звёздочка"
        assert (await other.view())["bot"]["name"] == "Yulduz"
    finally:
        await aio.set_my_name("", language_code="ru")
    assert (await aio.get_my_name(language_code="ru")).name == "Yulduz"


async def test_ptb_sets_descriptions(ptb: telegram.Bot) -> None:
    await ptb.set_my_description("Navbatchilar uchun", language_code="uz")
    await ptb.set_my_short_description("Navbat")
    assert (await ptb.get_my_description(language_code="uz")).description == "Navbatchilar uchun"
    assert (await ptb.get_my_description()).description == ""
    assert (await ptb.get_my_short_description(language_code="ru")).short_description == "Navbat"


async def test_the_narrowest_commands_are_offered(aio: Bot, her: Phone) -> None:
    await aio.set_my_commands([BotCommand(command="start", description="Boshlash")])
    scope = BotCommandScopeChat(chat_id=her.user_id)
    await aio.set_my_commands([BotCommand(command="exit", description="Chiqish")], scope=scope, language_code="uz")
    assert [command.command for command in await aio.get_my_commands()] == ["start"]
    assert (await her.view())["bot"]["commands"][0]["command"] == "exit"
    await aio.delete_my_commands(scope=scope, language_code="uz")
    assert (await her.view())["bot"]["commands"][0]["command"] == "start"


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("setMyName", {"name": "x" * 65}, "BOT_TITLE_INVALID"),
        ("setMyName", {"name": "x", "language_code": "uzb"}, "invalid language code specified"),
        ("setMyDescription", {"description": "x" * 513}, "DESCRIPTION_TOO_LONG"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "ABOUT_TOO_LONG"),
        ("setMyCommands", {"commands": [{"command": "Ой", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": "{}"}, "expected an Array of BotCommand"),
        ("getMyCommands", {"scope": {"type": "galaxy"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ],
)
async def test_what_a_profile_cannot_hold(ask: Ask, method: str, params: dict[str, object], complaint: str) -> None:
    assert await ask(method, **params) == (400, f"Bad Request: {complaint}")
