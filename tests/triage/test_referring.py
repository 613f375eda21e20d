"""Referring: the operator looks first, she is asked for exactly these fields, and only her yes sends them."""

import json

from dialogs.region import read_region
from hamroh.places import REGIONS
from tests.desk import about, all_of, erases, gone, one, settled, talks, texts
from tests.hotline import Hotline
from tests.people import Operator
from vault.database import Engine

SERVICES = read_region(REGIONS / "bukhara").services


async def _number(owner: Engine) -> str:
    return str(await one(owner, "select number from referrals order by made_at desc limit 1"))


async def _looks_at(operator: Operator, service: str) -> str:
    """Pick a service from the list; what she would be asked."""
    [name] = [one.name(operator.language) for one in SERVICES if one.id == service]
    await operator.taps("button.refer")
    await operator.phone.taps(name, within=10)
    shown = await operator.phone.sees(lambda bubble: operator.word("button.ask") in bubble.labels, within=10)
    return shown.text


async def test_a_service_is_looked_at_with_thumbs_before_she_is_asked(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await operator.taps("button.refer")
    listed = await operator.sees("refer.pick", number=number)
    assert listed.labels == [service.name("en") for service in SERVICES]
    text = await _looks_at(operator, "bux-police-a")
    assert SERVICES[5].name("en") in text
    assert f"/refer {number} bux-police-a" in text
    assert not [bubble for bubble in await she.screen() if she.word("referral.ask") in bubble.text]
    await operator.taps("button.other_service")
    await operator.phone.taps(SERVICES[0].name("en"), within=10)
    await operator.taps("button.ask")
    referral = await _await_number(owner, operator)
    await operator.sees("refer.asked", number=referral, of_case=number)
    asked = await she.sees("referral.ask")
    for line in ("what is asked for: a safe place", "your language: English", SERVICES[0].name("en")):
        assert line in asked.text
    assert she.word("field.needs_text") not in asked.text
    # One list was left by the first tap, and is still good; the second turned into the answer.
    assert len([text for text in await texts(operator) if text.startswith("To which service?")]) == 1
    assert await all_of(owner, "select service_id from referrals") == ["bux-shelter-a"]


async def _await_number(owner: Engine, operator: Operator) -> str:
    await operator.sees("refer.asked")
    return await _number(owner)


async def test_without_her_yes_nothing_passes_and_the_desk_hears_her_no(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    she, number = await talks(desk, operator)
    await operator.says(f"/refer {number} bux-shelter-a\nA room for two nights.")
    asked = await she.sees("referral.ask")
    assert "what you need, in short: A room for two nights." in asked.text
    assert await one(owner, "select state from referrals") == "draft"
    referral = await _await_number(owner, operator)
    await settled(shelter)
    assert await about(shelter, referral) == []
    await shelter.says(f"/accept {referral}")
    await shelter.sees("referral.unknown")
    await she.taps("disagree")
    await she.sees("referral.kept")
    await operator.sees("refer.refused", number=referral, of_case=number)
    assert await all_of(owner, "select went_to from referral_moves") == ["cancelled"]
    await shelter.says("/queue")
    await shelter.sees("queue.no_referrals")
    assert not [text for text in await texts(shelter) if "two nights" in text or str(number) in text]


async def test_with_her_yes_the_service_gets_the_fields_she_saw_and_nothing_else(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    asleep, other = await desk.service(), await desk.service("bux-shelter-b")
    await shelter.says("/duty")
    await shelter.sees("duty.on")
    she, number = await talks(desk, operator)
    await she.says("My name is Canaryword.")
    await operator.says("/note Canarynote")
    await operator.sees("note.kept")
    await operator.says("/refer bux-shelter-a A room, ground floor.")
    referral = await _await_number(owner, operator)
    await she.sees("referral.ask")
    await she.taps("agree")
    await operator.sees("refer.sent", number=referral, of_case=number)
    card = await shelter.phone.sees(lambda bubble: referral in bubble.text and bool(bubble.labels), within=10)
    assert card.text.splitlines() == [
        f"Referral {referral}: new",
        "Asked for: a safe place",
        "Risk: ordinary",
        "Language: English",
        "How to reach her: only through the counsellor, never directly",
        "What she needs: A room, ground floor.",
        card.text.splitlines()[-1],
    ]
    assert card.text.splitlines()[-1].startswith("Please acknowledge by: ")
    assert not card.silent
    # A colleague off duty has it too, without a sound.
    quiet = await asleep.phone.sees(lambda bubble: referral in bubble.text, within=10)
    assert quiet.silent
    for service in (shelter, asleep, other):
        await settled(service)
        said = " ".join(await texts(service))
        assert not [word for word in ("Canaryword", "Canarynote", str(number), "ordinary,") if word in said]
    assert await about(other, referral) == []
    given = "from referrals r join consents c on c.id = r.consent_id where c.answer = 'yes'"
    agreed = await one(owner, f"select c.fields {given}")
    assert agreed == sorted(await one(owner, f"select r.fields {given}")), "her yes is to these fields and no others"
    assert "needs_text" in agreed


async def test_she_is_asked_once_for_a_service_and_again_only_by_choice(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await operator.says("/refer bux-clinic-a A doctor today.")
    referral = await _await_number(owner, operator)
    await she.sees("referral.ask")
    await operator.says("/refer bux-clinic-a A doctor today, please.")
    pending = await operator.sees("refer.pending", number=referral, of_case=number)
    assert pending.labels == [operator.word("button.ask_again")]
    before = (await she.screen())[-1].message_id
    await operator.taps("button.ask_again")
    again = await she.phone.sees(she.word("referral.ask"), within=10, after=before)
    assert "A doctor today." in again.text
    await she.taps("agree")
    nobody = await operator.sees("refer.nobody", number=referral, of_case=number)
    assert not nobody.silent
    await _looks_at(operator, "bux-clinic-a")
    await operator.taps("button.ask")
    await operator.sees("refer.already", number=referral, of_case=number, state=operator.word("state.sent"))
    assert await one(owner, "select count(*) from referrals") == 1
    await operator.says("/case")
    await operator.phone.sees(f"Referral {referral}, Example clinic A (practice): new", within=10)
    assert number


async def test_needs_that_are_too_long_or_a_talk_that_is_over_are_not_asked(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await operator.says(f"/refer bux-shelter-a {'x' * 501}")
    await operator.sees("refer.too_long", most=500)
    await operator.says("/refer bux-shelter-z something")
    await operator.sees("refer.pick", number=number)
    await _looks_at(operator, "bux-legal-a")
    await she.taps("stop")
    await operator.sees("she_stopped", number=number)
    await operator.taps("button.ask")
    await operator.sees("not_sent.with_program", number=number)
    assert await one(owner, "select count(*) from referrals") == 0


async def test_another_womans_tap_with_a_forged_number_sends_nothing(desk: Hotline, owner: Engine) -> None:
    """A button's data comes from her phone: a changed client could name a referral that is not hers."""
    operator, shelter = await desk.operator(), await desk.service()
    _, number = await talks(desk, operator)
    await operator.says(f"/refer {number} bux-shelter-a Quiet, please.")
    referral = await _await_number(owner, operator)
    forger, _ = await talks(desk, operator)
    async with owner.begin() as connection:
        await connection.exec_driver_sql(
            "insert into staff_orders (id, case_id, kind, urgency, params, made_at, not_before)"
            " select gen_random_uuid(), id, 'referral_answered', 2, $1::jsonb, now(), now() from cases"
            " where number <> $2",
            (json.dumps({"number": referral, "yes": True}), number),
        )
        await connection.exec_driver_sql("select pg_notify('hamroh_desk', '')")
    await forger.says("Hello")
    await operator.reads("Hello")
    assert (
        await one(owner, "select count(*) from staff_orders where kind = 'referral_answered' and ended_at is null") == 0
    )
    assert await one(owner, "select state from referrals") == "draft"
    await settled(shelter)
    assert await about(shelter, referral) == []


async def test_news_of_a_referral_goes_to_whoever_holds_the_case_now(desk: Hotline, owner: Engine) -> None:
    first, second = await desk.operator(), await desk.operator()
    shelter = await desk.service()
    she, number = await talks(desk, first)
    await first.says("/refer bux-shelter-a One night.")
    referral = await _await_number(owner, first)
    await she.sees("referral.ask")
    await first.says("/release")
    await first.sees("released", number=number)
    await second.takes()
    await she.taps("agree")
    await second.sees("refer.sent", number=referral, of_case=number)
    await shelter.taps("button.accept")
    await second.sees("refer.accepted", number=referral, of_case=number)
    await settled(first)
    assert await about(first, referral) == []


async def test_what_the_service_was_shown_goes_with_her_erasure(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    she, number = await talks(desk, operator)
    await she.says("He is outside.")
    await operator.reads("He is outside.")
    await operator.says("/refer bux-shelter-a One night, two children.")
    referral = await _await_number(owner, operator)
    await she.taps("agree")
    await shelter.reads("two children")
    await erases(she)
    await gone(shelter, referral)
    await gone(operator, str(number))
    await gone(operator, "two children")
    await shelter.says(f"/accept {referral}")
    await shelter.sees("referral.unknown")
    await shelter.says("/queue")
    await shelter.sees("queue.no_referrals")
    await operator.says("/case")
    await operator.sees("no_case")
    assert await texts(operator)
