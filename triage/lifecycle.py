"""The lives of a case and of a referral: `transitions` machines built from tables, with one typed move each.

The machines are built once per process and hold no model: a move asks for the new state and nothing else happens. Who
moves has the row locked and writes the new state down in the same commit.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from transitions import Machine, MachineError


class CaseState(StrEnum):
    """Where a case stands."""

    WITH_PROGRAM = "with_program"
    WAITING = "waiting"
    TALKING = "talking"
    LEFT = "left"
    CLOSED = "closed"


class Move(StrEnum):
    """What may happen to a case."""

    ASK = "ask"
    CLAIM = "claim"
    RELEASE = "release"
    STOP = "stop"
    LEAVE = "leave"
    RETURN_TO_QUEUE = "return_to_queue"
    RETURN_TO_HOLDER = "return_to_holder"
    CLOSE = "close"


_C, _M = CaseState, Move

CASE_MOVES: tuple[tuple[Move, CaseState, CaseState], ...] = (
    (_M.ASK, _C.WITH_PROGRAM, _C.WAITING),
    (_M.ASK, _C.CLOSED, _C.WAITING),
    (_M.CLAIM, _C.WAITING, _C.TALKING),
    (_M.RELEASE, _C.TALKING, _C.WAITING),
    (_M.STOP, _C.WAITING, _C.WITH_PROGRAM),
    (_M.STOP, _C.TALKING, _C.WITH_PROGRAM),
    (_M.LEAVE, _C.WAITING, _C.LEFT),
    (_M.LEAVE, _C.TALKING, _C.LEFT),
    (_M.RETURN_TO_QUEUE, _C.LEFT, _C.WAITING),
    (_M.RETURN_TO_HOLDER, _C.LEFT, _C.TALKING),
    (_M.RETURN_TO_HOLDER, _C.WITH_PROGRAM, _C.TALKING),
    (_M.CLOSE, _C.TALKING, _C.CLOSED),
    (_M.CLOSE, _C.LEFT, _C.CLOSED),
    (_M.CLOSE, _C.WITH_PROGRAM, _C.CLOSED),
)


class ReferralState(StrEnum):
    """Where a referral stands (the SOPs' states)."""

    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_SERVICE = "in_service"
    NOT_REACHED = "not_reached"
    COMPLETED = "completed"
    DECLINED = "declined_by_survivor"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REDIRECTED = "redirected"
    CLOSED = "closed"


class Hand(StrEnum):
    """Who moves a referral."""

    SENDER = "sender"
    RECEIVER = "receiver"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class ReferralMove:
    """One allowed move: its verb, from where to where, and by whose hand."""

    verb: str
    source: ReferralState
    target: ReferralState
    hands: frozenset[Hand]


def _moves(verb: str, sources: tuple[ReferralState, ...], target: ReferralState, *hands: Hand) -> list[ReferralMove]:
    return [ReferralMove(verb, source, target, frozenset(hands)) for source in sources]


_R = ReferralState
REFERRAL_MOVES: tuple[ReferralMove, ...] = (
    *_moves("agree", (_R.DRAFT,), _R.READY, Hand.SENDER),
    *_moves("send", (_R.READY,), _R.SENT, Hand.SENDER),
    *_moves("cancel", (_R.DRAFT, _R.READY), _R.CANCELLED, Hand.SENDER),
    *_moves("acknowledge", (_R.SENT, _R.ESCALATED), _R.ACKNOWLEDGED, Hand.RECEIVER),
    *_moves("escalate", (_R.SENT,), _R.ESCALATED, Hand.SYSTEM),
    *_moves("accept", (_R.ACKNOWLEDGED,), _R.ACCEPTED, Hand.RECEIVER),
    *_moves("reject", (_R.ACKNOWLEDGED, _R.SENT), _R.REJECTED, Hand.RECEIVER),
    *_moves("redirect", (_R.REJECTED, _R.ESCALATED), _R.REDIRECTED, Hand.SENDER),
    *_moves("begin", (_R.ACCEPTED,), _R.IN_SERVICE, Hand.RECEIVER),
    *_moves("not_reached", (_R.ACCEPTED,), _R.NOT_REACHED, Hand.RECEIVER),
    *_moves("complete", (_R.IN_SERVICE,), _R.COMPLETED, Hand.RECEIVER),
    *_moves("decline", (_R.IN_SERVICE, _R.ACCEPTED), _R.DECLINED, Hand.RECEIVER, Hand.SENDER),
    *_moves(
        "withdraw",
        (_R.DRAFT, _R.READY, _R.SENT, _R.ESCALATED, _R.ACKNOWLEDGED, _R.ACCEPTED, _R.IN_SERVICE),
        _R.WITHDRAWN,
        Hand.SENDER,
    ),
    *_moves(
        "close",
        (_R.COMPLETED, _R.REJECTED, _R.DECLINED, _R.NOT_REACHED, _R.WITHDRAWN, _R.CANCELLED, _R.REDIRECTED),
        _R.CLOSED,
        Hand.SENDER,
    ),
)

# The SOPs' closed list: why a receiver says no.
REJECT_REASONS = (
    "full", "not_eligible", "unsafe_here", "access_barrier", "no_staff", "wrong_service", "other_with_text",
)  # fmt: skip

# How a talk with a counsellor ended. "Reconciled" is no reason, by rule.
OUTCOMES = ("helped", "referred", "information", "her_choice", "silence", "other_person", "test")


class NotAllowedError(Exception):
    """The life cycle knows no such move from here: somebody was quicker, or the case stands elsewhere."""


@dataclass(slots=True)
class _Walker:
    state: Any


def _build(states: type[StrEnum], rows: list[tuple[str, StrEnum, StrEnum]]) -> Machine:
    machine = Machine(model=None, states=states, initial=next(iter(states)), auto_transitions=False)
    for verb, source, target in rows:
        machine.add_transition(verb, source, target)
    return machine


_CASE = _build(CaseState, [(move.value, source, target) for move, source, target in CASE_MOVES])
_REFERRAL = _build(ReferralState, [(row.verb, row.source, row.target) for row in REFERRAL_MOVES])


def _moved(machine: Machine, states: type[StrEnum], state: str, verb: str) -> StrEnum:
    walker = _Walker(states(state))
    try:
        machine.events[verb].trigger(walker)
    except (MachineError, KeyError) as error:
        raise NotAllowedError from error
    moved: StrEnum = walker.state
    return moved


def move(state: str, step: Move) -> CaseState:
    """The state of a case after a move; raises NotAllowedError."""
    return CaseState(_moved(_CASE, CaseState, state, step.value))


def may(state: str, step: Move) -> bool:
    """Whether a case may make this move from here."""
    return any(row[0] is step and row[1] == state for row in CASE_MOVES)


def move_referral(state: str, verb: str, hand: Hand) -> ReferralState:
    """The state of a referral after a move by this hand; raises NotAllowedError."""
    allowed = any(row.verb == verb and row.source == state and hand in row.hands for row in REFERRAL_MOVES)
    if not allowed:
        raise NotAllowedError
    return ReferralState(_moved(_REFERRAL, ReferralState, state, verb))
