"""A service's side: acknowledge, accept, decline, by buttons and by words, and nobody else's."""

from tests.desk import about, all_of, one, settled, talks
from tests.hotline import Hotline
from tests.people import Operator, Service
from triage.lifecycle import REJECT_REASONS
from vault.database import Engine


async def _sent(desk: Hotline, owner: Engine, operator: Operator, service: str = "bux-shelter-a") -> tuple[str, int]:
    """A referral she said yes to: its number, and the case's."""
    she, number = await talks(desk, operator)
    await operator.says(f"/refer {number} {service} One night.")
    await she.sees("referral.ask")
    await she.taps("agree")
    await operator.sees("refer.sent")
    return str(await one(owner, "select number from referrals order by made_at desc limit 1")), number


async def _stands_at(service: Service, referral: str, state: str, *labels: str) -> None:
    """Exactly one card of the referral stands in this chat, and it says this."""
    head = service.word("referral.head", number=referral, state=service.word(f"state.{state}"))
    wanted = [service.word(f"button.{label}") for label in labels]
    await service.phone.sees(lambda bubble: head in bubble.text and bubble.labels == wanted, within=10)


async def test_the_operator_sees_each_step_and_every_colleagues_card_follows(desk: Hotline, owner: Engine) -> None:
    operator, shelter, colleague = await desk.operator(), await desk.service(), await desk.service()
    referral, case = await _sent(desk, owner, operator)
    for service in (shelter, colleague):
        await _stands_at(service, referral, "sent", "ack", "accept", "decline")
    await shelter.taps("button.ack")
    await operator.sees("refer.acknowledged", number=referral, of_case=case)
    for service in (shelter, colleague):
        await _stands_at(service, referral, "acknowledged", "accept", "decline")
    await colleague.says(f"/ack {referral}")
    await colleague.sees("referral.not_now", number=referral, state=colleague.word("state.acknowledged"))
    await colleague.taps("button.accept")
    await operator.sees("refer.accepted", number=referral, of_case=case)
    for service in (shelter, colleague):
        await _stands_at(service, referral, "accepted")
        assert len(await about(service, referral)) == (1 if service is shelter else 3)
    moves = await all_of(owner, "select went_to from referral_moves order by at")
    assert moves == ["ready", "sent", "acknowledged", "accepted"]


async def test_accepting_at_once_acknowledges_on_the_way_and_a_second_tap_is_not_now(
    desk: Hotline, owner: Engine
) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    referral, case = await _sent(desk, owner, operator)
    await shelter.says(f"/accept {referral.lower()}")
    await shelter.phone.sees(lambda bubble: bubble.text == f"Referral {referral}: accepted", within=10)
    await operator.sees("refer.accepted", number=referral, of_case=case)
    await shelter.says(f"/accept {referral}")
    await shelter.sees("referral.not_now", number=referral, state=shelter.word("state.accepted"))
    await shelter.says(f"/decline {referral} full")
    sent = (await shelter.screen())[-1].message_id
    await shelter.says(f"/decline {referral} full")
    await shelter.phone.sees("Not possible now.", within=10, after=sent)
    assert await one(owner, "select state from referrals") == "accepted"
    assert await one(owner, "select reason from referrals") is None


async def test_a_service_declines_with_a_listed_reason_and_the_operator_may_choose_another(
    desk: Hotline, owner: Engine
) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    referral, case = await _sent(desk, owner, operator)
    await shelter.taps("button.decline")
    asked = await shelter.sees("decline.why", number=referral)
    assert asked.labels == [shelter.word(f"reason.{reason}") for reason in REJECT_REASONS]
    await shelter.taps("reason.full")
    told = await operator.sees("refer.declined", number=referral, of_case=case, reason=operator.word("reason.full"))
    assert told.labels == [operator.word("button.other_service")]
    assert not told.silent
    await _stands_at(shelter, referral, "rejected")
    await settled(shelter)
    assert not [bubble for bubble in await shelter.screen() if "Why can it not be taken" in bubble.text]
    await operator.taps("button.other_service")
    await operator.sees("refer.pick")
    assert await one(owner, "select reason from referrals") == "full"


async def test_a_reason_in_words_reaches_the_operator_sealed_and_stays_with_the_case(
    desk: Hotline, owner: Engine
) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    referral, _ = await _sent(desk, owner, operator)
    await shelter.taps("button.decline")
    await shelter.taps("reason.other_with_text")
    await shelter.sees("decline.text", number=referral)
    await shelter.says("The house is being repaired until Friday.")
    told = await operator.phone.sees("The house is being repaired until Friday.", within=10)
    assert referral in told.text
    await operator.says("/case")
    await operator.phone.sees("note: The house is being repaired until Friday.", within=10)
    kept = await all_of(owner, "select params::text from staff_orders union select reason from referrals")
    assert not [text for text in kept if text and "repaired" in text]


async def test_another_services_staff_can_neither_see_nor_move_it(desk: Hotline, owner: Engine) -> None:
    operator, clinic = await desk.operator(), await desk.service("bux-clinic-a", role="health")
    shelter = await desk.service()
    referral, _ = await _sent(desk, owner, operator)
    await _stands_at(shelter, referral, "sent", "ack", "accept", "decline")
    for verb in ("ack", "accept", "decline"):
        sent = await clinic.says(f"/{verb} {referral} full")
        await clinic.phone.sees(clinic.word("referral.unknown"), within=10, after=sent.message_id)
    sent = await clinic.says("/queue")
    await clinic.phone.sees(clinic.word("queue.no_referrals"), within=10, after=sent.message_id)
    sent = await operator.says(f"/accept {referral}")
    await operator.phone.sees(operator.word("not_yours"), within=10, after=sent.message_id)
    assert await one(owner, "select state from referrals") == "sent"
    assert await all_of(owner, "select subject from audit where verb = 'refused.accept'") == [None]


async def test_a_service_finds_what_is_before_it_again_once_each(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    referral, _ = await _sent(desk, owner, operator)
    await _stands_at(shelter, referral, "sent", "ack", "accept", "decline")
    [first] = await about(shelter, referral)
    await shelter.says("/queue")
    await shelter.phone.sees_gone(lambda bubble: bubble.message_id == first.message_id, within=10)
    assert len(await about(shelter, referral)) == 1
    await shelter.says("Can she come tomorrow?")
    await shelter.sees("receiver.no_talk")
    await shelter.says(f"/take {referral}")
    await shelter.sees("not_yours")


async def test_an_overdue_referral_can_be_acknowledged_but_no_longer_declined(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator(), await desk.service()
    referral, case = await _sent(desk, owner, operator)
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update referrals set state = 'escalated'")
    await shelter.says("/queue")
    await _stands_at(shelter, referral, "escalated", "ack", "accept")
    await shelter.says(f"/decline {referral} full")
    await shelter.sees("referral.not_now", number=referral, state=shelter.word("state.escalated"))
    await shelter.taps("button.accept")
    await operator.sees("refer.accepted", number=referral, of_case=case)


async def test_the_agencys_hours_begin_with_the_referral_that_tells_it_and_an_earlier_time_stands(
    desk: Hotline, owner: Engine
) -> None:
    operator, police = await desk.operator(), await desk.service("bux-police-a", role="police")
    referral, case = await _sent(desk, owner, operator, "bux-police-a")
    assert await one(owner, "select count(*) from entries where kind = 'clock'") == 0
    await operator.says(f"/clock {case} 20 social")
    await operator.sees("clock.kept", number=case)
    await police.says(f"/accept {referral}")
    await operator.sees("refer.accepted", number=referral, of_case=case)
    await operator.says(f"/case {case}")
    card = await operator.phone.sees("Police told (102 or inspector): 0 h ago, told ", within=10)
    assert "– 24 hours, police: study it and act: 22 to 24 h until it is overdue" in card.text
    assert "Inson, 112 or 1146 told: 20 h ago, told " in card.text
