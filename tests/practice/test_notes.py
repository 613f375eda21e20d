"""A lock screen shows the sender and the words, hides spoilers, and stays quiet about edits."""

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile

from practice.notes import MASK, masked
from practice.phone import Phone
from tests.practice.conftest import OpenPhone


async def test_a_message_rings_with_its_sender_and_words(aio: Bot, her: Phone) -> None:
    await aio.send_message(her.user_id, "Salom\n\nqalaysiz")
    notice = (await her.notifications())[-1]
    assert (notice.sender, notice.text, notice.silent) == ("Yulduz", "Salom qalaysiz", False)


async def test_spoilers_are_masked_letter_by_letter(aio: Bot, her: Phone) -> None:
    await aio.send_message(her.user_id, "🙂 <tg-spoiler>ikki so'z</tg-spoiler> ochiq", parse_mode="HTML")
    assert (await her.notifications())[-1].text == f"🙂 {MASK * 4} {MASK * 4} ochiq"


async def test_her_own_words_and_edits_do_not_ring(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "bir")
    notices = await her.notifications()
    await her.says("meniki")
    await aio.edit_message_text("ikki", chat_id=her.user_id, message_id=sent.message_id)
    await aio.delete_message(her.user_id, sent.message_id)
    assert await her.notifications() == notices
    assert await her.notifications(since=notices[-1].seq) == []


async def test_the_lock_screen_follows_edits_and_forgets_what_was_deleted(aio: Bot, her: Phone) -> None:
    first = await aio.send_message(her.user_id, "bir")
    second = await aio.send_message(her.user_id, "ikki")
    await aio.edit_message_text("ob-havo", chat_id=her.user_id, message_id=second.message_id)
    assert (await her.view())["note"]["text"] == "ob-havo"
    await aio.delete_message(her.user_id, second.message_id)
    assert (await her.view())["note"]["message_id"] == first.message_id
    await her.deletes_chat()
    assert (await her.view())["note"] is None


@pytest.mark.parametrize(
    ("language", "words"), [("uz", "Ovozli xabar"), ("ru", "Голосовое сообщение"), ("de", "Voice message")]
)
async def test_a_voice_is_named_in_the_phones_language(aio: Bot, phone: OpenPhone, language: str, words: str) -> None:
    her = await phone(language_code=language)
    await her.start()
    await aio.send_voice(her.user_id, BufferedInputFile(b"OggS", "a.ogg"), caption="tinglang")
    assert (await her.notifications())[-1].text == f"{words}, tinglang"


def test_a_mask_covers_astral_letters_whole() -> None:
    assert masked("a🙂b", [{"type": "spoiler", "offset": 1, "length": 2}]) == f"a{MASK}b"
