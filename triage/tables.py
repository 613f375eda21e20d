"""Reading our own tables from TOML files, and refusing a broken one with its file and line."""

import datetime
import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

T = TypeVar("T")

ROOM: Traversable = resources.files("triage")


class BrokenTableError(ValueError):
    """A data file says something we cannot use; the message begins with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Page:
    """One TOML file: its name for messages, its text for line numbers, what it says."""

    name: str
    text: str
    data: Mapping[str, Any]

    def line(self, header: str, nth: int, key: str) -> int:
        """The line, from 1, where `key` stands in the nth table opened by `header`; the header's own if it does not."""
        lines = self.text.splitlines()
        # What stands above every table has no header, and begins where the file does.
        opened = [number for number, line in enumerate(lines) if header and line.strip() == header]
        start = opened[nth] if nth < len(opened) else 0
        for number in range(start, len(lines)):
            if number > start and lines[number].startswith("["):
                break
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*[.=]", lines[number]):
                return number + 1
        return start + 1

    def top(self) -> "Row":
        return Row(self, self.data)

    def table(self, name: str) -> "Row":
        """The one table `[name]`."""
        row = self.data.get(name)
        if not isinstance(row, dict):
            raise self.top().refuse(f"a table [{name}] is needed")
        return Row(self, row, f"[{name}]")

    def rows(self, name: str) -> "Iterator[Row]":
        """The tables `[[name]]` in the order of the file; none at all is refused."""
        rows = self.data.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
            raise self.top().refuse(f"at least one table [[{name}]] is needed", name)
        for nth, row in enumerate(rows):
            yield Row(self, row, f"[[{name}]]", nth)


@dataclass(slots=True)
class Row:
    """One table of a page, read key by key; `end` refuses the keys that nobody asked for.

    `header` is the line that opens the table in the file and `nth` which of its kind it is, from 0: both serve
    only to name a line when the row is refused.
    """

    page: Page
    data: Mapping[str, Any]
    header: str = ""
    nth: int = 0
    asked: set[str] = field(default_factory=set)

    def refuse(self, sentence: str, key: str = "") -> BrokenTableError:
        return BrokenTableError(f"{self.page.name}:{self.page.line(self.header, self.nth, key)}: {sentence}")

    def text(self, key: str, default: str | None = None) -> str:
        return self._take(key, str, "a text", default)

    def integer(self, key: str, default: int | None = None) -> int:
        return self._take(key, int, "a whole number", default)

    def number(self, key: str) -> float:
        self.asked.add(key)
        value = self.data.get(key)
        if type(value) not in (int, float):
            raise self.refuse(f"{key} must be a number", key)
        return float(value)  # type: ignore[arg-type]  # narrowed by the line above

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._take(key, bool, "true or false", default)

    def day(self, key: str) -> datetime.date:
        return self._take(key, datetime.date, "a date, like 2026-11-24", None)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        if key not in self.data and default is not None:
            self.asked.add(key)
            return default
        values = self._take(key, list, "a list of texts", None)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(f"{key} must be a list of texts", key)
        return tuple(values)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.refuse(f"{key} is {value!r}, and must be one of {', '.join(allowed)}", key)
        return value

    def new_id(self, taken: Container[str]) -> str:
        """The row's id, which no row before it may have."""
        id_ = self.text("id")
        if not id_ or id_ in taken:
            raise self.refuse(f"the id {id_!r} is empty or comes twice", "id")
        return id_

    def has(self, key: str) -> bool:
        return key in self.data

    def end(self) -> None:
        """Refuse what was written here and never read: mostly a misspelt key."""
        for key in self.data:
            if key not in self.asked:
                raise self.refuse(f"nobody knows the key {key}", key)

    def _take(self, key: str, kind: type[T], said: str, default: T | None) -> T:
        self.asked.add(key)
        value = self.data.get(key, default)
        # An exact type: `true` is an int to Python and no whole number to us.
        if type(value) is not kind:
            problem = f"{key} must be {said}" if key in self.data else f"{key} is missing"
            raise self.refuse(problem, key)
        return value


def read_page(file: Traversable, name: str = "") -> Page:
    """The page in `file`; raises BrokenTableError when it is no TOML or no UTF-8."""
    name = name or file.name
    try:
        text = file.read_bytes().decode()
        return Page(name, text, tomllib.loads(text))
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise BrokenTableError(f"{name}:{line}: not UTF-8") from None
    except tomllib.TOMLDecodeError as wrong:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(wrong))) else len(text.splitlines())
        raise BrokenTableError(f"{name}:{line}: not TOML: {wrong}") from None
