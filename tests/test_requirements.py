"""The pinned packages are what pyproject.toml declares and what those need, each held to its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text())
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
CORE: list[str] = PROJECT["project"]["dependencies"]
BUILD: list[str] = PROJECT["build-system"]["requires"]
LISTS = {
    "run": CORE,
    "embedded": CORE + EXTRAS["embedded"],
    "dev": CORE + EXTRAS["embedded"] + EXTRAS["dev"] + BUILD,
}
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==\S+ \\\n(?P<hashes>(?:    --hash=.*\n)+)(?P<via>(?:    # .*\n?)+)", re.MULTILINE
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[><=~! ]", name)[0]).lower()


def entries(which: str) -> dict[str, re.Match[str]]:
    text = (HOUSE / "requirements" / f"{which}.txt").read_text()
    return {plain(found["name"]): found for found in ENTRY.finditer(text)}


@pytest.mark.parametrize("which", LISTS)
def test_a_list_holds_what_is_declared_and_what_that_needs(which: str) -> None:
    ours = {name for name, entry in entries(which).items() if "hamroh (pyproject.toml" in entry["via"]}
    assert ours == {plain(name) for name in LISTS[which]}
    reasons = {plain(word) for entry in entries(which).values() for word in re.findall(r"[\w.-]+", entry["via"])}
    assert reasons - {"via", "hamroh", "pyproject-toml", "build-system-requires"} <= set(entries(which))


@pytest.mark.parametrize("which", LISTS)
def test_every_line_of_a_list_belongs_to_a_pinned_and_hashed_package(which: str) -> None:
    text = (HOUSE / "requirements" / f"{which}.txt").read_text()
    rest = [line for line in ENTRY.sub("", text).splitlines() if line and not line.startswith("#")]
    assert rest == []
    assert all(re.fullmatch(r"(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", e["hashes"]) for e in entries(which).values())


@pytest.mark.parametrize("which", LISTS)
def test_a_list_names_no_place_on_a_machine_or_in_a_network(which: str) -> None:
    text = (HOUSE / "requirements" / f"{which}.txt").read_text()
    assert not re.search(r"https?:|file:/|index-url|find-links|(^|\s)/", text)


def test_the_lists_agree_on_every_version() -> None:
    pins = {which: {entry[0].split(" ")[0] for entry in entries(which).values()} for which in LISTS}
    assert pins["run"] < pins["embedded"] < pins["dev"]
