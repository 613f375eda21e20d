"""Receiving: what is kept is stripped and sealed, and the worker is nudged only once it is committed."""

import asyncio
import json

import pytest

from post.receive import Receiver
from tests.post.ground import Side, text_update
from tests.vault.ground import one, rows
from vault import inbox
from vault.bell import Nudge
from vault.tables import SURVIVORS


async def nudged(nudge: Nudge) -> bool:
    try:
        async with asyncio.timeout(0.01):
            await nudge.heard(None)
    except TimeoutError:
        return False
    return True


async def test_what_is_kept_is_sealed_stripped_and_belongs_to_whose_chat_it_is(side: Side) -> None:
    nudge = Nudge()
    await Receiver(side.engine, side.safe, nudge).take([text_update(1), text_update(2, chat=5002), text_update(3)])
    async with side.engine.connect() as connection:
        letters = await inbox.first_of_each(connection, SURVIVORS, [], 9)
    assert [(letter.update_id, letter.person) for letter in letters] == [
        (1, side.safe.person("chat", "5001")),
        (2, side.safe.person("chat", "5002")),
    ]
    opened = json.loads(letters[0].open(side.safe))
    assert opened["message"]["text"] == "words"
    assert opened["message"]["from"]["first_name"] == "-"
    assert await nudged(nudge)


async def test_what_does_not_concern_us_is_taken_and_forgotten(side: Side) -> None:
    nudge = Nudge()
    await Receiver(side.engine, side.safe, nudge).take([{"update_id": 1, "poll": {}}, {"broken": True}])
    async with side.owner.connect() as connection:
        assert await one(connection, "select count(*) from survivor_inbox") == 0
    assert not await nudged(nudge)


async def test_a_batch_is_kept_whole_or_not_at_all(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    nudge = Nudge()
    receiver = Receiver(side.engine, side.safe, nudge)
    dumps = json.dumps

    def fail_at_the_second(update: dict[str, int], **more: bool) -> str:
        if update["update_id"] == 2:
            raise ConnectionError
        return dumps(update, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("post.receive.json.dumps", fail_at_the_second)
        with pytest.raises(ConnectionError):
            await receiver.take([text_update(1), text_update(2), text_update(3)])
    assert not await nudged(nudge)
    await receiver.take([text_update(1), text_update(2), text_update(3)])
    async with side.owner.connect() as connection:
        found = await rows(connection, "select update_id from survivor_inbox order by serial")
    assert found == [(1,), (2,), (3,)]
