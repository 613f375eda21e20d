"""The door for tests and trainers: the clock, the limits, the faults, the journal, the phones on the page."""

import asyncio

from aiohttp import web

from practice.call import Json, Refusal
from practice.faults import Fault, Kind
from practice.http import TELEGRAM
from practice.people_http import LONGEST_WAIT


def admin_routes() -> list[web.RouteDef]:
    return [
        web.get("/practice/clock", show_clock),
        web.post("/practice/clock", push_clock),
        web.post("/practice/limits", switch_limits),
        web.post("/practice/faults", order_fault),
        web.delete("/practice/faults", forget_faults),
        web.get("/practice/calls", show_calls),
        web.get("/practice/phones", show_phones),
        web.post("/practice/bots", add_bot),
        web.get("/practice/bots/{bot}", show_bot),
    ]


async def show_clock(request: web.Request) -> web.Response:
    return web.json_response({"now": request.app[TELEGRAM].clock.now()})


async def push_clock(request: web.Request) -> web.Response:
    """{"advance": seconds}"""
    clock = request.app[TELEGRAM].clock
    clock.advance(float((await request.json())["advance"]))
    return web.json_response({"now": clock.now()})


async def switch_limits(request: web.Request) -> web.Response:
    """{"enforced": true, "per_bot": 30, "per_chat": 1, "burst": 5}"""
    form: Json = await request.json()
    numbers = {name: float(form[name]) for name in ("per_bot", "per_chat", "burst") if name in form}
    request.app[TELEGRAM].limits.switch(bool(form["enforced"]), **numbers)
    return web.json_response({})


async def order_fault(request: web.Request) -> web.Response:
    """{"kind": "drop", "bot": username, "method": "sendMessage", "count": 1, "seconds": 0, "retry_after": 1,
    "chat": id}"""
    form: Json = await request.json()
    request.app[TELEGRAM].faults.order(Fault(**{**form, "kind": Kind(form["kind"])}))
    return web.json_response({})


async def forget_faults(request: web.Request) -> web.Response:
    request.app[TELEGRAM].faults.orders.clear()
    return web.json_response({})


async def show_calls(request: web.Request) -> web.Response:
    """Calls after `since`, of one `bot` and `method`, or only the `failed`; waits `timeout` seconds for the first."""
    journal, query = request.app[TELEGRAM].journal, request.query
    since, bot, method = int(query.get("since", "0")), query.get("bot", ""), query.get("method", "").lower()

    def fitting() -> list[Json]:
        return [
            entry.as_json()
            for entry in journal.since(since)
            if bot in {"", entry.bot} and method in {"", entry.method} and not (query.get("failed") and entry.ok)
        ]

    try:
        async with asyncio.timeout(min(float(query.get("timeout", "0")), LONGEST_WAIT)):
            while not fitting():
                await journal.bell.wait()
    except TimeoutError:
        pass
    return web.json_response({"seq": journal.seq, "calls": fitting()})


async def show_phones(request: web.Request) -> web.Response:
    return web.json_response(request.app[TELEGRAM].phones)


async def add_bot(request: web.Request) -> web.Response:
    """{"token": ..., "username": ..., "name": ...}"""
    form: Json = await request.json()
    try:
        bot = request.app[TELEGRAM].add_bot(form["token"], form["username"], form["name"])
    except ValueError as reason:
        raise Refusal(400, str(reason)) from None
    return web.json_response({"id": bot.id})


async def show_bot(request: web.Request) -> web.Response:
    bot = request.app[TELEGRAM].named(request.match_info["bot"])
    if bot is None:
        raise Refusal(404, "no such bot")
    form = {"id": bot.id, "username": bot.username, "names": bot.names, "webhook": bot.webhook.url}
    return web.json_response(form | {"pending": bot.updates.count(), "last_message_id": bot.last_message_id})
