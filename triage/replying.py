"""What an operator writes: to her, through the survivors' bot; or a note that stays at the desk."""

from triage.claiming import of_mine
from triage.clerk import Clerk
from triage.lifecycle import CaseState
from triage.wording import parts
from vault import entries, ledger
from vault.cases import Case, ErasedError
from vault.orders import Urgency
from vault.tables import DESK


async def write(clerk: Clerk, text: str, *, edited: bool = False) -> None:
    """Words to her: to the case of the message replied to, else the chosen one; never a guess between two."""
    if edited:
        await clerk.line("edited.not_sent")
        return
    case = await _meant(clerk)
    if case is None:
        held = await clerk.held()
        offers = [[("button.case", f"case:{mine.number}")] for mine in held]
        key = "which_case" if held else "no_case"
        await clerk.line(key, offers=offers, cases=", ".join(str(mine.number) for mine in held))
    elif case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{case.state}", case=case.id, number=case.number)
    else:
        await _send(clerk, case, text)


async def _meant(clerk: Clerk) -> Case | None:
    if clerk.came.reply_to is not None:
        named = await ledger.case_of(clerk.connection, DESK, clerk.member.address, clerk.came.reply_to)
        return next((case for case in await clerk.held() if case.id == named), None)
    return await of_mine(clerk, "")


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
    """An internal note: sealed to the desk's half alone, she never sees it."""
    case = await of_mine(clerk, rest)
    text = rest.removeprefix(str(case.number)).strip() if case else rest
    if case is None:
        await clerk.line("no_case")
    elif not text:
        await clerk.line("note.how", case=case.id, number=case.number)
    else:
        await entries.write(clerk.connection, case.id, "note", "staff", text, entries.DESKS, clerk.now)
        await clerk.note("noted", case.id)
        await clerk.line("note.kept", case=case.id, number=case.number)
