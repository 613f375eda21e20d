"""The turn of the day pairs: daily, repeatable after any crash, and no row is ever left without the pair it names."""

import asyncio
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, event, select, text, update

from tests.vault.ground import NOW, Engines, a_case, one, ring_file, rows
from vault import inbox, people, ring, tables
from vault.database import Engine, begin
from vault.keys import PersonHash, Sealed
from vault.people import Invited
from vault.ring import PAIR_LIFE, RingError
from vault.safe import Safe, ToPair, sealed_place
from vault.tables import DESK, SURVIVORS
from vault.turn import turn

DAY = timedelta(days=1)
PROCESS = {SURVIVORS: "survivors", DESK: "operators"}


@dataclass(slots=True)
class House:
    """Both sides on one database, each with its process's own rights."""

    folder: Path
    engines: dict[str, Engine]
    owner: Engine

    def safe(self, side: str) -> Safe:
        """The side's safe as another process of the side would open it."""
        return Safe(ring_file(self.folder, side))

    async def turn(self, side: str, now: datetime) -> Safe:
        """One turn by a fresh process."""
        safe = self.safe(side)
        await turn(self.engines[side], safe, now)
        return safe

    async def fill(self, now: datetime, count: int = 1) -> None:
        """Rows in every table that names a day pair."""
        hers, desks = self.safe(SURVIVORS), self.safe(DESK)
        async with begin(self.engines[SURVIVORS]) as connection:
            for number in range(count):
                await a_case(connection, hers, 5000 + number, now=now)
                await inbox.take_in(connection, hers, number, PersonHash(b"p" * 32), b"her words", now)
        async with begin(self.owner) as connection:
            await people.invite(connection, Invited("operator", "Somebody", ("uz",), "bukhara"), "CODE", now)
            await people.invite(connection, Invited("operator", "Another", ("uz",), "bukhara"), "USED", now)
        async with begin(self.engines[DESK]) as connection:
            await inbox.take_in(connection, desks, 1, PersonHash(b"q" * 32), b"their words", now)
            address = random.Random(2).getrandbits(62)
            kept = desks.seal_own(b"7001", sealed_place("staff_addresses", address))
            row = tables.addresses[DESK].insert().values(id=address, sealed=kept.sealed, pair=kept.pair)
            await connection.execute(row.inline())
            await people.use_invite(connection, desks, "USED", PersonHash(b"q" * 32), address, now)

    async def sealed(self, side: str) -> dict[tuple[str, object], tuple[bytes, UUID, UUID | int]]:
        """Every row of the side that names a pair: what is sealed, the pair, and what its place is named after."""
        own = "survivor" if side == SURVIVORS else "staff"
        columns = {f"{own}_case_secrets": ("case_id",) * 2, f"{own}_addresses": ("id",) * 2}
        columns |= {f"{own}_inbox": ("serial", "update_id")}
        columns |= {"staff": ("id",) * 2, "invites": ("id",) * 2} if side == DESK else {}
        found = {}
        async with self.owner.connect() as connection:
            for table, (key, named) in columns.items():
                query = f"select {key}, sealed, pair, {named} from {table} where sealed is not null"
                for row in await rows(connection, query):
                    found[table, row[0]] = (row[1], row[2], row[3])
        return found

    async def opened(self, side: str) -> dict[tuple[str, object], bytes]:
        """What every row of the side holds, opened with the ring as it lies on the disk."""
        safe = self.safe(side)
        return {
            place: safe.open_own(ToPair(Sealed(sealed), pair), sealed_place(place[0], named))
            for place, (sealed, pair, named) in (await self.sealed(side)).items()
        }


@pytest.fixture
async def house(engines: Engines, tmp_path: Path) -> House:
    """Both sides after their first turn."""
    made = House(tmp_path, {side: engines.of(process) for side, process in PROCESS.items()}, engines.owner())
    for side in PROCESS:
        await made.turn(side, NOW)
    return made


async def published(house: House, side: str) -> set[object]:
    async with house.owner.connect() as connection:
        return {row[0] for row in await rows(connection, "select pair from sides where side = :s", s=side)}


async def test_the_first_turn_makes_a_pair_and_publishes_it(house: House) -> None:
    for side in PROCESS:
        assert await published(house, side) == set(house.safe(side).ring.pairs)
        assert len(house.safe(side).ring.pairs) == 1


async def test_a_day_has_one_pair_by_the_clock_of_utc(house: House) -> None:
    in_tashkent = timezone(timedelta(hours=5))
    await house.turn(SURVIVORS, NOW.replace(hour=23, minute=59))
    await house.turn(SURVIVORS, datetime(2026, 11, 25, 4, 59, tzinfo=in_tashkent))
    assert len(house.safe(SURVIVORS).ring.pairs) == 1
    await house.turn(SURVIVORS, datetime(2026, 11, 25, 5, 0, tzinfo=in_tashkent))
    assert len(house.safe(SURVIVORS).ring.pairs) == 2
    assert len(await published(house, SURVIVORS)) == 2


@pytest.mark.parametrize("side", PROCESS)
async def test_every_row_is_sealed_anew_and_opens_as_before(house: House, side: str) -> None:
    await house.fill(NOW)
    before, sealed = await house.opened(side), await house.sealed(side)
    assert len({table for table, _ in before}) == (3 if side == SURVIVORS else 5)
    safe = await house.turn(side, NOW + DAY)
    after = await house.sealed(side)
    assert {pair for _, pair, _ in after.values()} == {safe.newest().id}
    assert all(after[place][0] != sealed[place][0] for place in sealed)
    assert await house.opened(side) == before


async def test_more_rows_than_one_batch_holds_are_all_sealed_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vault.turn._BATCH", 2)
    await house.fill(NOW, 5)
    before = await house.opened(SURVIVORS)
    safe = await house.turn(SURVIVORS, NOW + DAY)
    assert {pair for _, pair, _ in (await house.sealed(SURVIVORS)).values()} == {safe.newest().id}
    assert await house.opened(SURVIVORS) == before


async def test_a_pair_is_dropped_on_its_seventh_day_and_not_before(house: House) -> None:
    first = house.safe(SURVIVORS).newest().id
    for day in range(1, 7):
        await house.turn(SURVIVORS, NOW + day * DAY)
    await house.turn(SURVIVORS, (NOW + 6 * DAY).replace(hour=23, minute=59))
    assert first in house.safe(SURVIVORS).ring.pairs
    await house.turn(SURVIVORS, (NOW + 7 * DAY).replace(hour=0, minute=1))
    assert first not in house.safe(SURVIVORS).ring.pairs
    assert len(house.safe(SURVIVORS).ring.pairs) == 7


async def test_what_was_in_a_backup_is_closed_once_its_pair_is_dropped(house: House) -> None:
    await house.fill(NOW)
    backup = await house.sealed(SURVIVORS)
    for day in range(1, PAIR_LIFE.days + 1):
        await house.turn(SURVIVORS, NOW + day * DAY)
    safe = house.safe(SURVIVORS)
    assert all(pair not in safe.ring.pairs for _, pair, _ in backup.values())
    assert await house.opened(SURVIVORS)


async def test_a_pair_stays_while_a_row_names_it(house: House) -> None:
    await house.fill(NOW)
    old = house.safe(SURVIVORS).newest().id
    async with house.owner.begin() as busy:
        await busy.execute(text("select 1 from survivor_addresses for update"))
        for day in range(1, 9):
            await house.turn(SURVIVORS, NOW + day * DAY)
        assert old in house.safe(SURVIVORS).ring.pairs
        assert await house.opened(SURVIVORS)
    await house.turn(SURVIVORS, NOW + 9 * DAY)
    assert old not in house.safe(SURVIVORS).ring.pairs
    assert await house.opened(SURVIVORS)


async def test_after_a_long_silence_the_pair_that_others_still_seal_to_is_kept_for_a_turn_more(house: House) -> None:
    old = house.safe(DESK).newest().id
    await house.turn(DESK, NOW + 30 * DAY)
    assert old in house.safe(DESK).ring.pairs
    await house.turn(DESK, NOW + 31 * DAY)
    assert old not in house.safe(DESK).ring.pairs


async def test_the_newest_pair_is_never_dropped_even_by_a_clock_gone_mad(house: House) -> None:
    newest = house.safe(SURVIVORS).newest().id
    await house.turn(SURVIVORS, NOW - 400 * DAY)
    assert set(house.safe(SURVIVORS).ring.pairs) == {newest}
    await house.turn(SURVIVORS, NOW + 400 * DAY)
    assert house.safe(SURVIVORS).newest().id in house.safe(SURVIVORS).ring.pairs


async def test_a_row_that_is_erased_meanwhile_stays_gone(house: House) -> None:
    await house.fill(NOW)
    secrets = tables.case_secrets[SURVIVORS]
    async with house.owner.begin() as erasing:
        await erasing.execute(delete(secrets))
        await house.turn(SURVIVORS, NOW + DAY)
    assert "survivor_case_secrets" not in {table for table, _ in await house.sealed(SURVIVORS)}
    await house.turn(SURVIVORS, NOW + 2 * DAY)
    assert "survivor_case_secrets" not in {table for table, _ in await house.sealed(SURVIVORS)}


async def test_a_row_done_between_two_turns_is_not_filled_again(house: House) -> None:
    await house.fill(NOW)
    async with begin(house.engines[SURVIVORS]) as connection:
        [letter] = await inbox.first_of_each(connection, SURVIVORS, [], 9)
        await inbox.done(connection, letter)
    await house.turn(SURVIVORS, NOW + DAY)
    assert "survivor_inbox" not in {table for table, _ in await house.sealed(SURVIVORS)}


class Crashed(Exception):  # noqa: N818 - not an error of ours: the machine stopped
    """The machine stopped here."""


@contextmanager
def crashing_at(step: int, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stops before the nth thing that lasts: a row written, a commit, a file renamed into its place."""
    seen = 0

    def pass_by(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen > step:
            raise Crashed

    def write(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.lower().startswith("select"):
            pass_by()

    replaced = ring._replace

    def replacing(path: Path, raw: bytes) -> None:
        pass_by()
        replaced(path, raw)

    heard = (("before_cursor_execute", write), ("commit", pass_by))
    for name, act in heard:
        event.listen(engine.sync_engine, name, act)
    with monkeypatch.context() as patched:
        patched.setattr(ring, "_replace", replacing)
        try:
            yield
        finally:
            for name, act in heard:
                event.remove(engine.sync_engine, name, act)


async def test_wherever_a_turn_breaks_off_every_row_still_opens_and_the_next_turn_ends_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.fill(NOW)
    before = await house.opened(DESK)
    now, broke = NOW, 0
    for step in range(100):
        now += 8 * DAY
        try:
            with crashing_at(step, house.engines[DESK], monkeypatch):
                await house.turn(DESK, now)
                break
        except Crashed:
            broke += 1
        assert await house.opened(DESK) == before, step
        async with house.owner.connect() as connection:
            newest = await one(connection, "select pair from sides where side = 'desk' order by day desc limit 1")
        assert newest in house.safe(DESK).ring.pairs, step
        now += DAY
        safe = await house.turn(DESK, now)
        assert {pair for _, pair, _ in (await house.sealed(DESK)).values()} == {safe.newest().id}, step
    assert 15 < broke < 100
    assert await house.opened(DESK) == before


async def test_two_processes_of_a_side_turn_together_and_make_one_pair(house: House) -> None:
    await house.fill(NOW, 3)
    before = await house.opened(SURVIVORS)
    for day in range(1, 9):
        await asyncio.gather(*(house.turn(SURVIVORS, NOW + day * DAY) for _ in range(3)))
    safe = house.safe(SURVIVORS)
    assert len(safe.ring.pairs) == 7
    assert set(safe.ring.pairs) <= await published(house, SURVIVORS)
    assert await house.opened(SURVIVORS) == before


async def test_a_ring_that_the_database_knows_and_the_folder_does_not_hold_is_never_replaced(house: House) -> None:
    file = house.safe(SURVIVORS).file
    file.path.rename(file.path.with_suffix(".elsewhere"))
    with pytest.raises(RingError, match="survivors") as refused:
        await house.turn(SURVIVORS, NOW + DAY)
    assert "\n" not in str(refused.value)
    assert not file.path.exists()
    file.path.with_suffix(".elsewhere").rename(file.path)
    await house.turn(SURVIVORS, NOW + DAY)


async def test_a_row_that_no_pair_opens_is_told_and_stands_in_nobodys_way(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.fill(NOW, 2)
    box = tables.inbox[SURVIVORS]
    async with begin(house.owner) as connection:
        await connection.execute(update(box).where(box.c.update_id == 0).values(pair=uuid4()))
    with caplog.at_level(logging.ERROR):
        safe = await house.turn(SURVIVORS, NOW + DAY)
    assert [record.getMessage() for record in caplog.records] == [
        "a row of survivor_inbox cannot be opened (UnknownPairError): it is left as it is"
    ]
    others = {pair for (_, key), (_, pair, _) in (await house.sealed(SURVIVORS)).items() if key != await _first(house)}
    assert others == {safe.newest().id}


async def _first(house: House) -> object:
    box = tables.inbox[SURVIVORS]
    async with house.owner.connect() as connection:
        return await connection.scalar(select(box.c.serial).where(box.c.update_id == 0))
