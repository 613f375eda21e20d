"""Her safety plan on the phone: built by taps, seen another day, changed, shown only by her yes, gone when she says."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from dialogs.flows.plan_table import OWN
from dialogs.kinds import Place
from tests.bot.walking import chooses, late_tap, pauses, stands, takes, walks
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight, calls, now_in
from vault import cases
from vault.cases import Case
from vault.database import begin
from vault.keys import CannotOpenError, unseal
from vault.safe import sealed_place
from vault.tables import DESK, SURVIVORS


async def _place(sight: Sight, she: Survivor) -> Place:
    """Her place, opened with her side's key."""
    safe = sight.safe(SURVIVORS)
    async with begin(sight.engine) as connection:
        row = await cases.place(connection, safe, safe.person("chat", str(she.phone.user_id)))
    assert row is not None
    return Place.from_json(json.loads(row.opened))


async def _plan(sight: Sight, she: Survivor) -> dict[str, str]:
    return dict((await _place(sight, she)).plan)


async def _begins(she: Survivor, sight: Sight, *, phone: str = "never", keep: str = "plan_keep") -> None:
    """From nothing to the parts of her plan, with her word on who looks at her phone and whether to keep it."""
    await walks(she, "menu", sight)
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan.phone")
    await chooses(she, "plan.phone", phone)
    if phone in {"never", "sometimes"}:
        await stands(she, "plan.keep")
        await chooses(she, "plan.keep", keep)
    else:
        await stands(she, "plan.quiet")
        await chooses(she, "plan.quiet", "goon")
    await stands(she, "plan")


async def _part(she: Survivor, part: str, **answers: str) -> None:
    """Answer the questions of a part by taps."""
    await chooses(she, "plan", f"part_{part}")
    for item, answer in answers.items():
        await stands(she, f"plan.ask.{item}")
        await chooses(she, f"plan.ask.{item}", answer)
    await stands(she, "plan.noted")


async def _home(she: Survivor) -> None:
    await chooses(she, "plan.noted", "plan_more")
    await stands(she, "plan")


async def _built(she: Survivor, sight: Sight) -> None:
    """A kept plan of two parts, and its home on the screen."""
    await _begins(she, sight)
    await _part(she, "home", rooms="window", signs="skip", keys="by_door")
    await _home(she)
    await _part(she, "needs", needs="medicine")
    await _home(she)


async def _entries(sight: Sight, case: Case) -> int:
    query = text("select count(*) from entries where case_id = :case and kind = 'plan'")
    async with begin(sight.engine) as connection:
        return int(await connection.scalar(query, {"case": case.id}) or 0)


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_she_builds_a_plan_by_taps_alone_in_one_message(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    await _built(she, sight)
    assert await _plan(sight, she) == {"rooms": "window", "keys": "by_door", "needs": "medicine"}
    ours = [bubble for bubble in await she.screen() if not bubble.mine]
    assert len(ours) == 1, "pages of a plan take each other's place"
    assert ours[0].text.split("\n")[0] not in she.word("plan"), "the first line is a dull one"
    spoilers = [one["type"] for one in ours[0].entities]
    assert "spoiler" in spoilers
    sent = calls(line, she)[-1]
    assert she.word("plan") in sent.params["text"]


async def test_another_day_it_is_there_and_a_part_is_shown_a_screen(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _built(she, sight)
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
    await _built(she, sight)
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
    assert await _plan(sight, she) == {"rooms": "door", "needs": "medicine"}


async def test_the_whole_plan_goes_after_one_question(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _built(she, sight)
    await chooses(she, "plan", "plan_drop")
    await she.sees("plan.drop_all")
    await chooses(she, "plan.drop", "no")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_drop")
    await she.sees("plan.drop_all")
    await chooses(she, "plan.drop", "yes")
    await she.sees("plan.dropped")
    assert await _plan(sight, she) == {}


async def test_a_few_words_of_her_own_are_kept_and_go_from_the_chat(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await she.sees("plan.own")
    said = await she.says("a slow song")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == said.message_id, within=10)
    await stands(she, "plan.ask.meeting")
    assert await _plan(sight, she) == {"calm": f"{OWN}a slow song"}
    number = await she.says("ring 90 123 45 67")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == number.message_id, within=10)
    await stands(she, "plan.typed")
    await chooses(she, "plan.typed", "goon")
    await stands(she, "plan.ask.meeting")
    assert await _plan(sight, she) == {"calm": f"{OWN}a slow song"}
    assert await sight.words(SURVIVORS, await sight.one(she)) == [], "what is refused is kept nowhere"


async def test_a_long_story_is_a_message_and_no_plan(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    story = "It was a long evening and I want to tell somebody how it went from the beginning. " * 2
    await she.says(story)
    await she.sees("heard.offer")
    assert await _plan(sight, she) == {}
    assert await sight.words(SURVIVORS, await sight.one(she)) == [story.strip()]


async def test_danger_in_the_middle_of_the_plan_is_danger(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    await she.says("he is breaking down the door now, he has a knife")
    await she.sees("danger.out")
    assert (await sight.one(she)).risk == "immediate"
    assert await _plan(sight, she) == {}


async def test_not_wanting_to_live_leads_to_that_page_and_raises_the_case(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight)
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
    await _begins(she, sight)
    await chooses(she, "plan", "part_calm")
    await stands(she, "plan.ask.calm")
    await she.phone.sends_voice(b"OggS plan", duration=3)
    await stands(she, "sos")
    await chooses(she, "sos", "no")
    await stands(she, "plan.ask.calm")
    assert await _plan(sight, she) == {}
    assert [one.kind for one in await sight.reads(SURVIVORS, await sight.one(she))] == ["voice"]


async def test_on_a_watched_phone_nothing_is_kept_typed_or_sent_by_itself(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight, phone="always")
    place = await _place(sight, she)
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
    assert await _plan(sight, she) == {}
    assert not any("Slow breathing" in bubble.text for bubble in await she.screen()), "shown once"


async def test_the_way_out_in_the_middle_of_it_keeps_a_kept_plan_and_no_other(line: Hotline, sight: Sight) -> None:
    for phone, left in (("never", {"rooms": "door"}), ("dont_know", {})):
        she = await line.survivor("en")
        await _begins(she, sight, phone=phone)
        await chooses(she, "plan", "part_home")
        await stands(she, "plan.ask.rooms")
        await chooses(she, "plan.ask.rooms", "door")
        await stands(she, "plan.ask.signs")
        before = now_in(line)
        await she.taps("exit")
        await she.reads("Home cooking")
        await she.phone.sees_gone(lambda bubble: bubble.mine or "Home cooking" not in bubble.text, within=10)
        assert calls(line, she, since=before)[0].method == "editmessagetext"
        assert await _plan(sight, she) == left


async def test_after_a_pause_a_plan_that_was_not_kept_is_gone(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight, keep="plan_head")
    await _part(she, "needs", needs="medicine")
    assert await _plan(sight, she) == {"needs": "medicine"}
    await pauses(sight, she)
    await chooses(she, "plan.noted", "plan_see")
    await stands(she, "safe_now")
    assert await _plan(sight, she) == {}


async def test_her_timer_takes_a_plan_that_was_not_kept(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _begins(she, sight, phone="always")
    await _part(she, "needs", needs="medicine")
    address = (await sight.one(she)).address
    await sight.change(she, heard_at=datetime.now(UTC) - timedelta(minutes=20))
    async with begin(sight.engine) as connection:
        query = "update survivor_orders set not_before = now() where kind = 'fade' and address_id = :at"
        await connection.execute(text(query), {"at": address})
        await connection.execute(text("notify hamroh_survivors"))
    await she.phone.sees_gone(lambda _: True, within=10)
    assert await _plan(sight, she) == {}


async def _shows_it(she: Survivor) -> None:
    """From the plan's home to her yes."""
    await chooses(she, "plan", "plan_share")
    asked = await she.sees("plan.share")
    assert asked.text.count("?") == 1
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")


async def _with_a_counsellor(she: Survivor, operator: Operator, sight: Sight) -> int:
    """She asks for a person from where she is, and is taken."""
    await she.taps("person")
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    number = (await sight.one(she)).number
    await takes(operator, number)
    await she.sees("person_in")
    return number


async def test_what_she_shows_stands_on_the_card_follows_her_changes_and_goes_when_she_says(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await _built(she, sight)
    await chooses(she, "plan", "plan_share")
    await she.sees("limits.who")
    await she.sees("plan.share")
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")
    case = await sight.one(she)
    assert case.state == "with_program", "showing a plan asks for nobody"
    assert await sight.reads(DESK, case)
    await chooses(she, "plan.shared", "plan_more")
    await she.sees("plan.kept_shared")
    await chooses(she, "plan", "part_home")
    await she.reads("Room: A low window")
    await chooses(she, "plan.see.home", "line_rooms")
    await she.sees("plan.line")
    await chooses(she, "plan.line.rooms", "plan_change")
    await stands(she, "plan.ask.rooms")
    await chooses(she, "plan.ask.rooms", "yard")
    await she.reads("Room: The yard")
    assert await _entries(sight, case) == 1, "one entry, whatever she changed"
    number = await _with_a_counsellor(she, operator, sight)
    card = await operator.sees_card(number)
    assert "her safety plan" in card.text
    assert "Room: The yard" in card.text
    assert "low window" not in card.text
    assert "Every day: Medicine" in card.text
    await she.taps("stop")
    await stands(she, "after")
    await chooses(she, "after", "menu")
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.shared")
    await chooses(she, "plan.shared", "plan_unshare")
    await she.sees("plan.unshared")
    await operator.sees("plan.unshared")
    await operator.phone.sees_gone(lambda bubble: "Room: The yard" in bubble.text, within=10)
    assert await _entries(sight, case) == 0
    assert [one.kind for one in await sight.reads(DESK, case) if one.kind == "plan"] == []
    said = await operator.says(f"/case {number}")
    again = await operator.phone.sees(lambda b: b.text.startswith(f"Case {number} "), within=10, after=said.message_id)
    assert "safety plan" not in again.text
    assert await _plan(sight, she), "it is still hers"


async def test_the_desk_never_sees_a_plan_that_she_did_not_show_and_its_key_cannot_open_it(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await _built(she, sight)
    number = await _with_a_counsellor(she, operator, sight)
    card = await operator.sees_card(number)
    for said in ("plan", "window", "Medicine"):
        assert said not in card.text
    case = await sight.one(she)
    assert await _entries(sight, case) == 0
    assert all("window" not in one.text for one in await sight.reads(DESK, case))
    person = bytes(sight.safe(SURVIVORS).person("chat", str(she.phone.user_id)))
    async with begin(sight.engine) as connection:
        sealed = await connection.scalar(text("select sealed from places where person = :who"), {"who": person})
        hers = await cases.private_half(connection, sight.safe(SURVIVORS), case.id)
        desks = await cases.private_half(connection, sight.safe(DESK), case.id)
    where = sealed_place("places", person)
    assert b"window" in unseal(bytes(sealed or b""), hers, where)
    assert b"window" not in bytes(sealed or b"")
    with pytest.raises(CannotOpenError):
        unseal(bytes(sealed or b""), desks, where)
    async with begin(sight.engine) as connection:
        await connection.execute(text("set local role hamroh_staff"))
        readable = await connection.scalar(text("select has_table_privilege('places', 'select')"))
    assert readable is False, "the staff's process cannot even read the row"


async def test_her_no_to_showing_it_shows_nothing(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _built(she, sight)
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.share")
    await chooses(she, "plan.share_first", "disagree")
    await stands(she, "plan")
    assert await sight.reads(DESK, await sight.one(she)) == []


async def test_a_yes_to_a_person_that_she_takes_back_takes_the_plan_back_too(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await _built(she, sight)
    await _with_a_counsellor(she, operator, sight)
    await she.taps("stop")
    await stands(she, "after")
    await chooses(she, "after", "menu")
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan")
    await _shows_it(she)
    case = await sight.one(she)
    assert await _entries(sight, case) == 1
    shown = await stands(she, "plan.shared")
    late_tap(line, she, shown.message_id, "limits:disagree")
    await she.sees("refused.withdrawn")
    assert await _entries(sight, case) == 0
    assert "plan_shared" not in (await _place(sight, she)).settings


async def test_the_plan_opens_with_her_own_word_where_she_chose_one(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _built(she, sight)
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


async def test_what_is_kept_about_her_counts_the_plan_and_leads_to_it(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await _built(she, sight)
    await she.taps("back")
    await stands(she, "menu")
    await she.taps("settings")
    await she.taps("set_data")
    shown = await she.reads("answers in your plan: 3")
    assert shown.text.count("answers in your plan") == 1
    await chooses(she, "data", "plan_open")
    await stands(she, "plan")
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.share")
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")
    await chooses(she, "plan.shared", "plan_more")
    await stands(she, "plan")
    await she.taps("back")
    await stands(she, "menu")
    await she.taps("settings")
    await she.taps("set_data")
    await she.phone.sees(lambda bubble: bubble.text.count("answers in your plan: 3") == 2, within=10)


async def test_erasing_everything_leaves_no_plan_on_either_side(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await _built(she, sight)
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.share")
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")
    case = await sight.one(she)
    number = await _with_a_counsellor(she, operator, sight)
    await operator.reads("Room: A low window")
    await she.taps("erase")
    await she.sees("erase_q")
    await chooses(she, "erase_ask", "erase")
    await she.sees("erased")
    await operator.phone.sees_gone(lambda bubble: not bubble.mine and str(number) in bubble.text, within=10)
    assert not any("low window" in bubble.text for bubble in await operator.screen())
    assert await _entries(sight, case) == 0
    async with begin(sight.engine) as connection:
        for table in ("places", "survivor_copies", "staff_copies", "consents"):
            query = text(f"select count(*) from {table} where case_id = :case")
            assert await connection.scalar(query, {"case": case.id}) == 0, table
    assert await sight.case(she) is None


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
    assert await _plan(sight, she) == {"y_rooms": "window", "adult": "teacher", "y_heart": "yes"}
