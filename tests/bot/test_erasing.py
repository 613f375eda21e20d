"""Erasing: both phones and the vault lose everything, a receipt alone is said, and she comes back as somebody new."""

import re

import pytest
from sqlalchemy import text

from tests.bot.walking import late_tap, stands, takes, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight
from vault.cases import Case
from vault.database import begin

# Every table that may hold something of a case under its id.
HOLDS = (
    "entries", "survivor_copies", "staff_copies", "case_keys", "survivor_case_secrets", "staff_case_secrets",
    "consents", "places",
)  # fmt: skip


async def _left_of(sight: Sight, case: Case) -> dict[str, int]:
    """Where rows of this case still lie."""
    async with begin(sight.engine) as connection:
        query = "select count(*) from {} where case_id = :case"
        counts = {table: await connection.scalar(text(query.format(table)), {"case": case.id}) for table in HOLDS}
    return {table: int(count or 0) for table, count in counts.items() if count}


async def _erases(she: Survivor) -> str:
    """From where the newest button stands to the receipt, whose number is returned."""
    label = she.word("erase")
    shown = await she.phone.sees(lambda bubble: label in bubble.labels, within=10)
    await she.phone.taps(label, message_id=shown.message_id)
    asked = await she.phone.sees(she.word("erase_q"), within=10, after=shown.message_id - 1)
    await she.phone.taps(label, message_id=asked.message_id)
    receipt = await she.sees("erased")
    assert receipt.text.splitlines()[0] in {she.word(f"first.{line}") for line in ("dish", "list", "menu", "bread")}
    found = re.search(r"\d{4}-\d{4}", receipt.text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_in_the_middle_of_a_talk_everything_goes_on_both_phones_and_in_the_vault(
    line: Hotline, sight: Sight, language: str
) -> None:
    operator = await line.operator()
    she = await line.survivor(language)
    await walks(she, "who.worse_6_months", sight)
    await she.taps("yes")
    await stands(she, "who.weapon")
    await she.taps("stop")
    await she.sees("high.serious")
    await she.says("I write this for you alone.")
    await she.sees("heard.unread")
    await she.taps("person")
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    case = await sight.one(she)
    await takes(operator, case.number)
    await operator.says("I read what you wrote.")
    await she.reads("I read what you wrote.")
    await operator.says(f"/note {case.number} she is calm")
    await operator.sees("note.kept")
    assert len(await _left_of(sight, case)) == len(HOLDS)
    number = await _erases(she)
    await she.phone.sees_gone(lambda bubble: number not in bubble.text, within=10)
    # Their own command names a number that names nothing any more.
    await operator.phone.sees_gone(lambda bubble: not bubble.mine and str(case.number) in bubble.text, within=10)
    assert not any("she is calm" in bubble.text for bubble in await operator.screen())
    assert not any("I read what you wrote." in bubble.text for bubble in await operator.screen())
    assert await _left_of(sight, case) == {}
    assert await sight.case(she) is None, "nothing leads from her to the case"
    async with begin(sight.engine) as connection:
        said = await connection.scalars(text("select params from survivor_orders where kind = 'receipt'"))
        assert number not in str(said.all()), "the receipt leads from nothing to her"


async def test_she_comes_back_as_somebody_new(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "heard_first", sight)
    before = await sight.one(she)
    await _erases_from_menu(she)
    await she.says("hello")
    await stands(she, "greet")
    await she.taps("language.en")
    await stands(she, "safe_now")
    await she.taps("yes")
    await stands(she, "menu")
    after = await sight.one(she)
    assert after.id != before.id
    assert after.address != before.address
    await she.says("For the first time.")
    await she.sees("thanks")


async def _erases_from_menu(she: Survivor) -> None:
    newest = (await she.screen())[-1].message_id
    await she.taps("menu")
    await stands(she, "menu", after=newest - 1)
    await _erases(she)


async def test_no_erases_nothing_and_leads_back(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    await walks(she, "who.strangled", sight)
    await she.says("hammasini oʻchirish")
    await stands(she, "erase_ask")
    await she.taps("no")
    await stands(she, "who.strangled")
    assert await sight.case(she) is not None


async def test_only_clearing_the_screen_keeps_what_is_kept(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "heard", sight)
    await she.taps("menu")
    await she.taps("erase")
    await she.taps("clear")
    await she.reads("Home cooking")
    await she.phone.sees_gone(lambda bubble: bubble.mine, within=10)
    assert len(await she.screen()) == 1
    assert await sight.words("survivors", await sight.one(she)) == ["My sister knows.", "She lives in another town."]


async def test_the_way_out_under_the_receipt_is_the_book(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "menu", sight)
    await _erases(she)
    await she.taps("exit")
    await she.phone.sees(lambda bubble: "1. " in bubble.text, within=10)
    await she.phone.sees_gone(lambda bubble: bubble.mine or "Домашняя кухня" not in bubble.text, within=10)
    await she.says("суп")
    await she.reads("Мастава")


async def test_the_receipt_goes_with_its_hour(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await _erases(she)
    async with begin(sight.engine) as connection:
        await connection.execute(text("update survivor_orders set not_before = now() where kind = 'receipt_gone'"))
        await connection.execute(text("notify hamroh_survivors"))
    await she.phone.sees_gone(lambda bubble: True, within=10)


async def test_pressed_twice_it_erases_once_and_harms_nobody_new(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    asked = await walks(she, "erase_ask", sight)
    late_tap(line, she, asked.message_id, "erase_ask:erase")
    late_tap(line, she, asked.message_id, "erase_ask:erase")
    await she.sees("erased")
    await she.phone.sees_gone(lambda bubble: bubble.mine, within=10)
    other = await line.survivor("en")
    await walks(other, "menu", sight)
    case = await sight.case(she)
    assert case is None or case.state == "with_program"


async def test_who_erases_while_waiting_is_in_no_list_any_more(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "waiting", sight)
    number = (await sight.one(she)).number
    await operator.reads(str(number))
    await _erases(she)
    await operator.phone.sees_gone(lambda bubble: str(number) in bubble.text, within=10)
    asked = await operator.says(f"/take {number}")
    await operator.phone.sees(operator.word("case.unknown"), after=asked.message_id, within=10)


async def test_a_receipt_that_stands_goes_when_she_is_here_again(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    number = await _erases(she)
    await she.says("/start")
    await she.phone.sees_gone(number, within=10)
    await she.taps("language.en")
    await she.taps("yes")
    await stands(she, "menu")
    await she.taps("exit")
    left = await she.reads("Home cooking")
    await she.phone.sees_gone(lambda bubble: bubble.message_id != left.message_id, within=10)


async def test_what_she_taps_for_under_a_receipt_stands_where_it_stood(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await _erases(she)
    receipt = await she.sees("erased")
    await she.taps("exit")
    left = await she.reads("Home cooking")
    assert left.message_id == receipt.message_id
    await she.says("/start")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == left.message_id, within=10)
