"""The danger questions and the clocks at the desk: a question a tap, kept sealed, and what they make of the case."""

import pytest

from practice.bubble import Bubble
from tests.desk import alerted, all_of, one, queue_up, settled, talks, texts, waits
from tests.hotline import Hotline
from tests.people import Operator
from triage.danger_cards import after, answers_to
from triage.priority_table import priority_table
from vault.database import Engine

QUESTIONS = tuple(priority_table().danger)


def test_every_question_is_followed_by_the_next_and_the_last_by_the_end() -> None:
    assert [after(question) for question in QUESTIONS] == [*QUESTIONS[1:], "stop"]


def test_every_answer_of_the_table_but_not_asked_has_a_button() -> None:
    for question, answers in priority_table().danger.items():
        assert sorted(answers_to(question)) == sorted(set(answers) - {"not_asked"})
        assert answers_to(question)[-3:] == ("yes", "no", "unknown")


async def _asked(operator: Operator, question: str) -> Bubble:
    return await operator.phone.sees(operator.word(f"danger.{question}"), within=10)


async def _answers(operator: Operator, question: str, answer: str) -> None:
    """Answer the question on the screen; `skip` and `stop` are no answers."""
    asked = await _asked(operator, question)
    key = f"button.{answer}" if answer in {"skip", "stop"} else f"answer.{answer}"
    label = operator.word(key)
    await operator.phone.taps(label[:1].upper() + label[1:], message_id=asked.message_id, within=10)


async def test_a_question_a_screen_in_one_message_and_one_yes_makes_the_case_immediate(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.taps("button.danger")
    first = await _asked(operator, "RK-01")
    assert first.text.startswith(f"Case {number}. Danger question 1 of 14:\n")
    assert first.buttons == [["Yes", "No"], ["Does not know"], ["Skip", "Stop"]]
    await _answers(operator, "RK-01", "no")
    await _answers(operator, "RK-02", "unknown")
    third = await _asked(operator, "RK-03")
    assert third.message_id == first.message_id
    assert third.buttons[:3] == [["Today"], ["In the last 30 days"], ["Earlier", "Yes"]]
    await _answers(operator, "RK-03", "skip")
    await _answers(operator, "RK-04", "yes")
    await _asked(operator, "RK-05")
    assert await one(owner, "select class from cases") == "immediate"
    await _answers(operator, "RK-05", "stop")
    told = await operator.sees("danger.outcome")
    assert told.text.splitlines() == [
        f"Danger questions answered: 3 of 14. Case {number}, the class now: 🔴 IMMEDIATE",
        "weapon: yes. This means: immediate",
        "No: attack now",
        "Not known, which is not no: hurt now",
        "Not asked yet: neck; threat to kill; she thinks she could be killed; child; ending her life; locked in, "
        "things taken; leaving or order; worse, followed; pregnant or 5 days; drink, drugs, in the force; marriage, "
        "taken away",
    ]
    assert told.message_id == first.message_id
    await operator.phone.taps(operator.word("button.show"), message_id=told.message_id, within=10)
    card = await operator.phone.sees("Danger questions, 3 of 14:", within=10, after=told.message_id)
    assert "– yes: weapon\n– does not know: hurt now\n– no: attack now" in card.text
    assert "Why this class: danger questions: immediate (table " in card.text


async def test_the_answers_are_sealed_and_the_audit_says_what_was_asked_and_what_came_of_it(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator("en")
    await talks(desk, operator)
    await operator.taps("button.danger")
    for question, answer in (("RK-01", "no"), ("RK-02", "no"), ("RK-03", "earlier"), ("RK-04", "stop")):
        await _answers(operator, question, answer)
    await operator.sees("danger.outcome")
    assert await all_of(owner, "select kind || author from entries") == ["dangerstaff"] * 3
    assert await one(owner, "select count(*) from survivor_copies") == 0
    said = await all_of(
        owner, "select verb || ' ' || coalesce(subject, '') from audit where verb ~ '^(danger|class)' order by at, verb"
    )
    version = priority_table().version
    assert said == [
        "danger.answered RK-01",
        "danger.answered RK-02",
        f"class.rose high {version}",
        "danger.answered RK-03",
        f"danger.assessed high {version}",
    ]
    plain = await all_of(owner, "select params::text || kind from staff_orders where kind = 'danger'")
    assert not [text for text in plain if "earlier" in text or "yes" in text]


async def test_the_questions_only_raise_and_go_on_where_they_were_left(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    async with owner.begin() as connection:
        await connection.exec_driver_sql("update cases set class = 'high'")
    await operator.says(f"/danger {number}")
    for question in QUESTIONS[:2]:
        await _answers(operator, question, "no")
    await _answers(operator, "RK-03", "stop")
    told = await operator.sees("danger.outcome")
    assert "the class now: 🟠 high" in told.text
    await operator.says(f"/danger {number}")
    again = await operator.phone.sees(operator.word("danger.RK-03"), within=10, after=told.message_id)
    await operator.phone.taps("Skip", message_id=again.message_id, within=10)
    for question in QUESTIONS[3:]:
        await _answers(operator, question, "no")
    ended = await operator.phone.sees("Danger questions answered: 13 of 14", within=10, after=told.message_id)
    assert "Not asked yet: neck" in ended.text
    assert await one(owner, "select class from cases") == "high"


async def test_strangled_today_sets_her_clock_and_a_changed_answer_is_the_one_that_counts(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    for answer in ("earlier", "today"):
        sent = await operator.says(f"/danger {number} RK-03")
        shown = await operator.phone.sees(operator.word("danger.RK-03"), within=10, after=sent.message_id)
        label = operator.word(f"answer.{answer}").capitalize()
        await operator.phone.taps(label, message_id=shown.message_id, within=10)
        await operator.phone.sees(operator.word("danger.RK-04"), within=10, after=sent.message_id)
    assert await one(owner, "select class from cases") == "immediate"
    await operator.says("/case")
    card = await operator.phone.sees("Danger questions, 1 of 14:\n– today: neck", within=10)
    assert "Strangling: today, told " in card.text
    assert "– 4 weeks after strangling: 26 to 28 days left. A doctor today, marks or not" in card.text


async def test_a_case_that_turns_immediate_in_hand_ends_what_else_was_offered(desk: Hotline, owner: Engine) -> None:
    """Who holds an immediate case takes nothing beside it: the other woman is for somebody else from now on."""
    operator, other = await desk.operator("en"), await desk.operator("en", on_duty=False)
    await talks(desk, operator)
    await waits(desk)
    alert = await alerted(operator)
    await operator.says("/danger")
    await _answers(operator, "RK-01", "yes")
    await operator.phone.sees(
        lambda bubble: bubble.message_id == alert.message_id and not bubble.labels, within=10, called="no offer"
    )
    await other.says("/duty")
    await other.phone.sees(lambda bubble: any("Take" in label for label in bubble.labels), within=10, called="hers")


async def test_a_class_is_raised_by_hand_never_lowered_and_says_who_raised_it(desk: Hotline, owner: Engine) -> None:
    operator, other = await desk.operator("en"), await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.says(f"/raise {number} ordinary")
    await operator.sees("raise.only", number=number, risk="ordinary")
    await operator.taps("button.raise")
    asked = await operator.sees("raise.to", number=number)
    assert asked.labels == [operator.word("risk.immediate"), operator.word("risk.high")]
    await operator.phone.taps(operator.word("risk.high"), message_id=asked.message_id, within=10)
    done = await operator.sees("raise.done")
    await operator.phone.taps(operator.word("button.show"), message_id=done.message_id, within=10)
    card = await operator.phone.sees("Why this class: raised by hand, by you", within=10)
    assert operator.word("button.raise") in card.labels
    await operator.says(f"/raise {number} immediate")
    await operator.phone.sees("IMMEDIATE", within=10, after=card.message_id)
    await operator.says(f"/raise {number} high")
    await operator.sees("raise.only", number=number, risk="IMMEDIATE")
    await operator.says(f"/release {number}")
    by_hand = "Class: raised by hand, by an operator"
    await alerted(other, by_hand)
    await other.says("/queue")
    await other.phone.sees(lambda bubble: "1" in bubble.text and by_hand in bubble.text, within=10, called="the list")
    rows = "select actor || subject from audit where verb = 'class.raised' order by at"
    staff = await one(owner, "select 'staff ' || raised_by from cases")
    assert await all_of(owner, rows) == [f"{staff}high", f"{staff}immediate"]


async def test_nobody_asks_about_a_case_that_is_not_theirs(desk: Hotline, owner: Engine) -> None:
    operator, other, shelter = await desk.operator("en"), await desk.operator("en"), await desk.service()
    _, number = await talks(desk, operator)
    await other.says(f"/danger {number} RK-01 yes")
    await other.sees("case.not_yours", number=number)
    await shelter.says(f"/danger {number} RK-01 yes")
    await shelter.sees("not_yours")
    await operator.says("/danger RK-01 perhaps")
    await operator.sees("old_button")
    assert await one(owner, "select count(*) from entries where kind = 'danger'") == 0
    assert await one(owner, "select class from cases") == "ordinary"


async def test_an_operator_sets_a_clock_time_first_and_no_row_in_plain_says_of_what(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.taps("button.clock")
    asked = await operator.sees("clock.since", number=number)
    await operator.phone.taps("6 hours ago", message_id=asked.message_id, within=10)
    await operator.sees("clock.what", number=number)
    await operator.phone.taps(operator.word("event.police"), message_id=asked.message_id, within=10)
    kept = await operator.sees("clock.kept", number=number)
    assert kept.message_id == asked.message_id
    await operator.phone.taps(operator.word("button.show"), message_id=asked.message_id, within=10)
    card = await operator.phone.sees("Police told (102 or inspector): 6 h ago, told ", within=10)
    assert "– 24 hours, police: study it and act: 17 to 19 h until it is overdue" in card.text
    params = await all_of(owner, "select params::text from staff_orders where kind = 'line'")
    assert [text for text in params if "clock:" in text]
    named = [text for text in params if "police" in text]
    # All events are offered together, under the time alone: which one was tapped stands in no plain column.
    assert all(f"clock:{number}:6:room" in text for text in named)
    assert await one(owner, "select class from cases") == "ordinary"


@pytest.mark.parametrize("words", ["5 weeks", "9999 police", "-3 police", "tomorrow"])
async def test_a_time_or_thing_that_is_none_is_refused_and_nothing_kept(
    desk: Hotline, owner: Engine, words: str
) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.says(f"/clock {number} {words}")
    await operator.sees("clock.how", number=number)
    assert await one(owner, "select count(*) from entries where kind = 'clock'") == 0


async def test_an_overdue_duty_and_a_vague_one_tell_the_desk_to_remind(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    for typed in ("25 police", "yesterday social"):
        sent = await operator.says(f"/clock {number} {typed}")
        await operator.phone.sees(operator.word("clock.kept", number=number), within=10, after=sent.message_id)
    await operator.says("/case")
    card = await operator.phone.sees("Inson, 112 or 1146 told: yesterday", within=10)
    assert "– 24 hours, police: study it and act: overdue. Remind or escalate" in card.text
    assert "perhaps overdue, less than 24 h left. Remind them" in card.text


async def test_loss_of_consciousness_and_a_hurt_while_pregnant_have_their_clocks_and_raise_nothing_by_themselves(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    for typed in ("3 unconscious", "today pregnant"):
        sent = await operator.says(f"/clock {number} {typed}")
        await operator.phone.sees(operator.word("clock.kept", number=number), within=10, after=sent.message_id)
    await operator.says("/case")
    card = await operator.phone.sees("Hurt while pregnant: today", within=10)
    assert "– 24 hours, not alone and seen by a doctor: 20 to 22 h left, it closes" in card.text
    assert "– 72 hours, anti-D if rhesus-negative; a doctor the same day: 47 to 72 h left, it closes" in card.text


async def test_after_she_left_the_screens_of_her_case_go_when_it_is_closed(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    _, number = await talks(desk, operator)
    await operator.taps("button.danger")
    await _answers(operator, "RK-01", "stop")
    await operator.sees("danger.outcome")
    await operator.says("/close helped")
    await operator.phone.sees_gone(lambda bubble: "Danger question" in bubble.text, within=10)
    await settled(operator)
    assert not [text for text in await texts(operator) if f"{number}. Danger" in text]
    assert await queue_up(owner, "ordinary")
