"""The catalogs: complete, honest about who has read them, and strict about what may be offered."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from dialogs.flows.road import LANGUAGES
from dialogs.words import BrokenWordsError, base, load, names_a_language, placeholders
from tests.dialogs.ground import LOCALES, words

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


def derived_from(folder: Path, **entries: str) -> Path:
    """A folder with English, Uzbek and the shipped list of exceptions."""
    english(folder)
    sources = {"yes": "Yes", "call": "Call: {number}"}
    write(folder, "uz", *(entry(key, sources[key], said) for key, said in entries.items()))
    shutil.copytree(LOCALES / "uz_Cyrl", folder / "uz_Cyrl")
    return folder


def test_uzbek_cyrillic_is_the_uzbek_in_other_letters(tmp_path: Path) -> None:
    found = load(derived_from(tmp_path, yes="Ha", call="Qoʻngʻiroq qiling: {number}"))
    assert found.say("uz_Cyrl", "call", number="102") == "Қўнғироқ қилинг: 102"
    assert found.languages["uz_Cyrl"].derived_from == "uz"
    assert found.offered == ("uz", "uz_Cyrl", "en")


def test_uzbek_cyrillic_is_offered_only_while_uzbek_is_whole(tmp_path: Path) -> None:
    found = load(derived_from(tmp_path, yes="Ha"))
    assert found.offered == ("en",)
    assert found.languages["uz_Cyrl"].faults == ("call: missing",)


def test_a_catalog_of_its_own_for_uzbek_cyrillic_is_refused_because_it_would_drift(tmp_path: Path) -> None:
    derived_from(tmp_path, yes="Ha")
    write(tmp_path, "uz_Cyrl", entry("yes", "Yes", "Ҳа"))
    with pytest.raises(BrokenWordsError, match="drift"):
        load(tmp_path)


@pytest.mark.parametrize("broken", ["stems = [", "[stems]\n", 'reviewed_by = ""\nkept = 7\n[inside]\n[stems]\n'])
def test_a_broken_list_of_exceptions_is_refused_by_its_name(tmp_path: Path, broken: str) -> None:
    (derived_from(tmp_path, yes="Ha") / "uz_Cyrl" / "exceptions.toml").write_text(broken, "utf-8")
    with pytest.raises(BrokenWordsError, match=r"exceptions.toml: not a readable list"):
        load(tmp_path)


def test_without_the_list_there_is_no_uzbek_cyrillic(tmp_path: Path) -> None:
    shutil.rmtree(derived_from(tmp_path, yes="Ha", call="Telefon: {number}") / "uz_Cyrl")
    assert load(tmp_path).offered == ("uz", "en")


def test_the_letters_of_the_reform_are_off_until_asked_for() -> None:
    assert load(LOCALES).text("uz", "no") == "Yoʻq"
    reform = load(LOCALES, reform=True)
    assert reform.text("uz", "no") == "Yöq"
    assert reform.text("uz", "language.uz") == "Oʻzbekcha"
    assert reform.text("uz_Cyrl", "no") == "Йўқ"
    assert "ʻ" not in "".join(text for key, text in reform.languages["uz"].texts.items() if not names_a_language(key))


def test_the_names_of_languages_are_the_same_in_all_of_them() -> None:
    for key in (key for key in words().english if names_a_language(key)):
        assert {words().text(code, key) for code in LANGUAGES} == {words().english[key]}


def test_a_translated_name_of_a_language_is_a_text_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, "en", entry("language.ru", "Russian"), domain="staff")
    write(tmp_path, "uz", entry("language.ru", "Russian", "ruscha"), domain="staff")
    shutil.copytree(LOCALES / "uz_Cyrl", tmp_path / "uz_Cyrl")
    assert load(tmp_path, "staff").text("uz_Cyrl", "language.ru") == "русча"


def test_a_letter_written_as_two_signs_is_read_as_one(tmp_path: Path) -> None:
    english(tmp_path)
    write(tmp_path, "tg", entry("yes", "Yes", unicodedata.normalize("NFD", "Бӯй")))
    assert load(tmp_path).say("tg", "yes") == "Бӯй"


@pytest.mark.parametrize("code", ["ru", "kaa", "tg", "uz"])
def test_one_fuzzy_sentence_keeps_its_language_back_and_no_other(tmp_path: Path, code: str) -> None:
    folder = shutil.copytree(LOCALES, tmp_path / code)
    file = folder / code / "LC_MESSAGES" / "survivor.po"
    file.write_text(file.read_text("utf-8").replace('msgctxt "yes"', '#, fuzzy\nmsgctxt "yes"'), "utf-8")
    kept_back = {code} | ({"uz_Cyrl"} if code == "uz" else set())
    assert set(load(folder).offered) == set(LANGUAGES) - kept_back


def test_an_easy_read_variant_is_a_sentence_of_its_own_and_knows_its_full_one(tmp_path: Path) -> None:
    write(tmp_path, "en", entry("yes", "Yes, you may do that"), entry("yes~easy", "Yes"))
    write(tmp_path, "uz", entry("yes", "Yes, you may do that", "Ha, mumkin"), entry("yes~easy", "Yes", "Ha"))
    shutil.copytree(LOCALES / "uz_Cyrl", tmp_path / "uz_Cyrl")
    found = load(tmp_path)
    assert found.offered == ("uz", "uz_Cyrl", "en")
    assert found.text("uz_Cyrl", "yes~easy") == "Ҳа"
    assert [base("yes~easy"), base("yes")] == ["yes", "yes"]


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
