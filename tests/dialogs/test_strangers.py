"""Somebody else at her phone: what he says is heard in every language, and what she and her friends say is not his."""

import pytest

from dialogs.strangers import LONGEST, may_speak, speaks

SAID = {
    "en": (
        "what did she write to you?", "I'm her husband", "Stop writing to my wife", "I will find you all",
        "don't write to her again",
    ),
    "ru": (
        "Что она вам рассказала?", "это её муж", "хватит ей писать", "Я вас всех найду", "она вам врёт", "я ее муж",
    ),
    "uz": (
        "u sizga nima dedi", "men uning eriman", "unga yozishni bas qiling", "hammangizni topaman", "хотинимга ёзманг",
        "nega xotinim sizga yozyapti",
    ),
    "kaa": (
        "ol sizge ne dedi", "men onıń kúyewimen", "oǵan jazbań", "hámmeńizdi tawıp óltiremen", "ол не жазды",
    ),
    "tg": (
        "ӯ ба шумо чӣ гуфт", "ман шавҳари ӯ", "ба вай нанависед", "ҳамаатонро меёбам", "чаро занам ба шумо менависад",
    ),
}  # fmt: skip
ASKED = (
    "Who is this?",
    "кто это",
    "Это кто?",
    "bu kim",
    "Бу ким",
    "bul kim",
    "ин кист",
    "Shut up!",
    "заткнись",
    "kimsizlar?",
    "this is not her",
)
HERS = (
    "he said: I will find you and kill you", "he calls me a bitch", "I am her sister, what can I do", "who are you",
        "Он сказал: я вас всех найду", "я тебя убью, говорит он каждый день", "что мне ей написать", "кому я пишу",
        "u menga nima dedi bilasizmi", "she told me he beats her, what should she write to the police",
        "my wife beats me and shouts", "my husband took my phone", "u meni topaman deydi", "он сказал я тебя найду",
        "моя сестра прячется, её муж ищет её", "where can she go", "u qayerda", "кто вы", "kimsiz",
        "What did the police tell you?", "ӯ маро мезанад, чӣ кунам",
    )  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_who_asks_what_she_said_or_claims_her_is_not_she(language: str) -> None:
    assert [text for text in SAID[language] if not speaks(text)] == []


def test_who_this_is_is_asked_with_the_whole_message() -> None:
    assert [text for text in ASKED if not may_speak(text)] == []
    assert not may_speak("who is this page for")


def test_she_and_a_friend_are_not_taken_for_him() -> None:
    assert [text for text in HERS if speaks(text) or may_speak(text)] == []


def test_a_story_in_which_somebody_says_so_is_a_story() -> None:
    told = "and then he came in and shouted what did she write to you and took my phone away from me again"
    assert len(told.split()) > LONGEST
    assert not speaks(told)
