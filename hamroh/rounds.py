"""The wiring of the rounds: no token, no key, two duties and a bell."""

import asyncio
import logging

from hamroh.places import Database
from hamroh.steady import beat, once, steadily
from triage import rounds as duties
from vault import bell
from vault.bell import Nudge
from vault.settings import Settings

log = logging.getLogger("hamroh.rounds")


async def rounds(settings: Settings, database: Database) -> None:
    """The rounds' process."""
    revive = database.revive
    door = await once("entering", lambda: database.enter("rounds"), revive)
    if door.owner:
        log.warning("this process entered with the owner's address: the wall between the sides is paper")
    come, offered = Nudge(), Nudge()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(
                steadily("listening", lambda: bell.listen(door.engine, bell.ROUNDS, come, offered), revive)
            )
            group.create_task(steadily("chaining", lambda: duties.chain(door.engine, come), revive))
            group.create_task(steadily("lapsing", lambda: duties.lapse(door.engine, offered), revive))
            group.create_task(steadily("tidying", lambda: duties.tidy(door.engine), revive))
            group.create_task(beat("rounds", settings.data_dir))
    finally:
        await door.engine.dispose()
