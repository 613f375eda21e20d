"""Edits: a bot may overwrite its own messages at any age; nobody is notified."""

from practice.call import Call, Json, bad
from practice.entities import read_caption, read_text
from practice.forms import message_json
from practice.keyboards import read_inline_markup
from practice.telegram import Chat, Message

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def edit_message_text(call: Call) -> Json:
    text, entities = read_text(call)
    markup = read_inline_markup(call)
    chat, message = _own(call)
    if message.media:
        raise bad("There is no text in the message to edit")
    return _change(call, chat, message, text, entities, markup)


def edit_message_caption(call: Call) -> Json:
    text, entities = read_caption(call)
    markup = read_inline_markup(call)
    chat, message = _own(call)
    if message.media is None or message.media.kind in {"sticker", "video_note"}:
        raise bad("There is no caption in the message to edit")
    return _change(call, chat, message, text, entities, markup)


def edit_message_reply_markup(call: Call) -> Json:
    markup = read_inline_markup(call)
    chat, message = _own(call)
    return _change(call, chat, message, message.text, message.entities, markup)


def _own(call: Call) -> tuple[Chat, Message]:
    """The message to edit. What came with a reply keyboard, a forward and the person's own words cannot be edited."""
    if not call.text("chat_id") and not call.integer("message_id"):
        raise bad("Message identifier is not specified")
    chat = call.telegram.reach_open(call.bot, call.text("chat_id"))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if not message.by_bot or message.plain_markup or message.origin:
        raise bad("Message can't be edited")
    return chat, message


def _change(call: Call, chat: Chat, message: Message, text: str, entities: list[Json], markup: Json | None) -> Json:
    """A call without a keyboard takes the keyboard away. Changing only the keyboard leaves no «edited» mark on phones,
    but the bot reads an edit date all the same."""
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise bad(_SAME)
    if (text, entities) != (message.text, message.entities):
        message.reworded = True
    message.text, message.entities, message.markup = text, entities, markup
    message.edit_date = call.telegram.now()
    chat.changed()
    return message_json(chat, message)
