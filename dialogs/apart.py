"""Where a question stands that must not be lost in a longer text: it is set apart from what leads to it."""

from collections.abc import Sequence
from typing import Final

from dialogs.kinds import Step

# Up to so many lines a question is not lost, unless what leads to it is longer than so many letters.
_SHORT: Final = 2
_LONG: Final = 80


def asked_at(step: Step, lines: Sequence[str]) -> int:
    """The place of the last question among the lines, to be set apart there with what belongs to it; 0 for none.

    It need not be the last line: how to answer, or a number to call, may stand under it.
    """
    if not step.inside:
        return 0
    at = max((place for place, line in enumerate(lines) if "?" in line), default=0)
    lost = len(lines) > _SHORT or sum(map(len, lines[:at])) > _LONG
    return at if lost else 0
