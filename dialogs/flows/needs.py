"""What she needs to take part, for a referral's sake alone: the Washington Group's six questions, all to be skipped.

The questions and the four answers are the Short Set's, in its order and wording; what stands around them is ours. Asked
when the counsellor proposes it; the needs that follow are shown to her, and go nowhere without her yes.
"""

from typing import Final

from dialogs.flows.road import GO_ON
from dialogs.kinds import Choice, Effect, Step

# The Short Set's domains, in its order.
DOMAINS: Final = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
_FOUND: Final = "needs.found"
_HALF: Final = 3

PAUSE = Step(
    "needs.pause",
    ("slow", "pause.ask"),
    ((Choice("goon", f"needs.{DOMAINS[_HALF]}"), Choice("stop", _FOUND, Effect.ANSWER, "")),),
    back="needs.why",
    question=True,
)


def _after(place: int) -> str:
    """The next question; after three of them whether to go on, after all what was found."""
    if place + 1 == len(DOMAINS):
        return _FOUND
    return PAUSE.id if place + 1 == _HALF else f"needs.{DOMAINS[place + 1]}"


def _domain(place: int, name: str) -> Step:
    to = _after(place)

    def level(number: int) -> Choice:
        return Choice(f"wg_{number}", to, Effect.ANSWER, str(number))

    return Step(
        f"needs.{name}",
        (f"wg.{name}",),
        (
            (level(1),),
            (level(2),),
            (level(3),),
            (level(4),),
            (Choice("dont_know", to, Effect.ANSWER, "unknown"), Choice("skip", to, Effect.ANSWER, "")),
            (Choice("nosay", to, Effect.ANSWER, "refused"), Choice("stop", _FOUND, Effect.ANSWER, "")),
        ),
        back="needs.why",
        question=True,
        item=f"wg.{name}",
    )


WHY = Step(
    "needs.why",
    ("needs.why", "needs.only", "needs.shown", "noduty"),
    ((Choice("goon", f"needs.{DOMAINS[0]}"),), (Choice("skip", GO_ON),)),
    back="needs.why",
)

FOUND = Step(
    _FOUND,
    ("needs.list", "needs.also", "can_refuse", "needs.ask"),
    ((Choice("agree", GO_ON, Effect.NEEDS, "yes"), Choice("disagree", GO_ON, Effect.NEEDS, "no")),),
    back="needs.why",
    question=True,
)

STEPS = (WHY, *(_domain(place, name) for place, name in enumerate(DOMAINS)), PAUSE, FOUND)
