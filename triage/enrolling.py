"""Enrolment: a stranger with a valid code becomes staff; anybody else learns one sentence."""

from datetime import datetime

from triage.claiming import give_back
from triage.clerk import Clerk
from triage.duty import help_key
from triage.house import House
from triage.lifecycle import Move
from triage.lifecycle import may as may_move
from triage.permissions import may
from triage.saying import Came, Said, command_of, rest_of
from vault import audit, cases, ledger, orders, people
from vault.database import Connection
from vault.keys import PersonHash
from vault.orders import Order, Urgency
from vault.people import Member
from vault.tables import DESK


async def stranger(house: House, connection: Connection, person: PersonHash, came: Came, now: datetime) -> None:
    """Somebody whom the desk does not know. A code works once; the answer to a wrong one tells nothing of others."""
    address = await _address(house, connection, person, came)
    code = _code(came)
    member = await people.use_invite(connection, house.safe, code, person, address, now) if code else None
    if member is not None:
        if came.message_id is not None:
            await ledger.stands(connection, DESK, address, came.message_id, ours=False, kind="theirs", sent_at=came.at)
        await welcome(house, connection, member, now)
    elif not await orders.waits(connection, DESK, address):
        # Whoever floods the bot is answered at the pace at which answers go out, and fills no table.
        key = "code_refused" if code else "stranger"
        params = {"key": key, "values": {}, "offers": [], "language": house.guess(came.language_code)}
        await orders.write(connection, DESK, Order("line", address, Urgency.SCREEN, params=params), now)


async def _address(house: House, connection: Connection, person: PersonHash, came: Came) -> int:
    """Where to answer: a number that follows from the keyed hash, so that a stranger has one row however often."""
    known = await people.address_of(connection, person)
    if known is not None:
        return known
    number = int.from_bytes(person[:8], "big") >> 2
    if await ledger.address(connection, DESK, number) is None:
        await ledger.make_address(connection, house.safe, came.chat, number)
    return number


async def welcome(house: House, connection: Connection, member: Member, now: datetime) -> None:
    """The first line to a new member, with what to do next."""
    await audit.note(connection, f"staff {member.id}", "enrolled", now, subject=member.role)
    first = "duty" if may(member.role, "duty") else "help"
    params = {"key": f"welcome.{member.role}", "values": {}, "offers": [[[f"button.{first}", first]]]}
    await orders.write(connection, DESK, Order("line", member.address, Urgency.SCREEN, params=params), now)


async def again(clerk: Clerk, code: str) -> None:
    """A member sends `/start` once more: with a fresh code the role changes, without one the help is shown."""
    if not code:
        await clerk.line(help_key(clerk.member.role))
        return
    person = clerk.house.safe.person("chat", str(clerk.came.chat))
    member = await people.use_invite(clerk.connection, clerk.house.safe, code, person, clerk.member.address, clerk.now)
    if member is None:
        await clerk.line("code_refused")
        return
    if (member.role, member.service) != (clerk.member.role, clerk.member.service):
        await _leave_role(clerk, member)
    await welcome(clerk.house, clerk.connection, member, clerk.now)


async def _leave_role(clerk: Clerk, member: Member) -> None:
    """Another role or service: whoever cannot answer any more holds nothing, and the chat shows nothing of before."""
    if may(clerk.member.role, "take") and may(member.role, "take"):
        return
    await _hold_nothing(clerk)
    await clerk.order("wipe", Urgency.ALERT, params={"before": clerk.came.message_id})


async def _hold_nothing(clerk: Clerk) -> None:
    """Off duty, and the cases go back: to the queue where she talks, to whoever comes next where she left."""
    await people.change(clerk.connection, clerk.member.id, on_duty_since=None, current_case=None)
    for held in await clerk.held():
        case = await cases.find(clerk.connection, held.id, lock=True)
        if case is None or case.holder != clerk.member.id:
            continue
        if may_move(case.state, Move.RELEASE):
            await give_back(clerk, case)
        else:
            await cases.change(clerk.connection, case.id, holder_id=None)
            await clerk.note("case.let_go", case.id)


async def unreachable(clerk: Clerk) -> None:
    """The member blocked the bot: nobody waits on somebody whom no alert and no word of hers can reach."""
    await _hold_nothing(clerk)
    await clerk.note("blocked")


def _code(came: Came) -> str:
    if isinstance(came.saying, Said) and command_of(came.saying.text) == "/start":
        return rest_of(came.saying.text)
    return ""
