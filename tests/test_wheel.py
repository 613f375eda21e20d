"""What goes into the wheel: every file of every room, the words and the regions, and nothing beside them."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PARTS = ("hamroh", "bot", "operators", "post", "dialogs", "triage", "vault", "practice", "locales", "regions")
# Asks the building tool itself, by the project's own settings, what it would copy; nothing is written.
ASKS = """
from setuptools import Distribution
asked = Distribution({"script_name": "setup.py"})
asked.parse_config_files(["pyproject.toml"])
command = asked.get_command_obj("build_py")
command.ensure_finalized()
print("\\n".join(command.get_outputs(include_bytecode=False)))
"""


@cache
def _tool() -> int:
    """The building tool's version, its first number; 0 where there is none."""
    said = subprocess.run(
        [sys.executable, "-c", "import setuptools; print(setuptools.__version__)"],
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.match(r"\d+", said.stdout)
    return int(found[0]) if found else 0


@cache
def built() -> frozenset[str]:
    said = subprocess.run([sys.executable, "-c", ASKS], cwd=HOUSE, capture_output=True, text=True, check=True)
    return frozenset(line.removeprefix("build/lib/") for line in said.stdout.splitlines())


@pytest.fixture(autouse=True)
def a_building_tool_and_a_checkout() -> None:
    if _tool() < 77:
        pytest.skip("the project is built with setuptools 77 or newer, and here is none")
    if subprocess.run(["git", "rev-parse"], cwd=HOUSE, capture_output=True, check=False).returncode:
        pytest.skip("not a checkout: what belongs to the repository cannot be told from what lies beside it")


def test_everything_of_the_rooms_goes_into_the_wheel_and_nothing_else() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *PARTS],
        cwd=HOUSE, check=True, capture_output=True, text=True,
    )  # fmt: skip
    kept = {name for name in listed.stdout.splitlines() if (HOUSE / name).is_file()}
    assert {name for name in kept if not name.endswith(".py")}, "there are data files"
    assert kept - built() == set()
    assert built() - kept == set()


@pytest.mark.parametrize(
    "needed",
    [
        "triage/clocks.toml", "triage/priority.toml", "triage/demand.toml", "triage/flags/weights.json",
        "triage/flags/words/uz.toml", "triage/instruments/who-immediate.toml", "practice/page/index.html",
        "vault/migrations/versions/0001_the_first_tables.py", "vault/migrations/script.py.mako",
        "locales/uz/LC_MESSAGES/survivor.po", "locales/deny.toml", "regions/bukhara/decoy/uz.toml",
    ],
)  # fmt: skip
def test_what_a_process_reads_at_its_start_is_in_it(needed: str) -> None:
    assert needed in built()
