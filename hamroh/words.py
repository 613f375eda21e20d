"""`hamroh words`: are the catalogs whole and fresh, which languages are there, and the translators' template."""

import argparse
from pathlib import Path
from typing import Final

from dialogs.template import missing, template, unused
from dialogs.words import SOURCE, BrokenWordsError, Catalogs, Tongue, load
from triage import desk_words

ROOT: Final = Path(__file__).resolve().parents[1]
LOCALES: Final = ROOT / "locales"
SURVIVOR: Final = "survivor"
STAFF: Final = "staff"


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
    return "offered" if code in offered else f"not offered, {len(tongue.faults)} faults"


def listing(folder: Path) -> list[str]:
    """Each language of each domain: how much is there, whether it is offered, and who has read it."""
    lines = []
    for domain in _domains(folder):
        catalogs = load(folder, domain)
        total = len(catalogs.english)
        for code, tongue in catalogs.languages.items():
            standing = _standing(domain, code, tongue, catalogs.offered)
            read = tongue.reviewed_by or "no native reviewer yet"
            lines.append(f"{domain:10} {code:8} {len(tongue.texts):4}/{total}  {standing}; reviewed by: {read}")
    return lines


def _run(command: str, folder: Path) -> int:
    if command == "list":
        print("\n".join(listing(folder)))
        return 0
    if command == "template":
        path = folder / f"{SURVIVOR}.pot"
        path.write_text(template(load(folder).english), "utf-8")
        print(f"written: {path.name}")
        return 0
    faults = check(folder)
    print("\n".join((*faults, f"{len(faults)} findings")))
    return 1 if faults else 0


def main(argv: list[str]) -> int:
    """0 when all is well, 1 with findings, 2 when a catalog cannot be read."""
    parser = argparse.ArgumentParser(prog="hamroh words", description=__doc__)
    parser.add_argument("command", choices=("check", "list", "template"))
    parser.add_argument("--locales", type=Path, default=LOCALES, help="the folder of the catalogs")
    asked = parser.parse_args(argv)
    try:
        return _run(asked.command, asked.locales)
    except BrokenWordsError as error:
        print(error)
        return 2
