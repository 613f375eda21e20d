"""The phrase bank: the sentences and labels that stand word for word as the counsellors' list has them."""

import tomllib
from typing import Any, Final

import pytest

from dialogs.cyrillic import write
from tests.dialogs.ground import ROOT, words

FILE: Final = ROOT / "tests" / "data" / "phrase_bank.toml"
BANK: Final[dict[str, dict[str, Any]]] = tomllib.loads(FILE.read_text("utf-8"))
LANGUAGES: Final = ("en", "ru", "uz", "uz_Cyrl", "kaa", "tg")
# The bank itself writes one Tajik word in two ways (сӯҳбат in `person`, суҳбат in `person_out`). Both stand as the bank
# has them until a native reader decides; сӯҳбат is the spelling of our other texts.
TWO_SPELLINGS: Final = {"person": "Сӯҳбат", "person_out": "Суҳбат"}


@pytest.mark.parametrize("key", [key for key in BANK if key in words().english])
def test_a_sentence_of_the_phrase_bank_stands_word_for_word(key: str) -> None:
    assert {code: words().text(code, key) for code in LANGUAGES} == {code: BANK[key][code] for code in LANGUAGES}


def test_most_of_the_bank_is_said() -> None:
    assert len(BANK) == 78
    assert sum(key in words().english for key in BANK) >= 53


@pytest.mark.parametrize("key", BANK)
def test_every_row_of_the_bank_is_its_own_cyrillic(key: str) -> None:
    assert write(BANK[key]["uz"]) == BANK[key]["uz_Cyrl"]


def test_the_word_that_the_bank_writes_in_two_ways_is_known() -> None:
    assert all(BANK[key]["tg"].startswith(word) for key, word in TWO_SPELLINGS.items())
