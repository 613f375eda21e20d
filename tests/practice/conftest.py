"""One practice Telegram for the whole folder, two bots on it, fresh people for each test."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from practice.phone import Phone
from practice.server import Running, serve

SURVIVOR_TOKEN = "7000000001:AAH-practice-token-of-the-survivors-side"
OPERATOR_TOKEN = "7000000002:AAH-practice-token-of-the-operators-side"
_numbers = itertools.count(5_000_001)

OpenPhone = Callable[..., Awaitable[Phone]]


@pytest.fixture(scope="session")
async def running() -> AsyncIterator[Running]:
    server = await serve(seed=7)
    server.add_bot(SURVIVOR_TOKEN, "yulduz_bot", "Yulduz")
    server.add_bot(OPERATOR_TOKEN, "navbat_bot", "Navbat")
    yield server
    await server.close()


@pytest.fixture(scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(scope="session")
async def aio(running: Running) -> AsyncIterator[Bot]:
    """The survivors' bot as aiogram's unchanged client."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(running.base_url))
    bot = Bot(SURVIVOR_TOKEN, session=session)
    yield bot
    await session.close()


@pytest.fixture(scope="session")
async def ptb(running: Running) -> AsyncIterator[telegram.Bot]:
    """The staff's bot as python-telegram-bot's unchanged client."""
    base = running.base_url
    bot = telegram.Bot(OPERATOR_TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")
    async with bot:
        yield bot


@pytest.fixture(autouse=True)
async def calm(running: Running) -> AsyncIterator[None]:
    """Each test begins with nothing pending, no faults and no limits."""
    for bot in running.telegram.bots.values():
        bot.updates.clear()
        bot.updates.allow([])
    yield
    running.telegram.faults.orders.clear()
    running.telegram.limits.switch(enforced=False)


@pytest.fixture
async def phone(running: Running, http: aiohttp.ClientSession) -> OpenPhone:
    """Opens a phone of a new person, on the survivors' bot unless told otherwise."""

    async def open_phone(bot: str = "yulduz_bot", first_name: str = "Zulfiya", language_code: str = "uz") -> Phone:
        number = next(_numbers)
        return await Phone.open(
            running.base_url,
            bot=bot,
            user_id=number,
            first_name=first_name,
            language_code=language_code,
            session=http,
        )

    return open_phone


@pytest.fixture
async def her(phone: OpenPhone) -> Phone:
    """A survivor who pressed Start."""
    opened = await phone()
    await opened.start()
    return opened


@pytest.fixture
async def operator(phone: OpenPhone) -> Phone:
    """A staff member who pressed Start on the staff's bot."""
    opened = await phone(bot="navbat_bot", first_name="Botir")
    await opened.start()
    return opened


Ask = Callable[..., Coroutine[Any, Any, tuple[int, str]]]


@pytest.fixture
async def ask(running: Running, http: aiohttp.ClientSession) -> Ask:
    """A bare call of the survivors' bot in JSON: its status and what Telegram says against it ("" when nothing)."""

    async def ask_raw(method: str, token: str = SURVIVOR_TOKEN, **params: object) -> tuple[int, str]:
        async with http.post(f"{running.base_url}/bot{token}/{method}", json=params) as answer:
            form = await answer.json()
            assert form["ok"] is (answer.status == 200)
            assert form.get("error_code", 200) == answer.status
            return answer.status, "" if form["ok"] else form["description"]

    return ask_raw
