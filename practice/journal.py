"""Every call of the Bot API, in order: tests read here that nothing failed."""

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from practice.bell import Bell
from practice.call import Json

KEPT = 100_000  # entries; older ones go


@dataclass(frozen=True, slots=True)
class Entry:
    """One call: `code` 200 when it was answered well, `description` what Telegram said against it."""

    seq: int
    at: float
    bot: str
    method: str
    params: Json
    ok: bool
    code: int
    description: str
    result: Any = None

    def as_json(self) -> Json:
        return asdict(self)


class Journal:
    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.seq = 0
        self.bell = Bell()

    def write(
        self, at: float, bot: str, method: str, params: Json, code: int, description: str, result: object = None
    ) -> None:
        self.seq += 1
        self._entries.append(Entry(self.seq, at, bot, method, params, code == 200, code, description, result))
        self.bell.ring()

    def since(self, seq: int) -> list[Entry]:
        """Entries after `seq`; the newest are found without walking over the old ones."""
        new = min(self.seq - seq, len(self._entries))
        return [self._entries[index] for index in range(-new, 0)] if new > 0 else []
