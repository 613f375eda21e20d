"""The region: reads the bundle of one place at start-up, and refuses a broken file by its name and key."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogs.bundle import Decoy, Dish, District, Number, Region, Service, Shift
from dialogs.cyrillic import write
from dialogs.decoy_files import read_decoys
from dialogs.engine import STEPS
from dialogs.flows.road import LANGUAGES
from dialogs.statement_files import read_statements
from dialogs.toml import BrokenRegionError, Table, read_toml

__all__ = [
    "SERVICE_KINDS",
    "BrokenRegionError",
    "Decoy",
    "Dish",
    "District",
    "Number",
    "Region",
    "Service",
    "Shift",
    "read_region",
]

# The numbers that texts of the road name; a region without one of them cannot be opened.
NEEDED: Final = ("police", "ambulance", "emergency", "trust")
SERVICE_KINDS: Final = (
    "safehouse", "health_medical", "psychosocial", "legal", "police_security", "livelihoods", "child_protection",
    "social_benefit", "documents", "education", "interpreter", "psychiatric",
)  # fmt: skip
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What Telegram shows as a voice note and not as a file; at speech's usual rate that is about five minutes.
LARGEST_RECORDING: Final = 1_000_000
_OGG: Final = b"OggS"


def _known(table: Table, name: str, allowed: tuple[str, ...], *, required: bool = False) -> tuple[str, ...]:
    values = table.texts(name, required=required)
    for value in values:
        if value not in allowed:
            raise table.wrong(name, f"{value!r} is not one of {', '.join(allowed)}")
    return values


def _names(table: Table) -> Mapping[str, str]:
    """The names by language; a name in Uzbek is one in Uzbek Cyrillic too, unless that has its own."""
    names = dict(table.names())
    if "uz" in names:
        names.setdefault("uz_Cyrl", write(names["uz"]))
    return names


def _district(table: Table) -> District:
    table.only("id", "names", "aliases", "pilot", "valid_from", "valid_to", "merged_into", "note")
    return District(
        table.text("id"),
        _names(table),
        table.texts("aliases"),
        table.flag("pilot"),
        table.day("valid_from"),
        table.day("valid_to"),
        table.texts("merged_into"),
    )


def _number(table: Table) -> Number:
    table.only("number", "who", "source", "as_of", "verdict", "reviewed_by", "reviewed_on")
    as_of = table.day("as_of")
    if as_of is None:
        raise table.wrong("as_of", "a date is needed, like 2026-11-24")
    verdict = table.text("verdict")
    if verdict not in {"ship", "check"}:
        raise table.wrong("verdict", "ship or check is needed")
    reviewed_by, reviewed_on = table.text("reviewed_by", ""), table.day("reviewed_on")
    name = table.key.rpartition(".")[2]
    return Number(
        name, table.text("number"), table.text("who"), table.text("source"), as_of, verdict, reviewed_by, reviewed_on
    )


def _numbers(folder: Path, private: Path | None) -> Mapping[str, Number]:
    own = read_toml(folder / "numbers.toml")
    signed = read_toml(private / "numbers.toml") if private and (private / "numbers.toml").exists() else None
    numbers = {}
    for name in dict.fromkeys((*own.data, *(signed.data if signed else ()))):
        table = own.table(name) if name in own.data else Table(folder / "numbers.toml", name, {})
        if signed is not None and name in signed.data:
            over = signed.table(name)
            table = replace(over, data={**table.data, **over.data})
        numbers[name] = _number(table)
    for name in NEEDED:
        if name not in numbers or not numbers[name].ships:
            raise own.wrong(name, "this number is needed, with the verdict ship")
    return numbers


def _shift(table: Table) -> Shift:
    table.only("days", "starts", "ends")
    days = _known(table, "days", _DAYS, required=True)
    return Shift(tuple(_DAYS.index(day) for day in days), table.clock("starts"), table.clock("ends"))


def _service(table: Table) -> Service:
    table.only("id", "kind", "names", "districts", "languages", "always", "access", "practice")
    kind = table.text("kind")
    if kind not in SERVICE_KINDS:
        raise table.wrong("kind", f"one of {', '.join(SERVICE_KINDS)} is needed")
    return Service(
        table.text("id"),
        kind,
        _names(table),
        table.texts("districts"),
        _known(table, "languages", LANGUAGES, required=True),
        table.flag("always"),
        table.texts("access"),
        table.flag("practice"),
    )


def _recordings(folder: Path, private: Path | None) -> Mapping[tuple[str, str], Path]:
    """Recordings by language and step: `audio/<language>/<step>.ogg`, a deployment's own laid over the region's."""
    found = {}
    for file in (file for place in (folder, private) if place for file in sorted(place.glob("audio/*/*.ogg"))):
        language, step = file.parent.name, file.stem
        if language not in LANGUAGES or step not in STEPS:
            raise BrokenRegionError(f"{file}: is named audio/<language>/<step>.ogg, and there is no such one")
        with file.open("rb") as sound:
            if sound.read(4) != _OGG or file.stat().st_size > LARGEST_RECORDING:
                raise BrokenRegionError(f"{file}: is no Ogg file, or larger than {LARGEST_RECORDING:,} bytes")
        found[language, step] = file
    return found


def _zone(table: Table) -> ZoneInfo:
    try:
        return ZoneInfo(table.text("zone"))
    except (ZoneInfoNotFoundError, ValueError):
        raise table.wrong("zone", "no such time zone on this machine") from None


def read_region(folder: Path, private: Path | None = None) -> Region:
    """The bundle in `folder`, with what a deployment keeps to itself in `private` laid over it.

    `decoy/<language>.toml` replaces that decoy, `exit.toml` the exit words by language (`decoy_files`),
    `numbers.toml` single fields of a number (its sign-off) or a number of its own, `laws.toml` and `signatures.toml`
    what lawyers and doctors wrote and signed, `audio/` recordings. What is the same in all regions stands in the folder
    `national` beside the region's.
    """
    head = read_toml(folder / "region.toml")
    head.only("id", "zone", "languages", "names")
    services = read_toml(folder / "directory.toml")
    services.only("service")
    roster = read_toml(folder / "roster.toml")
    roster.only("shift")
    districts = read_toml(folder / "districts.toml")
    districts.only("district")
    numbers = _numbers(folder, private)
    shown = frozenset(name for name, number in numbers.items() if number.ships)
    return Region(
        head.text("id"),
        _names(head),
        _zone(head),
        _known(head, "languages", LANGUAGES, required=True),
        tuple(_district(table) for table in districts.tables("district")),
        numbers,
        tuple(_shift(table) for table in roster.tables("shift")),
        tuple(_service(table) for table in services.tables("service")),
        read_decoys(folder, private),
        read_statements(folder.parent / "national", private, shown),
        _recordings(folder, private),
    )
