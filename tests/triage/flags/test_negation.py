"""A denying word turns its neighbours, in its own sentence only."""

import pytest

from triage.flags.keys import cut
from triage.flags.matching import find_words
from triage.flags.reader import lexicon
from triage.flags.suffixes import Mark


def denied(text: str, meaning: str) -> bool:
    return all(mark & Mark.NEG for _, mark in find_words(lexicon(), cut(text))[meaning])


@pytest.mark.parametrize(
    "text",
    ["он не бьёт меня", "he never hits me", "he does not hit me", "meni urmaydi", "urib koʻrmagan", "маро намезанад"],
)
def test_a_denied_blow_is_none(text: str) -> None:
    assert denied(text, "HIT")


@pytest.mark.parametrize(
    "text",
    [
        "No. He hits me",
        "No he hits me",
        "I did not. Hit me he did",
        "мне плохо не. Бьёт меня",
        "meni urdi. Yoʻq demadim",
    ],
)
def test_a_no_of_another_sentence_or_one_that_only_answers_turns_nothing(text: str) -> None:
    assert not denied(text, "HIT")
