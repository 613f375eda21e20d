"""How much a bot may send: Telegram's flood limits, off until a test or a trainer switches them on."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

PER_BOT = 30.0  # messages a second over all chats: core.telegram.org/bots/faq#broadcasting-to-users
PER_CHAT = 1.0  # messages a second in one chat; «short bursts» are allowed, their size is not documented
BURST = 5.0


@dataclass(slots=True)
class Bucket:
    """Leaks `rate` a second and holds `size`."""

    rate: float
    size: float
    level: float
    at: float

    def wait(self, now: float) -> int:
        """Whole seconds until one more fits; 0 when it fits now, and then it is taken."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < 1:
            return max(1, math.ceil((1 - self.level) / self.rate))
        self.level -= 1
        return 0


@dataclass(slots=True)
class Limits:
    now: Callable[[], float]
    enforced: bool = False
    per_bot: float = PER_BOT
    per_chat: float = PER_CHAT
    burst: float = BURST
    _buckets: dict[tuple[int, int], Bucket] = field(default_factory=dict)

    def switch(
        self, enforced: bool, per_bot: float = PER_BOT, per_chat: float = PER_CHAT, burst: float = BURST
    ) -> None:
        self.enforced, self.per_bot, self.per_chat, self.burst = enforced, per_bot, per_chat, burst
        self._buckets.clear()

    def wait(self, bot_id: int, chat_id: int) -> int:
        """Seconds to wait before a new message of this bot in this chat; 0 when it may go."""
        if not self.enforced:
            return 0
        now = self.now()
        chat = self._bucket((bot_id, chat_id), self.per_chat, self.burst, now)
        if waiting := chat.wait(now):
            return waiting
        return self._bucket((bot_id, 0), self.per_bot, self.per_bot, now).wait(now)

    def _bucket(self, key: tuple[int, int], rate: float, size: float, now: float) -> Bucket:
        return self._buckets.setdefault(key, Bucket(rate, size, size, now))
