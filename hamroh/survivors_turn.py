"""A turn of a random survivor as values: what happened, how she stood before it, and what became of it."""

from dataclasses import dataclass, field
from typing import Final

from dialogs.kinds import Choice
from hamroh.survivors_sight import Sight, step_of_call
from practice.telegram import Tap

# Screens that say how it stands with a person, and those that come before she is safe.
WITH_A_PERSON: Final = frozenset({"waiting", "left_words", "talking", "breathing"})


BEFORE_SAFE: Final = frozenset({"greet", "safe_now"})


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happened. `by` is she, desk or time; `choice` what a tapped button of `step` stands for, `sent`
    the message she wrote, `mark` the word in it that is found again wherever it goes."""

    by: str
    kind: str
    text: str = ""
    choice: Choice | None = None
    step: str = ""
    sent: int = 0
    mark: str = ""
    taps: tuple[Tap, ...] = ()


@dataclass(slots=True)
class Standing:
    """How she stands, as she herself would know it: `out` of the talk and in the book, `silent` for so many minutes.

    `left_after` is the newest message id when she left. `private` are marks of words that no person may read
    before her yes, `never` of those she typed into the book; `answered` are the questions that she has answered.
    """

    language: str = ""
    out: bool = False
    blocked: bool = False
    erased: bool = False
    storm: bool = False
    silent: int = 0
    paused: bool = False
    hours: bool = False
    met: bool = False
    left_after: int = 0
    agreed: bool = False
    private: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    desk_marks: set[str] = field(default_factory=set)
    validated: int = -10
    turns: int = 0
    answered: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Turn:
    """A deed and what became of it: the screen and the case's state before, and what the journal says since."""

    deed: Deed
    sight: Sight
    since: int
    stood: str
    state: str
    before: Standing
    now: Standing

    def said(self) -> list[str]:
        """The screens that were put on her phone."""
        return [step_of_call(entry) for entry in self.sight.said(self.since)]
