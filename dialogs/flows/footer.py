"""What every screen inside carries at its foot, in the same place with the same words: danger, a person, back, out."""

from dialogs.kinds import Choice, Effect, Fork, Step

DECOY = "decoy"

EXIT = Choice("exit", DECOY, Effect.EXIT)
DANGER = Choice("danger", "danger", Effect.DANGER)
# Whoever is under 18 is told the limits, and asked, in words of her own.
TO_A_PERSON = Fork(
    "person",
    {"ask": "limits", "young": "limits_young", "agreed": "waiting", "waiting": "waiting", "talking": "talking"},
)
PERSON = Choice("person", TO_A_PERSON)


# Under a screen that was recorded in her language: it says the screen, and leads nowhere.
LISTEN = Choice("listen", "", Effect.LISTEN)

# She is being asked about a person, waits for one, or has one.
_PERSON_IS_NEAR = frozenset({"limits", "limits_young", "waiting", "talking"})


def footer(step: Step) -> tuple[tuple[Choice, ...], ...]:
    """The last rows of a step's keyboard; the exit row is always the last, so that a thumb finds it blind.

    Outside the hotline (the greeting) only the way out is offered: its words must give nothing away.
    """
    if not step.inside:
        return ((EXIT,),)
    own = {choice.id for choice in step.choices()}
    danger = () if "danger" in own or step.id == "danger" else ((DANGER,),)
    person = () if "person" in own or step.id in _PERSON_IS_NEAR else (PERSON,)
    back = () if step.back == step.id else (Choice("back", step.back),)
    middle = (person + back,) if person + back else ()
    return (*danger, *middle, (EXIT,))


def keyboard(step: Step) -> tuple[tuple[Choice, ...], ...]:
    """All rows of a step: its own, then the footer."""
    return step.rows + footer(step)
