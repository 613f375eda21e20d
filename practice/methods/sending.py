"""Sending: a bot's new messages, with words or with a file."""

from typing import Any

from practice.call import Call, Json, bad, too_many
from practice.entities import read_caption, read_text
from practice.forms import message_json
from practice.keyboards import Markup, read_markup
from practice.media import read_media
from practice.notes import notify
from practice.telegram import Chat, Media, Message


def send_message(call: Call) -> Json:
    text, entities = read_text(call)
    return _post(call, text, entities)


def send_photo(call: Call) -> Json:
    return _send_file(call, "photo")


def send_voice(call: Call) -> Json:
    return _send_file(call, "voice")


def send_document(call: Call) -> Json:
    return _send_file(call, "document")


def send_sticker(call: Call) -> Json:
    return _send_file(call, "sticker")


def send_audio(call: Call) -> Json:
    return _send_file(call, "audio")


def send_video(call: Call) -> Json:
    return _send_file(call, "video")


def send_video_note(call: Call) -> Json:
    return _send_file(call, "video_note")


def send_animation(call: Call) -> Json:
    return _send_file(call, "animation")


def copy_message(call: Call) -> Json:
    """A copy has no link to its author; of what was protected there is none."""
    source = _source(call, "message to copy not found")
    text, entities = read_caption(call) if call.has("caption") else (source.text, source.entities)
    sent = _post(call, text, entities, source.media, spoiler=source.spoiler)
    return {"message_id": sent["message_id"]}


def forward_message(call: Call) -> Json:
    source = _source(call, "message to forward not found")
    chat = call.telegram.reach(call.bot, call.text("from_chat_id"))
    form = message_json(chat, source)
    origin = source.origin or {"type": "user", "sender_user": form["from"], "date": source.date}
    return _post(call, source.text, source.entities, source.media, spoiler=source.spoiler, origin=origin)


def _source(call: Call, complaint: str) -> Message:
    chat = call.telegram.reach(call.bot, call.text("from_chat_id"))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad(complaint)
    if message.protected:
        verb = "copied" if "copy" in complaint else "forwarded"
        raise bad(
            f"Message has protected content and can't be {verb}" if verb == "forwarded" else "message can't be copied"
        )
    return message


def _send_file(call: Call, kind: str) -> Json:
    media = read_media(call, kind)
    text, entities = read_caption(call) if kind not in {"sticker", "video_note"} else ("", [])
    return _post(call, text, entities, media, spoiler=call.flag("has_spoiler"))


def _post(call: Call, text: str, entities: list[Json], media: Media | None = None, **more: Any) -> Json:
    """Checks in the server's order: the keyboard, then the chat, then the message answered, then the pace."""
    markup = read_markup(call)
    chat = call.telegram.reach_to_write(call.bot, call.text("chat_id"))
    reply_to = _answered(call, chat)
    if waiting := call.telegram.limits.wait(call.bot.id, chat.user.id):
        raise too_many(waiting)
    message = Message(
        id=call.bot.next_message_id(),
        by_bot=True,
        date=call.telegram.now(),
        text=text,
        entities=entities,
        media=media,
        markup=markup.inline,
        plain_markup=markup.plain is not None,
        protected=call.flag("protect_content"),
        silent=call.flag("disable_notification"),
        reply_to=reply_to,
        **more,
    )
    arrive(chat, message, markup, call.telegram.clock.now())
    return message_json(chat, message)


def arrive(chat: Chat, message: Message, markup: Markup, at: float) -> None:
    """The message lands on the phone: it notifies, ends the typing and may change the composer's keyboard."""
    chat.messages[message.id] = message
    chat.busy_until = 0.0
    if markup.plain:
        chat.keyboard = None if markup.plain.get("remove_keyboard") else markup.plain
        chat.keyboard_of = message.id
    notify(chat, message, at)
    chat.changed()


def _answered(call: Call, chat: Chat) -> int:
    given = call.json("reply_parameters", "Can't parse reply parameters JSON object")
    if given is not None and not isinstance(given, dict):
        raise bad("Object expected as reply parameters")
    wanted = (given or {}).get("message_id") or call.integer("reply_to_message_id")
    if not wanted:
        return 0
    if int(wanted) in chat.messages:
        return int(wanted)
    if (given or {}).get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return 0
    raise bad("message to be replied not found")
