"""A staff member's turn in hand: who acts, on which connection, and the orders the act leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from triage.house import House
from triage.saying import Came, Pressed
from vault import audit, cases, orders
from vault.cases import Case
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.people import Member
from vault.tables import DESK, SURVIVORS

# A button under a line: the key of its label, and its data.
Offer = tuple[str, str]


@dataclass(slots=True)
class Clerk:
    """What the verbs of the desk work on."""

    house: House
    connection: Connection
    now: datetime
    member: Member
    came: Came

    @property
    def actor(self) -> str:
        """How the audit names this member: a number, no name."""
        return f"staff {self.member.id}"

    @property
    def tapped(self) -> bool:
        """Whether a button was tapped, so that the message under the thumb may change."""
        return isinstance(self.came.saying, Pressed)

    async def order(self, kind: str, urgency: Urgency = Urgency.SCREEN, **more: Any) -> None:
        """An order for this member's own chat."""
        made = Order(kind, self.member.address, urgency, **more)
        await orders.write(self.connection, DESK, made, self.now)

    async def line(
        self, key: str, *, offers: Sequence[Sequence[Offer]] = (), case: UUID | None = None, **values: object
    ) -> None:
        """One sentence to this member, rendered from the catalog when it is sent, with buttons under it."""
        params = {
            "key": key,
            "values": {name: str(value) for name, value in values.items()},
            "offers": [[list(offer) for offer in row] for row in offers],
        }
        await self.order("line", case=case, params=params)

    async def tell_her(self, kind: str, case: Case, urgency: Urgency = Urgency.WORDS, **more: Any) -> None:
        """An order to the survivor's bot, which checks it again when its time comes."""
        made = Order(kind, case.address, urgency, case=case.id, **more)
        await orders.write(self.connection, SURVIVORS, made, self.now, across=True)

    async def note(self, verb: str, case: UUID | None = None, subject: str | None = None) -> None:
        """An audit row of this act."""
        await audit.note(self.connection, self.actor, verb, self.now, case=case, subject=subject)

    async def held(self) -> list[Case]:
        """The cases this member holds."""
        return await cases.held_by(self.connection, self.member.id)


def number_in(words: str) -> int | None:
    """The case number that a command or button names."""
    first = words.split(maxsplit=1)[0] if words.split() else ""
    return int(first) if first.isdecimal() and len(first) <= 9 else None
