"""Sheets of answers for the tests: everything an item takes, every completion of what is missing."""

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from triage.risk import Score, WrongAnswersError, score
from triage.risk_instruments import Item, instruments

UNSAID = (None, "unknown", "refused")


def usable(item: Item) -> list[object]:
    """The usable answers of an item; a few around the four weeks where the numbers have no end."""
    if item.kind == "integer":
        assert item.least is not None
        return list(range(item.least, item.most + 1)) if item.most is not None else [0, 1, 671, 672, 673, 10**30]
    words: dict[str, list[object]] = {"yes_no": ["yes", "no"], "yes_no_na": ["yes", "no", "na"]}
    return words.get(item.kind, list(item.words))


def answers_to(item: Item) -> list[object]:
    return [*usable(item), *UNSAID]


@st.composite
def any_answers(draw: st.DrawFn, name: str | None = None) -> tuple[str, dict[str, object]]:
    """An instrument's name and answers that it takes, some of them missing in every way an answer can be."""
    one = instruments()[name or draw(st.sampled_from(sorted(instruments())))]
    asked = draw(st.lists(st.sampled_from(one.items), unique_by=lambda item: item.id))
    return one.name, {item.id: draw(st.sampled_from(answers_to(item))) for item in asked}


def completions(said: Mapping[str, object], items: list[Item]) -> Iterator[dict[str, object]]:
    """Every way in which the missing answers to `items` could still be given."""
    missing = [item for item in items if said.get(item.id) in UNSAID]
    for given in product(*map(usable, missing)):
        yield {**said, **dict(zip((item.id for item in missing), given, strict=True))}


def as_said(name: str, answers: Mapping[str, object]) -> dict[str, object]:
    """The finding as the contract writes it: lists, and no contexts where there are none to speak of."""
    try:
        return as_contract(score(name, answers))
    except WrongAnswersError as wrong:
        return {"error": wrong.code}


def as_contract(found: Score) -> dict[str, object]:
    said: dict[str, object] = {
        "score": found.score,
        "band": found.band,
        "reasons": list(found.reasons),
        "missing": list(found.missing),
        "complete": found.complete,
    }
    return said if found.contexts is None else {**said, "contexts": list(found.contexts)}
