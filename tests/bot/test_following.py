"""What follows: signs after a yes to the neck, and five questions where somebody does not want to live."""

import json

import pytest

from tests.bot.test_screening import _without_numbers
from tests.bot.walking import chooses, stands, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight
from vault.tables import DESK, SURVIVORS


async def _sheets(sight: Sight, she: Survivor, side: str) -> dict[str, dict[str, object]]:
    """What this side may read of each instrument."""
    kept = [json.loads(one.text) for one in await sight.reads(side, await sight.one(she)) if one.kind == "answers"]
    return {one["instrument"]: one for one in kept}


@pytest.mark.parametrize(("step", "sign"), [("neck.first", "voice"), ("neck.second", "red_spots")])
async def test_one_sign_after_the_neck_is_an_emergency_and_a_person_may_read_it_at_once(
    line: Hotline, sight: Sight, emptied_queue: None, step: str, sign: str
) -> None:
    she = await line.survivor("en")
    asked = await walks(she, step, sight)
    assert she.word("neck.means") in asked.text
    await chooses(she, step, sign)
    shown = await stands(she, "neck.emergency")
    assert "103" in shown.text
    assert she.word("danger.told_nobody") in shown.text, "a person may read it, and none is there now"
    case = await sight.one(she)
    assert (case.risk, case.state) == ("immediate", "waiting")
    read = await _sheets(sight, she, DESK)
    assert read["strangulation"]["band"] == "emergency"
    answers = read["strangulation"]["answers"]
    assert isinstance(answers, dict)
    assert (answers["strangled"], answers[sign]) == ("yes", "yes")
    assert read["who-immediate"]["answers"] == {"worse_6_months": "no", "weapon": "no", "strangled": "yes"}


async def test_without_a_sign_she_is_told_of_a_doctor_today_and_the_screening_goes_on(
    line: Hotline, sight: Sight, emptied_queue: None
) -> None:
    she = await line.survivor("ru")
    await walks(she, "neck.pregnant", sight)
    await chooses(she, "neck.pregnant", "no")
    shown = await stands(she, "neck.today")
    assert she.word("doctor") in shown.text
    sheet = (await _sheets(sight, she, SURVIVORS))["strangulation"]
    assert sheet["band"] == "urgent_check", "how long ago was not told: the doctor is today"
    assert not await _sheets(sight, she, DESK), "without her yes the desk reads no answer"
    assert (await sight.one(she)).risk == "high"
    await chooses(she, "neck.today", "goon")
    await stands(she, "who.pause")


async def test_pregnant_and_strangled_is_an_emergency(line: Hotline, sight: Sight, emptied_queue: None) -> None:
    she = await line.survivor("uz")
    await walks(she, "neck.pregnant", sight)
    await chooses(she, "neck.pregnant", "yes")
    await stands(she, "neck.emergency")
    assert (await sight.one(she)).risk == "immediate"


@pytest.mark.parametrize(
    ("answer", "screen", "risk", "band"),
    [
        ("yes", "asq.now", "immediate", "acute_positive"),
        ("no", "asq.today", "high", "non_acute_positive"),
        ("nosay", "asq.today", "immediate", "positive_acuity_unknown"),
    ],
)
async def test_thoughts_of_dying_are_asked_of_where_nobody_is_there_and_each_screen_has_a_number_and_a_person(
    line: Hotline, sight: Sight, emptied_queue: None, answer: str, screen: str, risk: str, band: str
) -> None:
    she = await line.survivor("en")
    asked = await walks(she, "asq.thoughts_now", sight)
    assert "1146" in asked.text
    assert she.word("person") in asked.labels
    await chooses(she, "asq.thoughts_now", answer)
    shown = await stands(she, screen)
    assert "1146" in shown.text
    assert not any(sign.isdigit() for sign in _without_numbers(shown.text)), "no score is ever shown to her"
    case = await sight.one(she)
    assert case.risk == risk
    assert case.state == ("waiting" if answer == "yes" else "with_program"), "silence hands nobody over"
    assert (await _sheets(sight, she, SURVIVORS))["asq"]["band"] == band


async def test_no_to_all_four_ends_it_and_nothing_says_safe(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    await walks(she, "asq.other", sight)
    assert (await _sheets(sight, she, SURVIVORS))["asq"]["band"] == "negative"
    assert (await sight.one(she)).risk == "high", "her words stand beside her answers"
    said = await she.says("I do not want to live.")
    await she.phone.sees(she.word("near_now"), within=10, after=said.message_id)
