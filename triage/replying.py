"""What an operator writes: to her, through the survivors' bot; or a note that stays at the desk."""

from triage.clerk import Clerk
from triage.lifecycle import CaseState
from triage.meant import Meant, held_fast, of_mine, which
from triage.wording import parts
from vault import entries, ledger
from vault.cases import Case, ErasedError
from vault.orders import Urgency
from vault.tables import DESK


async def write(clerk: Clerk, text: str) -> None:
    """Words to her: to the case of the message replied to, else the chosen one; never a guess between two."""
    meant = await of_mine(clerk, "") if clerk.came.reply_to is None else await _of_reply(clerk, clerk.came.reply_to)
    if meant is None:
        return
    case = meant.case
    if case.state != CaseState.TALKING:
        offers = [[("button.close", f"close:{case.number}")]]
        await clerk.line(f"not_sent.{case.state}", offers=offers, case=case.id, number=case.number)
    else:
        await _send(clerk, case, text)


async def _of_reply(clerk: Clerk, message_id: int) -> Meant | None:
    """The case of the message replied to. A reply to what is of no held case is no guess at another one."""
    named = await ledger.case_of(clerk.connection, DESK, clerk.member.address, message_id)
    held = await clerk.held()
    found = next((case for case in held if case.id == named), None)
    if found is not None:
        return await held_fast(clerk, found, "")
    if held:
        await which(clerk, held)
    else:
        await clerk.line("no_case", offers=[[("button.queue", "queue")]])
    return None


async def _send(clerk: Clerk, case: Case, text: str) -> None:
    try:
        entry = await entries.write(clerk.connection, case.id, "words", "staff", text, entries.BOTH, clerk.now)
    except ErasedError:
        await clerk.line("case.unknown")
        return
    for part in range(len(parts(text))):
        await clerk.tell_her("words", case, Urgency.WORDS, entry=entry, part=part)
    await clerk.note("wrote", case.id)
    if len(await clerk.held()) > 1:
        await clerk.line("sent_to", case=case.id, number=case.number)


async def note(clerk: Clerk, rest: str) -> None:
    """An internal note: sealed to the desk's half alone, she never sees it. Without words, the next message is it."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case = meant.case
    if not meant.words:
        await clerk.ask_for(f"note {case.number}")
        offers = [[("button.write_to", f"switch:{case.number}")]]
        await clerk.line("note.how", offers=offers, case=case.id, number=case.number)
        return
    await entries.write(clerk.connection, case.id, "note", "staff", meant.words, entries.DESKS, clerk.now)
    await clerk.note("noted", case.id)
    await clerk.line("note.kept", case=case.id, number=case.number)
