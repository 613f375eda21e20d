"""A staff member's turn in hand: who acts, on which connection, and the orders the act leads to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from triage.house import House
from triage.saying import Came, Pressed
from vault import audit, cases, ledger, orders, people
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
    def thumb(self) -> int | None:
        """The message whose button was tapped, which may change under the thumb; None for what was typed."""
        return self.came.message_id if isinstance(self.came.saying, Pressed) else None

    async def order(self, kind: str, urgency: Urgency = Urgency.SCREEN, **more: Any) -> None:
        """An order for this member's own chat."""
        made = Order(kind, self.member.address, urgency, **more)
        await orders.write(self.connection, DESK, made, self.now)

    async def line(
        self,
        key: str,
        /,
        *,
        offers: Sequence[Sequence[Offer]] = (),
        case: UUID | None = None,
        here: bool = False,
        **values: object,
    ) -> None:
        """One sentence to this member, rendered from the catalog when it is sent, with buttons under it.

        `here`: in the place of the message whose button was tapped, so that no choice is left behind.
        """
        params = {
            "key": key,
            "values": {name: str(value) for name, value in values.items()},
            "offers": [[list(offer) for offer in row] for row in offers],
        }
        await self.order("line", case=case, params=params, message_id=self.thumb if here else None)

    async def tell_her(self, kind: str, case: Case, urgency: Urgency = Urgency.WORDS, **more: Any) -> None:
        """An order to the survivor's bot, which checks it again when its time comes."""
        made = Order(kind, case.address, urgency, case=case.id, **more)
        await orders.write(self.connection, SURVIVORS, made, self.now, across=True)

    async def note(self, verb: str, case: UUID | None = None, subject: str | None = None) -> None:
        """An audit row of this act."""
        await audit.note(self.connection, self.actor, verb, self.now, case=case, subject=subject)

    async def ask_for(self, command: str) -> None:
        """The next words without a command are this command's: nobody who was just asked for a note writes to her."""
        await people.change(self.connection, self.member.id, asked_for=command)
        self.member = replace(self.member, asked_for=command)

    async def asked_for(self) -> str:
        """The command whose words were asked for, once: any other act ends the asking."""
        command = self.member.asked_for or ""
        if command:
            await people.change(self.connection, self.member.id, asked_for=None)
            self.member = replace(self.member, asked_for=None)
        return command

    async def held(self) -> list[Case]:
        """The cases this member holds."""
        return await cases.held_by(self.connection, self.member.id)

    async def concerns(self, case: Case) -> None:
        """What was typed belongs to this case: it goes from the chat with the rest of it."""
        if self.thumb is None and self.came.message_id is not None:
            await ledger.stands(
                self.connection, DESK, self.member.address, self.came.message_id, ours=False, kind="theirs",
                sent_at=self.came.at, case=case.id,
            )  # fmt: skip
