"""Where random survivors live: a lane is a thread that thinks and a counsellor beside it; the figures of them all."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from hamroh.survivors_deeds import DEEDS, close_up
from hamroh.survivors_life import BrokenLifeError, Counsellor, Life
from hamroh.survivors_sight import Ground, Sight
from practice.phone import Phone

T = TypeVar("T")


@dataclass(slots=True)
class Figures:
    """What was lived, and what broke: a story for each broken life, a sentence for what was found at the end."""

    survivors: int = 0
    turns: int = 0
    deeds: Counter[str] = field(default_factory=Counter)
    stories: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """For people."""
        did = ", ".join(f"{deed} {many}" for deed, many in self.deeds.most_common())
        broken = len(self.stories) + len(self.faults)
        return [
            *self.stories,
            f"survivors        {self.survivors}",
            f"turns            {self.turns} ({did})",
            f"seconds          {self.seconds:.0f}",
            *(f"FAULT            {fault}" for fault in self.faults),
            "no rule was broken" if not broken else f"{broken} times a rule was broken",
        ]


@dataclass(slots=True)
class Lane:
    """A counsellor and the survivors she has one after another; lived by a thread, acted in the loop."""

    ground: Ground
    loop: asyncio.AbstractEventLoop
    desk: Counsellor
    numbers: Iterator[int]
    figures: Figures
    on: bool
    over: set[int] = field(default_factory=set)

    def _done(self, act: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result()

    def begin(self) -> Life:
        """A new survivor, whose name and username are canaries."""
        return self._done(self._begin(next(self.numbers)))

    async def _begin(self, number: int) -> Life:
        she = await Phone.open(
            self.ground.base_url,
            bot=self.ground.hers.username,
            user_id=number,
            first_name=f"Canaryname{number}",
            username=f"canaryuser{number}",
            language_code=("uz", "ru", "en", "tg", "de")[number % 5],
        )
        self.figures.survivors += 1
        self.ground.telegram.chat(self.ground.hers, self.ground.telegram.users[number])
        return Life(self.ground, she, self.desk, Sight(self.ground, number, self.desk.phone.user_id))

    def does(self, life: Life, deed: str, number: int) -> None:
        """One deed; a broken life ends here, or ends all."""
        if life.sight.user_id in self.over:
            return
        self.figures.deeds[deed] += 1
        self.figures.turns += 1
        try:
            self._done(DEEDS[deed][1](life, number))
        except BrokenLifeError as broken:
            self.over.add(life.sight.user_id)
            if not self.on:
                raise
            self.figures.stories.append(str(broken))

    def ends(self, life: Life) -> None:
        """She goes, the case is closed, the phone is put away; a broken life ends in any way it can."""
        try:
            self._done(close_up(life))
        except BrokenLifeError as broken:
            if life.sight.user_id not in self.over:
                if not self.on:
                    raise
                self.figures.stories.append(str(broken))
        finally:
            self._done(life.she.close())
