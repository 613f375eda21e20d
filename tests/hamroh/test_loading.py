"""A broken table of the triage stops every process at its start, with one sentence that names file and line."""

import shutil
from pathlib import Path

import pytest

from hamroh.places import ROOT
from tests.hamroh.program import program
from tests.hotline import TOKENS
from triage.loading import read_tables

ROOMS = ("hamroh", "bot", "operators", "post", "dialogs", "vault", "practice", "locales", "regions")
GIVEN = {"HAMROH_SURVIVOR_TOKEN": TOKENS["survivors"], "HAMROH_OPERATOR_TOKEN": TOKENS["operators"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house with a triage of its own, whose tables may be broken."""
    house = tmp_path / "house"
    house.mkdir()
    for room in ROOMS:
        (house / room).symlink_to(ROOT / room)
    shutil.copytree(ROOT / "triage", house / "triage", ignore=shutil.ignore_patterns("__pycache__"))
    return house


def _breaks(house: Path, name: str, old: str, new: str) -> int:
    """Write something else there; the line in which it stands."""
    file = house / "triage" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


async def _refused(house: Path, *words: str, **more: str) -> str:
    """The one sentence with which the start is refused."""
    given = {**GIVEN, **more, "PYTHONPATH": str(house), "HAMROH_DATA_DIR": str(house.parent / "data")}
    async with program(*words, environ=given, folder=house) as started:
        assert await started.ends() == 2
    assert "Traceback" not in started.said
    assert not (house.parent / "data" / "pg").exists(), "no database is made for a start that is refused"
    [sentence] = [line for line in started.said.splitlines() if line.startswith("hamroh: ")]
    return sentence.removeprefix("hamroh: ")


def test_the_shipped_tables_are_whole() -> None:
    read_tables()


STARTS = [("run", "survivors"), ("run", "operators"), ("run", "rounds"), ("run", "all"), ("practice",)]


@pytest.mark.parametrize("words", STARTS, ids=" ".join)
async def test_every_process_refuses_a_broken_table_at_its_start(copy: Path, words: tuple[str, ...]) -> None:
    line = _breaks(copy, "priority.toml", 'any = ["fact=minor"]', 'any = ["fact=minority"]')
    assert await _refused(copy, *words) == f"priority.toml:{line}: 'fact=minority' names nothing we know"


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("clocks.toml", "closing_h = 12", "closing_h = 13", "clocks.toml:{line}: closing_h must be more than 0"),
        ("instruments/hark.toml", 'rule = "', 'rule = "x', "hark.toml:{line}: rule is"),
        ("flags/words/uz.toml", 'suffix = "', 'suffix = "x', "uz.toml line {line}: unknown suffix class"),
        ("flags/words/frames-harm.toml", 'band = "', 'band = "x', "frames-harm.toml line {line}: unknown band"),
        (
            "flags/weights.json",
            '"bias"',
            '"bent"',
            "weights.json:{line}: not what the training writes",
        ),
        ("flags/weights.json", "{", "{{", "weights.json:{line}: not JSON"),
    ],
)
async def test_each_table_is_read_at_the_start(copy: Path, name: str, old: str, new: str, sentence: str) -> None:
    line = _breaks(copy, name, old, new)
    assert (await _refused(copy, "run", "rounds")).startswith(sentence.format(line=line))


@pytest.mark.parametrize("words", STARTS[2:4], ids=" ".join)
async def test_a_broken_pack_of_the_deployers_is_refused_like_a_table_of_ours(
    copy: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "instruments" / "hits.toml"
    file.parent.mkdir()
    file.write_text('permitted_by = ""\npermitted_on = 2026-03-01\n', "utf-8")
    said = await _refused(copy, *words, HAMROH_PRIVATE=str(tmp_path))
    assert said == f"{file}:1: permitted_by names who gave the permission"
