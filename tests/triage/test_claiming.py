"""Taking, choosing, releasing and closing: exactly one holder, and never the wrong case."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.desk import about, all_of, gone, one, queue_up, settled, talks, texts, together, waits
from tests.hotline import Hotline
from tests.people import Operator
from triage.claiming import has_room
from triage.lifecycle import OUTCOMES
from vault.cases import Case
from vault.database import Engine


async def _alert(operator: Operator, after: int = 0) -> int:
    """The newest alert that can be taken."""
    found = await operator.phone.sees(
        lambda bubble: operator.word("button.take") in bubble.labels, within=10, after=after, called="an alert"
    )
    return found.message_id


async def test_of_two_who_take_at_the_same_instant_one_wins_and_the_other_is_told(desk: Hotline, owner: Engine) -> None:
    pair = (await desk.operator("en"), await desk.operator("ru,en"))
    await waits(desk)
    seen = [0, 0]
    for _ in range(20):
        seen = [await _alert(member, last) for member, last in zip(pair, seen, strict=True)]
        await together(
            *(
                member.phone.taps(member.word("button.take"), message_id=alert, answer_within=0.1)
                for member, alert in zip(pair, seen, strict=True)
            )
        )
        number = await one(owner, "select number from cases")
        winner, loser = await _winner_first(pair, owner)
        late = await loser.sees("taken.late", number=number)
        await loser.reads(loser.word("taken.other", number=number))
        assert await one(owner, "select count(*) from cases where state = 'talking'") == 1
        await winner.sees("card.head")
        assert not [text for text in await texts(loser) if text.startswith(loser.word("card.head").split("{")[0])]
        seen = [(await member.screen())[-1].message_id for member in pair]
        await winner.says("/release")
        await winner.phone.sees(winner.word("released", number=number), within=10, after=seen[pair.index(winner)])
        assert late.labels == []


async def _winner_first(pair: tuple[Operator, Operator], owner: Engine) -> tuple[Operator, Operator]:
    """Who holds the case, once somebody does: the brief has come to one of the two."""
    query = "select array_position(array(select id from staff order by enrolled_at), holder_id) - 1 from cases"
    briefs = [
        asyncio.ensure_future(member.phone.sees(member.word("card.head").split("{")[0], within=10)) for member in pair
    ]
    done, still = await asyncio.wait(briefs, return_when=asyncio.FIRST_COMPLETED)
    for waiting in still:
        waiting.cancel()
    await asyncio.gather(*still, return_exceptions=True)
    assert [brief for brief in done if brief.exception() is None]
    [place] = [place for place in await all_of(owner, query) if place is not None]
    return pair[place], pair[1 - place]


async def test_take_without_a_number_takes_the_most_urgent_and_two_who_type_it_get_one_each(
    desk: Hotline, owner: Engine
) -> None:
    low, high = await queue_up(owner, "ordinary", "high")
    first, second = await desk.operator("ru"), await desk.operator("ru")
    await together(first.says("/take"), second.says("/take"))
    heads = [(await member.sees("card.head")).text for member in (first, second)]
    assert {str(low), str(high)} == {text.split()[1] for text in heads}
    assert await one(owner, "select count(*) from cases where state = 'talking'") == 2
    await first.says("/take")
    await first.sees("queue.empty")


async def test_an_operator_takes_only_on_duty(desk: Hotline, owner: Engine) -> None:
    [number] = await queue_up(owner, "high")
    operator = await desk.operator(on_duty=False)
    await operator.says("/take")
    refused = await operator.sees("take.off_duty")
    assert refused.labels == [operator.word("button.duty")]
    await operator.taps("button.duty")
    await operator.phone.taps(operator.word("button.take_case", mark="🟠", number=number), within=10)
    assert (await operator.sees("card.head")).text.split()[1] == str(number)


def _case(risk: str, number: int = 20_001) -> Case:
    now = datetime.now(UTC)
    return Case(
        uuid4(), number, None, "bukhara", "uz", "talking", risk, (), None, now, None, None, None, now, None, None, 90
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "room"),
    [
        ((), True),
        (("ordinary",), True),
        (("high",), True),
        (("immediate",), False),
        (("ordinary", "high"), False),
        (("immediate", "ordinary"), False),
    ],
)
def test_two_talks_are_held_at_most_and_one_while_it_is_immediate(held: tuple[str, ...], room: bool) -> None:
    assert has_room([_case(risk) for risk in held]) is room


async def test_who_holds_two_is_told_which_to_let_go_before_taking_a_third(desk: Hotline, owner: Engine) -> None:
    first, second, third = await queue_up(owner, "ordinary", "ordinary", "ordinary")
    operator = await desk.operator("ru,en")
    for number in (first, second):
        await operator.says(f"/take {number}")
        await operator.sees_card(number)
    await operator.says(f"/take {third}")
    refused = await operator.sees("take.full")
    assert operator.word("button.release_case", number=first) in refused.labels
    assert operator.word("button.close_case", number=second) in refused.labels
    await operator.says(f"/take {first}")
    await operator.sees("taken.yours_already")
    await operator.says("/take 99999")
    await operator.sees("case.unknown")
    await operator.says("/take please")
    await operator.sees("case.unknown")


async def test_a_number_of_no_held_case_does_nothing_to_the_chosen_one(desk: Hotline, owner: Engine) -> None:
    """An old button, or one wrong digit: the talk that is going on must not be closed, released, noted or referred."""
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    other = 54_321 if number != 54_321 else 54_322
    for command in ("/close {} helped", "/release {}", "/note {} text", "/refer {}", "/refer {} bux-shelter-a it",
                    "/case {}", "/next {} 14:30"):  # fmt: skip
        sent = await operator.says(command.format(other))
        await operator.phone.sees(operator.word("case.not_yours", number=other), within=10, after=sent.message_id)
    assert await one(owner, "select state from cases") == "talking"
    assert await all_of(owner, "select kind from entries where author = 'staff'") == []
    await operator.says("Still with you.")
    await she.reads("Still with you.")


async def test_a_released_case_goes_back_with_an_alert_and_leaves_the_chat_it_was_in(desk: Hotline) -> None:
    first = await desk.operator()
    she, number = await talks(desk, first)
    await she.says("He took my papers.")
    await first.reads("He took my papers.")
    await first.says("I am with you.")
    await she.reads("I am with you.")
    await first.says("/note She fears the brother.")
    await first.sees("note.kept")
    second = await desk.operator()
    await first.taps("button.release")
    await first.sees("released", number=number)
    await gone(first, "He took my papers.")
    await gone(first, "I am with you.")
    await gone(first, "/note")
    await she.sees("waiting.asked")
    alerted = await first.phone.sees(lambda bubble: first.word("button.take") in bubble.labels, within=10)
    assert str(number) in alerted.text
    assert await second.takes() == number
    card = await second.sees("card.head")
    for said in ("she: He took my papers.", "desk: I am with you.", "note: She fears the brother."):
        assert said in card.text
    await first.reads(first.word("taken.other", number=number))


async def test_a_case_closes_with_each_outcome_of_the_list(desk: Hotline, owner: Engine) -> None:
    numbers = await queue_up(owner, *["ordinary"] * len(OUTCOMES))
    operator = await desk.operator("en")
    for outcome, number in zip(OUTCOMES, numbers, strict=True):
        sent = await operator.says("/take")
        await operator.phone.sees(operator.word("card.head").split("{")[0], within=10, after=sent.message_id)
        await operator.taps("button.close")
        asked = await operator.sees("close.how", number=number)
        assert asked.labels == [operator.word(f"outcome.{word}") for word in OUTCOMES]
        await operator.taps(f"outcome.{outcome}")
        closed = await operator.sees("closed", number=number, outcome=operator.word(f"outcome.{outcome}"))
        await gone(operator, "How did it end")
        assert await about(operator, number) == [closed]
    assert await all_of(owner, "select outcome from cases order by number") == list(OUTCOMES)


async def test_closing_without_an_outcome_asks_for_one_and_closes_nothing(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, _ = await talks(desk, operator)
    for command in ("/close", "/close reconciled"):
        sent = await operator.says(command)
        await operator.phone.sees("How did it end?", within=10, after=sent.message_id)
    assert await one(owner, "select state from cases") == "talking"
    await operator.says("/close helped")
    await operator.sees("closed")
    await she.sees("person_out")


async def test_after_one_of_two_talks_is_closed_the_other_is_named_as_where_words_go(desk: Hotline) -> None:
    operator = await desk.operator()
    anna, first = await talks(desk, operator)
    bella, second = await talks(desk, operator)
    await operator.says(f"/close {first} helped")
    await operator.sees("writes_to", number=second)
    await operator.says("And now to you.")
    await bella.reads("And now to you.")
    await anna.sees("person_out")
    assert not [bubble for bubble in await anna.screen() if "And now to you." in bubble.text]
    await operator.says("/close helped")
    await gone(operator, "And now to you.")


async def test_two_operators_words_go_from_every_desk_chat_when_the_case_is_closed(desk: Hotline) -> None:
    first, second = await desk.operator(), await desk.operator()
    _, number = await talks(desk, first)
    await second.reads(second.word("taken.other", number=number))
    await first.says("/close helped")
    await gone(second, str(number))
    await settled(first)
    assert [bubble.text for bubble in await about(first, number) if not bubble.mine] == [
        first.word("closed", number=number, outcome=first.word("outcome.helped"))
    ]


async def test_a_colleague_cannot_close_release_or_read_a_case_that_is_not_theirs(desk: Hotline, owner: Engine) -> None:
    holder, other = await desk.operator(), await desk.operator()
    _, number = await talks(desk, holder)
    for command in ("/case", "/close", "/release", "/note", "/refer"):
        sent = await other.says(f"{command} {number} x")
        await other.phone.sees(other.word("case.not_yours", number=number), within=10, after=sent.message_id)
    sent = await other.says("Hello?")
    await other.phone.sees(other.word("no_case"), within=10, after=sent.message_id)
    reads = await all_of(owner, "select distinct actor from audit where verb = 'read.case'")
    assert len(reads) == 1
