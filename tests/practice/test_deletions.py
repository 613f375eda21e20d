"""Deletion reaches both sides within 48 hours and skips what is not there."""

import pytest
import telegram
from aiogram import Bot

from practice.phone import Phone
from practice.server import Running
from tests.practice.conftest import Ask, OpenPhone

TOO_OLD = (400, "Bad Request: message can't be deleted for everyone")


async def test_a_bot_deletes_its_own_and_her_messages(aio: Bot, her: Phone) -> None:
    said = await her.says("Yordam")
    sent = await aio.send_message(her.user_id, "Eshitaman")
    assert await aio.delete_messages(her.user_id, [said.message_id, sent.message_id])
    await her.sees_gone("Eshitaman")
    assert "Yordam" not in [bubble.text for bubble in await her.screen()]


async def test_unknown_and_foreign_ids_are_skipped(aio: Bot, her: Phone, phone: OpenPhone) -> None:
    other = await phone()
    theirs = await other.start()
    sent = await aio.send_message(her.user_id, "O'chadi")
    assert await aio.delete_messages(her.user_id, [sent.message_id, theirs.message_id, 999_999])
    await her.sees_gone("O'chadi")
    assert [bubble.message_id for bubble in await other.screen()] == [theirs.message_id]


async def test_one_id_older_than_48_hours_fails_the_whole_batch(
    aio: Bot, her: Phone, running: Running, ask: Ask
) -> None:
    old = await aio.send_message(her.user_id, "Eski")
    running.advance(48 * 3600 + 1)
    new = await aio.send_message(her.user_id, "Yangi")
    ids = [new.message_id, old.message_id]
    assert await ask("deleteMessages", chat_id=her.user_id, message_ids=ids) == TOO_OLD
    assert await ask("deleteMessage", chat_id=her.user_id, message_id=old.message_id) == TOO_OLD
    await her.sees("Yangi")
    assert await ask("deleteMessages", chat_id=her.user_id, message_ids=ids[:1]) == (200, "")
    await her.sees_gone("Yangi")


async def test_at_48_hours_sharp_deletion_still_works(aio: Bot, her: Phone, running: Running) -> None:
    sent = await aio.send_message(her.user_id, "Chegarada")
    running.advance(48 * 3600 - 2)
    assert await aio.delete_message(her.user_id, sent.message_id)


async def test_a_blocked_bot_still_deletes(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Iz")
    await her.blocks()
    assert await aio.delete_messages(her.user_id, [sent.message_id])
    await her.sees_gone("Iz")


async def test_ptb_reads_the_refusal_of_a_single_deletion(ptb: telegram.Bot, operator: Phone) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Message to delete not found"):
        await ptb.delete_message(operator.user_id, 999_999)
    assert await ptb.delete_messages(operator.user_id, [999_999])


async def test_a_batch_holds_1_to_100_ids(her: Phone, ask: Ask) -> None:
    here = {"chat_id": her.user_id}
    empty = (400, "Bad Request: message identifiers are not specified")
    assert await ask("deleteMessages", **here) == empty
    assert await ask("deleteMessages", **here, message_ids=[]) == empty
    many = (400, "Bad Request: too many message identifiers specified")
    assert await ask("deleteMessages", **here, message_ids=list(range(1, 102))) == many
    assert await ask("deleteMessages", **here, message_ids=[0]) == (
        400,
        "Bad Request: invalid message identifier specified",
    )
    assert await ask("deleteMessages", **here, message_ids=list(range(800_001, 800_101))) == (200, "")


async def test_what_she_deleted_herself_is_gone_for_the_bot_and_nobody_told_it(aio: Bot, her: Phone, ask: Ask) -> None:
    said = await her.says("Xato yozdim")
    await aio.get_updates(offset=-1, timeout=0)
    await her.deletes(said.message_id)
    gone = (400, "Bad Request: message to delete not found")
    assert await ask("deleteMessage", chat_id=her.user_id, message_id=said.message_id) == gone
    kinds = [update.event_type for update in await aio.get_updates(timeout=0)]
    assert kinds == ["message"]


async def test_her_cleared_chat_is_still_the_bots_to_delete(aio: Bot, her: Phone) -> None:
    sent = await aio.send_message(her.user_id, "Xat")
    await her.deletes_chat()
    assert await her.screen() == []
    assert await aio.delete_message(her.user_id, sent.message_id)
    await aio.send_message(her.user_id, "Yana men")
    assert [bubble.text for bubble in await her.screen()] == ["Yana men"]
