"""The catalogs: complete, honest about who has read them, and strict about what may be offered."""

from pathlib import Path

import pytest

from dialogs.flows.road import LANGUAGES
from dialogs.words import BrokenWordsError, load, placeholders
from tests.dialogs.ground import words

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Reviewed-By: {by}\\n"\n\n'


def entry(key: str, english: str, translation: str = "", flags: str = "") -> str:
    return f'{flags}msgctxt "{key}"\nmsgid "{english}"\nmsgstr "{translation}"\n\n'


def write(folder: Path, language: str, *entries: str, domain: str = "survivor", by: str = "") -> None:
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{domain}.po").write_text(HEAD.replace("{by}", by) + "".join(entries), "utf-8")


def english(folder: Path, domain: str = "survivor") -> None:
    write(folder, "en", entry("yes", "Yes"), entry("call", "Call: {number}"), domain=domain)


def test_the_road_is_offered_in_all_six_languages() -> None:
    assert set(words().offered) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offered_catalog_is_whole_and_fresh(language: str) -> None:
    tongue = words().languages[language]
    assert tongue.faults == ()
    assert set(tongue.texts) == set(words().english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_that_nobody_native_has_read_says_so(language: str) -> None:
    assert words().languages[language].reviewed_by == ""


def test_the_offered_languages_stand_in_the_order_of_the_greeting() -> None:
    order = [LANGUAGES.index(code) for code in words().offered]
    assert order == sorted(order)


def test_a_language_with_a_missing_sentence_is_not_offered(tmp_path: Path) -> None:
    english(tmp_path)
    write(tmp_path, "ru", entry("yes", "Yes", "Да"))
    found = load(tmp_path)
    assert found.offered == ("en",)
    assert found.languages["ru"].faults == ("call: missing",)


def test_a_fuzzy_sentence_is_neither_said_nor_offered(tmp_path: Path) -> None:
    english(tmp_path)
    write(
        tmp_path,
        "ru",
        entry("yes", "Yes", "Нет", flags="#, fuzzy\n"),
        entry("call", "Call: {number}", "Звоните: {number}"),
    )
    found = load(tmp_path)
    assert "ru" not in found.offered
    assert found.say("ru", "yes") == "Yes"


def test_a_sentence_whose_english_has_changed_is_stale(tmp_path: Path) -> None:
    english(tmp_path)
    write(tmp_path, "ru", entry("yes", "Yes, please", "Да"), entry("call", "Call: {number}", "Звоните: {number}"))
    assert load(tmp_path).languages["ru"].faults == ("yes: stale: its English has changed",)


def test_a_translation_that_lost_its_placeholder_is_a_fault(tmp_path: Path) -> None:
    english(tmp_path)
    write(tmp_path, "ru", entry("yes", "Yes", "Да"), entry("call", "Call: {number}", "Звоните"))
    assert load(tmp_path).languages["ru"].faults == ("call: other placeholders than the English",)


def test_an_entry_of_no_screen_is_a_fault(tmp_path: Path) -> None:
    english(tmp_path)
    write(
        tmp_path,
        "ru",
        entry("yes", "Yes", "Да"),
        entry("call", "Call: {number}", "Звоните: {number}"),
        entry("old", "Old", "Старое"),
    )
    assert load(tmp_path).languages["ru"].faults == ("old: is in no step",)


def test_the_staffs_words_fall_back_to_english_with_the_same_code(tmp_path: Path) -> None:
    english(tmp_path, "staff")
    write(tmp_path, "uz", entry("yes", "Yes", "Ha"), domain="staff", by="A Reader, 2026")
    found = load(tmp_path, "staff")
    assert found.say("uz", "yes") == "Ha"
    assert found.say("uz", "call", number=7) == "Call: 7"
    assert found.languages["uz"].reviewed_by == "A Reader, 2026"


def test_a_sentence_is_filled_and_a_gap_in_it_is_loud() -> None:
    assert words().say("en", "wait_n", n=7) == "Waiting time now, about: 7 min."
    with pytest.raises(KeyError):
        words().say("en", "wait_n")


def test_a_value_is_never_read_as_a_pattern() -> None:
    assert words().say("en", "referral.fields", fields="{service} {0.__class__}").endswith("{service} {0.__class__}")


def test_an_unknown_key_is_loud() -> None:
    with pytest.raises(KeyError):
        words().say("uz", "no.such.key")


def test_a_label_may_be_typed_in_any_offered_language_her_own_first() -> None:
    assert words().labels("ru", "yes") == ("Да", "Ha", "Ҳа", "Awa", "Бале", "Yes")


def test_placeholders_are_found_by_name() -> None:
    assert placeholders("Police: {police}. Again: {police}, {n}") == {"police", "n"}


@pytest.mark.parametrize(
    "broken",
    [
        'msgid "No context"\nmsgstr ""\n',
        entry("yes", "Yes") + entry("yes", "Yes again"),
        'msgctxt "n"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        'msgctxt "n\nmsgid broken',
    ],
)
def test_a_broken_catalog_is_refused_by_its_name(tmp_path: Path, broken: str) -> None:
    write(tmp_path, "en", broken)
    with pytest.raises(BrokenWordsError, match=r"survivor.po"):
        load(tmp_path)


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenWordsError, match="no English catalog"):
        load(tmp_path)
