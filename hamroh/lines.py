"""JSON objects a line: how every command that reads them treats bad lines, and what it exits with."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, NoReturn

# Python refuses to read longer whole numbers; JSON knows no such end. Whatever is this long is out of every range of
# ours or beyond every threshold, so a shorter number of the same sign says the same.
LONGEST_NUMBER = 4000


class BadLineError(ValueError):
    """A line that cannot be answered; `code` is the word printed, `id_` the line's own id where it has one."""

    def __init__(self, code: str, id_: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.id_ = id_


def answer_lines(
    answer: Callable[[str, Mapping[str, Any]], Mapping[str, object]],
    source: Iterable[bytes],
    out: BinaryIO,
    *,
    given: str,
    beside: Mapping[str, object],
) -> int:
    """Answer each line of `source` on `out`, in order: 0 if every line was answered, 1 if some had an error.

    `given` is the key whose object is passed on with the line's id; `beside` stands in every answer and every error.
    `answer` raises BadLineError with a code. Empty and all-white lines are skipped without an answer.
    """
    status = 0
    for line in source:
        if _white(line):
            continue
        id_: str | None = None
        try:
            id_, asked = read_line(line, given)
            said = {"id": id_, **beside, **answer(id_, asked)}
        except BadLineError as bad:
            said = {"id": id_ if id_ is not None else bad.id_, **beside, "error": bad.code}
            status = 1
        # Escaped to ASCII: an id may hold half a surrogate pair, which UTF-8 cannot carry.
        out.write(json.dumps(said).encode("ascii") + b"\n")
    out.flush()
    return status


def answer_stdin(
    answer: Callable[[str, Mapping[str, Any]], Mapping[str, object]], *, given: str, beside: Mapping[str, object]
) -> int:
    """The same, from standard input to standard output."""
    return answer_lines(answer, sys.stdin.buffer, sys.stdout.buffer, given=given, beside=beside)


def read_line(line: bytes, given: str) -> tuple[str, Mapping[str, Any]]:
    """The id of a line and its object under `given`; raises BadLineError. Of a key that comes twice, the last."""
    try:
        said = json.loads(line.decode("utf-8"), parse_constant=_no_number, parse_int=_whole)
    except (ValueError, RecursionError):
        raise BadLineError("bad_line") from None
    if not isinstance(said, dict):
        raise BadLineError("bad_line")
    id_ = said.get("id")
    if not isinstance(id_, str):
        raise BadLineError("bad_line")
    if not isinstance(said.get(given), dict):
        raise BadLineError("bad_line", id_)
    return id_, said[given]


def _white(line: bytes) -> bool:
    return not line.decode("utf-8", "replace").strip()


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _whole(digits: str) -> int:
    if len(digits) <= LONGEST_NUMBER:
        return int(digits)
    return int(digits[:LONGEST_NUMBER])
