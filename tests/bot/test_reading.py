"""How she reads: simple text, a screen reader, text only; set by herself, kept through exits and languages."""

import pytest

from dialogs.engine import STEPS
from practice.bubble import Bubble
from tests.bot.test_guidance import place_of
from tests.bot.walking import jumps, late_tap, stands
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight, calls, now_in
from vault.database import Engine
from vault.tables import DESK


async def _sets(she: Survivor, *labels: str) -> None:
    """From the menu to how she reads, and these choices there."""
    for key in ("settings", "reading", *labels):
        await she.taps(key)


async def _comes_back(she: Survivor) -> None:
    await she.says("/start")
    await she.taps(f"language.{she.language}")
    await she.sees("safe_now")


async def test_it_is_offered_once_on_the_first_menu_and_never_again(line: Hotline) -> None:
    she = await line.survivor()
    await she.arrives()
    first = await stands(she, "menu")
    once = [she.word(key) for key in ("menu.reading", "about.person", "tgcopy")]
    assert all(line in first.text for line in once)
    await she.taps("about")
    await she.sees("noname")
    await she.taps("back")
    again = await stands(she, "menu")
    assert not any(line in again.text for line in once)


async def test_a_greeting_gets_the_screen_again_and_a_changed_answer_answers_no_other_question(line: Hotline) -> None:
    she = await line.survivor()
    await she.arrives()
    typed = await she.says("Hello!")
    await stands(she, "menu", after=typed.message_id)
    await she.taps("screening")
    await stands(she, "age")
    answer = await she.says("yes")
    whose = await stands(she, "whose", after=answer.message_id)
    await she.phone.edits(answer.message_id, "no")
    await stands(she, "whose", after=whose.message_id)


async def test_simple_text_stays_through_another_language_a_leaving_and_a_return(line: Hotline) -> None:
    she = await line.survivor()
    await she.arrives()
    await _sets(she, "easy")
    await she.sees("reading.noted~easy")
    await she.taps("menu")
    await she.taps("lang")
    await she.taps("language.ru")
    she.language = "ru"
    await she.sees("howto~easy")
    await she.taps("exit")
    await she.phone.sees_gone(lambda bubble: she.word("menu.need") in bubble.text, within=10)
    await _comes_back(she)
    asked = await she.sees("exit_how~easy")
    assert she.word("program") in asked.text
    await she.taps("yes")
    limits = await jumps(line, she, "limits")
    assert she.word("limits.kept~easy") in limits.text
    assert she.word("limits.kept") not in limits.text


async def test_usual_text_is_one_tap_away_again(line: Hotline) -> None:
    she = await line.survivor()
    await she.arrives()
    await _sets(she, "easy", "reading", "easy_off")
    await she.sees("reading.noted")
    assert not (await she.sees("change_mind")).text.endswith(she.word("change_mind~easy"))


async def test_whoever_comes_to_the_open_door_sees_the_greeting_that_everybody_sees(line: Hotline) -> None:
    she, he = await line.survivor(), await line.survivor()
    await she.arrives()
    await _sets(she, "aloud")
    await she.sees("aloud.what")
    await she.says("tez chiqish")
    await she.phone.sees_gone(lambda bubble: she.word("aloud.what") in bubble.text, within=10)
    await she.says("/start")
    await he.says("/start")
    hers, his = await stands(she, "greet"), await stands(he, "greet")
    assert hers.text.split("\n")[1:] == his.text.split("\n")[1:]
    assert hers.buttons == his.buttons


async def _read_aloud(line: Hotline) -> Survivor:
    she = await line.survivor()
    await she.arrives()
    await _sets(she, "aloud", "hidden")
    await she.sees("reading.noted")
    return she


async def test_to_a_screen_reader_each_screen_is_a_new_message_that_names_its_buttons(line: Hotline) -> None:
    she = await _read_aloud(line)
    done = await she.sees("reading.noted")
    before = now_in(line)
    await she.taps("menu~aloud")
    menu = await she.phone.sees(she.word("menu.need"), within=10, after=done.message_id)
    assert [entry.method for entry in calls(line, she, since=before)] == ["sendmessage"]
    lines = menu.text.split("\n")
    assert lines[-len(menu.labels) :] == [f"{place} - {label}" for place, label in enumerate(menu.labels, 1)]
    assert menu.labels[-1] == she.word("exit")


async def test_a_number_that_the_text_names_chooses_that_button(line: Hotline) -> None:
    she = await _read_aloud(line)
    await she.taps("menu~aloud")
    menu = await stands(she, "menu")
    number = menu.labels.index(she.word("about")) + 1
    await she.says(f"{number}")
    await she.sees("about.person")
    await she.says(she.word("back~aloud"))
    await she.phone.sees(she.word("menu.need"), within=10, after=menu.message_id)


async def test_where_a_person_reads_along_the_buttons_are_named_without_numbers_and_not_after_each_word(
    line: Hotline,
) -> None:
    operator = await line.operator()
    she = await _read_aloud(line)
    await she.says("odam")
    await she.sees("consent")
    await she.taps("limits.agree~aloud")
    waiting = await stands(she, "waiting")
    assert she.word("waiting.stop~aloud") in waiting.text.split("\n")
    assert "1 - " not in waiting.text
    number = await operator.takes()
    await she.sees("person_in")
    await operator.says("Good evening.")
    words = await she.reads("Good evening.")
    assert words.text.split("\n")[1:] == ["Good evening."]
    assert words.labels[-1] == she.word("exit")
    await operator.says(f"/close {number} helped")


async def test_after_the_way_out_of_many_messages_one_book_is_left(line: Hotline) -> None:
    she = await _read_aloud(line)
    await she.taps("menu~aloud")
    await she.taps("about")
    await she.sees("about.person")
    await she.taps("exit")

    def inside(bubble: Bubble) -> bool:
        return bubble.mine or not bubble.text.startswith("Home cooking")

    await she.phone.sees_gone(inside, within=20)
    assert len(await she.screen()) == 1


async def test_without_the_cover_nothing_is_hidden_and_the_first_line_stays_dull(hotline: Hotline) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await _sets(she, "aloud", "plain")
    shown = await she.sees("reading.noted")
    assert not any(entity["type"] == "spoiler" for entity in shown.entities)
    assert not shown.text.startswith(she.word("reading.noted"))


async def _writes_only(line: Hotline) -> Survivor:
    she = await line.survivor()
    await she.arrives()
    await _sets(she, "textonly")
    await she.sees("sign")
    await she.taps("yes")
    await she.sees("reading.noted")
    return she


@pytest.mark.parametrize("step", ["danger", "read.police", "read.suicide", "minor"])
async def test_who_only_writes_reads_who_may_call_for_her_beside_every_number(line: Hotline, step: str) -> None:
    she = await _writes_only(line)
    await she.taps("menu")
    shown = await jumps(line, she, step)
    assert shown.text.endswith(she.word("text.called_for"))
    assert not any(she.word(key) in shown.text for key in ("police.pretend", "danger_more.neutral"))


async def _takes_hers(operator: Operator, she: Survivor) -> int:
    """From the menu into the hands of this operator."""
    await she.asks_for_a_person()
    return await operator.takes()


async def test_her_needs_reach_the_counsellor_with_her_yes_and_a_service_with_another(
    line: Hotline, sight: Sight
) -> None:
    operator, shelter = await line.operator(), await line.service()
    she = await _writes_only(line)
    assert await sight.reads(DESK, await sight.one(she)) == []
    await she.taps("menu")
    number = await _takes_hers(operator, she)
    card = await operator.sees_card(number)
    assert "Needs: in writing, no calls, sign-language interpreter" in card.text
    await operator.says(f"/refer {number} bux-shelter-a a quiet room")
    asked = await stands(she, "referral")
    assert "for you: in writing, sign-language interpreter" in asked.text
    await she.taps("agree")
    await shelter.reads("Access needs: in writing, no calls, sign-language interpreter")
    await operator.says(f"/close {number} helped")


async def test_a_need_set_in_the_middle_of_a_talk_is_told_without_saying_which(line: Hotline) -> None:
    operator = await line.operator()
    she = await line.survivor()
    await she.arrives()
    number = await _takes_hers(operator, she)
    late_tap(line, she, (await stands(she, "talking")).message_id, "reading:easy")
    told = await operator.sees("her_needs", number=number)
    assert "simple" not in told.text
    await operator.says(f"/case {number}")
    card = await operator.phone.sees("Needs: simple words", within=10, after=told.message_id)
    assert str(number) in card.text
    await operator.says(f"/close {number} helped")


async def test_what_she_set_lies_in_her_sealed_place_alone(hotline: Hotline, owner: Engine) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await _sets(she, "easy")
    await she.sees("reading.noted~easy")
    place = await place_of(hotline, owner, she.phone.user_id)
    assert place.settings["easy"] == "yes"
    assert set(STEPS["reading"].text) >= {"reading.what", "reading.seen"}
