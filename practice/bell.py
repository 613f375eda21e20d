"""The bell that wakes whoever waits, and the clock that tests may push forward."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes all who wait at once. `wait` takes hold of the bell before it suspends, so between a look at the state and
    the wait nothing rings unheard, as long as the caller does not hand the wait to another task."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self) -> None:
        await self._event.wait()


class Clock:
    """Unix seconds of a given source, plus what was added by hand."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._ahead = 0.0
        self._moved = Bell()

    def now(self) -> float:
        return self._source() + self._ahead

    def advance(self, seconds: float) -> None:
        """Seconds may only be added: Telegram's time never runs back."""
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        self._ahead += seconds
        self._moved.ring()

    async def until(self, moment: float) -> None:
        """Waits for a moment of this clock; a push forward is noticed at once."""
        while (left := moment - self.now()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._moved.wait()
            except TimeoutError:
                continue
