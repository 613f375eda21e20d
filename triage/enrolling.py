"""Enrolment: a stranger with a valid code becomes staff; anybody else learns one sentence."""

from datetime import datetime

from triage.clerk import Clerk
from triage.house import House
from triage.saying import Came, Said, command_of
from vault import audit, ledger, orders, people
from vault.database import Connection
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.people import Member
from vault.tables import DESK


async def stranger(house: House, connection: Connection, person: PersonHash, came: Came, now: datetime) -> None:
    """Somebody whom the desk does not know. A code works once; the answer to a wrong one tells nothing of others."""
    address = await people.address_of(connection, person)
    if address is None:
        address = await ledger.make_address(connection, house.safe, came.chat, ledger.new_number(house.dice))
    if came.message_id is not None:
        await ledger.stands(connection, DESK, address, came.message_id, ours=False, kind="theirs", sent_at=came.at)
    code = _code(came)
    member = await people.use_invite(connection, house.safe, code, person, address, now) if code else None
    if member is not None:
        await welcome(house, connection, member, now)
        return
    key = "code_refused" if code else "stranger"
    params = {"key": key, "values": {}, "offers": [], "language": house.guess(came.language_code)}
    await orders.write(connection, DESK, Order("line", address, Urgency.SCREEN, params=params), now)


async def welcome(house: House, connection: Connection, member: Member, now: datetime) -> None:
    """The first line to a new member, with what to do next."""
    await audit.note(connection, f"staff {member.id}", "enrolled", now, subject=member.role)
    params = {"key": f"welcome.{member.role}", "values": {}, "offers": [[["button.duty", "duty"]]]}
    await orders.write(connection, DESK, Order("line", member.address, Urgency.SCREEN, params=params), now)


async def again(clerk: Clerk, code: str) -> None:
    """A member sends `/start` once more: with a fresh code the role changes, without one the help is shown."""
    if code:
        person = clerk.house.safe.person("chat", str(clerk.came.chat))
        member = await people.use_invite(
            clerk.connection, clerk.house.safe, code, person, clerk.member.address, clerk.now
        )
        if member is not None:
            await welcome(clerk.house, clerk.connection, member, clerk.now)
        else:
            await clerk.line("code_refused")
        return
    await clerk.line(f"help.{'desk' if clerk.member.role in {'operator', 'supervisor'} else 'receiver'}")


def _code(came: Came) -> str:
    if isinstance(came.saying, Said) and command_of(came.saying.text) == "/start":
        return came.saying.text.strip().partition(" ")[2].strip()
    return ""
