"""A hotline in miniature for the routing tests: cases arrive, staff claim, let lapse, release, come and go."""

from dataclasses import dataclass, field, replace

from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.routing import Offer, Operator, Waiting, offers

TABLE = priority_table()


def could_be_offered(operator: Operator, case: Waiting) -> bool:
    """The strict rule's own words, said again without the code under test."""
    most = 3 if operator.lifted else 1 if operator.immediate else 2
    speaks = bool(operator.languages & case.languages)
    return operator.on_duty and speaks and operator.chats < most and operator.id not in case.spared


@dataclass
class Line:
    """What waits, who works, what is being offered to whom, and what each holds. Time in seconds."""

    staff: dict[str, Operator]
    waiting: dict[str, Waiting] = field(default_factory=dict)
    held: dict[str, list[Waiting]] = field(default_factory=dict)
    now: float = 0
    lapsed: list[tuple[str, str, float]] = field(default_factory=list)
    claimed: list[Waiting] = field(default_factory=list)

    def arrive(self, risk: RiskClass, languages: frozenset[str], lift_s: int = 0) -> str:
        case = f"c{len(self.waiting) + len(self.claimed):03}"
        self.waiting[case] = Waiting(case, risk, languages, self.now, lift_s)
        return case

    def offer(self) -> list[Offer]:
        """Let the rests run out, ask the router, and let its offers stand."""
        self.lapsed = [one for one in self.lapsed if one[2] > self.now - TABLE.rest_s]
        for case in self.waiting.values():
            spared = frozenset(operator for lapsed, operator, _ in self.lapsed if lapsed == case.case)
            self.waiting[case.case] = replace(case, spared=spared)
        made = offers(self.waiting.values(), self.staff.values())
        for one in made:
            assert self.staff[one.operator].offered == one.instead_of
            self.staff[one.operator] = replace(self.staff[one.operator], offered=one.case)
        return made

    def claim(self, operator: str) -> Waiting:
        """The operator takes what they are being offered; to everybody else it is no longer offered."""
        case = self.waiting.pop(self.staff[operator].offered or "")
        for one in self.staff.values():
            if one.offered == case.case:
                self.staff[one.id] = replace(one, offered=None)
        self._hold(operator, [*self.held.get(operator, []), case])
        self.claimed.append(case)
        return case

    def lapse(self, operator: str) -> None:
        self.lapsed.append((self.staff[operator].offered or "", operator, self.now))
        self.staff[operator] = replace(self.staff[operator], offered=None)

    def release(self, operator: str) -> None:
        """A talk ends, the one that began first."""
        self._hold(operator, self.held[operator][1:])
        self.staff[operator] = replace(self.staff[operator], free_since=self.now)

    def turn(self, operator: str) -> None:
        """On duty or off duty; who goes keeps the talks they hold and is offered nothing."""
        one = self.staff[operator]
        self.staff[operator] = replace(one, on_duty=not one.on_duty, offered=None)

    def lift(self, operator: str) -> None:
        """The shift lead says yes to a third chat, or takes it back; what was offered beyond it ends."""
        one = self.staff[operator]
        self.staff[operator] = replace(one, lifted=not one.lifted, offered=None)

    def raise_(self, case: str) -> None:
        self.waiting[case] = replace(self.waiting[case], risk=RiskClass.IMMEDIATE)

    def _hold(self, operator: str, cases: list[Waiting]) -> None:
        self.held[operator] = cases
        immediate = sum(case.risk is RiskClass.IMMEDIATE for case in cases)
        self.staff[operator] = replace(self.staff[operator], chats=len(cases), immediate=immediate)
