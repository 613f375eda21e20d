"""What holds for every message that ever reaches a survivor's phone: held against the calls that a bot made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.check_decoy import screens
from dialogs.deny import Deny, read_deny, telltales
from dialogs.region import Region
from dialogs.words import Catalogs
from hamroh.places import LOCALES
from practice.journal import Entry
from practice.notes import masked
from practice.text import units

_DULL = ("first.dish", "first.list", "first.menu", "first.bread")
SAID = frozenset({"sendmessage", "editmessagetext"})


@cache
def _deny() -> Deny:
    return read_deny(LOCALES / "deny.toml")


@cache
def _shows(seen: str, language: str) -> tuple[str, ...]:
    """The telltale stems in what a lock screen shows; the same few lines come again and again."""
    return tuple(f"shows {stem}" for stem in telltales(seen, language, _deny()))


def _given(params: Mapping[str, Any], name: str) -> Any:
    """A structured parameter, however the framework sent it."""
    value = params.get(name)
    return json.loads(value) if isinstance(value, str) else value


def _labels(params: Mapping[str, Any]) -> list[list[str]]:
    markup = _given(params, "reply_markup") or {}
    return [[button["text"] for button in row] for row in markup.get("inline_keyboard", [])]


def _hidden(text: str, entities: list[dict[str, Any]]) -> bool:
    """Whether one spoiler covers all but the first line."""
    first = text.split("\n", 1)[0]
    start = units(f"{first}\n")
    return any(
        entity["type"] == "spoiler" and entity["offset"] == start and entity["length"] == units(text) - start
        for entity in entities
    )


def _true(value: object) -> bool:
    return str(value).lower() == "true"


@dataclass(frozen=True, slots=True)
class Discretion:
    """The lines that may stand open: `book` and `dull` are first lines, each with its language; `greets` and `exits`
    are whole texts and labels."""

    book: Mapping[str, str]
    dull: Mapping[str, str]
    greets: frozenset[str]
    exits: frozenset[str]

    @classmethod
    def of(cls, words: Catalogs, region: Region) -> "Discretion":
        """What these words and this region's book may show."""
        languages = tuple(words.languages)
        return cls(
            {screen.first: code for code in region.decoys for screen in screens(code, region)},
            {words.text(language, key): language for language in languages for key in _DULL},
            frozenset(words.text(language, "greet") for language in languages),
            frozenset(words.text(language, "exit") for language in languages),
        )

    def faults(self, entry: Entry) -> list[str]:
        """What is wrong with one message to her."""
        text = str(entry.params["text"])
        entities = _given(entry.params, "entities") or []
        first, *rest = text.split("\n")
        rows = _labels(entry.params)
        found = []
        if entry.method == "sendmessage":
            found += [name for name in ("protect_content", "disable_notification") if not _true(entry.params.get(name))]
        outside = first in self.book or (first in self.dull and set(rest) <= self.greets)
        if not outside and not _hidden(text, entities):
            found.append("stands open")
        if not outside and first not in self.dull:
            found.append(f"begins with {first!r}")
        language = self.book.get(first) or self.dull.get(first, "en")
        found += _shows(masked(first if first not in self.book else text, entities), language)
        overwritten = entry.method == "editmessagetext" and text in self.dull
        if first not in self.book and not overwritten and not self._leads_out(rows):
            found.append(f"ends with {rows[-1:]}")
        return found

    def _leads_out(self, rows: list[list[str]]) -> bool:
        return bool(rows) and len(rows[-1]) == 1 and rows[-1][0] in self.exits
