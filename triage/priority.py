"""What is known of a case, and the class and place in the queue that follow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triage.clocks import ClockState
from triage.priority_table import PriorityTable, Rule, priority_table
from triage.risk import score
from triage.risk_class import RiskClass
from triage.risk_gate import adults_only
from triage.risk_instruments import instruments
from triage.risk_sheet import UNSAID

Answers = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a case, over all her messages so far; whatever is not known stands at its default.

    urgency and flags: the verdict on her words. answers: by instrument, then by item. clocks: where each one that
    concerns her stands. danger: the operator's danger questions, by id. minor: she said under 18, or her words did.
    says_in_danger: her own estimate; that she says she is not lowers nothing, so it is not kept. unfinished: what she
    is still being asked: her answers count, but what is open is not yet left open, so there is no band.
    """

    urgency: str = "none"
    flags: frozenset[str] = frozenset()
    answers: Answers = field(default_factory=dict)
    clocks: Mapping[str, ClockState] = field(default_factory=dict)
    danger: Mapping[str, str] = field(default_factory=dict)
    minor: bool = False
    says_in_danger: bool = False
    unfinished: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A class and how many seconds sooner the case is due, with the rules that held, by the table of `version`."""

    risk: RiskClass
    lift_s: int
    reasons: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What comes next while she is being asked: `ask` an instrument, or offer a `person`; `rule` says why."""

    rule: str
    then: str
    instrument: str | None = None


def classify(facts: Facts, held: RiskClass = RiskClass.ORDINARY) -> Verdict:
    """The class of these facts, never below the one the case already has.

    Asked again with every message. Raises ValueError for a danger question or answer that the table does not have,
    and what `score` raises.
    """
    table = priority_table()
    rules = _holding(table, frozenset(_signs(facts, table)))
    risk = max([held, *(rule.risk for rule in rules)])
    lift = min(table.max_lift_s, max((rule.lift_s for rule in rules), default=0))
    return Verdict(risk, lift, tuple(rule.id for rule in rules), table.version)


def class_from_answers(answers: Answers) -> RiskClass:
    """The class of an adult's answers alone, by instrument and item: what the bot queues her as after screening."""
    return classify(Facts(answers=answers)).risk


def follow_ups(answers: Answers, flags: frozenset[str] = frozenset()) -> tuple[FollowUp, ...]:
    """What comes next, the most pressing first; an instrument that was already begun is not asked again."""
    table = priority_table()
    signs = frozenset(_signs(Facts(flags=flags, answers=answers), table))
    held = {rule.id for rule in _holding(table, signs)}
    return tuple(
        FollowUp(rule.id, rule.then, rule.instrument)
        for rule in table.follow_ups
        if not (rule.any.isdisjoint(signs) and rule.rules.isdisjoint(held)) and rule.instrument not in answers
    )


def _holding(table: PriorityTable, signs: frozenset[str]) -> list[Rule]:
    return [rule for rule in table.rules if rule.holds(signs)]


def _signs(facts: Facts, table: PriorityTable) -> Iterator[str]:
    yield f"urgency={facts.urgency}"
    yield from (f"flag={flag}" for flag in facts.flags)
    minor = facts.minor or "minor" in facts.flags
    if minor:
        yield "fact=minor"
    if facts.says_in_danger:
        yield "fact=says_in_danger"
    yield from (f"clock={clock}.{state}" for clock, state in facts.clocks.items())
    for question, answer in facts.danger.items():
        if answer not in table.danger.get(question, ()):
            raise ValueError(f"no such danger question, or no such answer to it: {question}")
        yield f"danger={question}.{answer}"
    for name, answers in facts.answers.items():
        # What is made for adults orders nothing when a minor answered it.
        if not (minor and adults_only(instruments()[name])):
            yield from _answer_signs(name, answers, banded=name not in facts.unfinished)


def _answer_signs(name: str, answers: Mapping[str, object], *, banded: bool) -> Iterator[str]:
    yes = [item for item, answer in answers.items() if answer == "yes"]
    yield from (f"said={item}" for item in yes)
    if yes:
        yield f"yes={name}"
    if banded:
        yield from _band_sign(name, answers)


def _band_sign(name: str, answers: Mapping[str, object]) -> Iterator[str]:
    found = score(name, answers)
    # A screening without one usable answer found nothing, whatever its band is called.
    if any(answer not in UNSAID for answer in answers.values()) or found.reasons:
        yield f"band={name}.{found.band}"


def due(risk: RiskClass, since: float, lift_s: int = 0) -> float:
    """When a case that began to wait at `since` is due, in the same seconds: the order of the queue below immediate.

    Immediate cases are due at once and take no lift: among themselves the one that waits longest is first.
    """
    if risk is RiskClass.IMMEDIATE:
        return since
    return since + priority_table().due_s[risk] - lift_s
