"""Who is offered which waiting case: immediate strictly first, below it by when each is due."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from triage.priority import due
from triage.priority_table import Room, priority_table
from triage.risk_class import RiskClass

IMMEDIATE = RiskClass.IMMEDIATE


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that nobody holds. `since` and `place` in seconds; operators by id.

    languages: hers and those she accepted. spared: the operators who just let it lapse (within `rest_s` of the
    table), who are not asked again yet. lift_s: as the verdict says.
    """

    case: str
    risk: RiskClass
    languages: frozenset[str]
    since: float
    lift_s: int = 0
    spared: frozenset[str] = frozenset()
    place: tuple[bool, float, float, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", place(self.risk, self.since, self.lift_s, self.case))


def place(risk: RiskClass, since: float, lift_s: int, case: str) -> tuple[bool, float, float, str]:
    """A case's place in the queue, to sort by: immediate first; then by when it is due; then who waits longer; then by
    id, so that no two are equal."""
    return risk is not IMMEDIATE, due(risk, since, lift_s), since, case


@dataclass(frozen=True, slots=True)
class Operator:
    """A member of staff as routing sees them.

    chats: how many they hold, `immediate` of them immediate. offered: the case they are being offered, if any.
    lifted: the shift lead said yes to a third chat. free_since: when they last ended a chat, in seconds.
    """

    id: str
    languages: frozenset[str]
    on_duty: bool = True
    chats: int = 0
    immediate: int = 0
    offered: str | None = None
    lifted: bool = False
    free_since: float = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer this case to this operator now; `instead_of` is the offer to them that ends by it, and is no lapse."""

    case: str
    operator: str
    instead_of: str | None = None


def room(operator: Operator, rule: Room) -> int:
    """How many more chats the operator may be offered, by what they hold now (OP-01).

    An immediate case may be the second chat: she is not made to wait until an ordinary talk ends. From then on
    nothing more comes until the operator holds fewer than the rule for immediate allows.
    """
    most = rule.hard_stop if operator.lifted else rule.with_immediate if operator.immediate else rule.chats
    return max(0, most - operator.chats)


def could_take(operator: Operator, case: Waiting, rule: Room) -> bool:
    """Whether the case could be offered to the operator: on duty, a language, room, and not just let it lapse."""
    return (
        operator.on_duty
        and operator.chats < rule.hard_stop
        and room(operator, rule) > 0
        and operator.id not in case.spared
        and not case.languages.isdisjoint(operator.languages)
    )


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """The queue: immediate by waiting time, the others by when they are due.

    No case below immediate starves. One that began to wait at `t` and is due `d` later stands before everything that
    is due later than `t + d`, so that only cases that came before `t + due_s(ordinary) - due_s(high) + max_lift_s`
    (25 minutes by the table) and immediate ones can ever stand before it: see `overtaking_s`.
    """
    return sorted(waiting, key=attrgetter("place"))


def overtaking_s() -> float:
    """The bound: what comes this many seconds after a case, and is not immediate, never stands before it."""
    table = priority_table()
    return table.due_s[RiskClass.ORDINARY] - table.due_s[RiskClass.HIGH] + table.max_lift_s


def position(case: str, waiting: Iterable[Waiting]) -> int:
    """The place of a case in the queue, from 1; raises ValueError if it does not wait."""
    return [one.case for one in in_order(waiting)].index(case) + 1


def offers(waiting: Iterable[Waiting], staff: Collection[Operator]) -> list[Offer]:
    """The offers to make now, in the order of the queue; every one that is outstanding and not replaced stays.

    Strict: whoever could be offered an immediate case that waits is then being offered an immediate case, or has been
    before, and nothing else. Everybody else is offered at most one case at a time. The rest of the queue goes out so
    that a case is passed over only when everybody who could take it is being offered one that stands before it, or
    one that they were offered earlier; `in_order` states what that means for the longest wait.
    Deterministic: the same queue and staff give the same offers, whatever their order.
    """
    return route(in_order(waiting), staff, priority_table().room)


def route(queue: Sequence[Waiting], staff: Collection[Operator], rule: Room) -> list[Offer]:
    """The same for a queue already in order: what the live desk and the simulation both call."""
    free = [one for one in staff if one.on_duty and room(one, rule) > 0]
    if not queue or not free:
        return []
    free.sort(key=_readiness)
    asked = _outstanding(queue, free)
    urgent = 0
    while urgent < len(queue) and queue[urgent].risk is IMMEDIATE:
        urgent += 1
    made = _offer_immediate(queue[:urgent], free, asked) if urgent else {}
    # Whoever could be offered an immediate case is being offered one by now, so the rest is for the others.
    for operator in made:
        asked.pop(operator, None)
    taken = {case.case for case in asked.values()}
    idle = [one for one in free if one.id not in made and one.id not in asked]
    made |= _pair([case for case in queue[urgent:] if case.case not in taken], idle)
    offered = {one.id: one.offered for one in free}
    known = {case.case for case in queue}
    return [
        Offer(case.case, operator, offered[operator] if offered[operator] in known else None)
        for operator, case in sorted(made.items(), key=lambda pair: pair[1].place)
    ]


def _readiness(operator: Operator) -> tuple[int, int, float, str]:
    """Who is asked first: who holds least, then whose languages are fewest, then who has been free longest."""
    return operator.chats, len(operator.languages), operator.free_since, operator.id


def _speaks(operator: Operator, case: Waiting) -> bool:
    return operator.id not in case.spared and not case.languages.isdisjoint(operator.languages)


def _outstanding(queue: Sequence[Waiting], free: Sequence[Operator]) -> dict[str, Waiting]:
    """The case that each of them is being offered, as far as it still waits. Of others an offer is worth nothing."""
    if not any(one.offered for one in free):
        return {}
    waiting = {case.case: case for case in queue}
    return {one.id: waiting[one.offered] for one in free if one.offered in waiting}


def _offer_immediate(
    urgent: Sequence[Waiting], free: Sequence[Operator], asked: dict[str, Waiting]
) -> dict[str, Waiting]:
    """New offers of the immediate cases: each to somebody, then to everybody else who could take one.

    They are offered to several at once, and the first to claim one has it: nobody who could take an immediate case
    may be offered anything else meanwhile, so holding them idle would only cost her time.
    """
    times = Counter(case.case for case in asked.values() if case.risk is IMMEDIATE)
    open_ = [one for one in free if one.id not in asked or asked[one.id].risk is not IMMEDIATE]
    unasked = [case for case in urgent if not times[case.case]]
    made = _pair(unasked, open_)
    times.update(case.case for case in made.values())
    for operator in open_:
        could = [] if operator.id in made else [case for case in urgent if _speaks(operator, case)]
        if could:
            case = min(could, key=lambda case: (times[case.case], case.place))
            times[case.case] += 1
            made[operator.id] = case
    for case in unasked:
        if not times[case.case] and (spare := _spare(case, free, asked, made, times)):
            times[asked[spare].case] -= 1
            times[case.case] += 1
            made[spare] = case
    return made


def _spare(
    case: Waiting,
    free: Sequence[Operator],
    asked: dict[str, Waiting],
    made: dict[str, Waiting],
    times: Counter[str],
) -> str | None:
    """Somebody who could take this case and is being offered one that others are being offered, too."""
    for one in free:
        if one.id in asked and one.id not in made and times[asked[one.id].case] > 1 and _speaks(one, case):
            return one.id
    return None


def _pair(cases: Iterable[Waiting], operators: Sequence[Operator]) -> dict[str, Waiting]:
    """Operators and cases paired, as many as can be, and no case left out for a later one (augmenting paths)."""
    pairs: dict[str, Waiting] = {}
    for case in cases:
        if len(pairs) == len(operators):
            break
        _place(case, operators, pairs, set())
    return pairs


def _place(case: Waiting, operators: Sequence[Operator], pairs: dict[str, Waiting], tried: set[str]) -> bool:
    """Find the case an operator, moving earlier ones to others where that makes room for it."""
    able = [one for one in operators if _speaks(one, case)]
    for one in able:
        if one.id not in pairs:
            pairs[one.id] = case
            return True
    for one in able:
        if one.id not in tried:
            tried.add(one.id)
            if _place(pairs[one.id], operators, pairs, tried):
                pairs[one.id] = case
                return True
    return False


def untakeable(waiting: Iterable[Waiting], staff: Collection[Operator]) -> list[Waiting]:
    """The immediate cases that nobody on duty could be offered, even one who just let it lapse; in order."""
    rule = priority_table().room
    urgent = in_order(replace(case, spared=frozenset()) for case in waiting if case.risk is IMMEDIATE)
    return [case for case in urgent if not any(could_take(one, case, rule) for one in staff)]


def shown(waiting: Iterable[Waiting], operator: Operator) -> list[Waiting]:
    """The cases this operator may be shown and may claim now, in order: the immediate ones alone while they could take
    one, else all that they could take. An offer that rings is always one of these.
    """
    rule = priority_table().room
    could = [case for case in in_order(waiting) if could_take(operator, case, rule)]
    urgent = [case for case in could if case.risk is IMMEDIATE]
    return urgent or could
