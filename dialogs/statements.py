"""What a page states of law, medicine and safety: where each line comes from, who signed it, and if it may be said.

A line of law or medicine is said when it was seen in a source, or signed for this deployment, and everything it needs
has a value; else the page's neutral sentence stands in its place. Nothing is guessed.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class About(StrEnum):
    """What a statement is about; law and medicine are gated, advice on safety is not."""

    LAW = "law"
    MEDICINE = "medicine"
    SAFETY = "safety"


class Why(StrEnum):
    """Why a statement is off."""

    UNSIGNED = "unsigned"
    NO_VALUE = "no value"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read. Mark: S seen in it, K known from a published standard, D decided by the hotline,
    ? unsure, which says nothing. `as_of` is the source's own date, where it has one.
    """

    id: str
    says: str
    mark: str
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Law:
    """One question that the law decides: what was seen (`seen`, for the staff and reviewers), or the sentences that a
    deployment's lawyer wrote (`words`, by language). Without either it has no value.
    """

    key: str
    asks: str
    seen: str = ""
    sources: tuple[Source, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's name under statements: by their ids, or all of a mark."""

    signed_by: str
    signed_on: datetime.date
    marks: tuple[str, ...]
    statements: tuple[str, ...]

    def covers(self, statement: "Statement") -> bool:
        """Whether this name stands under that statement."""
        return statement.id in self.statements or statement.mark in self.marks


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a page; its id is its key in the catalogs. `act` says that it tells what to do now, `clock` which
    clock's window it speaks of, `needs` the LAW: and NUM: keys without which it is not said.
    """

    id: str
    page: str
    about: About
    sources: tuple[Source, ...]
    needs: tuple[str, ...]
    checked_on: datetime.date
    review_by: datetime.date
    act: bool = False
    clock: str = ""

    @property
    def mark(self) -> str:
        """The best of its sources' marks; "" where only what it needs can carry it."""
        marks = {source.mark for source in self.sources}
        return next((mark for mark in ("S", "K", "D", "?") if mark in marks), "")

    @property
    def as_of(self) -> datetime.date:
        """The date of the newest source that bears one, else the day it was looked at."""
        return max((source.as_of for source in self.sources if source.as_of), default=self.checked_on)

    @property
    def source(self) -> str:
        """Its sources in one line."""
        return "; ".join(source.says for source in self.sources)


_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements as one deployment has them. `numbers` are the ids of the numbers that may be shown here."""

    by_id: Mapping[str, Statement] = field(default_factory=dict)
    laws: Mapping[str, Law] = field(default_factory=dict)
    neutral: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    signatures: tuple[Signature, ...] = ()

    def said(self, key: str, language: str) -> bool:
        """Whether a line may be said in a language; what is no statement always may."""
        statement = self.by_id.get(key)
        return statement is None or self.why_off(statement, language) is None

    def why_off(self, statement: Statement, language: str = "") -> Why | None:
        """Why a statement is off, or None; without a language, whether it is off in every one."""
        if not all(self._has(need, language) for need in statement.needs):
            return Why.NO_VALUE
        if statement.about is About.SAFETY or statement.mark in {"S", "D"} or self.signature(statement):
            return None
        # A line whose words are the lawyer's own came with a name; only a line with a source waits for one.
        return Why.UNSIGNED if statement.sources or not statement.needs else None

    def signature(self, statement: Statement) -> Signature | None:
        """The newest name under a statement."""
        own = (one for one in self.signatures if one.covers(statement))
        return max(own, key=lambda one: one.signed_on, default=None)

    def _has(self, need: str, language: str) -> bool:
        kind, _, name = need.partition(":")
        if kind == "NUM":
            return name in self.numbers
        law = self.laws[name]
        return bool(law.seen) or (bool(law.words) if not language else language in law.words)

    def words(self, language: str) -> Mapping[str, str]:
        """What lawyers of this deployment wrote, as values for the texts."""
        found = {f"law_{law.key}": law.words[language] for law in self.laws.values() if language in law.words}
        return found or _NONE

    def all_on(self, languages: tuple[str, ...], words: str) -> "Statements":
        """The same with everything signed and known, `words` for what a lawyer may yet write: the longest screens."""
        laws = {
            key: law if law.seen or law.words else replace(law, words=dict.fromkeys(languages, words))
            for key, law in self.laws.items()
        }
        needs = (need for statement in self.by_id.values() for need in statement.needs)
        numbers = frozenset(need.removeprefix("NUM:") for need in needs if need.startswith("NUM:"))
        everyone = Signature("everyone", datetime.date.max, ("S", "K"), ())
        return replace(self, laws=laws, numbers=self.numbers | numbers, signatures=(everyone,))

    def off(self) -> Mapping[str, Why]:
        """The statements that are not said in any language, and why."""
        reasons = ((statement.id, self.why_off(statement)) for statement in self.by_id.values())
        return {name: why for name, why in reasons if why is not None}

    def checked_on(self, statement: Statement) -> datetime.date:
        """When somebody last looked: the day in the data, or of the newest signature."""
        signature = self.signature(statement)
        return max(statement.checked_on, signature.signed_on) if signature else statement.checked_on

    def stale(self, days: int, today: datetime.date) -> Iterator[tuple[Statement, int]]:
        """The statements that nobody has looked at for `days` or that are due by their own date, with their age."""
        for statement in self.by_id.values():
            checked = self.checked_on(statement)
            age = (today - checked).days
            if age >= days or (today >= statement.review_by and checked < statement.review_by):
                yield statement, age

    def in_short(self) -> str:
        """One line for a start-up's log."""
        off = list(self.off().values())
        names = dict.fromkeys(signature.signed_by for signature in self.signatures)
        return (
            f"{len(off)} of {len(self.by_id)} statements are off ({off.count(Why.UNSIGNED)} not signed, "
            f"{off.count(Why.NO_VALUE)} need a law or a number that is not known); "
            f"signed by: {', '.join(names) or 'nobody yet'}"
        )
