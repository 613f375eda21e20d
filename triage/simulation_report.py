"""What the simulated evenings say: waits by class under two orders, and how many operators are needed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.simulation import Answer, Evening, Habits
from triage.simulation_demand import FROM_H, HOUR_S, MINUTE_S, Demand, Scenario, calls, roster, seeded

# A person within two minutes for a red chat, ten for amber, thirty for green: OP-05 [P].
WITHIN_S = {RiskClass.IMMEDIATE: 120.0, RiskClass.HIGH: 600.0, RiskClass.ORDINARY: 1800.0}
GOAL = 0.95
MOST_OPERATORS = 400


@dataclass(frozen=True, slots=True)
class Waits:
    """How one class fared: all cases, how many left before an answer, seconds of those answered while there."""

    risk: RiskClass
    cases: int
    left: int
    answered: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """The wait that this share of the answered did not exceed; NaN if nobody was answered."""
        if not self.answered:
            return math.nan
        return self.answered[min(len(self.answered) - 1, math.ceil(share * len(self.answered)) - 1)]

    def within(self, seconds: float) -> float:
        """The share of all cases answered within so many seconds; who left before counts as not answered."""
        return sum(wait <= seconds for wait in self.answered) / self.cases if self.cases else math.nan


def play(
    demand: Demand, scenario: Scenario, operators: int, *, evenings: int, seed: int, by_risk: bool
) -> list[Answer]:
    """Answers to the real contacts from 16 to 24 o'clock, over so many evenings.

    The same seed brings the same callers, so that orders and numbers of staff are compared on the same evenings.
    """
    table = priority_table()
    habits = Habits(
        room=table.room,
        by_risk=by_risk,
        answer_s=demand.value("answer"),
        rest_after_immediate_s=demand.value("rest_after_immediate") * MINUTE_S,
        message_left_s=demand.value("message_left") * MINUTE_S,
    )
    answers: list[Answer] = []
    for number in range(evenings):
        callers, staff = seeded(seed + 2 * number), seeded(seed + 2 * number + 1)
        evening = Evening(roster(demand, operators), habits, staff)
        answers += evening.play(calls(demand, scenario, callers))
    return [one for one in answers if one.call.real and one.call.at >= FROM_H * HOUR_S]


def waits(answers: Sequence[Answer]) -> list[Waits]:
    """The answers by class, the most urgent first."""
    return [_waits(risk, [one for one in answers if one.call.risk is risk]) for risk in reversed(RiskClass)]


def _waits(risk: RiskClass, answers: Sequence[Answer]) -> Waits:
    there = sorted(one.waited_s for one in answers if not one.left)
    return Waits(risk, len(answers), len(answers) - len(there), tuple(there))


def operators_needed(demand: Demand, scenario: Scenario, *, evenings: int, seed: int) -> int | None:
    """The fewest operators at once with which 95 % of immediate cases are answered within two minutes.

    By doubling and halving, which trusts that one more operator never makes it worse; None if no number does it.
    """
    low, high = 0, 1
    while not _enough(demand, scenario, high, evenings, seed):
        low, high = high, high * 2
        if high > MOST_OPERATORS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _enough(demand, scenario, middle, evenings, seed) else (middle, high)
    return high


def _enough(demand: Demand, scenario: Scenario, operators: int, evenings: int, seed: int) -> bool:
    immediate = waits(play(demand, scenario, operators, evenings=evenings, seed=seed, by_risk=True))[0]
    return immediate.within(WITHIN_S[RiskClass.IMMEDIATE]) >= GOAL


def interval(share: float, number: int) -> tuple[float, float]:
    """The 95 % interval of a share seen in so many cases (Wilson 1927), as if each case were a draw of its own."""
    if not number:
        return 0.0, 1.0
    z2 = 1.96**2
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = 1.96 / (1 + z2 / number) * math.sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    return max(0.0, middle - half), min(1.0, middle + half)


def waits_table(by_risk: Sequence[Waits], by_arrival: Sequence[Waits]) -> str:
    """Both orders side by side, a Markdown table; minutes."""
    rows: list[Sequence[str]] = [
        ("class", "order", "cases", "left before", "median", "90 %", "longest", "in time", "95 % interval")
    ]
    for pair in zip(by_risk, by_arrival, strict=True):
        rows += [_row(one, order) for one, order in zip(pair, ("by risk", "first come"), strict=True)]
    return markdown(rows)


def _row(one: Waits, order: str) -> tuple[str, ...]:
    seconds = WITHIN_S[one.risk]
    share = one.within(seconds)
    low, high = interval(share, one.cases) if one.cases else (math.nan, math.nan)
    return (
        one.risk.word,
        order,
        str(one.cases),
        percent(one.left / one.cases if one.cases else math.nan),
        *(_minutes(one.quantile(quantile)) for quantile in (0.5, 0.9, 1)),
        f"{percent(share)} in {seconds / MINUTE_S:.0f} min",
        f"{percent(low)} to {percent(high)}",
    )


def _minutes(seconds: float) -> str:
    return "-" if math.isnan(seconds) else f"{seconds / MINUTE_S:.1f}"


def percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.1f} %"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table that also reads well as plain text; the first row is its head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
