"""The survivors' bot speaking: orders become calls, calls become aiogram's, and its errors become ours."""

from datetime import datetime
from typing import Any, Final

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessages,
    EditMessageText,
    GetFile,
    Response,
    SendMessage,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.face import call_for, call_with
from post.call import Call, Drop, Go, Key, Method, Prepared, RefusedError, UnclearError, Wait
from post.send import Mouth
from triage import compose, ending, reader, voicing
from triage.house import House
from vault import ledger
from vault.database import Connection
from vault.orders import Due

# The Bot API's codes by aiogram's error names, where the error itself does not carry one.
_CODES = {"TelegramForbiddenError": 403, "TelegramUnauthorizedError": 401, "TelegramNotFound": 404}
_CALLED: Final[tuple[type[TelegramMethod[Any]], ...]] = (
    SendMessage, EditMessageText, DeleteMessages, AnswerCallbackQuery, SendVoice, GetFile
)  # fmt: skip
# The models of their answers. aiogram asks for one at each call, and pydantic keeps it only while somebody holds it:
# made anew each time, they took two thirds of the time of a call.
_ANSWERS: Final = tuple(Response[method.__returning__] for method in _CALLED)  # type: ignore[name-defined]


def bot_for(api: str, token: str) -> Bot:
    """The bot, speaking to this Bot API; nothing here may ever log a message."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    return Bot(token, session=session, default=DefaultBotProperties(link_preview=LinkPreviewOptions(is_disabled=True)))


def _keyboard(rows: tuple[tuple[Key, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=key.label, callback_data=key.data) for key in row] for row in rows]
    )


def _refused(error: TelegramAPIError) -> RefusedError:
    retry = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else None
    return RefusedError(429 if retry is not None else _CODES.get(type(error).__name__, 400), error.message, retry)


async def _fetch(bot: Bot, file_id: str) -> bytes:
    """The file itself; its link holds the token, so it is read here and handed to nobody."""
    file = await bot.get_file(file_id)
    into = await bot.download_file(str(file.file_path))
    assert into is not None  # noqa: S101 - without a destination the bytes come back in memory
    return into.read()


async def _make(bot: Bot, call: Call) -> int | bytes | None:
    if call.method is Method.FETCH:
        return await _fetch(bot, call.file_id)
    entities = [MessageEntity(type=span.kind, offset=span.offset, length=span.length) for span in call.spans]
    if call.method is Method.DELETE:
        await bot.delete_messages(call.chat, list(call.ids))
        return None
    if call.method is Method.EDIT:
        await bot.edit_message_text(
            call.text,
            chat_id=call.chat,
            message_id=call.ids[0],
            entities=entities,
            parse_mode=None,
            reply_markup=_keyboard(call.rows),
        )
        return None
    if call.voice is not None:
        spoken = await bot.send_voice(
            call.chat,
            BufferedInputFile(call.voice, "voice.ogg"),
            reply_markup=_keyboard(call.rows),
            disable_notification=call.silent,
            protect_content=call.protect,
        )
        return spoken.message_id
    sent = await bot.send_message(
        call.chat,
        call.text,
        entities=entities,
        parse_mode=None,
        reply_markup=_keyboard(call.rows),
        disable_notification=call.silent,
        protect_content=call.protect,
    )
    return sent.message_id


async def speak(bot: Bot, call: Call) -> int | bytes | None:
    """Make the call once; raises RefusedError for a clear no, UnclearError when it may have happened."""
    try:
        return await _make(bot, call)
    except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
        # What cannot be read (a proxy's page) says nothing of what Telegram did.
        raise UnclearError from error
    except TelegramAPIError as error:
        raise _refused(error) from error


async def prepare(house: House, connection: Connection, due: Due, now: datetime) -> Prepared:
    """What the order becomes now, addressed: only this process opens her chat's number."""
    composed = await compose.compose(house, connection, due, now)
    if isinstance(composed, compose.Over):
        return Drop(composed.why)
    if isinstance(composed, compose.Held):
        return Wait(composed.until, composed.at)
    assert due.order.address is not None  # noqa: S101 - orders to a survivor always name her address
    chat = await ledger.chat_id(connection, house.safe, due.order.address)
    if isinstance(composed, compose.Fetching):
        return Go(Call(Method.FETCH, chat, file_id=composed.file_id), due.order.kind)
    if isinstance(composed, compose.Wiped):
        return Go(Call(Method.DELETE, chat, ids=composed.ids), due.order.kind, suspected=composed.suspected)
    if isinstance(composed, compose.Recorded):
        return Go(call_with(composed.voice, composed.rows, chat), due.order.kind, composed.case)
    call = call_for(composed.screen, chat, composed.edit)
    return Go(call, composed.kind, composed.case, composed.spared)


def mouth(bot: Bot, house: House) -> Mouth:
    """The sender's three questions, answered for survivors."""

    async def _prepare(connection: Connection, due: Due, now: datetime) -> Prepared:
        return await prepare(house, connection, due, now)

    async def _speak(call: Call) -> int | bytes | None:
        return await speak(bot, call)

    async def _fetched(connection: Connection, due: Due, content: bytes, now: datetime) -> None:
        await voicing.fetched(connection, house.safe, due, content, now)

    async def _ended(connection: Connection, due: Due, how: str, now: datetime) -> None:
        await ending.ended(connection, due, how, now)

    async def _held(connection: Connection, due: Due) -> None:
        await reader.hold(connection, due)

    return Mouth(_prepare, _speak, _ended, _held, _fetched)
