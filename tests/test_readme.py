"""The README keeps its promises, and so do the pages it leads to: every link, command, target, setting and sentence."""

import re
import struct
from pathlib import Path

import pytest

from dialogs.words import load
from hamroh.__main__ import there
from hamroh.places import LOCALES
from vault.settings import setting_names

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text("utf-8")
PAGES = [
    HOUSE / "README.md",
    HOUSE / "SECURITY.md",
    HOUSE / "CONTRIBUTING.md",
    HOUSE / "CHANGELOG.md",
    *sorted((HOUSE / "docs").rglob("*.md")),
]
LARGEST_PICTURE = 300 * 1024

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings have where the repository is shown."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    for link in (link for link in links if "://" not in link):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    named = re.findall(
        r"`((?:docs|tests|locales|regions|triage|vault|dialogs|bot|operators|post|hamroh)/[\w./*-]*)`", text
    )
    assert [name for name in named if not list(HOUSE.glob(name.rstrip("/")))] == []


@every_page
def test_every_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    said = re.findall(r"(?:`|\.venv/bin/|^    )hamroh ([a-z]\w*)", text, re.M)
    assert set(said) <= set(there())


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text("utf-8"), re.M))
    named = re.findall(r"(?:`make ([a-z]+)|^make ([a-z]+)$)", page.read_text("utf-8"), re.M)
    assert {name for both in named for name in both if name} <= targets


@every_page
def test_every_setting_that_is_named_exists(page: Path) -> None:
    assert set(re.findall(r"HAMROH_[A-Z_]+[A-Z]", page.read_text("utf-8"))) <= set(setting_names())


def test_each_picture_is_there_small_and_of_a_laptops_width() -> None:
    pictures = sorted(re.findall(r"docs/pictures/[\w.-]+\.png", README))
    assert pictures == [f"docs/pictures/phones-{language}.png" for language in ("en", "ru", "uz")]
    for picture in pictures:
        raw = (HOUSE / picture).read_bytes()
        assert len(raw) < LARGEST_PICTURE
        assert struct.unpack(">II", raw[16:24])[0] >= 1280


def test_the_two_commands_are_the_first_that_a_reader_meets() -> None:
    [block] = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
    assert block.split("\n") == ["make practice", "make test", ""]


def test_what_the_transcript_shows_is_what_is_said() -> None:
    [transcript] = re.findall(r"^```\n(survivor.*?)^```", README, re.M | re.S)
    catalogs = [load(LOCALES).english, load(LOCALES, "staff").english]
    said = {line for catalog in catalogs for text in catalog.values() for line in text.splitlines()}
    for line in transcript.splitlines():
        words = re.sub(r"^\w* +[<>]? ?", "", line)
        assert set(re.findall(r"\[(.*?)\]", words) or [words]) <= said
