"""Under 18: who is treated so, and what changes for her; in doubt she is treated as a child."""

from dialogs.kinds import Place

# Told by her own words, which outweigh what was tapped about her age.
BY_WORDS = "young_by_words"
FLAG = "minor"
# The screens of what the program asks adults only.
_FOR_ADULTS = ("who.", "neck.", "asq.")


def is_young(place: Place) -> bool:
    """Whether she said that she is under 18, or wrote as somebody who is."""
    return place.answers.get("age") == FLAG or BY_WORDS in place.told


def age_known(place: Place) -> str:
    """Whether her age is still to be asked: what she said once, or would not say, is not asked again."""
    if is_young(place):
        return "young"
    return "adult" if place.answers.get("age") in {"adult", "refused"} else "ask"


def not_for_her(place: Place, step: str) -> bool:
    """Whether a step is of the adults' instrument, which may not be put to her, nor an answer to it count."""
    return step.startswith(_FOR_ADULTS) and is_young(place)
