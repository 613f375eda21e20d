"""The screening instruments as data: what each file says, and the reader that refuses a broken one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from triage.tables import ROOM, BrokenTableError, Page, Row, read_page

RULES = ("count", "sum", "trigger", "asq", "ideation", "functioning", "strangulation", "incident")
KINDS = ("yes_no", "yes_no_na", "integer", "words")
MARKS = ("S", "K", "?", "ours")


class Permission(StrEnum):
    """Whether we ship the questions (fit) or only the rule, until a deployer states a permission (pack)."""

    FIT = "fit"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its id, which answers it takes, its part in the rule, and the catalog key of its wording.

    kind: yes_no, yes_no_na ("na": cannot apply to her), integer (least to most, most None = no end), or words.
    role: the item's part in the rule of its instrument. optional: never listed as missing.
    unless_no: the item is needed unless the item named here was answered "no".
    cancels: this box, when ticked, makes the item named here unneeded and counts unless that one is "yes".
    confirm: whoever holds the published form confirms this weight before the pack is switched on.
    """

    id: str
    kind: str
    role: str
    weight: int
    optional: bool
    least: int | None
    most: int | None
    words: tuple[str, ...]
    unless_no: str
    cancels: str
    confirm: bool
    band: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A finding: its id, the lowest score that reaches it (None: the rule alone decides), the key of what is told."""

    id: str
    reached_at: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an incident may further be: holds for `types` when `item` has one of `words`, or is under `under`."""

    id: str
    item: str
    words: tuple[str, ...]
    under: int | None
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One screening instrument, whole. Ages in years; None in `bot_from` or `person_from`: never asked by that one.

    record: filled by the counsellor after the talk, and put to nobody in any words.
    """

    name: str
    rule: str
    at_least: int | None
    title: str
    purpose: str
    source: str
    mark: str
    permission: Permission
    permission_note: str
    official_wording: bool
    bot_from: int | None
    person_from: int | None
    limits: tuple[str, ...]
    record: bool
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    contexts: tuple[Context, ...]

    def item(self, id_: str) -> Item | None:
        return next((item for item in self.items if item.id == id_), None)

    def with_role(self, role: str) -> tuple[str, ...]:
        """The ids of the items that play this part, in table order."""
        return tuple(item.id for item in self.items if item.role == role)

    def band_at(self, points: int) -> str:
        """The highest band that this many points reach."""
        return [band.id for band in self.bands if band.reached_at is not None and band.reached_at <= points][-1]


@cache
def instruments() -> Mapping[str, Instrument]:
    """All instruments by name; raises BrokenTableError. A process calls this at start, to fail there and not later."""
    folder = ROOM / "instruments"
    found = {one.name: one for one in map(read_instrument, sorted(folder.iterdir(), key=lambda file: file.name))}
    return MappingProxyType(found)


def read_instrument(file: Traversable) -> Instrument:
    """The instrument in one file; raises BrokenTableError with file and line."""
    page = read_page(file)
    top = page.top()
    permission = Permission(top.one_of("permission", tuple(Permission)))
    record = top.flag("record", default=False)
    # A pack's wording belongs to others, and what is the counsellor's own record is asked of nobody.
    worded = permission is Permission.FIT and not record
    instrument = Instrument(
        name=top.text("name"),
        rule=top.one_of("rule", RULES),
        at_least=top.integer("at_least") if top.has("at_least") else None,
        title=top.text("title"),
        purpose=top.text("purpose"),
        source=top.text("source"),
        mark=top.one_of("mark", MARKS),
        permission=permission,
        permission_note=top.text("permission_note"),
        official_wording=top.flag("official_wording", default=False),
        bot_from=_age(top, "bot_from"),
        person_from=_age(top, "person_from"),
        limits=top.texts("limits"),
        record=record,
        items=tuple(_item(row, permission, worded) for row in page.rows("items")),
        bands=tuple(_band(row, worded) for row in page.rows("bands")),
        contexts=tuple(_context(row) for row in page.rows("contexts")) if top.has("contexts") else (),
    )
    top.asked |= {"items", "bands", "contexts"}
    top.end()
    if f"{instrument.name}.toml" != page.name:
        raise top.refuse(f"the file of {instrument.name!r} must be called {instrument.name}.toml", "name")
    _agree(page, instrument)
    return instrument


def _age(top: Row, key: str) -> int | None:
    top.asked.add(key)
    return None if top.data.get(key) == "never" else top.integer(key)


def _item(row: Row, permission: Permission, worded: bool) -> Item:
    kind = row.one_of("kind", KINDS)
    item = Item(
        id=row.text("id"),
        kind=kind,
        role=row.text("role", ""),
        weight=row.integer("weight", 1),
        optional=row.flag("optional", default=False),
        least=row.integer("least") if kind == "integer" else None,
        most=row.integer("most") if row.has("most") else None,
        words=row.texts("words") if kind == "words" else (),
        unless_no=row.text("unless_no", ""),
        cancels=row.text("cancels", ""),
        confirm=row.flag("confirm", default=False),
        band=row.text("band", ""),
        about=row.text("about", ""),
        text=row.text("text"),
    )
    row.end()
    _worded(row, worded, "text", item.text)
    # A description of a protected question would be a translation of it, so a pack carries none.
    _worded(row, permission is Permission.FIT, "about", item.about)
    return item


def _band(row: Row, worded: bool) -> Band:
    band = Band(row.text("id"), row.integer("reached_at") if row.has("reached_at") else None, row.text("told"))
    row.end()
    _worded(row, worded, "told", band.told)
    return band


def _worded(row: Row, worded: bool, key: str, words: str) -> None:
    if bool(words) is not worded:
        wanted = "may not be empty" if worded else "must be empty: the wording belongs to others, or to nobody"
        raise row.refuse(f"{key} {wanted}", key)


def _context(row: Row) -> Context:
    under = row.integer("under") if row.has("under") else None
    context = Context(row.text("id"), row.text("item"), row.texts("words", ()), under, row.texts("types", ()))
    row.end()
    if bool(context.words) is (under is not None):
        raise row.refuse("a context has either words or under", "words")
    return context


def _agree(page: Page, instrument: Instrument) -> None:
    """Refuse ids that come twice or that name nothing, and thresholds out of order."""
    _ids(page, "items", [item.id for item in instrument.items])
    _ids(page, "bands", [band.id for band in instrument.bands])
    bands = {band.id for band in instrument.bands}
    for row, item in zip(page.rows("items"), instrument.items, strict=True):
        for key, named in (("unless_no", item.unless_no), ("cancels", item.cancels)):
            if named and instrument.item(named) is None:
                raise row.refuse(f"{key} names {named!r}, which is no item", key)
        if item.band and item.band not in bands:
            raise row.refuse(f"band names {item.band!r}, which is no band", "band")
    _thresholds(page, instrument)
    if instrument.contexts:
        for row, context in zip(page.rows("contexts"), instrument.contexts, strict=True):
            if instrument.item(context.item) is None or not bands.issuperset(context.types):
                raise row.refuse("names an item or a type that is not there", "item")


def _ids(page: Page, table: str, ids: list[str]) -> None:
    for nth, row in enumerate(page.rows(table)):
        row.new_id(ids[:nth])


def _thresholds(page: Page, instrument: Instrument) -> None:
    steps = [band.reached_at for band in instrument.bands if band.reached_at is not None]
    if steps != sorted(set(steps)):
        raise next(page.rows("bands")).refuse("reached_at must rise from band to band", "reached_at")
    if bool(steps) is not (instrument.rule in ("count", "sum")):
        raise page.top().refuse("reached_at is for the rules count and sum, and needed there", "rule")
    if (instrument.at_least is not None) is not (instrument.rule == "trigger"):
        raise page.top().refuse("at_least is for the rule trigger, and needed there", "at_least")


__all__ = ["Band", "BrokenTableError", "Context", "Instrument", "Item", "Permission", "instruments", "read_instrument"]
