"""`hamroh chaos`: real processes are killed at random moments while people talk, and nothing may be lost."""

import argparse
import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from dialogs.words import load
from hamroh.chaos_killer import Killer
from hamroh.chaos_people import LANGUAGE, Clerk, Deliveries, Pair, Person, Storm, Wanderer
from hamroh.chaos_sum import Figures, all_is_quiet, faults_in, what_still_stands
from hamroh.logs import set_up
from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.places import LOCALES
from hamroh.practice import Practice, both_listen, invited, processes, set_up_practice
from practice.phone import Phone

OPERATORS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard: `pause` is the mean of seconds between two kills. The first of both ends counts."""

    seconds: float
    kills: int
    seed: int
    pairs: int = 3
    wanderers: int = 2
    pause: float = 2.0


@asynccontextmanager
async def _people(practice: Practice, plan: Plan, storm: Storm) -> AsyncIterator[list[Person]]:
    """Everybody, each pair in its first talk."""
    await both_listen(practice)
    async with AsyncExitStack() as open_phones:
        clerks = [Clerk(await open_phones.enter_async_context(await _operator(practice, n))) for n in range(OPERATORS)]
        people: list[Person] = []
        for number in range(plan.pairs + plan.wanderers):
            phone = await Phone.open(practice.telegram.base_url, bot=SURVIVORS_BOT, user_id=1101 + number)
            await open_phones.enter_async_context(phone)
            if number < plan.pairs:
                pair = Pair(storm, number + 1, phone, clerks[number % OPERATORS])
                await pair.begin()
                people.append(pair)
            else:
                people.append(Wanderer(storm, phone))
        yield people


async def _operator(practice: Practice, number: int) -> Phone:
    phone = await Phone.open(practice.telegram.base_url, bot=STAFF_BOT, user_id=2101 + number, language_code=LANGUAGE)
    await phone.start(await invited(practice, "operator", (LANGUAGE,)))
    await phone.sees("/duty", within=60)
    await phone.says("/duty")
    return phone


async def chaos(folder: Path, plan: Plan) -> Figures:
    """Live through it once; every fault that was found is in the figures."""
    async with set_up_practice(folder, 0) as practice, processes(practice) as children:
        dice = Random(plan.seed)  # noqa: S311 - chance that can be repeated, no secret
        deliveries = Deliveries(practice.telegram.telegram, SURVIVORS_BOT)
        storm = Storm(dice, load(LOCALES), load(LOCALES, "staff"), deliveries)
        killer = Killer(practice, children, Random(plan.seed), plan.pause)  # noqa: S311 - the same
        async with _people(practice, plan, storm) as people:
            faults = await _weather(plan, storm, killer, people)
            await killer.bring_back()
            quiet = await all_is_quiet(practice)
            faults += await faults_in(practice, storm, quiet)
            for person in people:
                await person.leave()
            await all_is_quiet(practice)
            faults += what_still_stands(practice)
        faults += killer.faults
        return Figures(dict(killer.kills), killer.mid_call, deliveries.arrived, dict(storm.deeds), quiet, tuple(faults))


async def _weather(plan: Plan, storm: Storm, killer: Killer, people: list[Person]) -> list[str]:
    """The storm itself: everybody lives while the killer goes round; what they missed, as sentences."""
    lives = [asyncio.ensure_future(person.live()) for person in people]
    try:
        async with asyncio.timeout(plan.seconds):
            await killer.go_round(plan.kills)
    except TimeoutError:
        pass
    storm.over.set()
    await killer.bring_back()
    ended = await asyncio.gather(*lives, return_exceptions=True)
    return [f"{type(missed).__name__}: {missed}" for missed in ended if isinstance(missed, BaseException)]


def main(argv: list[str]) -> int:
    """0 when nothing was lost, 1 when something was; the seed repeats the choices, not the timing."""
    parser = argparse.ArgumentParser(prog="hamroh chaos", description="Break things on purpose; nothing may be lost.")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long people talk (2)")
    parser.add_argument("--kills", type=int, default=1_000_000, help="stop after so many kills")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same choices (1)")
    given = parser.parse_args(argv)
    set_up("chaos")
    base = Path(os.environ.get("HAMROH_DATA_DIR") or ".hamroh").absolute()
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix="chaos-", dir=base))
    figures = asyncio.run(chaos(folder, Plan(given.minutes * 60, given.kills, given.seed)))
    print("\n".join(figures.lines()), flush=True)
    if figures.faults:
        print(f"The logs are kept in {folder}", flush=True)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0
