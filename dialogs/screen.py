"""The screen: one message as she sees it, built from a step, a language and the region, ready for any front."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dialogs.apart import asked_at
from dialogs.engine import STEPS
from dialogs.flows.footer import LISTEN, footer, keyboard
from dialogs.flows.road import LIVE, SETTLED
from dialogs.guessing import first
from dialogs.kinds import Choice, Effect, Step
from dialogs.lines import keys_of, lines_of
from dialogs.manner import AS_USUAL, Manner
from dialogs.region import Region
from dialogs.words import Catalogs

# Telegram's limit on the data of an inline button, in bytes of UTF-8.
DATA_BYTES: Final = 64
# Marks a label's form for a screen reader, which reads it alone: everywhere, or (step.button) on one step.
ALOUD: Final = "~aloud"

_FIRST: Final = ("first.dish", "first.list", "first.menu", "first.bread")
_DATA = re.compile(r"([a-z0-9_.]{1,40}):([A-Za-z0-9_]{1,24})(?::([A-Za-z0-9_.\-]{1,40}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says and what comes back when it is tapped."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: the dull line that a locked screen may show, the lines behind it, and the rows of buttons.

    `inside` says that the body must stay hidden until it is opened (a spoiler) and out of previews; `asked` is where in
    the body a question stands that is set apart, or 0.
    """

    first: str
    body: tuple[str, ...]
    rows: tuple[tuple[Button, ...], ...]
    inside: bool
    asked: int = 0

    def text(self) -> str:
        """The message: the dull line, and what stands behind it, with the question set apart from what leads to it."""
        first, apart = ((self.first,) if self.first else ()), (("",) if self.asked else ())
        return "\n".join((*first, *self.body[: self.asked], *apart, *self.body[self.asked :]))

    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order: the order in which a typed number counts them."""
        return tuple(button for row in self.rows for button in row)


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a button's data says: the step it stood under, the choice, and what the choice is about."""

    step: str
    choice: str
    arg: str = ""


def parse_data(data: str) -> Tapped | None:
    """The data of a tapped button, or None for what no keyboard of ours carries. Never raises."""
    found = _DATA.fullmatch(data) if len(data) <= DATA_BYTES else None
    return Tapped(found[1], found[2], found[3] or "") if found else None


def first_line(language: str, catalogs: Catalogs, region: Region, turn: int) -> str:
    """A dull first line: the region's own for its decoy, or the shared ones, in turn."""
    own = region.decoy(language).first_lines if language in region.decoys else ()
    return own[turn % len(own)] if own else catalogs.say(language, _FIRST[turn % len(_FIRST)])


def asked_in(step: Step, language: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """The offered languages in the order of a screen: before she has chosen, the likely one comes first."""
    return offered if step.inside else first(language, offered)


def rows_of(step: Step, only: tuple[str, ...], *, listens: bool = False) -> tuple[tuple[Choice, ...], ...]:
    """The rows of a step with only the offered languages, in that order; `listens` puts the recording before the last
    row, which is always the way out."""
    rows = keyboard(step)
    if listens:
        rows = (*rows[:-1], (LISTEN,), rows[-1])
    languages = {choice.value: row for row in rows for choice in row if choice.effect is Effect.LANGUAGE}
    others = tuple(row for row in rows if row not in languages.values())
    return (*(languages[code] for code in only if code in languages), *others)


def listens(step: Step, language: str, region: Region, manner: Manner) -> bool:
    """Whether a recording of this screen is offered: where the region has one in her language, and she hears."""
    return step.inside and not manner.text_only and region.recording(step.id, language) is not None


def label_keys(step: Step, choice: Choice) -> tuple[str, str]:
    """The keys under which a label for a screen reader may stand: on this step alone, and everywhere."""
    return f"{step.id}.{choice.id}{ALOUD}", f"{choice.key}{ALOUD}"


def label(step: Step, choice: Choice, language: str, catalogs: Catalogs, manner: Manner) -> str:
    """What a button says; to a screen reader what makes sense without the text above it."""
    aloud = label_keys(step, choice) if manner.aloud and step.inside else ()
    return catalogs.say(language, next((key for key in aloud if key in catalogs.english), choice.key))


def _data(step: Step, choice: Choice, arg: str) -> str:
    data = f"{step.id}:{choice.id}:{arg}" if arg else f"{step.id}:{choice.id}"
    if len(data.encode()) > DATA_BYTES:
        raise ValueError(f"the data of {step.id}:{choice.id} is over {DATA_BYTES} bytes")
    return data


def render(
    step_id: str,
    language: str,
    catalogs: Catalogs,
    region: Region,
    *,
    values: Mapping[str, str] | None = None,
    first: str = "",
    only: tuple[str, ...] | None = None,
    arg: str = "",
    manner: Manner = AS_USUAL,
) -> Screen:
    """The screen of a step.

    `values` fills the placeholders that the region's numbers do not; a value named as a line with several forms
    (`waiting.wait`) says which form is true now. `first` is the dull line (`first_line`), `only` the languages to offer
    (those of the region that are complete), `arg` rides in the data of the step's own buttons (which referral is asked
    about), `manner` is how she reads: the greeting, which anybody may see, takes no notice of it. A line that is not
    signed for this deployment, or lacks a law or a number, is left out and the step's neutral sentence said once. The
    greeting says its line once in each offered language, hers or the guessed one first.
    """
    step = STEPS[step_id]
    manner = manner if step.inside else AS_USUAL
    offered = asked_in(step, language, region.offered(catalogs.offered) if only is None else only)
    own = {choice.id for choice in step.choices()}

    def button(choice: Choice) -> Button:
        data = _data(step, choice, arg if choice.id in own else "")
        return Button(label(step, choice, language, catalogs, manner), data)

    given = rows_of(step, offered, listens=listens(step, language, region, manner))
    settled = {SETTLED[key] for key in keys_of(step, values or {}) if key in SETTLED}
    rows = tuple(tuple(map(button, row)) for row in given if row[0].id not in settled)
    lines = lines_of(step, language, catalogs, region, values or {}, offered, manner)
    asked = asked_at(step, lines)
    if manner.aloud:
        lines = (*lines, *_in_words(step, rows))
    return Screen(first, lines, rows, step.inside and not manner.plain, asked)


def _in_words(step: Step, rows: tuple[tuple[Button, ...], ...]) -> tuple[str, ...]:
    """The buttons once more, as lines: some apps do not read buttons, and a number or a label may be typed.

    Where a person reads along, a bare number is said to that person: there the labels alone are listed.
    """
    labels = enumerate((button.label for row in rows for button in row), 1)
    return tuple(name if step.id in LIVE else f"{place} - {name}" for place, name in labels)


def foot(step: Step, language: str, catalogs: Catalogs, manner: Manner, arg: str) -> tuple[tuple[Button, ...], ...]:
    """The ways that every screen has, alone: for under what is no screen."""
    return tuple(
        tuple(Button(label(step, choice, language, catalogs, manner), _data(step, choice, arg)) for choice in row)
        for row in footer(replace(step, rows=()))
    )


def as_text(screen: Screen) -> str:
    """The screen for a terminal: the first line, the lines, and the buttons with the numbers that may be typed."""
    numbers = {button: place for place, button in enumerate(screen.buttons(), 1)}
    rows = ("  ".join(f"[{numbers[button]}] {button.label}" for button in row) for row in screen.rows)
    return "\n".join((*((screen.first, "") if screen.first else ()), *screen.body, "", *rows))
