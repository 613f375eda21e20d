"""Uzbek in other letters: every trap of the two spellings, and a converter that never stumbles and loses nothing."""

import re
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cyrillic import Script, exceptions, write
from dialogs.letters import fold
from dialogs.words import placeholders
from tests.dialogs.ground import ROOT, words

WORDS: Final = [
    line.split(" ", maxsplit=1)
    for line in (ROOT / "tests" / "data" / "cyrillic_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
LATIN: Final = "abdefghijklmnopqrstuvxyzʻʼABDEFGHIJKLMNOPQRSTUVXYZ"
texts = st.text(max_size=120) | st.text(f"{LATIN} .,:?-{{}}@/_wcWCéıİÍÄ12ЯяЎЪъ", max_size=60)


@pytest.mark.parametrize(("latin", "cyrillic"), WORDS)
def test_a_word_is_written_as_people_write_it(latin: str, cyrillic: str) -> None:
    assert write(latin) == cyrillic


def test_there_are_two_hundred_words() -> None:
    assert len(WORDS) >= 200
    assert len({latin for latin, _ in WORDS}) == len(WORDS)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Politsiya: {police}. Tez yordam: {ambulance}", "Полиция: {police}. Тез ёрдам: {ambulance}"),
        ("OʻZBEK TILI", "ЎЗБЕК ТИЛИ"),
        ("Yoʻq, kerak emas", "Йўқ, керак эмас"),
        ("«Eʼlon» (5-sentabr)", "«Эълон» (5-сентябрь)"),
        ("Xotin-qizlar", "Хотин-қизлар"),
        ("Ikkita gap. Ertaga yozing: https://example.org/a", "Иккита гап. Эртага ёзинг: https://example.org/a"),
        ("Buni /start bilan oching, @cooking_bot da", "Буни /start билан очинг, @cooking_bot да"),
        ("va/yoki", "ва/ёки"),
        ("Yozing: /decline {number} other_with_text va matn", "Ёзинг: /decline {number} other_with_text ва матн"),
    ],
)
def test_a_sentence_keeps_its_signs_and_its_capitals(latin: str, cyrillic: str) -> None:
    assert write(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "reform"),
    [
        ("Oʻzbekcha", "Özbekça"),
        ("Gʻijduvon, togʻ", "Ğijduvon, toğ"),
        ("SHOSHILMANG", "ŞOŞILMANG"),
        ("Shoshilmang", "Şoşilmang"),
        ("isʼhoq, maʼno", "isʼhoq, maʼno"),
        ("Telegramdagi {n} ta xabar, WhatsApp", "Telegramdagi {n} ta xabar, WhatsApp"),
        ("yongʻoq, achchiq-chuchuk", "yonğoq, aççiq-çuçuk"),
    ],
)
def test_the_letters_of_the_reform_are_a_third_output(latin: str, reform: str) -> None:
    assert write(latin, Script.REFORM) == reform


@pytest.mark.parametrize("script", Script)
def test_what_is_typed_in_one_spelling_finds_our_text_in_the_other(script: Script) -> None:
    for key in ("exit", "person", "yes", "no", "erase", "danger", "stop", "cannot", "first.list"):
        assert fold(write(words().text("uz", key), script)) == fold(words().text("uz", key))


@given(texts, st.sampled_from(Script))
def test_it_never_raises_and_gives_whole_letters(text: str, script: Script) -> None:
    assert unicodedata.is_normalized("NFC", write(text, script))


@given(texts, st.sampled_from(Script))
def test_what_is_converted_stays_as_it_is(text: str, script: Script) -> None:
    once = write(text, script)
    assert write(once, script) == once


@given(st.text("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳӣӯҷ .,?!АБЎҚҒҲ", max_size=80))
def test_cyrillic_is_left_alone(text: str) -> None:
    assert write(text) == unicodedata.normalize("NFC", text)


@given(st.lists(st.text(LATIN, max_size=8), max_size=6), st.sampled_from(["{n}", "{time}", "{police}"]))
def test_placeholders_stand_where_they_stood(parts: list[str], placeholder: str) -> None:
    text = f"{' '.join(parts)}: {placeholder}"
    assert placeholders(write(text)) == placeholders(text)
    assert write(text).endswith(f": {placeholder}")


@given(st.text(LATIN.replace("ʻ", "").replace("ʼ", ""), min_size=1, max_size=20))
def test_no_latin_letter_of_an_uzbek_word_is_left(word: str) -> None:
    assert not re.search("[A-Za-z]", write(word)) or any(word.startswith(name) for name in exceptions().kept)


def test_no_exception_says_what_the_rules_say(tmp_path: Path) -> None:
    """Such a line would be a slip of the pen."""
    (tmp_path / "none.toml").write_text('reviewed_by = ""\nkept = ["Telegram"]\n[inside]\n[stems]\n', "utf-8")
    known, plain = exceptions(), exceptions(tmp_path / "none.toml")
    needless = [
        stem
        for stem, cyrillic in known.stems.items()
        if write(stem.removesuffix("#"), known=plain) == cyrillic
        and not any(stem != other and stem.startswith(other) for other in known.stems)
    ]
    assert needless == []


def test_the_exceptions_are_letters_of_their_script() -> None:
    known = exceptions()
    for latin, cyrillic in {**known.stems, **known.inside}.items():
        assert re.fullmatch("[a-zʻʼ]+#?", latin)
        assert re.fullmatch("[абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ]+", cyrillic)
        assert unicodedata.is_normalized("NFC", cyrillic)


def test_nobody_native_has_looked_at_the_cyrillic_yet() -> None:
    assert exceptions().reviewed_by == ""
