"""A live case is weighed by the table with each thing she sends; the desk sees times only with her yes."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.kinds import Place
from tests.desk import alerted, all_of, one, settled, talks, texts
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight
from vault import cases
from vault.database import Engine, begin
from vault.tables import SURVIVORS


async def _tells_when(she: Survivor, page: str, answer: str) -> None:
    """From the menu to a page's clock: when it happened, told by a button."""
    await she.taps("read")
    await she.taps("list.now")
    await she.taps(page)
    if page == "strangled":
        await she.taps("strangled.more")
    await she.taps("since.open")
    await she.sees("since")
    await she.taps(f"since.{answer}")
    await _sees_the_clock(she)


async def _sees_the_clock(she: Survivor) -> None:
    await she.phone.sees(lambda bubble: she.word("since.change") in bubble.labels, within=10, called="the clock")


async def _asks(she: Survivor) -> None:
    await she.taps("person")
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")


async def _card(operator: Operator) -> str:
    card = await operator.sees("card.head")
    return card.text


async def test_when_it_happened_reaches_the_card_with_her_yes_and_as_hours_left(desk: Hotline, owner: Engine) -> None:
    she, operator = await desk.survivor("en"), await desk.operator("en")
    await she.arrives()
    await _tells_when(she, "sexual", "yesterday")
    assert await all_of(owner, "select kind from entries") == ["clock"]
    assert await one(owner, "select count(*) from staff_copies") == 0
    assert await one(owner, "select flags from cases") == ["sexual_violence"]
    await _asks(she)
    await alerted(operator)
    assert not [text for text in await texts(operator) if "72 hours" in text]
    await operator.takes()
    card = await _card(operator)
    assert "Sexual violence: yesterday, told " in card
    assert "– 72 hours, medicine against HIV: 23 to 72 h left, it closes" in card
    assert "– 120 hours, emergency contraception: 71 to 120 h left" in card
    assert "Why this class: signs in her words; a medical window is open; a medical window closes" in card


async def test_the_hours_are_worked_out_when_they_are_shown_and_nowhere_written(desk: Hotline, owner: Engine) -> None:
    she, operator = await desk.survivor("en"), await desk.operator("en")
    await she.arrives()
    await _tells_when(she, "sexual", "today")
    await _asks(she)
    number = await operator.takes()
    first = await operator.sees_card(number)
    assert "72 hours, medicine against HIV: 47 to 72 h left" in first.text
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update entries set at = at - interval '20 hours' where kind = 'clock'")
    await operator.says("/case")
    await operator.phone.sees_gone(lambda bubble: bubble.message_id == first.message_id, within=10)
    later = await operator.sees_card(number)
    assert "72 hours, medicine against HIV: 27 to 52 h left" in later.text
    plain = await all_of(owner, "select params::text from staff_orders union select kind from staff_ledger")
    assert not [text for text in plain if "sexual" in text or "72" in text]


async def test_what_she_takes_back_is_on_the_card_no_more(desk: Hotline, owner: Engine) -> None:
    she, operator = await desk.survivor("en"), await desk.operator("en")
    await she.arrives()
    await _tells_when(she, "strangled", "today")
    await she.taps("since.change")
    await she.sees("since")
    await she.taps("skip")
    await _sees_the_clock(she)
    await _asks(she)
    await operator.takes()
    assert "Strangling" not in await _card(operator)
    # What it raised stays raised.
    assert await one(owner, "select class from cases") == "high"


async def test_a_time_told_during_the_talk_is_news_to_whoever_holds_it(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    she = await desk.survivor("en")
    await she.arrives()
    await she.taps("read")
    await she.taps("list.now")
    await she.taps("sexual")
    opened = await she.phone.sees(lambda bubble: she.word("since.open") in bubble.labels, within=10, called="a page")
    await she.phone.taps(she.word("person"), message_id=opened.message_id, within=10)
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    number = await operator.takes()
    await she.sees("person_in")
    await she.taps("back")
    await _tells_when(she, "sexual", "today")
    told = await operator.sees("clock.told", number=number)
    await operator.phone.taps(operator.word("button.show"), message_id=told.message_id, within=10)
    await operator.phone.sees("72 hours, medicine against HIV", within=10, after=told.message_id)


async def test_a_girl_who_tells_when_she_was_strangled_is_immediate_before_anybody_took_her(
    desk: Hotline, owner: Engine
) -> None:
    """Two facts, each high by itself, are an emergency together: only the table says so."""
    she, operator = await desk.survivor("en"), await desk.operator("en")
    await she.arrives()
    await she.taps("screening")
    await she.taps("no")
    await she.sees("minor.offer")
    assert await one(owner, "select class from cases") == "high"
    await she.taps("menu")
    await she.sees("menu.need")
    await _tells_when(she, "strangled", "days_2_3")
    assert await one(owner, "select class from cases") == "immediate"
    await _asks(she)
    assert operator.word("risk.immediate") in (await alerted(operator)).text
    rose = await all_of(owner, "select subject from audit where verb = 'class.rose' order by at")
    assert [subject.split()[0] for subject in rose] == ["high", "immediate"]
    assert all(subject.split()[1].startswith("2026-") for subject in rose)


async def test_the_card_shows_the_words_that_say_so(desk: Hotline, owner: Engine) -> None:
    she, operator = await desk.survivor("en"), await desk.operator("en")
    await she.arrives()
    await she.says("I baked bread. He has a knife and he is breaking the door right now.")
    await she.sees("danger.call")
    await operator.takes()
    card = await _card(operator)
    [why] = [line for line in card.splitlines() if line.startswith("Why this class: ")]
    assert why.startswith("Why this class: her words, urgent now; signs in her words (table ")
    [fired] = [line for line in card.splitlines() if line.startswith("The words that say so: ")]
    assert "breaking the door" in fired
    assert "bread" not in fired


async def test_her_own_estimate_brings_her_before_who_came_a_minute_earlier(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    first, second = await desk.survivor("en"), await desk.survivor("en")
    for she, item in ((first, "weapon"), (second, "could_kill_you")):
        await she.arrives()
        await _answers_yes_to(she, item)
        await _asks(she)
    order = await all_of(owner, "select number from cases order by waits_since")
    sent = await operator.says("/queue")
    head = operator.word("queue.head").split("{")[0]
    shown = await operator.phone.sees(head, within=10, after=sent.message_id)
    assert [int(label.split()[-1]) for label in shown.labels] == order[::-1]
    assert await all_of(owner, "select lift_s from cases order by waits_since") == [0, 120]


async def _answers_yes_to(she: Survivor, item: str) -> None:
    for button, then in (
        ("screening", "age"), ("yes", "whose"), ("partner", "begin.how"), ("goon", "who.worse_6_months"),
        ("no", "who.weapon"),
    ):  # fmt: skip
        await she.taps(button)
        await she.sees(then)
    await she.taps("yes" if item == "weapon" else "no")
    await she.sees("who.strangled")
    await she.taps("no")
    await she.sees("pause.ask")
    await she.taps("goon")
    await she.sees("who.could_kill_you")
    await she.taps("yes" if item == "could_kill_you" else "no")
    await she.sees("who.beaten_pregnant")
    await she.taps("stop")
    await she.sees("high.serious")


async def test_a_case_that_waits_is_weighed_again_with_every_message(desk: Hotline, owner: Engine) -> None:
    """What she told a day ago closes while she waits: the next thing she sends, whatever it is, brings her forward."""
    she, operator = await desk.survivor("en"), await desk.operator("en", on_duty=False)
    await she.arrives()
    await _tells_when(she, "sexual", "today")
    await _asks(she)
    assert await one(owner, "select lift_s from cases") == 0
    await _a_day_passes(desk, owner, she)
    await she.taps("breathe_button")
    await she.sees("breathe")
    assert await one(owner, "select lift_s from cases") == 300
    await settled(operator)


async def _a_day_passes(desk: Hotline, owner: Engine, she: Survivor) -> None:
    """Her answer grows a day older in her place, which only her own side opens."""
    safe = Sight(desk, owner).safe(SURVIVORS)
    async with begin(owner) as connection:
        row = await cases.place(connection, safe, safe.person("chat", str(she.phone.user_id)))
        assert row is not None
        place = Place.from_json(json.loads(row.opened))
        earlier = {item: _a_day_before(moment) for item, moment in place.moments.items()}
        aged = replace(place, moments=earlier)
        await cases.keep_place(connection, row.person, row.address, row.case, aged.written())


def _a_day_before(moment: str) -> str:
    return (datetime.fromisoformat(moment) - timedelta(hours=30)).isoformat()


async def test_an_erased_case_keeps_no_clock_and_no_place_in_the_queue(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    await talks(desk, operator)
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update cases set lift_s = 300")
        await connection.exec_driver_sql("select erase_case(id, now()) from cases")
    assert await one(owner, "select lift_s from cases") == 0
    assert await one(owner, "select count(*) from entries") == 0
