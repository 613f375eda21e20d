"""`hamroh words`: says what is wrong with the catalogs, and writes the translators' template."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.words import load
from hamroh.words import LOCALES, check, listing, main, unread


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    shutil.copytree(LOCALES, tmp_path / "locales")
    return tmp_path / "locales"


def test_the_shipped_catalogs_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 findings\n"


def test_each_language_is_listed_with_who_has_read_it() -> None:
    lines = listing(LOCALES)
    for language in ("uz", "uz_Cyrl", "ru", "kaa", "tg", "en"):
        line = next(line for line in lines if line.startswith(f"survivor   {language} "))
        assert "  offered; 0 missing, 0 fuzzy, 0 stale" in line
        assert line.endswith("reviewed by: no native reader yet")


def test_uzbek_cyrillic_is_listed_as_made_from_uzbek_with_a_reader_of_its_own(locales: Path) -> None:
    latin = locales / "uz" / "LC_MESSAGES" / "survivor.po"
    latin.write_text(latin.read_text("utf-8").replace("X-Reviewed-By: ", "X-Reviewed-By: A Reader, 2026"), "utf-8")
    cyrillic = next(line for line in listing(locales) if line.startswith("survivor   uz_Cyrl"))
    assert "made from uz; reviewed by: no native reader yet" in cyrillic
    listed = locales / "uz_Cyrl" / "exceptions.toml"
    listed.write_text(listed.read_text("utf-8").replace('reviewed_by = ""', 'reviewed_by = "B Reader, 2026"'), "utf-8")
    again = shutil.copytree(locales, locales.parent / "again")
    assert any("made from uz; reviewed by: B Reader, 2026" in line for line in listing(again))


def test_what_keeps_a_language_back_is_counted(locales: Path) -> None:
    file = locales / "tg" / "LC_MESSAGES" / "survivor.po"
    text = file.read_text("utf-8")
    text = text.replace('msgctxt "yes"', '#, fuzzy\nmsgctxt "yes"').replace('msgid "No"', 'msgid "No, thank you"')
    file.write_text(text.replace('msgstr "Меню"', 'msgstr ""').replace("Полис: {police}. Ёрии", "Полис. Ёрии"), "utf-8")
    line = next(line for line in listing(locales) if line.startswith("survivor   tg"))
    assert "not offered; 1 missing, 1 fuzzy, 1 stale, 1 other faults" in line


def test_whoever_runs_this_is_told_which_languages_nobody_native_has_read() -> None:
    words = load(LOCALES)
    said = unread(words, ("uz", "uz_Cyrl"))
    assert said == "no native reader has read the words of survivor in: uz, uz_Cyrl (`hamroh words list`)"
    read = replace(words.languages["uz"], reviewed_by="A Reader, 2026")
    assert unread(replace(words, languages={"uz": read}), ("uz", "tg")) == ""


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
        *(f"survivor ({code}): slow: stale: its English has changed" for code in ("kaa", "ru", "tg", "uz", "uz_Cyrl")),
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
    [line] = [line for line in listing(locales) if line.startswith("staff      uz ")]
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
