"""The nouns of a conversation: steps, choices, forks and effects, all frozen data.

A flow is a tuple of steps. Every way out of a step is a value in it, so that the same data can be walked by the engine,
checked for dead ends, drawn, and turned into the translators' template. No wording stands here: a key names the
message context of the catalogs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Effect(StrEnum):
    """What a tap causes beside showing the next screen; reception carries it out in the same commit."""

    LANGUAGE = "language"
    SAFE = "safe"
    EXIT = "exit"
    DANGER = "danger"
    CONSENT = "consent"
    REFUSE = "refuse"
    STOP_WAITING = "stop_waiting"
    ANSWER = "answer"
    SCORE = "score"
    ANEW = "anew"
    EMERGENCY = "emergency"
    ERASE = "erase"
    CLEAR = "clear"
    SHARE = "share"
    KEEP = "keep"
    SET = "set"
    MEET = "meet"
    LISTEN = "listen"
    NEEDS = "needs"
    PUT = "put"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Fork:
    """A place where the way depends on something known outside the conversation: every way is listed."""

    question: str
    to: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: where it leads, what it causes, and the answer it stands for."""

    id: str
    to: str | Fork
    effect: Effect | None = None
    value: str = ""
    label: str = ""

    @property
    def key(self) -> str:
        """The catalog key of the label: the phrase bank's id, where nothing else is said."""
        return self.label or self.id

    def targets(self) -> tuple[str, ...]:
        """Every step this choice may lead to."""
        return (self.to,) if isinstance(self.to, str) else tuple(self.to.to.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: its sentences (catalog keys, a line each) and its rows of buttons.

    `inside` screens carry the footer (danger, a person, back, leave now); the greeting and the decoy do not.
    `back` names the step that Back leads to. A `question` is a screen that asks for an answer, `item` what it answers.
    `neutral` is the sentence that stands for what is not signed, or not known, where she is.
    """

    id: str
    text: tuple[str, ...]
    rows: tuple[tuple[Choice, ...], ...] = ()
    back: str = "menu"
    inside: bool = True
    question: bool = False
    item: str = ""
    neutral: str = ""

    def choices(self) -> tuple[Choice, ...]:
        """All of the step's own buttons, in reading order."""
        return tuple(choice for row in self.rows for choice in row)


@dataclass(frozen=True, slots=True)
class Place:
    """Where she stands: kept sealed to her half of the case, read and written with her row locked.

    `told` holds what was said once and is not said again, `answers` the screening's items as the instruments name them,
    `settings` what she set for herself (hours, timer, hashes of her words), `before` the step that a detour (another
    language, a pause) returns to, `moments` when (UTC) she answered what ages with the hours. `plan` is her
    safety plan, by item: the id of an answer, or a few words of her own behind `own:`.
    """

    language: str = ""
    step: str = "greet"
    answers: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    moments: Mapping[str, str] = field(default_factory=dict)
    plan: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """As plain JSON, for sealing."""
        return {
            "language": self.language,
            "step": self.step,
            "answers": dict(self.answers),
            "told": sorted(self.told),
            "settings": dict(self.settings),
            "before": self.before,
            "moments": dict(self.moments),
            "plan": dict(self.plan),
        }

    def written(self) -> bytes:
        """The place as bytes, for sealing."""
        return json.dumps(self.to_json(), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Place":
        """The place again from what `to_json` gave; a field that an older version did not know takes its default."""
        told = kept.get("told")
        return cls(
            language=str(kept.get("language", "")),
            step=str(kept.get("step", "greet")),
            answers=_texts(kept.get("answers")),
            told=frozenset(str(fact) for fact in told) if isinstance(told, list) else frozenset(),
            settings=_texts(kept.get("settings")),
            before=str(kept.get("before", "")),
            moments=_texts(kept.get("moments")),
            plan=_texts(kept.get("plan")),
        )


def _texts(kept: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
