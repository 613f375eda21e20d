"""Lines of a card that are worked out when it is shown: the hours left, the danger questions, why this class, and what
still stands in a chat that she left."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from triage import flags
from triage.clocks import Clock, ClockState, Reading, clock_table
from triage.facts import at_desk, danger_of
from triage.happened import CLOCKS_OF, Happened, happened_of
from triage.permissions import OPERATORS
from triage.priority import classify
from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.showing import Desk
from vault import known, ledger, people
from vault.cases import Case
from vault.entries import Entry

# Told in days and in words of their own: with strangling there is no hour up to which one may wait.
_NECK: Final = "strangle_672h"
KINDS: Final = ("window", "duty", "term", "neck")
FORMS: Final = ("open", "closing", "maybe", "past", "unknown")
# Of her words so many messages are read again for a card, so many stretches of them shown, so long each at most.
_READ_AGAIN: Final = 30
_CUES: Final = 6
_LONGEST_CUE: Final = 80
_URGENCIES: Final = ("none", "high", "immediate")
# Answers that say of no danger that it is there, in the order in which they are told after the others.
_QUIET: Final = ("unknown", "refused", "na", "no")
# Stands for what the desk cannot read: earlier words, or answers that she has not let it see.
OTHER: Final = "other"


def form(reading: Reading) -> str:
    """Which form of a clock's line is true now."""
    if reading.state in {ClockState.PAST, ClockState.UNKNOWN}:
        return reading.state.value
    return "maybe" if reading.may_be_past else reading.state.value


def _left(desk: Desk, clock: Clock, reading: Reading) -> str:
    neck = clock.id == _NECK
    hours = 24 if neck else 1
    return desk.say(
        f"left.{'neck' if neck else clock.kind}.{form(reading)}",
        clock=desk.name(f"clock.{clock.id}"),
        least=(reading.left_min_h or 0) // hours,
        most=-(-(reading.left_max_h or 0) // hours),
    )


def since(desk: Desk, one: Happened) -> str:
    """How long ago it was said to be, in the words of the buttons."""
    if one.hours_ago is None:
        return desk.name(f"since.{one.answer}")
    return desk.say("since.hours", hours=f"{one.hours_ago:g}")


def clock_lines(desk: Desk, found: Iterable[Entry]) -> list[str]:
    """For each thing whose time was told: what it was, when that was said, and what each of its clocks has left."""
    lines: list[str] = []
    for event, one in happened_of(found).items():
        told = desk.clock(one.at)
        lines.append(desk.say("card.clock", event=desk.name(f"event.{event}"), since=since(desk, one), time=told))
        lines += [_left(desk, clock_table().clocks[clock], one.reading(clock, desk.now)) for clock in CLOCKS_OF[event]]
    return lines


def said(desk: Desk, value: object) -> str:
    """An answer by its name; a number is itself."""
    return desk.name(f"answer.{value}") if isinstance(value, str) else str(value)


def answered(desk: Desk, kind: str, given: Mapping[str, str | int]) -> str:
    """Answers for an eye in a hurry: a line for each answer with all that it was given to, what is grave first."""
    ordered = sorted(dict.fromkeys(given.values()), key=lambda one: one in _QUIET and _QUIET.index(str(one)) + 1)
    return "\n".join(
        desk.say("card.answers", answer=said(desk, answer), names=", ".join(names))
        for answer in ordered
        if (names := [desk.name(f"{kind}.{one}") for one, its in given.items() if its == answer])
    )


def danger_lines(desk: Desk, found: Iterable[Entry]) -> list[str]:
    """The danger questions that were answered, by what was answered."""
    given = danger_of(found)
    if not given:
        return []
    answers, of = answered(desk, "danger.name", given), len(priority_table().danger)
    return [desk.say("card.danger", answered=len(given), of=of, answers=answers)]


async def signs(desk: Desk, case: Case) -> list[str]:
    """What may be seen of a case that nobody holds: the flags of her words, and who raised its class by hand."""
    by_hand = await raised_by(desk, case)
    return [*flag_lines(desk, case), *([desk.say("card.raised", by=by_hand)] if by_hand else [])]


def flag_lines(desk: Desk, case: Case) -> list[str]:
    """The flags of her words, by name."""
    flagged = ", ".join(desk.name(f"flag.{flag}") for flag in case.flags)
    return [desk.say("card.flags", flags=flagged)] if flagged else []


async def raised_by(desk: Desk, case: Case) -> str:
    """Who raised its class by hand, by role and never by name; empty where nobody did."""
    if case.raised_by is None:
        return ""
    if desk.member is not None and desk.member.id == case.raised_by:
        return desk.say("raised.you")
    found = await people.member(desk.connection, case.raised_by)
    return desk.say(f"raised.{found.role if found else OPERATORS[0]}")


async def left_lines(desk: Desk, case: Case) -> list[str]:
    """That she left, what still stands in her chat, and how long Telegram lets us delete it."""
    lines = [desk.say("card.left", time=desk.clock(case.left_at or case.heard_at))]
    left = await known.left_standing(desk.connection, case.id, desk.now - ledger.LOST)
    if left.oldest is not None:
        until = left.oldest + ledger.LOST
        hours = int((until - desk.now).total_seconds() // 3600)
        lines.append(desk.say("card.left_standing", count=left.deletable, time=desk.clock(until), hours=hours))
    if left.lost:
        lines.append(desk.say("card.left_lost", count=left.lost))
    return lines if len(lines) > 1 else [*lines, desk.say("card.left_clear")]


def why_lines(desk: Desk, case: Case, found: Iterable[Entry], by_hand: str = "") -> list[str]:
    """Why the case is of its class: the rules that hold by what the desk may read, a person's hand, and whether there
    is more."""
    risk = RiskClass.named(case.risk)
    if risk is RiskClass.ORDINARY:
        return []
    kept = list(found)
    readings = [(entry.text, flags.read(entry.text)) for entry in _hers(kept)]
    urgency = max((reading.urgency for _, reading in readings), key=_URGENCIES.index, default="none")
    verdict = classify(replace(at_desk(kept, case.flags, desk.now), urgency=urgency))
    names = [desk.name(f"rule.{rule}") for rule in verdict.reasons]
    if by_hand:
        names.append(by_hand)
    elif verdict.risk < risk:
        names.append(desk.name(f"rule.{OTHER}"))
    why = desk.say("card.why", rules="; ".join(dict.fromkeys(names)), version=verdict.version)
    fired = _fired(readings)
    return [why, desk.say("card.fired", words="; ".join(fired))] if fired else [why]


def _hers(found: list[Entry]) -> list[Entry]:
    """Her newest words, as many as are worth reading again for a card."""
    return [entry for entry in found if entry.kind == "words" and entry.author == "survivor"][-_READ_AGAIN:]


def _fired(readings: list[tuple[str, flags.Reading]]) -> list[str]:
    """The stretches of her words that the rules stand on, the newest message first, each once.

    The second reader's single words say nothing to a person, and how short a message was is no word of hers.
    """
    cues = [
        text[cue.start : cue.end].strip()
        for text, found in reversed(readings)
        for cue in found.why
        if cue.rule != "second" and not cue.rule.startswith("state.")
    ]
    # What lies within a longer stretch says nothing more.
    whole = [one for one in dict.fromkeys(cues) if one and not any(one != other and one in other for other in cues)]
    return [f"«{one[:_LONGEST_CUE]}»" for one in whole[:_CUES]]
