"""What she sets for herself: words, hours, timer, keeping; and what the bot does after a pause, walked by people."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from dialogs.window import PARTS
from hamroh.places import Database
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from vault.database import Engine


async def _back(owner: Engine, hours: float, column: str = "heard_at") -> None:
    """Let time pass for her case: its last sign lies this long ago."""
    async with owner.begin() as connection:
        then = datetime.now(UTC) - timedelta(hours=hours)
        await connection.execute(text(f"update cases set {column} = :then, window_until = null"), {"then": then})


async def _column(owner: Engine, name: str) -> object:
    async with owner.connect() as connection:
        return await connection.scalar(text(f"select {name} from cases order by opened_at limit 1"))


async def _in_talk(hotline: Hotline) -> tuple[Survivor, Operator]:
    operator = await hotline.operator()
    she = await hotline.survivor()
    await she.arrives()
    await she.asks_for_a_person()
    await operator.takes()
    return she, operator


async def _leaves(she: Survivor) -> None:
    await she.taps("exit")
    await she.phone.sees(lambda bubble: not bubble.mine and bubble.edited and "1." in bubble.text, within=10)


async def _sets_word(she: Survivor, button: str, word: str) -> None:
    await she.says("/start")
    await she.taps(f"language.{she.language}")
    await she.taps("yes")
    await she.taps("settings")
    await she.taps("set_words")
    await she.taps(button)
    await she.sees("word.type")
    typed = await she.says(word)
    await she.sees("word.noted")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == typed.message_id, within=10)


async def test_her_own_word_brings_her_back_and_is_shown_nowhere(hotline: Hotline, owner: Engine) -> None:
    she = await hotline.survivor()
    await _sets_word(she, "set_code", "Qovoq somsa")
    await _leaves(she)
    await she.says("zira")
    await she.says("qovoq SOMSA")
    await she.sees("safe_now")
    async with owner.connect() as connection:
        kept = await connection.scalar(text("select sealed from places"))
    assert b"somsa" not in bytes(kept or b"")


async def test_her_word_for_being_forced_looks_like_a_search_and_stops_every_send(hotline: Hotline) -> None:
    operator = await hotline.operator()
    she = await hotline.survivor()
    await _sets_word(she, "set_duress", "Behi palov")
    await she.says("odam")
    await she.sees("consent")
    await she.taps("agree")
    number = await operator.takes()
    await she.sees("person_in")
    await _leaves(she)
    shown = await she.says("behi palov")
    answer = await she.phone.sees(lambda bubble: not bubble.mine and bubble.message_id > shown.message_id, within=10)
    assert "spoiler" not in str(answer.entities)
    await operator.reads(str(number))
    await operator.sees("she_was_forced")
    await operator.says("Are you there?")
    await operator.sees("not_sent.left")


async def test_after_a_pause_she_is_asked_again_whether_it_is_safe_before_a_reply_is_released(
    hotline: Hotline, owner: Engine
) -> None:
    she, operator = await _in_talk(hotline)
    await she.sees("person_in")
    await _back(owner, 1)
    await operator.says("Held words")
    await operator.sees("held")
    said = await she.says("I am back")
    await operator.reads("I am back")
    asked = await she.phone.sees(she.word("safe_now"), within=10, after=said.message_id)
    assert not any("Held words" in bubble.text for bubble in await she.screen())
    await she.phone.taps(she.word("yes"), message_id=asked.message_id)
    await she.reads("Held words")


async def test_in_her_hours_one_neutral_question_comes_and_nothing_else_before_her_yes(
    hotline: Hotline, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PARTS, "evening", (time(0), time(23, 59, 59)))
    operator = await hotline.operator()
    she = await hotline.survivor()
    await she.arrives()
    for key in ("settings", "set_when", "evening", "every", "settings", "back"):
        await she.taps(key)
    await she.asks_for_a_person()
    await operator.takes()
    await she.sees("person_in")
    await _back(owner, 2)
    last = (await she.screen())[-1].message_id
    await operator.says("first")
    await operator.says("second")
    asked = await she.phone.sees(she.word("safe_now"), within=10, after=last)
    await operator.reads("she answers whether it is safe")
    assert [bubble.text for bubble in await she.screen() if bubble.message_id > last] == [asked.text]
    await she.phone.taps(she.word("yes"), message_id=asked.message_id)
    await she.reads("first")
    await she.reads("second")


async def test_a_voice_message_reaches_the_counsellor_and_nobody_learns_who_spoke(hotline: Hotline) -> None:
    operator = await hotline.operator()
    she = await hotline.survivor()
    await she.arrives()
    await she.phone.sends_voice(b"OggS before", duration=3)
    await she.sees("sos")
    await she.taps("no")
    await she.asks_for_a_person()
    await operator.takes()
    await operator.reads("a voice message, 3 s")
    await she.phone.sends_voice(b"OggS after", duration=7)
    await operator.reads("a voice message, 7 s")


async def test_her_messages_go_when_her_timer_is_over(hotline: Hotline, owner: Engine) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await she.taps("settings")
    await she.taps("set_timer")
    await she.taps("minutes_15")
    await she.sees("timer.noted")
    await _back(owner, 0.5)
    async with owner.begin() as connection:
        await connection.execute(text("update survivor_orders set not_before = now() where kind = 'fade'"))
        await connection.execute(text("notify hamroh_survivors"))
    await she.phone.sees_gone(lambda _: True, within=10)


# From the menu to the end of the questions on her safety, one of them answered.
SCREENED = (
    ("screening", "age"),
    ("yes", "whose"),
    ("partner", "begin.ask"),
    ("goon", "who.worse_6_months"),
    ("yes", "who.weapon"),
    ("stop", "high.serious"),
)


async def test_she_sees_what_is_kept_and_may_let_it_be_kept_longer(hotline: Hotline, owner: Engine) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await she.says("I have two children.")
    await she.sees("heard.offer")
    await she.taps("menu")
    for tapped, seen in SCREENED:
        await she.taps(tapped)
        await she.sees(seen)
    await she.taps("menu")
    await she.taps("settings")
    await she.taps("set_data")
    await she.reads("answers to questions: 1, messages: 1")
    await she.taps("data_show")
    shown = await she.reads("I have two children.")
    assert f"{she.word('who.worse_6_months')} {she.word('yes')}." in shown.text, "her answers are hers as well"
    await she.taps("set_data")
    await she.taps("keep_longer")
    await she.taps("days_90")
    await she.sees("keep.noted")
    assert await _column(owner, "keep_days") == 90


async def test_a_case_is_erased_when_it_has_rested_long_enough_and_one_in_hand_is_not(
    hotline: Hotline, owner: Engine
) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await _back(owner, 24 * 31)
    async with owner.begin() as connection:
        assert await connection.scalar(text("select erase_due(now())")) == 1
    assert await _column(owner, "state") == "erased"
    async with owner.connect() as connection:
        assert await connection.scalar(text("select count(*) from places")) == 0


async def test_a_next_contact_is_agreed_and_begins_with_a_neutral_question(hotline: Hotline, owner: Engine) -> None:
    she, operator = await _in_talk(hotline)
    await operator.says("/next 04:05")
    await she.sees("contact.ask")
    await she.taps("agree")
    await operator.reads("She agreed.")
    await _back(owner, 2)
    last = (await she.screen())[-1].message_id
    async with owner.begin() as connection:
        await connection.execute(text("update survivor_orders set not_before = now() where kind = 'knock'"))
        await connection.execute(text("notify hamroh_survivors"))
    await she.phone.sees(she.word("safe_now"), within=10, after=last)


async def test_who_never_wants_to_be_written_to_is_not_at_the_time_agreed_before(
    hotline: Hotline, owner: Engine
) -> None:
    she, operator = await _in_talk(hotline)
    await operator.says("/next 04:05")
    for tap in ("agree", "stop", "menu", "settings", "set_when", "never_write"):
        await she.taps(tap)
    await she.sees("when.noted")
    await operator.reads("She does not want that contact")
    async with owner.connect() as connection:
        waits = text("select count(*) from survivor_orders where kind = 'knock' and ended_at is null")
        assert await connection.scalar(waits) == 0


async def test_when_somebody_comes_on_duty_whoever_waits_is_told(hotline: Hotline) -> None:
    she = await hotline.survivor()
    await she.arrives()
    await she.taps("person")
    await she.taps("agree")
    await she.phone.sees(she.word("nobody").split("{")[0], within=10)
    await hotline.operator()
    await she.sees("waiting.on_duty")


async def test_behind_a_closed_door_a_newcomer_meets_the_cookery_book(database: Database, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "door.toml").write_text('parameters = ["zira7"]\nwords = ["qora zira osh"]\n')
    folder = tmp_path / "data"
    closed = await Hotline.open(database, folder, HAMROH_DOOR="closed", HAMROH_PRIVATE=str(private))
    try:
        he = await closed.survivor()
        await he.says("/start")
        await he.phone.sees(lambda bubble: "1." in bubble.text, within=10)
        she = await closed.survivor()
        await she.phone.start("zira7")
        await she.sees("greet")
        another = await closed.survivor()
        await another.says("salom")
        await another.says("Qora zira osh")
        await another.sees("greet")
    finally:
        await closed.close()
