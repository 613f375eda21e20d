"""Staff: a code works once and for a week, only its hash is kept, and a name is opened by the desk alone."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.ground import NOW, Engines, Sides, become, one, publish, ring_file, rows
from vault import ledger, people
from vault.database import Connection, begin
from vault.keys import PersonHash
from vault.people import INVITE_LIFE, Invited, Member
from vault.ring import UnknownPairError
from vault.safe import OtherSideSilentError, Safe, ToPair, sealed_place
from vault.tables import DESK, SURVIVORS

BO, CHIDI = PersonHash(b"b" * 32), PersonHash(b"c" * 32)
OPERATOR = Invited("operator", "Canary Botirova", ("uz", "ru"), "bukhara")
SHELTER = Invited("shelter", "Canary Chorieva", ("uz",), "bukhara", "bux-shelter-a")


async def invite(hand: Connection, code: str, invited: Invited = OPERATOR) -> None:
    await become(hand, "owner")
    await people.invite(hand, invited, code, NOW)
    await become(hand, "operators")


async def enrol(
    hand: Connection, sides: Sides, code: str, person: PersonHash = BO, *, later: timedelta = timedelta()
) -> Member | None:
    address = await people.address_of(hand, person)
    if address is None:
        address = await ledger.make_address(hand, sides.desks, person[0], person[0])
    return await people.use_invite(hand, sides.desks, code, person, address, NOW + later)


async def test_a_code_enrols_once_with_what_it_grants(hand: Connection, sides: Sides) -> None:
    await invite(hand, "CODE", SHELTER)
    member = await enrol(hand, sides, "CODE")
    assert member is not None
    assert (member.role, member.languages, member.region) == ("shelter", ("uz",), "bukhara")
    assert (member.service, member.current_case, member.on_duty_since) == ("bux-shelter-a", None, None)
    assert await people.find(hand, BO) == member
    assert await people.member(hand, member.id) == await people.at(hand, member.address) == member
    assert await enrol(hand, sides, "CODE", CHIDI) is None
    assert await people.find(hand, CHIDI) is None


@pytest.mark.parametrize("code", ["", "WRONG", "CODE2", "cod"])
async def test_a_wrong_code_enrols_nobody(hand: Connection, sides: Sides, code: str) -> None:
    await invite(hand, "CODE")
    assert await enrol(hand, sides, code) is None
    assert await one(hand, "select count(*) from staff") == 0


@pytest.mark.parametrize("typed", ["code", " CODE ", "CoDe\n"])
async def test_a_code_may_be_typed_small_or_with_a_space(hand: Connection, sides: Sides, typed: str) -> None:
    await invite(hand, "CODE")
    assert await enrol(hand, sides, typed) is not None


async def test_a_code_lives_a_week(hand: Connection, sides: Sides) -> None:
    await invite(hand, "CODE")
    assert await enrol(hand, sides, "CODE", later=INVITE_LIFE) is None
    assert await enrol(hand, sides, "CODE", CHIDI, later=INVITE_LIFE - timedelta(seconds=1)) is not None


async def test_a_code_that_two_people_send_at_once_works_for_one(engines: Engines, tmp_path: Path) -> None:
    owner = engines.owner()
    desks = Safe(ring_file(tmp_path, DESK))
    async with begin(owner) as connection:
        await publish(connection, desks)
        await people.invite(connection, OPERATOR, "CODE", NOW)

    async def use(person: PersonHash) -> Member | None:
        async with begin(engines.of("operators")) as connection:
            return await enrol(connection, Sides(desks, desks), "CODE", person)

    enrolled = await asyncio.gather(use(BO), use(CHIDI))
    assert sum(member is not None for member in enrolled) == 1


async def test_only_the_hash_of_a_code_is_kept(hand: Connection, sides: Sides) -> None:
    await invite(hand, "CANARYCODE")
    await enrol(hand, sides, "CANARYCODE")
    for table in ("invites", "staff"):
        [[row]] = await rows(hand, f"select {table}::text from {table}")
        for written in ("CANARYCODE", b"CANARYCODE".hex(), b"canarycode".hex()):
            assert written not in str(row)


async def test_a_name_is_opened_by_the_desk_alone(hand: Connection, sides: Sides) -> None:
    await invite(hand, "CODE")
    member = await enrol(hand, sides, "CODE")
    assert member is not None
    [[sealed, pair]] = await rows(hand, "select sealed, pair from staff")
    kept = ToPair(sealed, pair)
    assert sides.desks.open_own(kept, sealed_place("staff", member.id)) == OPERATOR.name.encode()
    with pytest.raises(UnknownPairError):
        sides.hers.open_own(kept, sealed_place("staff", member.id))
    assert "Canary" not in repr(member)


async def test_nobody_is_invited_before_the_desk_has_started(hand: Connection, tmp_path: Path) -> None:
    await publish(hand, Safe(ring_file(tmp_path, SURVIVORS)))
    with pytest.raises(OtherSideSilentError):
        await people.invite(hand, OPERATOR, "CODE", NOW)


async def test_a_fresh_code_changes_the_role_of_the_same_person(hand: Connection, sides: Sides) -> None:
    await invite(hand, "FIRST")
    first = await enrol(hand, sides, "FIRST")
    await invite(hand, "SECOND", SHELTER)
    second = await enrol(hand, sides, "SECOND")
    assert first is not None
    assert second is not None
    assert second.id == first.id
    assert (second.role, second.service) == ("shelter", "bux-shelter-a")
    [[sealed, pair]] = await rows(hand, "select sealed, pair from staff")
    opened = sides.desks.open_own(ToPair(sealed, pair), sealed_place("staff", first.id))
    assert opened == SHELTER.name.encode()


async def test_whoever_left_is_found_by_nothing_until_a_fresh_code(hand: Connection, sides: Sides) -> None:
    await invite(hand, "FIRST")
    member = await enrol(hand, sides, "FIRST")
    assert member is not None
    await people.change(hand, member.id, left_at=NOW, on_duty_since=NOW)
    assert await people.find(hand, BO) is None
    assert await people.member(hand, member.id) is None
    assert await people.at(hand, member.address) is None
    assert await people.on_duty(hand, ("operator",)) == []
    assert await people.address_of(hand, BO) == member.address
    await invite(hand, "SECOND")
    again = await enrol(hand, sides, "SECOND")
    assert again is not None
    assert again.id == member.id
    assert again.on_duty_since is None
    assert again.current_case is None


async def test_who_is_on_duty_is_told_by_role_longest_first(hand: Connection, sides: Sides) -> None:
    for number, (role, since) in enumerate([("operator", 1), ("supervisor", 0), ("shelter", 2), ("operator", None)]):
        await invite(hand, f"C{number}", Invited(role, "x", ("uz",), "bukhara"))
        member = await enrol(hand, sides, f"C{number}", PersonHash(bytes([number + 1]) * 32))
        assert member is not None
        if since is not None:
            await people.change(hand, member.id, on_duty_since=NOW + timedelta(minutes=since))
    everybody = await people.in_roles(hand, ("operator", "supervisor"))
    assert [member.role for member in everybody] == ["operator", "supervisor", "operator"]
    found = await people.on_duty(hand, ("operator", "supervisor"))
    assert [member.role for member in found] == ["supervisor", "operator"]


async def test_everybody_of_a_service_receives_for_it(hand: Connection, sides: Sides) -> None:
    for number, service in enumerate(["bux-shelter-a", "bux-health-a", "bux-shelter-a"]):
        await invite(hand, f"C{number}", Invited("shelter", "x", ("uz",), "bukhara", service))
        await enrol(hand, sides, f"C{number}", PersonHash(bytes([number + 1]) * 32), later=timedelta(minutes=number))
    found = await people.of_service(hand, "bux-shelter-a")
    assert [member.service for member in found] == ["bux-shelter-a"] * 2
    assert found[0].address == 1


def test_codes_are_long_random_and_made_of_letters_that_are_not_mistaken() -> None:
    codes = {people.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[A-HJ-NP-Z2-9]{16}", code) for code in codes)
