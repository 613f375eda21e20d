"""Coming back: after an exit, after a pause, after a block, with nothing old shown before rule 1 is answered."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from practice.faults import Fault, Kind
from tests.bot.walking import alerted, late_tap, pauses, stands, takes, walks
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight, calls, now_in
from vault import orders
from vault.database import begin
from vault.orders import Order, Urgency
from vault.tables import SURVIVORS


async def _back(she: Survivor) -> None:
    """By /start to the answer to rule 1."""
    await she.says("/start")
    await stands(she, "greet")
    await she.taps(f"language.{she.language}")
    await stands(she, "safe_now")
    await she.taps("yes")


async def _leaves(she: Survivor) -> None:
    await she.taps("exit")
    await she.phone.sees_gone(lambda bubble: bubble.mine, within=10)


async def test_start_leads_back_and_the_book_goes(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "traces", sight)
    await _leaves(she)
    await she.says("суп")
    await she.phone.taps("Все блюда")
    back = await she.says("/start")
    await stands(she, "greet")
    await she.phone.sees_gone(lambda bubble: bubble.message_id < back.message_id, within=10)
    shown = [bubble.text for bubble in await she.screen() if not bubble.mine]
    assert len(shown) == 1
    assert she.word("traces.fewer") not in shown[0]
    await she.taps("language.ru")
    await she.taps("yes")
    await she.sees("menu.need")


async def test_a_wait_that_she_left_goes_on_after_rule_one(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("uz")
    await walks(she, "waiting", sight)
    number = (await sight.one(she)).number
    await alerted(operator, number)
    await _leaves(she)
    await operator.reads(f"Waits no more: {number}")
    await _back(she)
    await stands(she, "waiting")
    assert (await sight.one(she)).state == "waiting"
    await takes(operator, number)
    await stands(she, "talking")


async def test_a_talk_that_she_left_goes_on_with_the_same_counsellor(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    await operator.says("What I wrote before.")
    await she.reads("What I wrote before.")
    await _leaves(she)
    await operator.sees("she_left")
    await operator.says("Are you there?")
    await operator.sees("not_sent.left")
    await _back(she)
    await stands(she, "talking")
    await operator.sees("she_returned")
    shown = " ".join(bubble.text for bubble in await she.screen())
    assert "What I wrote before." not in shown, "no old content"
    assert shown.count(she.word("person_in")) == 1
    await operator.says("Good.")
    await she.reads("Good.")


async def test_a_case_closed_meanwhile_is_over_and_the_menu_is_there(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    await _leaves(she)
    await operator.sees("she_left")
    await operator.says("/close silence")
    await operator.sees("closed")
    await _back(she)
    await she.sees("menu.need")


async def test_danger_cried_on_the_way_back_does_not_wait_for_rule_one(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    await _leaves(she)
    await she.says("/start")
    await she.taps("language.en")
    await she.taps("danger")
    await she.sees("danger.call")
    await operator.sees("she_returned")
    assert (await sight.one(she)).state == "talking"


async def test_a_reply_in_flight_when_she_leaves_is_gone_and_the_next_never_goes(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    line.telegram.telegram.faults.order(Fault(Kind.DELAY, SURVIVORS_BOT, "sendMessage", seconds=1.0))
    await operator.says("The first, under way")
    await sight.until_words(she, "tried_at is not null and ended_at is null", 1)
    await operator.says("The second, behind it")
    await sight.until_words(she, "true", 2)
    before = now_in(line)
    await she.taps("exit")
    await she.reads("Home cooking")
    await operator.sees("not_delivered.left")
    await operator.sees("she_left")
    await she.phone.sees_gone("The first", within=10)
    await sight.until_words(she, "ended_at is not null", 2)
    await she.phone.sees_gone(lambda bubble: "under way" in bubble.text, within=10)
    said = [str(call.params.get("text")) for call in calls(line, she, since=before)]
    assert not any("behind it" in text for text in said)
    assert all(bubble.text.startswith("Home cooking") for bubble in await she.screen())


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_after_a_pause_rule_one_comes_again_and_then_she_goes_on_where_she_stood(
    line: Hotline, sight: Sight, language: str
) -> None:
    she = await line.survivor(language)
    shown = await walks(she, "who.could_kill_you", sight)
    await pauses(sight, she)
    await she.taps("yes")
    asked = await stands(she, "safe_now")
    assert asked.message_id == shown.message_id, "the question that stood open there is hidden"
    await she.taps("yes")
    await stands(she, "again")
    await she.taps("goon")
    await stands(she, "who.could_kill_you")


async def test_words_after_a_pause_are_kept_and_answered_with_rule_one(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "heard_first", sight)
    await pauses(sight, she)
    await she.says("I am back.")
    await stands(she, "safe_now")
    assert await sight.words("survivors", await sight.one(she)) == ["My sister knows.", "I am back."]
    await she.taps("no")
    await she.reads("Home cooking")


async def _held(line: Hotline, sight: Sight, language: str) -> tuple[Survivor, Operator]:
    """A talk in which the counsellor wrote after her window had closed."""
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "talking", sight, operator)
    await pauses(sight, she)
    quiet = now_in(line)
    await operator.says("I looked it up for you.")
    await operator.says("And one thing more.")
    await operator.sees("held")
    assert calls(line, she, since=quiet) == [], "nothing leaves outside her window"
    return she, operator


async def test_what_was_written_outside_her_window_is_held_and_comes_when_she_has_written_and_is_safe(
    line: Hotline, sight: Sight
) -> None:
    she, operator = await _held(line, sight, "en")
    said = await she.says("Hello")
    await operator.reads(": Hello")
    asked = await stands(she, "safe_now", after=said.message_id)
    assert not any("looked it up" in bubble.text for bubble in await she.screen()), "first the neutral question"
    await she.taps("yes")
    await she.reads("And one thing more.")
    await she.phone.sees(lambda bubble: bubble.message_id == asked.message_id and she.word("person_in") in bubble.text)
    told = [bubble.text.split("\n")[-1] for bubble in await she.screen() if bubble.message_id > asked.message_id]
    assert told == ["I looked it up for you.", "And one thing more."]


async def test_what_is_held_never_reaches_a_phone_that_is_not_safe(line: Hotline, sight: Sight) -> None:
    she, operator = await _held(line, sight, "ru")
    await she.says("привет")
    await stands(she, "safe_now")
    await she.taps("cannot")
    await she.reads("Домашняя кухня")
    await operator.sees("not_delivered.left")
    assert not any("looked it up" in str(call.params.get("text")) for call in calls(line, she))


async def test_a_counsellor_who_takes_a_case_outside_her_window_says_nothing_yet(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("uz")
    await walks(she, "waiting", sight)
    await pauses(sight, she)
    quiet = now_in(line)
    await takes(operator, (await sight.one(she)).number)
    assert calls(line, she, since=quiet) == []
    said = await she.says("Salom")
    await stands(she, "safe_now", after=said.message_id)
    await she.taps("yes")
    await stands(she, "talking", after=said.message_id)
    await operator.says("Men shu yerdaman.")
    await she.reads("Men shu yerdaman.")
    shown = " ".join(bubble.text for bubble in await she.screen())
    assert shown.count(she.word("person_in")) == 1, "a person comes once"


async def test_danger_and_the_way_out_pass_rule_one_after_a_pause(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "about", sight)
    await pauses(sight, she)
    await she.taps("danger")
    await she.sees("danger.call")
    await pauses(sight, she)
    await _leaves(she)
    await she.reads("Home cooking")


async def test_a_block_is_an_exit_and_opening_the_chat_again_is_no_way_in(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    await operator.says("Before the block.")
    await she.reads("Before the block.")
    await she.phone.blocks()
    await operator.sees("she_left")
    await operator.says("Hello?")
    await operator.sees("not_sent.left")
    await she.phone.sees_gone(lambda bubble: True, within=10)
    await she.phone.unblocks()
    said = await she.says("hello")
    await she.phone.sees("Nothing was found", after=said.message_id, within=10)
    await _back(she)
    await stands(she, "talking")
    await operator.sees("she_returned")
    shown = " ".join(bubble.text for bubble in await she.screen())
    assert "Before the block." not in shown


async def test_the_start_button_after_a_block_begins_at_the_greeting(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "heard", sight)
    await she.phone.blocks()
    await she.phone.sees_gone(lambda bubble: True, within=10)
    await she.phone.start()
    await stands(she, "greet")


async def test_a_block_by_somebody_who_never_wrote_opens_no_case(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await she.phone.blocks()
    await she.phone.unblocks()
    other = await line.survivor("en")
    await walks(other, "menu", sight)
    assert await sight.case(she) is None


async def test_late_taps_after_the_way_back_are_rule_one_again(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await _leaves(she)
    await she.says("/start")
    shown = await stands(she, "greet")
    await she.taps("language.en")
    await stands(she, "safe_now")
    late_tap(line, she, shown.message_id, "menu:about")
    late_tap(line, she, shown.message_id, "erase_ask:no")
    await she.taps("yes")
    await she.sees("menu.need")


async def test_the_wipe_of_an_exit_that_is_not_over_yet_takes_nothing_of_what_she_comes_back_to(
    line: Hotline, sight: Sight
) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await she.taps("exit")
    await she.phone.sees_gone(lambda bubble: bubble.mine, within=10)
    said = await she.says("/start")
    greeting = await stands(she, "greet", after=said.message_id)
    address = (await sight.one(she)).address
    late = Order("wipe", address, Urgency.EXIT, params={"left": True, "limit": 100})
    async with begin(sight.engine) as connection:
        await orders.write(connection, SURVIVORS, late, datetime.now(UTC), across=True)
    async with asyncio.timeout(10), sight.engine.connect() as connection:
        query = text("select ended from survivor_orders where id = :id")
        while (ended := await connection.scalar(query, {"id": late.id})) is None:
            await connection.rollback()
    assert ended == "came back"
    assert greeting.message_id in {bubble.message_id for bubble in await she.screen()}


async def test_whoever_goes_back_to_the_languages_is_asked_again_before_anything_comes(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "talking", sight, operator)
    shown = await she.says("/start")
    await she.taps("language.en")
    asked = await stands(she, "safe_now", after=shown.message_id)
    late_tap(line, she, asked.message_id, "safe_now:yes")
    await stands(she, "talking", after=shown.message_id)
    late_tap(line, she, asked.message_id, "safe_now:back")
    await stands(she, "greet", after=shown.message_id)
    await she.taps("language.en")
    await stands(she, "safe_now", after=shown.message_id)
    await operator.says("Not before she says that it is safe.")
    await operator.sees("held")
    assert not any("Not before" in bubble.text for bubble in await she.screen())
    await she.taps("yes")
    await she.reads("Not before")
