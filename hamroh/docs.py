"""`hamroh docs`: writes the parts of the pages that are made from the code, and says which of them are stale."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from dialogs.draw import redraw as redraw_flows
from hamroh import drawn
from hamroh.words import ROOT
from triage.pages import fill

Part = Callable[[], str]
Redraw = Callable[[str], str]


class NoPlaceError(ValueError):
    """A page has no markers for a part; the text says which."""


def redraw(page: str, name: str, part: str) -> str:
    """A page with the part between its markers written anew; raises NoPlaceError."""
    begin, end = f"<!-- {name}: written by `hamroh docs` -->", f"<!-- {name}: end -->"
    head, begun, rest = page.partition(begin)
    _, ended, tail = rest.partition(end)
    if not begun or not ended:
        raise NoPlaceError(f"there is no place for {name}: put {begin} and {end} where it belongs")
    return f"{head}{begin}\n\n{part}\n\n{end}{tail}"


def _with(parts: Mapping[str, Part]) -> Redraw:
    """How to write a page anew whose parts stand between the markers that bear their names."""

    def write(page: str) -> str:
        for name, part in parts.items():
            page = redraw(page, name, part())
        return page

    return write


# How each page that holds such parts is written anew; what people wrote around the parts stays.
PAGES: Final[Mapping[str, Redraw]] = {
    "README.md": _with({"languages": drawn.languages}),
    "docs/architecture.md": _with(
        {
            "rooms": drawn.rooms,
            "case": drawn.life_of_a_case,
            "referral": drawn.life_of_a_referral,
            "permissions": drawn.permissions,
            "wall": drawn.wall,
        }
    ),
    "docs/flows.md": redraw_flows,
    "docs/reference.md": _with({"commands": drawn.commands, "settings": drawn.settings}),
    "docs/triage.md": fill,
}


def stale(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each page that does not say what the code says now, and how it should read."""
    for name, write in PAGES.items():
        page = folder / name
        text = page.read_text("utf-8")
        if (written := write(text)) != text:
            yield page, written


def _check(folder: Path) -> int:
    names = [page.name for page, _ in stale(folder)]
    print(f"stale: {', '.join(names)}; write them again with `hamroh docs`" if names else "The pages are fresh.")
    return 1 if names else 0


def _write(folder: Path) -> int:
    for page, text in stale(folder):
        page.write_text(text, "utf-8")
        print(f"written: {page.name}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamroh docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the pages are fresh")
    parser.add_argument("--pictures", action="store_true", help="take the pictures of the phones anew")
    parser.add_argument("--folder", type=Path, default=ROOT, help="the folder that holds README.md and docs")
    return parser


def main(argv: list[str]) -> int:
    """0 when all is well, 1 with a stale page, 2 when a page has no place for a part or no browser is here."""
    asked = _parser().parse_args(argv)
    try:
        if asked.pictures:
            from hamroh.pictures import take

            return take(asked.folder / "docs" / "pictures")
        return _check(asked.folder) if asked.check else _write(asked.folder)
    except (ValueError, OSError) as error:
        print(error)
        return 2
