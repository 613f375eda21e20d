"""`hamroh words`: says what is wrong with the catalogs, and writes the translators' template."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dialogs.words import load
from hamroh.places import PRACTICE
from hamroh.statements import region_of, stale
from hamroh.words import LOCALES, books, check, listing, main, unread
from tests.dialogs.ground import region


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


def test_the_list_tells_of_each_page_what_is_on_and_what_is_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "page       strangled       10 on,  0 off" in lines
    assert any(line.startswith("page       pregnancy") and "pregnancy.signs (unsigned)" in line for line in lines)
    assert any("not signed" in line and line.endswith("signed by: nobody yet") for line in lines)
    assert main(["list", "--private", str(PRACTICE)]) == 0
    assert "(0 not signed" in capsys.readouterr().out


def test_the_cookery_book_is_listed_with_who_has_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--region", "samarqand"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("decoy ")]
    assert {line.split()[1] for line in lines} == {"uz", "uz_Cyrl", "ru", "tg", "kaa", "en"}
    assert all(line.endswith("33 dishes; reviewed by: no native reader yet") for line in lines)
    book = replace(region().decoys["ru"], reviewed_by="A Reader, 2026")
    assert books(replace(region(), decoys={"ru": book})) == [
        "decoy      ru         33 dishes; reviewed by: A Reader, 2026"
    ]


@pytest.mark.parametrize("asked", [["stale", "--days", "0"], ["--stale", "0"]])
def test_what_is_due_for_review_is_listed_with_source_day_and_age(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    first = next(line.split("\t") for line in lines if line.startswith("pep.today\t"))
    assert first[1].startswith("WHO and UNHCR")
    assert first[2] == "2026-11-24"
    assert first[3].endswith(" days")
    assert lines[-1].startswith(f"{len(lines) - 1} due for review")


def test_numbers_that_nobody_dialled_are_due_by_their_source() -> None:
    lines = stale(region_of("bukhara", None), 180, date(2026, 11, 24))
    assert [line.split("\t")[0] for line in lines] == [
        "NUM:police", "NUM:ambulance", "NUM:emergency", "NUM:fire", "NUM:trust",
    ]  # fmt: skip
    assert len(stale(region_of("bukhara", None), 180, date(2027, 5, 24))) == len(region().statements.by_id) + 5


def test_a_broken_sign_off_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "signatures.toml").write_text('[[signature]]\nsigned_by = "A"\n', "utf-8")
    assert main(["list", "--private", str(tmp_path)]) == 2
    assert "signatures.toml: signature[1]" in capsys.readouterr().out


def test_no_command_at_all_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "reviewed by: no native reader yet" in capsys.readouterr().out
