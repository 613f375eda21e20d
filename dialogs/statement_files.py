"""Reads the nation's statements and a deployment's own laws and signatures; refuses a broken file by name and key."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from dialogs.statements import About, Law, Signature, Source, Statement, Statements
from dialogs.toml import Table, read_toml

FILE: Final = "statements.toml"
# Where a region's folder has no nation beside it, the shipped one holds: nothing is said for want of a file.
SHIPPED: Final = Path(__file__).resolve().parents[1] / "regions" / "national"
_MARKS: Final = ("S", "K", "D", "?")
# A lawyer's sentence stands behind its line's lead on a screen of 600 characters.
_LONGEST_WORDS: Final = 160


def _day(table: Table, name: str) -> datetime.date:
    day = table.day(name)
    if day is None:
        raise table.wrong(name, "a date is needed, like 2026-11-24")
    return day


def _one_of(table: Table, name: str, allowed: tuple[str, ...]) -> str:
    value = table.text(name)
    if value not in allowed:
        raise table.wrong(name, f"{value!r} is not one of {', '.join(allowed)}")
    return value


def _source(table: Table, name: str) -> Source:
    table.only("says", "mark", "as_of")
    return Source(name, table.text("says"), _one_of(table, "mark", _MARKS), table.day("as_of"))


def _named(table: Table, known: Mapping[str, Source]) -> tuple[Source, ...]:
    names = table.texts("sources")
    for name in names:
        if name not in known:
            raise table.wrong("sources", f"{name!r} is no source of this file")
    return tuple(known[name] for name in names)


def _law(table: Table, key: str, known: Mapping[str, Source]) -> Law:
    table.only("asks", "seen", "sources")
    law = Law(key, table.text("asks"), table.text("seen", ""), _named(table, known))
    if bool(law.seen) != any(source.mark == "S" for source in law.sources):
        raise table.wrong("seen", "what was seen names a source marked S, and only that has a value")
    return law


def _statement(table: Table, page: Table, known: Mapping[str, Source]) -> Statement:
    table.only("id", "about", "sources", "needs", "checked_on", "review_by", "act", "clock")
    return Statement(
        table.text("id"),
        page.text("id"),
        About(_one_of(table, "about", tuple(About))),
        _named(table, known),
        table.texts("needs"),
        table.day("checked_on") or _day(page, "checked_on"),
        table.day("review_by") or _day(page, "review_by"),
        table.flag("act"),
        table.text("clock", ""),
    )


def _statements(book: Table, known: Mapping[str, Source], laws: Mapping[str, Law]) -> Mapping[str, Statement]:
    found: dict[str, Statement] = {}
    for page in book.tables("page"):
        page.only("id", "neutral", "checked_on", "review_by", "statement")
        for table in page.tables("statement"):
            statement = _statement(table, page, known)
            if statement.id in found:
                raise table.wrong("id", f"{statement.id} stands there twice")
            for need in statement.needs:
                kind, _, name = need.partition(":")
                if kind not in {"LAW", "NUM"} or (kind == "LAW" and name not in laws):
                    raise table.wrong("needs", f"{need!r} is no NUM: key and no law of this file")
            if not statement.sources and not statement.needs:
                raise table.wrong("sources", "a statement has a source, or needs what carries it")
            found[statement.id] = statement
    return found


def _own_laws(private: Path, laws: Mapping[str, Law]) -> Mapping[str, Law]:
    """The deployment's `laws.toml`: for a key, the lawyer's sentence in each language, who signed it and when."""
    file = private / "laws.toml"
    if not file.exists():
        return {}
    book = read_toml(file)
    own = {}
    for key in book.data:
        table = book.table(key)
        table.only("words", "source", "as_of", "signed_by", "signed_on")
        if key not in laws:
            raise book.wrong(key, "no statement asks for this law")
        words = table.names("words")
        for language, text in words.items():
            if len(text) > _LONGEST_WORDS:
                raise table.wrong(f"words.{language}", f"at most {_LONGEST_WORDS} characters fit on a screen")
        source = f"{table.text('source')}; signed by {table.text('signed_by')} on {_day(table, 'signed_on')}"
        own[key] = replace(laws[key], words=words, sources=(Source(key, source, "S", _day(table, "as_of")),))
    return own


def _signatures(private: Path, statements: Mapping[str, Statement]) -> tuple[Signature, ...]:
    """The deployment's `signatures.toml`: names under single statements, or under all of a mark."""
    file = private / "signatures.toml"
    if not file.exists():
        return ()
    book = read_toml(file)
    book.only("signature")
    found = []
    for table in book.tables("signature"):
        table.only("signed_by", "signed_on", "all_of_mark", "statements")
        marks, ids = table.texts("all_of_mark"), table.texts("statements")
        for mark in marks:
            if mark not in {"S", "K"}:
                raise table.wrong("all_of_mark", f"{mark!r}: only S or K can be signed as a whole")
        for name in ids:
            if name not in statements:
                raise table.wrong("statements", f"{name!r} is no statement")
        if not marks and not ids:
            raise table.wrong("statements", "a signature stands under statements, or under all of a mark")
        found.append(Signature(table.text("signed_by"), _day(table, "signed_on"), marks, ids))
    return tuple(found)


def read_statements(folder: Path, private: Path | None, numbers: frozenset[str]) -> Statements:
    """The nation's statements in `folder`, with a deployment's own laws and signatures; raises BrokenRegionError."""
    book = read_toml((folder if (folder / FILE).exists() else SHIPPED) / FILE)
    book.only("source", "law", "page")
    sources, law_tables = book.table("source"), book.table("law")
    known = {name: _source(sources.table(name), name) for name in sources.data}
    laws = {key: _law(law_tables.table(key), key, known) for key in law_tables.data}
    statements = _statements(book, known, laws)
    neutral = {page.text("id"): page.text("neutral") for page in book.tables("page")}
    if private is None:
        return Statements(statements, laws, neutral, numbers)
    return Statements(
        statements, {**laws, **_own_laws(private, laws)}, neutral, numbers, _signatures(private, statements)
    )
