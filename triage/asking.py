"""What an operator learns and keeps: danger questions, when something happened, a class by hand; all only raise."""

import json

from triage.clerk import Clerk
from triage.clocks import clock_table
from triage.danger_cards import after
from triage.facts import at_desk, danger_of
from triage.happened import CLOCKS_OF, LONGEST_H, written
from triage.lifecycle import CaseState
from triage.meant import of_mine
from triage.priority import classify
from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from vault import cases, entries, orders
from vault.cases import Case
from vault.orders import Order, Urgency
from vault.tables import DESK

_STOP = "stop"
# Hours ago that are one tap: what a duty of 24 hours needs is finer than a day.
HOURS = ("1", "3", "6", "12")
_EVERYTHING = 1_000


async def danger(clerk: Clerk, rest: str) -> None:
    """`danger`: the first question that is open; with a question that one; with an answer it is kept, and the next."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case, words = meant.case, meant.words.split()
    table = priority_table().danger
    match words:
        case []:
            await _show(clerk, case, await _first_open(clerk, case), here=False)
        case [question] if question in table:
            await _show(clerk, case, question)
        case [question, answer] if answer in table.get(question, ()):
            await _answered(clerk, case, question, answer)
        case [word] if word == _STOP:
            await _ended(clerk, case)
        case _:
            await clerk.line("old_button", offers=[[("button.danger", f"danger:{case.number}")]])


async def _show(clerk: Clerk, case: Case, question: str, *, here: bool = True) -> None:
    under = clerk.thumb if here else None
    await clerk.order("danger", case=case.id, params={"question": question}, message_id=under)


async def _first_open(clerk: Clerk, case: Case) -> str:
    """The first question without an answer; the first of all where each has one, to be gone through anew."""
    found = await entries.read_all(clerk.connection, clerk.house.safe, case.id, ("danger",), _EVERYTHING)
    questions, given = tuple(priority_table().danger), danger_of(found)
    return next((question for question in questions if question not in given), questions[0])


async def _answered(clerk: Clerk, case: Case, question: str, answer: str) -> None:
    """Keep one answer, and let the table say at once what it makes of the case."""
    kept = json.dumps({"question": question, "answer": answer})
    await entries.write(clerk.connection, case.id, "danger", "staff", kept, entries.DESKS, clerk.now)
    if (question, answer) == ("RK-03", "today"):
        strangled = written("strangled", "today")
        await entries.write(clerk.connection, case.id, "clock", "staff", strangled, entries.DESKS, clerk.now)
    # The question, never the answer: the audit is no place to read her life in.
    await clerk.note("danger.answered", case.id, question)
    await weigh(clerk, case)
    following = after(question)
    if following == _STOP:
        await _ended(clerk, case)
    else:
        await _show(clerk, case, following)


async def _ended(clerk: Clerk, case: Case) -> None:
    """What they come to: the class as it stands now, by the table of this version, in the audit and on the screen."""
    found = await cases.find(clerk.connection, case.id)
    risk = found.risk if found else case.risk
    await clerk.note("danger.assessed", case.id, f"{risk} {priority_table().version}")
    await clerk.order("danger", Urgency.WORDS, case=case.id, message_id=clerk.thumb)


async def weigh(clerk: Clerk, case: Case) -> None:
    """Ask the table by all that the desk may read; a class that rises is written, and the floor is made true again."""
    kinds = ("answers", "clock", "danger")
    found = await entries.read_all(clerk.connection, clerk.house.safe, case.id, kinds, _EVERYTHING)
    verdict = classify(at_desk(found, case.flags, clerk.now), RiskClass.named(case.risk))
    lift_s = max(verdict.lift_s, case.lift_s)
    if (verdict.risk.word, lift_s) == (case.risk, case.lift_s):
        return
    await cases.change(clerk.connection, case.id, risk=verdict.risk.word, lift_s=lift_s)
    if verdict.risk.word != case.risk:
        await clerk.note("class.rose", case.id, f"{verdict.risk.word} {verdict.version}")
    await _floor_changed(clerk, case)


async def higher(clerk: Clerk, rest: str) -> None:
    """`raise`: the classes above the case's own; with one of them it is of that class from now on. Nothing lowers."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case = meant.case
    above = [risk.word for risk in reversed(RiskClass) if risk > RiskClass.named(case.risk)]
    if meant.words in above:
        await _raised(clerk, case, meant.words)
    elif above and not meant.words:
        offers = [[(f"risk.{word}", f"raise:{case.number}:{word}")] for word in above]
        await clerk.line("raise.to", offers=offers, case=case.id, number=case.number)
    else:
        await clerk.line("raise.only", case=case.id, number=case.number, risk=f"@risk.{case.risk}")


async def _raised(clerk: Clerk, case: Case, word: str) -> None:
    await cases.change(clerk.connection, case.id, risk=word, raised_by=clerk.member.id)
    await clerk.note("class.raised", case.id, word)
    await _floor_changed(clerk, case)
    offers = [[("button.show", f"case:{case.number}")]]
    await clerk.line("raise.done", offers=offers, case=case.id, here=True, number=case.number, risk=f"@risk.{word}")


async def _floor_changed(clerk: Clerk, case: Case) -> None:
    """Who holds an immediate case takes nothing beside it: what was offered to them ends."""
    if case.state in {CaseState.WAITING, CaseState.TALKING}:
        await orders.write(clerk.connection, DESK, Order("floor", None, Urgency.ALERT, case=case.id), clerk.now)


async def clock(clerk: Clerk, rest: str) -> None:
    """`clock`: how long ago, then what it was, then kept. The time comes first, so that no row of ours says of what."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case, words = meant.case, meant.words.split()
    if not words:
        await _how_long_ago(clerk, case)
    elif not _is_time(words[0]):
        await clerk.line("clock.how", case=case.id, number=case.number)
    elif len(words) == 1:
        offers = [[(f"event.{event}", f"clock:{case.number}:{words[0]}:{event}")] for event in CLOCKS_OF]
        await clerk.line("clock.what", offers=offers, case=case.id, here=True, number=case.number)
    elif words[1] in CLOCKS_OF:
        await _kept(clerk, case, words[0], words[1])
    else:
        await clerk.line("clock.how", case=case.id, number=case.number)


async def _how_long_ago(clerk: Clerk, case: Case) -> None:
    times = [*HOURS, *clock_table().answers]
    labels = [(f"since.{time}_hours" if time in HOURS else f"since.{time}", f"clock:{case.number}:{time}")
              for time in times]  # fmt: skip
    offers = [labels[at : at + 2] for at in range(0, len(labels), 2)]
    await clerk.line("clock.since", offers=offers, case=case.id, number=case.number)


def _is_time(word: str) -> bool:
    """An answer of the table, or whole hours."""
    hours = int(word) if word.isascii() and word.isdecimal() and len(word) <= len(str(LONGEST_H)) else None
    return word in clock_table().answers or (hours is not None and hours <= LONGEST_H)


async def _kept(clerk: Clerk, case: Case, time: str, event: str) -> None:
    told = written(event, time) if time in clock_table().answers else written(event, hours_ago=int(time))
    await entries.write(clerk.connection, case.id, "clock", "staff", told, entries.DESKS, clerk.now)
    await clerk.note("clock.kept", case.id)
    await weigh(clerk, case)
    offers = [[("button.show", f"case:{case.number}"), ("button.clock", f"clock:{case.number}")]]
    await clerk.line("clock.kept", offers=offers, case=case.id, here=True, number=case.number)
