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


def line_of(text: str, kind: str, row: object, number: int) -> int:
    """The line of a row: that of its id, or, where it has none that can be found, of the nth row in the file."""
    name = row.get("id") if isinstance(row, dict) else None
    at = text.find(f'id = "{name}"')
    if at >= 0:
        return text.count("\n", 0, at) + 1
    first = _opened(text, kind)
    rows = [line for line, said in enumerate(text.splitlines(), 1) if line > first and said.lstrip().startswith("{")]
    return rows[number] if number < len(rows) else first
