"""What happened to her, or was done since, and when: kept sealed as it was told, and read as hours left when shown."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from triage.clocks import Reading, clock_table, read
from vault.entries import Entry

# What a time may be told of, and the clocks that count from it, in the order in which they are shown.
CLOCKS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sexual": ("pep_72h", "ec_72h", "ec_120h", "evidence_48h", "evidence_72h", "evidence_168h", "hepb_336h"),
    "strangled": ("strangle_672h",),
    "unconscious": ("head_24h",),
    "pregnant": ("anti_d_72h",),
    "drugged": ("ghb_12h", "drug_urine_120h"),
    "police": ("order_24h",),
    "social": ("social_24h",),
    "room": ("room_72h",),
    "order": ("order_720h",),
}
# What a referral's way tells of: a kind of service, and the move after which it has been told. The police know once a
# named person there has read it; the 24 hours of the social worker begin with a referral that was accepted, or with the
# police, whose 102 is one of the ways in.
TOLD_BY_REFERRAL: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("police_security", "acknowledge"): ("police", "social"),
    ("social_benefit", "accept"): ("social",),
    ("child_protection", "accept"): ("social",),
}
# What she is asked herself, by the item that holds her answer.
EVENT_OF: Final[Mapping[str, str]] = {
    "sexual_when": "sexual",
    "strangled_when": "strangled",
    "drugged_when": "drugged",
}
# An order of a year is the longest that anybody sets a time for, in hours.
LONGEST_H: Final = 366 * 24


@dataclass(frozen=True, slots=True)
class Happened:
    """One event and what was told at `at` of how long ago it was: an answer of the table, or whole hours."""

    event: str
    at: datetime
    answer: str | None = None
    hours_ago: float | None = None

    def reading(self, clock: str, now: datetime) -> Reading:
        """What a clock shows now: an answer is read with its own age."""
        aged = (now - self.at).total_seconds() / 3600
        return read(clock, answer=self.answer, hours_ago=self.hours_ago, answered_hours_ago=aged)


def written(event: str, answer: str | None = None, hours_ago: float | None = None) -> str:
    """How it is kept; without an answer and hours it takes back what was told before."""
    return json.dumps({"event": event, "answer": answer, "hours_ago": hours_ago})


def happened_of(found: Iterable[Entry]) -> dict[str, Happened]:
    """What is known now by event, in the order of the table: of each the newest that was told, and no more what was
    taken back."""
    newest: dict[str, Happened] = {}
    for entry in found:
        if entry.kind == "clock":
            kept = json.loads(entry.text)
            newest[kept["event"]] = Happened(kept["event"], entry.at, kept.get("answer"), kept.get("hours_ago"))
    told = {event: newest[event] for event in CLOCKS_OF if event in newest}
    return {event: one for event, one in told.items() if _is_told(one)}


def _is_told(one: Happened) -> bool:
    return one.hours_ago is not None or one.answer in clock_table().answers
