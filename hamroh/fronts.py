"""The wiring of the two fronts: keys, words, post and framework put together, and every loop started in one group."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.words import load
from hamroh.places import LOCALES, Database, region_of
from hamroh.steady import beat, once, steadily
from hamroh.words import unread
from post.buckets import Buckets, Pace
from post.poll import Poller
from post.receive import Receiver
from post.send import Mouth, Sender
from post.webhook import Door, register, secret_for, serve
from post.work import Aside, Feed, Hand, Worker
from triage.door import read_door
from triage.house import House
from triage.packs import in_short, read_packs
from vault import bell
from vault.bell import Nudge
from vault.database import Engine, begin
from vault.ring import RingFile, side_key
from vault.safe import Safe, has_published
from vault.settings import Settings
from vault.tables import DESK, SURVIVORS
from vault.turn import turn

log = logging.getLogger("hamroh.front")

PATHS = {SURVIVORS: "/survivors", DESK: "/operators"}
_KEY_SETTINGS = {SURVIVORS: "HAMROH_SURVIVOR_KEY", DESK: "HAMROH_DESK_KEY"}


@dataclass(frozen=True, slots=True)
class Front:
    """What the two fronts have in common once they are open."""

    settings: Settings
    side: str
    token: str
    engine: Engine
    database: Database
    house: House
    come: Nudge
    work: Nudge

    @property
    def safe(self) -> Safe:
        """This side's safe."""
        return self.house.safe

    def committed(self) -> None:
        """Something was committed here: there may be orders to send."""
        self.work.ring()


def open_safe(settings: Settings, side: str) -> Safe:
    """The side's ring, with its key from the settings or made at the first start, with the words that go with it."""
    given = settings.survivor_key if side == SURVIVORS else settings.desk_key
    key, made = side_key(settings.data_dir, side, given)
    if made:
        log.warning(
            "a new key was made for the %s side in %s: keep a copy of it somewhere else, or set %s",
            side,
            settings.data_dir / "keys",
            _KEY_SETTINGS[side],
        )
    if settings.ring_copy is None:
        log.warning("HAMROH_RING_COPY is empty: losing %s loses every case", settings.data_dir)
    return Safe(RingFile(settings.data_dir, side, key, settings.ring_copy))


async def open_front(settings: Settings, database: Database, process: str, side: str, token: str) -> Front:
    """Read the words, enter the database, and publish this side's key before anything is taken in."""
    words, region, shut = load(LOCALES), region_of(settings), read_door(settings.door == "closed", settings.private)
    door = await once("entering", lambda: database.enter(process), database.revive)
    if door.owner:
        log.warning("this process entered with the owner's address: the wall between the sides is paper")
    try:
        safe = open_safe(settings, side)
        await once("turning", lambda: turn(door.engine, safe, datetime.now(UTC)), database.revive)
    except BaseException:
        await door.engine.dispose()
        raise
    desk_words = load(LOCALES, "staff") if side == DESK else None
    packs = read_packs(settings.private)
    if packs and side == DESK:
        log.warning("instruments of others that the desk may ask: %s", in_short(packs))
    house = House(safe, words, region, desk_words, shut, packs=packs)
    _say_unread(house, side)
    return Front(settings, side, token, door.engine, database, house, Nudge(), Nudge())


def _say_unread(house: House, side: str) -> None:
    """What no native reader has read is said to whoever runs this, each time; never to a survivor."""
    words = house.words if side == SURVIVORS or house.desk_words is None else house.desk_words
    languages = house.languages() if side == SURVIVORS else tuple(words.languages)
    said = unread(words, languages)
    if said:
        log.warning("%s", said)


def _pace(settings: Settings) -> Pace | None:
    rate = settings.telegram_rate
    return None if rate is None else Pace(rate.per_bot, rate.per_chat, rate.burst)


async def _turns(front: Front) -> None:
    """A turn each day, a minute after midnight UTC."""
    while True:
        now = datetime.now(UTC)
        tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=1, second=0, microsecond=0)
        await asyncio.sleep((tomorrow - now).total_seconds())
        await turn(front.engine, front.safe, datetime.now(UTC))


async def _say_when_alone(front: Front) -> None:
    """The first start: while the other side has never published, work waits and it is said."""
    other = DESK if front.side == SURVIVORS else SURVIVORS
    if front.side == DESK:
        return
    async with begin(front.engine) as connection:
        if not await has_published(connection, other):
            log.warning("the desk's process has never been started: what survivors write is kept until it is")


async def _receive(front: Front, receiver: Receiver) -> None:
    settings = front.settings
    if settings.webhook_url is None or settings.webhook_secret is None or settings.listen is None:
        poller = Poller(settings.telegram_api, front.token, receiver)
        await steadily("polling", lambda: poller.run(front.engine, front.side), front.database.revive)
        return
    path = PATHS[front.side]
    secret = secret_for(settings.webhook_secret, front.token)
    runner = await serve({path: Door(secret, receiver)}, *settings.listen)
    try:
        await register(settings.telegram_api, front.token, settings.webhook_url.rstrip("/") + path, secret)
        log.info("listening for %s", path)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def run_front(
    front: Front, process: str, mouth: Mouth, feed: Feed, aside: Aside, *more: Callable[[], Awaitable[None]]
) -> None:
    """Every loop of a front, until it is cancelled: hear, work, send, listen, turn, show life."""
    receiver = Receiver(front.engine, front.safe, front.come)
    sender = Sender(front.side, mouth, Buckets(_pace(front.settings)), front.work)
    worker = Worker(front.engine, front.safe, front.come, feed, aside, front.committed)
    revive = front.database.revive
    await once("looking", lambda: _say_when_alone(front), revive)
    loops: Mapping[str, Callable[[], Awaitable[None]]] = {
        "sending": lambda: sender.run(front.engine),
        "working": worker.run,
        "listening": lambda: bell.listen(front.engine, front.side, front.come, front.work),
        "turning": lambda: _turns(front),
    }
    async with asyncio.TaskGroup() as group:
        for name, loop in loops.items():
            group.create_task(steadily(name, loop, revive))
        for extra in more:
            group.create_task(steadily("more", extra, revive))
        group.create_task(_receive(front, receiver))
        group.create_task(beat(process, front.settings.data_dir))


async def survivors(settings: Settings, database: Database) -> None:
    """The survivors' process."""
    from bot import ears, voice

    assert settings.survivor_token is not None  # noqa: S101 - asked for by the command
    front = await open_front(settings, database, "survivors", SURVIVORS, settings.survivor_token)
    bot = voice.bot_for(settings.telegram_api, front.token)
    routes = ears.dispatcher()

    async def feed(raw: Mapping[str, Any], hand: Hand) -> None:
        await ears.feed(routes, bot, front.house, raw, hand)

    async def aside(raw: Mapping[str, Any], hand: Hand) -> None:
        await ears.aside(front.house, raw, hand)

    log.warning("guidance: %s", front.house.region.statements.in_short())
    try:
        await run_front(front, "survivors", voice.mouth(bot, front.house), feed, aside)
    finally:
        await bot.session.close()
        await front.engine.dispose()


async def operators(settings: Settings, database: Database) -> None:
    """The staff's process."""
    from operators import ears, voice
    from operators.spread import spread_all

    assert settings.operator_token is not None  # noqa: S101 - asked for by the command
    front = await open_front(settings, database, "operators", DESK, settings.operator_token)
    app = ears.application(settings.telegram_api, front.token)
    await ears.get_ready(app)

    async def feed(raw: Mapping[str, Any], hand: Hand) -> None:
        await ears.feed(app, front.house, raw, hand)

    async def aside(raw: Mapping[str, Any], hand: Hand) -> None:
        await ears.aside(front.house, raw, hand)

    spreading = Nudge()
    heard = Front(
        settings, DESK, front.token, front.engine, database, front.house, front.come, _Both(front.work, spreading)
    )
    try:
        await run_front(
            heard,
            "operators",
            voice.mouth(app.bot, front.house),
            feed,
            aside,
            lambda: spread_all(front.engine, front.house, spreading, front.work),
        )
    finally:
        await app.shutdown()
        await front.engine.dispose()


class _Both(Nudge):
    """Work at the desk concerns the sender and whoever spreads; one ring wakes both, each waits for itself."""

    def __init__(self, sending: Nudge, spreading: Nudge) -> None:
        super().__init__()
        self._sending = sending
        self._spreading = spreading

    def ring(self) -> None:
        self._sending.ring()
        self._spreading.ring()

    async def heard(self, within: float | None) -> None:
        await self._sending.heard(within)
