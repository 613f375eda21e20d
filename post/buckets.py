"""Buckets: how fast a bot may speak, in all and in one chat, and what a 429 taught."""

from dataclasses import dataclass, field

# So many chats are remembered before those that have filled up again are forgotten.
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """Calls a second of a bot and of a chat, and how many of a chat may come in a burst; None: only a 429 slows."""

    per_bot: float
    per_chat: float
    burst: float


@dataclass(slots=True)
class _Bucket:
    full: float
    level: float
    filled_at: float

    def level_at(self, rate: float, now: float) -> float:
        return min(self.full, self.level + (now - self.filled_at) * rate)

    def take(self, rate: float, now: float) -> None:
        self.level = self.level_at(rate, now) - 1
        self.filled_at = now


@dataclass(slots=True)
class Buckets:
    """The buckets of one bot. Times are seconds of a monotonic clock, passed in."""

    pace: Pace | None
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _bot: _Bucket | None = None
    _closed_until: dict[int, float] = field(default_factory=dict)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until this chat may be spoken to; 0 when it may now."""
        own = self._own_wait(chat, now)
        if self.pace is None:
            return own
        bot = self._bot.level_at(self.pace.per_bot, now) if self._bot else self._full_bot(self.pace)
        return max(own, (1 - bot) / self.pace.per_bot)

    def closed(self, now: float) -> dict[int, float]:
        """The chats that must wait by themselves, whatever the bot as a whole may, and for how many seconds."""
        self._closed_until = {chat: until for chat, until in self._closed_until.items() if until > now}
        waits = {chat: self._own_wait(chat, now) for chat in {*self._chats, *self._closed_until}}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def _own_wait(self, chat: int, now: float) -> float:
        closed = max(0.0, self._closed_until.get(chat, now) - now)
        mine = self._chats.get(chat)
        if self.pace is None or mine is None:
            return closed
        return max(closed, (1 - mine.level_at(self.pace.per_chat, now)) / self.pace.per_chat)

    def take(self, chat: int, now: float) -> None:
        """A call goes out to this chat."""
        if self.pace is None:
            return
        self._bot = self._bot or _Bucket(self._full_bot(self.pace), self._full_bot(self.pace), now)
        self._bot.take(self.pace.per_bot, now)
        mine = self._chats.setdefault(chat, _Bucket(self.pace.burst, self.pace.burst, now))
        mine.take(self.pace.per_chat, now)
        if len(self._chats) > _MANY:
            self._forget(now)

    @staticmethod
    def _full_bot(pace: Pace) -> float:
        """A second's worth, but never less than the one call that must fit."""
        return max(1.0, pace.per_bot)

    def close(self, chat: int, until: float) -> None:
        """A 429 named a time: this chat waits for it."""
        self._closed_until[chat] = until

    def _forget(self, now: float) -> None:
        """Drop what has filled up again: it says nothing any more."""
        pace = self.pace
        assert pace is not None  # noqa: S101 - only called with a pace
        self._chats = {
            chat: bucket for chat, bucket in self._chats.items() if bucket.level_at(pace.per_chat, now) < pace.burst
        }
