"""What her own words are answered with, by the danger that was read in them and by who is there."""

from dialogs import young
from dialogs.spoken import speech
from triage.lifecycle import CaseState
from triage.standing import here
from triage.talk import ASKS_SAFE, Talk
from vault import known


async def answer_words(talk: Talk, *, amber: bool, dying: bool = False) -> None:
    if here(talk) in ASKS_SAFE:
        await talk.show(here(talk))
    elif talk.case.state == CaseState.TALKING:
        return
    elif talk.case.state == CaseState.WAITING:
        await talk.show("left_words")
    elif dying and not talk.knows("dying_answered"):
        talk.told("dying_answered")
        await talk.show(await _of_dying(talk))
    elif amber and not talk.knows("near_asked"):
        talk.told("near_asked")
        await talk.show("near_now")
    elif talk.knows("validated"):
        await talk.show("heard")
    else:
        talk.told("validated")
        await talk.show("heard_first")


async def _of_dying(talk: Talk) -> str:
    """Words of not wanting to live: a person who is there comes before the program's questions, which an adult may be
    asked where nobody is."""
    here_now = await known.on_duty(talk.connection, speech(talk.place.language or talk.case.language))
    return "person_first" if here_now or young.is_young(talk.place) else "asq.begin"
