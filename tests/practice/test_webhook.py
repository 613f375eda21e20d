"""Delivery to a webhook: the secret, the order, the patience, and replies in the response."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage
from aiogram.webhook.aiohttp_server import BaseRequestHandler
from aiohttp import web

from practice.call import Json
from practice.faults import Fault, Kind
from practice.phone import Phone
from practice.server import Running
from practice.telegram import Bot as BotState
from tests.practice.conftest import SURVIVOR_TOKEN, OpenPhone

SECRET = "practice_secret-1"


@dataclass
class Ear:
    """A webhook that writes down what it hears and answers as told, 200 when nothing is told."""

    url: str = ""
    heard: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def hear(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self.came:
            self.heard.append(update)
            self.headers.append(dict(request.headers))
            self.came.notify_all()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def hears(self, count: int) -> list[str]:
        """The texts heard so far, once there are `count`."""
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.heard) >= count)
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def ear(running: Running, aio: Bot) -> AsyncIterator[Ear]:
    ear = Ear()
    ear.gate.set()
    app = web.Application()
    app.router.add_post("/hear", ear.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hear"
    await aio.set_webhook(ear.url, secret_token=SECRET)
    yield ear
    ear.gate.set()
    await aio.delete_webhook(drop_pending_updates=True)
    await runner.cleanup()


async def once(running: Running, holds: Callable[[BotState], bool]) -> None:
    """Waits until the server has taken in the last answer."""
    bot = running.telegram.bots[SURVIVOR_TOKEN]
    async with asyncio.timeout(5):
        while not holds(bot):
            await bot.updates.bell.wait()


async def once_delivered(running: Running) -> None:
    await once(running, lambda bot: bot.updates.count() == 0)


async def test_the_secret_comes_in_the_header_and_json_is_json(ear: Ear, phone: OpenPhone) -> None:
    her = await phone()
    await her.says("salom")
    await ear.hears(1)
    assert ear.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert ear.headers[0]["Content-Type"] == "application/json"


async def test_a_failed_delivery_is_repeated_at_once_then_after_a_while(
    ear: Ear, phone: OpenPhone, running: Running, aio: Bot
) -> None:
    her = await phone()
    ear.answers = [web.Response(status=500), web.Response(status=503)]
    await her.says("salom")
    assert await ear.hears(2) == ["salom", "salom"]
    await once(running, lambda bot: "503" in bot.webhook.error)
    info = await aio.get_webhook_info()
    assert info.pending_update_count == 1
    running.advance(2)
    assert await ear.hears(3) == ["salom"] * 3
    assert len({update["update_id"] for update in ear.heard}) == 1
    info = await aio.get_webhook_info()
    assert (info.last_error_message or "").startswith("Wrong response from the webhook: 50")
    await once_delivered(running)


async def test_retry_after_is_honoured(ear: Ear, phone: OpenPhone, running: Running) -> None:
    her = await phone()
    ear.answers = [web.Response(status=429, headers={"Retry-After": "30"})]
    await her.says("salom")
    await once(running, lambda bot: bot.webhook.error != "")
    running.advance(31)
    assert await ear.hears(2) == ["salom", "salom"]
    await once_delivered(running)


async def test_one_message_is_in_flight_per_chat_and_chats_do_not_wait_for_each_other(
    ear: Ear, phone: OpenPhone, running: Running
) -> None:
    her, other = await phone(), await phone()
    ear.gate.clear()
    await her.says("bir")
    await her.says("ikki")
    await other.says("boshqa")
    assert sorted(await ear.hears(2)) == ["bir", "boshqa"]
    ear.gate.set()
    assert (await ear.hears(3))[2] == "ikki"
    await once_delivered(running)


async def test_a_lost_200_and_an_ordered_double_come_again(ear: Ear, phone: OpenPhone, running: Running) -> None:
    her = await phone()
    running.telegram.faults.order(Fault(Kind.LOST_200))
    await her.says("bir")
    assert await ear.hears(2) == ["bir", "bir"]
    await once_delivered(running)
    running.telegram.faults.order(Fault(Kind.TWICE))
    await her.says("ikki")
    assert await ear.hears(4) == ["bir", "bir", "ikki", "ikki"]
    await once_delivered(running)


async def test_nobody_listening_is_a_failure_and_the_update_waits(running: Running, aio: Bot, phone: OpenPhone) -> None:
    await aio.set_webhook("http://127.0.0.1:9/", secret_token=SECRET)
    try:
        await (await phone()).says("salom")
        await once(running, lambda bot: bot.webhook.error != "")
        info = await aio.get_webhook_info()
        assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    finally:
        await aio.delete_webhook()
    assert [update.message.text for update in await aio.get_updates() if update.message] == ["salom"]


def reply(her: Phone, **more: object) -> Json:
    return {"method": "sendMessage", "chat_id": her.user_id, "text": "javob", **more}


def as_json(her: Phone) -> web.Response:
    return web.json_response(reply(her, reply_markup={"inline_keyboard": [[{"text": "Ha", "callback_data": "a"}]]}))


def as_form(her: Phone) -> web.Response:
    text = f"method=sendMessage&chat_id={her.user_id}&text=javob"
    return web.Response(text=text, content_type="application/x-www-form-urlencoded")


class _Writer(BaseRequestHandler):
    """Only to borrow aiogram's own writing of a reply, which is multipart."""

    async def close(self) -> None: ...

    async def resolve_bot(self, request: web.Request) -> Bot:
        raise NotImplementedError

    def verify_secret(self, telegram_secret_token: str, bot: Bot) -> bool:
        return True


@pytest.mark.parametrize("form", [as_json, as_form])
async def test_a_method_in_the_response_is_performed(
    ear: Ear, phone: OpenPhone, form: Callable[[Phone], web.Response]
) -> None:
    her = await phone()
    ear.answers = [form(her)]
    await her.says("salom")
    await her.sees("javob")


async def test_aiograms_multipart_reply_is_performed(ear: Ear, phone: OpenPhone, aio: Bot) -> None:
    her = await phone()
    writer = _Writer(dispatcher=None)  # type: ignore[arg-type]
    body = writer._build_response_writer(bot=aio, result=SendMessage(chat_id=her.user_id, text="javob"))
    ear.answers = [web.Response(body=body, headers={"Content-Type": body.content_type})]
    await her.says("salom")
    await her.sees("javob")


async def test_what_asks_or_sets_webhooks_is_ignored_in_a_response(
    ear: Ear, phone: OpenPhone, aio: Bot, running: Running
) -> None:
    her = await phone()
    ear.answers = [web.json_response({"method": "deleteWebhook"}), web.json_response({"method": "getMe"})]
    await her.says("bir")
    await ear.hears(1)
    await once_delivered(running)
    assert (await aio.get_webhook_info()).url == ear.url
