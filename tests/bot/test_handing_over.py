"""Handing over to a person: with her yes, which opens what she wrote, or at once where her words cry danger."""

import pytest

from tests.bot.reading import AMBER, AT_THE_DOOR, LIKE_DYING, OTHER_READER
from tests.bot.walking import alerted, late_tap, stands, takes, walks
from tests.hotline import Hotline
from tests.sight import Sight
from triage.flags import read

LANGUAGES = ("en", "ru", "uz")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_until_her_yes_no_key_but_hers_opens_what_she_wrote(line: Hotline, sight: Sight, language: str) -> None:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "menu", sight)
    said = ["I have not told anybody.", "It began two years ago."]
    for text in said:
        last = await she.says(text)
        shown = await she.phone.sees(she.word("heard.unread"), after=last.message_id, within=10)
        assert she.word("heard.shared") not in shown.text
    case = await sight.one(she)
    assert await sight.words("survivors", case) == said
    assert await sight.words("desk", case) == []
    await she.taps("person")
    asked = await she.sees("consent")
    for limit in ("limits.who", "limits.kept", "limits.law", "tgcopy", "can_refuse"):
        assert she.word(limit) in asked.text
    assert [she.word("agree"), she.word("disagree")] in asked.buttons, "yes and no weigh the same"
    assert await sight.words("desk", case) == []
    await she.taps("agree")
    await she.sees("leave_msg")
    assert await sight.words("desk", case) == said
    await she.says("And there is more.")
    await she.sees("left_words.person")
    assert await sight.words("desk", case) == [*said, "And there is more."]
    await takes(operator, case.number)
    card = await operator.reads(said[0])
    assert said[1] in card.text


async def test_what_may_be_seen_before_her_yes_is_class_language_and_waiting_time(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("ru")
    await walks(she, "menu", sight)
    await she.says(AMBER["ru"])
    await she.sees("near_now")
    await she.taps("no")
    await she.sees("consent")
    case = await sight.one(she)
    assert (case.risk, case.flags, await sight.words("desk", case)) == ("high", ("strangulation",), [])
    await she.taps("agree")
    alert = await alerted(operator, case.number, "high")
    first, since, *signs = alert.text.split("\n")
    assert first == f"🟠 high, Russian: {case.number}"
    assert since.startswith("Waits since ")
    assert signs == ["Signs: strangled"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_leaves_the_pages_open_and_shows_nobody_anything(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    await walks(she, "heard_first", sight)
    await she.taps("person")
    await she.taps("disagree")
    shown = await she.sees("refused.noted")
    assert she.word("change_mind") in shown.text
    case = await sight.one(she)
    assert await sight.words("desk", case) == []
    assert case.state == "with_program"
    for tapped, seen in (("menu", "menu.need"), ("about", "about.person"), ("traces_page", "traces.fewer")):
        await she.taps(tapped)
        await she.sees(seen)
    await she.taps("person")
    await she.sees("consent")


async def test_a_no_said_later_takes_the_yes_back_and_says_so(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await she.says("I want to talk to a person")
    asked = await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    case = await sight.one(she)
    await alerted(operator, case.number)
    late_tap(line, she, asked.message_id, "limits:disagree")
    await she.sees("refused.withdrawn")
    assert (await sight.one(she)).state == "with_program"
    await operator.phone.sees_gone(lambda bubble: str(case.number) in bubble.text and "Take" in str(bubble.buttons))
    await she.says("This is for nobody.")
    await she.sees("heard.unread")
    assert await sight.words("desk", case) == []


async def test_a_yes_taken_back_in_a_talk_ends_it(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("uz")
    shown = await walks(she, "talking", sight, operator)
    late_tap(line, she, shown.message_id, "limits:disagree")
    await she.sees("refused.withdrawn")
    await operator.sees("she_stopped")
    await operator.says("Are you there?")
    await operator.sees("not_sent.with_program")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_danger_button_hands_over_at_once_and_the_same_screen_says_so(
    line: Hotline, sight: Sight, language: str
) -> None:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "heard_first", sight)
    assert await sight.words("desk", await sight.one(she)) == []
    await she.taps("danger")
    shown = await she.sees("danger.told")
    first = shown.text.split("\n")[1]
    assert "102" in first, "the numbers come first"
    assert she.word("danger.limits") in shown.text
    case = await sight.one(she)
    assert (case.risk, case.state, case.flags) == ("immediate", "waiting", ("immediate_danger",))
    assert await sight.words("desk", case) == ["My sister knows."]
    await alerted(operator, case.number, f"IMMEDIATE, {operator.word(f'language.{language}')}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_that_cry_danger_do_the_same(line: Hotline, sight: Sight, language: str) -> None:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "who.weapon", sight)
    await she.says(AT_THE_DOOR[language])
    shown = await she.sees("danger.told")
    assert "102" in shown.text.split("\n")[1]
    case = await sight.one(she)
    assert (case.risk, case.flags) == ("immediate", ("immediate_danger", "weapon"))
    assert await sight.words("desk", case) == [AT_THE_DOOR[language]]
    await takes(operator, case.number)
    await operator.reads(AT_THE_DOOR[language])
    await she.sees("person_in")


def test_the_reader_reads_these_lines_so() -> None:
    readings = [read(line) for line in AT_THE_DOOR.values()]
    if not any(reading.flags for reading in readings):
        pytest.skip("the reader of this tree does not know these lines yet")
    assert all("immediate_danger" in reading.flags and reading.urgency == "immediate" for reading in readings)


async def test_danger_in_the_very_first_message_is_answered_before_any_question(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru", code="ru")
    await she.says(AT_THE_DOOR["ru"])
    await she.sees("danger.told")
    assert (await sight.one(she)).state == "waiting"
    await she.says("пожалуйста")
    await she.sees("left_words.person")


async def test_a_request_that_cries_danger_is_danger_first(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "waiting", sight)
    await she.says(AT_THE_DOOR["en"])
    await she.sees("danger.told")


async def test_danger_while_she_waits_is_told_to_those_on_duty_anew(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "waiting", sight)
    number = (await sight.one(she)).number
    await alerted(operator, number, "ordinary, English")
    await she.says(AT_THE_DOOR["en"])
    await alerted(operator, number, "IMMEDIATE, English")


async def test_danger_in_a_live_talk_reaches_the_counsellor_and_interrupts_nothing(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("uz")
    await walks(she, "talking", sight, operator)
    said = await she.says(AT_THE_DOOR["uz"])
    await operator.reads(AT_THE_DOOR["uz"])
    await operator.sees("case.rose")
    await operator.says("Eshikni yoping, men shu yerdaman.")
    answer = await she.reads("Eshikni yoping")
    between = [bubble for bubble in await she.screen() if said.message_id < bubble.message_id < answer.message_id]
    assert between == []


async def test_after_danger_the_person_is_there_without_another_question(line: Hotline, sight: Sight) -> None:
    """A flag has opened the talk: asking her for a yes then would make the earlier screen a lie."""
    she = await line.survivor("en")
    await walks(she, "danger", sight)
    await she.taps("menu")
    await she.sees("menu.need")
    await she.taps("person")
    await she.taps("stop")
    await she.sees("menu.need")
    assert (await sight.one(she)).state == "with_program"
    await she.taps("person")
    await she.sees("leave_msg")
    assert (await sight.one(she)).state == "waiting"


async def test_in_the_book_a_cry_is_answered_by_the_book_and_only_class_and_flags_reach_the_desk(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "heard_first", sight)
    await she.taps("exit")
    await she.reads("Home cooking")
    await she.says(AT_THE_DOOR["en"])
    await she.reads("Nothing was found")
    case = await sight.one(she)
    await operator.reads(f"Decide by what was agreed with her. Case: {case.number}")
    assert (case.risk, case.flags) == ("immediate", ("immediate_danger", "weapon"))
    assert await sight.words("desk", case) == []
    assert not any("knife" in bubble.text for bubble in await operator.screen())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_of_threat_ask_once_whether_that_person_is_near(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    await walks(she, "menu", sight)
    await she.says(AMBER[language])
    await she.sees("near_now")
    assert (await sight.one(she)).risk == "high"
    await she.taps("no")
    await she.sees("consent")
    last = await she.says(AMBER[language])
    shown = await she.phone.sees(lambda bubble: not bubble.mine, after=last.message_id, within=10)
    assert she.word("near_now") not in shown.text


async def test_that_person_is_near_is_the_book_at_once(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "menu", sight)
    await she.says(AMBER["ru"])
    await she.sees("near_now")
    await she.taps("yes")
    await she.reads("Домашняя кухня")
    await she.phone.sees_gone(lambda bubble: bubble.mine)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_somebody_else_writes_the_book_answers_and_the_desk_is_told(
    line: Hotline, sight: Sight, language: str
) -> None:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "heard_first", sight)
    said = await she.says(OTHER_READER[language])
    await she.phone.sees_gone(lambda bubble: bubble.mine and bubble.message_id != said.message_id)
    left = [bubble for bubble in await she.screen() if not bubble.mine]
    assert len(left) == 1
    assert left[0].text.startswith({"en": "Home cooking", "ru": "Домашняя кухня", "uz": "Uy taomlari"}[language])
    assert said.message_id in [bubble.message_id for bubble in await she.screen()], "his words stay under his eyes"
    case = await sight.one(she)
    assert "perpetrator_writing" in case.flags
    await operator.reads(f"noticed that you know. Case: {case.number}")
    assert await sight.words("desk", case) == []
    await she.says(OTHER_READER[language])
    await operator.phone.sees(lambda bubble: f"that you know. Case: {case.number}" in bubble.text, within=10)


async def test_whoever_asks_after_her_reads_nothing_of_what_this_is(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    said = await she.says("What did she write to you?")
    await she.phone.sees("Home cooking", within=10, after=said.message_id)
    assert "perpetrator_writing" in (await sight.one(she)).flags
    assert not any(she.word("thanks") in bubble.text for bubble in await she.screen())


async def test_what_is_only_like_words_of_dying_is_asked_of_danger_and_not_of_dying(
    line: Hotline, sight: Sight
) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    said = await she.says(LIKE_DYING)
    await stands(she, "near_now", after=said.message_id)


async def test_somebody_else_in_a_live_talk_is_told_to_whoever_holds_the_case(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    other = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    number = (await sight.one(she)).number
    await she.says(OTHER_READER["en"])
    await operator.reads(f"noticed that you know. Case: {number}")
    await operator.says("Hello?")
    await operator.sees("not_sent.left")
    assert not any("that you know" in bubble.text for bubble in await other.screen())
    await she.says("/start")
    await stands(she, "greet")
