"""Listening: a recording of a screen, where the region has one in her language, sent when she asks for it.

It is a message like any other: in the ledger, silent, protected, gone with the rest when she leaves.
"""

from typing import Final

from dialogs.engine import STEPS, NoSuchMoveError
from dialogs.screen import foot, listens
from triage.reader import Composed, Over, Reader, Recorded
from triage.talk import Talk

# In the data of the buttons under a recording: there is no text there that a screen could take the place of.
UNDER: Final = "heard"


async def listen(talk: Talk, step: str) -> None:
    """The recording of a screen; raises NoSuchMoveError where there is none for her."""
    known = STEPS.get(step)
    if known is None or not listens(known, talk.place.language, talk.house.region, talk.manner):
        raise NoSuchMoveError
    await talk.order("recording", params={"step": step})


async def recorded(reader: Reader) -> Composed:
    """The recording of a screen, with the ways that every screen has under it."""
    step = STEPS[str(reader.due.order.params["step"])]
    house = reader.house
    found = house.region.recording(step.id, reader.language)
    if reader.case is None or found is None:
        return Over("erased" if reader.case is None else "no recording")
    return Recorded(found.read_bytes(), foot(step, reader.language, house.words, reader.manner, UNDER), reader.case.id)
