"""The live queue on a real database: strictness over evenings of everything that happens, and the order below it."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text

from tests.desk import all_of, queue_up
from triage import claiming, offering
from triage.clerk import Clerk
from triage.house import House
from triage.permissions import OPERATORS
from triage.priority_table import priority_table
from triage.saying import Came, Said
from vault import cases, offers, people, tables
from vault.cases import Case
from vault.database import Connection, Engine, begin
from vault.people import Member

START = datetime(2026, 11, 24, 18, tzinfo=UTC)
TABLE = priority_table()
RISKS = ("ordinary", "ordinary", "high", "immediate")
TONGUES = (["uz"], ["ru"], ["uz", "ru"], ["tg", "uz"])


@dataclass
class Evening:
    """One evening on the floor: rows of real tables, the product's own verbs, and a die."""

    connection: Connection
    dice: random.Random
    now: datetime = START
    staff: tuple[UUID, ...] = ()

    async def opens(self) -> None:
        for at in range(3):
            number = uuid4()
            values = {"id": number, "person": number.bytes, "address_id": at + 1, "role": "operator", "sealed": b""}
            values |= {"languages": TONGUES[at], "region": "bukhara", "pair": uuid4(), "enrolled_at": self.now}
            values |= {"on_duty_since": self.now if at else None}
            await self.connection.execute(insert(tables.staff).values(values))
            self.staff = (*self.staff, number)

    async def clerk(self) -> Clerk:
        found = await people.member(self.connection, self.dice.choice(self.staff))
        assert found is not None
        came = Came(found.address, None, self.now, "en", Said(""))
        return Clerk(cast(House, None), self.connection, self.now, found, came)

    async def arrives(self) -> None:
        values = {"id": uuid4(), "number": self.dice.randint(10_000, 99_999), "region": "bukhara", "state": "waiting"}
        values |= {"language": self.dice.choice(["uz", "ru", "kaa"]), "class": self.dice.choice(RISKS)}
        values |= {"lift_s": self.dice.choice([0, 120, 300])}
        values |= dict.fromkeys(("opened_at", "heard_at", "waits_since"), self.now)
        await self.connection.execute(insert(tables.cases).values(values))

    async def rises(self) -> None:
        for case in (await cases.waiting(self.connection))[:1]:
            await cases.change(self.connection, case.id, risk="immediate")
            await offering.renew(self.connection, case.id, self.now)

    async def turns(self) -> None:
        clerk = await self.clerk()
        since = None if clerk.member.on_duty_since else self.now
        await people.change(self.connection, clerk.member.id, on_duty_since=since)

    async def takes(self) -> None:
        """The first, or any that waits: a list may be old, and a number can be typed."""
        clerk = await self.clerk()
        waiting = await cases.waiting(self.connection)
        rest = str(self.dice.choice(waiting).number) if waiting and self.dice.random() < 0.5 else ""
        owed = [case for case in waiting if case.risk == "immediate" and await self.could(clerk.member, case)]
        before = {case.id for case in await clerk.held()}
        await claiming.take(clerk, rest)
        for case in await clerk.held():
            assert case.id in before or case.risk == "immediate" or not owed

    async def releases(self) -> None:
        clerk = await self.clerk()
        for case in (await clerk.held())[:1]:
            await claiming.give_back(clerk, case)

    async def closes(self) -> None:
        clerk = await self.clerk()
        for case in (await clerk.held())[:1]:
            await cases.change(self.connection, case.id, state="closed", holder_id=None, closed_at=self.now)

    async def passes(self) -> None:
        self.now += timedelta(seconds=self.dice.choice([5, 35, 65, 130, 900]))
        await offers.lapse(self.connection, self.now)

    async def could(self, member: Member, case: Case) -> bool:
        """Whether the case could be offered to this member, in the strict rule's own words."""
        on_duty = await people.on_duty(self.connection, OPERATORS)
        spoken = {code for one in on_duty for code in one.languages}
        held = await cases.held_by(self.connection, member.id)
        most = 1 if any(one.risk == "immediate" for one in held) else 2
        rests = timedelta(seconds=TABLE.rest_s)
        spared = any(
            one.case == case.id and one.staff == member.id and one.lapsed_at is not None
            and one.lapsed_at + rests > self.now
            for one in await offers.standing(self.connection)
        )  # fmt: skip
        speaks = case.language in member.languages or case.language not in spoken
        return member.on_duty_since is not None and speaks and len(held) < most and not spared

    async def is_strict(self) -> int:
        """After the floor was made true: who could take an immediate case is shown and rung for nothing else."""
        await offering.refresh(self.connection, self.now)
        waiting = {case.id: case for case in await cases.waiting(self.connection)}
        urgent = [case for case in waiting.values() if case.risk == "immediate"]
        open_ = await offers.standing(self.connection)
        here = await offering.floor(self.connection, self.now)
        found = 0
        for member in await people.on_duty(self.connection, OPERATORS):
            if not [case for case in urgent if await self.could(member, case)]:
                continue
            found += 1
            theirs = [one for one in open_ if one.staff == member.id and one.lapsed_at is None]
            assert {waiting[one.case].risk for one in theirs} == {"immediate"}
            assert not here.let_pass(member.id), "what was let pass is not on the list beside an immediate case"
            assert [one for one in theirs if one.rung_at is not None]
        return found


@pytest.mark.parametrize("seed", range(4))
async def test_while_an_immediate_case_waits_who_could_take_it_is_shown_and_given_nothing_else(
    owner: Engine, seed: int
) -> None:
    found = 0
    async with owner.connect() as connection:
        evening = Evening(connection, random.Random(seed))
        await evening.opens()
        acts = (
            evening.arrives, evening.arrives, evening.arrives, evening.rises, evening.turns, evening.takes,
            evening.takes, evening.releases, evening.closes, evening.closes, evening.passes,
        )  # fmt: skip
        for _ in range(45):
            await evening.dice.choice(acts)()
            found += await evening.is_strict()
        await connection.rollback()
    assert found >= 5, "an evening without an immediate case proves nothing"


async def _rung(connection: Connection) -> list[int]:
    rows = await connection.execute(
        text("select c.number from offers o join cases c on c.id = o.case_id where o.rung_at is not null")
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("first", "second", "rung"),
    [
        # (class, waits since this many minutes, lift): below immediate what is due first goes first.
        (("ordinary", 21, 0), ("high", 0, 0), 20_001),
        (("ordinary", 19, 0), ("high", 0, 0), 20_002),
        (("high", 4, 0), ("high", 0, 300), 20_002),
        (("high", 6, 0), ("high", 0, 300), 20_001),
        (("ordinary", 26, 0), ("high", 0, 300), 20_001),
        (("ordinary", 300, 300), ("immediate", 0, 0), 20_002),
    ],
)
async def test_the_live_queue_rings_for_what_is_due_first_and_immediate_before_all(
    owner: Engine, first: tuple[str, int, int], second: tuple[str, int, int], rung: int
) -> None:
    """Waiting lifts an ordinary case among the high ones, a lift brings one forward; nothing passes an immediate."""
    numbers = await queue_up(owner, first[0], second[0])
    now = datetime.now(UTC)
    async with begin(owner) as connection:
        for number, (_, minutes, lift_s) in zip(numbers, (first, second), strict=True):
            found = await cases.by_number(connection, number)
            assert found is not None
            await cases.change(connection, found.id, waits_since=now - timedelta(minutes=minutes), lift_s=lift_s)
        evening = Evening(connection, random.Random(1), now)
        await evening.opens()
        await connection.execute(text("update staff set on_duty_since = null"))
        await people.change(connection, evening.staff[2], on_duty_since=now, languages=["ru"])
        await offering.refresh(connection, now)
        assert await _rung(connection) == [rung]
        here = await offering.floor(connection, now)
        assert here.shown(evening.staff[2])[0].number == rung
    assert await all_of(owner, "select count(*) from offers") != [0]
