"""What waits for one bot: numbered updates until they are confirmed, fetched or too old."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from math import inf
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


Lane = tuple[str, int]


@dataclass(slots=True)
class Update:
    """One event. `lane` is the queue it keeps its place in: a chat for messages, a person for buttons."""

    id: int
    kind: str
    body: Json
    lane: Lane
    expires_at: float

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The pending updates of one bot, in order of their ids; `bell` rings whenever something came or went."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now = now
        self._random = random
        self._pending: dict[int, Update] = {}
        self._lanes: dict[Lane, dict[int, Update]] = {}
        self._again: list[Update] = []
        self._next_id = self._anywhere()
        self._last_at = now()
        self._soonest = inf
        self.allowed: frozenset[str] = UNASKED
        self.bell = Bell()

    def _anywhere(self) -> int:
        return self._random.randint(2_000_001, (2**31 - 1) // 2)

    def push(self, kind: str, body: Json, lane: Lane, life: float = DAY) -> Update | None:
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
        self._lanes.setdefault(lane, {})[update.id] = update
        self._soonest = min(self._soonest, update.expires_at)
        self.bell.ring()
        return update

    def allow(self, kinds: Iterable[object]) -> None:
        """An empty list means everything but what must be asked for by name; unknown names are ignored."""
        chosen = frozenset(kind for kind in kinds if isinstance(kind, str)) & (UNASKED | ASKED_ONLY)
        self.allowed = chosen or UNASKED

    def confirm_before(self, offset: int) -> None:
        """An offset far in the future confirms nothing, as on the server."""
        if offset <= self._next_id + 10:
            self._remove([update for update in self._pending.values() if update.id < offset])

    def keep_last(self, count: int) -> None:
        self._remove(list(self._pending.values())[:-count])

    def read(self, limit: int) -> list[Update]:
        """The first of what is left, what must come twice before it; nothing is confirmed by reading."""
        self._forget_old()
        again, self._again = self._again[:limit], self._again[limit:]
        return again + list(islice(self._pending.values(), limit - len(again)))

    def of_lane(self, lane: Lane) -> Update | None:
        """The first of this lane: the only one that may be in flight."""
        self._forget_old()
        return next(iter(self._lanes.get(lane, {}).values()), None)

    def lanes(self) -> list[Lane]:
        self._forget_old()
        return list(self._lanes)

    def drop(self, update: Update) -> None:
        if update.id in self._pending:
            self._remove([update])

    def repeat(self, update: Update) -> None:
        """The same update will be handed out once more, whatever was confirmed."""
        self._again.append(update)
        self.bell.ring()

    def clear(self) -> None:
        self._again.clear()
        self._remove(list(self._pending.values()))

    def count(self) -> int:
        self._forget_old()
        return len(self._pending)

    def _forget_old(self) -> None:
        now = self._now()
        if now <= self._soonest:
            return
        self._remove([update for update in self._pending.values() if update.expires_at < now])
        self._soonest = min((update.expires_at for update in self._pending.values()), default=inf)

    def _remove(self, gone: list[Update]) -> None:
        for update in gone:
            del self._pending[update.id]
            lane = self._lanes[update.lane]
            del lane[update.id]
            if not lane:
                del self._lanes[update.lane]
        if gone:
            self.bell.ring()
