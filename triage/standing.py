"""Where she stands, and what a choice on a screen does: tapped, typed, or on an old keyboard."""

from dialogs.engine import NoSuchMoveError
from dialogs.flows.footer import LISTEN
from triage import effects, listening
from triage.lifecycle import CaseState
from triage.talk import ASKS_SAFE, Talk, once_more

# What may be answered before rule 1 is: the screens that show nothing of before, and whether a person may see what she
# writes.
_BEFORE_SAFE = ASKS_SAFE | {"limits", "limits_young"}


def here(talk: Talk) -> str:
    """Where she stands; before rule 1 is answered that is the question whether it is safe."""
    if not talk.knows("safe"):
        return "greet" if not talk.place.language or talk.place.step == "greet" else "safe_now"
    places = {CaseState.TALKING: "talking", CaseState.WAITING: "waiting"}
    return places.get(CaseState(talk.case.state), once_more(talk.place.step))


async def here_again(talk: Talk) -> None:
    """Where she stands, once more, as a new message."""
    talk.thumb = None
    await talk.show(here(talk))


async def greet(talk: Talk) -> None:
    """The neutral start: the greeting and the languages, whatever was before."""
    talk.untold("by_word")
    await talk.show("greet")


async def choose(talk: Talk, step: str, choice: str, arg: str = "") -> None:
    """One choice on one screen, tapped or typed; a button that no screen of ours has shows where she stands.

    Before rule 1 is answered an old keyboard is no way round it, but for what leads out, to a person, or cries danger.
    """
    try:
        if choice == LISTEN.id and (talk.knows("safe") or step in ASKS_SAFE):
            await listening.listen(talk, step)
        elif talk.knows("safe") or step in _BEFORE_SAFE or choice == "person" or effects.is_urgent(step, choice):
            await effects.carry_out(talk, step, choice, arg)
        else:
            await talk.show(here(talk))
    except NoSuchMoveError:
        await here_again(talk)
