"""The manner: how she reads here, as she set it for herself; every screen is made for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ON: Final = "yes"


@dataclass(frozen=True, slots=True)
class Manner:
    """Which of the ways of reading are on; all may be on at once.

    easy: the easy-read form of each sentence. aloud: a screen reader reads: labels that make sense alone, the choices
    once more in the text, a new message for each screen. text_only: she does not speak or hear, no call is left to her.
    plain: nothing is hidden until it is opened, because her screen reader does not open it.
    """

    easy: bool = False
    aloud: bool = False
    text_only: bool = False
    plain: bool = False


AS_USUAL: Final = Manner()


def manner_of(settings: Mapping[str, str]) -> Manner:
    """The manner that her settings say."""
    aloud = settings.get("aloud") == ON
    return Manner(
        easy=settings.get("easy") == ON,
        aloud=aloud,
        text_only=settings.get("text") == ON,
        plain=aloud and settings.get("plain") == ON,
    )
