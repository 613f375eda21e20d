"""One random survivor's life: each thing that happens is told, waited for, and held against the rules."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final

from dialogs.engine import STEPS
from dialogs.flows.screening import ONCE
from dialogs.kinds import Effect
from hamroh.survivors_rules import broken
from hamroh.survivors_sight import Ground, Sight, StuckError, buttons, spoken_in, step_of, step_of_call
from hamroh.survivors_talk import ASKED_ONCE
from hamroh.survivors_turn import BEFORE_SAFE, Deed, Standing, Turn
from practice.phone import Phone
from practice.telegram import Message
from triage.flags import read

# Seconds that a courtesy (the answer to a tap) may take once everything else is done.
_COURTESY = 10.0
# Longer than this and rule 1 is asked again (rule 23).
_PAUSE = 15
_ENDS: Final = frozenset({Effect.EXIT, Effect.CLEAR})
# What she types may lead out by its meaning; what that is, only the bot says.
_MAY_LEAD_OUT: Final = frozenset({"typed", "cry", "stranger", "edit", "hurry"})

Act = Callable[[], Awaitable[Deed | None]]


@dataclass(slots=True)
class Counsellor:
    """A phone at the desk that several survivors share, and which case is chosen on it."""

    phone: Phone
    chosen: int = 0
    typing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def says(self, case: int, text: str) -> None:
        """To this case, chosen first where another one is."""
        async with self.typing:
            if self.chosen != case and not text.startswith("/take"):
                await self.phone.says(f"/switch {case}")
            self.chosen = case
            await self.phone.says(text)


class BrokenLifeError(AssertionError):
    """A rule did not hold; the text is what happened to her, to the last line."""


@dataclass(slots=True)
class Life:
    """Her phone, the counsellor's beside it, how she stands, every button she ever saw, and the story so far."""

    ground: Ground
    she: Phone
    desk: Counsellor
    sight: Sight
    stands: Standing = field(default_factory=Standing)
    story: list[str] = field(default_factory=list)
    seen: list[tuple[int, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    marks: int = 0

    async def turn(self, deed: Deed, act: Act) -> None:
        """Let it happen, wait until it is over, and hold what is seen against the rules."""
        since, upto = self.ground.telegram.journal.seq, self.ground.hers.last_message_id
        newest, before = self.sight.newest(), deepcopy(self.stands)
        state = self.sight.case.state if self.sight.case else ""
        self.stands.turns += 1
        self.story.append(f"{deed.by:<5} {deed.kind} {deed.text[:70]!r}  ({state})")
        faults = []
        deed = await act() or deed
        try:
            await self.sight.settled()
            await self._courtesies(deed)
        except StuckError as stuck:
            faults.append(str(stuck))
        self._tell(since)
        self._goes_on(deed, upto)
        stood = step_of(newest) if newest else ""
        faults += broken(Turn(deed, self.sight, since, stood, state, before, self.stands))
        if faults:
            raise BrokenLifeError(self.told(faults))

    async def _courtesies(self, deed: Deed) -> None:
        bell = self.ground.telegram.journal.bell
        try:
            async with asyncio.timeout(_COURTESY):
                while any(tap.answer is None for tap in deed.taps):
                    await bell.wait()
        except TimeoutError:
            return

    def _tell(self, since: int) -> None:
        for entry in self.sight.calls(since):
            ok = "" if entry.ok else f"  ({entry.code} {entry.description})"
            named = entry.params.get("message_id") or entry.params.get("message_ids") or ""
            text = str(entry.params.get("text", "")).replace("\n", " / ")[:90]
            self.story.append(f"        {entry.method} {named} {step_of_call(entry)} {text}{ok}")

    def told(self, faults: list[str]) -> str:
        """The story, and what broke."""
        return "\n".join((f"survivor {self.sight.user_id}", *self.story, *(f"BROKEN {fault}" for fault in faults)))

    def mark(self) -> str:
        """A word that is hers alone and nobody else's."""
        self.marks += 1
        return f"h{self.sight.user_id}n{self.marks}"

    def _goes_on(self, deed: Deed, upto: int) -> None:
        """How she stands after a deed, as she herself would know it."""
        was_out = self.stands.out
        effect = deed.choice.effect if deed.choice and not was_out else None
        newest = self.sight.newest()
        step = step_of(newest) if newest else ""
        self.seen = list(dict.fromkeys([*self.seen, *self._buttons()]))
        if effect is Effect.ERASE or (deed.by == "she" and not self.stands.erased and self._is_receipt(newest)):
            self.stands = Standing(language=self.stands.language, erased=True, turns=self.stands.turns)
            self.words.clear()
            return
        if deed.by == "she":
            self.stands.erased = False
        self._comes_and_goes(deed, effect, step, upto)
        self._gives(deed, effect, step, was_out)
        self._grows_silent(deed, effect, step)
        self._sets(deed, effect)
        self._answers(deed, effect, step)
        self._speaks()

    def _is_receipt(self, newest: Message | None) -> bool:
        """Typed, a choice erases as well: what stands then has one button and says that it is done."""
        words = self.ground.words
        return newest is not None and any(words.text(code, "erased") in newest.text for code in words.offered)

    def _buttons(self) -> list[tuple[int, str]]:
        return [(message.id, data) for message in self.sight.shown() for _, data in buttons(message)]

    def _comes_and_goes(self, deed: Deed, effect: Effect | None, step: str, upto: int) -> None:
        stands = self.stands
        leaves = deed.kind in {"exit", "block", "duress"} or effect in _ENDS
        if not stands.out and (leaves or (step == "d" and deed.kind in _MAY_LEAD_OUT)):
            sent = deed.sent if deed.kind in {"exit", "duress"} else upto
            stands.out, stands.left_after = True, 0 if deed.kind == "hurry" else sent
        elif deed.kind in {"start", "code"} or (deed.kind == "hurry" and step not in {"d", ""}):
            stands.out = False

    def _gives(self, deed: Deed, effect: Effect | None, step: str, was_out: bool) -> None:
        stands = self.stands
        if deed.mark:
            (stands.never if was_out else stands.private).add(deed.mark)
        cried = deed.sent and not was_out and read(deed.text).urgency == "immediate"
        # A label may be typed as well: what she is shown then tells her that a person can read.
        shown = deed.kind == "typed" and step in {"danger", "read.suicide.now", "waiting"}
        if effect in {Effect.CONSENT, Effect.DANGER} or cried or shown or deed.kind == "hurry":
            stands.agreed = True
        elif effect is Effect.REFUSE or (deed.kind == "typed" and step == "refused"):
            stands.agreed = False
        if stands.agreed:
            stands.private.clear()

    def _grows_silent(self, deed: Deed, effect: Effect | None, step: str) -> None:
        stands = self.stands
        if deed.by == "she":
            stands.silent = 0
            stands.paused = stands.paused and step in BEFORE_SAFE and effect is not Effect.SAFE
        stands.paused = stands.paused or stands.silent >= _PAUSE

    def _sets(self, deed: Deed, effect: Effect | None) -> None:
        value = deed.choice.value if deed.choice else ""
        if effect is Effect.SET and value.startswith("when="):
            self.stands.hours = value not in {"when=onlyme", "when=never"}
        if effect is Effect.MEET and value == "yes":
            self.stands.met = True

    def _answers(self, deed: Deed, effect: Effect | None, step: str) -> None:
        """What counts as answered: a value she tapped, where that led on; before she is safe an old button does not."""
        item = STEPS[deed.step].item if deed.step in STEPS else ""
        if effect is Effect.ANEW:
            self.stands.answered -= ONCE
        elif effect in {Effect.ANSWER, Effect.SCORE} and step not in {*BEFORE_SAFE, "minor"} and deed.choice:
            if item in ASKED_ONCE and deed.choice.value not in {"", "stop"}:
                self.stands.answered.add(item)
            else:
                self.stands.answered.discard(item)

    def _speaks(self) -> None:
        """Her language: the one whose words for the way out stand under the newest screen."""
        newest = self.sight.newest()
        found = spoken_in([label for label, _ in buttons(newest)], self.ground.words) if newest else ""
        if newest is not None and found and step_of(newest) != "greet":
            self.stands = replace(self.stands, language=found)
