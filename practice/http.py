"""The door for bots: /bot<token>/<method> and /file/bot<token>/<path>."""

from aiohttp import web

from practice.call import Refusal
from practice.performing import Lost, perform, read_params
from practice.telegram import Bot, Telegram

TELEGRAM = web.AppKey("telegram", Telegram)
NOT_FOUND = Refusal(404, "Not Found")


def bot_routes() -> list[web.RouteDef]:
    return [
        web.get("/bot{token:[^/]+}/{method}", answer_call),
        web.post("/bot{token:[^/]+}/{method}", answer_call),
        web.get("/file/bot{token:[^/]+}/{path:.+}", give_file),
    ]


async def answer_call(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    try:
        bot = _bot(telegram, request.match_info["token"])
        params, files = await read_params(request.headers, request.content)
        params = {**request.query, **params}
        status, answer = await perform(telegram, bot, request.match_info["method"], params, files)
    except Refusal as refusal:
        return _refuse(refusal)
    except Lost:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    response = web.json_response(answer, status=status)
    if wait := answer.get("parameters", {}).get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response


def _bot(telegram: Telegram, token: str) -> Bot:
    bot = telegram.bots.get(token)
    if bot is None and not token.partition(":")[0].isdigit():
        raise Refusal(401, "Unauthorized: invalid token specified")
    if bot is None:
        raise Refusal(401, "Unauthorized")
    return bot


def _refuse(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.as_json(), status=refusal.code)


async def give_file(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    try:
        stored = _bot(telegram, request.match_info["token"]).files.at_path(request.match_info["path"])
    except Refusal as refusal:
        return _refuse(refusal)
    if stored is None:
        return _refuse(NOT_FOUND)
    return web.Response(body=stored.body, content_type="application/octet-stream")
