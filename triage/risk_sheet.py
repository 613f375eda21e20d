"""One instrument with one set of answers: what was said, what is missing, and the finding it ends in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.risk_instruments import Instrument, Item

# Not one of these can lower a finding: she was not asked, does not know, or would rather not say.
UNSAID = (None, "unknown", "refused")


class WrongAnswersError(ValueError):
    """The answers cannot be scored; `code` is the word the command line prints."""

    code = "wrong_answers"


class UnknownItemError(WrongAnswersError):
    """An answer was given to something this instrument does not ask."""

    code = "unknown_item"


class BadValueError(WrongAnswersError):
    """An item does not take this answer."""

    code = "bad_value"


@dataclass(frozen=True, slots=True)
class Score:
    """A finding. `reasons` and `missing` are item ids in the order of the item table; `contexts` only for incidents.

    `score` is None where the instrument says so; `complete` is true exactly when nothing needed is missing.
    """

    instrument: str
    score: int | None
    band: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    complete: bool
    contexts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An instrument filled in: every answer in it is one that its item takes."""

    instrument: Instrument
    answers: Mapping[str, object]

    def said(self, item: str, word: str) -> bool:
        return self.answers.get(item) == word

    def yes(self, items: Iterable[str]) -> list[str]:
        """Those of the items that were answered yes."""
        return [item for item in items if self.said(item, "yes")]

    def unsaid(self, items: Iterable[str]) -> list[str]:
        """Those of the items that have no usable answer."""
        return [item for item in items if self.answers.get(item) in UNSAID]

    def number(self, item: str) -> int | None:
        answer = self.answers.get(item)
        return answer if isinstance(answer, int) else None

    def role(self, role: str) -> tuple[str, ...]:
        return self.instrument.with_role(role)

    def needed(self) -> list[str]:
        """The items this sheet needs, by what the item table says: not optional, not made unneeded by a no."""
        return [item.id for item in self.instrument.items if not item.optional and not self._spared(item)]

    def _spared(self, item: Item) -> bool:
        return bool(item.unless_no) and self.said(item.unless_no, "no")

    def finding(
        self,
        band: str,
        *,
        score: int | None,
        reasons: Iterable[str],
        needed: Iterable[str],
        contexts: tuple[str, ...] | None = None,
    ) -> Score:
        """The finding, its reasons and missing items put into the order of the table."""
        counted, missing = set(reasons), set(self.unsaid(needed))
        order = [item.id for item in self.instrument.items]
        return Score(
            instrument=self.instrument.name,
            score=score,
            band=band,
            reasons=tuple(item for item in order if item in counted),
            missing=tuple(item for item in order if item in missing),
            complete=not missing,
            contexts=contexts,
        )


def fill_in(instrument: Instrument, answers: Mapping[str, object]) -> Sheet:
    """The sheet of these answers; raises UnknownItemError before BadValueError, whatever the order of the answers."""
    items = {item.id: item for item in instrument.items}
    if any(key not in items for key in answers):
        raise UnknownItemError(f"{instrument.name} has no such item")
    for key, answer in answers.items():
        if not takes(items[key], answer):
            raise BadValueError(f"{instrument.name} does not take this answer to {key}")
    return Sheet(instrument, answers)


def takes(item: Item, answer: object) -> bool:
    """Whether the item takes this answer: exact words, and whole numbers that are neither 3.0 nor true."""
    if answer is None:
        return True
    if isinstance(answer, str):
        return answer in ("unknown", "refused", *_words(item))
    if item.kind != "integer" or type(answer) is not int:
        return False
    return (item.least is None or answer >= item.least) and (item.most is None or answer <= item.most)


def _words(item: Item) -> tuple[str, ...]:
    return {"yes_no": ("yes", "no"), "yes_no_na": ("yes", "no", "na"), "words": item.words}.get(item.kind, ())
