"""Arriving: the neutral greeting, her language, and whether it is safe to write, before anything else."""

from collections.abc import Callable

import pytest

from practice.bubble import Bubble
from tests.hotline import Hotline
from tests.people import words
from tests.sight import Sight, calls, now_in


def _book(language: str) -> str:
    """How the cookery book is called in a language."""
    return {"en": "Home cooking", "ru": "Домашняя кухня", "uz": "Uy taomlari"}[language]


def _answer_after(message_id: int) -> Callable[[Bubble], bool]:
    return lambda bubble: not bubble.mine and bubble.message_id > message_id


async def test_a_newcomer_meets_a_neutral_greeting_in_every_language_and_nothing_else(line: Hotline) -> None:
    she = await line.survivor("ru", code="fr")
    await she.says("/start")
    greeting = await she.sees("greet")
    offered = words().offered
    assert {labels[0] for labels in greeting.buttons[:-1]} == {
        words().text(code, f"language.{code}") for code in offered
    }
    assert all(words().text(code, "greet") in greeting.text for code in offered)
    assert len(greeting.buttons) == len(offered) + 1, "the languages and the way out"


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_her_language_then_whether_it_is_safe_then_what_she_needs(line: Hotline, language: str) -> None:
    she = await line.survivor(language)
    await she.says("/start")
    await she.taps(f"language.{language}")
    asked = await she.sees("safe_now")
    assert she.word("program") in asked.text, "it says that it is a program, before anything else"
    assert she.word("traces") in asked.text
    await she.taps("yes")
    await she.sees("menu.need")
    await she.taps("about")
    await she.sees("about.person")
    await she.taps("traces_page")
    await she.sees("traces.fewer")
    await she.taps("back")
    await she.sees("about.person")
    bubbles = [bubble for bubble in await she.screen() if not bubble.mine]
    assert len(bubbles) == 1, "the screens take each other's place: one bubble, no second sound"


async def test_the_language_may_be_typed_by_name_and_the_answers_too(line: Hotline) -> None:
    she = await line.survivor("ru", code="en")
    await she.says("/start")
    await she.says("по-русски")
    await she.sees("safe_now")
    await she.says("да")
    await she.sees("menu.need")
    await she.says("4")
    await she.sees("age")


@pytest.mark.parametrize(("language", "answer"), [("en", "no"), ("ru", "cannot"), ("uz", "no")])
async def test_not_safe_is_the_book_at_once_and_nothing_afterwards(
    line: Hotline, sight: Sight, language: str, answer: str
) -> None:
    she = await line.survivor(language)
    await she.says("/start")
    await she.taps(f"language.{language}")
    await she.sees("safe_now")
    await she.taps(answer)
    await she.reads(_book(language))
    await she.phone.sees_gone(lambda bubble: bubble.mine)
    quiet = now_in(line)
    other = await line.survivor()
    await other.arrives()
    assert calls(line, she, since=quiet) == [], "nothing is sent into a chat that is not safe"
    [left] = await she.screen()
    assert left.text.startswith(_book(language))
    assert (await sight.one(she)).window_until is None


async def test_not_safe_may_be_typed(line: Hotline) -> None:
    she = await line.survivor("uz")
    await she.says("/start")
    await she.taps("language.uz")
    await she.says("Yoʻq")
    await she.reads("Uy taomlari")
    await she.phone.sees_gone(lambda bubble: bubble.mine or "xavfsiz" in bubble.text)


async def test_before_it_is_safe_nothing_inside_is_shown_whatever_she_writes(line: Hotline) -> None:
    she = await line.survivor("en")
    await she.says("hello? is somebody there")
    await she.sees("greet")
    await she.phone.sends_sticker(b"a cat")
    await she.phone.sees(lambda bubble: not bubble.mine and bubble.message_id > 3)
    await she.taps("language.en")
    await she.sees("safe_now")
    for said in ("what is this", "erase everything", "are you a bot", "/help", "language"):
        last = (await she.says(said)).message_id
        shown = await she.phone.sees(_answer_after(last))
        assert she.word("safe_now") in shown.text or she.word("greet") in shown.text, said
        assert she.word("menu.need") not in shown.text
    await she.taps("language.en")
    await she.taps("yes")
    await she.sees("menu.need")


async def test_a_person_may_be_asked_for_before_it_is_said_to_be_safe(line: Hotline) -> None:
    she = await line.survivor("en")
    await she.says("/start")
    await she.taps("language.en")
    await she.says("I want to talk to a person")
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    await she.says("My name is not important.")
    await she.sees("left_words.person")


async def test_an_old_keyboard_is_no_way_round_the_first_question(line: Hotline) -> None:
    she = await line.survivor("en")
    await she.arrives()
    await she.says("/start")
    await she.sees("greet")
    await she.taps("screening")
    await she.phone.sees_gone(lambda bubble: she.word("menu.need") in bubble.text)
    await she.taps("language.en")
    await she.taps("yes")
    await she.sees("menu.need")


async def test_asked_for_danger_before_anything_else_the_numbers_come_first(line: Hotline) -> None:
    she = await line.survivor("uz")
    await she.says("/start")
    await she.taps("language.uz")
    await she.taps("danger")
    shown = await she.sees("danger.call")
    assert shown.text.split("\n")[1].startswith(she.word("danger.call").split("{")[0]), "no question before the number"
    assert "102" in shown.text
    assert "103" in shown.text
    assert "112" in shown.text


async def test_start_again_begins_again_and_loses_nothing_she_said(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await she.arrives()
    await she.says("I have two children.")
    await she.sees("heard.unread")
    await she.arrives()
    case = await sight.one(she)
    assert await sight.words("survivors", case) == ["I have two children."]
