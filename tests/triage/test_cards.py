"""What an order becomes on a staff phone: said once, in the member's language, never twice the same, never too late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk import about, alerted, failed_calls, one, queue_up, settled, talks, texts, waits
from tests.hotline import Hotline
from tests.people import Member, words
from triage import desk_words
from vault.database import Engine


def _calls(desk: Hotline, method: str) -> int:
    return len([entry for entry in desk.telegram.telegram.journal.since(0) if entry.method == method.lower()])


async def test_the_desk_speaks_each_members_first_language(desk: Hotline) -> None:
    members = [await desk.operator(f"{code},en,ru,uz") for code in ("uz", "ru", "en")]
    she = await waits(desk, "en")
    for member in members:
        alert = await alerted(member, member.word("risk.ordinary"))
        assert member.word("language.en") in alert.text
    for member in members:
        number = await member.takes()
        await she.says(f"Hello, {member.language}.")
        await member.reads(f"{number}: Hello, {member.language}.")
        await member.says("/release")
        await member.sees("released", number=number)
    english = Member(members[0].phone, "en")
    for member in members[:2]:
        said = await texts(member)
        assert not [text for text in said if english.word("duty.on") in text or "Case" in text or "Back in" in text]
        labels = {label for bubble in await member.screen() for label in bubble.labels}
        assert labels <= {words("staff").text(member.language, f"button.{name}") for name in desk_words.BUTTONS}


async def test_a_card_tells_what_is_known_so_that_nothing_is_asked_twice(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    she = await desk.survivor("en")
    await she.arrives()
    for button, then in (
        ("screening", "age"), ("yes", "whose"), ("partner", "begin.how"), ("goon", "who.worse_6_months"),
        ("yes", "who.weapon"),
        ("nosay", "who.strangled"), ("no", "pause.ask"), ("stop", "high.serious"),
    ):  # fmt: skip
        await she.taps(button)
        await she.sees(then)
    await she.asks_for_a_person()
    await she.says("He will come at six.")
    await she.sees("left_words.person")
    await operator.takes()
    card = await operator.sees("card.head")
    lines = card.text.splitlines()
    assert lines[0].endswith("What you write goes to her.")
    at = lines.index(f"Screening: {operator.word('band.undetermined')}")
    assert lines[at + 1 : -1] == [
        "– yes: worse in the last half year", "– did not want to answer: weapon", "– no: strangled"
    ]  # fmt: skip
    assert lines[-1].endswith(" she: He will come at six.")
    assert card.buttons == [
        [operator.word("button.danger"), operator.word("button.sheet")],
        [operator.word("button.clock"), operator.word("button.note")],
        [operator.word("button.refer"), operator.word("button.raise")],
        [operator.word("button.release"), operator.word("button.close")],
    ]
    assert card.protected
    assert not card.silent
    reads = await one(owner, "select count(*) from audit where verb = 'read.case' and actor like 'staff %'")
    assert reads == 1


async def test_a_long_history_is_read_page_by_page_the_newest_first(desk: Hotline) -> None:
    operator = await desk.operator("en")
    she = await waits(desk)
    for number in range(4):
        sent = await she.says(f"{number}: " + f"part{number} " * 300)
        await she.phone.sees(she.word("left_words.person"), within=10, after=sent.message_id)
    case = await operator.takes()
    newest = await operator.sees_card(case)
    assert "part3" in newest.text
    assert "0: part0" not in newest.text
    pages = [newest.text]
    while operator.word("button.earlier") in (await operator.screen())[-1].labels:
        before = (await operator.screen())[-1].message_id
        await operator.taps("button.earlier")
        page = await operator.phone.sees(operator.word("card.page", number=case), within=10, after=before)
        pages.append(page.text)
    assert len(pages) >= 2
    joined = " ".join(" ".join(pages).split())
    for number in range(4):
        assert joined.count(f"part{number}") == 300
    assert all(len(page) <= 4096 for page in pages)


async def test_a_second_card_of_a_case_takes_the_place_of_the_first(desk: Hotline) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    first = await operator.sees_card(number)
    await operator.says("/case")
    await operator.phone.sees_gone(lambda bubble: bubble.message_id == first.message_id, within=10)
    assert len([text for text in await texts(operator) if text.startswith(f"Case {number} ")]) == 1


async def test_an_edit_that_would_say_the_same_is_no_call(desk: Hotline, owner: Engine) -> None:
    """Telegram refuses an edit that changes nothing; a second take of an old alert would be one."""
    operator, other = await desk.operator("en"), await desk.operator("en")
    await waits(desk)
    await alerted(other)
    for _ in range(2):
        number = await operator.takes()
        await other.reads(other.word("taken.other", number=number))
        await operator.says("/release")
        await alerted(other)
        await settled(operator, other)
    assert failed_calls(desk) == []
    edits = _calls(desk, "editMessageText")
    async with owner.begin() as connection:
        await connection.exec_driver_sql(
            "insert into staff_orders (id, case_id, kind, urgency, made_at, not_before)"
            " select gen_random_uuid(), id, 'taken', 1, now(), now() from cases"
        )
        await connection.exec_driver_sql("select pg_notify('hamroh_desk', '')")
    await operator.says("/queue")
    await operator.phone.sees("Waiting: 1.", within=10)
    await settled(operator, other)
    assert _calls(desk, "editMessageText") == edits
    assert (await alerted(other)).labels


async def test_a_flag_that_no_catalog_knows_still_alerts(desk: Hotline, owner: Engine) -> None:
    [number] = await queue_up(owner, "immediate", flags=("weapon", "a_sign_of_tomorrow"))
    operator = await desk.operator("en")
    listed = await operator.phone.sees(str(number), within=10)
    assert "Signs: weapon, a_sign_of_tomorrow" in listed.text


async def test_a_case_that_waits_since_yesterday_says_so(desk: Hotline, owner: Engine) -> None:
    [number] = await queue_up(owner, "high")
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update cases set waits_since = now() - interval '30 hours'")
    operator = await desk.operator("en")
    listed = await operator.phone.sees(f"{number}: high, Russian, since", within=10)
    yesterday = datetime.now(UTC) - timedelta(hours=30)
    assert f"since {yesterday.astimezone(ZoneInfo('Asia/Tashkent')):%-d %B}, " in listed.text


async def test_nothing_of_either_side_is_in_what_the_other_reads_or_in_the_logs(
    desk: Hotline, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="hamroh"):
        operator = await desk.operator("en")
        she, number = await talks(desk, operator)
        await she.says("Canarywords of hers.")
        await operator.reads("Canarywords of hers.")
        await operator.says("Canarywords of ours.")
        await she.reads("Canarywords of ours.")
    for person in (she, operator):
        for bubble in await person.screen():
            assert "anaryname" not in bubble.text
            assert "anaryuser" not in bubble.text
            assert str(she.phone.user_id) not in bubble.text
            assert str(operator.phone.user_id) not in bubble.text
    assert not [bubble for bubble in await she.screen() if str(number) in bubble.text]
    for word in ("Canary", "anaryname", str(number), str(she.phone.user_id)):
        assert word not in caplog.text


async def test_what_is_owed_a_look_sounds_and_the_rest_is_silent(desk: Hotline) -> None:
    operator = await desk.operator("en")
    she, number = await talks(desk, operator)
    await she.says("Are you there?")
    hers = await operator.reads("Are you there?")
    await operator.says("/note quiet")
    kept = await operator.sees("note.kept")
    card = await operator.sees_card(number)
    assert [bubble.silent for bubble in (hers, card, kept)] == [False, False, True]
    assert all(bubble.protected for bubble in await operator.screen() if not bubble.mine)
    assert await about(operator, number)
