"""What waits for one bot: numbered updates until they are confirmed, fetched or too old."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from practice.bell import Bell
from practice.call import Json

DAY = 86_400.0
CALLBACK_LIFE = 150.0  # seconds a button's update is kept: the server's add_new_callback_query
WEEK = 7 * DAY

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
)
UNASKED = frozenset(KINDS)  # everything that comes without being asked for by name
ASKED_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Update:
    """One event. `lane` is the queue it keeps its place in: a chat for messages, a person for buttons."""

    id: int
    kind: str
    body: Json
    lane: tuple[str, int]
    expires_at: float

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The pending updates of one bot, in order of their ids."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now = now
        self._random = random
        self._pending: dict[int, Update] = {}
        self._again: list[Update] = []
        self._next_id = self._anywhere()
        self._last_at = now()
        self.allowed: frozenset[str] = UNASKED
        self.bell = Bell()

    def _anywhere(self) -> int:
        return self._random.randint(2_000_001, (2**31 - 1) // 2)

    def push(self, kind: str, body: Json, lane: tuple[str, int], life: float = DAY) -> Update | None:
        """None when the bot does not ask for this kind. Ids restart anywhere after a quiet week."""
        if kind not in self.allowed:
            return None
        now = self._now()
        if now - self._last_at > WEEK and not self._pending:
            self._next_id = self._anywhere()
        self._last_at = now
        update = Update(self._next_id, kind, body, lane, now + life)
        self._next_id += 1
        self._pending[update.id] = update
        self.bell.ring()
        return update

    def allow(self, kinds: Iterable[object]) -> None:
        """An empty list means everything but what must be asked for by name; unknown names are ignored."""
        chosen = frozenset(kind for kind in kinds if isinstance(kind, str)) & (UNASKED | ASKED_ONLY)
        self.allowed = chosen or UNASKED

    def confirm_before(self, offset: int) -> None:
        """An offset far in the future confirms nothing, as on the server."""
        if offset <= self._next_id + 10:
            for update_id in [known for known in self._pending if known < offset]:
                del self._pending[update_id]

    def keep_last(self, count: int) -> None:
        for update_id in list(self._pending)[:-count]:
            del self._pending[update_id]

    def read(self, limit: int) -> list[Update]:
        """The first of what is left, what must come twice before it; nothing is confirmed by reading."""
        self._forget_old()
        again, self._again = self._again[:limit], self._again[limit:]
        return again + list(self._pending.values())[: limit - len(again)]

    def of_lane(self, lane: tuple[str, int]) -> Update | None:
        self._forget_old()
        return next((update for update in self._pending.values() if update.lane == lane), None)

    def lanes(self) -> list[tuple[str, int]]:
        self._forget_old()
        return list(dict.fromkeys(update.lane for update in self._pending.values()))

    def drop(self, update: Update) -> None:
        self._pending.pop(update.id, None)

    def repeat(self, update: Update) -> None:
        """The same update will be handed out once more, whatever was confirmed."""
        self._again.append(update)
        self.bell.ring()

    def clear(self) -> None:
        self._pending.clear()
        self._again.clear()

    def count(self) -> int:
        self._forget_old()
        return len(self._pending)

    def _forget_old(self) -> None:
        now = self._now()
        for update in [update for update in self._pending.values() if update.expires_at < now]:
            del self._pending[update.id]
