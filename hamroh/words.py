"""`hamroh words`: are the catalogs whole and fresh, who has read them, what is due for review, and the template."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dialogs.region import BrokenRegionError, Region
from dialogs.template import missing, template, unused
from dialogs.words import SOURCE, BrokenWordsError, Catalogs, Tongue, load
from hamroh import statements
from triage import desk_words

ROOT: Final = Path(__file__).resolve().parents[1]
LOCALES: Final = ROOT / "locales"
SURVIVOR: Final = "survivor"
STAFF: Final = "staff"
# A statement is looked at again after half a year, unless it says sooner.
DAYS: Final = 180
NOBODY: Final = "no native reader yet"


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


def _check_staff(catalogs: Catalogs) -> list[str]:
    """A key without English is an alert that fails when it is due, so none may be missing."""
    faults = [f"{key}: said by the desk, not in the English" for key in desk_words.missing(catalogs.english)]
    return faults + [f"{key}: in the English, said nowhere" for key in desk_words.unused(catalogs.english)]


def check(folder: Path) -> list[str]:
    """Everything that is wrong with the catalogs, a line each.

    Survivors' words must be whole in every language that is begun; the staff's may lag, and only their English counts.
    """
    found = []
    for domain in _domains(folder):
        catalogs = load(folder, domain)
        if domain == SURVIVOR:
            found += [f"{domain}: {fault}" for fault in _check_survivor(catalogs, folder)]
        elif domain == STAFF:
            found += [f"{domain}: {fault}" for fault in _check_staff(catalogs)]
        found += [
            f"{domain} ({code}): {fault}"
            for code, tongue in catalogs.languages.items()
            if domain == SURVIVOR or code == SOURCE
            for fault in tongue.faults
        ]
    return found


def _standing(domain: str, code: str, tongue: Tongue, offered: tuple[str, ...]) -> str:
    """Survivors are offered whole languages only; staff read the English where theirs has nothing to say."""
    if domain == STAFF and not tongue.complete:
        return f"warning: {len(tongue.faults)} sentences are shown to staff in English"
    return "offered" if code in offered else "not offered"


def listing(folder: Path) -> list[str]:
    """Each language of each domain: how much is there, whether it is offered, and who has read it."""
    lines = []
    for domain in _domains(folder):
        catalogs = load(folder, domain)
        total = len(catalogs.english)
        for code, tongue in catalogs.languages.items():
            standing = _standing(domain, code, tongue, catalogs.offered)
            lines.append(f"{domain:10} {code:8} {len(tongue.texts):4}/{total}  {standing}; {_state(tongue)}")
    return lines


def _state(tongue: Tongue) -> str:
    """What is wrong with a language, by kind, where it comes from, and who has read it."""
    kinds = [fault.partition(": ")[2].split(":")[0] for fault in tongue.faults]
    known = {kind: kinds.count(kind) for kind in ("missing", "fuzzy", "stale")}
    counted = ", ".join(f"{count} {kind}" for kind, count in known.items())
    other = len(kinds) - sum(known.values())
    made = f"; made from {tongue.derived_from}" if tongue.derived_from else ""
    read = tongue.reviewed_by or NOBODY
    return f"{counted}{f', {other} other faults' if other else ''}{made}; reviewed by: {read}"


def unread(catalogs: Catalogs, languages: tuple[str, ...]) -> str:
    """One sentence for whoever runs this: which of these languages no native reader has read; empty where all are."""
    names = [code for code in languages if code in catalogs.languages and not catalogs.languages[code].reviewed_by]
    if not names:
        return ""
    return f"no native reader has read the words of {catalogs.domain} in: {', '.join(names)} (`hamroh words list`)"


def books(region: Region) -> list[str]:
    """The region's cookery book in each language: how many dishes, and who has read it."""
    return [
        f"decoy      {code:8} {len(book.dishes):4} dishes; reviewed by: {book.reviewed_by or NOBODY}"
        for code, book in region.decoys.items()
    ]


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
        print("\n".join((*listing(asked.locales), *books(region), *statements.listing(region))))
        return 0
    days = asked.days if asked.stale is None else asked.stale
    lines = statements.stale(region, days, datetime.now(UTC).date())
    print("\n".join((*lines, f"{len(lines)} due for review: not looked at for {days} days or more")))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamroh words", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("check", "list", "template", "stale"), help="list, if none")
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
    asked.command = asked.command or ("list" if asked.stale is None else "stale")
    try:
        return _run(asked)
    except (BrokenWordsError, BrokenRegionError) as error:
        print(error)
        return 2
