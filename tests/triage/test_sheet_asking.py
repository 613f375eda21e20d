"""A counsellor asks an instrument at the desk: which are offered, one question a screen, and what they come to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh.places import Database
from tests.desk import all_of, flawless, one, settled, talks
from tests.hotline import Hotline
from tests.people import Operator, words
from tests.triage.test_packs import private, written
from triage.risk_instruments import instruments
from triage.sheet_cards import after, values_of
from vault.database import Engine


@pytest.fixture
async def permitted(database: Database, tmp_path: Path) -> AsyncIterator[Hotline]:
    """A hotline whose deployer holds the permission for one pack."""
    own = tmp_path / "own"
    own.mkdir()
    folder = private(own, "da5.toml", written("da5"))
    running = await Hotline.open(database, tmp_path / "house", HAMROH_PRIVATE=str(folder))
    try:
        async with flawless(running):
            yield running
    finally:
        await running.close()


async def _answers(operator: Operator, name: str, *labels: str) -> None:
    """Tap these answers, one question after the other."""
    for label in labels:
        await _answer(operator, name, label)


async def _answer(operator: Operator, name: str, label: str) -> None:
    key = f"sheet.name.{name}"
    title = operator.word(key) if key in words("staff").english else instruments()[name].title
    asked = await operator.phone.sees(
        lambda bubble: f"{title}, question " in bubble.text and label in bubble.labels, within=10
    )
    head = asked.text.split(":")[0]
    await operator.phone.taps(label, message_id=asked.message_id, within=10)
    await operator.phone.sees_gone(
        lambda bubble: bubble.message_id == asked.message_id and bubble.text.startswith(f"{head}:"), within=10
    )


def test_only_what_the_answers_leave_open_is_asked() -> None:
    neck, asq, scale = (instruments()[name] for name in ("strangulation", "asq", "cssrs-screener"))
    assert after(neck, "strangled", {"strangled": "no"}) == "stop"
    assert after(neck, "strangled", {"strangled": "yes"}) == "hours_since"
    four = dict.fromkeys(("wish_dead", "better_off_dead", "thoughts_week", "ever_attempt"), "no")
    assert after(asq, "ever_attempt", four) == "stop"
    assert after(asq, "ever_attempt", {**four, "wish_dead": "refused"}) == "thoughts_now"
    assert after(scale, "thoughts", {"thoughts": "no"}) == "behavior_lifetime"
    assert values_of(instruments()["hits"].items[0]) == ("1", "2", "3", "4", "5", "unknown", "refused")


async def test_without_a_permission_a_pack_is_not_offered_and_not_asked(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.taps("button.sheet")
    listed = await operator.sees("sheet.pick", number=number)
    fit = ["asq", "hark", "strangulation", "who-immediate"]
    assert listed.labels == [operator.word(f"sheet.name.{name}") for name in fit]
    await operator.says(f"/sheet {number} da5 weapon yes")
    await operator.sees("sheet.not_asked", number=number, title=instruments()["da5"].title)
    assert await one(owner, "select count(*) from entries where kind = 'answers'") == 0


async def test_with_a_permission_the_owners_words_are_asked_and_the_follow_up_comes_next(
    permitted: Hotline, owner: Engine
) -> None:
    operator = await permitted.operator("en")
    she, number = await talks(permitted, operator)
    await operator.taps("button.sheet")
    await operator.sees("sheet.pick", number=number)
    title = instruments()["da5"].title
    await operator.phone.taps(title, within=10)
    first = await operator.phone.sees(f"{title}, question 1 of 5:\nWording of increased", within=10)
    assert first.buttons == [["Yes", "No"], ["Does not know"], ["Did not want to answer"], ["Skip", "Stop"]]
    await _answers(operator, "da5", "No", "Does not know", "Skip", "Yes")
    await operator.phone.sees(f"{operator.word('sheet.name.strangulation')}, question 2 of 12:", within=10)
    assert await one(owner, "select class from cases") == "high", "strangled is serious by itself, while it is asked"
    await _answers(operator, "strangulation", "Skip", "No", "Yes", "Stop")
    neck = await operator.phone.sees("ambulance now, also if she feels better", within=10)
    assert "the class now: 🔴 IMMEDIATE" in neck.text
    await operator.phone.taps(title, message_id=neck.message_id, within=10)
    await operator.phone.sees(f"{title}, question 3 of 5:", within=10)
    await operator.says(f"/sheet {number} da5 stop")
    ended = await operator.phone.sees(
        f"{title}: Wording of undetermined. Case {number}, the class now: ", within=10, after=neck.message_id
    )
    await operator.phone.taps(operator.word("button.show"), message_id=ended.message_id, within=10)
    card = await operator.phone.sees(f"{title}: Wording of undetermined\n", within=10, after=ended.message_id)
    assert "yes: strangled, hard to breathe\n– no: fainted or lost memory" in card.text
    assert await all_of(owner, "select distinct author from entries where kind = 'answers'") == ["staff"]
    assert await one(owner, "select count(*) from survivor_copies") == 0
    plain = await all_of(owner, "select params::text from staff_orders where kind = 'sheet'")
    assert not [text for text in plain if "yes" in text or "unknown" in text]
    assert not [bubble for bubble in await she.screen() if "Wording" in bubble.text], "the counsellor asks, in the talk"


async def test_hours_are_typed_and_a_child_is_asked_no_adults_instrument(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.says(f"/sheet {number} strangulation hours_since")
    asked = await operator.sees("sheet.typed", number=number, sheet="strangulation", item="hours_since")
    assert asked.labels[:2] == ["Does not know", "Did not want to answer"]
    await operator.says(f"/sheet {number} strangulation hours_since 30")
    await operator.phone.sees(", question 3 of 12:", within=10)
    await operator.says(f"/sheet {number} strangulation hours_since soon")
    await operator.sees("old_button")
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update cases set flags = '{minor}'")
    await operator.says(f"/sheet {number}")
    listed = await operator.sees("sheet.pick", number=number)
    assert listed.labels == [operator.word(f"sheet.name.{name}") for name in ("asq", "strangulation")]
    await operator.says(f"/sheet {number} who-immediate weapon yes")
    await operator.sees("sheet.not_asked", number=number, title=instruments()["who-immediate"].title)
    await settled(operator)
    assert await one(owner, "select class from cases") == "ordinary", "one figure, still being asked, finds nothing"
