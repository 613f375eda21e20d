"""`hamroh words`: says what is wrong with the catalogs, and writes the translators' template."""

import shutil
from pathlib import Path

import pytest

from hamroh.words import LOCALES, check, listing, main


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    shutil.copytree(LOCALES, tmp_path / "locales")
    return tmp_path / "locales"


def test_the_shipped_catalogs_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 findings\n"


def test_each_language_is_listed_with_who_has_read_it() -> None:
    lines = listing(LOCALES)
    for language in ("uz", "ru", "en"):
        assert any(f"survivor   {language} " in line and "no native reviewer yet" in line for line in lines)


def test_a_reader_who_signed_is_named(locales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = locales / "ru" / "LC_MESSAGES" / "survivor.po"
    file.write_text(file.read_text("utf-8").replace("X-Reviewed-By: ", "X-Reviewed-By: A Reader, 2026"), "utf-8")
    assert main(["list", "--locales", str(locales)]) == 0
    assert "reviewed by: A Reader, 2026" in capsys.readouterr().out


def test_a_changed_english_sentence_makes_translations_and_template_stale(locales: Path) -> None:
    file = locales / "en" / "LC_MESSAGES" / "survivor.po"
    file.write_text(file.read_text("utf-8").replace('"Take your time."', '"Take all the time you need."'), "utf-8")
    assert check(locales) == [
        "survivor: survivor.pot: stale; make it again with `hamroh words template`",
        "survivor (ru): slow: stale: its English has changed",
        "survivor (uz): slow: stale: its English has changed",
    ]


def test_the_template_is_written_and_then_fresh(locales: Path) -> None:
    (locales / "survivor.pot").unlink()
    assert main(["check", "--locales", str(locales)]) == 1
    assert main(["template", "--locales", str(locales)]) == 0
    assert main(["check", "--locales", str(locales)]) == 0


def _staff(locales: Path, language: str) -> Path:
    return locales / language / "LC_MESSAGES" / "staff.po"


def test_the_staffs_words_may_lag_and_a_deployer_is_told(locales: Path) -> None:
    file = _staff(locales, "uz")
    file.write_text(file.read_text("utf-8").replace('msgstr "Navbat"', 'msgstr ""'), "utf-8")
    assert check(locales) == []
    [line] = [line for line in listing(locales) if line.startswith("staff      uz")]
    assert "warning: 1 sentences are shown to staff in English" in line


def test_a_sentence_that_the_desk_says_is_missed_in_its_english(locales: Path) -> None:
    file = _staff(locales, "en")
    file.write_text(file.read_text("utf-8").replace('msgctxt "flag.weapon"', 'msgctxt "flag.wepon"'), "utf-8")
    assert check(locales) == [
        "staff: flag.weapon: said by the desk, not in the English",
        "staff: flag.wepon: in the English, said nowhere",
    ]


def test_a_catalog_that_cannot_be_read_is_named(locales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (locales / "uz" / "LC_MESSAGES" / "survivor.po").write_text('msgid "x\n', "utf-8")
    assert main(["check", "--locales", str(locales)]) == 2
    assert "survivor.po" in capsys.readouterr().out
