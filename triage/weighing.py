"""Weighing a case: with each thing she sends, its class and place in the queue as the table of priority gives them."""

from collections.abc import Iterable

from triage.facts import of_her
from triage.lifecycle import CaseState
from triage.priority import classify
from triage.risk_class import RiskClass
from triage.talk import Talk


async def raised(talk: Talk, flags: Iterable[str] = (), urgency: str = "none") -> bool:
    """Add these flags, ask the table, and write what it says; whether the class or the flags changed.

    Nothing here lowers: neither the class, nor by how much sooner the case is due. The audit names the class and the
    table's version, and no rule: which one held would tell the desk what she has not let it read.
    """
    before, lift_s = talk.case.risk, talk.case.lift_s
    union = tuple(dict.fromkeys((*talk.case.flags, *flags)))
    found = classify(of_her(talk.place, union, talk.now, urgency), RiskClass.named(before))
    rose = await talk.rise(found.risk, tuple(flags))
    if found.lift_s > lift_s:
        await talk.change(lift_s=found.lift_s)
    if talk.case.risk != before:
        await talk.note("class.rose", f"{talk.case.risk} {found.version}")
    return rose


async def weigh(talk: Talk, flags: Iterable[str] = (), urgency: str = "none") -> None:
    """The same, and the desk hears of it where the case already waits or is held."""
    lift_s = talk.case.lift_s
    if await raised(talk, flags, urgency):
        if talk.case.state in {CaseState.WAITING, CaseState.TALKING}:
            await talk.tell_desk("case_rose")
    elif talk.case.lift_s > lift_s and talk.case.state == CaseState.WAITING:
        # Nothing that an alert says has changed, only who is before whom.
        await talk.tell_desk("floor")
