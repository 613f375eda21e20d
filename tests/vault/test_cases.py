"""Cases: two pairs of keys, each opened by its own side alone; a number that is free; a place that only she has."""

import random
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.vault.ground import NOW, Sides, a_case, become, one, publish, ring_file, rows
from vault import cases, tables
from vault.cases import ErasedError
from vault.database import Connection
from vault.keys import CannotOpenError, PersonHash, seal, unseal
from vault.ring import UnknownPairError
from vault.safe import OtherSideSilentError, Safe, ToPair, sealed_place
from vault.tables import DESK, SURVIVORS


class Loaded(random.Random):
    """Dice that fall as they are told, then as they like."""

    def __init__(self, *falls: int) -> None:
        super().__init__(7)
        self._falls = list(falls)
        self.asked: list[tuple[int, int]] = []

    def randint(self, low: int, high: int) -> int:
        self.asked.append((low, high))
        return self._falls.pop(0) if self._falls else super().randint(low, high)


async def numbered(hers: Connection, address: int, dice: Loaded) -> cases.Case:
    return await cases.open_case(hers, address=address, region="bukhara", language="uz", now=NOW, dice=dice)


@pytest.fixture
async def hers(hand: Connection, sides: Sides) -> Connection:
    """In the hands of the survivors' process."""
    del sides
    await become(hand, "survivors")
    return hand


async def test_a_new_case_waits_for_nobody_and_says_nothing_of_her(hers: Connection, sides: Sides) -> None:
    case, _, address = await a_case(hers, sides.hers)
    assert (case.state, case.risk, case.flags, case.holder) == ("with_program", "ordinary", (), None)
    assert (case.address, case.language, case.heard_at) == (address, "uz", NOW)
    assert 10_000 <= case.number <= 99_999
    assert await cases.find(hers, case.id) == await cases.by_number(hers, case.number) == case


async def test_each_half_is_opened_by_its_own_side_alone(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    case, _, _ = await a_case(hand, sides.hers)
    public = {side: await cases.public_half(hand, case.id, side) for side in (SURVIVORS, DESK)}
    assert public[SURVIVORS] != public[DESK]
    mine = await cases.private_half(hand, sides.hers, case.id)
    await become(hand, "operators")
    theirs = await cases.private_half(hand, sides.desks, case.id)
    for private, own, other in ((mine, SURVIVORS, DESK), (theirs, DESK, SURVIVORS)):
        assert unseal(seal(b"words", public[own] or b"", b"here"), private, b"here") == b"words"
        with pytest.raises(CannotOpenError):
            unseal(seal(b"words", public[other] or b"", b"here"), private, b"here")


async def test_the_survivors_process_can_never_open_what_it_sealed_to_the_desk(hand: Connection, sides: Sides) -> None:
    await become(hand, "survivors")
    case, _, _ = await a_case(hand, sides.hers)
    await become(hand, "owner")
    [[sealed, pair]] = await rows(hand, "select sealed, pair from staff_case_secrets")
    with pytest.raises(UnknownPairError):
        sides.hers.open_own(ToPair(sealed, pair), sealed_place("staff_case_secrets", case.id))


async def test_a_private_half_put_under_another_case_does_not_open(hers: Connection, sides: Sides) -> None:
    first, _, _ = await a_case(hers, sides.hers, 5001)
    second, _, _ = await a_case(hers, sides.hers, 5002)
    swap = "update survivor_case_secrets set sealed = (select sealed from survivor_case_secrets where case_id = :a)"
    await hers.execute(text(f"{swap} where case_id = :b"), {"a": first.id, "b": second.id})
    with pytest.raises(CannotOpenError):
        await cases.private_half(hers, sides.hers, second.id)


async def test_the_public_halves_cannot_be_changed_by_anybody_inside(hers: Connection, sides: Sides) -> None:
    await a_case(hers, sides.hers)
    for process in ("survivors", "operators"):
        await become(hers, process)
        with pytest.raises(DBAPIError, match="permission denied"):
            async with hers.begin_nested():
                await hers.execute(text("update case_keys set public = '\\x00'"))
    await become(hers, "survivors")
    with pytest.raises(DBAPIError, match="duplicate key"):
        async with hers.begin_nested():
            await hers.execute(text("insert into case_keys select case_id, half, '\\x00' from case_keys"))


async def test_no_case_is_opened_while_the_desk_has_never_been_there(hand: Connection, tmp_path: Path) -> None:
    hers = Safe(ring_file(tmp_path, SURVIVORS))
    await publish(hand, hers)
    with pytest.raises(OtherSideSilentError):
        await a_case(hand, hers)


async def test_a_number_that_is_taken_is_not_given_twice(hers: Connection, sides: Sides) -> None:
    first, _, address = await a_case(hers, sides.hers)
    second = await numbered(hers, address, Loaded(first.number, first.number, 55_555))
    assert second.number == 55_555


async def test_when_the_short_numbers_run_out_longer_ones_are_given(hers: Connection, sides: Sides) -> None:
    first, _, address = await a_case(hers, sides.hers)
    dice = Loaded(*[first.number] * 60)
    await numbered(hers, address, dice)
    assert dice.asked[0] == (10_000, 99_999)
    assert dice.asked[-1][0] >= 100_000
    assert dice.asked[-1][1] < 2**31


async def test_her_place_is_sealed_to_her_half_and_opened_again(hers: Connection, sides: Sides) -> None:
    case, person, address = await a_case(hers, sides.hers, place=b"first")
    await cases.keep_place(hers, person, address, case.id, b"second")
    found = await cases.place(hers, sides.hers, person)
    assert found == cases.PlaceRow(person, address, case.id, b"second")
    assert await one(hers, "select count(*) from places") == 1
    [[row]] = await rows(hers, "select places::text from places")
    assert b"second".hex() not in str(row)


async def test_the_place_of_another_person_does_not_open_as_hers(hers: Connection, sides: Sides) -> None:
    _, amina, _ = await a_case(hers, sides.hers, 5001)
    _, bo, _ = await a_case(hers, sides.hers, 5002)
    swap = "update places set sealed = (select sealed from places where person = :a) where person = :b"
    await hers.execute(text(swap), {"a": amina, "b": bo})
    with pytest.raises(CannotOpenError):
        await cases.place(hers, sides.hers, bo)


async def test_she_is_found_by_her_address_until_she_is_cut_from_it(hers: Connection, sides: Sides) -> None:
    _, person, address = await a_case(hers, sides.hers)
    assert await cases.person_at(hers, address) == person
    assert await cases.person_at(hers, address + 1) is None
    assert await cases.place(hers, sides.hers, PersonHash(b"x" * 32)) is None


async def test_what_is_changed_is_found_changed_and_a_risk_is_a_class(hers: Connection, sides: Sides) -> None:
    case, _, _ = await a_case(hers, sides.hers)
    await cases.change(hers, case.id, risk="immediate", state="waiting", waits_since=NOW, flags=["weapon"])
    found = await cases.find(hers, case.id, lock=True)
    assert found is not None
    assert (found.risk, found.state, found.flags) == ("immediate", "waiting", ("weapon",))
    assert await cases.waiting(hers) == [found]
    assert await cases.by_number(hers, case.number, lock=True) == found


async def test_the_cases_of_a_holder_are_theirs_alone(hers: Connection, sides: Sides) -> None:
    first, _, _ = await a_case(hers, sides.hers, 5001)
    second, _, _ = await a_case(hers, sides.hers, 5002)
    bo, chidi = UUID(int=1), UUID(int=2)
    await cases.change(hers, first.id, holder_id=bo, state="talking")
    await cases.change(hers, second.id, holder_id=chidi, state="talking")
    assert [case.id for case in await cases.held_by(hers, bo)] == [first.id]
    assert await cases.numbers(hers, [first.id, second.id]) == {first.id: first.number, second.id: second.number}


async def test_what_was_erased_is_found_by_nothing(hers: Connection, sides: Sides) -> None:
    case, person, address = await a_case(hers, sides.hers)
    await cases.change(hers, case.id, state="waiting")
    await hers.execute(text("select erase_case(:case, :now)"), {"case": case.id, "now": NOW})
    assert await cases.find(hers, case.id) is None
    assert await cases.by_number(hers, case.number) is None
    assert await cases.waiting(hers) == []
    assert await cases.public_half(hers, case.id, SURVIVORS) is None

    async def too_late() -> NoReturn:
        await cases.keep_place(hers, person, address, case.id, b"words")
        raise AssertionError

    with pytest.raises(ErasedError):
        await too_late()
    with pytest.raises(ErasedError):
        await cases.private_half(hers, sides.hers, case.id)


def test_the_tables_of_secrets_are_one_for_each_side() -> None:
    assert tables.case_secrets[SURVIVORS].name == "survivor_case_secrets"
    assert tables.case_secrets[DESK].name == "staff_case_secrets"
