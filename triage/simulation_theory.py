"""What queueing theory says of strict priority, and the check of the routing against it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from triage.priority_table import Room
from triage.risk_class import RiskClass
from triage.simulation import Evening, Habits
from triage.simulation_demand import Call, Turn

# One chat each, one language, nobody leaves: the model that theory has an answer for. The mix is the realistic one.
OPERATORS = 6
WORK_S = 2400.0
LOAD = 0.85
MIX: Mapping[RiskClass, float] = {RiskClass.IMMEDIATE: 0.05, RiskClass.HIGH: 0.25, RiskClass.ORDINARY: 0.70}
TOLERANCE = 0.05
LANGUAGE = frozenset({"uz"})


def erlang_c(servers: int, load: float) -> float:
    """The share that must wait at all in M/M/c, for an offered load of `servers * load` (Erlang 1917)."""
    offered = servers * load
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = offered * blocked / (server + offered * blocked)
    return blocked / (1 - load * (1 - blocked))


def mean_waits(servers: int, work_s: float, loads: Sequence[float]) -> list[float]:
    """Mean waits in seconds by class, highest first, in M/M/c with non-preemptive priority (Cobham 1954).

    `loads` is each class's share of what all servers can do; together below 1.
    """
    begun = erlang_c(servers, sum(loads)) * work_s / servers
    above = [sum(loads[:number]) for number in range(len(loads) + 1)]
    return [begun / ((1 - above[number]) * (1 - above[number + 1])) for number in range(len(loads))]


@dataclass(frozen=True, slots=True)
class Check:
    """Mean waits in seconds, simulated and by theory: of the immediate class, and of everybody."""

    arrivals: int
    immediate_s: float
    immediate_theory_s: float
    everybody_s: float
    everybody_theory_s: float

    @property
    def off(self) -> float:
        """How far the immediate mean is from theory, as a share of it."""
        return abs(self.immediate_s / self.immediate_theory_s - 1)

    @property
    def passed(self) -> bool:
        return self.off <= TOLERANCE


def check(arrivals: int, rng: Random) -> Check:
    """Play that many Poisson arrivals through the routing code and compare.

    Strict priority for one class over all others gives it Cobham's first wait whatever order the others have. Their
    order does not change the mean over everybody either, for all talks have one mean: that one must equal M/M/c.
    """
    turns = [Turn(f"o{number}", LANGUAGE, ((0.0, math.inf),)) for number in range(OPERATORS)]
    evening = Evening(turns, Habits(Room(1, 1, 1)), rng)
    sums = dict.fromkeys(MIX, 0.0)
    counts = dict.fromkeys(MIX, 0)
    for answer in evening.play(_arrivals(arrivals, rng)):
        sums[answer.call.risk] += answer.waited_s
        counts[answer.call.risk] += 1
    immediate = RiskClass.IMMEDIATE
    loads = [LOAD * MIX[immediate], LOAD * (1 - MIX[immediate])]
    return Check(
        arrivals=sum(counts.values()),
        immediate_s=sums[immediate] / counts[immediate],
        immediate_theory_s=mean_waits(OPERATORS, WORK_S, loads)[0],
        everybody_s=sum(sums.values()) / sum(counts.values()),
        everybody_theory_s=mean_waits(OPERATORS, WORK_S, [LOAD])[0],
    )


def _arrivals(number: int, rng: Random) -> Iterator[Call]:
    gap = WORK_S / OPERATORS / LOAD
    at = 0.0
    risks, weights = tuple(MIX), tuple(MIX.values())
    for case in range(number):
        at += rng.expovariate(1 / gap)
        risk = rng.choices(risks, weights)[0]
        yield Call(str(case), at, risk, LANGUAGE, rng.expovariate(1 / WORK_S))
