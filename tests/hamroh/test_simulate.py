"""`hamroh simulate`: the table, the plot, the coordinator's answer and the check."""

from pathlib import Path

import pytest

from hamroh.simulate import checked, main
from triage.simulation_theory import Check

QUICK = ["--scenario", "campaign", "--evenings", "2"]


def test_it_prints_both_orders_and_answers_the_coordinator(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([*QUICK, "--plot", str(tmp_path / "waits.svg")]) == 0
    said = capsys.readouterr().out
    assert "6 operators at once, 16:00-24:00, 2 evenings played, seed 1" in said
    assert said.count("by risk") == said.count("first come") == 3
    assert "How many operators at once so that 95.0 % of immediate cases wait under two minutes?" in said
    assert (tmp_path / "waits.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_same_seed_prints_the_same_evening(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for seed in ("7", "7", "8"):
        assert main([*QUICK, "--no-staffing", "--operators", "5", "--seed", seed]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert said[0].split("|", 1)[1] != said[2].split("|", 1)[1]


def test_the_check_plays_and_says_how_far_off_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--check", "--arrivals", "20000"])
    said = capsys.readouterr().out
    assert status == (0 if "passed" in said else 1)
    assert "20000 Poisson arrivals" in said


def test_a_check_that_is_off_fails() -> None:
    assert checked(Check(10, 106, 100, 1, 1)).endswith("FAILED")
    assert checked(Check(10, 104, 100, 1, 1)).endswith("passed")


def test_a_plot_that_cannot_be_written_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([*QUICK, "--no-staffing", "--plot", str(tmp_path / "no" / "x.svg")]) == 2
    assert "hamroh simulate: cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--evenings", "0"], ["--scenario", "moon"], ["--operators", "x"], ["now"]])
def test_wrong_usage_is_status_two(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert main(argv) == 2
    assert "usage: hamroh simulate" in capsys.readouterr().err


def test_a_plot_is_an_svg_and_is_called_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plot", "waits.png"]) == 2
    assert "must end in .svg" in capsys.readouterr().err
