"""The table of priority as data: which signs give which class, what orders the queue, how much an operator holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from triage.clocks import ClockState, clock_table
from triage.risk_class import RiskClass
from triage.risk_instruments import instruments
from triage.tables import ROOM, Page, Row, read_page

FLAGS = (
    "immediate_danger", "threat_to_kill", "weapon", "strangulation", "suicidal", "child_at_risk", "medical_emergency",
    "sexual_violence", "confinement", "stalking", "minor", "perpetrator_writing",
)  # fmt: skip
FACTS = ("minor", "says_in_danger")
PLAIN_ANSWERS = ("yes", "no", "unknown", "not_asked")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it holds, the case is at least `risk` and is due `lift_s` seconds sooner within its class."""

    id: str
    any: frozenset[str]
    all: frozenset[str]
    risk: RiskClass
    lift_s: int
    mark: str

    def holds(self, signs: frozenset[str]) -> bool:
        return self.all <= signs if self.all else not self.any.isdisjoint(signs)


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """What follows while she is being asked: on a sign, or on a rule that held."""

    id: str
    any: frozenset[str]
    rules: frozenset[str]
    then: str
    instrument: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """How many chats an operator may hold: usually, while one is immediate, and with the shift lead's yes (OP-01)."""

    chats: int
    with_immediate: int
    hard_stop: int


@dataclass(frozen=True, slots=True)
class PriorityTable:
    """The whole table. Seconds everywhere; `danger` is the answers that each danger question takes."""

    version: str
    due_s: Mapping[RiskClass, int]
    max_lift_s: int
    room: Room
    lapse_s: Mapping[RiskClass, int]
    rest_s: int
    danger: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    follow_ups: tuple[FollowUpRule, ...]


@cache
def priority_table() -> PriorityTable:
    """The table; raises BrokenTableError. A process calls this at start, to fail there and not later."""
    return read_priority_table(read_page(ROOM / "priority.toml"))


def read_priority_table(page: Page) -> PriorityTable:
    """The table that one page says; raises BrokenTableError with file and line."""
    due_s, max_lift_s = _queue(page.table("queue"))
    lapse_s, rest_s = _offers(page.table("offers"))
    danger = _danger(page.table("danger"))
    signs = _signs(danger)
    ids: set[str] = set()
    rules = []
    for row in page.rows("rules"):
        rules.append(_rule(row, row.new_id(ids), signs, max_lift_s))
        ids.add(rules[-1].id)
    top = page.top()
    version = top.text("version")
    top.asked |= {"queue", "room", "offers", "danger", "rules", "follow_ups"}
    top.end()
    follow_ups = tuple(_follow_up(row, signs, ids) for row in page.rows("follow_ups"))
    room = _room(page.table("room"))
    return PriorityTable(version, due_s, max_lift_s, room, lapse_s, rest_s, danger, tuple(rules), follow_ups)


def _queue(row: Row) -> tuple[Mapping[RiskClass, int], int]:
    high, ordinary, lift = row.integer("due_high_s"), row.integer("due_ordinary_s"), row.integer("max_lift_s")
    row.end()
    if not 0 <= high <= ordinary or lift < 0:
        raise row.refuse("an ordinary case may not be due before a high one, nor a lift be negative", "due_high_s")
    due_s = {RiskClass.IMMEDIATE: 0, RiskClass.HIGH: high, RiskClass.ORDINARY: ordinary}
    return MappingProxyType(due_s), lift


def _room(row: Row) -> Room:
    room = Room(row.integer("chats"), row.integer("with_immediate"), row.integer("hard_stop"))
    row.end()
    if not 1 <= room.with_immediate <= room.chats <= room.hard_stop:
        raise row.refuse("must rise from with_immediate over chats to hard_stop", "chats")
    return room


def _offers(row: Row) -> tuple[Mapping[RiskClass, int], int]:
    immediate, other, rest = row.integer("lapse_immediate_s"), row.integer("lapse_s"), row.integer("rest_s")
    row.end()
    lapse_s = {RiskClass.IMMEDIATE: immediate, RiskClass.HIGH: other, RiskClass.ORDINARY: other}
    return MappingProxyType(lapse_s), rest


def _danger(row: Row) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({question: PLAIN_ANSWERS + row.texts(question) for question in row.data})


def _signs(danger: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every sign that a rule can speak of: a misspelt one would be a rule that never holds."""
    screening = instruments().values()
    return frozenset(
        [f"urgency={urgency}" for urgency in ("immediate", "high")]
        + [f"flag={flag}" for flag in FLAGS]
        + [f"band={one.name}.{band.id}" for one in screening for band in one.bands]
        + [f"said={item.id}" for one in screening for item in one.items]
        + [f"yes={one.name}" for one in screening]
        + [f"fact={fact}" for fact in FACTS]
        + [f"clock={clock}.{state}" for clock in clock_table().clocks for state in ClockState]
        + [f"danger={question}.{answer}" for question, answers in danger.items() for answer in answers]
    )


def _rule(row: Row, id_: str, signs: frozenset[str], max_lift_s: int) -> Rule:
    word = row.one_of("class", ("high", "immediate"))
    any_, all_ = _known(row, "any", signs), _known(row, "all", signs)
    rule = Rule(
        id_, any_, all_, RiskClass.named(word), row.integer("lift_s", 0), row.one_of("mark", ("P", "K", "ours"))
    )
    row.end()
    if bool(rule.any) is bool(rule.all):
        raise row.refuse("a rule has either any or all", "any")
    if not 0 <= rule.lift_s <= max_lift_s:
        raise row.refuse("lift_s must lie between 0 and max_lift_s", "lift_s")
    return rule


def _follow_up(row: Row, signs: frozenset[str], rules: set[str]) -> FollowUpRule:
    any_, held = _known(row, "any", signs), _known(row, "rules", frozenset(rules))
    then = row.one_of("then", ("ask", "person"))
    instrument = row.one_of("instrument", tuple(instruments())) if then == "ask" else None
    found = FollowUpRule(row.text("id"), any_, held, then, instrument)
    row.text("mark")
    row.end()
    return found


def _known(row: Row, key: str, known: frozenset[str]) -> frozenset[str]:
    said = row.texts(key, ())
    for one in said:
        if one not in known:
            raise row.refuse(f"{one!r} names nothing we know", key)
    return frozenset(said)
