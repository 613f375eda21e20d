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
            raise BrokenRowError(f"{name} line {_opened(text, key)}: {key!r} is no list of rows")


def _opened(text: str, key: str) -> int:
    """The line at which a key of the file begins."""
    found = re.search(rf'^[\[" ]*{re.escape(key)}[\]" ]*(=|$)', text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def lines_of(text: str, kind: str) -> list[int]:
    """Where the rows of a kind begin, line by line; the last entry is the line of their heading."""
    heading = re.search(rf"(?m)^[ \t]*{kind}[ \t]*=", text)
    first = heading.start() if heading else 0
    starts = [found.start() for found in re.finditer(rf"(?m)^[ \t]*(?:[\x22\x27\{{\d]|\[\[{kind}\]\])", text)]
    return [text.count("\n", 0, at) + 1 for at in [*(at for at in starts if at >= first), first]]
