"""`hamroh dialogs`: the check and the pictures, as somebody calls them."""

import re
import shutil
from pathlib import Path

import pytest

from dialogs.engine import STEPS
from hamroh.dialogs import PAGE, REGIONS, main


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    shutil.copytree(REGIONS, tmp_path / "regions")
    return tmp_path / "regions"


def test_the_shipped_road_has_no_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["bukhara", "samarqand"]
    assert all(line.endswith("x 6 languages (uz, uz_Cyrl, ru, tg, kaa, en), 0 findings") for line in lines)
    figures = [tuple(map(int, re.findall(r": (\d+) states, (\d+) transitions", line)[0])) for line in lines]
    assert all(states == len(STEPS) + 1 and transitions > 300 for states, transitions in figures)


def test_a_finding_is_named_with_its_rule_in_a_deployments_own_decoy_too(
    regions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "exit.toml").write_text('ru = ["выход"]\n', "utf-8")
    file = regions / "national" / "decoy" / "ru.toml"
    file.write_text(file.read_text("utf-8").replace("Домашняя кухня", "Безопасная кухня", 1), "utf-8")
    assert main(["check", "--region", "bukhara", "--regions", str(regions), "--private", str(private)]) == 1
    out = capsys.readouterr().out
    assert "0 findings" not in out
    assert "decoy ru: says безопас [the decoy gives nothing away]" in out
    assert "the exit word finds nothing here: выход" in out


def test_a_broken_bundle_is_said_in_one_sentence(regions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (regions / "bukhara" / "numbers.toml").unlink()
    assert main(["check", "--region", "bukhara", "--regions", str(regions)]) == 2
    assert capsys.readouterr().out.endswith("numbers.toml: the file is missing\n")


def test_the_pictures_in_the_docs_are_fresh() -> None:
    assert main(["draw", "--check", "--page", str(PAGE)]) == 0


def test_a_stale_page_is_told_and_drawn_anew(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "flows.md"
    assert main(["draw", "--check", "--page", str(page)]) == 1
    assert main(["draw", "--page", str(page)]) == 0
    assert main(["draw", "--check", "--page", str(page)]) == 0
    page.write_text(page.read_text("utf-8").replace("greet -->", "hello -->"), "utf-8")
    assert main(["draw", "--check", "--page", str(page)]) == 1
