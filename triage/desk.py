"""The desk, the staff's side: one thing a staff member sent, the verb it names, and whether the role has that verb."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from triage import claiming, duty, enrolling, meeting, receiving, referring, replying
from triage.clerk import Clerk
from triage.house import House
from triage.permissions import may
from triage.saying import Blocked, Came, Pressed, Said, Unblocked, command_of
from vault import ledger, people
from vault.database import Connection
from vault.tables import DESK

# What a verb is given: who acts, and the words after the command (or behind the button).
Verb = Callable[[Clerk, str], Awaitable[None]]

VERBS: dict[str, Verb] = {
    "help": duty.help_lines,
    "duty": duty.on,
    "off": duty.off,
    "queue": duty.queue,
    "take": claiming.take,
    "case": claiming.choose,
    "release": claiming.release,
    "close": claiming.close,
    "note": replying.note,
    "refer": referring.refer,
    "next": meeting.propose,
    "ack": receiving.acknowledge,
    "accept": receiving.accept,
    "decline": receiving.decline,
}


async def receive(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """One thing a staff member sent, from the row to the orders it leads to."""
    person = house.safe.person("chat", str(came.chat))
    member = await people.find(connection, person)
    if isinstance(came.saying, Blocked | Unblocked):
        return
    if member is None:
        await enrolling.stranger(house, connection, person, came, now)
        return
    clerk = Clerk(house, connection, now, member, came)
    if came.message_id is not None and not isinstance(came.saying, Pressed):
        await ledger.stands(
            connection, DESK, member.address, came.message_id, ours=False, kind="theirs", sent_at=came.at,
            case=member.current_case,
        )  # fmt: skip
    await _heard(clerk)


async def _heard(clerk: Clerk) -> None:
    saying = clerk.came.saying
    if isinstance(saying, Pressed):
        verb, _, rest = saying.data.partition(":")
        await _do(clerk, verb, rest.replace(":", " "))
    elif isinstance(saying, Said):
        command = command_of(saying.text)
        if command == "/start":
            await enrolling.again(clerk, _after(saying.text))
        elif command:
            await _do(clerk, command[1:], _after(saying.text))
        elif may(clerk.member.role, "write"):
            await replying.write(clerk, saying.text, edited=saying.edited)
        else:
            await clerk.line("receiver.no_talk")
    else:
        await clerk.line("text_only")


def _after(text: str) -> str:
    """What follows the command."""
    return text.strip().partition(" ")[2].strip() if " " in text.strip() else text.strip().partition("\n")[2].strip()


async def _do(clerk: Clerk, verb: str, rest: str) -> None:
    if verb not in VERBS:
        await clerk.line("unknown_command")
    elif not may(clerk.member.role, verb):
        await clerk.note("refused." + verb)
        await clerk.line("not_yours")
    else:
        await VERBS[verb](clerk, rest)
