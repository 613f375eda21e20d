"""Packs: off until a deployer states who permitted them, and refused by file and line where the file is not whole."""

from datetime import date
from pathlib import Path

import pytest

from triage.packs import in_short, read_packs
from triage.risk_gate import Age, Asker, asks
from triage.risk_instruments import instruments
from triage.tables import BrokenTableError


def written(name: str, *, weight: int | None = None) -> str:
    """A whole pack's file: every item and band in two languages, in words of nobody's."""
    one = instruments()[name]
    lines = ['permitted_by = "The owner, by letter"', "permitted_on = 2026-03-01"]
    for table, each in (("items", one.items), ("bands", one.bands)):
        for row in each:
            lines += [f"[[{table}]]", f'id = "{row.id}"', f'en = "Wording of {row.id}"', f'ru = "Слова {row.id}"']
            if table == "items" and getattr(row, "confirm", False):
                lines.append(f"weight = {weight or getattr(row, 'weight')}")  # noqa: B009 - an item has one
    return "\n".join(lines) + "\n"


def private(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / "instruments"
    folder.mkdir()
    (folder / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["da5", "danger-assessment", "lethality-screen", "hits", "e-hits", "cssrs-screener"])
def test_a_pack_is_off_without_its_file_and_on_with_it(tmp_path: Path, name: str) -> None:
    assert not asks(name, 30, read_packs(None), by=Asker.PERSON)
    packs = read_packs(private(tmp_path, f"{name}.toml", written(name)))
    assert list(packs) == [name]
    assert asks(name, 30, packs, by=Asker.PERSON)
    assert not asks(name, Age.UNDER_18, packs), "no bot asks a child, whoever permitted it"
    assert packs[name].permitted_on == date(2026, 3, 1)
    assert in_short(packs) == f"{name} (permitted by The owner, by letter, 2026-03-01)"
    first = instruments()[name].items[0].id
    assert packs[name].said(packs[name].items, "ru", first) == f"Слова {first}"
    assert packs[name].said(packs[name].items, "tg", first) == f"Слова {first}", "the first language it has"


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('permitted_by = "The owner, by letter"', 'permitted_by = " "', 1, "permitted_by names who gave"),
        ('permitted_by = "The owner, by letter"\n', "", 1, "permitted_by is missing"),
        ("permitted_on = 2026-03-01", 'permitted_on = "in spring"', 2, "permitted_on must be a date"),
        ('id = "weapon"', 'id = "gun"', 8, "'gun' is no id of this instrument"),
        ('id = "weapon"', 'id = "increased"', 8, "the id 'increased' is empty or comes twice"),
        ('ru = "Слова weapon"\n', "", 8, "the wording is needed in ru, en, as in the rows before"),
        ('en = "Wording of weapon"', 'en = ""', 9, "en is empty or over 600 characters"),
        ('en = "Wording of weapon"', 'fr = "Mots"\nen = "W"', 9, "nobody knows the key fr"),
        ('[[items]]\nid = "weapon"', '[[bands]]\nid = "weapon"', 7, "'weapon' is no id of this instrument"),
        ("permitted_on", "permitted_on = = ", 2, "not TOML"),
    ],
)
def test_a_broken_pack_is_refused_by_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, sentence: str
) -> None:
    text = written("da5")
    assert old in text
    folder = private(tmp_path, "da5.toml", text.replace(old, new, 1))
    with pytest.raises(BrokenTableError) as refused:
        read_packs(folder)
    if "[[bands]]" in new:
        assert "items has no wording of weapon" in str(refused.value)
        return
    assert str(refused.value).startswith(f"{tmp_path}/instruments/da5.toml:{line}: {sentence}")


@pytest.mark.parametrize("name", ["hark.toml", "mine.toml", "da5.txt"])
def test_what_is_no_pack_needs_no_permission_and_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenTableError, match="is the file of no pack"):
        read_packs(private(tmp_path, name, written("da5")))


def test_a_weight_we_are_not_sure_of_is_confirmed_from_the_form(tmp_path: Path) -> None:
    folder = private(tmp_path, "danger-assessment.toml", written("danger-assessment", weight=5))
    with pytest.raises(BrokenTableError, match="weight is the one on the form, and must be 4"):
        read_packs(folder)
