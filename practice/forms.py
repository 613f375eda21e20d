"""How people, chats and messages look in the Bot API's JSON."""

from practice.call import Json
from practice.telegram import Bot, Chat, Message, User


def user_json(user: User) -> Json:
    form: Json = {"id": user.id, "is_bot": False, "first_name": user.first_name}
    for name in ("last_name", "username", "language_code"):
        if value := getattr(user, name):
            form[name] = value
    return form


def bot_json(bot: Bot) -> Json:
    return {"id": bot.id, "is_bot": True, "first_name": bot.names[""], "username": bot.username}


def chat_json(user: User) -> Json:
    form: Json = {"id": user.id, "first_name": user.first_name}
    if user.last_name:
        form["last_name"] = user.last_name
    if user.username:
        form["username"] = user.username
    return {**form, "type": "private"}


def message_json(chat: Chat, message: Message, with_reply: bool = True) -> Json:
    """A message as its bot sees it. A reply shows the message it answers, one level deep and only while it exists."""
    form: Json = {
        "message_id": message.id,
        "from": bot_json(chat.bot) if message.by_bot else user_json(chat.user),
        "chat": chat_json(chat.user),
        "date": message.date,
    }
    if message.edit_date:
        form["edit_date"] = message.edit_date
    if message.origin:
        form["forward_origin"] = message.origin
    answered = chat.messages.get(message.reply_to)
    if with_reply and answered:
        form["reply_to_message"] = message_json(chat, answered, with_reply=False)
    _put_content(form, message)
    if message.markup:
        form["reply_markup"] = message.markup
    if message.protected:
        form["has_protected_content"] = True
    return form


def _put_content(form: Json, message: Message) -> None:
    text, marks = ("text", "entities") if message.media is None else ("caption", "caption_entities")
    if message.media:
        form[message.media.kind] = message.media.body
        if message.media.kind == "animation" and isinstance(message.media.body, dict):
            form["document"] = message.media.body  # old bots know animations as documents
        if message.spoiler:
            form["has_media_spoiler"] = True
    if message.text:
        form[text] = message.text
        if message.entities:
            form[marks] = message.entities


def gone_message_json(chat: Chat, message_id: int) -> Json:
    """An inaccessible message: all that a button's update can say of a message that is gone."""
    return {"message_id": message_id, "chat": chat_json(chat.user), "date": 0}


def member_json(bot: Bot, blocked: bool) -> Json:
    form: Json = {"user": bot_json(bot), "status": "kicked" if blocked else "member"}
    return {**form, "until_date": 0} if blocked else form
