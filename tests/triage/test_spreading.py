"""What the survivors' side orders to the desk: who hears of it, in which words, with or without a sound."""

import json

from sqlalchemy import text

from practice.faults import Fault, Kind
from tests.desk import about, erases, gone, one, queue_up, settled, sounds_of, talks, texts, together, waits
from tests.hotline import STAFF_BOT, Hotline
from tests.people import Member, Operator, Survivor
from vault.database import Engine

KILL = "He said I will kill you"


async def _alert_of(operator: Operator, word: str = "") -> str:
    found = await operator.phone.sees(
        lambda bubble: operator.word("button.take") in bubble.labels and word in bubble.text, within=10
    )
    return found.text


async def _orders(owner: Engine, kind: str, case: int, **params: object) -> None:
    """An order of the survivors' side, as it would write it."""
    async with owner.begin() as connection:
        await connection.exec_driver_sql(
            "insert into staff_orders (id, case_id, kind, urgency, params, made_at, not_before)"
            " select gen_random_uuid(), id, $1, 1, $2::jsonb, now(), now() from cases where number = $3",
            (kind, json.dumps(params), case),
        )
        await connection.exec_driver_sql("select pg_notify('hamroh_desk', '')")


async def _sounded(member: Member, words: str) -> bool:
    [sound] = [sound for text, sound in (await sounds_of(member)).items() if words in text]
    return sound


async def test_a_risk_that_rises_while_she_waits_is_a_new_alert_in_the_place_of_the_old(desk: Hotline) -> None:
    operator = await desk.operator()
    she = await waits(desk)
    assert "ordinary" in await _alert_of(operator)
    await she.says(KILL)
    alert = await _alert_of(operator, "high")
    assert operator.word("flag.threat_to_kill") in alert
    await gone(operator, "ordinary")
    assert len([text for text in await texts(operator) if operator.word("language.en") in text]) == 1


async def test_a_risk_that_rises_in_a_talk_is_a_line_with_a_sound_to_who_holds_it(desk: Hotline) -> None:
    operator, other = await desk.operator(), await desk.operator()
    she, number = await talks(desk, operator)
    await other.reads(other.word("taken.other", number=number))
    await she.says(KILL)
    rose = await operator.sees(
        "case.rose", number=number, risk=operator.word("risk.high"), flags=operator.word("flag.threat_to_kill")
    )
    assert rose.labels == [operator.word("button.show")]
    assert await _sounded(operator, f"Look at this case: {number}")
    await operator.taps("button.show")
    card = await operator.phone.sees("Signs: threat to kill", within=10)
    assert card.text
    await settled(other)
    assert [bubble.text for bubble in await about(other, number)] == [other.word("taken.other", number=number)]


async def test_an_alert_still_on_its_way_when_the_case_is_taken_turns_over_when_it_lands(
    desk: Hotline, owner: Engine
) -> None:
    pair = (await desk.operator(), await desk.operator())
    desk.telegram.telegram.faults.order(Fault(Kind.DELAY, bot=STAFF_BOT, method="sendMessage", seconds=1.0))
    await waits(desk)
    number = await one(owner, "select number from cases")
    # The first alert is held up on its way; the second has arrived, and the case is taken before the first lands.
    await together(*(_takes_if_alerted(member, number) for member in pair))
    for member in pair:
        await member.reads(member.word("taken.other", number=number))
        assert not [bubble for bubble in await member.screen() if member.word("button.take") in bubble.labels]


async def _takes_if_alerted(member: Operator, number: int) -> None:
    await member.phone.sees(str(number), within=10)
    await member.says(f"/take {number}")


async def test_she_comes_back_while_her_counsellor_is_off_duty_and_waits_for_another(
    desk: Hotline, owner: Engine
) -> None:
    first = await desk.operator()
    she, number = await talks(desk, first)
    await she.taps("stop")
    await first.sees("she_stopped", number=number)
    await first.says("/off")
    await first.sees("duty.off_holding", cases=number)
    second = await desk.operator()
    await she.taps("person")
    told = await first.sees("she_returned.queued", number=number)
    assert not told.silent
    await she.sees("waiting.asked")
    assert await second.takes() == number
    assert await one(owner, "select count(*) from cases where state = 'talking'") == 1
    await gone(first, f"Case {number} is yours")
    assert [bubble.text for bubble in await about(first, number)][-1] == told.text


async def test_a_cry_after_she_left_reaches_even_a_desk_where_nobody_is_on_duty(desk: Hotline, owner: Engine) -> None:
    operator, supervisor = await desk.operator("en", on_duty=False), await desk.operator(
        "ru", role="supervisor", on_duty=False
    )  # fmt: skip
    shelter = await desk.service()
    [number] = await queue_up(owner, "immediate")
    await _orders(owner, "decoy_cry", number)
    await operator.sees("decoy_cry", risk=operator.word("risk.immediate"), number=number)
    assert await _sounded(operator, "A cry for help")
    await supervisor.sees("decoy_cry", risk=supervisor.word("risk.immediate"), number=number)
    await settled(shelter)
    assert await about(shelter, number) == []


async def test_an_immediate_case_that_nobody_has_room_for_is_told_once_to_whoever_can_make_room(
    desk: Hotline, owner: Engine
) -> None:
    full, away = await desk.operator("en"), await desk.operator("en", on_duty=False)
    supervisor = await desk.operator("ru", role="supervisor", on_duty=False)
    *held, hers = await queue_up(owner, "ordinary", "ordinary", "immediate")
    async with owner.begin() as connection:
        query = "update cases set state = 'talking', holder_id = (select id from staff where on_duty_since is not null)"
        await connection.execute(text(f"{query} where number = any(:held)"), {"held": held})
    for _ in range(2):
        await full.says("/duty")
    told = await full.sees("nobody_free", risk=full.word("risk.immediate"), number=hers)
    assert not told.silent
    await supervisor.sees("nobody_free", risk=supervisor.word("risk.immediate"), number=hers)
    await settled(full, away)
    assert len([said for said in await texts(full) if said == told.text]) == 1
    assert await about(away, hers) == []
    await supervisor.taps("button.duty")
    await supervisor.phone.sees(
        lambda bubble: any(str(hers) in label for label in bubble.labels), within=10, called="her on the list"
    )


async def test_every_line_about_her_is_told_to_the_holder_with_a_sound_where_it_is_owed(
    desk: Hotline, owner: Engine
) -> None:
    operator, other = await desk.operator(), await desk.operator()
    she, number = await talks(desk, operator)
    await she.phone.sends_sticker(b"RIFFxxxxWEBPVP8 ")
    await operator.sees("unreadable", number=number)
    assert await _sounded(operator, "something without words")
    for kind, key, params, sounds in (
        ("identity_doubt", "identity_doubt", {}, True),
        ("misread", "misread", {}, True),
        ("she_was_forced", "she_was_forced", {}, True),
        ("she_is_back", "she_is_back", {}, True),
        ("not_delivered", "not_delivered.left", {"how": "left"}, False),
        ("held", "held", {"until": "@until.she_writes"}, False),
    ):
        await _orders(owner, kind, number, **params)
        told = await operator.phone.sees(operator.word(key).split("{")[0], within=10)
        assert told.silent is not sounds, key
        assert str(number) in told.text
    await settled(other)
    assert {bubble.text for bubble in await about(other, number)} == {other.word("taken.other", number=number)}


async def test_her_leaving_while_she_waits_ends_the_alerts_without_a_word(desk: Hotline) -> None:
    operator = await desk.operator()
    she = await waits(desk)
    await _alert_of(operator)
    await she.taps("exit")
    over = await operator.phone.sees(operator.word("waits_no_more").split("{")[0], within=10)
    assert over.labels == []
    assert not [text for text in await texts(operator) if "She left" in text]


async def test_all_that_both_phones_showed_of_her_goes_when_she_erases(desk: Hotline, owner: Engine) -> None:
    operator, other = await desk.operator(), await desk.operator("ru,en")
    she, number = await talks(desk, operator)
    await other.reads(other.word("taken.other", number=number))
    await she.says("He locked the door.")
    await operator.reads("He locked the door.")
    await operator.says("I hear you.")
    await she.reads("I hear you.")
    await operator.says("/note The key is with the neighbour.")
    await operator.sees("note.kept")
    await erases(she)
    for member in (operator, other):
        await gone(member, str(number))
    for said in ("He locked the door.", "I hear you.", "The key is with"):
        await gone(operator, said)
    assert await one(owner, "select count(*) from entries") == 0
    await operator.says("Hello?")
    await operator.sees("no_case")


async def test_erasing_ends_an_alert_that_was_still_on_its_way(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she = await _asks_and_erases(desk)
    await settled(operator)
    await gone(operator, str(await one(owner, "select number from cases")))
    assert not [bubble for bubble in await operator.screen() if bubble.labels == [operator.word("button.take")]]
    assert [bubble for bubble in await she.screen() if she.word("erased") in bubble.text]


async def _asks_and_erases(desk: Hotline) -> Survivor:
    desk.telegram.telegram.faults.order(Fault(Kind.DELAY, bot=STAFF_BOT, method="sendMessage", seconds=1.0))
    she = await waits(desk)
    await erases(she)
    return she
