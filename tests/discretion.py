"""What holds for every message that ever reaches a survivor's phone, checked over everything a story sent."""

import json
from functools import cache
from typing import Any

from dialogs.check_decoy import screens
from dialogs.deny import read_deny, telltales
from hamroh.places import LOCALES, region_of
from practice.journal import Entry
from practice.notes import masked
from practice.text import units
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import words

LANGUAGES = tuple(words().languages)


@cache
def _deny() -> Any:
    return read_deny(LOCALES / "deny.toml")


@cache
def _shows(seen: str, language: str) -> tuple[str, ...]:
    """The telltale stems in what a lock screen shows; the same few lines come again and again."""
    return tuple(f"shows {stem}" for stem in telltales(seen, language, _deny()))


def _given(params: dict[str, Any], name: str) -> Any:
    """A structured parameter, however the framework sent it."""
    value = params.get(name)
    return json.loads(value) if isinstance(value, str) else value


def _labels(params: dict[str, Any]) -> list[list[str]]:
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


def _book(hotline: Hotline) -> dict[str, str]:
    """The first lines that a screen of the cookery book may have, and the language of each."""
    region = region_of(hotline.settings)
    return {screen.first: code for code in region.decoys for screen in screens(code, region)}


def _greets() -> set[str]:
    return {words().text(language, "greet") for language in LANGUAGES}


@cache
def _first_lines() -> dict[str, str]:
    """The dull first lines, and the language of each."""
    keys = ("first.dish", "first.list", "first.menu", "first.bread")
    return {words().text(language, key): language for language in LANGUAGES for key in keys}


def _faults(entry: Entry, book: dict[str, str]) -> list[str]:
    """What is wrong with one message to her."""
    text = str(entry.params["text"])
    entities = _given(entry.params, "entities") or []
    first, *rest = text.split("\n")
    rows = _labels(entry.params)
    found = []
    if entry.method == "sendmessage":
        found += [name for name in ("protect_content", "disable_notification") if not _true(entry.params.get(name))]
    outside = first in book or (first in _first_lines() and set(rest) <= _greets())
    if not outside and not _hidden(text, entities):
        found.append("stands open")
    if not outside and first not in _first_lines():
        found.append(f"begins with {first!r}")
    language = book.get(first) or _first_lines().get(first, "en")
    found += _shows(masked(first if first not in book else text, entities), language)
    exits = {words().text(language, "exit") for language in LANGUAGES}
    if first not in book and (not rows or len(rows[-1]) != 1 or rows[-1][0] not in exits):
        found.append(f"ends with {rows[-1:]}")
    return found


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def indiscretions(hotline: Hotline) -> list[str]:
    """Everything that a message to a survivor's phone showed or left open in this hotline's life."""
    book = _book(hotline)
    return [
        f"{entry.method} {str(entry.params['text'])[:60]!r}: {fault}"
        for entry in hotline.telegram.telegram.journal.since(0)
        if entry.bot == SURVIVORS_BOT and entry.method in {"sendmessage", "editmessagetext"}
        for fault in _faults(entry, book)
    ]
