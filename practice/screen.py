"""What the phone shows: the chat as the person sees it, and what its lock screen said."""

from dataclasses import asdict

from practice.call import Json
from practice.notes import preview
from practice.telegram import Chat, Media, Message, Telegram

SHOWN = 300  # newest messages on one screen


def bubble(chat: Chat, message: Message) -> Json:
    rows = (message.markup or {}).get("inline_keyboard", [])
    form: Json = {
        "message_id": message.id,
        "mine": not message.by_bot,
        "text": message.text,
        "entities": message.entities,
        "buttons": [[_button(button) for button in row] for row in rows],
        "edited": message.reworded,
        "date": message.date,
        "protected": message.protected,
        "silent": message.silent,
    }
    if message.media:
        form["media"] = _media(chat, message.media, message.spoiler)
    answered = chat.messages.get(message.reply_to)
    if answered and answered.on_phone:
        form["reply_to"] = {"message_id": answered.id, "text": answered.text[:80]}
    if message.origin:
        sender = message.origin.get("sender_user", {}).get("first_name")
        form["forwarded_from"] = message.origin.get("sender_user_name") or sender or ""
    return form


def _button(button: Json) -> Json:
    form = {"label": button["text"], "style": button.get("style", "")}
    return {**form, "url": button["url"]} if "url" in button else form


def _media(chat: Chat, media: Media, spoiler: bool) -> Json:
    form: Json = {"kind": media.kind, "spoiler": spoiler}
    if media.file:
        form |= {"url": f"/practice/files/{chat.bot.username}/{media.file.id}", "name": media.file.name}
        form |= {"size": len(media.file.body), "mime": media.file.mime}
    body = media.body[-1] if isinstance(media.body, list) else media.body
    if isinstance(body, dict):
        named = ("duration", "width", "height", "emoji", "phone_number", "first_name", "latitude", "longitude")
        form |= {name: body[name] for name in named if name in body}
    return form


def keyboard(chat: Chat) -> Json | None:
    """The keys under the composer; a forced reply shows none."""
    given = chat.keyboard
    if given is None or "keyboard" not in given:
        return None
    rows = [[key["text"] for key in row] for row in given["keyboard"]]
    return {"rows": rows, "placeholder": given.get("input_field_placeholder", "")}


def view(telegram: Telegram, chat: Chat) -> Json:
    """The whole screen. `seq` is what the next wait goes on from."""
    language = chat.user.language_code
    bot = chat.bot
    shown = [message for message in chat.messages.values() if message.on_phone][-SHOWN:]
    return {
        "seq": chat.seq,
        "bot": {
            "username": bot.username,
            "name": bot.name_for(language),
            "description": bot.descriptions.get(language) or bot.descriptions.get("", ""),
            "commands": _commands(chat),
        },
        "user": asdict(chat.user),
        "started": chat.started,
        "blocked": chat.blocked,
        "busy": telegram.clock.now() < chat.busy_until,
        "messages": [bubble(chat, message) for message in shown],
        "keyboard": keyboard(chat),
        "note": _shown_note(chat),
        "now": telegram.clock.now(),
    }


def _shown_note(chat: Chat) -> Json | None:
    """The newest notice still on the lock screen: it goes with its message and follows its edits, without a sound."""
    for note in reversed(chat.notes):
        message = chat.messages.get(note.message_id)
        if message and message.on_phone:
            return {**asdict(note), "text": preview(chat, message)}
    return None


def _commands(chat: Chat) -> list[Json]:
    """The narrowest scope wins, in the person's language first: core.telegram.org/bots/api#botcommandscope."""
    for scope in (f"chat:{chat.user.id}", "all_private_chats", "default"):
        for language in (chat.user.language_code, ""):
            if commands := chat.bot.commands.get((scope, language)):
                return commands
    return []
