"""A live talk: words both ways in order, however long, and it is said when a person comes and when the person goes."""

import asyncio

import pytest

from practice.bubble import Bubble
from tests.bot.walking import PNG, stands, takes, walks
from tests.desk import settled
from tests.hotline import Hotline
from tests.people import Operator, Survivor, words
from tests.sight import Sight
from triage.handover import CHANGED
from triage.wording import units


async def _talk(line: Hotline, sight: Sight, language: str = "en") -> tuple[Survivor, Operator]:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "talking", sight, operator)
    return she, operator


def _body(bubble: Bubble) -> str:
    """What stands under the dull first line."""
    return bubble.text.split("\n", 1)[1]


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_words_go_both_ways_in_the_order_they_were_written(line: Hotline, sight: Sight, language: str) -> None:
    she, operator = await _talk(line, sight, language)
    number = (await sight.one(she)).number
    for turn in range(5):
        await operator.says(f"from the desk, {turn}")
        await she.says(f"from her, {turn}")
    await she.reads("from the desk, 4")
    await operator.reads(f"{number}: from her, 4")
    hers = [_body(bubble) for bubble in await she.screen() if "from the desk" in bubble.text]
    assert hers == [f"from the desk, {turn}" for turn in range(5)]
    theirs = [bubble.text for bubble in await operator.screen() if ": from her" in bubble.text]
    assert theirs == [f"{number}: from her, {turn}" for turn in range(5)]


async def test_neither_sees_the_other_s_name_username_or_number(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    await she.says("It is quiet now.")
    await operator.reads("It is quiet now.")
    await operator.says("Good. Take your time.")
    await she.reads("Good. Take your time.")
    seen = " ".join(bubble.text for bubble in (*await she.screen(), *await operator.screen()))
    for person in (she, operator):
        for mark in ("Canaryname", "canaryuser", str(person.phone.user_id)):
            assert mark not in seen


async def test_her_longest_message_arrives_whole(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    number = (await sight.one(she)).number
    said = " ".join(f"word{turn}" for turn in range(2000))[:4096].strip()
    await she.says(said)
    await operator.reads(f"{number}: word0 ")
    await operator.reads(said[-20:])
    pieces = [bubble.text.removeprefix(f"{number}: ") for bubble in await operator.screen() if "word" in bubble.text]
    assert len(pieces) > 1
    assert " ".join(pieces) == said
    assert all(units(f"{number}: {piece}") <= 4096 for piece in pieces)


async def test_four_thousand_emoji_arrive_whole(line: Hotline, sight: Sight) -> None:
    """4,096 emoji are 8,192 of Telegram's units: her app sends them as two messages."""
    she, operator = await _talk(line, sight, "uz")
    number = (await sight.one(she)).number
    await she.says("🌧" * 4096)

    async def arrived() -> int:
        shown = [bubble.text for bubble in await operator.screen() if "🌧" in bubble.text]
        assert all(text.startswith(f"{number}: ") and units(text) <= 4096 for text in shown)
        return sum(text.count("🌧") for text in shown)

    async with asyncio.timeout(20):
        while await arrived() < 4096:
            await operator.phone.sees("🌧")
    assert await arrived() == 4096
    assert await sight.words("desk", await sight.one(she)) == ["🌧" * 2048] * 2


async def test_a_counsellor_s_long_answer_comes_in_parts_each_with_the_way_out(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight, "ru")
    said = "\n".join(f"Строка {turn}: можно не отвечать." for turn in range(140))[:4000].strip()
    await operator.says(said)
    await she.reads(said[-20:])
    parts = [bubble for bubble in await she.screen() if "Строка" in bubble.text]
    assert len(parts) == 2
    assert "\n".join(_body(part) for part in parts) == said
    assert all(part.buttons[-1] == [she.word("exit")] for part in parts)
    await operator.says("🌧" * 2048)
    await she.reads("🌧")
    async with asyncio.timeout(20):
        while sum(bubble.text.count("🌧") for bubble in await she.screen()) < 2048:
            await she.reads("🌧")


async def test_under_every_answer_are_danger_stop_erase_and_the_way_out(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    await operator.says("I am here.")
    shown = await she.reads("I am here.")
    assert shown.buttons == [
        [she.word("stop"), she.word("erase")],
        [she.word("danger")],
        [she.word("exit")],
    ]


async def test_she_stops_the_talk_and_the_counsellor_is_told_and_writes_no_more(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    await she.taps("stop")
    await she.sees("person_out")
    await operator.sees("she_stopped")
    await operator.says("Wait")
    await operator.sees("not_sent.with_program")
    await she.taps("person")
    await stands(she, "talking")
    await operator.sees("she_returned")
    await operator.says("Good that you are back.")
    await she.reads("Good that you are back.")


async def test_when_the_counsellor_closes_she_is_told_and_the_screen_under_it_works(
    line: Hotline, sight: Sight
) -> None:
    she, operator = await _talk(line, sight)
    await operator.says("/close information")
    await she.sees("person_out")
    await she.says("Menu")
    await she.sees("menu.need")
    await she.taps("finish")
    shown = await she.sees("bye")
    assert she.word("traces") in shown.text
    await she.says("One more thing.")
    await she.sees("heard.shared")


async def test_after_the_close_no_screen_speaks_of_a_queue_any_more(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    await operator.says("/close helped")
    last = await she.sees("person_out")
    await she.says("/unknown")
    shown = await she.phone.sees(lambda bubble: not bubble.mine, after=last.message_id, within=10)
    assert she.word("person_out") in shown.text
    await she.taps("person")
    await she.sees("leave_msg")


async def test_a_question_is_put_to_the_counsellor_not_to_the_program(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight, "ru")
    for said in ("вы бот?", "да", "2", "русский", "стереть"):
        await she.says(said)
        await operator.reads(f": {said}")
    assert [bubble.text for bubble in await she.screen() if she.word("program") in bubble.text] == []


async def test_a_voice_note_or_a_picture_is_told_and_a_picture_s_words_arrive(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    await she.phone.sends_voice(b"\x00" * 40, duration=3)
    await operator.reads("a voice message, 3 s")
    await she.phone.sends_sticker(b"a cat")
    await operator.sees("unreadable")
    await she.sees("only_words")
    await she.sees("sos")
    await she.taps("no")
    await she.phone.sends_photo(PNG, caption="This is the door.")
    await operator.reads(": This is the door.")


async def test_the_language_of_a_talk_is_changed_by_its_name_and_the_counsellor_reads_it(
    line: Hotline, sight: Sight
) -> None:
    she, operator = await _talk(line, sight)
    said = await she.says("русский")
    await operator.reads(": русский")
    await she.phone.sees(words().text("ru", "can_stop"), within=10, after=said.message_id)
    assert (await sight.one(she)).language == "ru"


async def test_words_she_changes_afterwards_arrive_as_she_changed_them(line: Hotline, sight: Sight) -> None:
    she, operator = await _talk(line, sight)
    said = await she.says("Come at five")
    await operator.reads(": Come at five")
    await she.phone.edits(said.message_id, "Write to me at six")
    await operator.reads(f": {CHANGED} Write to me at six")


async def test_two_women_and_one_counsellor_and_nothing_goes_astray(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    first, second = await line.survivor("en"), await line.survivor("uz")
    numbers = []
    for she in (first, second):
        await walks(she, "waiting", sight)
        numbers.append((await sight.one(she)).number)
        await takes(operator, numbers[-1])
        await stands(she, "talking")
    await operator.says("for the second")
    await second.reads("for the second")
    said = await first.says("from the first")
    assert said.mine
    heard = await operator.reads(f"{numbers[0]}: from the first")
    # No thumb answers in the milliseconds between a message on the phone and its line in the ledger.
    await settled(operator)
    await operator.phone.says("for the first", reply_to=heard.message_id)
    await first.reads("for the first")
    await second.says("from the second")
    await operator.reads(f"{numbers[1]}: from the second")
    assert not any("for the first" in bubble.text for bubble in await second.screen())
    assert not any("for the second" in bubble.text for bubble in await first.screen())


async def test_danger_cried_after_she_stopped_brings_the_counsellor_back_and_says_so(
    line: Hotline, sight: Sight
) -> None:
    she, operator = await _talk(line, sight)
    await she.taps("stop")
    stopped = await she.sees("person_out")
    await she.taps("danger")
    await stands(she, "danger")
    await operator.sees("she_returned")
    await she.phone.sees(she.word("person_in"), within=10, after=stopped.message_id)


async def test_stop_waiting_tapped_as_the_counsellor_comes_ends_the_talk_and_says_so(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    waits = await walks(she, "waiting", sight)
    await takes(operator, (await sight.one(she)).number)
    await she.sees("person_in")
    await she.phone.taps(she.word("stop"), message_id=waits.message_id)
    await she.sees("person_out")
    await operator.sees("she_stopped")
