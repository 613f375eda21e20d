"""`hamroh clocks`: what each clock shows, one JSON object a line."""

import argparse
from collections.abc import Mapping
from typing import Any

from hamroh.lines import BadLineError, answer_stdin
from triage.clocks import clock_table, read


def main(argv: list[str]) -> int:
    """Exit status: 0 every line read, 1 some line had an error, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="hamroh clocks",
        allow_abbrev=False,
        description="Read medical and legal clocks: JSON objects a line on standard input.",
        epilog='Reads {"id", "given": {"clock", "answer" or "hours_ago", "answered_hours_ago"}} a line and writes '
        '{"id", "state", "left_min_h", "left_max_h", "may_be_past"}; a line that cannot be read gives "error": '
        '"bad_line", an answer, clock or figure that is none "bad_value".',
    )
    try:
        parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)

    def answer(_id: str, given: Mapping[str, Any]) -> Mapping[str, object]:
        return shown(given)

    return answer_stdin(answer, given="given", beside={})


def shown(given: Mapping[str, Any]) -> Mapping[str, object]:
    """The contract's keys for one clock; raises BadLineError bad_value. A null is a key that is not there."""
    clock, answer = _text(given.get("clock")), _text(given.get("answer"))
    table = clock_table()
    if clock is None or clock not in table.clocks or not (answer is None or answer in table.answers):
        raise BadLineError("bad_value")
    hours_ago, aged = _hours(given.get("hours_ago")), _hours(given.get("answered_hours_ago"))
    try:
        found = read(clock, answer=answer, hours_ago=hours_ago, answered_hours_ago=aged or 0)
    except ValueError:  # a number too large for a float, such as 1e400, arrives as infinity
        raise BadLineError("bad_value") from None
    return {
        "state": found.state,
        "left_min_h": found.left_min_h,
        "left_max_h": found.left_max_h,
        "may_be_past": found.may_be_past,
    }


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise BadLineError("bad_value")


def _hours(value: object) -> float | None:
    if value is None:
        return None
    # An exact type: `true` is a number to Python and no hour to us.
    if type(value) is int or type(value) is float:
        return value
    raise BadLineError("bad_value")
