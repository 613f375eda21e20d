"""What holds for every message that ever reaches a survivor's phone, checked over everything a story sent."""

from hamroh.discretion import SAID, Discretion
from hamroh.places import region_of
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import words

LANGUAGES = tuple(words().languages)


def indiscretions(hotline: Hotline) -> list[str]:
    """Everything that a message to a survivor's phone showed or left open in this hotline's life."""
    discretion = Discretion.of(words(), region_of(hotline.settings))
    return [
        f"{entry.method} {str(entry.params['text'])[:60]!r}: {fault}"
        for entry in hotline.telegram.telegram.journal.since(0)
        if entry.bot == SURVIVORS_BOT and entry.method in SAID
        for fault in discretion.faults(entry)
    ]
