"""Files go up from both libraries, come down again, and belong to one bot."""

import struct

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.types import BufferedInputFile

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import SURVIVOR_TOKEN, Ask

OGG = b"OggS" + bytes(range(200))
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 64, 48) + bytes(9)
MEGABYTE = 1024 * 1024


async def test_aiogram_uploads_without_a_length_and_sends_again_by_id(aio: Bot, her: Phone) -> None:
    voice = BufferedInputFile(OGG, "ovoz.ogg")
    sent = await aio.send_voice(her.user_id, voice, duration=3, caption="<i>tinglang</i>", parse_mode="HTML")
    assert sent.voice is not None
    assert (sent.voice.duration, sent.voice.file_size, sent.voice.mime_type) == (3, len(OGG), "audio/ogg")
    assert sent.caption == "tinglang"
    again = await aio.send_voice(her.user_id, sent.voice.file_id)
    assert again.voice is not None
    assert again.voice.file_id == sent.voice.file_id
    assert [bubble.media for bubble in await her.screen()][-2:] == ["voice", "voice"]


async def test_ptb_uploads_a_photo_and_a_document(ptb: telegram.Bot, operator: Phone) -> None:
    photo = await ptb.send_photo(operator.user_id, PNG, caption="rasm", has_spoiler=True)
    assert (photo.photo[-1].width, photo.photo[-1].height) == (64, 48)
    assert photo.has_media_spoiler
    document = await ptb.send_document(operator.user_id, b"salom", filename="xat.txt")
    assert document.document is not None
    assert document.document.file_name == "xat.txt"


async def test_a_voice_from_the_phone_is_fetched_by_both_libraries(
    aio: Bot, ptb: telegram.Bot, her: Phone, operator: Phone
) -> None:
    await her.sends_voice(OGG, duration=4)
    message = (await aio.get_updates(timeout=5))[-1].message
    assert message is not None
    assert message.voice is not None
    assert message.voice.duration == 4
    fetched = await aio.download(message.voice.file_id)
    assert fetched is not None
    assert fetched.read() == OGG
    await operator.sends_voice(OGG)
    heard = (await ptb.get_updates(timeout=5))[-1].message
    assert heard is not None
    assert heard.voice is not None
    assert bytes(await (await heard.voice.get_file()).download_as_bytearray()) == OGG


async def test_a_file_id_means_nothing_to_another_bot(
    aio: Bot, ptb: telegram.Bot, her: Phone, operator: Phone, ask: Ask
) -> None:
    sent = await ptb.send_voice(operator.user_id, OGG)
    assert sent.voice is not None
    theirs = sent.voice.file_id
    wrong = (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await ask("sendVoice", chat_id=her.user_id, voice=theirs) == wrong
    unavailable = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert await ask("getFile", file_id=theirs) == unavailable
    assert await ask("getFile", file_id="x") == (400, "Bad Request: invalid file_id")


async def test_files_that_telegram_does_not_take(aio: Bot, her: Phone, ask: Ask) -> None:
    here = {"chat_id": her.user_id}
    assert await ask("sendVoice", **here) == (400, "Bad Request: there is no voice in the request")
    status, words = await ask("sendVoice", **here, voice="x")
    assert (status, words.partition(" specified")[0]) == (400, "Bad Request: wrong remote file identifier")
    voice = (await aio.send_voice(her.user_id, BufferedInputFile(OGG, "a.ogg"))).voice
    assert voice is not None
    kind = (400, "Bad Request: can't use file of type VoiceNote as Photo")
    assert await ask("sendPhoto", **here, photo=voice.file_id) == kind
    caption = (400, "Bad Request: message caption is too long")
    assert await ask("sendVoice", **here, voice=voice.file_id, caption="я" * 1025) == caption


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (PNG + bytes(10 * MEGABYTE), "file is too big"),
    ],
    ids=["empty", "no picture", "too big"],
)
async def test_pictures_that_are_none(aio: Bot, her: Phone, body: bytes, complaint: str) -> None:
    with pytest.raises(Exception, match=complaint):
        await aio.send_photo(her.user_id, BufferedInputFile(body, "a.png"))


async def test_a_bot_fetches_20_megabytes_and_no_more(aio: Bot, her: Phone, ask: Ask) -> None:
    await her.sends_document(bytes(20 * MEGABYTE + 1), name="katta.bin")
    message = (await aio.get_updates(timeout=5))[-1].message
    assert message is not None
    assert message.document is not None
    assert await ask("getFile", file_id=message.document.file_id) == (400, "Bad Request: file is too big")


async def test_a_path_is_good_for_an_hour_and_for_its_own_bot(
    aio: Bot, her: Phone, running: Running, http: aiohttp.ClientSession
) -> None:
    sent = await aio.send_document(her.user_id, BufferedInputFile(b"salom", "xat.txt"))
    assert sent.document is not None
    path = (await aio.get_file(sent.document.file_id)).file_path
    url = f"{running.base_url}/file/bot{SURVIVOR_TOKEN}/{path}"
    async with http.get(url) as answer:
        assert await answer.read() == b"salom"
    running.advance(3601)
    async with http.get(url) as answer:
        assert answer.status == 404
    async with http.get(url.replace(SURVIVOR_TOKEN, "1:wrong")) as answer:
        assert answer.status == 401


async def test_a_sticker_a_contact_and_a_place_reach_both_libraries(
    aio: Bot, ptb: telegram.Bot, her: Phone, operator: Phone
) -> None:
    for phone in (her, operator):
        await phone.sends_sticker(b"RIFF0000WEBPVP8 ")
        await phone.sends_contact("+000", "Nodira", vcard="BEGIN:VCARD")
        await phone.sends_location(39.77, 64.42)
        await phone.forwards("birovning so'zi", author="Nodira", author_id=77)
        await phone.forwards("yana", author="Yashirin")
        await phone.sends_photo(PNG, caption="rasm")
    heard = [update.message for update in await aio.get_updates() if update.message][1:]
    kinds = [message.content_type for message in heard]
    assert kinds == ["sticker", "contact", "location", "text", "text", "photo"]
    staff = [update.message for update in await ptb.get_updates() if update.message][1:]
    assert staff[0].sticker is not None
    assert staff[1].contact is not None
    assert staff[1].contact.vcard == "BEGIN:VCARD"
    assert isinstance(staff[3].forward_origin, telegram.MessageOriginUser)
    assert isinstance(staff[4].forward_origin, telegram.MessageOriginHiddenUser)
    assert staff[5].caption == "rasm"
