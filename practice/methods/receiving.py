"""How a bot gets its updates: by asking (one at a time) or by a webhook, never both."""

import asyncio
import re

from practice.call import Answer, Call, Json, Refusal, bad
from practice.faults import Kind
from practice.telegram import Bot, Webhook
from practice.updates import UNASKED, Update

LONG_POLL_LIMIT = 50  # seconds: LONG_POLL_MAX_TIMEOUT of the server
BATCH_LIMIT = 100
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(call: Call) -> list[Json]:
    """Waits up to `timeout` seconds for the first update; an offset confirms all before it, a negative one all but the
    last. A second waiting call ends the first."""
    bot = call.bot
    if bot.webhook.url:
        raise Refusal(409, _WEBHOOK_ACTIVE)
    offset = call.integer("offset")
    limit = call.integer("limit", 100, 1, BATCH_LIMIT)
    timeout = call.integer("timeout", 0, 0, LONG_POLL_LIMIT)
    _allow(call)
    limit, timeout = _pace(call, offset, limit, timeout)
    if offset < 0:
        bot.updates.keep_last(-offset)
    elif offset:
        bot.updates.confirm_before(offset)
    found = bot.updates.read(limit)
    if not found and timeout:
        found = await _wait(bot, limit, timeout)
    for update in found:
        if call.telegram.faults.strike((Kind.TWICE,), bot.username, chat=str(update.lane[1])):
            bot.updates.repeat(update)
    return [update.as_json() for update in found]


async def _wait(bot: Bot, limit: int, seconds: int) -> list[Update]:
    bot.poll_turn += 1
    turn = bot.poll_turn
    bot.updates.bell.ring()
    try:
        async with asyncio.timeout(seconds):
            while True:
                await bot.updates.bell.wait()
                if bot.webhook.url:
                    raise Refusal(409, "Conflict: terminated by setWebhook request")
                if bot.poll_turn != turn:
                    raise Refusal(409, _OTHER_POLL)
                if found := bot.updates.read(limit):
                    return found
    except TimeoutError:
        return []


def _pace(call: Call, offset: int, limit: int, timeout: int) -> tuple[int, int]:
    """Who asks again with the same offset within 3 s is held for 3 s, within 0.5 s gets one update
    (process_get_updates_query of the server); kept with the other limits behind their switch."""
    now = call.telegram.clock.now()
    last, at = call.bot.poll_last
    call.bot.poll_last = offset, now
    if not call.telegram.limits.enforced or offset != last:
        return limit, timeout
    return 1 if now < at + 0.5 else limit, max(timeout, 3) if now < at + 3 else timeout


def _allow(call: Call) -> bool:
    """An omitted list leaves the old one in force, and so does one that is no list. True when it changed."""
    if not call.has("allowed_updates"):
        return False
    try:
        kinds = call.json("allowed_updates", "")
    except Refusal:
        return False
    if not isinstance(kinds, list):
        return False
    before = call.bot.updates.allowed
    call.bot.updates.allow(kinds)
    return call.bot.updates.allowed != before


def set_webhook(call: Call) -> Answer:
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    hook = Webhook(
        url=_checked(url),
        secret=_secret(call),
        max_connections=call.integer("max_connections", 40, 1, 100),
        ip_address=call.text("ip_address"),
    )
    old = call.bot.webhook
    _allow(call)
    same = (old.url, old.secret, old.max_connections) == (hook.url, hook.secret, hook.max_connections)
    if same and not call.flag("drop_pending_updates"):
        return Answer(True, "Webhook is already set")
    if call.flag("drop_pending_updates"):
        call.bot.updates.clear()
    call.bot.webhook = hook
    call.bot.updates.bell.ring()
    call.telegram.webhooks_changed.ring()
    return Answer(True, "Webhook was set")


def _checked(url: str) -> str:
    """Telegram wants https; plain http is let through on loopback only, where this server lives."""
    loopback = url.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
    if not loopback and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    return url


def _secret(call: Call) -> str:
    secret = call.text("secret_token")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    return secret


def delete_webhook(call: Call) -> Answer:
    if call.flag("drop_pending_updates"):
        call.bot.updates.clear()
    if not call.bot.webhook.url:
        return Answer(True, "Webhook is already deleted")
    call.bot.webhook = Webhook()
    call.bot.updates.bell.ring()
    call.telegram.webhooks_changed.ring()
    return Answer(True, "Webhook was deleted")


def get_webhook_info(call: Call) -> Json:
    hook = call.bot.webhook
    form: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": call.bot.updates.count(),
    }
    if hook.error_date:
        form |= {"last_error_date": hook.error_date, "last_error_message": hook.error}
    if hook.url:
        form |= {"max_connections": hook.max_connections, "ip_address": hook.ip_address or "127.0.0.1"}
    if call.bot.updates.allowed != UNASKED:
        form["allowed_updates"] = sorted(call.bot.updates.allowed)
    return form
