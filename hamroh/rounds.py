"""The wiring of the rounds: no token, no key, two duties and a bell."""

import asyncio

from hamroh.places import Database
from hamroh.steady import beat, steadily
from triage import rounds as duties
from vault import bell
from vault.bell import Nudge
from vault.database import enter
from vault.settings import Settings


async def rounds(settings: Settings, database: Database) -> None:
    """The rounds' process."""
    door = await enter(database.for_process("rounds"), "rounds")
    revive = database.embedded.revive if database.embedded is not None else None
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
