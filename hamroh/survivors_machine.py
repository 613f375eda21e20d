"""The machine that thinks up random survivors: hypothesis draws each life deed by deed, and shrinks one that broke."""

from itertools import count
from typing import Protocol

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from hamroh.survivors_deeds import DEEDS
from hamroh.survivors_life import Life

_MANY = [name for name, (often, _) in DEEDS.items() for _ in range(often)]
# What a calm survivor never does: half of all lives stay inside and go deep.
_WILD = frozenset({
    "leave", "leave by word", "block", "unblock", "duress", "erase", "tap any", "label", "request", "stranger", "hurry",
})  # fmt: skip


class Lane(Protocol):
    """Where lives are lived, one after another."""

    def begin(self) -> Life:
        """A new survivor."""

    def does(self, life: Life, deed: str, number: int) -> None:
        """One deed and what follows; raises BrokenLifeError."""

    def ends(self, life: Life) -> None:
        """She goes, and her counsellor closes the case."""


def live(lane: Lane, lives: int, turns: int, dice: int, *, shrink: bool) -> None:
    """So many lives of so many turns; raises BrokenLifeError with the shortest story that breaks a rule."""

    born = count()

    @seed(dice)
    class RandomSurvivor(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.calm = False
            # Hypothesis begins with the dullest life there is, the same each time: nobody lives it.
            self.life = lane.begin() if next(born) else None

        @initialize(calm=st.booleans(), number=st.integers(0, 99))
        def arrives(self, calm: bool, number: int) -> None:
            self.calm = calm
            if self.life is not None:
                lane.does(self.life, "arrive", number)

        @rule(deed=st.sampled_from(_MANY), number=st.integers(0, 9999))
        def lives_on(self, deed: str, number: int) -> None:
            if self.life is not None:
                lane.does(self.life, "tap" if self.calm and deed in _WILD else deed, number)

        def teardown(self) -> None:
            if self.life is not None:
                lane.ends(self.life)

    run_state_machine_as_test(
        RandomSurvivor,
        settings=settings(
            max_examples=lives + 1,
            stateful_step_count=turns,
            deadline=None,
            database=None,
            derandomize=False,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        ),
    )
