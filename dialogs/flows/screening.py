"""The risk screening as a flow: age, whose violence, then the six questions of who-immediate, one a screen.

Order and gates are those of the instrument: under 18, or violence by someone other than a partner, gets no items but a
person. Before the items and after three of them she is asked whether to go on: never more than three in a row. A yes
to strangling is answered at once, and the questions on it come before any other (following.py).
"""

from dialogs.flows.plan_table import PLAN
from dialogs.kinds import Choice, Effect, Fork, Step

RESULT = Fork("screened", {"high": "who.high", "ordinary": "who.other", "not_screened": "who.none"})

# Her way to answer anew: nothing of `ONCE` is asked a second time otherwise.
ANEW = Choice("anew", "whose", Effect.ANEW)

ITEMS = ("worse_6_months", "weapon", "strangled", "could_kill_you", "beaten_pregnant", "violently_jealous")
AFTER_ITEM: dict[str, str | Fork] = {
    "worse_6_months": "who.weapon",
    "weapon": "who.strangled",
    "strangled": "who.pause",
    "could_kill_you": "who.beaten_pregnant",
    "beaten_pregnant": "who.violently_jealous",
    "violently_jealous": RESULT,
}


def _ends(to: str | Fork) -> Effect:
    return Effect.SCORE if isinstance(to, Fork) else Effect.ANSWER


def _item(name: str) -> Step:
    to = AFTER_ITEM[name]
    effect = _ends(to)
    yes = "who.neck" if name == "strangled" else to
    pregnant = ((Choice("never_pregnant", to, effect, "na"),),) if name == "beaten_pregnant" else ()
    return Step(
        f"who.{name}",
        (f"who.{name}",),
        (
            (Choice("yes", yes, effect, "yes"), Choice("no", to, effect, "no")),
            *pregnant,
            (Choice("dont_know", to, effect, "unknown"), Choice("skip", to, effect, "")),
            (Choice("nosay", to, effect, "refused"), Choice("stop", RESULT, Effect.SCORE, "stop")),
        ),
        question=True,
        item=name,
    )


AGE = Step(
    "age",
    ("screening.why", "noduty", "age"),
    (
        (Choice("yes", "whose", Effect.ANSWER, "adult"), Choice("no", "minor", Effect.ANSWER, "minor")),
        (Choice("nosay", "whose", Effect.ANSWER, "refused"), Choice("skip", "whose", Effect.ANSWER, "")),
        (Choice("stop", "menu", Effect.ANSWER, ""),),
    ),
    question=True,
    item="age",
)

WHOSE = Step(
    "whose",
    ("whose",),
    (
        (Choice("partner", "who.begin", Effect.ANSWER, "partner"),),
        (
            Choice("family", "not_partner", Effect.ANSWER, "family"),
            Choice("other", "not_partner", Effect.ANSWER, "other"),
        ),
        (Choice("nosay", "not_partner", Effect.ANSWER, "refused"), Choice("skip", "not_partner", Effect.ANSWER, "")),
        (Choice("stop", "menu", Effect.ANSWER, ""),),
    ),
    back="age",
    question=True,
    item="whose",
)

MINOR = Step(
    "minor",
    ("minor.right", "minor.limits", "minor.call", "minor.offer"),
    (
        (Choice("goon", "minor.hurt"),),
        (Choice("read", "read.minor"), Choice("menu", "menu")),
    ),
)
TO_A_GROWN_UP = Fork("grown_up", {"ask": "limits_young", "waiting": "waiting", "talking": "talking"})
# Two questions and no more: whether she is being hurt, and (the limits and her yes) whether a grown-up may write.
MINOR_HURT = Step(
    "minor.hurt",
    ("minor.hurt",),
    (
        (
            Choice("yes", "danger", Effect.DANGER, "immediate_danger"),
            Choice("no", TO_A_GROWN_UP, Effect.ANSWER, "no"),
        ),
        (
            Choice("nosay", TO_A_GROWN_UP, Effect.ANSWER, "refused"),
            Choice("skip", TO_A_GROWN_UP, Effect.ANSWER, ""),
        ),
        (Choice("stop", "menu", Effect.ANSWER, ""),),
    ),
    back="minor",
    question=True,
    item="hurt",
)
NOT_PARTNER = Step(
    "not_partner",
    ("not_partner.counts", "not_partner.offer"),
    ((Choice("read", "read.relatives"), Choice("menu", "menu")), (ANEW,)),
)

NECK = Step(
    "who.neck",
    ("doctor", "neck.ambulance", "neck.person", "neck.why"),
    (
        (Choice("goon", "neck.first"), Choice("stop", RESULT, Effect.SCORE, "")),
        (Choice("neck_page", "read.strangled", label="strangled.page"),),
    ),
    neutral="strangled.neutral",
)

BEGIN = Step(
    "who.begin",
    ("begin.how", "begin.ask"),
    ((Choice("goon", "who.worse_6_months"), Choice("stop", RESULT, Effect.SCORE, "")),),
    back="whose",
    question=True,
)

PAUSE = Step(
    "who.pause",
    ("slow", "pause.ask"),
    ((Choice("goon", "who.could_kill_you"), Choice("stop", RESULT, Effect.SCORE, "")),),
    question=True,
)

HIGH = Step("who.high", ("high.serious", "decide", "high.offer"), ((PLAN,), (ANEW, Choice("menu", "menu"))))
OTHER = Step("who.other", ("other.thanks", "other.still", "other.offer"), ((PLAN,), (ANEW, Choice("menu", "menu"))))
NONE = Step("who.none", ("none.fine", "other.offer"), ((PLAN,), (ANEW, Choice("menu", "menu"))))

# Asked once in a case: what she answered is passed by, unless she goes back to it or begins anew.
ONCE = frozenset({"whose", *ITEMS})
# She has said that she goes on, when one of these is answered.
AGREED = {BEGIN.id: ITEMS, PAUSE.id: ITEMS[3:]}

STEPS = (
    AGE, WHOSE, MINOR, MINOR_HURT, NOT_PARTNER, BEGIN, *(_item(name) for name in ITEMS), NECK, PAUSE, HIGH, OTHER, NONE,
)  # fmt: skip
