"""The survivors' bot hearing: aiogram routes each stripped update to one small door of reception."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from post.work import Hand
from triage import reception
from triage.house import House
from triage.saying import Blocked, Came, Pressed, Said, Saying, Unblocked, Unreadable, Voice


def _saying(message: Message) -> Saying:
    if message.text is not None:
        return Said(message.text, edited=message.edit_date is not None)
    if message.voice is not None:
        return Voice(message.voice.file_id, message.voice.duration)
    return Unreadable()


def _came(message: Message) -> Came:
    code = (message.from_user.language_code if message.from_user else None) or ""
    return Came(message.chat.id, message.message_id, message.date, code, _saying(message))


async def _on_message(message: Message, hand: Hand, house: House) -> None:
    await reception.receive(house, hand.connection, _came(message), datetime.now(UTC))
    await hand.done()


async def _on_query(query: CallbackQuery, hand: Hand, house: House, bot: Bot) -> None:
    # A message that Telegram no longer shows us is gone: what is said goes below, not into it.
    under = query.message.message_id if isinstance(query.message, Message) else None
    now = datetime.now(UTC)
    came = Came(query.from_user.id, under, now, query.from_user.language_code or "", Pressed(query.data or ""))
    await reception.receive(house, hand.connection, came, now)
    hand.after.append(lambda: bot.answer_callback_query(query.id))
    await hand.done()


async def _on_member(change: ChatMemberUpdated, hand: Hand, house: House) -> None:
    """Blocking is an exit; coming back lets what was to be deleted be tried again."""
    saying: Saying = Blocked() if change.new_chat_member.status == "kicked" else Unblocked()
    came = Came(change.chat.id, None, change.date, change.from_user.language_code or "", saying)
    await reception.receive(house, hand.connection, came, datetime.now(UTC))
    await hand.done()


def dispatcher() -> Dispatcher:
    """The routes, few and flat; no framework memory of any kind."""
    routes = Dispatcher(disable_fsm=True)
    routes.message.register(_on_message)
    routes.edited_message.register(_on_message)
    routes.callback_query.register(_on_query)
    routes.my_chat_member.register(_on_member)
    return routes


async def feed(routes: Dispatcher, bot: Bot, house: House, raw: Mapping[str, Any], hand: Hand) -> None:
    """Hand one update to aiogram; what our code marks done is done."""
    await routes.feed_raw_update(bot, dict(raw), hand=hand, house=house)


async def aside(house: House, raw: Mapping[str, Any], hand: Hand) -> None:
    """An update that failed three times, read without the framework: she is answered all the same."""
    typed = raw.get("message") or raw.get("edited_message")
    message = typed or raw.get("callback_query", {}).get("message")
    now = datetime.now(UTC)
    if message is not None:
        saying: Saying = Unreadable() if typed else Pressed("")
        came = Came(message["chat"]["id"], message["message_id"], now, "", saying)
        await reception.misread(house, hand.connection, came, now)
    await hand.set_aside()
