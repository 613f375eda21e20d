"""What a bot may send, to whom, and in which words it is refused."""

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import (
    ForceReply,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from practice.call import Json
from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import OPERATOR_TOKEN, SURVIVOR_TOKEN, Ask, OpenPhone


def rows(*buttons: object) -> Json:
    return {"text": "x", "reply_markup": {"inline_keyboard": list(buttons)}}


def marked(kind: str, offset: int) -> Json:
    return {"text": "x", "entities": [{"type": kind, "offset": offset, "length": 1}]}


NO_TYPE = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
NO_END = "can't parse entities: Can't find end tag corresponding to start tag \"b\""
NO_ROWS = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
TEL = "inline keyboard button URL 'tel:+000' is invalid: Wrong port number specified in the URL"
REFUSALS: list[tuple[Json, str]] = [
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "🙂" * 2049}, "message is too long"),
    ({"text": "x" * 40_000}, "text is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, NO_END),
    ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
    (marked("glitter", 0), "can't parse MessageEntity: Unsupported type specified"),
    ({"text": "x", "entities": ["bold"]}, "can't parse MessageEntity: expected an Object"),
    (marked("bold", -1), "receive an entity with incorrect offset -1"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": {"keyboard": [[""]]}}, "keyboard button text must be non-empty"),
    (rows([{"text": "Ha", "callback_data": "я" * 33}]), "BUTTON_DATA_INVALID"),
    (rows([{"text": "Ha"}]), NO_TYPE),
    (rows([{"text": "Ha", "callback_data": ""}]), NO_TYPE),
    (rows([{"text": "Ha", "url": "tel:+000"}]), TEL),
    (rows([{"text": " ", "callback_data": "a"}]), "inline keyboard button text must be non-empty"),
    (rows({"text": "a"}), NO_ROWS),
    ({"text": "x", "reply_parameters": {"message_id": 99_999}}, "message to be replied not found"),
]


@pytest.mark.parametrize(("params", "complaint"), REFUSALS)
async def test_a_message_is_refused_in_telegrams_words(her: Phone, ask: Ask, params: Json, complaint: str) -> None:
    before = await her.screen()
    assert await ask("sendMessage", chat_id=her.user_id, **params) == (400, f"Bad Request: {complaint}")
    assert await her.screen() == before


async def test_the_longest_message_is_measured_after_parsing(her: Phone, ask: Ask) -> None:
    text = f"<b>{'🙂' * 2048}</b>"
    assert await ask("sendMessage", chat_id=her.user_id, text=text, parse_mode="HTML") == (200, "")
    data = {"inline_keyboard": [[{"text": "Ha", "callback_data": "я" * 32}]]}
    assert await ask("sendMessage", chat_id=her.user_id, text="64 bytes", reply_markup=data) == (200, "")


async def test_nobody_is_written_to_who_did_not_write_first(phone: OpenPhone, ask: Ask) -> None:
    stranger = await phone()
    refused = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await ask("sendMessage", chat_id=stranger.user_id, text="Salom") == refused
    assert await ask("getChat", chat_id=stranger.user_id) == (400, "Bad Request: chat not found")
    assert await ask("sendMessage", chat_id=99, text="Salom") == (400, "Bad Request: chat not found")
    assert await ask("sendMessage", chat_id="@zulfiya", text="Salom") == (400, "Bad Request: chat not found")
    assert await ask("sendMessage", text="Salom") == (400, "Bad Request: chat_id is empty")


async def test_who_wrote_to_one_bot_is_a_stranger_to_the_other(her: Phone, ask: Ask) -> None:
    status, words = await ask("sendMessage", token=OPERATOR_TOKEN, chat_id=her.user_id, text="Salom")
    assert (status, words) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_a_blocked_bot_is_told_so_by_both_libraries(
    aio: Bot, ptb: telegram.Bot, her: Phone, operator: Phone
) -> None:
    await her.blocks()
    await operator.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aio.send_message(her.user_id, "Salom")
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(operator.user_id, "Salom")


async def test_tokens_and_methods_that_do_not_exist(ask: Ask) -> None:
    assert await ask("getMe", token="7000000001:wrong") == (401, "Unauthorized")
    assert await ask("getMe", token="nonsense") == (401, "Unauthorized: invalid token specified")
    assert await ask("sendFlowers") == (404, "Not Found: method not found")
    assert await ask("GETME") == (200, "")


async def test_a_silent_protected_answer_looks_so_on_both_sides(aio: Bot, her: Phone) -> None:
    asked = await her.says("Kimdir bormi?")
    sent = await aio.send_message(
        her.user_id,
        "Shu yerdaman",
        disable_notification=True,
        protect_content=True,
        reply_parameters=ReplyParameters(message_id=asked.message_id),
    )
    assert sent.has_protected_content
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Kimdir bormi?"
    seen = await her.sees("Shu yerdaman")
    assert (seen.silent, seen.protected, seen.reply_to) == (True, True, asked.message_id)
    assert (await her.notifications())[-1].silent


async def test_an_answer_to_a_message_that_is_gone_may_go_without_it(aio: Bot, her: Phone) -> None:
    gone = ReplyParameters(message_id=99_999, allow_sending_without_reply=True)
    sent = await aio.send_message(her.user_id, "Baribir", reply_parameters=gone)
    assert sent.reply_to_message is None


async def test_a_spoiler_can_be_an_entity(aio: Bot, her: Phone) -> None:
    spoiler = MessageEntity(type="spoiler", offset=4, length=3)
    sent = await aio.send_message(her.user_id, "Bu: sir", entities=[spoiler])
    assert sent.entities is not None
    assert (sent.entities[0].type, sent.entities[0].offset, sent.entities[0].length) == ("spoiler", 4, 3)


async def test_blank_ends_are_cut_and_marks_follow(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "\n <b>Salom</b> dunyo  \n", parse_mode="HTML")
    assert sent.text == "Salom dunyo"
    assert sent.entities is not None
    assert (sent.entities[0].offset, sent.entities[0].length) == (0, 5)


async def test_a_reply_keyboard_comes_is_pressed_and_goes(aio: Bot, her: Phone) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Yordam")], [KeyboardButton(text="Chiqish")]])
    await aio.send_message(her.user_id, "Tanlang", reply_markup=keys)
    assert await her.keyboard() == [["Yordam"], ["Chiqish"]]
    assert (await her.presses("Chiqish")).text == "Chiqish"
    await aio.send_message(her.user_id, "Mayli", reply_markup=ReplyKeyboardRemove())
    assert await her.keyboard() == []


async def test_a_forced_reply_answers_its_message(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Ismingiz?", reply_markup=ForceReply())
    assert (await her.says("Zulfiya")).reply_to == sent.message_id


async def test_one_counter_numbers_all_messages_of_a_bot(aio: Bot, phone: OpenPhone) -> None:
    first, second = await phone(), await phone()
    ids = [(await first.start()).message_id, (await second.start()).message_id]
    ids.append((await aio.send_message(first.user_id, "Bir")).message_id)
    ids.append((await second.says("Ikki")).message_id)
    ids.append((await aio.send_message(second.user_id, "Uch")).message_id)
    assert ids == list(range(ids[0], ids[0] + 5))


async def test_a_copy_has_no_author_a_forward_has_and_the_protected_stays(aio: Bot, her: Phone, ask: Ask) -> None:
    said = await her.says("Mening so'zim")
    copied = await aio.copy_message(her.user_id, her.user_id, said.message_id)
    assert (await her.sees("Mening so'zim")).message_id == copied.message_id
    forwarded = await aio.forward_message(her.user_id, her.user_id, said.message_id)
    assert forwarded.forward_origin is not None
    kept = await aio.send_message(her.user_id, "Sir", protect_content=True)
    status, _ = await ask("forwardMessage", chat_id=her.user_id, from_chat_id=her.user_id, message_id=kept.message_id)
    assert status == 400


async def test_parameters_may_come_in_the_query_and_in_forms(
    her: Phone, running: Running, http: aiohttp.ClientSession
) -> None:
    url = f"{running.base_url}/bot{SURVIVOR_TOKEN}/sendMessage"
    async with http.get(url, params={"chat_id": her.user_id, "text": "so'rovdan"}) as answer:
        assert answer.status == 200
    async with http.post(url, data={"chat_id": str(her.user_id), "text": "shakldan"}) as answer:
        assert (await answer.json())["result"]["text"] == "shakldan"
    await her.sees("so'rovdan")
