"""On duty and off, and the one list of who waits."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from practice.bubble import Bubble
from tests.desk import alerted, erases, gone, one, queue_up, settled, sounds_of, talks, texts, waits
from tests.hotline import Hotline
from tests.people import Operator
from triage.duty import in_order
from triage.flags import FLAGS
from triage.routing import overtaking_s
from vault.cases import Case
from vault.database import Engine


async def _list(operator: Operator, after: int = 0) -> Bubble:
    head = operator.word("queue.head").split("{")[0]
    return await operator.phone.sees(lambda bubble: bubble.text.startswith(head), 10, after=after, called="a list")


async def _lists(operator: Operator) -> list[Bubble]:
    head = operator.word("queue.head").split("{")[0]
    empty = operator.word("queue.empty")
    return [bubble for bubble in await operator.screen() if bubble.text.startswith(head) or bubble.text == empty]


def _case(risk: str, minute: int, lift_s: int = 0) -> Case:
    since = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=minute)
    return Case(
        uuid4(), minute, None, "bukhara", "uz", "waiting", risk, (), None, since, since, None, None, since, None, None,
        90, lift_s,
    )  # fmt: skip


def test_the_queue_is_ordered_by_risk_and_then_by_who_waits_longer() -> None:
    waiting = [_case("ordinary", 1), _case("high", 9), _case("immediate", 30), _case("high", 4), _case("immediate", 20)]
    assert [case.number for case in in_order(waiting)] == [20, 30, 4, 9, 1]


def test_waiting_lifts_an_ordinary_case_among_the_high_ones_and_a_lift_brings_one_forward() -> None:
    waiting = [_case("ordinary", 1), _case("high", 22), _case("high", 20), _case("high", 23, 300)]
    assert [case.number for case in in_order(waiting)] == [23, 20, 1, 22]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ordinary", "high", "immediate"]), st.integers(0, 90), st.sampled_from([0, 120, 300])
        ),
        max_size=12,
    )
)
def test_what_comes_twenty_five_minutes_later_and_is_not_immediate_stands_before_nobody(
    came: list[tuple[str, int, int]],
) -> None:
    queue = in_order([_case(*one) for one in came])
    for at, case in enumerate(queue):
        before = [one for one in queue[:at] if one.risk != "immediate"]
        assert case.risk == "immediate" or all(one.number * 60 < case.number * 60 + overtaking_s() for one in before)
        assert case.risk != "immediate" or not before


async def test_twelve_who_wait_are_one_silent_list_with_a_button_each(desk: Hotline, owner: Engine) -> None:
    numbers = await queue_up(owner, *["ordinary"] * 6, *["high"] * 6, flags=FLAGS[:3])
    operator = await desk.operator("en", on_duty=False)
    await operator.taps("button.duty")
    listed = await _list(operator)
    ordered = [*numbers[6:], *numbers[:6]]
    assert [label.split()[-1] for label in listed.labels] == [str(number) for number in ordered]
    assert len(listed.buttons[0]) == 1
    assert all(len(row) <= 2 for row in listed.buttons)
    assert "🟠 20007: high, Russian, since " in listed.text
    assert operator.word("flag.immediate_danger") in listed.text
    assert len(await _lists(operator)) == 1
    assert listed.silent
    assert len([text for text in await texts(operator) if "20007" in text]) == 1


async def test_while_an_immediate_case_waits_the_list_shows_all_and_offers_that_one_alone(
    desk: Hotline, owner: Engine
) -> None:
    await queue_up(owner, "ordinary", "high", "immediate")
    operator = await desk.operator("en")
    listed = await _list(operator)
    assert listed.text.splitlines()[1].startswith("🔴 20003: IMMEDIATE, Russian, since ")
    assert all(number in listed.text for number in ("20001", "20002"))
    assert listed.labels == [operator.word("button.take_case", mark="🔴", number=20003)]


async def test_the_list_stays_true_while_it_stands(desk: Hotline, owner: Engine) -> None:
    first, second = await queue_up(owner, "high", "ordinary")
    one_here, other = await desk.operator("en"), await desk.operator("en")
    for operator in (one_here, other):
        await _list(operator)
    label = one_here.word("button.take_case", mark="🟠", number=first)
    await one_here.phone.taps(label, within=10)
    await one_here.sees("card.head")
    await gone(other, f"{first}:")
    assert [label.split()[-1] for label in (await _list(other)).labels] == [str(second)]
    await waits(desk)
    await other.phone.sees(lambda bubble: bubble.text.startswith("Waiting: 2."), within=10)
    await other.says(f"/take {second}")
    await other.sees("card.head")
    await one_here.phone.sees(lambda bubble: bubble.text.startswith("Waiting: 1."), within=10)
    assert [len(await _lists(operator)) for operator in (one_here, other)] == [1, 1]


async def test_an_erased_case_is_on_no_list(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she = await waits(desk)
    number = await one(owner, "select number from cases")
    await operator.taps("button.queue")
    assert str(number) in (await _list(operator)).text
    await erases(she)
    await gone(operator, str(number))
    await operator.reads(operator.word("queue.empty"))


async def test_a_new_list_takes_the_place_of_the_older(desk: Hotline, owner: Engine) -> None:
    await queue_up(owner, "high")
    operator = await desk.operator("en")
    first = await _list(operator)
    sent = await operator.says("/queue")
    await _list(operator, after=sent.message_id)
    await operator.phone.sees_gone(lambda bubble: bubble.message_id == first.message_id, within=10)
    await operator.says("/off")
    await operator.sees("duty.off")
    await operator.phone.sees_gone(lambda bubble: "Waiting: 1." in bubble.text, within=10)


async def test_an_empty_queue_says_so(desk: Hotline) -> None:
    operator = await desk.operator("en,ru", on_duty=False)
    await operator.says("/queue")
    await operator.reads(operator.word("queue.empty"))


async def test_off_duty_with_a_talk_in_hand_names_it_and_offers_both_ways_out(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    _, number = await talks(desk, operator)
    await operator.says("/off")
    told = await operator.sees("duty.off_holding", cases=number)
    assert told.buttons == [
        [
            operator.word("button.release_case", number=number),
            operator.word("button.close_case", number=number),
        ]
    ]
    await operator.phone.taps(operator.word("button.release_case", number=number), within=10)
    await operator.sees("released", number=number)
    assert await one(owner, "select state from cases") == "waiting"
    await operator.says("/off")
    told = await operator.phone.sees(lambda bubble: bubble.text == operator.word("duty.off"), within=10)
    assert told.labels == [operator.word("button.duty")]


async def test_only_those_on_duty_who_speak_her_language_are_alerted(desk: Hotline, owner: Engine) -> None:
    speaks = await desk.operator("ru,en")
    silent = await desk.operator("uz")
    off = await desk.operator("ru", on_duty=False)
    supervisor = await desk.operator("uz,ru", role="supervisor")
    shelter = await desk.service(languages="ru")
    await waits(desk, "ru")
    for told in (speaks, supervisor):
        await alerted(told)
    await settled(silent, off, shelter)
    number = str(await one(owner, "select number from cases"))
    for untold in (silent, off, shelter):
        assert not [text for text in await texts(untold) if number in text]


async def test_where_nobody_on_duty_speaks_her_language_everybody_on_duty_is_alerted(desk: Hotline) -> None:
    operator = await desk.operator("ru")
    await waits(desk, "en")
    alert = await alerted(operator)
    assert operator.word("language.en") in alert.text
    sounds = await sounds_of(operator)
    assert [sound for text, sound in sounds.items() if alert.text.splitlines()[0] in text] == [True]


async def test_each_role_is_helped_with_its_own_commands_typed_or_tapped(desk: Hotline) -> None:
    operator, shelter = await desk.operator("en"), await desk.service()
    await operator.taps("button.help")
    await operator.reads(operator.word("help.desk"))
    await shelter.says("/help")
    await shelter.reads(shelter.word("help.receiver"))
