"""The promises that the house makes about itself: its shape, its size, its manners."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from dialogs.words import load
from hamroh.places import LOCALES
from vault.settings import read_settings, setting_names

HOUSE = Path(__file__).parents[1]
ROOMS = ("hamroh", "bot", "operators", "post", "dialogs", "triage", "vault", "practice")
TOP = {
    *ROOMS, "locales", "regions", "tests", "docs", "requirements", ".ci", "docker-compose.yml", "Dockerfile",
    ".dockerignore", "Makefile", "pyproject.toml", "README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md",
    "LICENSE", ".env.example", ".gitignore", ".gitattributes",
}  # fmt: skip

LONGEST_MODULE = 250
# A list of promises may be longer than a train of thought.
LONGEST_TEST = 500
# Which modules of the product are longer, and why they may be; none is twice as long.
LONG_MODULES = {
    "vault/migrations/versions/0001_the_first_tables.py": "tables as they were that day, which nobody edits again",
    "vault/tables.py": "the tables, which are read in one piece",
    "triage/reception.py": "what she may send, kind by kind, in the order in which it is heard",
    "triage/spreading.py": "who is told of what: a small function a kind of news, under one table",
    "post/send.py": "one sender's life; what comes next makes a room for its outcomes",
    "vault/ledger.py": "the verbs of two tables that are always changed together; wants a second room",
    "vault/orders.py": "the verbs of one table; wants a second room",
}

LONGEST_FUNCTION = 60
LONG_FUNCTION = 40
# A migration is a list of statements, not a train of thought.
NO_FUNCTION_BUDGET = ("vault/migrations/",)
FORBIDDEN_NAMES = re.compile(r"(Service|Manager|Handler|Helper|Repository|Processor)$|^(utils|helpers|common)$")
# `Service` is a thing of the hotline: where a referral goes. The other two are other people's.
NAMES_THAT_STAND = {"dialogs/bundle.py:Service", "dialogs/region.py:Service", "tests/people.py:Service"}


def files(*patterns: str) -> list[str]:
    """What is in the repository, committed or about to be; by path from its top."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=HOUSE, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return sorted(name for name in listed.stdout.splitlines() if (HOUSE / name).is_file())


@pytest.fixture(scope="module", autouse=True)
def a_checkout() -> None:
    if subprocess.run(["git", "rev-parse"], cwd=HOUSE, capture_output=True, check=False).returncode:
        pytest.skip("not a checkout: what belongs to the repository cannot be told from what lies beside it")


@cache
def parsed() -> dict[str, ast.Module]:
    return {name: ast.parse((HOUSE / name).read_text("utf-8")) for name in files("*.py")}


def functions() -> Iterator[tuple[str, str, int]]:
    """(module, name, lines) of every function."""
    for name, module in parsed().items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """The dotted name of what is called, and the call."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_the_top_of_the_house_is_as_it_was_drawn() -> None:
    assert {name.partition("/")[0] for name in files()} == TOP


def test_every_arrow_between_rooms_is_allowed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as it; it()", "--no-cache"],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_a_module_that_grew_too_long_has_a_reason() -> None:
    lengths = {name: len((HOUSE / name).read_text("utf-8").splitlines()) for name in parsed()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_TEST} == {}
    long = {name for name, length in lengths.items() if length > LONGEST_MODULE and not name.startswith("tests/")}
    assert long <= set(LONG_MODULES)


def test_functions_are_small() -> None:
    sizes = [(name, said, size) for name, said, size in functions() if not name.startswith(NO_FUNCTION_BUDGET)]
    assert [one for one in sizes if one[2] > LONGEST_FUNCTION] == []
    assert len([one for one in sizes if one[2] > LONG_FUNCTION]) <= len(sizes) / 1000
    assert median(size for _, _, size in sizes) < 8


def test_every_module_opens_with_one_sentence() -> None:
    for name, module in parsed().items():
        if not module.body:
            continue
        said = (ast.get_docstring(module) or "").partition("\n\n")[0]
        assert said, f"{name} does not say what lives there"
        assert re.search(r"[.:]$", said) or name.startswith("vault/migrations/"), name


def test_names_are_those_of_a_hotline() -> None:
    found = {
        f"{name}:{node.name}"
        for name, module in parsed().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and FORBIDDEN_NAMES.search(node.name)
    }
    assert found <= NAMES_THAT_STAND
    assert [name for name in parsed() if FORBIDDEN_NAMES.search(Path(name).stem)] == []


def test_no_task_is_let_loose() -> None:
    """Tasks live in a group: of one that nobody holds, nobody hears how it ended."""
    loose = [
        f"{name}:{call.lineno}"
        for name, module in parsed().items()
        for said, call in calls(module)
        if said == "asyncio.create_task"
    ]
    assert loose == []


def test_nothing_in_the_tests_sleeps() -> None:
    """Giving the loop its turn (`asyncio.sleep(0)`) is no sleep."""
    sleeps = [
        f"{name}:{call.lineno}"
        for name, module in parsed().items()
        if name.startswith("tests/")
        for said, call in calls(module)
        if said.rpartition(".")[2] == "sleep" and [ast.unparse(given) for given in call.args] != ["0"]
    ]
    assert sleeps == []


def test_the_example_names_every_setting_with_its_default() -> None:
    lines = (HOUSE / ".env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert tuple(given) == setting_names()
    assert read_settings(given) == read_settings({})


def test_no_place_of_somebodys_machine_and_no_registry_stands_in_a_file() -> None:
    place = re.compile(
        r"(?<![\w.])/(?:home|root|Users|work|mnt)/\w|[\w.-]*pypi[\w.-]*\.\w+/|index-url|registry\.npmjs|/usr/local/lib/python"
    )
    allowed = {"tests/test_house.py", "tests/test_requirements.py", "Makefile"}  # they name what they keep out
    found = [
        f"{name}: {hit[0]}"
        for name in files()
        if name not in allowed and not name.endswith(".png")
        for hit in place.finditer((HOUSE / name).read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("code", load(LOCALES).languages)
def test_what_survivors_read_neither_shouts_nor_winks(code: str) -> None:
    texts = load(LOCALES).languages[code].texts
    loud = re.compile("[!¡\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]")
    assert {key: text for key, text in texts.items() if loud.search(text)} == {}
