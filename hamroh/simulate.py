"""`hamroh simulate`: an evening through the real routing code, and the check of it against queueing theory."""

import argparse
import sys
from pathlib import Path

from triage.simulation_demand import Scenario, demand_table, seeded
from triage.simulation_plot import plot
from triage.simulation_report import (
    GOAL,
    WITHIN_S,
    interval,
    operators_needed,
    percent,
    play,
    waits,
    waits_table,
)
from triage.simulation_theory import LOAD, OPERATORS, TOLERANCE, Check, check


def main(argv: list[str]) -> int:
    """Exit status: 0 played, or checked and within tolerance; 1 the check failed; 2 wrong usage."""
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if asked.check:
        found = check(asked.arrivals, seeded(asked.seed))
        print(checked(found))
        return 0 if found.passed else 1
    return _evening(asked)


def _evening(asked: argparse.Namespace) -> int:
    demand = demand_table()
    scenario: Scenario = demand.scenarios[asked.scenario]
    operators = asked.operators or scenario.operators
    evenings, seed = asked.evenings, asked.seed
    by_risk, by_arrival = (
        waits(play(demand, scenario, operators, evenings=evenings, seed=seed, by_risk=order)) for order in (True, False)
    )
    title = f"{scenario.title}: {operators} operators at once"
    print(f"{title}, 16:00-24:00, {evenings} evenings played, seed {seed}\n")
    print(waits_table(by_risk, by_arrival))
    print(
        "\nWaits in minutes of those answered before they left; in time: of all cases. The figures of demand are mostly"
        "\nassumptions (demand.toml), so this orders choices and promises no wait."
    )
    if asked.plot:
        try:
            asked.plot.write_text(plot(title, by_risk, by_arrival), encoding="utf-8")
        except OSError as wrong:
            print(f"hamroh simulate: cannot write {asked.plot}: {wrong.strerror}", file=sys.stderr)
            return 2
        print(f"\nPlot: {asked.plot}")
    if not asked.no_staffing:
        print("\n" + staffing(scenario, evenings=evenings, seed=seed))
    return 0


def staffing(scenario: Scenario, *, evenings: int, seed: int) -> str:
    """The coordinator's question and its answer."""
    demand = demand_table()
    asked = f"How many operators at once so that {percent(GOAL)} of immediate cases wait under two minutes?"
    needed = operators_needed(demand, scenario, evenings=evenings, seed=seed)
    if needed is None:
        return f"{asked} No number reaches it: too many leave first."
    immediate = waits(play(demand, scenario, needed, evenings=evenings, seed=seed, by_risk=True))[0]
    share = immediate.within(WITHIN_S[immediate.risk])
    low, high = interval(share, immediate.cases)
    return f"{asked} {needed} ({percent(share)}, 95 % interval {percent(low)} to {percent(high)})."


def checked(found: Check) -> str:
    """The check as lines for a terminal."""
    return "\n".join(
        [
            f"{found.arrivals} Poisson arrivals, {OPERATORS} operators with one chat each, load {LOAD}, nobody leaves",
            f"immediate  mean wait {found.immediate_s:8.1f} s   theory {found.immediate_theory_s:8.1f} s   "
            f"off by {percent(found.off)} (at most {percent(TOLERANCE)})",
            f"everybody  mean wait {found.everybody_s:8.1f} s   theory {found.everybody_theory_s:8.1f} s",
            "passed" if found.passed else "FAILED",
        ]
    )


def _parser() -> argparse.ArgumentParser:
    scenarios = demand_table().scenarios
    parser = argparse.ArgumentParser(
        prog="hamroh simulate",
        allow_abbrev=False,
        description="Play evenings of a surge through the routing code, by risk and first come first served; "
        "scenarios: " + "; ".join(f"{one.id} ({one.title})" for one in scenarios.values()),
    )
    parser.add_argument("--scenario", choices=tuple(scenarios), default="national-surge", help="what evening it is")
    parser.add_argument("--operators", type=_positive, metavar="N", help="operators at once (default: the scenario's)")
    parser.add_argument("--evenings", type=_positive, default=40, metavar="N", help="how many to play (40)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same evenings (1)")
    parser.add_argument("--plot", type=_svg, metavar="FILE", help="write the waits as an SVG")
    parser.add_argument("--no-staffing", action="store_true", help="leave out how many operators are needed")
    parser.add_argument("--check", action="store_true", help="compare a simple queue with queueing theory instead")
    parser.add_argument("--arrivals", type=_positive, default=1_000_000, metavar="N", help="of --check (1000000)")
    return parser


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _svg(word: str) -> Path:
    if Path(word).suffix.lower() != ".svg":
        raise argparse.ArgumentTypeError("must end in .svg: that is what is written")
    return Path(word)
