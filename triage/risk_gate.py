"""Whether an instrument may be asked at all: permission, age, and who asks. Scoring never looks at this."""

from collections.abc import Collection
from enum import StrEnum

from triage.risk_instruments import Instrument, Permission, instruments


class Asker(StrEnum):
    """Who puts the questions: the bot, or a trained person."""

    BOT = "bot"
    PERSON = "person"


class Age(StrEnum):
    """What she said of her age, which is asked in these three words only."""

    UNDER_18 = "under_18"
    ADULT = "18_or_over"
    NOT_SAID = "not_said"


def asks(
    instrument: str,
    age: Age | int,
    permissions: Collection[str],
    *,
    by: Asker = Asker.BOT,
    minor: bool = False,
) -> bool:
    """Whether `by` may ask this instrument of somebody of this age; raises KeyError for no instrument of ours.

    age: what she said, or years where a person learned them. permissions: the packs for which the deployer states a
    permission. minor: a child's sign in her words (the flag `minor`), which outweighs what was said of age, whatever
    it was. An adult who would rather not say, without such a sign, may be asked what adults are asked.
    """
    one = instruments()[instrument]
    allowed = one.permission is Permission.FIT or instrument in permissions
    least = one.bot_from if by is Asker.BOT else one.person_from
    return allowed and least is not None and _years(age, minor=minor) >= least


def _years(age: Age | int, *, minor: bool) -> int:
    """The years to hold against an instrument's least age: 17 for a minor whose years nobody knows, 18 for an adult."""
    if isinstance(age, int):
        return min(age, 17) if minor else age
    return 17 if minor or age is Age.UNDER_18 else 18


def adults_only(one: Instrument) -> bool:
    """Whether nobody may ask it of a minor: then a minor's answers to it order nothing either."""
    return one.person_from is None or one.person_from >= 18
