"""Random survivors: fifty lives through the real bot, and nothing that they may count on is missing."""

import sys
from pathlib import Path

from hamroh.survivors import Plan, survivors

LIVES = 50
# So many that all fifty are lived in 40 s on two idle cores; `make survivors` goes further.
TURNS = 12


async def test_fifty_random_survivors_are_answered_can_leave_and_find_a_person(tmp_path: Path) -> None:
    figures = await survivors(tmp_path, Plan(LIVES, TURNS, seed=1))
    sys.stdout.write("\n".join(("", *figures.lines(), "")))
    assert figures.stories == []
    assert figures.faults == []
    assert figures.survivors >= LIVES
    assert figures.turns >= LIVES * TURNS
    assert set(figures.deeds) >= {"leave", "tap late", "pause", "block", "storm", "hurry", "language", "edit", "send"}
