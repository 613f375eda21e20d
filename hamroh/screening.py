"""`hamroh screening score`: score answers from standard input, one JSON object a line."""

import argparse
from collections.abc import Mapping
from typing import Any

from hamroh.lines import BadLineError, answer_stdin
from triage.risk import WrongAnswersError, score
from triage.risk_instruments import instruments


def main(argv: list[str]) -> int:
    """Exit status: 0 every line scored, 1 some line had an error, 2 unknown instrument or wrong usage."""
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    name: str = asked.instrument

    def answer(_id: str, answers: Mapping[str, Any]) -> Mapping[str, object]:
        return scored(name, answers)

    return answer_stdin(answer, given="answers", beside={"instrument": name})


def scored(instrument: str, answers: Mapping[str, Any]) -> Mapping[str, object]:
    """The contract's keys for one set of answers; raises BadLineError unknown_item or bad_value."""
    try:
        found = score(instrument, answers)
    except WrongAnswersError as wrong:
        raise BadLineError(wrong.code) from None
    said: dict[str, object] = {
        "score": found.score,
        "band": found.band,
        "reasons": found.reasons,
        "missing": found.missing,
        "complete": found.complete,
    }
    return said if found.contexts is None else {**said, "contexts": found.contexts}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hamroh screening",
        allow_abbrev=False,
        description="Score a screening instrument: reads JSON objects a line on standard input.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="score")
    verb = verbs.add_parser(
        "score",
        allow_abbrev=False,
        help="score lines of answers",
        description='Reads {"id", "answers"} a line, writes {"id", "instrument", "score", "band", ...} a line.',
    )
    verb.add_argument("--instrument", required=True, choices=tuple(instruments()), metavar="NAME", help=_names())
    return parser


def _names() -> str:
    return "one of " + ", ".join(instruments())
