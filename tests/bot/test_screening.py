"""The screening: one question a screen, each of which may be skipped, refused or stopped, and what comes of it."""

from collections.abc import Mapping

import pytest

from dialogs.engine import STEPS
from tests.bot.walking import alerted, chooses, stands, takes, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight

ITEMS = ("worse_6_months", "weapon", "strangled", "could_kill_you", "beaten_pregnant", "violently_jealous")
ENDS = {"high": "who.high", "ordinary": "who.other", "none": "who.none"}


async def _answers(she: Survivor, given: Mapping[str, str], *, until: str = "") -> str:
    """Answer the six questions as given (no to the rest), go on where asked, and say which screen came at the end."""
    for item in ITEMS:
        await stands(she, f"who.{item}")
        said = given.get(item, "no")
        await chooses(she, f"who.{item}", said)
        if said == "stop":
            break
        if item == "strangled":
            if said == "yes":
                await stands(she, "who.neck")
                await chooses(she, "who.neck", "goon")
                await stands(she, "neck.first")
                await chooses(she, "neck.first", "stop")
                await stands(she, "neck.today")
                await chooses(she, "neck.today", "goon")
            await stands(she, "who.pause")
            await chooses(she, "who.pause", "stop" if until == "pause" else "goon")
            if until == "pause":
                break
    shown = await she.phone.sees(
        lambda bubble: any(she.word(STEPS[step].text[0]) in bubble.text for step in ENDS.values()), within=20
    )
    return next(step for step in ENDS.values() if she.word(STEPS[step].text[0]) in shown.text)


REFUSED = dict.fromkeys(ITEMS, "nosay")
ALL = dict.fromkeys(ITEMS, "yes")


@pytest.mark.parametrize(
    ("language", "given", "screen", "risk"),
    [
        pytest.param("en", ALL, "who.high", "high", id="yes to all"),
        pytest.param("ru", {}, "who.other", "ordinary", id="no to all"),
        pytest.param("uz", {"worse_6_months": "yes", "violently_jealous": "yes"}, "who.other", "ordinary", id="two"),
        pytest.param("en", {"beaten_pregnant": "never_pregnant"}, "who.other", "ordinary", id="never pregnant"),
        pytest.param("ru", {"weapon": "yes"}, "who.high", "high", id="a weapon alone"),
        pytest.param("uz", {"strangled": "yes"}, "who.high", "high", id="strangled alone"),
        pytest.param("en", {"could_kill_you": "yes"}, "who.high", "high", id="could kill alone"),
        pytest.param("en", dict.fromkeys(ITEMS, "skip"), "who.none", "ordinary", id="all skipped"),
        pytest.param("ru", REFUSED, "who.none", "ordinary", id="all refused"),
        pytest.param("uz", dict.fromkeys(ITEMS, "dont_know"), "who.none", "ordinary", id="knows none"),
        pytest.param("en", REFUSED | {"worse_6_months": "yes"}, "who.high", "high", id="one yes among refusals"),
        pytest.param("ru", REFUSED | {"worse_6_months": "no"}, "who.other", "high", id="one no among refusals"),
    ],
)  # fmt: skip
async def test_what_her_answers_come_to(
    line: Hotline, sight: Sight, language: str, given: Mapping[str, str], screen: str, risk: str
) -> None:
    she = await line.survivor(language)
    await walks(she, "who.worse_6_months", sight)
    assert await _answers(she, given) == screen
    case = await sight.one(she)
    assert case.risk == risk
    shown = [bubble for bubble in await she.screen() if not bubble.mine][-1]
    assert not any(sign.isdigit() for sign in _without_numbers(shown.text)), "no score is ever shown to her"
    assert she.word("person") in shown.labels


def _without_numbers(text: str) -> str:
    for number in ("102", "103", "112", "1146"):
        text = text.replace(number, "")
    return text


@pytest.mark.parametrize("item", ITEMS)
async def test_she_may_stop_at_every_question(line: Hotline, sight: Sight, item: str) -> None:
    she = await line.survivor("en")
    await walks(she, "who.worse_6_months", sight)
    end = await _answers(she, {item: "stop"})
    assert end == ("who.none" if item == "worse_6_months" else "who.other"), (
        "no warning sign is claimed that she denied"
    )
    # What is left open may hide anything: the desk reads it as high, until too few are left to matter.
    assert (await sight.one(she)).risk == ("high" if item in _UNDECIDED else "ordinary")
    await chooses(she, end, "menu")
    await she.sees("menu.need")


_UNDECIDED = ("weapon", "strangled", "could_kill_you")


async def test_after_three_questions_she_is_asked_whether_to_go_on(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    await walks(she, "who.worse_6_months", sight)
    assert await _answers(she, {"weapon": "yes"}, until="pause") == "who.high"
    # What she said once is not asked again: she goes on where she stopped, and only asks for all of it herself.
    await chooses(she, "who.high", "menu")
    await chooses(she, "menu", "screening")
    await stands(she, "who.pause")
    await chooses(she, "who.pause", "stop")
    await stands(she, "who.high")
    await chooses(she, "who.high", "anew")
    await stands(she, "whose")


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_a_yes_to_pressure_on_the_neck_is_answered_at_once(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    shown = await walks(she, "who.neck", sight)
    assert she.word("doctor") in shown.text
    assert "103" in shown.text
    assert she.word("person") in shown.labels
    assert (await sight.one(she)).risk == "high", "the case rises before the screening is finished"
    await chooses(she, "who.neck", "stop")
    await stands(she, "who.high")


async def test_what_raised_the_case_stays_though_she_stops_and_goes(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "who.strangled", sight)
    await chooses(she, "who.strangled", "yes")
    await stands(she, "who.neck")
    await she.taps("exit")
    await she.reads("Home cooking")
    assert (await sight.one(she)).risk == "high"


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_under_eighteen_gets_no_items_but_a_person(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    shown = await walks(she, "minor", sight)
    assert she.word("minor.right") in shown.text
    assert she.word("minor.limits") in shown.text, "who must be told, before she tells more"
    assert she.word("person") in shown.labels
    case = await sight.one(she)
    assert (case.risk, case.flags) == ("high", ("minor",))
    await she.taps("person")
    await she.sees("young.ask")


@pytest.mark.parametrize("whose", ["family", "other", "nosay", "skip"])
async def test_someone_other_than_a_partner_gets_no_items_but_a_person(line: Hotline, sight: Sight, whose: str) -> None:
    she = await line.survivor("ru")
    await walks(she, "whose", sight)
    await chooses(she, "whose", whose)
    shown = await stands(she, "not_partner")
    assert she.word("person") in shown.labels
    assert (await sight.one(she)).risk == "ordinary"


@pytest.mark.parametrize("age", ["nosay", "skip"])
async def test_the_age_need_not_be_said(line: Hotline, sight: Sight, age: str) -> None:
    she = await line.survivor("en")
    await walks(she, "age", sight)
    await chooses(she, "age", age)
    await stands(she, "whose")
    await chooses(she, "whose", "stop")
    await she.sees("menu.need")


async def test_answers_may_be_typed_as_words_and_as_numbers(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "age", sight)
    await she.says("Да")
    await stands(she, "whose")
    await she.says("1")
    await stands(she, "who.begin")
    await she.says("Продолжить")
    await stands(she, "who.worse_6_months")
    await she.says("не знаю")
    await stands(she, "who.weapon")
    await she.says("Не хочу отвечать")
    await stands(she, "who.strangled")
    await she.says("да")
    await stands(she, "who.neck")


async def test_an_old_keyboard_still_answers_its_own_question(line: Hotline, sight: Sight) -> None:
    """Typed answers leave the questions standing one under another: any of them may be answered anew."""
    she = await line.survivor("en")
    await walks(she, "age", sight)
    for said in ("yes", "My partner, now or before", "Go on", "no", "no", "no"):
        last = await she.says(said)
        await she.phone.sees(lambda bubble: not bubble.mine, after=last.message_id, within=10)
    await stands(she, "who.pause")
    weapon = next(bubble for bubble in await she.screen() if she.word("who.weapon") in bubble.text)
    await she.phone.taps(she.word("yes"), message_id=weapon.message_id)
    await she.phone.sees(lambda bubble: bubble.message_id == weapon.message_id and she.word("pause.ask") in bubble.text)
    assert (await sight.one(she)).risk == "high"


async def test_the_counsellor_sees_class_and_answers_only_with_her_yes(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "who.worse_6_months", sight)
    await _answers(she, {"weapon": "yes", "strangled": "nosay"})
    case = await sight.one(she)
    assert [entry.kind for entry in await sight.reads("survivors", case)] == ["answers"]
    assert await sight.reads("desk", case) == []
    await she.taps("person")
    await she.sees("consent")
    assert await sight.reads("desk", case) == []
    await she.taps("agree")
    await she.sees("leave_msg")
    await alerted(operator, case.number, "high")
    await takes(operator, case.number)
    card = await operator.reads("Screening:")
    assert "– yes: weapon\n" in card.text
    assert "– did not want to answer: strangled" in card.text
