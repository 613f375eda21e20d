"""The sender at an exit: it waits for nothing, and nothing that comes late stands beside the decoy."""

import asyncio
from datetime import UTC, datetime

from post import send
from post.buckets import Pace
from post.call import Call
from tests.post.ground import until
from tests.post.stage import Gate, Stage, addresses, refused, sent
from vault import ledger
from vault.database import begin
from vault.orders import Urgency
from vault.tables import SURVIVORS


async def leave(stage: Stage, address: int, *spared: int) -> None:
    """She left: only the decoy speaks here now."""
    async with begin(stage.side.engine) as connection:
        await ledger.leave(connection, SURVIVORS, address, datetime.now(UTC), spared)


async def test_an_exit_waits_for_no_call_in_flight_and_a_late_new_message_is_deleted(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["words"] = [gate]
    await stage.order("words", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await leave(stage, her, 50)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT, message_id=50)
        await stage.has_said("decoy")
        assert await stage.standing(her) == []
        gate.opened.set()
        await stage.has_said("wipe")
        await stage.is_over(*loops)
    assert stage.calls[-1].ids == (101,)
    assert await stage.standing(her) == []


async def test_an_exit_overtakes_an_edit_in_flight_and_the_decoy_is_put_over_it_again(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["screen"] = [gate]
    await stage.order("screen", address=her, message_id=50)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await leave(stage, her, 50)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT, message_id=50)
        await stage.has_said("decoy")
        gate.opened.set()
        await stage.has_said("decoy", "decoy")
        await stage.is_over(*loops)
    assert stage.said == ["screen", "decoy", "decoy"]
    assert stage.calls[-1].ids == (50,)


async def test_the_decoys_own_message_is_spared_by_the_wipe(stage: Stage, her: int) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    await leave(stage, her)
    await stage.order("decoy", "wipe", address=her, urgency=Urgency.EXIT)
    await sent(stage)
    assert stage.said == ["decoy", "wipe"]
    assert stage.calls[-1].ids == (50,)
    assert await stage.ask("select spared from survivor_addresses where id = :id", id=her) == [101]


async def test_one_exit_is_done_after_another(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["decoy"] = [gate]
    await stage.order("decoy", "second", address=her, urgency=Urgency.EXIT)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        stage.work.ring()
        await stage.ask("select pg_sleep(0.02)")
        assert stage.said == ["decoy"]
        gate.opened.set()
        await stage.is_over(*loops)
    assert stage.said == ["decoy", "second"]


async def test_an_exit_waits_for_nobody_even_while_every_line_is_taken(stage: Stage, her: int) -> None:
    gates = []
    for address in await addresses(stage, send.AT_ONCE):
        gates.append(Gate())
        stage.meets[f"slow {address}"] = [gates[-1]]
        await stage.order(f"slow {address}", address=address)
    async with stage.sends() as loops:
        for gate in gates:
            await until(gate.begun, *loops)
        await stage.order("screen", address=her)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT)
        await stage.has_said("decoy")
        assert "screen" not in stage.said
        for gate in gates:
            gate.opened.set()
        await stage.is_over(*loops)
    assert "screen" in stage.said


async def test_chats_that_must_wait_hold_up_nobody_behind_them(stage: Stage, her: int) -> None:
    for address in await addresses(stage, send.AT_ONCE + 3):
        stage.meets[f"full {address}"] = [refused(429, "too many requests", 30)]
        await stage.order(f"full {address}", f"next {address}", address=address, urgency=Urgency.ALERT)
    async with stage.sends():
        await stage.has_said(*stage.meets)
        await stage.order("hers", address=her)
        await stage.has_said("hers")
    assert not any(kind.startswith("next") for kind in stage.said)


async def test_a_pace_is_kept_in_each_chat_and_an_exit_does_not_ask(stage: Stage, her: int) -> None:
    stage.pace = Pace(1000, 4, 1)
    loop = asyncio.get_running_loop()
    at: list[float] = []

    async def note(_: Call) -> None:
        at.append(loop.time())

    kinds = ["one", "two", "three"]
    stage.meets = {kind: [note] for kind in kinds}
    await stage.order(*kinds, address=her)
    async with stage.sends() as loops:
        await stage.has_said("one")
        await stage.order("decoy", address=her, urgency=Urgency.EXIT)
        await stage.is_over(*loops)
    assert stage.said[:2] == ["one", "decoy"]
    assert stage.said[2:] == ["two", "three"]
    assert at[1] - at[0] >= 0.24
    assert at[2] - at[1] >= 0.24
