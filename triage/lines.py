"""What a screen's lines need that only the moment of sending knows: the wait, the next shift, what is kept."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

from dialogs import spoken
from dialogs.engine import STEPS
from dialogs.flows.plan_state import shared
from dialogs.flows.road import KEPT, PASSED
from dialogs.flows.settings import CAPTURES
from dialogs.manner import AS_USUAL
from dialogs.window import NEVER, ONLY_ME, PARTS
from dialogs.young import is_young
from triage import kept_lines, plan_lines
from triage.clock_lines import forms_of
from triage.lifecycle import CaseState
from triage.needs import of_answers
from triage.reader import Reader
from triage.setting import waits_less
from vault import consents, entries, known
from vault.cases import Case

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
# Told of her last thing without words: it was a voice message.
SPOKE: Final = "spoke"
Values = Mapping[str, str]


async def _heard(reader: Reader, _case: Case) -> Values:
    return {"heard.arrived": "heard.shared" if await _is_open(reader) else "heard.unread"}


async def _sos(reader: Reader, case: Case) -> Values:
    """What was spoken was not misread: who can hear it is said instead. In a live talk she would think that the
    counsellor has seen what she sent."""
    if SPOKE in reader.place.told:
        return {"sos.misread": "voice.kept"}
    return {"sos.misread": "only_words"} if case.state == CaseState.TALKING else {}


async def _refused(reader: Reader, _case: Case) -> Values:
    """What a counsellor has seen stays seen: after a yes taken back it is not said that nothing was shown."""
    return {"refused.noted": "refused.withdrawn"} if "withdrew" in reader.place.told else {}


async def _menu(reader: Reader, _case: Case) -> Values:
    """Who answers here, and what Telegram keeps, is said once, on the first menu; to whoever reads as usual also that
    it can be read otherwise; and on the first after an exit what it could not remove."""
    told, said = reader.place.told, {}
    if "menu_again" not in told:
        said = {"menu.person": "about.person", "menu.telegram": "tgcopy"}
        said |= {"menu.reading": "menu.reading"} if reader.manner == AS_USUAL else {}
    return said | ({"menu.left_behind": "menu.left_behind"} if "left_behind" in told else {})


async def _talking(reader: Reader, _case: Case) -> Values:
    """What she last said to a referral, on the screen that her tap leads back to: it was heard, and what follows."""
    if reader.due.order.kind != "screen":
        return {}
    said = next((fact for fact in (PASSED, KEPT) if fact in reader.place.told), None)
    return {"talking.answered": said} if said else {}


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
    less = {"waiting.window": "waiting.window_less"} if waits_less(reader.place) else {}
    return {**child, **less, **await _wait(reader, case)}


async def _wait(reader: Reader, case: Case) -> Values:
    if reader.due.order.kind == "on_duty":
        return {"waiting.wait": "waiting.on_duty"}
    speakers = await known.on_duty(reader.connection, spoken.speech(reader.language))
    if speakers == 0 and await known.on_duty_at_all(reader.connection) == 0:
        return _next_shift(reader)
    # What others waited says nothing of a wait for somebody who speaks her language, where nobody on duty does.
    minutes = await known.median_wait(reader.connection, case.risk) if speakers else None
    if minutes is None:
        return {"waiting.wait": "wait_unknown"}
    return {"waiting.wait": "wait_n", "n": spoken.number(reader.language, max(1, minutes))}


def _next_shift(reader: Reader) -> Values:
    begins = reader.house.region.next_shift(reader.now)
    if begins is None:
        return {"waiting.wait": "nobody_untimed"}
    return {"waiting.wait": "nobody", "time": spoken.moment(reader.language, begins, reader.now)}


async def _told(reader: Reader, _case: Case) -> Values:
    """Who can now read what she wrote: where nobody is there it is not said that somebody is."""
    there = await known.on_duty_at_all(reader.connection)
    return {} if there else {"danger.told": "danger.told_nobody"}


async def _hours(reader: Reader, _case: Case) -> Values:
    """What she chose of when we may write, said back: a slip of the thumb is seen at once."""
    chosen = reader.place.settings.get("when", ONLY_ME)
    if chosen == NEVER:
        return {"when.noted": "when.noted_never"}
    if chosen not in PARTS:
        return {}
    say = reader.house.words.say
    forms = {line: line for line in ("when.noted", "when.on", "when.outside", "when.first")}
    days = reader.place.settings.get("days", "every")
    return {**forms, "hours": say(reader.language, chosen), "days": say(reader.language, days)}


def _chosen(step: str, name: str, usual: str) -> Callable[[Reader, Case], Awaitable[Values]]:
    """The label of what she chose on a step, for the screen that notes it."""
    labels = {choice.value: choice.key for choice in STEPS[step].choices() if choice.value.startswith(f"{name}=")}

    async def after(reader: Reader, _case: Case) -> Values:
        key = labels[f"{name}={reader.place.settings.get(name, usual)}"]
        return {"after": reader.house.words.say(reader.language, key)}

    return after


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
        "days": " – ".join(dict.fromkeys(spoken.long_day(reader.language, at) for at in (first, last))),
        "day": spoken.long_day(reader.language, until),
    }


async def _data_show(reader: Reader, case: Case) -> Values:
    """What her half opens of what she wrote and answered."""
    nothing = reader.house.words.say(reader.language, "data.nothing")
    return {"words": await kept_lines.shown(reader, case) or nothing}


_STEPS: Mapping[str, Callable[[Reader, Case], Awaitable[Values]]] = {
    "menu": _menu,
    "needs.found": _needs_found,
    "sos": _sos,
    "heard": _heard,
    "heard_first": _heard,
    "refused": _refused,
    "waiting": _waiting,
    **dict.fromkeys(WORDS, _examples),
    "talking": _talking,
    **dict.fromkeys(("danger", "neck.emergency", "asq.now"), _told),
    "when_done": _hours,
    "timer_done": _chosen("timer", "timer", "60"),
    "keep_done": _chosen("keep", "keep", "30"),
    "data": _data,
    "data_show": _data_show,
}


async def values_for(reader: Reader, step: str) -> Values:
    """The values of a step's lines, and which of several forms is true now."""
    forms = {**forms_of(STEPS[step], reader.place, reader.now), **plan_lines.values_of(reader, step)}
    make = _STEPS.get(step)
    return forms if make is None or reader.case is None else {**forms, **await make(reader, reader.case)}
