"""`hamroh docs`: the parts of the pages that the code writes are fresh, and true of the running thing."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from dialogs.words import load
from hamroh import drawn
from hamroh.docs import PAGES, NoPlaceError, main, redraw
from hamroh.words import LOCALES, ROOT
from triage.lifecycle import CASE_MOVES, REFERRAL_MOVES
from triage.permissions import MAY, ROLES
from vault.database import Engine
from vault.settings import SECRETS, setting_names
from vault.wall import calls, rights


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for name in PAGES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_pages_say_what_the_code_says() -> None:
    assert main(["--check"]) == 0


def test_a_stale_page_is_named_and_written_anew(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = pages / "docs" / "architecture.md"
    page.write_text(page.read_text("utf-8").replace("waiting --> talking", "waiting --> dancing"), "utf-8")
    assert main(["--check", "--folder", str(pages)]) == 1
    assert capsys.readouterr().out == "stale: architecture.md; write them again with `hamroh docs`\n"
    assert main(["--folder", str(pages)]) == 0
    assert main(["--check", "--folder", str(pages)]) == 0


def test_what_people_wrote_around_a_part_stays() -> None:
    page = "# Title\n<!-- x: written by `hamroh docs` -->\nold\n<!-- x: end -->\nwords\n"
    assert redraw(page, "x", "new") == (
        "# Title\n<!-- x: written by `hamroh docs` -->\n\nnew\n\n<!-- x: end -->\nwords\n"
    )


def test_a_page_without_a_place_for_a_part_is_refused(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NoPlaceError):
        redraw("# Title\n", "rooms", "picture")
    (pages / "docs" / "architecture.md").write_text("# Title\n", "utf-8")
    assert main(["--check", "--folder", str(pages)]) == 2
    assert capsys.readouterr().out.startswith("there is no place for rooms")


async def test_the_wall_in_the_docs_is_the_wall_in_the_database(owner: Engine) -> None:
    asked = text(
        "select grantee, table_name, lower(privilege_type) from information_schema.role_table_grants"
        " where grantee like 'hamroh%' and grantee not like '%login' and table_name <> 'alembic_version'"
    )
    async with owner.connect() as connection:
        real = {tuple(row) for row in await connection.execute(asked)}
    assert set(rights()) == real


async def test_the_functions_in_the_docs_are_those_that_each_role_may_call(owner: Engine) -> None:
    asked = text(
        "select distinct grantee, routine_name from information_schema.role_routine_grants"
        " where grantee like 'hamroh%' and grantee not like '%login'"
    )
    async with owner.connect() as connection:
        real = {tuple(row) for row in await connection.execute(asked)}
    assert {(role, name.partition("(")[0]) for name, role in calls()} == real


def test_every_table_and_function_of_the_wall_has_its_row() -> None:
    told = drawn.wall()
    assert all(f"| `{name}` |" in told for _, name, _ in rights())
    assert all(f"| `{name}` |" in told for name, _ in calls())
    assert "delete" not in told


def test_every_move_is_in_its_picture() -> None:
    case, referral = drawn.life_of_a_case(), drawn.life_of_a_referral()
    assert all(f"{source} --> {target} : " in case and move in case for move, source, target in CASE_MOVES)
    assert all(f"{row.source} --> {row.target} : {row.verb} (" in referral for row in REFERRAL_MOVES)


def test_a_yes_in_the_table_is_a_verb_that_the_role_has() -> None:
    _, _, *rows = drawn.permissions().splitlines()
    for row in rows:
        verb, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        assert {role for role, cell in zip(ROLES, cells, strict=True) if cell == "yes"} == MAY[verb.strip("`")]


def test_every_setting_has_its_row() -> None:
    told = drawn.settings()
    files = {f"HAMROH_{field.upper()}_FILE" for field in SECRETS}
    assert all(f"`{name}`" in told for name in setting_names() if name not in files)


def test_each_language_says_whether_it_is_offered_and_who_has_read_it() -> None:
    words = load(LOCALES)
    told = drawn.languages().splitlines()[2:]
    assert len(told) == len(words.languages)
    for row, (code, tongue) in zip(told, words.languages.items(), strict=True):
        assert (" offered " in row) is (code in words.offered)
        assert (" not yet " in row) is not bool(tongue.reviewed_by)


def test_the_arrows_are_those_that_the_contracts_allow() -> None:
    picture = drawn.rooms()
    assert "post --> vault" in picture
    assert "post --> dialogs" not in picture
    assert "bot --> operators" not in picture
