"""The desk, the staff's side: one thing a staff member sent, the verb it names, and whether the role has that verb."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from triage import asking, claiming, duty, enrolling, meeting, receiving, referring, replying, sheet_asking
from triage.clerk import Clerk
from triage.house import House
from triage.permissions import may
from triage.saying import Blocked, Came, Pressed, Said, Unblocked, command_of, rest_of
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
    "switch": claiming.switch,
    "earlier": claiming.earlier,
    "release": claiming.release,
    "close": claiming.close,
    "note": replying.note,
    "danger": asking.danger,
    "sheet": sheet_asking.sheet,
    "clock": asking.clock,
    "raise": asking.higher,
    "refer": referring.refer,
    "ask": referring.ask,
    "next": meeting.propose,
    "needs": meeting.ask_needs,
    "ack": receiving.acknowledge,
    "accept": receiving.accept,
    "decline": receiving.decline,
}


async def receive(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """One thing a staff member sent, from the row to the orders it leads to."""
    person = house.safe.person("chat", str(came.chat))
    member = await people.find(connection, person)
    if member is None:
        if not isinstance(came.saying, Blocked | Unblocked):
            await enrolling.stranger(house, connection, person, came, now)
        return
    clerk = Clerk(house, connection, now, member, came)
    if isinstance(came.saying, Blocked):
        await enrolling.unreachable(clerk)
    elif not isinstance(came.saying, Unblocked):
        await _stands(clerk)
        await _heard(clerk)


async def _stands(clerk: Clerk) -> None:
    """What was typed stands in the chat; until it is plain which case it is of, it goes with the chosen one."""
    came = clerk.came
    edited = isinstance(came.saying, Said) and came.saying.edited
    if came.message_id is not None and clerk.thumb is None and not edited:
        await ledger.stands(
            clerk.connection, DESK, clerk.member.address, came.message_id, ours=False, kind="theirs", sent_at=came.at,
            case=clerk.member.current_case,
        )  # fmt: skip


async def misread(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """What a member sent could not be processed: the member is told that nothing came of it; a stranger is not."""
    member = await people.find(connection, house.safe.person("chat", str(came.chat)))
    if member is None:
        return
    clerk = Clerk(house, connection, now, member, came)
    if came.message_id is not None and not isinstance(came.saying, Pressed):
        await ledger.stands(
            connection, DESK, member.address, came.message_id, ours=False, kind="theirs", sent_at=came.at
        )
    await clerk.line("set_aside")


async def _heard(clerk: Clerk) -> None:
    saying = clerk.came.saying
    if isinstance(saying, Pressed):
        await clerk.asked_for()
        verb, _, rest = saying.data.partition(":")
        await _do(clerk, verb, rest.replace(":", " "), unknown="old_button")
    elif not isinstance(saying, Said):
        await clerk.line("text_only")
    elif saying.edited:
        await clerk.line("edited.not_sent")
    else:
        await _said(clerk, saying.text)


async def _said(clerk: Clerk, text: str) -> None:
    command, asked = command_of(text), await clerk.asked_for()
    if command == "/start":
        await enrolling.again(clerk, rest_of(text))
    elif command:
        await _do(clerk, command[1:], rest_of(text), unknown="unknown_command")
    elif asked:
        verb, _, rest = asked.partition(" ")
        await _do(clerk, verb, f"{rest} {text}", unknown="unknown_command")
    elif may(clerk.member.role, "write"):
        await replying.write(clerk, text)
    else:
        await clerk.line("receiver.no_talk")


async def _do(clerk: Clerk, verb: str, rest: str, *, unknown: str) -> None:
    help_row = [[("button.help", "help")]]
    if verb not in VERBS:
        await clerk.line(unknown, offers=help_row)
    elif not may(clerk.member.role, verb):
        await clerk.note("refused." + verb)
        await clerk.line("not_yours", offers=help_row)
    else:
        await VERBS[verb](clerk, rest)
