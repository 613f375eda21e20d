"""A reader for tests of the flow: its word on a few lines is given; how the real one comes to it, others test."""

from triage.flags import Conversation, Cue, Flag, Reading
from triage.flags.reading import Urgency

AT_THE_DOOR = {
    "en": "he is breaking down the door now, he has a knife",
    "ru": "он сейчас ломает дверь, у него нож",
    "uz": "u hozir eshikda turibdi, pichoq bilan",
}
AMBER = {"en": "he said he would kill me one day", "ru": "он меня душил весной", "uz": "u meni oʻldiraman dedi"}
OTHER_READER = {
    "en": "who is this, why is my wife writing to you",
    "ru": "кто вы такие, что моя жена вам пишет",
    "uz": "kimsiz? xotinim sizga nima yozdi",
}

LIKE_DYING = "I want to know where I can sleep tonight"
# What only the second reader saw, by likeness.
_LIKE: dict[str, tuple[Flag, ...]] = {LIKE_DYING: ("suicidal",)}

_SAID: dict[str, tuple[tuple[Flag, ...], Urgency]] = {
    **dict.fromkeys(AT_THE_DOOR.values(), (("immediate_danger", "weapon"), "immediate")),
    "He said he would kill me.": (("threat_to_kill",), "high"),
    "I do not want to live.": (("suicidal",), "high"),
    AMBER["en"]: (("threat_to_kill",), "high"),
    AMBER["ru"]: (("strangulation",), "high"),
    AMBER["uz"]: (("threat_to_kill",), "high"),
    **dict.fromkeys(OTHER_READER.values(), (("perpetrator_writing",), "high")),
}


def given(text: str, *, state: Conversation | None = None) -> Reading:
    """The reading that is given for this line; of any other line nothing is said."""
    del state
    flags, urgency = _SAID.get(text, ((), "none"))
    if text in _LIKE:
        return Reading(_LIKE[text], "high", (Cue("second", 0, len(text)),))
    rule = "perp.given" if "perpetrator_writing" in flags else "given"
    return Reading(flags, urgency, tuple(Cue(rule, 0, len(text)) for _ in flags))
