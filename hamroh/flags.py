"""`hamroh flags`: reads messages as JSONL and says which red flags they carry, and why."""

import json
import sys
from typing import Any

from triage.flags import Reading, read

USAGE = """usage: hamroh flags < MESSAGES.jsonl

Reads {"id","text"} a line, writes {"id","flags","urgency","why"} a line."""


def main(argv: list[str]) -> int:
    """Read standard input to its end. Exit status 0: every line read; 1: some were bad; 2: wrong usage."""
    if argv in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    if argv:
        print(USAGE, file=sys.stderr)
        return 2
    bad = False
    for raw in sys.stdin.buffer:
        if not raw.decode("utf-8", "replace").strip():
            continue
        answer = answer_line(raw)
        bad |= "error" in answer
        # A lone surrogate in an id cannot be written as UTF-8; its escape can, and reads back the same.
        line = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    return 1 if bad else 0


def answer_line(raw: bytes) -> dict[str, Any]:
    """The answer to one line: a reading, or the error `bad_line` with the id if it could be read."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError):
        return {"id": None, "error": "bad_line"}
    name = row.get("id") if isinstance(row, dict) else None
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(name, str):
        return {"id": None, "error": "bad_line"}
    if not isinstance(text, str):
        return {"id": name, "error": "bad_line"}
    return {"id": name, **as_row(read(text))}


def as_row(reading: Reading) -> dict[str, Any]:
    """A reading as the command prints it; offsets are code points of the text, the end exclusive."""
    why = [{"rule": cue.rule, "from": cue.start, "to": cue.end} for cue in reading.why]
    return {"flags": list(reading.flags), "urgency": reading.urgency, "why": why}
