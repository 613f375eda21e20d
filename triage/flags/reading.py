"""What a reading of her words is: the flags, how urgent they make the case, and which words said so."""

from dataclasses import dataclass
from typing import Literal

Flag = Literal[
    "immediate_danger",
    "threat_to_kill",
    "weapon",
    "strangulation",
    "suicidal",
    "child_at_risk",
    "medical_emergency",
    "sexual_violence",
    "confinement",
    "stalking",
    "minor",
    "perpetrator_writing",
]
Urgency = Literal["immediate", "high", "none"]

# The order in which a reading lists its flags: always this one.
FLAGS: tuple[Flag, ...] = (
    "immediate_danger",
    "threat_to_kill",
    "weapon",
    "strangulation",
    "suicidal",
    "child_at_risk",
    "medical_emergency",
    "sexual_violence",
    "confinement",
    "stalking",
    "minor",
    "perpetrator_writing",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that spoke: the rule's id and the stretch of text, in code points, end exclusive."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the talk so far adds to one message.

    risk_shown: screening or an earlier message showed risk; a very short or unreadable message is then high.
    bot_said: our own last words, taken out of hers before reading (people quote the question they answer).
    """

    risk_shown: bool = False
    bot_said: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The flags in the fixed order, the urgency, and the cues that explain them."""

    flags: tuple[Flag, ...] = ()
    urgency: Urgency = "none"
    why: tuple[Cue, ...] = ()
