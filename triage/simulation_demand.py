"""What the simulation assumes: who writes when, for how long they talk, how long they wait, who works."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType

from triage.risk_class import RiskClass
from triage.tables import ROOM, Page, Row, read_page

HOUR_S = 3600.0
MINUTE_S = 60.0
FIGURES = (
    "contacts_per_case", "not_real", "immediate", "high", "talk_mu", "talk_sigma", "record", "not_real_talk",
    "message_left", "patience_urgent", "patience_other", "answer", "rest_after_immediate", "break_every", "break",
    "meal", "shift", "overlap",
)  # fmt: skip
FROM_H, OPENS_H, UNTIL_H = 16, 14, 24


@dataclass(frozen=True, slots=True)
class Figure:
    """One assumption, with its unit and where it comes from."""

    id: str
    value: float
    unit: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A place and a day: new cases a day, times the surge and the day of the week; how many work at once."""

    id: str
    title: str
    new_a_day: float
    surge: float
    day: float
    operators: int


@dataclass(frozen=True, slots=True)
class Demand:
    """The whole file. Hours as (from, to, share of the day's contacts)."""

    as_of: str
    hours: tuple[tuple[int, int, float], ...]
    figures: Mapping[str, Figure]
    languages: tuple[tuple[frozenset[str], float], ...]
    speakers: tuple[frozenset[str], ...]
    scenarios: Mapping[str, Scenario]

    def value(self, figure: str) -> float:
        return self.figures[figure].value


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody writes at `at` and waits up to `patience_s`; talk and record take `work_s`. Seconds from midnight."""

    case: str
    at: float
    risk: RiskClass
    languages: frozenset[str]
    work_s: float
    patience_s: float = math.inf
    real: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """One operator's evening: what they speak, and when they are on the queue, as (from, until) in seconds."""

    operator: str
    languages: frozenset[str]
    spells: tuple[tuple[float, float], ...]


def seeded(seed: int) -> Random:
    """Chance that can be played again: an evening keeps no secret."""
    return Random(seed)  # noqa: S311


def calls(demand: Demand, scenario: Scenario, rng: Random) -> Iterator[Call]:
    """The contacts of one evening, from 14 to 24 o'clock, in order; Poisson within each hour band."""
    number = 0
    for start, end, share in demand.hours:
        a_day = scenario.new_a_day * demand.value("contacts_per_case") * scenario.surge * scenario.day
        a_second = a_day / (1 - demand.value("not_real")) * share / ((end - start) * HOUR_S)
        at = max(start, OPENS_H) * HOUR_S + rng.expovariate(a_second)
        while at < end * HOUR_S:
            number += 1
            yield _call(demand, f"{number:05}", at, rng)
            at += rng.expovariate(a_second)


def _call(demand: Demand, case: str, at: float, rng: Random) -> Call:
    spoken = [codes for codes, _ in demand.languages]
    languages = rng.choices(spoken, [share for _, share in demand.languages])[0]
    draw = rng.random()
    talk = rng.lognormvariate(demand.value("talk_mu"), demand.value("talk_sigma"))
    patience = rng.expovariate(1 / MINUTE_S)
    if rng.random() < demand.value("not_real"):
        work = demand.value("not_real_talk") * MINUTE_S
        patience *= demand.value("patience_other")
        return Call(case, at, RiskClass.ORDINARY, languages, work, patience, real=False)
    immediate, high = demand.value("immediate"), demand.value("high")
    risk = (
        RiskClass.IMMEDIATE if draw < immediate else RiskClass.HIGH if draw < immediate + high else RiskClass.ORDINARY
    )
    patience *= demand.value("patience_other" if risk is RiskClass.ORDINARY else "patience_urgent")
    return Call(case, at, risk, languages, (talk + demand.value("record")) * MINUTE_S, patience)


def roster(demand: Demand, operators: int) -> tuple[Turn, ...]:
    """Two shifts with so many operators each, the second beginning an overlap before the first ends.

    Breaks come one operator after another, so that they are not all away at once.
    """
    length, overlap = demand.value("shift") * HOUR_S, demand.value("overlap") * MINUTE_S
    first = OPENS_H * HOUR_S
    starts = (first, first + length - overlap)
    return tuple(
        Turn(f"{shift}{number:02}", demand.speakers[number % len(demand.speakers)], _spells(demand, start, share))
        for shift, start in zip("ab", starts, strict=True)
        for number, share in ((one, one / operators) for one in range(operators))
    )


def _spells(demand: Demand, start: float, share: float) -> tuple[tuple[float, float], ...]:
    """On the queue from `start` to the overlap before the end, less the breaks, moved by a share of their distance."""
    every = demand.value("break_every") * MINUTE_S
    end = start + demand.value("shift") * HOUR_S
    at, spells = start, []
    for number, due in enumerate((start + every * (nth + share) for nth in range(1, 4)), 1):
        if due >= end:
            break
        spells.append((at, due))
        at = due + demand.value("meal" if number == 2 else "break") * MINUTE_S
    return (*spells, (at, end)) if at < end else tuple(spells)


@cache
def demand_table() -> Demand:
    """The file as shipped; raises BrokenTableError."""
    return read_demand(read_page(ROOM / "demand.toml"))


def read_demand(page: Page) -> Demand:
    """The demand that one page says; raises BrokenTableError with file and line."""
    top = page.top()
    figures = {row.text("id"): _figure(row) for row in page.rows("figures")}
    if set(figures) != set(FIGURES):
        raise top.refuse(f"figures must be exactly {', '.join(FIGURES)}", "figures")
    scenarios: dict[str, Scenario] = {}
    for row in page.rows("scenarios"):
        scenarios[row.new_id(scenarios)] = _scenario(row)
    found = Demand(
        as_of=top.text("as_of"),
        hours=tuple(_hours(row) for row in page.rows("hours")),
        figures=MappingProxyType(figures),
        languages=tuple(_languages(row) for row in page.rows("languages")),
        speakers=tuple(frozenset(row.texts("codes")) for row in page.rows("speakers")),
        scenarios=MappingProxyType(scenarios),
    )
    top.asked |= {"hours", "figures", "languages", "speakers", "scenarios"}
    top.end()
    for key, shares in (("hours", [h[2] for h in found.hours]), ("languages", [share for _, share in found.languages])):
        if not math.isclose(sum(shares), 1):
            raise next(page.rows(key)).refuse(f"the shares of {key} must add up to 1", "share")
    return found


def _figure(row: Row) -> Figure:
    mark = row.one_of("mark", ("S", "D", "P", "A"))
    figure = Figure(row.text("id"), row.number("value"), row.text("unit"), mark, row.text("source"))
    row.end()
    return figure


def _scenario(row: Row) -> Scenario:
    scenario = Scenario(
        row.text("id"), row.text("title"), row.number("new_a_day"), row.number("surge"), row.number("day"),
        row.integer("operators"),
    )  # fmt: skip
    row.end()
    return scenario


def _hours(row: Row) -> tuple[int, int, float]:
    hours = row.integer("from"), row.integer("to"), row.number("share")
    row.end()
    return hours


def _languages(row: Row) -> tuple[frozenset[str], float]:
    spoken = frozenset(row.texts("codes")), row.number("share")
    row.end()
    return spoken


__all__: Sequence[str] = (
    "FROM_H", "UNTIL_H", "Call", "Demand", "Scenario", "Turn", "calls", "demand_table", "roster",
)  # fmt: skip
