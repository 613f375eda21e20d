"""Guidance, read by people on their phones: two days after sexual violence, and the day after a hand on the neck."""

import json
from datetime import UTC, datetime

from sqlalchemy import text

from dialogs.kinds import Place
from hamroh.fronts import open_safe
from tests.hotline import Hotline
from vault import cases
from vault.database import Engine
from vault.tables import SURVIVORS


async def place_of(hotline: Hotline, owner: Engine, chat: int) -> Place:
    """Her sealed place, opened with the survivors' own key."""
    safe = open_safe(hotline.settings, SURVIVORS)
    async with owner.connect() as connection:
        row = await cases.place(connection, safe, safe.person("chat", str(chat)))
    assert row is not None
    return Place.from_json(json.loads(row.opened))


async def test_two_days_after_sexual_violence_she_learns_what_can_still_be_done(
    hotline: Hotline, owner: Engine
) -> None:
    she = await hotline.survivor("en")
    await she.arrives()
    await she.taps("read")
    await she.sees("read.choose")
    await she.taps("list.now")
    await she.sees("list.choose")
    await she.taps("sexual")
    page = await she.sees("sexual.fault")
    assert page.text.splitlines()[1] == she.word("sexual.go")
    await she.taps("since.open")
    await she.sees("since")
    await she.taps("since.days_2_3")
    clock = await she.sees("pep.maybe")
    for line in ("ec.now", "samples.maybe", "mouth.within", "hepb.within", "care.report_any"):
        assert she.word(line) in clock.text
    assert not any(figure in clock.text for figure in ("23", "24", "48", "72", "120"))
    place = await place_of(hotline, owner, she.phone.user_id)
    assert place.answers["sexual_when"] == "2-3_days"
    assert abs((datetime.now(UTC) - datetime.fromisoformat(place.moments["sexual_when"])).total_seconds()) < 60
    await she.taps("sexual.more")
    await she.sees("sexual.infection")
    await she.taps("back")
    await she.sees("pep.maybe")
    await she.taps("since.change")
    await she.taps("since.week")
    past = await she.sees("pep.past")
    assert she.word("hepb.within") in past.text
    assert she.word("ec.past") in past.text
    assert len([bubble for bubble in await she.screen() if not bubble.mine]) <= 2


async def test_the_day_after_a_hand_on_her_neck_she_is_told_to_see_a_doctor_today(
    hotline: Hotline, owner: Engine
) -> None:
    she = await hotline.survivor("ru")
    await she.arrives()
    for label in ("read", "list.now", "strangled"):
        await she.taps(label)
    page = await she.sees("doctor")
    assert "103" in page.text
    await she.taps("strangled.more")
    await she.sees("strangled.tell")
    await she.taps("since.open")
    await she.says("Вчера")
    clock = await she.sees("strangled.within")
    assert not any(word in clock.text for word in ("часов", "часа", "48", "72"))
    async with owner.connect() as connection:
        risks = (await connection.execute(text("select class, flags from cases"))).all()
    assert [(risk, list(flags)) for risk, flags in risks] == [("high", ["strangulation"])]
    place = await place_of(hotline, owner, she.phone.user_id)
    assert place.answers["strangled_when"] == "yesterday"
    await she.taps("back")
    await she.taps("strangled.more")
    await she.taps("since.open")
    await she.sees("strangled.within")


async def test_a_yes_to_not_wanting_to_live_brings_a_person_at_once(hotline: Hotline) -> None:
    operator = await hotline.operator()
    she = await hotline.survivor("en")
    await she.arrives()
    for label in ("read", "list.now", "suicide.page"):
        await she.taps(label)
    await she.sees("suicide")
    await she.says("yes")
    told = await she.sees("danger.told")
    assert "Trust line for women: 1146" in told.text
    await operator.takes()
    await she.sees("person_in")
