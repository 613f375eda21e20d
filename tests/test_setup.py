"""The commands that prepare a machine say in one sentence what is missing, and do nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
NEEDED = ("sh", "cksum", "cat", "tail", "rm", "id", "env")
Say = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bare(tmp_path: Path) -> Say:
    """Run one of our scripts on a machine that has hardly anything: the given programs, each a line of shell."""
    for name in (".ci/setup", ".ci/browser", "requirements/dev.txt", "pyproject.toml"):
        (tmp_path / "a house" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, tmp_path / "a house" / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name) or pytest.fail(f"{name} is missing here too"))

    def said(*script: str, **has: str) -> subprocess.CompletedProcess[str]:
        for name, line in has.items():
            program = programs / name.replace("_", "-")
            program.unlink(missing_ok=True)
            program.write_text(f"#!{programs}/sh\n{line}\n")
            program.chmod(0o755)
        command: list[str | Path] = [programs / "sh", *script]
        return subprocess.run(
            command, cwd=tmp_path / "a house", env={"PATH": str(programs)}, text=True, capture_output=True, check=False
        )

    return said


OLD = "exit 1"
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1;; esac'


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (None, "Hamroh needs Python 3.11 or newer: install it "),
        (OLD, "Hamroh needs Python 3.11 or newer: install it "),
        (WITHOUT_VENV, "python3 cannot make virtual environments: install its venv module "),
    ],
)
def test_a_machine_without_a_fitting_python_is_told_what_to_install(
    bare: Say, python: str | None, sentence: str
) -> None:
    done = bare(".ci/setup", **({"python3": python} if python else {}))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_python_that_can_is_taken_before_one_that_cannot(bare: Say) -> None:
    done = bare(".ci/setup", "--find", **{"python3.13": OLD, "python3.12": WITHOUT_VENV, "python3": "exit 0"})
    assert (done.returncode, done.stderr) == (0, "")


def test_what_stands_is_not_made_again(bare: Say, tmp_path: Path) -> None:
    house = tmp_path / "a house"
    sums = subprocess.check_output(["cksum", "requirements/dev.txt", "pyproject.toml"], cwd=house, text=True)
    (house / ".venv").mkdir()
    (house / ".venv" / ".made").write_text(f"{sums}{house}\n")
    assert bare(".ci/setup").returncode == 0
    (house / ".venv" / ".made").write_text(f"{sums}/another/place\n")
    assert bare(".ci/setup").returncode == 1


@pytest.mark.parametrize(
    ("has", "sentence"),
    [
        ({}, "No browser was found, and this system has no apt-get: "),
        ({"apt_get": "exit 0", "id": "echo 1000"}, "No browser was found, and only root may install one: "),
    ],
)
def test_a_machine_that_may_not_install_a_browser_is_told_whom_to_ask(
    bare: Say, has: dict[str, str], sentence: str
) -> None:
    done = bare(".ci/browser", **has)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_browser_that_is_here_is_not_installed_again(bare: Say) -> None:
    done = bare(".ci/browser", chromedriver="", chromium="", apt_get="exit 9")
    assert (done.returncode, done.stdout) == (0, "A browser and its driver are here.\n")


def test_the_gate_and_the_scripts_can_be_run() -> None:
    assert all(os.access(HOUSE / ".ci" / name, os.X_OK) for name in ("run", "setup", "browser"))
