"""Loops that outlive a lost database, and the sign of life."""

import asyncio
from pathlib import Path

import pytest

from hamroh import steady
from hamroh.steady import beat, once, steadily


class Breaks:
    """Something begun again and again, with what it meets each time; the last time it stays or ends."""

    def __init__(self, *meets: Exception) -> None:
        self.meets = list(meets)
        self.revived = 0
        self.there = asyncio.Event()

    async def begin(self) -> str:
        """Once."""
        if self.meets:
            raise self.meets.pop(0)
        self.there.set()
        return "there"

    async def stay(self) -> None:
        """For ever."""
        await self.begin()
        await asyncio.Event().wait()

    def revive(self) -> None:
        """Start the database again."""
        self.revived += 1


async def test_a_loop_outlives_lost_databases_and_has_them_started_again() -> None:
    breaks = Breaks(ConnectionRefusedError(), ExceptionGroup("both", [FileNotFoundError(), ConnectionResetError()]))
    loop = asyncio.ensure_future(steadily("testing", breaks.stay, breaks.revive))
    async with asyncio.timeout(30):
        await breaks.there.wait()
    assert breaks.revived == 2
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop


async def test_a_loop_does_not_outlive_a_mistake_of_its_own() -> None:
    breaks = Breaks(ExceptionGroup("both", [ConnectionResetError(), ValueError("a mistake")]))
    with pytest.raises(ExceptionGroup):
        await steadily("testing", breaks.stay)


async def test_what_is_done_once_is_begun_again_until_the_database_is_there() -> None:
    breaks = Breaks(ConnectionRefusedError(), TimeoutError())
    assert await once("testing", breaks.begin, breaks.revive) == "there"
    assert breaks.revived == 2
    with pytest.raises(ValueError, match="a mistake"):
        await once("testing", Breaks(ValueError("a mistake")).begin)


async def test_who_stops_leaves_no_sign_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign, touched, loop = tmp_path / "beat", asyncio.Event(), asyncio.get_running_loop()

    class Sign:
        def touch(self) -> None:
            sign.touch()
            loop.call_soon_threadsafe(touched.set)

        def unlink(self, *, missing_ok: bool) -> None:
            sign.unlink(missing_ok=missing_ok)

    monkeypatch.setattr(steady, "beat_file", lambda *_: Sign())
    life = asyncio.ensure_future(beat("rounds", tmp_path))
    async with asyncio.timeout(30):
        await touched.wait()
    assert sign.exists()
    life.cancel()
    await asyncio.gather(life, return_exceptions=True)
    assert not sign.exists()
