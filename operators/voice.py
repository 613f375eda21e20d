"""The staff's bot speaking: orders become calls, calls become python-telegram-bot's, and its errors become ours."""

from datetime import datetime, timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from dialogs.beside import shown_whole
from post.call import Call, Drop, Go, Key, Method, Prepared, RefusedError, UnclearError
from post.send import Mouth
from triage import cards
from triage.house import House
from vault import ledger
from vault.database import Connection
from vault.orders import Due

# What the framework says when an answer is no JSON.
_UNREADABLE = "Invalid server response"


def _keyboard(rows: tuple[tuple[Key, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.label, callback_data=key.data) for key in row] for row in rows]
    )


async def _make(bot: Bot, call: Call) -> int | None:
    if call.method is Method.DELETE:
        await bot.delete_messages(call.chat, list(call.ids))
        return None
    if call.method is Method.EDIT:
        await bot.edit_message_text(
            call.text, chat_id=call.chat, message_id=call.ids[0], reply_markup=_keyboard(call.rows)
        )
        return None
    if call.voice is not None:
        spoken = await bot.send_voice(
            call.chat,
            call.voice,
            caption=call.text,
            reply_markup=_keyboard(call.rows),
            disable_notification=call.silent,
            protect_content=call.protect,
        )
        return spoken.message_id
    sent = await bot.send_message(
        call.chat,
        call.text,
        reply_markup=_keyboard(call.rows),
        disable_notification=call.silent,
        protect_content=call.protect,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return sent.message_id


def _retry(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


async def speak(bot: Bot, call: Call) -> int | None:
    """Make the call once; raises RefusedError for a clear no, UnclearError when it may have happened."""
    try:
        return await _make(bot, call)
    except RetryAfter as error:
        raise RefusedError(429, error.message, _retry(error)) from error
    except Forbidden as error:
        raise RefusedError(403, error.message) from error
    except InvalidToken as error:
        raise RefusedError(401, error.message) from error
    except BadRequest as error:
        raise RefusedError(400, error.message) from error
    except (NetworkError, KeyError) as error:
        raise UnclearError from error
    except TelegramError as error:
        # What cannot be read (a proxy's page) says nothing of what Telegram did; nor does an answer without its parts.
        if error.message == _UNREADABLE:
            raise UnclearError from error
        raise RefusedError(400, error.message) from error


def _call(card: cards.Card, chat: int) -> Call:
    placed = shown_whole(card.rows, lambda button: button[0])
    rows = tuple(tuple(Key(label, data) for label, data in row) for row in placed)
    method = Method.SEND if card.edit is None else Method.EDIT
    ids = () if card.edit is None else (card.edit,)
    return Call(method, chat, card.text, (), rows, ids, silent=not card.sounds, protect=True, voice=card.voice)


async def prepare(house: House, connection: Connection, due: Due, now: datetime) -> Prepared:
    """What the order becomes now, addressed: only this process opens a staff chat's number."""
    shown = await cards.show(house, connection, due, now)
    if isinstance(shown, cards.Nothing):
        return Drop(shown.why)
    assert due.order.address is not None  # noqa: S101 - what is for the desk is spread, never sent
    chat = await ledger.chat_id(connection, house.safe, due.order.address)
    if isinstance(shown, cards.Forgotten):
        call = Call(Method.DELETE, chat, ids=shown.ids)
        return Go(call, due.order.kind, due.order.case, suspected=shown.suspected)
    return Go(_call(shown, chat), shown.kind(due.order.kind), due.order.case)


def mouth(bot: Bot, house: House) -> Mouth:
    """The sender's three questions, answered for staff."""

    async def _prepare(connection: Connection, due: Due, now: datetime) -> Prepared:
        return await prepare(house, connection, due, now)

    async def _speak(call: Call) -> int | None:
        return await speak(bot, call)

    async def _ended(connection: Connection, due: Due, how: str, now: datetime) -> None:
        await cards.ended(connection, due, how, now)

    async def _held(_connection: Connection, _due: Due) -> None:
        """Nobody to hold: what a member sends changes nothing of the orders to that member."""

    return Mouth(_prepare, _speak, _ended, _held)
