"""Her safety plan on the phone: built by taps, seen another day, changed, shown only by her yes, gone when she says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from dialogs.flows.plan_table import OWN
from tests.bot.planning import (
    answers_part,
    begins,
    built,
    place_of,
    plan_of,
)
from tests.bot.walking import chooses, pauses, stands, walks
from tests.hotline import Hotline
from tests.sight import Sight, calls, now_in
from vault.database import begin
from vault.tables import SURVIVORS


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_she_builds_a_plan_by_taps_alone_in_one_message(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    await built(she, sight)
    assert await plan_of(sight, she) == {"rooms": "window", "keys": "by_door", "needs": "medicine"}
    ours = [bubble for bubble in await she.screen() if not bubble.mine]
    assert len(ours) == 1, "pages of a plan take each other's place"
    assert ours[0].text.split("\n")[0] not in she.word("plan"), "the first line is a dull one"
    spoilers = [one["type"] for one in ours[0].entities]
    assert "spoiler" in spoilers
    sent = calls(line, she)[-1]
    assert she.word("plan") in sent.params["text"]


async def test_another_day_it_is_there_and_a_part_is_shown_a_screen(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await built(she, sight)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await sight.change(she, heard_at=yesterday, window_until=yesterday)
    said = await she.says("/start")
    await stands(she, "greet", after=said.message_id)
    assert not any("Room" in bubble.text for bubble in await she.screen())
    await she.taps("language.en")
    await stands(she, "safe_now", after=said.message_id)
    await she.taps("yes")
    await stands(she, "again", after=said.message_id)
    await chooses(she, "again", "anew")
    await stands(she, "menu", after=said.message_id)
    await chooses(she, "menu", "plan_open")
    await she.sees("plan.kept")
    await chooses(she, "plan", "plan_see")
    shown = await she.reads("Room: A low window")
    assert "Keys and shoes: Near the door" in shown.text
    assert "medicine" not in shown.text.lower(), "one part a screen"
    await chooses(she, "plan.see.home", "plan_turn")
    await she.reads("Every day: Medicine")
    await chooses(she, "plan.see.needs", "plan_turn")
    await stands(she, "plan")


async def test_one_answer_is_changed_one_is_taken_out_and_nothing_else_is_asked(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await built(she, sight)
    await chooses(she, "plan", "part_home")
    await she.reads("Room: A low window")
    await chooses(she, "plan.see.home", "line_rooms")
    await she.sees("plan.line")
    await chooses(she, "plan.line.rooms", "plan_change")
    await stands(she, "plan.ask.rooms")
    await chooses(she, "plan.ask.rooms", "door")
    await she.reads("Room: A door to the outside")
    await chooses(she, "plan.see.home", "line_keys")
    await she.sees("plan.line")
    await chooses(she, "plan.line.keys", "plan_out")
    await she.phone.sees(lambda bubble: "Room: A door" in bubble.text and "Near the door" not in bubble.text, within=10)
    assert await plan_of(sight, she) == {"rooms": "door", "needs": "medicine"}


async def test_the_whole_plan_goes_after_one_question(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await built(she, sight)
    await chooses(she, "plan", "plan_drop")
    await she.sees("plan.drop_all")
    await chooses(she, "plan.drop", "no")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_drop")
    await she.sees("plan.drop_all")
    await chooses(she, "plan.drop", "yes")
    await she.sees("plan.dropped")
    assert await plan_of(sight, she) == {}


async def test_a_few_words_of_her_own_are_kept_and_go_from_the_chat(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await she.sees("plan.own")
    said = await she.says("a slow song")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == said.message_id, within=10)
    await stands(she, "plan.ask.meeting")
    assert await plan_of(sight, she) == {"calm": f"{OWN}a slow song"}
    number = await she.says("ring 90 123 45 67")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == number.message_id, within=10)
    await stands(she, "plan.typed")
    await chooses(she, "plan.typed", "goon")
    await stands(she, "plan.ask.meeting")
    assert await plan_of(sight, she) == {"calm": f"{OWN}a slow song"}
    assert await sight.words(SURVIVORS, await sight.one(she)) == [], "what is refused is kept nowhere"


async def test_a_long_story_is_a_message_and_no_plan(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    story = "It was a long evening and I want to tell somebody how it went from the beginning. " * 2
    await she.says(story)
    await she.sees("heard.offer")
    assert await plan_of(sight, she) == {}
    assert await sight.words(SURVIVORS, await sight.one(she)) == [story.strip()]


async def test_danger_in_the_middle_of_the_plan_is_danger(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    await she.says("he is breaking down the door now, he has a knife")
    await she.sees("danger.out")
    assert (await sight.one(she)).risk == "immediate"
    assert await plan_of(sight, she) == {}


async def test_not_wanting_to_live_leads_to_that_page_and_raises_the_case(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight)
    await chooses(she, "plan", "part_calm")
    for item in ("calm", "meeting"):
        await stands(she, f"plan.ask.{item}")
        await chooses(she, f"plan.ask.{item}", "skip")
    await stands(she, "plan.ask.much")
    await chooses(she, "plan.ask.much", "thoughts")
    await she.sees("suicide")
    case = await sight.one(she)
    assert case.risk == "high"
    assert "suicidal" in case.flags


async def test_a_voice_note_in_the_plan_is_kept_for_a_person_and_leads_back(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    await she.phone.sends_voice(b"OggS plan", duration=3)
    await stands(she, "sos")
    await chooses(she, "sos", "no")
    await stands(she, "plan.ask.calm")
    assert await plan_of(sight, she) == {}
    assert [one.kind for one in await sight.reads(SURVIVORS, await sight.one(she))] == ["voice"]


async def test_on_a_watched_phone_nothing_is_kept_typed_or_sent_by_itself(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight, phone="always")
    place = await place_of(sight, she)
    assert (place.settings["timer"], place.settings["when"]) == ("15", "never")
    await chooses(she, "plan", "part_calm")
    await she.sees("plan.taps")
    said = await she.says("a slow song")
    await stands(she, "plan.typed")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == said.message_id, within=10)
    await chooses(she, "plan.typed", "goon")
    await stands(she, "plan.ask.calm")
    await chooses(she, "plan.ask.calm", "breath")
    await stands(she, "plan.ask.meeting")
    await chooses(she, "plan.ask.meeting", "stop")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.unshareable")
    await chooses(she, "plan.unshareable", "plan_more")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_see")
    await she.reads("Five minutes: Slow breathing")
    await chooses(she, "plan.see.calm", "plan_turn")
    await she.sees("plan.gone")
    assert await plan_of(sight, she) == {}
    assert not any("Slow breathing" in bubble.text for bubble in await she.screen()), "shown once"


async def test_the_way_out_in_the_middle_of_it_keeps_a_kept_plan_and_no_other(line: Hotline, sight: Sight) -> None:
    for phone, left in (("never", {"rooms": "door"}), ("dont_know", {})):
        she = await line.survivor("en")
        await begins(she, sight, phone=phone)
        await chooses(she, "plan", "part_home")
        await stands(she, "plan.ask.rooms")
        await chooses(she, "plan.ask.rooms", "door")
        await stands(she, "plan.ask.signs")
        before = now_in(line)
        await she.taps("exit")
        await she.reads("Home cooking")
        await she.phone.sees_gone(lambda bubble: bubble.mine or "Home cooking" not in bubble.text, within=10)
        assert calls(line, she, since=before)[0].method == "editmessagetext"
        assert await plan_of(sight, she) == left


async def test_after_a_pause_a_plan_that_was_not_kept_is_gone(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight, keep="plan_head")
    await answers_part(she, "needs", needs="medicine")
    assert await plan_of(sight, she) == {"needs": "medicine"}
    await pauses(sight, she)
    await chooses(she, "plan.noted", "plan_see")
    await stands(she, "safe_now")
    assert await plan_of(sight, she) == {}


async def test_her_timer_takes_a_plan_that_was_not_kept(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await begins(she, sight, phone="always")
    await answers_part(she, "needs", needs="medicine")
    address = (await sight.one(she)).address
    await sight.change(she, heard_at=datetime.now(UTC) - timedelta(minutes=20))
    async with begin(sight.engine) as connection:
        query = "update survivor_orders set not_before = now() where kind = 'fade' and address_id = :at"
        await connection.execute(text(query), {"at": address})
        await connection.execute(text("notify hamroh_survivors"))
    await she.phone.sees_gone(lambda _: True, within=10)
    assert await plan_of(sight, she) == {}


async def test_the_plan_opens_with_her_own_word_where_she_chose_one(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await built(she, sight)
    await she.taps("back")
    await stands(she, "menu")
    for key in ("settings", "set_words", "set_code"):
        await she.taps(key)
    await she.sees("word.type")
    await she.says("Qovoq somsa")
    await she.sees("word.noted")
    await she.taps("exit")
    await she.reads("Home cooking")
    typed = await she.says("/start")
    await stands(she, "greet", after=typed.message_id)
    await she.taps("language.en")
    await stands(she, "safe_now", after=typed.message_id)
    await she.taps("yes")
    await stands(she, "menu", after=typed.message_id)
    await chooses(she, "menu", "plan_open")
    await she.sees("plan.closed_how")
    assert not any("window" in bubble.text for bubble in await she.screen())
    await she.taps("exit")
    await she.reads("Home cooking")
    typed = await she.says("qovoq somsa")
    await stands(she, "safe_now", after=typed.message_id)
    await she.taps("yes")
    await stands(she, "plan", after=typed.message_id)
    await chooses(she, "plan", "plan_see")
    await she.reads("Room: A low window")


async def test_serious_answers_put_a_person_before_the_plan(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "who.high", sight)
    await chooses(she, "who.high", "plan_open")
    await stands(she, "plan.person")
    await chooses(she, "plan.person", "goon")
    await stands(she, "plan.phone")
    await chooses(she, "plan.phone", "sometimes")
    await stands(she, "plan.keep")
    await chooses(she, "plan.keep", "skip")
    await she.sees("plan.unkept")


async def test_under_18_the_plan_is_short_and_tells_the_limits(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "minor", sight)
    await she.taps("menu")
    await stands(she, "menu")
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan.phone")
    await chooses(she, "plan.phone", "never")
    await stands(she, "plan.keep")
    await chooses(she, "plan.keep", "plan_keep")
    await she.sees("minor.limits")
    await chooses(she, "plan.young", "part_young")
    for item, answer in (("y_rooms", "window"), ("adult", "teacher"), ("y_heart", "yes")):
        await stands(she, f"plan.ask.{item}")
        await chooses(she, f"plan.ask.{item}", answer)
    await stands(she, "plan.noted")
    await chooses(she, "plan.noted", "plan_more")
    await she.sees("minor.limits")
    assert await plan_of(sight, she) == {"y_rooms": "window", "adult": "teacher", "y_heart": "yes"}
