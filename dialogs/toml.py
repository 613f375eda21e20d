"""TOML tables that know their file and key, so that whatever is wrong in a bundle can be named in one sentence."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class BrokenRegionError(ValueError):
    """A file of a region's bundle is missing or wrong; names the file and the key."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: typed reading, and a refusal that says where."""

    file: Path
    key: str
    data: Mapping[str, object]

    def wrong(self, name: str, what: str) -> BrokenRegionError:
        """The refusal for one key of this table."""
        return BrokenRegionError(f"{self.file}: {'.'.join(part for part in (self.key, name) if part)}: {what}")

    def only(self, *names: str) -> None:
        """Refuses keys that nobody reads: a slip of the pen in `exit_words` must not pass unseen."""
        for name in self.data:
            if name not in names:
                raise self.wrong(name, "unknown key")

    def text(self, name: str, default: str | None = None) -> str:
        """A text; required and not empty unless a default is given."""
        value = self.data.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(name, "a text is needed")
        return value

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; absent is empty unless required."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(name, "a list of texts is needed")
        if required and not value:
            raise self.wrong(name, "at least one text is needed")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """true or false; absent is false."""
        value = self.data.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false is needed")
        return value

    def day(self, name: str) -> datetime.date | None:
        """A date (2026-11-24); absent is None."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise self.wrong(name, "a date is needed, like 2026-11-24")
        return value

    def clock(self, name: str) -> datetime.time:
        """A time of day (09:00:00), local to the region."""
        value = self.data.get(name)
        if not isinstance(value, datetime.time):
            raise self.wrong(name, "a time is needed, like 09:00:00")
        return value

    def table(self, name: str) -> "Table":
        """A table inside this one."""
        value = self.data.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, "a table is needed")
        return Table(self.file, f"{self.key}.{name}" if self.key else name, value)

    def tables(self, name: str) -> tuple["Table", ...]:
        """An array of tables, each known by its place, counted from one."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name, "an array of tables is needed")
        return tuple(Table(self.file, f"{name}[{place}]", one) for place, one in enumerate(value, 1))

    def names(self, name: str = "names") -> Mapping[str, str]:
        """A table of texts by language code."""
        inner = self.table(name)
        return {language: inner.text(language) for language in inner.data}


def read_toml(file: Path) -> Table:
    """The whole file as a table."""
    try:
        return Table(file, "", tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        raise BrokenRegionError(f"{file}: the file is missing") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenRegionError(f"{file}: cannot be read: {error}") from None
