"""Enrolment: who becomes staff and how, and the one sentence that anybody else reads."""

import logging

import pytest

from practice.phone import Phone
from tests.desk import about, gone, one, settled, talks, texts, waits
from tests.hotline import STAFF_BOT, Hotline
from tests.people import words
from vault.database import Engine


async def test_a_code_makes_an_operator_once(desk: Hotline, owner: Engine) -> None:
    code = await desk.code("operator", "en,ru")
    first, second = await desk.stranger(), await desk.stranger()
    await first.phone.start(code.lower())
    await first.sees("welcome.operator")
    await first.taps("button.duty")
    await first.sees("duty.on")
    await second.phone.start(code)
    await second.sees("code_refused")
    await first.phone.start(code)
    await first.sees("code_refused")
    assert await one(owner, "select count(*) from staff") == 1
    assert await one(owner, "select role from staff") == "operator"


async def test_a_wrong_or_old_code_is_refused_in_the_strangers_own_language(desk: Hotline, owner: Engine) -> None:
    code = await desk.code("supervisor")
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update invites set expires_at = now() - interval '1 minute'")
    for language in ("en", "ru", "uz"):
        stranger = await desk.stranger(language)
        await stranger.phone.start("ABCDEFGHJKLMNPQR")
        await stranger.sees("code_refused")
        sent = await stranger.says(f"/start {code}")
        await stranger.phone.sees(stranger.word("code_refused"), within=10, after=sent.message_id)
    assert await one(owner, "select count(*) from staff") == 0


async def test_a_stranger_reads_one_sentence_whatever_they_send_and_learns_of_no_case(
    desk: Hotline, owner: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    operator = await desk.operator()
    stranger = await desk.stranger("ru")
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger="hamroh"):
        for text in ("/queue", "/take", "take:20001", "Привет, это Canaryword", "/close helped", "/нет"):
            sent = await stranger.says(text)
            await stranger.phone.sees(stranger.word("stranger"), within=10, after=sent.message_id)
        await stranger.phone.sends_sticker(b"RIFFxxxxWEBPVP8 ")
        await waits(desk)
        await operator.phone.sees(lambda bubble: operator.word("button.take") in bubble.labels, within=10)
    last = await stranger.says("?")
    await stranger.phone.sees(stranger.word("stranger"), within=10, after=last.message_id)
    assert set(await texts(stranger)) == {stranger.word("stranger")}
    assert "Canaryword" not in caplog.text
    assert await one(owner, "select count(*) from staff_addresses") == 2
    assert await one(owner, "select count(*) from audit where verb like 'refused%'") == 0


async def test_a_strangers_language_is_guessed_from_telegrams(desk: Hotline) -> None:
    for number, (code, language) in enumerate((("ru", "ru"), ("uz", "uz"), ("en", "en"), ("de", "uz"))):
        async with await Phone.open(
            desk.telegram.base_url, bot=STAFF_BOT, user_id=131 + number, language_code=code
        ) as phone:
            await phone.says("hello")
            await phone.sees(words("staff").text(language, "stranger"), within=10)


async def test_start_shows_a_member_the_help_of_the_role(desk: Hotline) -> None:
    for role, key in (("operator", "help.desk"), ("supervisor", "help.desk"), ("coordinator", "help.coordinator")):
        member = await desk.operator("en", role=role, on_duty=False)
        await member.says("/start")
        await member.reads(member.word(key))
    shelter = await desk.service()
    await shelter.says("/start")
    await shelter.reads(shelter.word("help.receiver"))


async def test_a_coordinator_is_offered_no_command_that_the_role_lacks(desk: Hotline) -> None:
    coordinator = await desk.operator("en", role="coordinator", on_duty=False)
    welcome = await coordinator.sees("welcome.coordinator")
    assert welcome.labels == [coordinator.word("button.help")]
    await coordinator.taps("button.help")
    await coordinator.reads(coordinator.word("help.coordinator"))
    await coordinator.says("/duty")
    await coordinator.sees("not_yours")


async def test_who_changes_from_operator_to_service_gives_the_talk_back_and_sees_nothing_of_it(
    desk: Hotline, owner: Engine
) -> None:
    first, second = await desk.operator(), await desk.operator()
    she, number = await talks(desk, first)
    await she.says("He has the keys.")
    await first.reads("He has the keys.")
    await first.phone.start(await desk.code("shelter", "en", "bux-shelter-a"))
    await first.sees("welcome.shelter")
    await gone(first, "He has the keys.")
    await gone(first, str(number))
    await she.sees("waiting.asked")
    assert await second.takes() == number
    await settled(first)
    assert await about(first, number) == []
    assert await one(owner, "select on_duty_since from staff where role = 'shelter'") is None


async def test_a_supervisors_code_keeps_an_operators_talk(desk: Hotline) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await operator.phone.start(await desk.code("supervisor", "en"))
    await operator.sees("welcome.supervisor")
    await operator.says("Still here.")
    await she.reads("Still here.")
    assert await about(operator, number)


async def test_an_operator_who_blocks_the_bot_is_off_duty_and_her_talk_goes_to_a_colleague(
    desk: Hotline, owner: Engine
) -> None:
    lost = await desk.operator()
    she, number = await talks(desk, lost)
    other = await desk.operator()
    await lost.phone.blocks()
    await other.phone.sees(lambda bubble: other.word("button.take") in bubble.labels, within=10)
    assert await one(owner, "select count(*) from staff where on_duty_since is not null") == 1
    await she.sees("waiting.asked")
    assert await other.takes() == number
    await other.says("I have taken over.")
    await she.reads("I have taken over.")


async def test_a_new_code_with_other_languages_changes_the_desks_language(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    await operator.phone.start(await desk.code("operator", "tg,ru"))
    await operator.phone.sees(words("staff").text("ru", "welcome.operator"), within=10)
    assert await one(owner, "select count(*) from staff") == 1
