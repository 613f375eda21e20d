"""When she may be written to: the parts of the day and the days she chose, in local time. The clock is passed in."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

# The default: each thing she sends opens her window for a while, nothing else does.
ONLY_ME: Final = "onlyme"
NEVER: Final = "never"
# Two hours each, for whoever chooses hours of her own.
HOURS: Final[Mapping[str, tuple[time, time]]] = {
    f"hours_{begin:02d}": (time(begin), time(begin + 2)) for begin in range(8, 22, 2)
}
PARTS: Final[Mapping[str, tuple[time, time]]] = {
    "morning": (time(7), time(12)),
    "day": (time(12), time(18)),
    "evening": (time(18), time(22)),
    **HOURS,
}
WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS: Final[Mapping[str, frozenset[int]]] = {
    "every": frozenset(range(7)),
    "workdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    **{day: frozenset({number}) for number, day in enumerate(WEEK)},
}


def _days(chosen: Mapping[str, str]) -> frozenset[int]:
    return DAYS.get(chosen.get("days", "every"), DAYS["every"])


def is_open(chosen: Mapping[str, str], here: datetime) -> bool:
    """Whether her chosen hours hold now; `here` is local time. Without chosen hours they never do."""
    part = PARTS.get(chosen.get("when", ONLY_ME))
    return part is not None and here.weekday() in _days(chosen) and part[0] <= here.time() < part[1]


def opens_at(chosen: Mapping[str, str], here: datetime) -> datetime | None:
    """When her chosen hours begin next after `here`; None where she chose none: then only she can open them."""
    part = PARTS.get(chosen.get("when", ONLY_ME))
    if part is None:
        return None
    for ahead in range(8):
        begin = datetime.combine(here.date() + timedelta(days=ahead), part[0], here.tzinfo)
        if begin > here and begin.weekday() in _days(chosen):
            return begin
    return None
