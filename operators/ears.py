"""The staff's bot hearing: python-telegram-bot routes each stripped update to one small door of the desk."""

import asyncio
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from post.allowed import UNREADABLE
from post.poll import TokenRefusedError
from post.work import Hand
from triage import desk
from triage.house import House
from triage.saying import Blocked, Came, Pressed, Said, Saying, Unblocked, Unreadable

log = logging.getLogger("hamroh.operators")

_WAITS = (0.5, 1, 2, 5, 10, 20)

App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(slots=True)
class _Turn:
    """The update in hand, for the handler that the framework calls, and what that handler raised."""

    hand: Hand
    house: House
    error: BaseException | None = None


# The framework takes an update and nothing beside it; the turn reaches our handler through the task's context.
_TURN: ContextVar[_Turn] = ContextVar("turn")


def _saying(message: Message) -> Saying:
    """What a staff member sent. A picture's caption is never passed on alone: the picture is what was meant."""
    if message.text is None or message.voice is not None or message.api_kwargs.get(UNREADABLE):
        return Unreadable()
    return Said(message.text, edited=message.edit_date is not None)


def _came(message: Message) -> Came:
    code = (message.from_user.language_code if message.from_user else None) or ""
    reply = message.reply_to_message.message_id if message.reply_to_message else None
    return Came(message.chat.id, message.message_id, message.date, code, _saying(message), reply)


async def _on_message(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    turn = _TURN.get()
    message = update.effective_message
    if message is not None:
        await desk.receive(turn.house, turn.hand.connection, _came(message), datetime.now(UTC))
    await turn.hand.done()


async def _on_query(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    turn = _TURN.get()
    query = update.callback_query
    if query is not None:
        await desk.receive(turn.house, turn.hand.connection, _pressed(query), datetime.now(UTC))
        turn.hand.after.append(lambda: context.bot.answer_callback_query(query.id))
    await turn.hand.done()


def _pressed(query: CallbackQuery) -> Came:
    under = query.message.message_id if query.message else None
    code = query.from_user.language_code or ""
    return Came(query.from_user.id, under, datetime.now(UTC), code, Pressed(query.data or ""))


async def _on_member(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    turn = _TURN.get()
    change = update.my_chat_member
    if change is not None:
        saying: Saying = Blocked() if change.new_chat_member.status == "kicked" else Unblocked()
        came = Came(change.chat.id, None, change.date, "", saying)
        await desk.receive(turn.house, turn.hand.connection, came, datetime.now(UTC))
    await turn.hand.done()


async def _on_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The framework swallows what a handler raises; the worker must see it, so it is kept for `feed`."""
    _TURN.get().error = context.error


def application(api: str, token: str) -> App:
    """The application, without any of the framework's own memory, queue or polling."""
    app = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .updater(None)
        .job_queue(None)
        .concurrent_updates(False)
        .build()
    )
    app.add_handler(MessageHandler(filters.ALL, _on_message))
    app.add_handler(CallbackQueryHandler(_on_query))
    app.add_handler(ChatMemberHandler(_on_member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_error_handler(_on_error)
    return app


async def get_ready(app: App) -> None:
    """Let the framework ask Telegram who it is; tried until Telegram answers, since nothing works before."""
    for failed in count():
        try:
            await app.initialize()
        except InvalidToken as error:
            raise TokenRefusedError("Telegram does not know this bot's token: check it with @BotFather") from error
        except TelegramError as error:
            wait = _WAITS[min(failed, len(_WAITS) - 1)]
            why = type(error).__name__
            log.warning("Telegram gives no good answer to getMe (%s): asking again in %s s", why, wait)
            await asyncio.sleep(wait)
        else:
            return


async def feed(app: App, house: House, raw: Mapping[str, Any], hand: Hand) -> None:
    """Hand one update to the framework; what our code marks done is done, what it raised is raised here."""
    turn = _Turn(hand, house)
    token = _TURN.set(turn)
    try:
        await app.process_update(Update.de_json(dict(raw), app.bot))
    finally:
        _TURN.reset(token)
    if turn.error is not None:
        raise turn.error


async def aside(house: House, raw: Mapping[str, Any], hand: Hand) -> None:
    """An update of a staff member's that failed three times, read without the framework: the member is told.

    It stays sealed, in nobody's way.
    """
    message, query = raw.get("message") or raw.get("edited_message"), raw.get("callback_query")
    now = datetime.now(UTC)
    if message is not None:
        came = Came(message["chat"]["id"], message["message_id"], now, "", Unreadable())
        await desk.misread(house, hand.connection, came, now)
    elif query is not None:
        await desk.misread(house, hand.connection, Came(query["from"]["id"], None, now, "", Pressed("")), now)
    await hand.set_aside()
