"""The staff's bot hearing: python-telegram-bot routes each stripped update to one small door of the desk."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from post.work import Hand
from triage import desk
from triage.house import House
from triage.saying import Blocked, Came, Pressed, Said, Saying, Unblocked, Unreadable, Voice

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
    if message.text is not None:
        return Said(message.text, edited=message.edit_date is not None)
    if message.voice is not None:
        return Voice(message.voice.file_id, int(message.voice.duration))  # type: ignore[arg-type]
    return Unreadable()


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


async def aside(raw: Mapping[str, Any], hand: Hand) -> None:
    """An update of a staff member's that failed three times: kept sealed, in nobody's way."""
    del raw
    await hand.set_aside()
