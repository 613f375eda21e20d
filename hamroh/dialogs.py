"""`hamroh dialogs`: check every screen in every language against the rules, and draw the flows."""

import argparse
from pathlib import Path
from typing import Final

from dialogs.check import Outcome, check
from dialogs.checked import Ground
from dialogs.deny import read_deny
from dialogs.draw import redraw
from dialogs.engine import STEPS
from dialogs.region import BrokenRegionError, read_region
from dialogs.words import BrokenWordsError, load
from hamroh.words import LOCALES, ROOT

REGIONS: Final = ROOT / "regions"
PAGE: Final = ROOT / "docs" / "flows.md"
_TITLE: Final = "# The flows\n\nWhat is asked in which order, and where each answer leads.\n"


def _ground(asked: argparse.Namespace, region: Path) -> Ground:
    words = load(asked.locales)
    return Ground(STEPS, words, read_region(region, asked.private), read_deny(asked.locales / "deny.toml"))


def _say(region: str, outcome: Outcome) -> None:
    print(
        f"{region}: {outcome.states} states, {outcome.transitions} transitions, "
        f"{outcome.texts} texts x {len(outcome.languages)} languages ({', '.join(outcome.languages)}), "
        f"{len(outcome.findings)} findings"
    )
    for rule, finding in outcome.findings:
        print(f"  {finding.where}: {finding.what} [{rule}]")


def _check(asked: argparse.Namespace) -> int:
    every = sorted(file.parent for file in asked.regions.glob("*/region.toml"))
    regions = [asked.regions / asked.region] if asked.region else every
    outcomes = {region.name: check(_ground(asked, region)) for region in regions}
    for region, outcome in outcomes.items():
        _say(region, outcome)
    return 1 if any(outcome.findings or not outcome.languages for outcome in outcomes.values()) else 0


def _draw(page: Path, *, only_check: bool) -> int:
    old = page.read_text("utf-8") if page.exists() else _TITLE
    new = redraw(old)
    if not only_check:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(new, "utf-8")
        print(f"drawn: {page.name}")
        return 0
    fresh = page.exists() and new == old
    print(f"{page.name}: fresh" if fresh else f"{page.name}: stale; draw it again with `hamroh dialogs draw`")
    return 0 if fresh else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamroh dialogs", description=__doc__)
    parser.add_argument("--locales", type=Path, default=LOCALES, help="the folder of the catalogs")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="hold every screen against the rules")
    checking.add_argument("--region", help="one region only")
    checking.add_argument("--regions", type=Path, default=REGIONS, help="the folder of the regions")
    checking.add_argument("--private", type=Path, help="a deployment's own folder, laid over the region")
    drawing = commands.add_parser("draw", help="draw the flows into docs/flows.md")
    drawing.add_argument("--check", action="store_true", help="only say whether the pictures are fresh")
    drawing.add_argument("--page", type=Path, default=PAGE, help="the page to draw into")
    return parser


def main(argv: list[str]) -> int:
    """0 when all is well, 1 with findings or a stale picture, 2 when a file cannot be read."""
    asked = _parser().parse_args(argv)
    try:
        return _check(asked) if asked.command == "check" else _draw(asked.page, only_check=asked.check)
    except (BrokenWordsError, BrokenRegionError, OSError) as error:
        print(error)
        return 2
