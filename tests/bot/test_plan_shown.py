"""Her safety plan and the counsellor: shown by her yes alone, followed, taken back; else the desk cannot open it."""

import pytest
from sqlalchemy import text

from tests.bot.planning import built, place_of, plan_of, shown_entries, shows_it, with_a_counsellor
from tests.bot.walking import chooses, late_tap, stands
from tests.hotline import Hotline
from tests.sight import Sight
from vault import cases
from vault.database import begin
from vault.keys import CannotOpenError, unseal
from vault.safe import sealed_place
from vault.tables import DESK, SURVIVORS


async def test_what_she_shows_stands_on_the_card_follows_her_changes_and_goes_when_she_says(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await built(she, sight)
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
    assert await shown_entries(sight, case) == 1, "one entry, whatever she changed"
    number = await with_a_counsellor(she, operator, sight)
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
    assert await shown_entries(sight, case) == 0
    assert [one.kind for one in await sight.reads(DESK, case) if one.kind == "plan"] == []
    said = await operator.says(f"/case {number}")
    again = await operator.phone.sees(lambda b: b.text.startswith(f"Case {number} "), within=10, after=said.message_id)
    assert "safety plan" not in again.text
    assert await plan_of(sight, she), "it is still hers"


async def test_the_desk_never_sees_a_plan_that_she_did_not_show_and_its_key_cannot_open_it(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await built(she, sight)
    number = await with_a_counsellor(she, operator, sight)
    card = await operator.sees_card(number)
    for said in ("plan", "window", "Medicine"):
        assert said not in card.text
    case = await sight.one(she)
    assert await shown_entries(sight, case) == 0
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
    await built(she, sight)
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.share")
    await chooses(she, "plan.share_first", "disagree")
    await stands(she, "plan")
    assert await sight.reads(DESK, await sight.one(she)) == []


async def test_a_yes_to_a_person_that_she_takes_back_takes_the_plan_back_too(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await built(she, sight)
    await with_a_counsellor(she, operator, sight)
    await she.taps("stop")
    await stands(she, "after")
    await chooses(she, "after", "menu")
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan")
    await shows_it(she)
    case = await sight.one(she)
    assert await shown_entries(sight, case) == 1
    shown = await stands(she, "plan.shared")
    late_tap(line, she, shown.message_id, "limits:disagree")
    await she.sees("refused.withdrawn")
    assert await shown_entries(sight, case) == 0
    assert "plan_shared" not in (await place_of(sight, she)).settings


async def test_what_is_kept_about_her_counts_the_plan_and_leads_to_it(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await built(she, sight)
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
    await built(she, sight)
    await chooses(she, "plan", "plan_share")
    await she.sees("plan.share")
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")
    case = await sight.one(she)
    number = await with_a_counsellor(she, operator, sight)
    await operator.reads("Room: A low window")
    await she.taps("erase")
    await she.sees("erase_q")
    await chooses(she, "erase_ask", "erase")
    await she.sees("erased")
    await operator.phone.sees_gone(lambda bubble: not bubble.mine and str(number) in bubble.text, within=10)
    assert not any("low window" in bubble.text for bubble in await operator.screen())
    assert await shown_entries(sight, case) == 0
    async with begin(sight.engine) as connection:
        for table in ("places", "survivor_copies", "staff_copies", "consents"):
            query = text(f"select count(*) from {table} where case_id = :case")
            assert await connection.scalar(query, {"case": case.id}) == 0, table
    assert await sight.case(she) is None
