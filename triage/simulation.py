"""An evening in virtual time, played through the routing code that the live desk uses."""

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import attrgetter
from random import Random

from triage.priority_table import Room, priority_table
from triage.risk_class import RiskClass
from triage.routing import Offer, Operator, Waiting, route
from triage.simulation_demand import Call, Turn

PLACE = attrgetter("place")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the staff work: their room, and times in seconds. `answer_s` 0: every offer is taken at once.

    by_risk False is first come, first served: the routing is told that everybody is ordinary.
    """

    room: Room
    by_risk: bool = True
    answer_s: float = 0
    rest_after_immediate_s: float = 0
    message_left_s: float = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """How one contact went: seconds until a person answered (infinite: never), and whether she had left by then."""

    call: Call
    waited_s: float
    left: bool


class Happening(Enum):
    """What is still to happen, besides arrivals."""

    ON = "comes on duty or back from a break"
    OFF = "goes off duty or on a break"
    DONE = "ends a talk and its record"
    RESTED = "may take cases again after an immediate one"
    CLAIM = "takes what was offered"
    LAPSE = "has let an offer lapse"
    SPARED = "may be asked again for what lapsed"
    LEAVE = "she leaves before an answer"


class Evening:
    """The queue, the staff and what is still to happen. Time moves only by what happens next."""

    def __init__(self, turns: Sequence[Turn], habits: Habits, rng: Random) -> None:
        self.habits = habits
        self.rng = rng
        self.now = 0.0
        self.queue: list[Waiting] = []
        self.calls: dict[str, Call] = {}
        self.left: set[str] = set()
        self.staff = {turn.operator: Operator(turn.operator, turn.languages, on_duty=False) for turn in turns}
        self.present: set[str] = set()
        self.resting: set[str] = set()
        self.ahead: list[tuple[float, int, Happening, str, str]] = []
        self.planned = 0
        self.asked: dict[str, int] = {}
        self.told: list[Answer] = []
        for turn in turns:
            for start, end in turn.spells:
                self._plan(start, Happening.ON, turn.operator)
                if end < math.inf:
                    self._plan(end, Happening.OFF, turn.operator)

    def play(self, calls: Iterable[Call]) -> Iterator[Answer]:
        """Every contact with how it went, as it is answered; at the end those whom nobody answered."""
        for call in calls:
            while self.ahead and self.ahead[0][0] <= call.at:
                self._happen(*heapq.heappop(self.ahead))
            self.now = call.at
            self._arrive(call)
            self._ask()
            yield from self._answers()
        while self.ahead:
            self._happen(*heapq.heappop(self.ahead))
            yield from self._answers()
        for case in self.queue:
            yield Answer(self.calls[case.case], math.inf, left=True)

    def _answers(self) -> list[Answer]:
        told, self.told = self.told, []
        return told

    def _plan(self, at: float, what: Happening, operator: str, case: str = "") -> int:
        self.planned += 1
        heapq.heappush(self.ahead, (at, self.planned, what, operator, case))
        return self.planned

    def _happen(self, at: float, number: int, what: Happening, operator: str, case: str) -> None:
        self.now = at
        if what is Happening.DONE:
            self._end(operator, case)
        elif what is Happening.LEAVE:
            self.left.add(case)
            return
        elif what in (Happening.CLAIM, Happening.LAPSE):
            # An offer that was replaced or claimed by somebody else has left its moment behind.
            if self.asked.get(operator) != number:
                return
            if what is Happening.CLAIM:
                self._claim(operator, case)
            else:
                self._lapse(operator, case)
        elif what is Happening.SPARED:
            self._spare(case, operator, spared=False)
        else:
            self._turn(operator, what)
        self._ask()

    def _arrive(self, call: Call) -> None:
        self.calls[call.case] = call
        risk = call.risk if self.habits.by_risk else RiskClass.ORDINARY
        insort(self.queue, Waiting(call.case, risk, call.languages, self.now), key=PLACE)
        if call.patience_s < math.inf:
            self._plan(call.at + call.patience_s, Happening.LEAVE, "", call.case)

    def _ask(self) -> None:
        while made := route(self.queue, self.staff.values(), self.habits.room):
            for offer in made:
                if self.habits.answer_s:
                    self._offer(offer)
                elif offer.case in self.calls:
                    self._claim(offer.operator, offer.case)
            if self.habits.answer_s:
                return

    def _offer(self, offer: Offer) -> None:
        self.staff[offer.operator] = replace(self.staff[offer.operator], offered=offer.case)
        taken_after = self.rng.expovariate(1 / self.habits.answer_s)
        lapses_after = priority_table().lapse_s[self._waiting(offer.case).risk]
        what = Happening.CLAIM if taken_after < lapses_after else Happening.LAPSE
        at = self.now + min(taken_after, lapses_after)
        self.asked[offer.operator] = self._plan(at, what, offer.operator, offer.case)

    def _claim(self, operator: str, case: str) -> None:
        call, left = self.calls.pop(case), case in self.left
        self.left.discard(case)
        del self.queue[self._index(call)]
        for one in [one for one, staff in self.staff.items() if staff.offered == case]:
            self._drop_offer(one)
        staff = self.staff[operator]
        urgent = call.risk is RiskClass.IMMEDIATE
        self.staff[operator] = replace(staff, chats=staff.chats + 1, immediate=staff.immediate + urgent)
        self.told.append(Answer(call, math.inf if left else self.now - call.at, left))
        work = self.habits.message_left_s if left else call.work_s
        self._plan(self.now + work, Happening.DONE, operator, "immediate" if urgent else "")

    def _lapse(self, operator: str, case: str) -> None:
        self._drop_offer(operator)
        self._spare(case, operator, spared=True)
        self._plan(self.now + priority_table().rest_s, Happening.SPARED, operator, case)

    def _drop_offer(self, operator: str) -> None:
        self.asked.pop(operator, None)
        self.staff[operator] = replace(self.staff[operator], offered=None)

    def _end(self, operator: str, urgent: str) -> None:
        staff = self.staff[operator]
        immediate = staff.immediate - bool(urgent)
        self.staff[operator] = replace(staff, chats=staff.chats - 1, immediate=immediate, free_since=self.now)
        if urgent and self.habits.rest_after_immediate_s:
            self._turn(operator, Happening.DONE)
            self._plan(self.now + self.habits.rest_after_immediate_s, Happening.RESTED, operator)

    def _turn(self, operator: str, what: Happening) -> None:
        """On the queue is who is present and not resting."""
        if what in (Happening.ON, Happening.OFF):
            (self.present.add if what is Happening.ON else self.present.discard)(operator)
        else:
            (self.resting.add if what is Happening.DONE else self.resting.discard)(operator)
        on_duty = operator in self.present and operator not in self.resting
        if not on_duty:
            self._drop_offer(operator)
        self.staff[operator] = replace(self.staff[operator], on_duty=on_duty)

    def _spare(self, case: str, operator: str, *, spared: bool) -> None:
        if case in self.calls:
            index = self._index(self.calls[case])
            waiting = self.queue[index]
            names = waiting.spared | {operator} if spared else waiting.spared - {operator}
            self.queue[index] = replace(waiting, spared=names)

    def _waiting(self, case: str) -> Waiting:
        return self.queue[self._index(self.calls[case])]

    def _index(self, call: Call) -> int:
        risk = call.risk if self.habits.by_risk else RiskClass.ORDINARY
        return bisect_left(self.queue, Waiting(call.case, risk, call.languages, call.at).place, key=PLACE)
