"""Which form of a guidance line is true now: the clocks put into words by what she answered and when, all pure.

Hours are never said to her. Where it may already be past, the words are "it may still be in time; go now"; where it is
not, how long is left is rounded down to now, today or tomorrow evening; what is past names what still helps.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dialogs.flows.guidance import WHEN
from dialogs.kinds import Place, Step
from dialogs.young import is_young
from triage.clocks import ClockState, Reading, read

ITEMS: Final = tuple(dict.fromkeys(item for items in WHEN.values() for item in items))
# Answers that say nothing of the time.
_SILENT: Final = frozenset({"", "refused"})

# Reads one clock by its id, for the page in hand.
_Read = Callable[[str], Reading]


def hurry(reading: Reading) -> str:
    """The word for how soon: past; maybe (it may be past, or nothing is known); now, today, tomorrow."""
    if reading.state is ClockState.PAST:
        return "past"
    if reading.may_be_past or reading.left_min_h is None or reading.left_min_h <= 0:
        return "maybe"
    return "now" if reading.left_min_h < 24 else "today" if reading.left_min_h < 48 else "tomorrow"


def samples(first: Reading, last: Reading) -> str:
    """Hurry by the first window; nothing is called gone before the last one is past."""
    if last.state is ClockState.PAST:
        return "past"
    return "maybe" if first.state is ClockState.PAST else hurry(first)


def _within(reading: Reading) -> bool:
    return reading.state is not ClockState.PAST


_LINES: Final[Mapping[str, Callable[[_Read], str]]] = {
    "pep": lambda read_: f"pep.{hurry(read_('pep_72h'))}",
    "ec": lambda read_: f"ec.{hurry(read_('ec_120h'))}",
    "samples": lambda read_: f"samples.{samples(read_('evidence_72h'), read_('evidence_168h'))}",
    "mouth": lambda read_: "mouth.within" if _within(read_("evidence_48h")) else "",
    "hepb": lambda read_: "hepb.within" if _within(read_("hepb_336h")) else "hepb.past",
    "urine": lambda read_: f"urine.{hurry(read_('drug_urine_120h'))}",
    "ghb": lambda read_: "ghb.within" if _within(read_("ghb_12h")) else "",
    "neck": lambda read_: "strangled.within" if _within(read_("strangle_672h")) else "strangled.past",
}


def told_at(place: Place, item: str, now: datetime) -> Place:
    """Her place with the moment at which she told (or took back) the time of this item; other items change nothing."""
    if item not in ITEMS:
        return place
    kept = {name: moment for name, moment in place.moments.items() if name != item}
    return replace(place, moments={**kept, item: now.isoformat()} if item in place.answers else kept)


def _given(place: Place, page: str, now: datetime) -> tuple[str | None, float]:
    """Her answer for a page's time and how many hours ago she gave it; None where she told nothing."""
    item = next((item for item in WHEN[page] if item in place.answers), None)
    answer = place.answers[item] if item else ""
    if item is None or answer in _SILENT:
        return None, 0
    moment = place.moments.get(item, "")
    # An answer whose moment is not known may be of any age: it is taken as not told.
    return (answer, (now - datetime.fromisoformat(moment)).total_seconds() / 3600) if moment else (None, 0)


def forms_of(step: Step, place: Place, now: datetime) -> Mapping[str, str]:
    """The form of each of the step's lines that has several by time or by age."""
    forms = {}
    page = step.id.split(".")[1] if step.id.endswith(".clock") else ""
    if page:
        answer, ago = _given(place, page, now)
        forms = {
            line: _LINES[line](lambda clock: read(clock, answer=answer, answered_hours_ago=ago))
            for line in step.text
            if line in _LINES
        }
    minor = is_young(place)
    if "care.report" in step.text:
        forms["care.report"] = "care.report_minor" if minor else "care.report_any"
    if "suicide.young" in step.text:
        forms["suicide.young"] = "suicide.child" if minor else ""
    return forms
