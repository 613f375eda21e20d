"""What is known of a case, gathered for the table of priority: hers from her place, or the desk's from its entries."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from dialogs.kinds import Place
from dialogs.young import is_young
from triage.clocks import ClockState, clock_table
from triage.happened import CLOCKS_OF, EVENT_OF, Happened, happened_of
from triage.priority import Facts
from triage.priority_table import FLAGS, priority_table
from triage.risk_instruments import instruments
from triage.sheets import sheets_of, unfinished
from vault.entries import Entry

# Said once in her case: that she herself says he is near.
SAYS_IN_DANGER: Final = "says_in_danger"
# Her own estimate among the questions of the screening.
_ESTIMATE: Final = "could_kill_you"
_ESTIMATES: Final = (_ESTIMATE, "capable_of_killing", "believes_might_kill")


def of_her(place: Place, flags: Iterable[str], now: datetime, urgency: str = "none") -> Facts:
    """Her side's facts: her answers, the times she told, her age, her own estimate, and the flags of all her words."""
    return Facts(
        urgency=urgency,
        flags=_known(flags),
        answers=sheets_of(place),
        clocks=_clocks(_told(place, now), now),
        minor=is_young(place),
        says_in_danger=SAYS_IN_DANGER in place.told or place.answers.get(_ESTIMATE) == "yes",
        unfinished=unfinished(place),
    )


def at_desk(found: Iterable[Entry], flags: Iterable[str], now: datetime) -> Facts:
    """The desk's facts: what she let it read, the times it set, the danger questions, and the flags of the case."""
    entries = list(found)
    sheets = newest_sheets(entries)
    return Facts(
        flags=_known(flags),
        answers={name: sheet["answers"] for name, sheet in sheets.items()},
        clocks=_clocks(happened_of(entries).values(), now),
        danger=danger_of(entries),
        says_in_danger=any(sheet["answers"].get(item) == "yes" for sheet in sheets.values() for item in _ESTIMATES),
        unfinished=frozenset(name for name, sheet in sheets.items() if sheet.get("open")),
    )


def newest_sheet(found: Iterable[Entry], instrument: str) -> dict[str, Any] | None:
    """The newest of these entries that keep an instrument's answers, as it was written; None where none does."""
    return _newest(found).get(instrument)


def newest_sheets(found: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """The newest sheet of each instrument that the desk may read, in the order of the instruments."""
    sheets = _newest(found)
    return {name: sheets[name] for name in instruments() if name in sheets}


def _newest(found: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """The newest sheet of whatever was answered, each entry read once; what comes later stands in its place."""
    sheets = (json.loads(entry.text) for entry in found if entry.kind == "answers")
    return {sheet.get("instrument", ""): sheet for sheet in sheets}


def danger_of(found: Iterable[Entry]) -> dict[str, str]:
    """The newest answer to each danger question, in the order of the table."""
    newest: dict[str, str] = {}
    for entry in found:
        if entry.kind == "danger":
            kept = json.loads(entry.text)
            newest[kept["question"]] = kept["answer"]
    table = priority_table().danger
    # An answer that this version of the table no longer takes orders nothing.
    return {question: newest[question] for question in table if newest.get(question) in table[question]}


def _known(flags: Iterable[str]) -> frozenset[str]:
    return frozenset(flags) & frozenset(FLAGS)


def _told(place: Place, now: datetime) -> list[Happened]:
    """What she told the time of; an answer whose moment is not known is of no known age."""
    told = []
    for item, event in EVENT_OF.items():
        answer, moment = place.answers.get(item, ""), place.moments.get(item, "")
        if answer in clock_table().answers:
            told.append(Happened(event, datetime.fromisoformat(moment) if moment else now, answer if moment else None))
    return told


def _clocks(told: Iterable[Happened], now: datetime) -> dict[str, ClockState]:
    return {clock: one.reading(clock, now).state for one in told for clock in CLOCKS_OF[one.event]}
