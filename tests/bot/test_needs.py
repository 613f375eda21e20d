"""What she needs, for a referral's sake: six questions she may skip or stop, shown to her before anybody sees it."""

import pytest

from dialogs.flows.needs import DOMAINS
from tests.bot.walking import chooses, stands
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight
from vault.tables import DESK


async def _in_a_talk(line: Hotline) -> tuple[Operator, Survivor, int]:
    operator, she = await line.operator(), await line.survivor()
    await she.arrives()
    await she.asks_for_a_person()
    return operator, she, await operator.takes()


async def _answers(she: Survivor, *choices: str) -> None:
    """Begin, and answer the questions in their order."""
    await stands(she, "needs.why")
    await chooses(she, "needs.why", "goon")
    for domain, choice in zip(DOMAINS, choices, strict=False):
        await stands(she, f"needs.{domain}")
        await chooses(she, f"needs.{domain}", choice)
        if domain == "walking":
            await stands(she, "needs.pause")
            await chooses(she, "needs.pause", "goon")


async def test_six_answers_become_a_list_that_she_sees_and_a_service_reads(line: Hotline, sight: Sight) -> None:
    operator, she, number = await _in_a_talk(line)
    shelter = await line.service()
    await operator.says("/refer bux-shelter-a")
    await operator.taps("button.needs")
    await operator.sees("needs.asked", number=number)
    await _answers(she, "wg_3", "wg_1", "wg_2", "dont_know", "wg_1", "nosay")
    found = await she.sees("needs.list", needs="reading aloud, no steps")
    assert she.word("needs.also") in found.text
    assert not [entry for entry in await sight.reads(DESK, await sight.one(she)) if entry.kind == "answers"]
    await she.taps("agree")
    await operator.sees("her_needs", number=number)
    await operator.says("/refer bux-shelter-a a quiet room")
    asked = await stands(she, "referral")
    assert "for you: reading aloud, no steps" in asked.text
    await she.taps("agree")
    await shelter.reads("Access needs: papers read aloud, screen reader, no steps")
    kept = [entry.text for entry in await sight.reads(DESK, await sight.one(she)) if entry.kind == "answers"]
    assert len(kept) == 1
    assert "seeing" not in kept[0]
    await operator.says(f"/close {number} helped")


async def test_her_no_keeps_the_list_from_everybody(line: Hotline, sight: Sight) -> None:
    operator, she, number = await _in_a_talk(line)
    await operator.says(f"/needs {number}")
    await _answers(she, "wg_4", "stop")
    await she.sees("needs.list", needs="reading aloud")
    await she.taps("disagree")
    await operator.sees("needs_kept", number=number)
    assert not [entry for entry in await sight.reads(DESK, await sight.one(she)) if entry.kind == "answers"]
    await operator.says(f"/refer {number} bux-shelter-a a quiet room")
    asked = await stands(she, "referral")
    assert "for you" not in asked.text
    await operator.says(f"/close {number} helped")


async def test_she_may_leave_the_questions_out_and_the_talk_goes_on(line: Hotline) -> None:
    operator, she, number = await _in_a_talk(line)
    await operator.says(f"/needs {number}")
    await stands(she, "needs.why")
    await she.taps("skip")
    await operator.says("That is fine.")
    await she.reads("That is fine.")
    await operator.says(f"/close {number} helped")


async def test_skipped_questions_never_say_that_nothing_is_needed(line: Hotline) -> None:
    operator, she, number = await _in_a_talk(line)
    await operator.says(f"/needs {number}")
    await _answers(she, *["skip"] * len(DOMAINS))
    found = await she.sees("needs.none")
    assert she.word("needs.also") in found.text
    await she.taps("agree")
    await operator.says(f"/refer {number} bux-shelter-a a quiet room")
    asked = await stands(she, "referral")
    assert "for you" not in asked.text
    await operator.says(f"/close {number} helped")


async def test_what_she_writes_meanwhile_goes_to_the_counsellor(line: Hotline) -> None:
    operator, she, number = await _in_a_talk(line)
    await operator.says(f"/needs {number}")
    await stands(she, "needs.why")
    await she.says("I also need my medicine.")
    await operator.reads("I also need my medicine.")
    await operator.says(f"/close {number} helped")


async def test_of_somebody_under_18_a_person_asks(line: Hotline, sight: Sight) -> None:
    operator, she, number = await _in_a_talk(line)
    await sight.change(she, flags=["minor"])
    await operator.says(f"/needs {number}")
    await operator.sees("needs.by_person", number=number)
    await operator.says(f"/close {number} helped")


@pytest.mark.parametrize("state", ["waiting", "closed"])
async def test_nobody_is_asked_outside_a_talk(line: Hotline, state: str) -> None:
    operator, she, number = await _in_a_talk(line)
    await operator.says(f"/close {number} helped" if state == "closed" else f"/release {number}")
    await operator.says(f"/needs {number}")
    await operator.sees("case.not_yours", number=number)
    assert all(she.word("needs.why") not in bubble.text for bubble in await she.screen())
