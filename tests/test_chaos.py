"""Chaos: real processes and the database are killed while people talk, and nothing that was owed is lost."""

import sys
from pathlib import Path

from hamroh.chaos import Plan, chaos

KILLS = 20


async def test_nothing_is_lost_while_twenty_processes_are_killed_in_mid_conversation(tmp_path: Path) -> None:
    figures = await chaos(tmp_path, Plan(seconds=300, kills=KILLS, seed=11, pairs=3, wanderers=1, pause=0.7))
    sys.stdout.write("\n".join(("", *figures.lines(), "")))
    assert figures.faults == ()
    assert sum(figures.kills.values()) >= KILLS
    assert {"survivors", "operators", "database"} <= figures.kills.keys()
    assert len(figures.arrived) > KILLS // 2
