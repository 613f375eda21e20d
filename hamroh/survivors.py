"""`hamroh survivors`: random survivors live through the real bot, and what they may count on is held against it."""

import argparse
import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from time import monotonic

from dialogs.words import load
from hamroh.chaos_sum import all_is_quiet, failed_calls, still_owed
from hamroh.discretion import Discretion
from hamroh.fronts import open_safe
from hamroh.logs import set_up
from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.places import LOCALES, region_of
from hamroh.practice import Practice, both_listen, invited, processes, set_up_practice
from hamroh.survivors_lane import Figures, Lane
from hamroh.survivors_life import BrokenLifeError, Counsellor
from hamroh.survivors_sight import TOO_OLD, Ground
from practice.phone import Phone
from practice.telegram import Bot
from vault import owed
from vault.database import Connection, begin, engine_for
from vault.settings import SettingsError
from vault.tables import DESK, SURVIVORS

LANES = 8


# An alert goes to everybody on duty: few counsellors keep the desk from taking all the time there is.
_LANES_A_COUNSELLOR = 3


_FIRST_SURVIVOR = 11_001


_FIRST_COUNSELLOR = 2_101


# What a random survivor brings about that no fault of ours is: a block, an ordered fault, a tap answered too late.
_EXPECTED = (
    "Forbidden: bot was blocked by the user",
    "Bad Request: message is not modified",
    "Bad Request: query is too old",
    "Internal Server Error",
    "Too Many Requests",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many survivors, of how many turns each; `on` goes on after a broken life and shrinks none."""

    survivors: int = 500
    turns: int = 60
    seed: int = 1
    lanes: int = LANES
    on: bool = False


def _bot(practice: Practice, username: str) -> Bot:
    found = practice.telegram.telegram.named(username)
    assert found is not None  # noqa: S101 - the practice made it
    return found


@asynccontextmanager
async def _ground(practice: Practice, lanes: int) -> AsyncIterator[Ground]:
    words, region = load(LOCALES), region_of(practice.settings)
    eye = engine_for(practice.database.url, pool=lanes)
    try:
        yield Ground(
            practice.telegram.telegram,
            practice.telegram.base_url,
            _bot(practice, SURVIVORS_BOT),
            _bot(practice, STAFF_BOT),
            words,
            region,
            Discretion.of(words, region),
            eye,
            {side: open_safe(practice.settings, side) for side in (SURVIVORS, DESK)},
        )
    finally:
        await eye.dispose()


async def _counsellor(practice: Practice, number: int, languages: tuple[str, ...]) -> Counsellor:
    phone = await Phone.open(practice.telegram.base_url, bot=STAFF_BOT, user_id=number, language_code="en")
    await phone.start(await invited(practice, "operator", languages))
    await phone.sees("/duty", within=60)
    await phone.says("/duty")
    return Counsellor(phone)


async def survivors(folder: Path, plan: Plan) -> Figures:
    """Let them all live; every story that broke a rule is in the figures."""
    figures = Figures()
    async with set_up_practice(folder, 0) as practice, processes(practice), AsyncExitStack() as phones:
        await both_listen(practice)
        ground = await phones.enter_async_context(_ground(practice, plan.lanes))
        desks = []
        for number in range(-(-plan.lanes // _LANES_A_COUNSELLOR)):
            desks.append(await _counsellor(practice, _FIRST_COUNSELLOR + number, ground.words.offered))
            phones.push_async_callback(desks[-1].phone.close)
        numbers, loop = count(_FIRST_SURVIVOR), asyncio.get_running_loop()
        lanes = [
            Lane(ground, loop, desks[number // _LANES_A_COUNSELLOR], numbers, figures, plan.on)
            for number in range(min(plan.lanes, plan.survivors))
        ]
        begun = monotonic()
        await _all_live(lanes, plan, figures)
        figures.seconds = monotonic() - begun
        figures.faults += await _at_the_end(practice)
    return figures


async def _all_live(lanes: list[Lane], plan: Plan, figures: Figures) -> None:
    """Each lane in a thread of its own: hypothesis thinks there, everything happens in this loop."""
    from hamroh.survivors_machine import live

    share, more = divmod(plan.survivors, len(lanes))

    def lives(place: int, lane: Lane) -> None:
        live(lane, share + (place < more), plan.turns, plan.seed * 1000 + place, shrink=not plan.on)

    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(len(lanes)) as threads:
        lived = [loop.run_in_executor(threads, lives, place, lane) for place, lane in enumerate(lanes)]
        ended = await asyncio.gather(*lived, return_exceptions=True)
    for missed in ended:
        if isinstance(missed, BaseException):
            figures.stories.append(str(missed) if isinstance(missed, BrokenLifeError) else repr(missed))


async def _unknown(connection: Connection, bot: Bot, now: int) -> list[str]:
    """What stands on a phone and is in no ledger could never be wiped; what is too old for that is let go."""
    known = {number for ids in (await owed.standing(connection, SURVIVORS)).values() for number in ids}
    found = [message for chat in bot.chats.values() for message in chat.messages.values() if message.id not in known]
    return [f"in no ledger stands {one.id}: {one.text[:40]!r}" for one in found if now - one.date < TOO_OLD]


async def _at_the_end(practice: Practice) -> list[str]:
    """What is found when all are gone: debts, calls that failed, messages in no ledger, errors in the log."""
    quiet = await all_is_quiet(practice)
    telegram = practice.telegram.telegram
    engine = engine_for(practice.database.url, pool=1)
    try:
        async with begin(engine) as connection:
            found = [
                *await still_owed(connection, quiet),
                *await _unknown(connection, _bot(practice, SURVIVORS_BOT), telegram.now()),
                *failed_calls(telegram, _EXPECTED),
            ]
    finally:
        await engine.dispose()
    log = await asyncio.to_thread((practice.settings.data_dir / "hamroh.log").read_text, "utf-8")
    return [*found, *(f"the log says: {line}" for line in log.splitlines() if " ERROR " in line)]


def main(argv: list[str]) -> int:
    """0 when no rule was broken, 1 when one was; the seed repeats the lives, not the timing."""
    parser = argparse.ArgumentParser(prog="hamroh survivors", description="Let random survivors try the bot.")
    parser.add_argument("--count", type=int, default=500, help="how many survivors (500)")
    parser.add_argument("--turns", type=int, default=60, help="how many turns each lives (60)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed thinks up the same lives (1)")
    parser.add_argument("--together", type=int, default=LANES, help=f"how many at the same time ({LANES})")
    parser.add_argument("--on", action="store_true", help="go on after a broken life, and print each as it was")
    given = parser.parse_args(argv)
    if find_spec("hypothesis") is None:
        raise SettingsError("The random survivors are thought up by hypothesis, which is not installed here.")
    set_up("survivors")
    plan = Plan(given.count, given.turns, given.seed, given.together, given.on)
    print(f"{plan.survivors} survivors of {plan.turns} turns, seed {plan.seed}", flush=True)
    base = Path(os.environ.get("HAMROH_DATA_DIR") or ".hamroh").absolute()
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix="survivors-", dir=base))
    figures = asyncio.run(survivors(folder, plan))
    print("\n".join(figures.lines()), flush=True)
    if figures.stories or figures.faults:
        print(f"The logs are kept in {folder}", flush=True)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0
