"""Delivery to webhooks: each lane in order, one update in flight, again until a 2xx or until a day has passed."""

import asyncio
from dataclasses import dataclass, field

import aiohttp

from practice.faults import Kind
from practice.performing import Lost, perform, read_params
from practice.telegram import Bot, Telegram, Webhook
from practice.updates import Lane, Update

ANSWER_LIMIT = 60.0  # seconds a webhook may take: HttpOutboundConnection of the server
RETRY_AFTER_LIMIT = 3600  # seconds of a Retry-After that are honoured: WebhookActor::on_update_error
_NO_REPLY = {"deletewebhook", "setwebhook", "close", "logout"}


@dataclass(slots=True)
class Failure:
    error: str
    retry_after: int = 0


@dataclass(slots=True)
class Route:
    """One bot's webhook while it stands."""

    bot: Bot
    hook: Webhook
    slots: asyncio.Semaphore
    busy: set[Lane] = field(default_factory=set)

    @property
    def stands(self) -> bool:
        return self.bot.webhook is self.hook


class Delivery:
    """Runs for the life of the server in the task group of its entry."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    async def run(self) -> None:
        served: dict[int, Webhook] = {}
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_LIMIT)) as session,
            asyncio.TaskGroup() as routes,
        ):
            self.session = session
            while True:
                for bot in self.telegram.bots.values():
                    if bot.webhook.url and served.get(bot.id) is not bot.webhook:
                        served[bot.id] = bot.webhook
                        routes.create_task(self._serve(bot))
                await self.telegram.webhooks_changed.wait()

    async def _serve(self, bot: Bot) -> None:
        route = Route(bot, bot.webhook, asyncio.Semaphore(bot.webhook.max_connections))
        async with asyncio.TaskGroup() as lanes:
            tasks = []
            while route.stands:
                for lane in bot.updates.lanes():
                    if lane not in route.busy:
                        route.busy.add(lane)
                        tasks.append(lanes.create_task(self._drain(route, lane)))
                await bot.updates.bell.wait()
                tasks = [task for task in tasks if not task.done()]
            for task in tasks:
                task.cancel()

    async def _drain(self, route: Route, lane: Lane) -> None:
        """First retry at once, then after 2, 4, 8 ... seconds up to a random 60 to 120: the server's own back-off."""
        fails, delay, last = 0, 1, 0
        try:
            while route.stands and (update := route.bot.updates.of_lane(lane)):
                if update.id != last:
                    fails, delay, last = 0, 1, update.id
                async with route.slots:
                    failure = await self._post(route, update)
                if failure is None:
                    self._delivered(route, update)
                    continue
                pause = min(max(failure.retry_after, 0), RETRY_AFTER_LIMIT)
                if not pause and fails:
                    pause = delay = min(self.telegram.random.randint(60, 120), delay * 2)
                fails += 1
                await self._put_off(route, update, failure, pause)
        finally:
            route.busy.discard(lane)

    def _delivered(self, route: Route, update: Update) -> None:
        if not self.telegram.faults.strike((Kind.TWICE,), route.bot.username, chat=str(update.lane[1])):
            route.bot.updates.drop(update)

    async def _put_off(self, route: Route, update: Update, failure: Failure, pause: int) -> None:
        route.hook.error, route.hook.error_date = failure.error, self.telegram.now()
        route.bot.updates.bell.ring()
        again_at = self.telegram.clock.now() + pause
        if again_at > update.expires_at:
            route.bot.updates.drop(update)
        await self.telegram.clock.until(again_at)

    async def _post(self, route: Route, update: Update) -> Failure | None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": route.hook.secret} if route.hook.secret else {}
        try:
            async with self.session.post(
                route.hook.url, json=update.as_json(), headers=headers, allow_redirects=False
            ) as answer:
                if self.telegram.faults.strike((Kind.LOST_200,), route.bot.username):
                    return Failure("Webhook connection closed")
                if not 200 <= answer.status <= 299:
                    after = answer.headers.get("Retry-After", "")
                    words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    return Failure(words, int(after) if after.isdigit() else 0)
                await self._obey(route.bot, answer)
                return None
        except aiohttp.ClientConnectorError:
            return Failure("Connection refused")
        except TimeoutError:
            return Failure("Read timeout expired")
        except aiohttp.ClientError:
            return Failure("Webhook connection closed")

    async def _obey(self, bot: Bot, answer: aiohttp.ClientResponse) -> None:
        """A method in the response is performed, its result told to nobody."""
        if not answer.headers.get("Content-Type"):
            return
        try:
            params, files = await read_params(answer.headers, answer.content)
        except Exception:  # noqa: BLE001 - a body that is no call is none of Telegram's business
            return
        method = str(params.pop("method", "")).lower()
        if method and method not in _NO_REPLY and not method.startswith("get"):
            try:
                await perform(self.telegram, bot, method, params, files)
            except Lost:
                return
