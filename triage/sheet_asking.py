"""An instrument that the counsellor asks her: picked, answered one question a tap, kept on the way, weighed at once."""

import json
from typing import Any

from triage.asking import weigh
from triage.clerk import Clerk
from triage.facts import newest_sheets
from triage.meant import of_mine
from triage.priority import follow_ups
from triage.priority_table import priority_table
from triage.risk import score
from triage.risk_instruments import Instrument, Item, instruments
from triage.risk_sheet import takes
from triage.sheet_cards import after, may_ask
from triage.sheets import NECK
from vault import cases, entries
from vault.cases import Case
from vault.orders import Urgency

# What was answered, by instrument, then by item.
Given = dict[str, dict[str, Any]]

_STOP = "stop"
# As many digits as a number that anybody could mean.
_DIGITS = 6


async def sheet(clerk: Clerk, rest: str) -> None:
    """`sheet`: what may be asked; with an instrument its first open question; with an answer it is kept, and the next.

    Whether it may be asked is looked at each time: her words may have shown meanwhile that she is a child.
    """
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case, words = meant.case, meant.words.split()
    one = instruments().get(words[0]) if words else None
    if one is None:
        await clerk.order("sheet", case=case.id, message_id=clerk.thumb if words else None)
    elif not may_ask(clerk.house, case, one.name):
        await clerk.line("sheet.not_asked", case=case.id, number=case.number, title=one.title)
    else:
        await _asked(clerk, case, one, words[1:])


async def _asked(clerk: Clerk, case: Case, one: Instrument, words: list[str]) -> None:
    given = await _given(clerk, case)
    answers = _answers(given, one)
    match words:
        case []:
            await _show(clerk, case, one, _first_open(one, answers))
        case [word] if word == _STOP:
            await _ended(clerk, case, one, answers)
        case [item] if one.item(item):
            await _show(clerk, case, one, item)
        case [item, said] if (asked := one.item(item)) and takes(asked, _value(asked, said)):
            await _answered(clerk, case, one, {**given, one.name: {**answers, item: _value(asked, said)}}, item)
        case _:
            await clerk.line("old_button", offers=[[("button.sheet", f"sheet:{case.number}")]])


def _value(item: Item, said: str) -> str | int:
    """The answer as the item takes it: of whole numbers the number."""
    number = item.kind == "integer" and said.isascii() and said.isdecimal() and len(said) <= _DIGITS
    return int(said) if number else said


def _answers(given: Given, one: Instrument) -> dict[str, Any]:
    """What was answered so far, by her or at the desk: nothing is asked of her twice."""
    if one.name in given:
        return given[one.name]
    strangled = one.name == NECK and any(answers.get("strangled") == "yes" for answers in given.values())
    return {"strangled": "yes"} if strangled else {}


async def _given(clerk: Clerk, case: Case) -> Given:
    found = await entries.read_all(clerk.connection, clerk.house.safe, case.id, ("answers",))
    return {name: dict(sheet["answers"]) for name, sheet in newest_sheets(found).items()}


def _first_open(one: Instrument, answers: dict[str, Any]) -> str:
    item = after(one, "", answers)
    while item in answers:
        item = after(one, item, answers)
    return item if item != _STOP else one.items[0].id


async def _show(clerk: Clerk, case: Case, one: Instrument, item: str) -> None:
    params = {"sheet": one.name, "item": item}
    await clerk.order("sheet", case=case.id, params=params, message_id=clerk.thumb)


async def _answered(clerk: Clerk, case: Case, one: Instrument, given: Given, item: str) -> None:
    answers = given[one.name]
    await _keep(clerk, case, one, answers, still=True)
    # The question, never the answer: the audit is no place to read her life in.
    await clerk.note("sheet.answered", case.id, f"{one.name} {item}")
    following = after(one, item, answers)
    if pressing := _pressing(clerk, case, one, given, item):
        # Before any further question of risk; what was begun is gone on with after it.
        await _show(clerk, case, pressing, _first_open(pressing, _answers(given, pressing)))
    elif following == _STOP:
        await _ended(clerk, case, one, answers)
    else:
        await _show(clerk, case, one, following)


def _pressing(clerk: Clerk, case: Case, one: Instrument, given: Given, item: str) -> Instrument | None:
    """The instrument that this very answer calls for, where it was not begun and may be asked."""
    if given[one.name][item] != "yes":
        return None
    begun: Given = {name: {} for name in given} | {one.name: {item: "yes"}}
    called = (each.instrument for each in follow_ups(begun) if each.instrument)
    return next((instruments()[name] for name in called if may_ask(clerk.house, case, name)), None)


async def _keep(clerk: Clerk, case: Case, one: Instrument, answers: dict[str, Any], *, still: bool) -> None:
    """The sheet as it stands, sealed to the desk's half; the table says at once what it makes of the case."""
    kept = json.dumps(
        {"instrument": one.name, "answers": answers, "band": score(one.name, answers).band, "open": still}
    )
    await entries.write(clerk.connection, case.id, "answers", "staff", kept, entries.DESKS, clerk.now)
    await weigh(clerk, case)


async def _ended(clerk: Clerk, case: Case, one: Instrument, answers: dict[str, Any]) -> None:
    """It is over: only now has it a finding."""
    if answers:
        await _keep(clerk, case, one, answers, still=False)
    found = await cases.find(clerk.connection, case.id)
    risk = found.risk if found else case.risk
    await clerk.note("sheet.ended", case.id, f"{one.name} {risk} {priority_table().version}")
    params = {"sheet": one.name}
    await clerk.order("sheet", Urgency.WORDS, case=case.id, params=params, message_id=clerk.thumb)
