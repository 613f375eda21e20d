"""The nouns of a region: districts, numbers, shifts, services and the decoy, all frozen."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from dialogs.letters import fold
from dialogs.statements import Statements


@dataclass(frozen=True, slots=True)
class District:
    """A district or city: an id that never changes, and what became of it when borders were redrawn."""

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    pilot: bool
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    merged_into: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number with where it was seen and when; it is shown only when its verdict is `ship`."""

    id: str
    number: str
    who: str
    source: str
    as_of: datetime.date
    verdict: str
    reviewed_by: str
    reviewed_on: datetime.date | None

    @property
    def ships(self) -> bool:
        """Whether a survivor may be shown it."""
        return self.verdict == "ship"


@dataclass(frozen=True, slots=True)
class Shift:
    """A weekly shift in local time; one that ends at or before its start runs into the next day."""

    days: tuple[int, ...]
    starts: datetime.time
    ends: datetime.time


@dataclass(frozen=True, slots=True)
class Service:
    """A place that receives referrals: never an address, never a person's name."""

    id: str
    kind: str
    names: Mapping[str, str]
    districts: tuple[str, ...]
    languages: tuple[str, ...]
    always: bool
    access: tuple[str, ...]
    practice: bool

    def name(self, language: str) -> str:
        """Its name in a language, or in the first one it has."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class Dish:
    """One entry of the decoy.

    `kind` is one of the book's kinds, `also` what else it is looked for by, `needs` what goes into it: an amount in
    braces is for four portions.
    """

    title: str
    kind: str
    also: tuple[str, ...]
    needs: tuple[str, ...]
    steps: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Everything it says or is looked for by."""
        yield from (self.title, *self.also, *self.needs, *self.steps)


@dataclass(frozen=True, slots=True)
class Decoy:
    """What the bot is when it is not the hotline, in one language.

    `tongue` is the language's own name, `kinds` the headings of the dishes in the book's order, `ideas` words that fit
    the book and that it has no dish for: examples for the words a survivor chooses. `reviewed_by` is empty while no
    native reader has read it.
    """

    language: str
    tongue: str
    name: str
    about: tuple[str, ...]
    nothing: str
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    ideas: tuple[str, ...]
    exit_words: tuple[str, ...]
    first_lines: tuple[str, ...]
    dishes: tuple[Dish, ...]
    reviewed_by: str = ""

    def texts(self) -> Iterator[str]:
        """Everything it can say."""
        yield from (self.tongue, self.name, *self.about, self.nothing, *self.labels.values(), *self.kinds.values())
        yield from (*self.ideas, *self.exit_words, *self.first_lines)
        for dish in self.dishes:
            yield from dish.texts()


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that differs by region, frozen."""

    id: str
    names: Mapping[str, str]
    zone: ZoneInfo
    languages: tuple[str, ...]
    districts: tuple[District, ...]
    numbers: Mapping[str, Number]
    shifts: tuple[Shift, ...]
    services: tuple[Service, ...]
    decoys: Mapping[str, Decoy]
    statements: Statements
    recordings: Mapping[tuple[str, str], Path] = field(default_factory=dict)

    def recording(self, step: str, language: str) -> Path | None:
        """Where a step's recording in a language lies; Uzbek sounds the same in either letters."""
        found = self.recordings.get((language, step))
        return found or (self.recordings.get(("uz", step)) if language == "uz_Cyrl" else None)

    def decoy(self, language: str) -> Decoy:
        """The decoy of a language, or of the region's first language that has one."""
        found = self.decoys.get(language)
        return found or next(self.decoys[code] for code in (*self.languages, *self.decoys) if code in self.decoys)

    def offered(self, complete: tuple[str, ...]) -> tuple[str, ...]:
        """The languages to offer here, in the region's order: its own ones whose words are complete."""
        return tuple(code for code in self.languages if code in complete)

    def said(self) -> Mapping[str, str]:
        """The numbers that may be shown, by name, as values for the texts."""
        return {number.id: number.number for number in self.numbers.values() if number.ships}

    def service(self, service_id: str) -> Service | None:
        """The service of an id."""
        return next((service for service in self.services if service.id == service_id), None)

    def exit_words(self) -> frozenset[str]:
        """The words that lead out from every state, of all languages, folded."""
        return frozenset(fold(word) for decoy in self.decoys.values() for word in decoy.exit_words)

    def next_shift(self, now: datetime.datetime) -> datetime.datetime | None:
        """When the next shift of the roster's template begins after `now` (aware), in local time."""
        here = now.astimezone(self.zone)
        starts = (
            datetime.datetime.combine(here.date() + datetime.timedelta(days=ahead), shift.starts, self.zone)
            for ahead in range(8)
            for shift in self.shifts
            if (here.weekday() + ahead) % 7 in shift.days
        )
        return min((start for start in starts if start > here), default=None)
