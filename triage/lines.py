"""What a screen's lines need that only the moment of sending knows: the wait, the next shift, what is kept."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from dialogs import spoken
from dialogs.engine import STEPS
from dialogs.flows.plan_state import shared
from dialogs.flows.settings import CAPTURES
from dialogs.manner import AS_USUAL
from dialogs.young import is_young
from triage import plan_lines
from triage.clock_lines import forms_of
from triage.needs import of_answers
from triage.reader import Reader
from vault import consents, entries, known
from vault.cases import Case

# What she may read of her own words on one screen, in characters.
_SHOWN = 3_000
_KEYS = {
    ("words", "survivor"): "data.words",
    ("voice", "survivor"): "data.voice",
    ("answers", "survivor"): "data.answers",
    ("clock", "survivor"): "data.answers",
    ("words", "staff"): "data.words",
    ("note", "staff"): "data.notes",
    ("clock", "staff"): "data.notes",
    ("danger", "staff"): "data.notes",
    ("answers", "staff"): "data.notes",
    ("referral", "staff"): "data.referrals",
}

# The screens that ask for a word of hers.
WORDS = tuple(CAPTURES)
Values = Mapping[str, str]


async def _heard(reader: Reader, _case: Case) -> Values:
    return {"heard.arrived": "heard.shared" if await _is_open(reader) else "heard.unread"}


async def _refused(reader: Reader, _case: Case) -> Values:
    """What a counsellor has seen stays seen: after a yes taken back it is not said that nothing was shown."""
    return {"refused.noted": "refused.withdrawn"} if "withdrew" in reader.place.told else {}


async def _menu(reader: Reader, _case: Case) -> Values:
    """That it can be read otherwise is said once, on the first menu, to whoever reads as usual."""
    offered = "menu_again" not in reader.place.told and reader.manner == AS_USUAL
    return {"menu.reading": "menu.reading"} if offered else {}


async def _needs_found(reader: Reader, _case: Case) -> Values:
    """What would help her, by what she answered; an answer that is missing never says that nothing is needed."""
    found = of_answers(reader.place.answers)
    if not found:
        return {}
    said = ", ".join(reader.house.words.say(reader.language, f"value.access.{need}") for need in found)
    return {"needs.list": "needs.list", "needs": said}


async def _is_open(reader: Reader) -> bool:
    """Whether what she writes goes to the desk: said truly, since it decides what she dares to write."""
    if reader.case is None:
        return False
    agreed = await consents.stands(reader.connection, reader.case.id, consents.PERSON)
    return agreed or "opened_by_flag" in reader.place.told


async def _waiting(reader: Reader, case: Case) -> Values:
    """The honest wait: what it was for her class in the last hours, or that nobody knows, or that nobody is there."""
    child = {"waiting.child": "minor.line"} if is_young(reader.place) else {}
    return {**child, **await _wait(reader, case)}


async def _wait(reader: Reader, case: Case) -> Values:
    if reader.due.order.kind == "on_duty":
        return {"waiting.wait": "waiting.on_duty"}
    speakers = await known.on_duty(reader.connection, spoken.speech(reader.language))
    if speakers == 0 and await known.on_duty_at_all(reader.connection) == 0:
        return _next_shift(reader)
    minutes = await known.median_wait(reader.connection, case.risk)
    if minutes is None:
        return {"waiting.wait": "wait_unknown"}
    return {"waiting.wait": "wait_n", "n": spoken.number(reader.language, max(1, minutes))}


def _next_shift(reader: Reader) -> Values:
    begins = reader.house.region.next_shift(reader.now)
    if begins is None:
        return {"waiting.wait": "nobody_untimed"}
    return {"waiting.wait": "nobody", "time": spoken.moment(reader.language, begins, reader.now)}


async def _examples(reader: Reader, _case: Case) -> Values:
    """Two words that nobody would wonder at in a cookery book, and that it has no dish for; others for each word."""
    ideas = reader.house.region.decoy(reader.language).ideas
    first = 2 * WORDS.index(reader.place.step) if reader.place.step in WORDS else 0
    return {"examples": ", ".join(ideas[(first + turn) % len(ideas)] for turn in range(2))}


async def _data(reader: Reader, case: Case) -> Values:
    """Kinds, counts and days of what is kept, hers and the counsellor's."""
    counts = await entries.count(reader.connection, case.id)
    say = reader.house.words.say

    def listed(author: str) -> str:
        # Her plan lies in her own place; what a counsellor may see of it lies with the counsellor too.
        plan = len(reader.place.plan) if author == "survivor" or shared(reader.place) else 0
        kept: Counter[str] = Counter()
        for (kind, who), count in sorted(counts.items()):
            if who == author and (kind, who) in _KEYS:
                kept[_KEYS[kind, who]] += count
        parts = [say(reader.language, "data.plan", n=spoken.number(reader.language, plan))] if plan else []
        parts += [say(reader.language, key, n=spoken.number(reader.language, count)) for key, count in kept.items()]
        return ", ".join(parts) or say(reader.language, "data.nothing")

    zone = reader.house.region.zone
    first, last = case.opened_at.astimezone(zone), case.heard_at.astimezone(zone)
    until = last + timedelta(days=case.keep_days)
    return {
        "hers": listed("survivor"),
        "desk": listed("staff"),
        "days": ", ".join(spoken.long_day(reader.language, at) for at in (first, last)),
        "day": spoken.long_day(reader.language, until),
    }


async def _data_show(reader: Reader, case: Case) -> Values:
    """What her half opens of her own words, the newest that one screen holds."""
    found = await entries.read_all(reader.connection, reader.house.safe, case.id, ("words",))
    kept: list[str] = []
    for entry in reversed([entry for entry in found if entry.author == "survivor"]):
        if sum(map(len, kept)) + len(entry.text) > _SHOWN:
            break
        at = entry.at.astimezone(reader.house.region.zone)
        kept.insert(0, f"\n{spoken.day_and_time(reader.language, at)}. {entry.text}")
    return {"words": "".join(kept) or reader.house.words.say(reader.language, "data.nothing")}


_STEPS: Mapping[str, Callable[[Reader, Case], Awaitable[Values]]] = {
    "menu": _menu,
    "needs.found": _needs_found,
    "heard": _heard,
    "heard_first": _heard,
    "refused": _refused,
    "waiting": _waiting,
    **dict.fromkeys(WORDS, _examples),
    "data": _data,
    "data_show": _data_show,
}


async def values_for(reader: Reader, step: str) -> Values:
    """The values of a step's lines, and which of several forms is true now."""
    forms = {**forms_of(STEPS[step], reader.place, reader.now), **plan_lines.values_of(reader, step)}
    make = _STEPS.get(step)
    return forms if make is None or reader.case is None else {**forms, **await make(reader, reader.case)}
