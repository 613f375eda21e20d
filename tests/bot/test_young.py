"""Under 18: three things are asked and no more, in words of her own; the desk knows, and what that means."""

import pytest

from dialogs.flows.screening import ITEMS
from hamroh.places import region_of
from tests.bot.walking import late_tap, stands, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight
from triage import reception
from triage.flags import Conversation, Reading


async def _says_under_18(line: Hotline) -> Survivor:
    she = await line.survivor()
    await she.arrives()
    await she.taps("screening")
    await she.sees("age")
    await she.taps("no")
    await she.sees("minor.limits")
    return she


async def test_she_is_asked_whether_she_is_being_hurt_and_whether_a_grown_up_may_write(line: Hotline) -> None:
    operator = await line.operator()
    she = await _says_under_18(line)
    await she.taps("goon")
    await she.sees("minor.hurt")
    await she.taps("skip")
    asked = await stands(she, "limits_young")
    assert she.word("limits.who") not in asked.text
    await she.taps("agree")
    waiting = await stands(she, "waiting")
    assert she.word("danger.call").split("{")[0] in waiting.text
    number = await operator.takes()
    card = await operator.sees_card(number)
    assert "Signs: under 18" in card.text
    assert operator.word("card.minor") in card.text
    await operator.says(f"/close {number} helped")


async def test_a_yes_that_she_is_being_hurt_is_danger(line: Hotline, sight: Sight) -> None:
    she = await _says_under_18(line)
    await she.taps("goon")
    await she.sees("minor.hurt")
    await she.taps("yes")
    await stands(she, "danger")
    case = await sight.one(she)
    assert (case.risk, set(case.flags)) == ("immediate", {"minor", "immediate_danger"})


async def test_asked_for_a_person_anywhere_she_reads_the_limits_in_her_own_words(line: Hotline) -> None:
    she = await _says_under_18(line)
    await she.taps("menu")
    await stands(she, "menu")
    await she.taps("person")
    await stands(she, "limits_young")
    await she.taps("disagree")
    await she.sees("refused.noted")
    await she.says("I want to talk to a person")
    await stands(she, "limits_young")


@pytest.mark.parametrize("item", ITEMS)
async def test_no_old_button_puts_a_question_for_adults_to_her(line: Hotline, sight: Sight, item: str) -> None:
    she = await _says_under_18(line)
    minor = await stands(she, "minor")
    late_tap(line, she, minor.message_id, f"who.{item}:yes")
    await she.taps("goon")
    await she.sees("minor.hurt")
    case = await sight.one(she)
    assert (case.risk, case.flags) == ("high", ("minor",))


async def test_what_she_said_of_her_age_is_not_asked_again(line: Hotline) -> None:
    she = await _says_under_18(line)
    await she.taps("menu")
    await stands(she, "menu")
    await she.taps("screening")
    await stands(she, "minor")


async def test_nor_is_an_adult_asked_twice(line: Hotline, sight: Sight) -> None:
    she = await line.survivor()
    await walks(she, "whose", sight)
    await she.taps("stop")
    await stands(she, "menu")
    await she.taps("screening")
    await stands(she, "whose")


async def test_her_own_words_outweigh_a_tap(line: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    def young(text: str, *, state: Conversation | None = None) -> Reading:
        return Reading(("minor",), "high") if "15" in text else Reading()

    monkeypatch.setattr(reception, "read", young)
    she = await line.survivor()
    await she.arrives()
    await she.says("I am 15")
    await she.sees("near_now")
    late_tap(line, she, (await stands(she, "near_now")).message_id, "age:yes")
    await she.phone.sees(she.word("whose"), within=10)
    await she.taps("partner")
    await stands(she, "minor")


async def test_the_services_for_children_stand_first_for_her(line: Hotline) -> None:
    operator = await line.operator()
    she = await _says_under_18(line)
    await she.taps("person")
    await she.taps("agree")
    number = await operator.takes()
    await operator.says(f"/refer {number}")
    listed = await operator.sees("refer.pick", number=number)
    first = next(one for one in region_of(line.settings).services if one.kind == "child_protection")
    assert listed.labels[0] == first.name("en")
    await operator.says(f"/close {number} helped")
