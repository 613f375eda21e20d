"""Scoring of the screening instruments: one call, exactly by the published rule of each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from triage.risk_body import functioning, strangulation
from triage.risk_counting import count, total
from triage.risk_incident import incident
from triage.risk_instruments import instruments
from triage.risk_sheet import BadValueError, Score, Sheet, UnknownItemError, WrongAnswersError, fill_in
from triage.risk_suicide import asq, ideation
from triage.risk_triggers import trigger

RULES: Mapping[str, Callable[[Sheet], Score]] = MappingProxyType(
    {
        "count": count,
        "sum": total,
        "trigger": trigger,
        "asq": asq,
        "ideation": ideation,
        "functioning": functioning,
        "strangulation": strangulation,
        "incident": incident,
    }
)


def score(instrument: str, answers: Mapping[str, object]) -> Score:
    """The finding of one instrument from {item id: answer}; never looks at age, permission or language.

    Raises KeyError for an instrument that is not ours, UnknownItemError for an answer to nothing it asks,
    BadValueError for an answer that its item does not take. A missing answer is no error: see `Score.missing`.
    """
    one = instruments()[instrument]
    return RULES[one.rule](fill_in(one, answers))


__all__ = ["RULES", "BadValueError", "Score", "UnknownItemError", "WrongAnswersError", "score"]
