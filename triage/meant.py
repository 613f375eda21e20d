"""Which case is meant: the one a command or button names, else the chosen one, else the only one; never a guess."""

from dataclasses import dataclass, replace

from triage.clerk import Clerk
from vault import cases, people
from vault.cases import Case

# Case numbers have five digits, and up to nine once the short ones are used up (vault.cases). A first word of so many
# digits is one, whatever else the command carries: better a note refused than a note in another woman's case.
_DIGITS = range(5, 10)


@dataclass(frozen=True, slots=True)
class Meant:
    """A case of this member's, held for this transaction, and the words that came with the command."""

    case: Case
    words: str


def named(rest: str) -> tuple[int | None, str]:
    """The case number that a command or button begins with, and what follows it."""
    first, *more = rest.split(maxsplit=1) or [""]
    if len(first) in _DIGITS and first.isascii() and first.isdecimal():
        return int(first), more[0] if more else ""
    return None, rest.strip()


async def of_mine(clerk: Clerk, rest: str) -> Meant | None:
    """The case of the member's own that is meant; where it is not plain which, says so and returns None.

    A number that names none of the held cases never falls back to another one: an old button, or a slip in a digit,
    must not close or refer somebody else.
    """
    number, words = named(rest)
    held = await clerk.held()
    if number is not None:
        found = next((case for case in held if case.number == number), None)
    else:
        found = next((case for case in held if case.id == clerk.member.current_case), None)
        found = found or (held[0] if len(held) == 1 else None)
    if found is None:
        await _unclear(clerk, held, number)
        return None
    return await held_fast(clerk, found, words)


async def held_fast(clerk: Clerk, case: Case, words: str) -> Meant | None:
    """The case with its row held, as it stands now: she may be leaving at this very moment."""
    locked = await cases.find(clerk.connection, case.id, lock=True)
    if locked is None or locked.holder != clerk.member.id:
        await clerk.line("case.not_yours", number=case.number)
        return None
    await clerk.concerns(locked)
    return Meant(locked, words)


async def _unclear(clerk: Clerk, held: list[Case], number: int | None) -> None:
    if number is not None:
        await clerk.line("case.not_yours", number=number)
    elif held:
        await which(clerk, held)
    else:
        await clerk.line("no_case", offers=[[("button.queue", "queue")]])


async def which(clerk: Clerk, held: list[Case]) -> None:
    """Nothing was done: the case is to be chosen first, and the words sent again."""
    await clerk.concerns(held[0])
    offers = [[("button.write_to", f"switch:{case.number}")] for case in held]
    await clerk.line("which_case", offers=offers, case=held[0].id)


async def make_current(clerk: Clerk, case: Case) -> None:
    """What is written without a command goes to this case from now on."""
    await people.change(clerk.connection, clerk.member.id, current_case=case.id)
    clerk.member = replace(clerk.member, current_case=case.id)


async def let_go(clerk: Clerk, case: Case) -> Case | None:
    """This case is theirs no more: which one words go to now, where it is plain."""
    rest = [other for other in await clerk.held() if other.id != case.id]
    chosen = next((other for other in rest if other.id == clerk.member.current_case), None)
    chosen = chosen or (rest[0] if len(rest) == 1 else None)
    current = chosen.id if chosen else None
    await people.change(clerk.connection, clerk.member.id, current_case=current)
    clerk.member = replace(clerk.member, current_case=current)
    return chosen
