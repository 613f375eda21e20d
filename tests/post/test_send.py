"""The sender: urgent first, in order per person, each try once; and what a crash or a refusal leaves is put right."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from post import send
from post.call import Call, Drop, Method, UnclearError, Wait
from tests.post.ground import until
from tests.post.stage import Gate, Stage, refused, sent, unclear
from vault import ledger, orders
from vault.database import begin
from vault.orders import Due, Urgency
from vault.tables import SURVIVORS

SECOND = timedelta(seconds=1)


async def test_a_new_message_stands_in_the_ledger_once_it_is_sent(stage: Stage, her: int) -> None:
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen"]
    assert await stage.standing(her) == [101]
    assert await stage.ends() == {"screen": "sent"}
    assert stage.told == [("screen", "sent")]
    assert await stage.ask("select tries from survivor_orders") == 1


async def test_what_was_ordered_before_the_start_and_what_is_ordered_later_is_sent(stage: Stage, her: int) -> None:
    await stage.order("before", address=her)
    async with stage.sends() as loops:
        await stage.is_over(*loops)
        await stage.order("after", address=her)
        await stage.is_over(*loops)
    assert stage.said == ["before", "after"]


async def test_a_person_is_answered_in_order_and_one_call_at_a_time(stage: Stage, her: int) -> None:
    inside = 0

    async def alone(_: Call) -> None:
        nonlocal inside
        inside += 1
        assert inside == 1
        await stage.ask("select 1")
        inside -= 1

    kinds = [f"screen {number}" for number in range(6)]
    stage.meets = {kind: [alone] for kind in kinds}
    await stage.order(*kinds, address=her)
    await sent(stage)
    assert stage.said == kinds


async def test_urgent_goes_first(stage: Stage, her: int, him: int) -> None:
    gate = Gate()
    stage.meets["first"] = [gate]
    await stage.order("first", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        for kind, urgency in (("later", Urgency.LATER), ("words", Urgency.WORDS), ("alert", Urgency.ALERT)):
            await stage.order(kind, address=her, urgency=urgency)
        await stage.order("his", address=him)
        await stage.has_said("his")
        gate.opened.set()
        await stage.is_over(*loops)
    assert stage.said == ["first", "his", "alert", "words", "later"]


async def test_a_slow_call_to_one_person_holds_up_nobody_else(stage: Stage, her: int, him: int) -> None:
    gate = Gate()
    stage.meets["slow"] = [gate]
    await stage.order("slow", "next", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await stage.order("his", address=him)
        await stage.has_said("his")
        assert "next" not in stage.said
        gate.opened.set()
        await stage.is_over(*loops)


async def test_a_429_is_waited_out_by_its_own_chat_alone(stage: Stage, her: int, him: int) -> None:
    stage.meets["hers"] = [refused(429, "too many requests", 0.3)]
    at: dict[str, float] = {}

    async def note(call: Call) -> None:
        at[call.text] = asyncio.get_running_loop().time()

    stage.meets["hers"].append(note)
    stage.meets |= {"his": [note], "next": [note]}
    await stage.order("hers", "next", address=her)
    begun = asyncio.get_running_loop().time()
    async with stage.sends() as loops:
        await stage.has_said("hers")
        await stage.order("his", address=him)
        await stage.is_over(*loops)
    assert at["his"] < at["hers"] < at["next"]
    assert at["hers"] - begun >= 0.3
    assert stage.said == ["hers", "his", "hers", "next"]
    assert await stage.ends() == {"hers": "sent", "next": "sent", "his": "sent"}
    assert not await stage.ask("select bool_or(again) from survivor_orders")


@pytest.mark.parametrize("kind", ["screen", "edit", "wipe"])
async def test_after_no_clear_answer_it_is_done_again_and_only_a_new_message_is_marked_so(
    stage: Stage, her: int, kind: str
) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    stage.meets[kind] = [unclear, unclear]
    await stage.order(kind, address=her, message_id=50 if kind == "edit" else None)
    await sent(stage)
    assert stage.said == [kind] * 3
    assert await stage.ends() == {kind: "sent"}
    assert await stage.ask("select tries from survivor_orders") == 3
    assert await stage.ask("select again from survivor_orders") == (kind == "screen")


async def test_what_an_unanswered_try_may_have_left_is_wiped_with_the_rest(stage: Stage, her: int, him: int) -> None:
    old = datetime.now(UTC) - timedelta(hours=1)
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, him, 100, ours=True, kind="x", sent_at=old)

    async def arrives(_: Call) -> None:
        stage.next_id += 1
        raise UnclearError

    stage.meets["screen"] = [arrives]
    await stage.order("screen", address=her)
    await sent(stage)
    assert {101, 102} <= set(await stage.standing(her))
    assert 100 not in await stage.standing(her)
    await stage.order("wipe", address=her, urgency=Urgency.EXIT)
    await sent(stage)
    assert {101, 102} <= set(stage.calls[-1].ids)
    assert await stage.standing(her) == []


async def test_a_call_that_hangs_is_given_up_and_made_again(
    stage: Stage, her: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "CALL_LIMIT", timedelta(seconds=2.05))
    stage.meets["screen"] = [Gate()]
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen", "screen"]


async def test_after_a_day_without_an_answer_it_is_given_up(stage: Stage, her: int) -> None:
    made = await stage.order("screen", address=her)
    async with begin(stage.side.owner) as connection:
        old = "update survivor_orders set made_at = made_at - interval '25 hours' where id = :id"
        await connection.execute(text(old), {"id": made})
    stage.meets["screen"] = [unclear]
    await sent(stage)
    assert await stage.ends() == {"screen": "given up"}
    assert stage.told == [("screen", "given up")]


async def test_an_edit_whose_message_is_gone_becomes_a_new_message(stage: Stage, her: int) -> None:
    stage.meets["screen"] = [refused(400, "Bad Request: message to edit not found")]
    await stage.order("screen", address=her, message_id=50)
    await sent(stage)
    assert [call.method for call in stage.calls] == [Method.EDIT, Method.SEND]
    assert await stage.standing(her) == [101]


async def test_what_would_change_a_message_known_to_be_gone_is_a_new_one_at_the_first_call(
    stage: Stage, her: int
) -> None:
    async with begin(stage.side.engine) as connection:
        now = datetime.now(UTC)
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=now)
        await ledger.gone(connection, SURVIVORS, her, [50], now)
    await stage.order("screen", address=her, message_id=50)
    await stage.order("alert_over", address=her, message_id=50)
    await sent(stage)
    assert [call.method for call in stage.calls] == [Method.SEND]
    assert await stage.ends() == {"screen": "sent", "alert_over": "gone"}


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("screen", "Bad Request: message is not modified: specified new message content is exactly the same"),
        ("wipe", "Bad Request: message to delete not found"),
    ],
)
async def test_what_stands_already_as_we_wanted_it_counts_as_done(stage: Stage, her: int, kind: str, why: str) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    stage.meets[kind] = [refused(400, why)]
    await stage.order(kind, address=her, message_id=50)
    await sent(stage)
    assert await stage.ends() == {kind: "sent"}
    assert await stage.standing(her) == ([] if kind == "wipe" else [50])


async def test_an_edit_whose_answer_was_lost_and_that_changes_nothing_when_tried_again_is_done_and_no_new_message(
    stage: Stage, her: int
) -> None:
    why = "Bad Request: message is not modified: specified new message content is exactly the same"
    stage.meets["screen"] = [unclear, refused(400, why)]
    await stage.order("screen", address=her, message_id=50)
    await sent(stage)
    assert [call.method for call in stage.calls] == [Method.EDIT, Method.EDIT]
    assert await stage.ends() == {"screen": "sent"}
    assert stage.told == [("screen", "sent")]


async def test_an_edit_tried_again_never_takes_the_place_of_what_was_said_there_after_it(
    stage: Stage, her: int
) -> None:
    async def overtaken(_: Call) -> None:
        # More urgent, so that it is said before the other is tried again, however slow the machine.
        await stage.order("later", address=her, message_id=50, urgency=Urgency.WORDS)
        raise UnclearError

    stage.meets["screen"] = [overtaken]
    await stage.order("screen", address=her, message_id=50)
    await sent(stage)
    assert stage.said == ["screen", "later"]
    assert await stage.ends() == {"screen": "overtaken", "later": "sent"}


REFUSALS = {
    "she blocked the bot": (403, "Forbidden: bot was blocked by the user", "blocked"),
    "her account is gone": (403, "Forbidden: user is deactivated", "blocked"),
    "there is no such chat": (400, "Bad Request: chat not found", "blocked"),
    "it was wrong": (400, "Bad Request: BUTTON_DATA_INVALID", "refused"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_clear_no_ends_it_and_is_told_and_the_next_goes_on(
    stage: Stage, her: int, refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    code, why, how = REFUSALS[refusal]
    stage.meets["screen"] = [refused(code, f"{why} canary")]
    await stage.order("screen", "next", address=her)
    with caplog.at_level(logging.DEBUG, "hamroh"):
        await sent(stage)
    assert await stage.ends() == {"screen": how, "next": "sent"}
    assert stage.told[0] == ("screen", how)
    assert "canary" not in caplog.text


async def test_a_token_that_is_refused_for_a_while_costs_nobody_a_message(stage: Stage, her: int) -> None:
    stage.meets["screen"] = [refused(401, "Unauthorized"), refused(401, "Unauthorized")]
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen"] * 3
    assert await stage.ends() == {"screen": "sent"}


async def test_an_order_that_may_not_go_any_more_ends_with_the_reason(stage: Stage, her: int) -> None:
    stage.prepares["screen"] = [Drop("left")]
    await stage.order("screen", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"screen": "left", "next": "sent"}
    assert stage.told[0] == ("screen", "left")
    assert await stage.ask("select tries from survivor_orders where kind = 'screen'") == 0


async def test_an_order_whose_window_is_closed_is_held_holds_nobody_up_and_goes_when_she_writes(
    stage: Stage, her: int
) -> None:
    stage.prepares["words"] = [Wait("she writes")]
    await stage.order("words", "screen", address=her)
    async with stage.sends() as loops:
        await stage.has_said("screen")
        assert ("words", "held until she writes") in stage.told
        async with begin(stage.side.engine) as connection:
            await orders.free_held(connection, SURVIVORS, her)
        stage.work.ring()
        await stage.is_over(*loops)
    assert stage.said == ["screen", "words"]


async def test_an_order_for_later_goes_at_its_time_without_a_ring(stage: Stage, her: int) -> None:
    async with stage.sends() as loops:
        soon = datetime.now(UTC) + SECOND / 4
        await stage.order("later", address=her, not_before=soon)
        await stage.is_over(*loops)
        assert datetime.now(UTC) >= soon
    assert stage.said == ["later"]


async def test_a_renderer_that_raises_stops_nobody_and_is_told(
    stage: Stage, her: int, him: int, caplog: pytest.LogCaptureFixture
) -> None:
    stage.prepares["broken"] = [LookupError("canary")]
    await stage.order("broken", "next", address=her)
    await stage.order("his", address=him)
    with caplog.at_level(logging.DEBUG, "hamroh"):
        await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent", "his": "sent"}
    assert ("broken", "failed") in stage.told
    assert "canary" not in caplog.text


async def test_a_call_that_raises_what_nobody_foresaw_stops_nobody(stage: Stage, her: int) -> None:
    async def stumble(_: Call) -> None:
        raise LookupError

    stage.meets["broken"] = [stumble]
    await stage.order("broken", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent"}


async def test_a_message_that_was_sent_stands_even_where_the_telling_of_it_fails(stage: Stage, her: int) -> None:
    async def stumble(due: Due, _: str) -> None:
        if due.order.kind == "words":
            raise LookupError

    stage.telling = stumble
    await stage.order("words", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"words": "sent", "next": "sent"}
    assert await stage.standing(her) == [101, 102]


async def test_a_telling_that_breaks_its_own_statement_takes_nothing_with_it(stage: Stage, her: int) -> None:
    stage.prepares["broken"] = [LookupError()]

    async def stumble(due: Due, how: str) -> None:
        if how == "failed":
            raise LookupError

    stage.telling = stumble
    await stage.order("broken", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent"}
