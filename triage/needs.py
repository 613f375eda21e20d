"""What she needs to take part: set by herself, or told for a referral; the desk sees it once she said yes to a person.

The needs are closed ids. They lie sealed in an entry of their own, the newest of which holds: never in an order.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from dialogs.flows.reading import NEEDS_BY_SETTING
from dialogs.manner import ON
from dialogs.template import NEEDS
from triage import setting
from triage.facts import newest_sheet
from triage.risk import score
from triage.talk import Talk
from vault import entries
from vault.database import Connection
from vault.entries import Entry
from vault.orders import Urgency
from vault.safe import Safe

# How the entry is told from a screening's answers.
ACCESS: Final = "access"


def of_settings(settings: Mapping[str, str]) -> tuple[str, ...]:
    """The needs that her settings say, those she told for a referral among them, in the order of the table."""
    told = {need for name, need in NEEDS_BY_SETTING.items() if settings.get(name) == ON}
    told |= set(settings.get("needs", "").split(","))
    return tuple(need for need in NEEDS if need in told)


# Where there is difficulty, what would help with it; offered from "some difficulty" on (instruments, B9).
_HELPS: Final = {
    "seeing": "read_aloud",
    "hearing": "in_writing",
    "walking": "step_free",
    "remembering": "easy_text",
    "self_care": "assistant",
    "communicating": "more_time",
}
_PREFIX: Final = "wg."
_LEVELS: Final = frozenset("1234")


def of_answers(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The needs that follow from what she answered of the Short Set, in the order of the table."""
    said = {name.removeprefix(_PREFIX): value for name, value in answers.items() if name.startswith(_PREFIX)}
    sheet = {name: int(value) if value in _LEVELS else value for name, value in said.items()}
    found = {_HELPS[name] for name in score("wg-ss", sheet).reasons}
    return tuple(need for need in NEEDS if need in found)


async def told(talk: Talk, *, may: bool) -> None:
    """Her answer to the list she was shown: with her yes it is a need like those she set; the answers go either way."""
    found = of_answers(talk.place.answers)
    left = {name: value for name, value in talk.place.answers.items() if not name.startswith(_PREFIX)}
    talk.place = replace(talk.place, answers=left)
    if may:
        setting.put(talk, needs=",".join(found))
        await changed(talk)
    elif talk.case.holder is not None:
        await talk.tell_desk("needs_kept", Urgency.WORDS)
    await talk.note("consent.needs" if may else "refused.needs")


async def changed(talk: Talk) -> None:
    """She set or told something: written down, and whoever holds her case is told that there is something new."""
    kept = json.dumps({"instrument": ACCESS, "needs": of_settings(talk.place.settings)})
    halves = entries.BOTH if talk.agreed else entries.HERS
    await entries.write(talk.connection, talk.case.id, "answers", "survivor", kept, halves, talk.now)
    await talk.note("needs")
    if talk.agreed and talk.case.holder is not None:
        await talk.tell_desk("her_needs", Urgency.WORDS)


def newest(found: Sequence[Entry]) -> tuple[str, ...]:
    """The needs that the newest entry among these says."""
    sheet = newest_sheet(found, ACCESS)
    return tuple(need for need in sheet["needs"] if need in NEEDS) if sheet else ()


async def known(connection: Connection, safe: Safe, case: UUID) -> tuple[str, ...]:
    """The needs that this side may know of a case."""
    return newest(await entries.read_all(connection, safe, case, ("answers",)))
