"""What follows a yes: signs after pressure on the neck, and five questions on thoughts of dying; both end at once.

Few questions: a sign is tapped in a list, and the first one ends the asking. Each may be skipped or stopped, a person
and the numbers stand beside all of them, and what is found is told without a number.
"""

from typing import Final

from dialogs.flows.footer import PERSON
from dialogs.flows.plan_table import PLAN
from dialogs.kinds import Choice, Effect, Fork, Place, Step

# The instrument's signs in its order, and the two screens that list them: what is most urgent stands first.
SIGNS: Final = {
    "neck.first": ("lost_consciousness", "breathing", "voice", "swallowing", "incontinence"),
    "neck.second": ("neck", "vision_hearing", "neuro", "red_spots"),
}
NONE: Final = "none"
PREGNANT: Final = "neck.pregnant"
ASQ: Final = ("wish_dead", "better_off_dead", "thoughts_week", "ever_attempt")
NOW: Final = "thoughts_now"
# The screens that end an instrument: whoever comes to one has been asked what was to be asked.
ENDS: Final = {
    "neck.emergency": "strangulation",
    "neck.today": "strangulation",
    "asq.now": "asq",
    "asq.today": "asq",
    "asq.other": "asq",
}
# The flag under which an answer that cannot wait hands over.
FLAG_OF: Final = {"neck.emergency": "strangulation", "asq.now": "suicidal"}

_ON: Final = {"neck.first": "neck.second", "neck.second": PREGNANT}
_MORE = Choice("more", "read.suicide.2", label="suicide.more")
_LATER: Final = Fork("asq_now", {"ask": f"asq.{NOW}", "other": "asq.other", "today": "asq.today"})


def told(question: str, place: Place) -> str:
    """The way after the four: no to all ends it, a yes or a refusal asks the fifth; "" for every other question."""
    if question != _LATER.question:
        return ""
    given = [place.answers.get(f"asq.{item}", "") for item in ASQ]
    if {"yes", "refused"} & set(given):
        return "ask"
    return "other" if set(given) == {"no"} else "today"


def _ways_out(to: str | Fork, stop: str) -> tuple[tuple[Choice, ...], ...]:
    return (
        (Choice("dont_know", to, Effect.ANSWER, "unknown"), Choice("skip", to, Effect.ANSWER, "")),
        (Choice("nosay", to, Effect.ANSWER, "refused"), Choice("stop", stop, Effect.ANSWER, "")),
    )


def _signs(name: str, question: str) -> Step:
    to = _ON[name]
    signs = tuple(
        (Choice(sign, "neck.emergency", Effect.EMERGENCY, sign, label=f"neck.{sign}"),) for sign in SIGNS[name]
    )
    none = (Choice(NONE, to, Effect.ANSWER, NONE, label="neck.none"),)
    rows = (*signs, none, *_ways_out(to, "neck.today"))
    return Step(name, ("neck.means", question), rows, back="who.neck", question=True, item=name)


_TODAY = "neck.today"
NECK = (
    _signs("neck.first", "neck.ask"),
    _signs("neck.second", "neck.ask_more"),
    Step(
        PREGNANT,
        ("suicide.means", PREGNANT),
        (
            (
                Choice("yes", "neck.emergency", Effect.EMERGENCY, "yes"),
                Choice("no", _TODAY, Effect.ANSWER, "no"),
            ),
            *_ways_out(_TODAY, _TODAY),
        ),
        back="neck.second",
        question=True,
        item=PREGNANT,
    ),
    Step(
        "neck.emergency",
        ("neck.call", "neck.alone", "danger.told", "danger.limits", "tgcopy"),
        ((Choice("neck_page", "read.strangled", label="strangled.page"),), (Choice("menu", "menu"),)),
    ),
    Step(
        _TODAY,
        ("doctor", "neck.ambulance", "strangled.signs", "strangled.alone", "neck.person"),
        ((Choice("goon", "who.pause"), Choice("menu", "menu")), (PLAN,)),
        back="who.neck",
        neutral="strangled.neutral",
    ),
)

# Somebody is there who can ask; nobody is, and the program may.
HERE = Step(
    "person_first", ("suicide.thanks", "suicide.call", "asq.someone"), ((PERSON,), (_MORE,), (Choice("menu", "menu"),))
)
BEGIN = Step(
    "asq.begin",
    ("suicide.thanks", "suicide.call", "asq.why"),
    ((PERSON,), (Choice("goon", f"asq.{ASQ[0]}"), Choice("skip", "menu")), (_MORE,)),
)
PAUSE = Step(
    "asq.pause",
    ("slow", "asq.pause", "suicide.call"),
    ((Choice("goon", f"asq.{ASQ[3]}"), Choice("stop", "asq.today", Effect.ANSWER, "")),),
    back="asq.begin",
    question=True,
)


def _asked(item: str, to: str | Fork) -> Step:
    now = item == NOW
    yes = Choice("yes", "asq.now" if now else to, Effect.EMERGENCY if now else Effect.ANSWER, "yes")
    return Step(
        f"asq.{item}",
        # Never alone: a number in the same message, a person under it.
        (*(("suicide.means",) if now else ()), f"asq.{item}", "suicide.call"),
        ((yes, Choice("no", to, Effect.ANSWER, "no")), *_ways_out(to, "asq.today")),
        back="asq.begin",
        question=True,
        item=f"asq.{item}",
    )


_ASQ = (
    BEGIN,
    _asked(ASQ[0], f"asq.{ASQ[1]}"),
    _asked(ASQ[1], f"asq.{ASQ[2]}"),
    _asked(ASQ[2], PAUSE.id),
    PAUSE,
    _asked(ASQ[3], _LATER),
    _asked(NOW, "asq.today"),
    Step(
        "asq.now",
        ("suicide.call", "suicide.stay", "danger.told", "danger.limits", "tgcopy"),
        ((_MORE,), (Choice("menu", "menu"),)),
    ),
    Step("asq.today", ("asq.today", "suicide.call", "suicide.stay"), ((PERSON,), (_MORE, Choice("menu", "menu")))),
    Step("asq.other", ("other.thanks", "other.still", "other.offer"), ((PERSON,), (_MORE, Choice("menu", "menu")))),
)

STEPS = (*NECK, HERE, *_ASQ)
