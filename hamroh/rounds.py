"""The wiring of the rounds: no token, no key, two duties and a bell."""

import asyncio

from hamroh.places import Database
from hamroh.steady import beat, once, steadily
from triage import rounds as duties
from vault import bell
from vault.bell import Nudge
from vault.settings import Settings


async def rounds(settings: Settings, database: Database) -> None:
    """The rounds' process."""
    revive = database.revive
    door = await once("entering", lambda: database.enter("rounds"), revive)
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
