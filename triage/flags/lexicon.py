"""The lexicon: rows of words and frames read from the language files, checked, and laid out for quick look-up."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from triage.flags.keys import bones, exact_keys, plainly
from triage.flags.pattern import Pattern, parse
from triage.flags.reading import FLAGS, Flag
from triage.flags.rows import BrokenRowError, check_top, decoded, lines_of
from triage.flags.spellings import spellings
from triage.flags.suffixes import CLASSES, MARKS, Mark

KEYS = ("exact", "plain", "skeleton")
BANDS = ("immediate", "high")
WORD_FIELDS = {"id", "is", "stems", "past", "suffix", "key", "marks", "except", "example", "counter"}
FRAME_FIELDS = {"id", "any", "without", "span", "flags", "band", "example", "counter", "firm", "most"}


# Meanings of digits: name, lowest, highest.
NUMBERS = (("NUMBER_MINOR", 7, 17), ("NUMBER_GRADE", 1, 11), ("NUMBER_18", 18, 18))


@dataclass(frozen=True, slots=True)
class Entry:
    """One stem as it stands in the look-up: the meaning it carries and how its ending is read."""

    meaning: str
    suffix: str
    ending: Callable[[str], int | None]  # the suffix class at work
    marks: int
    rule: str
    never: tuple[str, ...] = ()  # beginnings of words that only look like this one


Table = dict[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Frame:
    """Meanings that stand together: what they say of danger, and how sure."""

    id: str
    patterns: tuple[Pattern, ...]
    without: frozenset[str]
    flags: tuple[Flag, ...]
    band: str
    firm: bool
    most: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row as written, for its own tests."""

    where: str
    kind: str
    data: dict[str, Any]


@dataclass(slots=True)
class Lexicon:
    """Everything the reader looks up: stems by key, frames, and the rows as written."""

    stems: dict[str, dict[str, list[Entry]]] = field(default_factory=lambda: {key: {} for key in KEYS})
    frames: list[Frame] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    leads: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # meaning -> (frame, pattern) that it leads
    # By key, the loosest first: words that stand as they are; and every beginning of a stem that takes an
    # ending, with what it means if it is all of the stem: a word is followed until no stem goes on.
    layers: tuple[tuple[Table, Table], ...] = ()

    def meanings(self) -> set[str]:
        return {entry.meaning for table in self.stems.values() for entries in table.values() for entry in entries} | {
            name for name, _, _ in NUMBERS
        }


def load() -> Lexicon:
    """Read every language file of the package; a broken row is refused with its file and line."""
    folder = files("triage.flags") / "words"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return build({name: decoded(name, (folder / name).read_bytes()) for name in names})


def build(texts: dict[str, str]) -> Lexicon:
    """Build a lexicon from file texts by name; raises BrokenRowError."""
    lexicon = Lexicon()
    for name, text in texts.items():
        _read_file(lexicon, name, text)
    _check_meanings(lexicon)
    for number, frame in enumerate(lexicon.frames):
        for order, pattern in enumerate(frame.patterns):
            for meaning in pattern.fillers[0]:
                lexicon.leads.setdefault(meaning, []).append((number, order))
    lexicon.layers = tuple(_laid_out(lexicon.stems[key]) for key in reversed(KEYS))
    return lexicon


def _laid_out(table: dict[str, list[Entry]]) -> tuple[Table, Table]:
    """Apart what is looked up once and what is followed letter by letter."""
    whole: Table = {}
    starts: Table = {}
    for stem, entries in table.items():
        alone = tuple(entry for entry in entries if entry.suffix == "whole")
        followed = tuple(entry for entry in entries if entry.suffix != "whole")
        if alone:
            whole[stem] = alone
        if followed:
            for size in range(1, len(stem)):
                starts.setdefault(stem[:size], ())
            starts[stem] = followed
    return whole, starts


def _read_file(lexicon: Lexicon, name: str, text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        found = re.search(r"line (\d+)", str(broken))
        line = found[1] if found else str(text.count("\n"))  # tomllib says "at end of document" without a number
        raise BrokenRowError(f"{name} line {line}: {broken}") from broken
    check_top(name, text, data)
    language = str(data.get("language", ""))
    for kind, add in (("words", _add_word), ("frames", _add_frame)):
        lines = lines_of(text, kind)
        for number, row in enumerate(data.get(kind, [])):
            where = f"{name} line {lines[min(number, len(lines) - 1)]}"
            try:
                add(lexicon, language, row, where)
            except (AttributeError, KeyError, TypeError, ValueError) as broken:
                raise BrokenRowError(f"{where}: {broken}") from broken
            lexicon.rows.append(Row(where, kind, row))


def _check(row: dict[str, Any], allowed: set[str], needed: set[str]) -> None:
    if not isinstance(row, dict):
        raise TypeError("a row is a table")
    if extra := set(row) - allowed:
        raise ValueError(f"unknown field {sorted(extra)[0]!r}")
    if not isinstance(row.get("id", ""), str):
        raise TypeError("field 'id' must be a text")
    if lacking := [name for name in sorted(needed) if not row.get(name)]:
        raise ValueError(f"field {lacking[0]!r} is missing")


def _add_word(lexicon: Lexicon, language: str, row: dict[str, Any], where: str) -> None:
    _check(row, WORD_FIELDS, {"id", "is", "suffix", "example", "counter"})
    if row["suffix"] not in CLASSES:
        raise ValueError(f"unknown suffix class {row['suffix']!r}")
    key = row.get("key", "skeleton")
    if key not in KEYS:
        raise ValueError(f"unknown key {key!r}")
    marks = Mark.NONE
    for mark in row.get("marks", "").split():
        marks |= MARKS[mark]
    if not (row.get("stems") or row.get("past")):
        raise ValueError("field 'stems' is missing")
    never = tuple(_key(exact, key) for exact in exact_keys(row.get("except", "").split()) if exact)
    for meaning in row["is"].split():
        for stem, mark in _stems(row):
            suffix = row["suffix"]
            if suffix == "open" and len(bones(exact_keys([stem])[0])) <= 3:
                suffix = _NOUNS.get(language, "noun")  # three letters with a free ending would catch strangers
            entry = Entry(meaning, suffix, CLASSES[suffix], marks | mark, row["id"], never)
            exact = exact_keys([stem])[0]
            _put(lexicon, key, exact if key == "exact" else spellings(exact, language)[0], entry)
            for form in spellings(exact, language)[1:] if key != "exact" else ():
                if len(bones(form)) >= 3 or entry.suffix == "whole":  # a shorter stem would catch strangers
                    _put(lexicon, key, form, entry)


def _key(exact: str, key: str) -> str:
    return bones(exact) if key == "skeleton" else plainly(exact) if key == "plain" else exact


_NOUNS = {"ru": "ru", "en": "en", "tg": "tg"}


def _put(lexicon: Lexicon, key: str, form: str, entry: Entry) -> None:
    """A row is found by every key at least as strict as its weakest."""
    stem = _key(form, key)
    if len(stem) < 2 and entry.suffix != "whole":
        raise ValueError(f"stem {stem!r} is too short for the suffix class {entry.suffix!r}")
    entries = lexicon.stems[key].setdefault(stem, [])
    if entry not in entries:
        entries.append(entry)


# Tajik verbs carry tense and negation in front: present stem with ме-, past stem bare.
_TAJIK_PRESENT = (("ме", Mark.FUT), ("наме", Mark.NEG | Mark.FUT), ("на", Mark.NEG), ("", Mark.BID), ("би", Mark.BID))
_TAJIK_PAST = (("", Mark.PAST), ("на", Mark.NEG | Mark.PAST), ("ме", Mark.PAST), ("наме", Mark.NEG | Mark.PAST))


def _stems(row: dict[str, Any]) -> Iterator[tuple[str, int]]:
    present, past = row.get("stems", "").split(), row.get("past", "").split()
    if row["suffix"] != "tg-verb":
        yield from ((stem, Mark.NONE) for stem in present + past)
        return
    for stem in present:
        yield from ((prefix + stem, mark) for prefix, mark in _TAJIK_PRESENT)
    for stem in past:
        yield from ((prefix + stem, mark) for prefix, mark in _TAJIK_PAST)


def _add_frame(lexicon: Lexicon, language: str, row: dict[str, Any], where: str) -> None:
    _check(row, FRAME_FIELDS, {"id", "any", "flags", "band", "example", "counter"})
    if row["band"] not in BANDS:
        raise ValueError(f"unknown band {row['band']!r}")
    if wrong := [flag for flag in row["flags"] if flag not in FLAGS]:
        raise ValueError(f"unknown flag {wrong[0]!r}")
    patterns = tuple(parse(text, row.get("span", 8)) for text in row["any"])
    for pattern in patterns:
        for literal in pattern.literals():
            _add_literal(lexicon, language, literal)
    lexicon.frames.append(
        Frame(row["id"], patterns, frozenset(row.get("without", "").split()), tuple(row["flags"]), row["band"],
              bool(row.get("firm", False)), int(row.get("most", 100_000)))
    )  # fmt: skip


def _add_literal(lexicon: Lexicon, language: str, literal: str) -> None:
    """A word written out in a pattern is a meaning of its own; a star lets anything follow, a tilde a noun's ending."""
    suffix = {"*": "open", "~": "noun", "^": "verb"}.get(literal[-1], "whole")
    entry = Entry(literal, suffix, CLASSES[suffix], Mark.NONE, literal)
    for form in spellings(exact_keys([literal.rstrip("*~^")])[0], language):
        _put(lexicon, "skeleton", form, entry)


def _check_meanings(lexicon: Lexicon) -> None:
    known = lexicon.meanings()
    rows = {row.data["id"]: row.where for row in lexicon.rows}
    if len(rows) != len(lexicon.rows):
        seen: set[str] = set()
        for row in lexicon.rows:
            if row.data["id"] in seen:
                raise BrokenRowError(f"{row.where}: the id {row.data['id']!r} is used twice")
            seen.add(row.data["id"])
    for frame in lexicon.frames:
        wanted = {name for pattern in frame.patterns for name in pattern.meanings()} | frame.without
        if lacking := sorted(wanted - known):
            raise BrokenRowError(f"{rows[frame.id]}: no word row means {lacking[0]!r}")
