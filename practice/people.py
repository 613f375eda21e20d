"""What a person does on the phone: says, taps, edits, deletes, blocks, each told to the bot as Telegram tells it."""

from dataclasses import dataclass

from practice.call import Json, bad
from practice.forms import chat_json, gone_message_json, member_json, message_json, user_json
from practice.media import accept, describe
from practice.telegram import Chat, Media, Message, Tap, Telegram, User
from practice.text import MESSAGE_LIMIT, clean, finish, pieces
from practice.updates import CALLBACK_LIFE

EDIT_LIMIT = 48 * 3600  # seconds a person may edit own words


class Cannot(Exception):  # noqa: N818 - the phone does not offer it
    """What this phone does not offer just now; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Phone:
    """The person's side of one chat."""

    telegram: Telegram
    chat: Chat

    @property
    def user(self) -> User:
        return self.chat.user


def start(phone: Phone, param: str = "") -> Message:
    """The Start button, also of a link with a parameter; it unblocks a blocked bot first."""
    if phone.chat.blocked:
        unblock(phone)
    return say(phone, f"/start {param}".strip())[0]


def say(phone: Phone, text: str, reply_to: int = 0) -> list[Message]:
    """Long words go as several messages, as every Telegram app cuts them."""
    parts = pieces(clean(text).strip(), MESSAGE_LIMIT)
    if not parts:
        raise Cannot("nothing to say")
    said = []
    for part in parts:
        words, entities = finish(part, [], MESSAGE_LIMIT, "Message is too long")
        said.append(_send(phone, text=words, entities=entities, reply_to=reply_to))
    return said


def press(phone: Phone, label: str, phone_number: str = "") -> Message:
    """A key of the reply keyboard: its label is said; a key that asks for a contact shares one."""
    keyboard = phone.chat.keyboard or {}
    key = next((key for row in keyboard.get("keyboard", []) for key in row if key["text"] == label), None)
    if key is None:
        raise Cannot(f"no key {label!r} on the keyboard")
    if keyboard.get("one_time_keyboard"):
        phone.chat.keyboard = None
    if key.get("request_contact"):
        return send_contact(phone, phone_number, phone.user.first_name, own=True)
    return say(phone, label)[0]


def tap(phone: Phone, message_id: int, label: str = "", row: int = 0, column: int = 0) -> Tap | str:
    """A button under a message: the tap that waits for an answer, or the address a link button opens."""
    message = _visible(phone, message_id)
    rows = (message.markup or {}).get("inline_keyboard", [])
    buttons = [button for line in rows for button in line if button["text"] == label] if label else rows[row : row + 1]
    if not buttons or (not label and not 0 <= column < len(buttons[0])):
        raise Cannot(f"no button {label!r} under message {message_id}")
    button = buttons[0] if label else buttons[0][column]
    if url := button.get("url"):
        return str(url)
    if "callback_data" not in button:
        raise Cannot("this button stays on the phone")
    return _press_button(phone, message, button["callback_data"])


def tap_late(phone: Phone, message_id: int, data: str) -> Tap:
    """A button that stood under this message once: tapped as the message changed under the thumb, or was deleted."""
    gone = Message(message_id, by_bot=True, date=phone.telegram.now())
    return _press_button(phone, phone.chat.messages.get(message_id) or gone, data)


def _press_button(phone: Phone, message: Message, data: str) -> Tap:
    chat = phone.chat
    if chat.blocked:
        raise Cannot("the bot is blocked")
    pressed = Tap(str(phone.telegram.random.randint(1, 2**63 - 1)), chat, phone.telegram.clock.now())
    chat.bot.taps[pressed.id] = pressed
    known = chat.messages.get(message.id)
    shown = message_json(chat, known) if known else gone_message_json(chat, message.id)
    body: Json = {"id": pressed.id, "from": user_json(chat.user), "message": shown}
    body |= {"chat_instance": chat.instance, "data": data}
    chat.bot.updates.push("callback_query", body, ("person", chat.user.id), CALLBACK_LIFE)
    return pressed


def send_file(
    phone: Phone, kind: str, body: bytes, name: str = "", mime: str = "", caption: str = "", duration: int = 0
) -> Message:
    stored = accept(phone.chat.bot.files, kind, body, name, mime)
    words, entities = finish(caption, [], MESSAGE_LIMIT, "")
    media = describe(kind, stored, {"duration": duration})
    return _send(phone, text=words, entities=entities, media=media)


def send_contact(phone: Phone, number: str, first_name: str, own: bool = False, vcard: str = "") -> Message:
    body: Json = {"phone_number": number, "first_name": first_name}
    if vcard:
        body["vcard"] = vcard
    if own:
        body["user_id"] = phone.user.id
    return _send(phone, media=Media("contact", body))


def send_location(phone: Phone, latitude: float, longitude: float) -> Message:
    return _send(phone, media=Media("location", {"latitude": latitude, "longitude": longitude}))


def forward(phone: Phone, text: str, author: str, author_id: int = 0) -> Message:
    """Somebody else's words, passed on: an author who hides is only a name."""
    date = phone.telegram.now()
    origin: Json = {"type": "hidden_user", "sender_user_name": author, "date": date}
    if author_id:
        sender = {"id": author_id, "is_bot": False, "first_name": author}
        origin = {"type": "user", "sender_user": sender, "date": date}
    words, entities = finish(text, [], MESSAGE_LIMIT, "Message is too long")
    return _send(phone, text=words, entities=entities, origin=origin)


def _send(
    phone: Phone,
    text: str = "",
    entities: list[Json] | None = None,
    media: Media | None = None,
    reply_to: int = 0,
    origin: Json | None = None,
) -> Message:
    chat = phone.chat
    if chat.blocked:
        raise Cannot("the bot is blocked")
    if chat.keyboard and chat.keyboard.get("force_reply"):
        reply_to, chat.keyboard = reply_to or chat.keyboard_of, None
    chat.started = True
    message = Message(
        id=chat.bot.next_message_id(),
        by_bot=False,
        date=phone.telegram.now(),
        text=text,
        entities=entities or [],
        media=media,
        reply_to=reply_to,
        origin=origin,
    )
    chat.messages[message.id] = message
    chat.changed()
    chat.bot.updates.push("message", message_json(chat, message), ("chat", chat.user.id))
    return message


def edit(phone: Phone, message_id: int, text: str) -> Message:
    message = _own(phone, message_id)
    if phone.telegram.now() - message.date > EDIT_LIMIT:
        raise Cannot("too old to edit")
    words, entities = finish(text, [], MESSAGE_LIMIT, "Message is too long")
    if not words and message.media is None:
        raise Cannot("nothing left: delete it instead")
    message.text, message.entities = words, entities
    message.edit_date, message.reworded = phone.telegram.now(), True
    phone.chat.changed()
    body = message_json(phone.chat, message)
    phone.chat.bot.updates.push("edited_message", body, ("chat", phone.user.id))
    return message


def delete(phone: Phone, message_ids: list[int]) -> None:
    """For both sides; the bot is not told."""
    for message_id in message_ids:
        phone.chat.messages.pop(_own(phone, message_id).id)
    phone.chat.changed()


def delete_chat(phone: Phone) -> None:
    """Clears this phone only: on the bot's side the messages stay until the bot deletes them."""
    for message in phone.chat.messages.values():
        message.on_phone = False
    phone.chat.keyboard = None
    phone.chat.changed()


def block(phone: Phone) -> None:
    if not phone.chat.blocked:
        _turn(phone, blocked=True)


def unblock(phone: Phone) -> None:
    if phone.chat.blocked:
        _turn(phone, blocked=False)


def _turn(phone: Phone, blocked: bool) -> None:
    chat = phone.chat
    chat.blocked = blocked
    chat.changed()
    body: Json = {"chat": chat_json(chat.user), "from": user_json(chat.user), "date": phone.telegram.now()}
    body["old_chat_member"] = member_json(chat.bot, not blocked)
    body["new_chat_member"] = member_json(chat.bot, blocked)
    chat.bot.updates.push("my_chat_member", body, ("member", chat.user.id))


def _visible(phone: Phone, message_id: int) -> Message:
    message = phone.chat.messages.get(message_id)
    if message is None or not message.on_phone:
        raise Cannot(f"no message {message_id} on the phone")
    return message


def _own(phone: Phone, message_id: int) -> Message:
    message = _visible(phone, message_id)
    if message.by_bot:
        raise Cannot(f"message {message_id} is not one's own")
    return message


def named_or_new(telegram: Telegram, form: Json) -> User:
    """The person with this id, made or brought up to date."""
    number = form.get("id")
    if not isinstance(number, int) or not 0 < number < 2**52:
        raise bad("a person needs a positive id")
    user = telegram.users.setdefault(number, User(number, str(form.get("first_name") or f"Person {number}")))
    for name in ("first_name", "last_name", "username", "language_code"):
        if isinstance(form.get(name), str):
            setattr(user, name, form[name])
    for bot in telegram.bots.values():
        if user.id in bot.chats:
            bot.chats[user.id].changed()  # a new language renames bots on the screen
    return user
