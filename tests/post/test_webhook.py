"""The webhook: only Telegram's own secret opens it, and 200 is said only for what is committed."""

import asyncio
import hmac
import io
import json
import logging
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from post import webhook
from post.allowed import KINDS
from post.poll import TokenRefusedError
from post.receive import Receiver
from post.webhook import HEADER, Door, register, secret_for, serve
from practice.faults import Fault, Kind
from practice.phone import Phone
from practice.server import Running
from tests.post.ground import SHORTLY, TOKEN, Script, Side, drops, hangs, html, ok, refuses, text_update
from tests.vault.ground import rows
from vault.bell import Nudge

SECRET = secret_for("a long shared secret", TOKEN)
OTHERS = secret_for("a long shared secret", f"1000002:{'B' * 35}")


@dataclass(slots=True)
class Listening:
    """The listener with the survivors' door, and whoever knocks."""

    base: str
    side: Side
    nudge: Nudge
    http: aiohttp.ClientSession

    async def knock(
        self, body: Any, secret: str | None = SECRET, *, path: str = "/survivors", method: str = "POST"
    ) -> int:
        """The status that a request is answered with; its body is always empty."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if secret is None else {HEADER: secret}
        async with self.http.request(method, self.base + path, data=io.BytesIO(data), headers=headers) as answer:
            self.said = await answer.text()
            return answer.status

    said: str = ""

    async def kept(self) -> list[int]:
        """The update ids in the inbox."""
        async with self.side.owner.connect() as connection:
            return [row[0] for row in await rows(connection, "select update_id from survivor_inbox order by serial")]


@pytest.fixture
async def listening(side: Side) -> AsyncIterator[Listening]:
    nudge = Nudge()
    runner = await serve({"/survivors": Door(SECRET, Receiver(side.engine, side.safe, nudge))}, "127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        yield Listening(f"http://127.0.0.1:{runner.addresses[0][1]}", side, nudge, http)
    await runner.cleanup()


async def test_an_update_is_committed_before_it_is_acknowledged(listening: Listening) -> None:
    assert await listening.knock(text_update(7)) == 200
    assert await listening.kept() == [7]
    assert listening.said == ""


STRANGERS = {
    "no secret": None,
    "an empty one": "",
    "a wrong one": "x" * 64,
    "the other bot's": OTHERS,
    "the shared one": "a long shared secret",
    "the beginning of the right one": SECRET[:-1],
    "the right one and more": SECRET + "x",
    "the right one in capitals": SECRET.upper(),
    "one that is no ascii": "ключ",
}


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_a_stranger_learns_nothing_but_that_the_door_is_shut(listening: Listening, stranger: str) -> None:
    for body in (text_update(7), b"{", b"x" * 2_000_000):
        assert await listening.knock(body, STRANGERS[stranger]) == 401
    assert listening.said == ""
    assert await listening.kept() == []


async def test_a_secret_of_raw_bytes_is_wrong_like_any_other(listening: Listening) -> None:
    host, _, port = listening.base.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    request = (
        b"POST /survivors HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + HEADER.encode() + b": \xff\xfe\r\n\r\n{}"
    )
    writer.write(request)
    async with asyncio.timeout(SHORTLY):
        assert b" 401 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_secrets_are_compared_in_constant_time(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    compare = hmac.compare_digest

    def noticed(given: bytes, own: bytes) -> bool:
        compared.append((given, own))
        return compare(given, own)

    monkeypatch.setattr(hmac, "compare_digest", noticed)
    for secret in (SECRET, OTHERS, None):
        await listening.knock({}, secret)
    assert compared == [(given.encode(), SECRET.encode()) for given in (SECRET, OTHERS, "")]


BAD = {
    "no json": b"{",
    "nothing": b"",
    "no utf-8": b'{"update_id": 1, "x": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a text": b'"words"',
    "an endless nest": b"[" * 100_000,
}


@pytest.mark.parametrize("bad", BAD)
async def test_what_is_no_update_is_refused(listening: Listening, bad: str) -> None:
    assert await listening.knock(BAD[bad]) == 400
    assert listening.said == ""
    assert await listening.kept() == []


async def test_what_is_too_large_is_refused(listening: Listening) -> None:
    assert await listening.knock(text_update(7, "x" * 1_100_000)) == 413
    assert await listening.knock(text_update(8, "x" * 4096)) == 200
    assert await listening.kept() == [8]


async def test_other_ways_and_other_doors_are_shut(listening: Listening) -> None:
    assert await listening.knock({}, method="GET") == 405
    assert await listening.knock({}, path="/operators") == 404
    assert await listening.knock({}, path="/") == 404


async def test_what_does_not_concern_us_is_acknowledged_and_forgotten(listening: Listening) -> None:
    assert await listening.knock({"update_id": 7, "poll": {"question": "x"}}) == 200
    assert await listening.knock({}) == 200
    assert await listening.kept() == []


async def test_the_same_update_many_times_at_once_is_kept_once(listening: Listening) -> None:
    answers = await asyncio.gather(*(listening.knock(text_update(7)) for _ in range(8)))
    assert set(answers) == {200}
    assert await listening.kept() == [7]


class Away(Receiver):
    """The database is away."""

    def __init__(self) -> None:
        pass

    async def take(self, updates: Iterable[Mapping[str, Any]]) -> None:
        raise ConnectionError("canary: the database is away")


async def test_what_could_not_be_kept_is_not_acknowledged(caplog: pytest.LogCaptureFixture) -> None:
    runner = await serve({"/survivors": Door(SECRET, Away())}, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/survivors"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, json=text_update(7), headers={HEADER: SECRET}) as answer,
    ):
        assert answer.status >= 500
        assert "canary" not in await answer.text()
    await runner.cleanup()
    assert [record for record in caplog.records if record.name.startswith("hamroh")] == []


def test_each_bot_has_a_secret_of_its_own_that_telegram_takes() -> None:
    assert SECRET != OTHERS != secret_for("another shared secret", TOKEN)
    assert secret_for("a long shared secret", TOKEN) == SECRET
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", SECRET)
    assert TOKEN not in SECRET


async def test_a_lost_200_brings_the_update_again_and_it_is_kept_once(listening: Listening, telegram: Running) -> None:
    telegram.add_bot(TOKEN, "cooking_bot", "Home cooking")
    await register(telegram.base_url, TOKEN, listening.base + "/survivors", SECRET)
    telegram.telegram.faults.order(Fault(Kind.LOST_200))
    her = await Phone.open(telegram.base_url, bot="cooking_bot", user_id=5001, first_name="Amina")
    await her.start()
    await her.says("words")
    async with asyncio.timeout(SHORTLY):
        while len(await listening.kept()) < 2:
            await listening.nudge.heard(None)
    first, second = await listening.kept()
    assert second == first + 1
    assert telegram.telegram.faults.orders == []
    await her.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between failures are short."""
    monkeypatch.setattr(webhook, "_WAITS", (0.001, 0.002))
    monkeypatch.setattr(webhook, "_PATIENCE", aiohttp.ClientTimeout(total=0.2))


@pytest.mark.usefixtures("impatient")
async def test_telegram_is_told_where_until_it_has_understood(script: Script, caplog: pytest.LogCaptureFixture) -> None:
    script.acts = [refuses(500), html, drops, hangs, ok(True)]
    with caplog.at_level(logging.DEBUG, "hamroh"):
        await register(script.base, TOKEN, "https://example.test/survivors", SECRET)
    expected = {
        "url": "https://example.test/survivors",
        "secret_token": SECRET,
        "allowed_updates": list(KINDS),
    }
    assert script.asked == [("setWebhook", expected)] * 5
    assert len(caplog.records) == 4
    for hidden in (TOKEN, SECRET, "canary"):
        assert hidden not in caplog.text


@pytest.mark.usefixtures("impatient")
async def test_an_address_that_telegram_does_not_take_is_said_in_one_sentence(script: Script) -> None:
    script.acts = [refuses(500), refuses(400)]
    with pytest.raises(ConnectionError, match=r"https://example.test/survivors.*400") as refused:
        await register(script.base, TOKEN, "https://example.test/survivors", SECRET)
    for hidden in (TOKEN, SECRET, "canary"):
        assert hidden not in str(refused.value)


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_telegram_does_not_know_is_not_tried_again(script: Script, code: int) -> None:
    script.acts = [refuses(code)]
    with pytest.raises(TokenRefusedError) as refused:
        await register(script.base, TOKEN, "https://example.test/survivors", SECRET)
    assert TOKEN not in str(refused.value)
