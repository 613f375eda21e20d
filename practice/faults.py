"""Faults that tests order: answers that get lost, servers that stumble, updates that come twice."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong. The last two concern updates; the rest a call of the bot."""

    DROP = "drop"  # the act is done, the connection closes without an answer
    SLOW_ANSWER = "slow_answer"  # the act is done, the answer comes `seconds` later
    ERROR_BEFORE = "error_before"  # 500, nothing done
    ERROR_AFTER = "error_after"  # the act is done, the answer is 500
    DELAY = "delay"  # `seconds` before the act
    REFUSE = "refuse"  # 429 with `retry_after`, nothing done
    TWICE = "twice"  # an update is handed out a second time after it was handed out
    LOST_200 = "lost_200"  # the webhook's answer never reached us: the update is sent again


@dataclass(slots=True)
class Fault:
    """Applies to the next `count` fitting events; an empty bot or method fits all (method names in lower case), and so
    does chat 0 (a chat is a person's id)."""

    kind: Kind
    bot: str = ""
    method: str = ""
    count: int = 1
    seconds: float = 0.0
    retry_after: int = 1
    chat: int = 0

    def fits(self, kinds: tuple[Kind, ...], bot: str, method: str, chat: str) -> bool:
        here = self.chat == 0 or str(self.chat) == chat
        return here and self.kind in kinds and self.bot in {"", bot} and self.method in {"", method}


@dataclass(slots=True)
class Faults:
    orders: list[Fault] = field(default_factory=list)

    def order(self, fault: Fault) -> None:
        fault.method = fault.method.lower()
        self.orders.append(fault)

    def strike(self, kinds: tuple[Kind, ...], bot: str, method: str = "", chat: str = "") -> Fault | None:
        """The first fitting fault, used once; None when all goes well."""
        for fault in self.orders:
            if fault.fits(kinds, bot, method, chat):
                fault.count -= 1
                if fault.count <= 0:
                    self.orders.remove(fault)
                return fault
        return None
