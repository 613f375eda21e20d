"""Packs: instruments that belong to others, asked only where this deployment states who permitted it, in their words.

A pack is one file, `instruments/NAME.toml` of the private folder: who gave the permission and when, and the wording of
every item and band in each language it is held in. Without its file an instrument stays off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from dialogs.flows.road import LANGUAGES
from triage.risk_instruments import Instrument, Item, Permission, instruments
from triage.tables import Page, Row, read_page

FOLDER: Final = "instruments"
# A question stands on a phone's screen, with the buttons under it.
LONGEST: Final = 600

# By language, then by the id of an item or a band.
Wording = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pack:
    """One instrument that may be asked here: whose word allows it, since when, and the owner's wording."""

    name: str
    permitted_by: str
    permitted_on: date
    items: Wording
    bands: Wording

    def said(self, wording: Wording, language: str, id_: str) -> str:
        """The wording in this language, else in the first that the pack has."""
        return wording.get(language, next(iter(wording.values())))[id_]


def read_packs(private: Path | None) -> Mapping[str, Pack]:
    """The packs of the private folder by name; raises BrokenTableError with file and line."""
    folder = private / FOLDER if private is not None else None
    if folder is None or not folder.is_dir():
        return {}
    found = (read_pack(file) for file in sorted(folder.iterdir()) if not file.name.startswith("."))
    return {pack.name: pack for pack in found}


def read_pack(file: Path) -> Pack:
    """The pack in one file; raises BrokenTableError with file and line."""
    page = read_page(file, str(file))
    top = page.top()
    one = instruments().get(file.stem)
    if one is None or file.suffix != ".toml" or one.permission is not Permission.PACK:
        packs = ", ".join(name for name, each in instruments().items() if each.permission is Permission.PACK)
        raise top.refuse(f"{file.name!r} is the file of no pack; there are, each with .toml behind it: {packs}")
    by, on = top.text("permitted_by"), top.day("permitted_on")
    if not by.strip():
        raise top.refuse("permitted_by names who gave the permission", "permitted_by")
    top.asked |= {"items", "bands"}
    top.end()
    items = {item.id: item for item in one.items}
    return Pack(
        one.name, by, on, _wording(page, "items", tuple(items), items), _wording(page, "bands", _bands(one), {})
    )


def _bands(one: Instrument) -> tuple[str, ...]:
    return tuple(band.id for band in one.bands)


def _wording(page: Page, table: str, ids: tuple[str, ...], items: Mapping[str, Item]) -> Wording:
    """One table of the file, turned round: by language, then by id; every id once, in the same languages."""
    words: dict[str, dict[str, str]] = {}
    seen: list[str] = []
    for row in page.rows(table):
        id_ = row.new_id(seen)
        if id_ not in ids:
            raise row.refuse(f"{id_!r} is no id of this instrument", "id")
        if id_ in items and items[id_].confirm:
            _confirm(row, items[id_])
        said = _languages(row, tuple(words))
        for language, text in said.items():
            words.setdefault(language, {})[id_] = text
        seen.append(id_)
    missing = [id_ for id_ in ids if id_ not in seen]
    if missing:
        raise page.top().refuse(f"{table} has no wording of {', '.join(missing)}")
    return words


def _languages(row: Row, wanted: tuple[str, ...]) -> dict[str, str]:
    said = {language: row.text(language) for language in LANGUAGES if row.has(language)}
    row.end()
    if not said or (wanted and tuple(said) != wanted):
        raise row.refuse(f"the wording is needed in {', '.join(wanted) or 'a language'}, as in the rows before", "id")
    for language, text in said.items():
        if not 0 < len(text.strip()) <= LONGEST:
            raise row.refuse(f"{language} is empty or over {LONGEST} characters", language)
    return said


def _confirm(row: Row, item: Item) -> None:
    """A weight of which we are not sure is read from the form by who holds it, and must be ours."""
    if row.integer("weight") != item.weight:
        raise row.refuse(
            f"weight is the one on the form, and must be {item.weight}: on another form this pack counts wrongly",
            "weight",
        )


def in_short(packs: Mapping[str, Pack]) -> str:
    """One line for a start-up's log; "" where no pack is on."""
    each = (f"{pack.name} (permitted by {pack.permitted_by}, {pack.permitted_on})" for pack in packs.values())
    return "; ".join(each)
