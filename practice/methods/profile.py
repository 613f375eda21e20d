"""What a bot says of itself: names, descriptions and commands, by language and scope."""

import re

from practice.call import Call, Json, bad

# Letters: core.telegram.org/bots/api#setmyname, #setmydescription, #setmyshortdescription, #botcommand
NAME_LIMIT, DESCRIPTION_LIMIT, SHORT_LIMIT, COMMANDS_LIMIT = 64, 512, 120, 100
_LANGUAGE = re.compile(r"([a-z]{2})?")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


def set_my_name(call: Call) -> bool:
    language, name = _language(call), call.text("name")
    if len(name) > NAME_LIMIT or (not name and not language):
        raise bad("BOT_TITLE_INVALID")
    _put(call.bot.names, language, name)
    for chat in call.bot.chats.values():
        chat.changed()
    return True


def get_my_name(call: Call) -> Json:
    return {"name": call.bot.name_for(_language(call))}


def set_my_description(call: Call) -> bool:
    if len(call.text("description")) > DESCRIPTION_LIMIT:
        raise bad("DESCRIPTION_TOO_LONG")
    _put(call.bot.descriptions, _language(call), call.text("description"))
    return True


def get_my_description(call: Call) -> Json:
    return {"description": _for(call.bot.descriptions, _language(call))}


def set_my_short_description(call: Call) -> bool:
    if len(call.text("short_description")) > SHORT_LIMIT:
        raise bad("ABOUT_TOO_LONG")
    _put(call.bot.short_descriptions, _language(call), call.text("short_description"))
    return True


def get_my_short_description(call: Call) -> Json:
    return {"short_description": _for(call.bot.short_descriptions, _language(call))}


def set_my_commands(call: Call) -> bool:
    given = call.json("commands", "Can't parse commands JSON object")
    if given is not None and not isinstance(given, list):
        raise bad("Expected an Array of BotCommand")
    commands = [_command(item) for item in given or []]
    if len(commands) > COMMANDS_LIMIT:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call), _language(call)] = commands
    return True


def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop((_scope(call), _language(call)), None)
    return True


def set_chat_menu_button(call: Call) -> bool:
    button = call.json("menu_button", "Can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad("Can't parse menu button: MenuButton must be an Object")
    call.bot.menu_buttons[call.integer("chat_id")] = button
    return True


def get_chat_menu_button(call: Call) -> Json:
    return call.bot.menu_buttons.get(call.integer("chat_id"), {"type": "commands"})


def _language(call: Call) -> str:
    code = call.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad("Invalid language code specified")
    return code


def _put(words: dict[str, str], language: str, text: str) -> None:
    """An empty text takes the language's own words away."""
    if text:
        words[language] = text
    else:
        words.pop(language, None)


def _for(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("", "")


def _command(item: object) -> Json:
    if not isinstance(item, dict):
        raise bad("Can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(item.get(field), str):
            raise bad(f"Can't parse BotCommand: Can't find field \"{field}\"")
    command = item["command"].removeprefix("/").lower()
    if not _COMMAND.fullmatch(command):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(item["description"]) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": item["description"]}


def _scope(call: Call) -> str:
    """One text for each scope; those of a chat carry its id."""
    scope = call.json("scope", "Can't parse BotCommandScope JSON object") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(scope.get("type"))
    if kind in _SCOPES:
        return kind
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad("Can't parse BotCommandScope: Unsupported type specified")
    chat = call.telegram.reach(call.bot, str(scope.get("chat_id", "")))
    return f"{kind}:{chat.user.id}"
