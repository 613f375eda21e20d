"""Where the rows of a language file stand, and the refusal that says so."""

import re
from typing import Any


class BrokenRowError(ValueError):
    """A row of the lexicon that cannot be used; the message names file and line."""


def decoded(name: str, raw: bytes) -> str:
    """The text of a file; raises BrokenRowError."""
    try:
        return raw.decode()
    except UnicodeDecodeError as broken:
        line = raw.count(b"\n", 0, broken.start) + 1
        raise BrokenRowError(f"{name} line {line}: not UTF-8") from None


def check_top(name: str, text: str, data: dict[str, Any]) -> None:
    """A misspelt table would be rows that nobody reads."""
    for key, value in data.items():
        if key not in {"language", "words", "frames"}:
            raise BrokenRowError(f"{name} line {_opened(text, key)}: nobody knows {key!r}")
        if key != "language" and not isinstance(value, list):
            raise BrokenRowError(f"{name} line {_opened(text, key)}: {key} must be a list of rows")


def _opened(text: str, key: str) -> int:
    """The line at which a key of the file begins."""
    found = re.search(rf'^[\[" ]*{re.escape(key)}[\]" ]*(=|$)', text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def lines_of(text: str, kind: str) -> list[int]:
    """The lines on which the rows of a kind begin, one each; the last entry is that of the heading.

    Counted, not looked up by id: of two rows with one id the second is the one to be shown.
    """
    heading = _opened(text, kind)
    begin = re.compile(rf"\s*(?:[\{{\x22\x27\d]|\[\[{kind}\]\])")
    rows = [line for line, said in enumerate(text.splitlines(), 1) if line >= heading and begin.match(said)]
    return [*rows, heading]
