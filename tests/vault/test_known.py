"""What reaches across the wall: who is on duty, how long the wait is, and that everything of a case can be erased."""

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.vault.ground import NOW, Engines, Sides, a_case, become, one, rows
from tests.vault.scan import dump
from vault import audit, cases, consents, entries, inbox, known, ledger, orders, people, referrals
from vault.bell import Nudge, listen
from vault.cases import Case
from vault.database import Connection, begin
from vault.entries import BOTH, DESKS, HERS
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.people import Invited, Member
from vault.referrals import Referral
from vault.tables import DESK, SURVIVORS


async def a_member(hand: Connection, sides: Sides, number: int = 1, role: str = "operator", **more: object) -> Member:
    """Somebody of the staff, enrolled by a code; `more` are columns of the row."""
    await become(hand, "owner")
    await people.invite(hand, Invited(role, "Somebody", ("uz", "ru"), "bukhara", "bux-shelter-a"), f"C{number}", NOW)
    await become(hand, "operators")
    address = await ledger.make_address(hand, sides.desks, 7000 + number, number)
    person = PersonHash(bytes([number]) * 32)
    member = await people.use_invite(hand, sides.desks, f"C{number}", person, address, NOW)
    assert member is not None
    await people.change(hand, member.id, languages=["uz", "ru"], **more)
    return member


async def test_who_is_on_duty_is_counted_by_language_and_nothing_else_is_told(hand: Connection, sides: Sides) -> None:
    for number, (role, duty, left) in enumerate(
        [
            ("operator", NOW, None),
            ("supervisor", NOW, None),
            ("operator", None, None),
            ("operator", NOW, NOW),
            ("shelter", NOW, None),
        ],
        1,
    ):
        await a_member(hand, sides, number, role, on_duty_since=duty, left_at=left)
    for process in ("survivors", "operators"):
        await become(hand, process)
        assert await known.on_duty(hand, "ru") == 2
        assert await known.on_duty(hand, "en") == 0
        assert await known.on_duty_at_all(hand) == 2


async def waited(hand: Connection, sides: Sides, chat: int, minutes: float, hours_ago: float = 1) -> None:
    case, _, _ = await a_case(hand, sides.hers, chat)
    taken = "now() - make_interval(secs => :ago)"
    query = f"update cases set class = 'high', taken_at = {taken}, waits_since = {taken} - make_interval(secs => :wait)"
    values = {"ago": hours_ago * 3600, "wait": minutes * 60, "case": case.id}
    await hand.execute(text(f"{query} where id = :case"), values)


async def test_the_median_wait_is_said_in_whole_minutes_once_three_were_taken(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    assert await known.median_wait(hand, "high") is None
    for chat, minutes in ((1, 2.0), (2, 9.6)):
        await waited(hand, sides, chat, minutes)
    assert await known.median_wait(hand, "high") is None
    await waited(hand, sides, 3, 400.0)
    await waited(hand, sides, 4, 1.0, hours_ago=7)
    assert await known.median_wait(hand, "high") == 10
    assert await known.median_wait(hand, "ordinary") is None


@dataclass(frozen=True, slots=True)
class Life:
    """A case with everything that a case can have, and the sealed bytes of all of it."""

    case: Case
    person: PersonHash
    address: int
    referral: Referral
    flying: UUID
    waiting: UUID
    sealed: set[bytes]


OWN = (
    "select sealed from survivor_copies where case_id = :case union all "
    "select sealed from staff_copies where case_id = :case union all "
    "select sealed from survivor_case_secrets where case_id = :case union all "
    "select sealed from staff_case_secrets where case_id = :case union all "
    "select public from case_keys where case_id = :case union all "
    "select sealed from places where case_id = :case union all "
    "select sealed from survivor_inbox where person = :person and state = 'aside'"
)


async def a_life(hand: Connection, sides: Sides, chat: int) -> Life:
    """Words of both, notes, answers, a referral, consents, orders in every state, a poison update, messages shown."""
    member = await a_member(hand, sides, chat % 100)
    await become(hand, "survivors")
    case, person, address = await a_case(hand, sides.hers, chat, place=b"code words")
    await consents.answer(hand, case.id, consents.PERSON, True, NOW)
    await entries.write(hand, case.id, "answers", "survivor", "answers", HERS, NOW)
    hers = await entries.write(hand, case.id, "words", "survivor", "her words", BOTH, NOW)
    await orders.write(hand, DESK, Order("her_words", None, Urgency.WORDS, case=case.id, entry=hers), NOW)
    await ledger.stands(hand, SURVIVORS, address, chat, ours=True, kind="words", sent_at=NOW, case=case.id)
    await audit.note(hand, "program", "opened", NOW, case=case.id)
    await inbox.take_in(hand, sides.hers, chat, person, b"poison", NOW)
    [letter] = [found for found in await inbox.first_of_each(hand, SURVIVORS, [], 9) if found.person == person]
    await inbox.set_aside(hand, letter)
    await inbox.take_in(hand, sides.hers, chat + 1000, person, b"the tap in hand", NOW)
    await become(hand, "operators")
    await people.change(hand, member.id, current_case=case.id)
    await entries.write(hand, case.id, "note", "staff", "a note", DESKS, NOW)
    kept = await entries.write(hand, case.id, "referral", "staff", "fields", BOTH, NOW)
    referral = Referral(
        uuid4(), case.id, f"R{chat}", "bux-shelter-a", "safehouse", member.id, None, "red", ("needs_text",), kept, None,
        "draft", None, None,
    )  # fmt: skip
    await referrals.draft(hand, referral, NOW)
    await ledger.stands(hand, DESK, member.address, chat, ours=True, kind="card", sent_at=NOW, case=case.id)
    waiting, flying = (Order("words", address, Urgency.WORDS, case=case.id, entry=hers) for _ in range(2))
    for made in (waiting, flying, Order("receipt", address, Urgency.EXIT), Order("wipe", address, Urgency.EXIT)):
        await orders.write(hand, SURVIVORS, made, NOW)
    await become(hand, "survivors")
    await orders.tried(hand, SURVIVORS, flying.id, NOW)
    await become(hand, "owner")
    sealed = {bytes(row[0]) for row in await rows(hand, OWN, case=case.id, person=person)}
    return Life(case, person, address, referral, flying.id, waiting.id, sealed)


async def erase(hand: Connection, case: Case, process: str = "survivors") -> None:
    await become(hand, process)
    await known.erase_case(hand, case.id, NOW)
    await become(hand, "owner")


async def test_after_erasing_none_of_her_sealed_bytes_is_left_in_any_table(hand: Connection, sides: Sides) -> None:
    hers, others = await a_life(hand, sides, 5001), await a_life(hand, sides, 5002)
    assert len(hers.sealed) == 12
    await erase(hand, hers.case)
    left = "\n".join((await dump(hand)).values())
    assert [kept.hex() for kept in hers.sealed if kept.hex() in left] == []
    assert [kept.hex() for kept in others.sealed if kept.hex() not in left] == []


async def test_after_erasing_her_hash_stands_only_in_the_update_that_is_in_hand(hand: Connection, sides: Sides) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case)
    tables = await dump(hand)
    assert [name for name, text_ in tables.items() if hers.person.hex() in text_] == ["survivor_inbox"]
    assert await rows(hand, "select state from survivor_inbox where person = :p", p=hers.person) == [("open",)]


async def test_after_erasing_the_case_is_named_only_where_it_is_an_empty_number(hand: Connection, sides: Sides) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case)
    named = {name for name, text_ in (await dump(hand)).items() if str(hers.case.id) in text_}
    assert named == {"cases", "audit", "referrals", "staff_orders", "staff_ledger"}
    [shell] = await rows(
        hand, "select address_id, language, flags, state, erased_at from cases where id = :c", c=hers.case.id
    )
    assert shell == (None, "", [], "erased", NOW)
    assert await rows(hand, "select entry_id, consent_id, fields, reason from referrals") == [(None, None, [], None)]
    assert await one(hand, "select count(*) from staff_orders where entry_id is not null") == 0
    assert await one(hand, "select count(*) from staff where current_case is not null") == 0


async def test_after_erasing_the_way_to_her_chat_is_left_for_the_wipe_alone(hand: Connection, sides: Sides) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case)
    assert await ledger.address(hand, SURVIVORS, hers.address) == ledger.Address(hers.address, "wiped", NOW, ())
    assert await ledger.chat_id(hand, sides.hers, hers.address) == 5001
    wiped = await ledger.to_wipe(hand, SURVIVORS, hers.address, NOW)
    assert [standing.message_id for standing in wiped] == [5001]


async def test_after_erasing_what_waited_is_ended_and_what_may_be_under_way_is_kept_emptied(
    hand: Connection, sides: Sides
) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case)
    found = await rows(hand, "select id, kind, ended, entry_id, case_id from survivor_orders")
    by_id = {row[0]: row[1:] for row in found}
    assert by_id[hers.waiting] == ("words", "erased", None, None)
    assert by_id[hers.flying] == ("words", None, None, None)
    open_still = {row[1] for row in found if row[2] is None}
    assert open_still == {"words", "receipt", "wipe"}


async def test_after_erasing_the_receivers_are_told_to_forget_and_the_desk_is_rung(engines: Engines) -> None:
    nudge = Nudge()
    listening = asyncio.ensure_future(listen(engines.of("operators"), "desk", nudge))
    async with asyncio.timeout(10):
        await nudge.heard(None)
    case = uuid4()
    shell = "insert into cases (id, number, region, language, state, class, opened_at, heard_at)"
    async with begin(engines.owner()) as connection:
        values = {"case": case, "now": NOW}
        await connection.execute(text(f"{shell} values (:case, 1, '', '', '', '', :now, :now)"), values)
    async with begin(engines.of("survivors")) as connection:
        await known.erase_case(connection, case, NOW)
    async with asyncio.timeout(10):
        await nudge.heard(None)
    async with begin(engines.of("operators")) as connection:
        [forget] = await orders.to_the_desk(connection, 9)
    assert (forget.order.kind, forget.order.case) == ("forget", case)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


@pytest.mark.parametrize("process", ["survivors", "rounds"])
async def test_erasing_twice_is_as_good_as_once(hand: Connection, sides: Sides, process: str) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case, process)
    before = await dump(hand)
    await become(hand, process)
    await known.erase_case(hand, hers.case.id, NOW + timedelta(hours=1))
    await known.erase_case(hand, uuid4(), NOW)
    await become(hand, "owner")
    assert await dump(hand) == before


async def test_whoever_comes_back_after_erasing_is_somebody_new(hand: Connection, sides: Sides) -> None:
    hers = await a_life(hand, sides, 5001)
    await erase(hand, hers.case)
    await become(hand, "survivors")
    assert await cases.place(hand, sides.hers, hers.person) is None
    assert await cases.person_at(hand, hers.address) is None
    address = await ledger.make_address(hand, sides.hers, 5001, 77)
    dice = random.Random(3)
    again = await cases.open_case(hand, address=address, region="bukhara", language="uz", now=NOW, dice=dice)
    await cases.keep_place(hand, hers.person, address, again.id, b"new")
    assert again.number != hers.case.number
    assert await entries.read_all(hand, sides.hers, again.id, ("words",)) == []
    assert not await consents.stands(hand, again.id, consents.PERSON)


async def test_a_plan_taken_back_from_the_desk_is_gone_and_nothing_beside_it(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    case, _, _ = await a_case(hand, sides.hers)
    other, _, _ = await a_case(hand, sides.hers, 2)
    await entries.write(hand, case.id, "words", "survivor", "He comes at six.", BOTH, NOW)
    for held in (case, other):
        await entries.write(hand, held.id, "plan", "survivor", "{}", DESKS, NOW)
    await known.forget_plan(hand, case.id)
    await known.forget_plan(hand, case.id)
    await become(hand, "operators")
    kinds = {held.id: [entry.kind for entry in await entries.read_all(hand, sides.desks, held.id, ("words", "plan"))]
             for held in (case, other)}  # fmt: skip
    assert kinds == {case.id: ["words"], other.id: ["plan"]}
    await become(hand, "owner")
    assert await rows(hand, "select count(*) from entries where kind = 'plan'") == [(1,)]
