"""The door for people and tests: /practice/..., JSON in and out."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from aiohttp import web

from practice import people
from practice.call import Json, Refusal
from practice.http import TELEGRAM
from practice.people import Cannot, Phone
from practice.screen import bubble, view
from practice.telegram import Message, Tap

LONGEST_WAIT = 60.0  # seconds of one long poll
Verb = Callable[[Phone, Json], object]


def people_routes() -> list[web.RouteDef]:
    chat = "/practice/chats/{user:[0-9]+}/{bot}"
    return [
        web.post("/practice/users", ensure_user),
        web.get("/practice/files/{bot}/{file}", give_bytes),
        web.get(chat, show_screen),
        web.get(chat + "/changes", wait_for_changes),
        web.get(chat + "/events", stream_events),
        web.get(chat + "/notifications", show_notifications),
        web.get(chat + "/taps/{tap}", wait_for_answer),
        web.post(chat + "/file", send_file),
        web.post(chat + "/{verb}", do),
    ]


@web.middleware
async def explain(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refusals of the practice side as JSON; other web pages may not act here."""
    origin = request.headers.get("Origin")
    if request.path.startswith("/practice/") and origin and origin != f"{request.scheme}://{request.host}":
        return web.json_response({"error": "another page may not use this"}, status=403)
    try:
        return await handler(request)
    except Cannot as cannot:
        return web.json_response({"error": str(cannot)}, status=409)
    except Refusal as refusal:
        return web.json_response({"error": refusal.description}, status=refusal.code)


def phone_of(request: web.Request) -> Phone:
    telegram = request.app[TELEGRAM]
    user = telegram.users.get(int(request.match_info["user"]))
    bot = telegram.named(request.match_info["bot"])
    if user is None or bot is None:
        raise Refusal(404, "no such person or bot")
    return Phone(telegram, telegram.chat(bot, user))


async def ensure_user(request: web.Request) -> web.Response:
    return web.json_response(asdict(people.named_or_new(request.app[TELEGRAM], await request.json())))


_FIELDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("param", "text", "label", "phone_number", "first_name", "vcard", "author"), str),
    **dict.fromkeys(("message_id", "reply_to", "row", "column", "author_id"), int),
    **dict.fromkeys(("latitude", "longitude"), (int, float)),
    "message_ids": list,
}
VERBS: dict[str, Verb] = {
    "start": lambda phone, form: people.start(phone, form.get("param") or ""),
    "say": lambda phone, form: people.say(phone, form["text"], form.get("reply_to", 0)),
    "tap": lambda phone, form: people.tap(
        phone, form["message_id"], form.get("label", ""), form.get("row", 0), form.get("column", 0)
    ),
    "press": lambda phone, form: people.press(phone, form["label"], form.get("phone_number", "")),
    "contact": lambda phone, form: people.send_contact(
        phone, form["phone_number"], form["first_name"], vcard=form.get("vcard", "")
    ),
    "location": lambda phone, form: people.send_location(phone, form["latitude"], form["longitude"]),
    "forward": lambda phone, form: people.forward(phone, form["text"], form["author"], form.get("author_id", 0)),
    "edit": lambda phone, form: people.edit(phone, form["message_id"], form["text"]),
    "delete": lambda phone, form: people.delete(phone, form["message_ids"]),
    "delete_chat": lambda phone, form: people.delete_chat(phone),
    "block": lambda phone, form: people.block(phone),
    "unblock": lambda phone, form: people.unblock(phone),
}


async def do(request: web.Request) -> web.Response:
    phone = phone_of(request)
    verb = VERBS.get(request.match_info["verb"])
    if verb is None:
        raise Refusal(404, "no such verb")
    form = _checked(await request.json() if request.can_read_body else {})
    try:
        return web.json_response(_told(phone, verb(phone, form)))
    except KeyError as missing:
        raise Cannot(f"{missing} is missing") from None


def _checked(form: Json) -> Json:
    """Only known fields of the known kind; null counts as absent."""
    for name, value in form.items():
        kind = _FIELDS.get(name)
        if kind is None or not (value is None or isinstance(value, kind)):
            raise Cannot(f"{name} is not understood")
    if not all(isinstance(number, int) for number in form.get("message_ids") or []):
        raise Cannot("message_ids are numbers")
    return {name: value for name, value in form.items() if value is not None}


def _told(phone: Phone, done: object) -> Json:
    if isinstance(done, Message):
        return bubble(phone.chat, done)
    if isinstance(done, list):
        return bubble(phone.chat, done[-1])
    if isinstance(done, Tap):
        return {"tap": done.id}
    return {"url": done} if isinstance(done, str) else {}


async def send_file(request: web.Request) -> web.Response:
    """The bytes are the body; kind, name, caption and duration stand in the query."""
    query = request.query
    message = people.send_file(
        phone_of(request),
        query["kind"],
        await request.read(),
        query.get("name", ""),
        request.content_type,
        query.get("caption", ""),
        int(query.get("duration", "0")),
    )
    return web.json_response(bubble(phone_of(request).chat, message))


async def show_screen(request: web.Request) -> web.Response:
    phone = phone_of(request)
    return web.json_response(view(phone.telegram, phone.chat))


async def wait_for_changes(request: web.Request) -> web.Response:
    """The screen as soon as its seq is past `since`; the same screen when `timeout` seconds bring nothing."""
    phone = phone_of(request)
    since = int(request.query.get("since", "0"))
    await _past(phone, since, min(float(request.query.get("timeout", "25")), LONGEST_WAIT))
    return web.json_response(view(phone.telegram, phone.chat))


async def _past(phone: Phone, since: int, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            while phone.chat.seq <= since:
                await phone.chat.bell.wait()
    except TimeoutError:
        return False
    return True


async def stream_events(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events: the whole screen at once and after each change; a comment keeps the line alive."""
    phone = phone_of(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    seq = 0
    try:
        while True:
            if await _past(phone, seq, 15.0):
                seq = phone.chat.seq
                data = json.dumps(view(phone.telegram, phone.chat), ensure_ascii=False)
                await response.write(f"id: {seq}\ndata: {data}\n\n".encode())
            else:
                await response.write(b": still here\n\n")
    except ConnectionError:
        return response


async def show_notifications(request: web.Request) -> web.Response:
    phone = phone_of(request)
    since = int(request.query.get("since", "0"))
    return web.json_response([asdict(note) for note in phone.chat.notes[since:]])


async def wait_for_answer(request: web.Request) -> web.Response:
    """What the bot answered to a tap, or null when `timeout` seconds passed."""
    phone = phone_of(request)
    pressed = phone.chat.bot.taps.get(request.match_info["tap"])
    if pressed is None:
        raise Refusal(404, "no such tap")
    try:
        async with asyncio.timeout(min(float(request.query.get("timeout", "0")), LONGEST_WAIT)):
            while pressed.answer is None:
                await phone.chat.bell.wait()
    except TimeoutError:
        return web.json_response(None)
    return web.json_response(pressed.answer)


async def give_bytes(request: web.Request) -> web.Response:
    bot = request.app[TELEGRAM].named(request.match_info["bot"])
    stored = bot.files.known.get(request.match_info["file"]) if bot else None
    if stored is None:
        raise Refusal(404, "no such file")
    # A photo, a sound and a video may be shown; anything else only saved, so that no page of a stranger runs here.
    shown = stored.mime.partition("/")[0] in {"image", "audio", "video"} and "svg" not in stored.mime
    headers = {"X-Content-Type-Options": "nosniff"} | ({} if shown else {"Content-Disposition": "attachment"})
    kind = stored.mime if shown else "application/octet-stream"
    return web.Response(body=stored.body, content_type=kind, headers=headers)
