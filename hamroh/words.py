"""`hamroh words`: are the catalogs whole and fresh, who has read them, what is due for review, and the template."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dialogs.region import BrokenRegionError
from dialogs.template import missing, template, unused
from dialogs.words import SOURCE, BrokenWordsError, Catalogs, load
from hamroh import statements

ROOT: Final = Path(__file__).resolve().parents[1]
LOCALES: Final = ROOT / "locales"
SURVIVOR: Final = "survivor"
# A statement is looked at again after half a year, unless it says sooner.
DAYS: Final = 180


def _domains(folder: Path) -> list[str]:
    """The survivors' domain first, then the others that have an English catalog."""
    others = sorted(path.stem for path in folder.glob(f"{SOURCE}/LC_MESSAGES/*.po") if path.stem != SURVIVOR)
    return [SURVIVOR, *others]


def _check_survivor(catalogs: Catalogs, folder: Path) -> list[str]:
    faults = [f"{key}: said by a screen, not in the English" for key in missing(catalogs.english)]
    faults += [f"{key}: in the English, said nowhere" for key in unused(catalogs.english)]
    kept = folder / f"{SURVIVOR}.pot"
    if not kept.exists() or kept.read_text("utf-8") != template(catalogs.english):
        faults.append(f"{kept.name}: stale; make it again with `hamroh words template`")
    return faults


def check(folder: Path) -> list[str]:
    """Everything that is wrong with the catalogs, a line each.

    Survivors' words must be whole in every language that is begun; the staff's may lag, and only their English counts.
    """
    found = []
    for domain in _domains(folder):
        catalogs = load(folder, domain)
        if domain == SURVIVOR:
            found += [f"{domain}: {fault}" for fault in _check_survivor(catalogs, folder)]
        found += [
            f"{domain} ({code}): {fault}"
            for code, tongue in catalogs.languages.items()
            if domain == SURVIVOR or code == SOURCE
            for fault in tongue.faults
        ]
    return found


def listing(folder: Path) -> list[str]:
    """Each language of each domain: how much is there, whether it is offered, and who has read it."""
    lines = []
    for domain in _domains(folder):
        catalogs = load(folder, domain)
        total = len(catalogs.english)
        for code, tongue in catalogs.languages.items():
            offered = "offered" if code in catalogs.offered else f"not offered, {len(tongue.faults)} faults"
            read = tongue.reviewed_by or "no native reviewer yet"
            lines.append(f"{domain:10} {code:8} {len(tongue.texts):4}/{total}  {offered}; reviewed by: {read}")
    return lines


def _words(command: str, folder: Path) -> int:
    if command == "template":
        path = folder / f"{SURVIVOR}.pot"
        path.write_text(template(load(folder).english), "utf-8")
        print(f"written: {path.name}")
        return 0
    faults = check(folder)
    print("\n".join((*faults, f"{len(faults)} findings")))
    return 1 if faults else 0


def _run(asked: argparse.Namespace) -> int:
    """`--stale 180` is the short way to say `stale --days 180`."""
    if asked.command in {"check", "template"}:
        return _words(asked.command, asked.locales)
    region = statements.region_of(asked.region, asked.private)
    if asked.command == "list":
        print("\n".join((*listing(asked.locales), *statements.listing(region))))
        return 0
    days = asked.days if asked.stale is None else asked.stale
    lines = statements.stale(region, days, datetime.now(UTC).date())
    print("\n".join((*lines, f"{len(lines)} due for review: not looked at for {days} days or more")))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamroh words", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("check", "list", "template", "stale"))
    parser.add_argument("--locales", type=Path, default=LOCALES, help="the folder of the catalogs")
    parser.add_argument("--region", default=os.environ.get("HAMROH_REGION") or "bukhara", help="whose numbers and laws")
    parser.add_argument(
        "--private", type=Path, default=os.environ.get("HAMROH_PRIVATE") or None, help="the folder with the sign-offs"
    )
    parser.add_argument("--days", type=int, default=DAYS, help=f"with stale: how old is due (default {DAYS})")
    parser.add_argument("--stale", type=int, metavar="DAYS", help="the same as `stale --days DAYS`")
    return parser


def main(argv: list[str]) -> int:
    """0 when all is well, 1 with findings, 2 when a file cannot be read."""
    parser = _parser()
    asked = parser.parse_args(argv)
    if asked.command is None and asked.stale is None:
        parser.error("one of check, list, template or stale is needed")
    try:
        return _run(asked)
    except (BrokenWordsError, BrokenRegionError) as error:
        print(error)
        return 2
