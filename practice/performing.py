"""One call from the door to the journal: read, struck by ordered faults, performed, written down."""

import inspect
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from multidict import CIMultiDictProxy

from practice.call import Answer, Call, Json, Refusal, Upload
from practice.faults import Kind
from practice.files import SEND_LIMIT
from practice.methods import METHODS
from practice.telegram import Bot, Telegram

Params = tuple[dict[str, Any], dict[str, Upload]]
TOO_LARGE = Refusal(413, "Request Entity Too Large")
STUMBLE = Refusal(500, "Internal Server Error")
_BEFORE = (Kind.DELAY, Kind.REFUSE, Kind.ERROR_BEFORE)
_AFTER = (Kind.DROP, Kind.SLOW_ANSWER, Kind.ERROR_AFTER)


class Lost(Exception):  # noqa: N818 - an ordered loss
    """The act was done; its answer shall not arrive."""


async def read_params(headers: CIMultiDictProxy[str], content: aiohttp.StreamReader) -> Params:
    """A body as parameters and files: JSON, urlencoded, or multipart of known or unknown length."""
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        return await _read_multipart(aiohttp.MultipartReader(headers, content))
    body = await content.read()
    if len(body) > SEND_LIMIT:
        raise TOO_LARGE
    if kind == "application/json" and body.strip():
        return _read_json(body), {}
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}
    return {}, {}


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(given, dict):
        raise Refusal(400, "Bad Request: expected a JSON object")
    return {key: value for key, value in given.items() if value is not None}


async def _read_multipart(reader: aiohttp.MultipartReader) -> Params:
    params: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, aiohttp.BodyPartReader):
            raise Refusal(400, "Bad Request: can't parse nested multipart")
        body = bytes(await part.read(decode=True))
        if len(body) > SEND_LIMIT:
            raise TOO_LARGE
        name = part.name or ""
        if part.filename is None:
            params[name] = body.decode("utf-8", "replace")
        else:
            files[name] = Upload(part.filename, part.headers.get("Content-Type", ""), body)
    return params, files


async def perform(
    telegram: Telegram, bot: Bot, method: str, params: Mapping[str, Any], files: Mapping[str, Upload]
) -> tuple[int, Json]:
    """Status and JSON of the answer, and a line in the journal. Raises Lost when a fault swallows the answer."""
    method = method.lower()
    fault = None
    try:
        result = await _act(Call(telegram, bot, method, params, files))
        fault = telegram.faults.strike(_AFTER, bot.username, method, str(params.get("chat_id", "")))
        if fault and fault.kind is Kind.ERROR_AFTER:
            raise STUMBLE
    except Refusal as refusal:
        _note(telegram, bot, method, params, files, refusal.code, refusal.description)
        return refusal.code, refusal.as_json()
    answer: Json = {"ok": True, "result": result}
    if isinstance(result, Answer):
        answer = {"ok": True, "result": result.result, "description": result.description}
    lost = fault is not None and fault.kind is Kind.DROP
    _note(telegram, bot, method, params, files, 200, "answer lost" if lost else "", answer["result"])
    if lost:
        raise Lost
    if fault is not None:
        await telegram.clock.until(telegram.clock.now() + fault.seconds)
    return 200, answer


async def _act(call: Call) -> object:
    act = METHODS.get(call.method)
    if act is None:
        raise Refusal(404, "Not Found: method not found")
    if call.telegram.clock.now() < call.bot.logged_out_until:
        raise Refusal(400, "Logged out")
    fault = call.telegram.faults.strike(_BEFORE, call.bot.username, call.method, call.text("chat_id"))
    if fault and fault.kind is Kind.REFUSE:
        raise Refusal(429, f"Too Many Requests: retry after {fault.retry_after}", fault.retry_after)
    if fault and fault.kind is Kind.ERROR_BEFORE:
        raise STUMBLE
    if fault:
        await call.telegram.clock.until(call.telegram.clock.now() + fault.seconds)
    result = act(call)
    return await result if inspect.isawaitable(result) else result


def _note(
    telegram: Telegram,
    bot: Bot,
    method: str,
    params: Mapping[str, Any],
    files: Mapping[str, Upload],
    code: int,
    description: str,
    result: object = None,
) -> None:
    sizes = {name: f"{upload.name} ({len(upload.body)} bytes)" for name, upload in files.items()}
    telegram.journal.write(telegram.clock.now(), bot.username, method, {**params, **sizes}, code, description, result)
