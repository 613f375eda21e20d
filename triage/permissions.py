"""Who may do what at the desk, as data: a verb, and the roles that have it."""

OPERATORS = ("operator", "supervisor")
SUPERVISORS = ("supervisor",)
RECEIVERS = ("shelter", "health", "police", "social", "legal")
ROLES = (*OPERATORS, *RECEIVERS, "coordinator")

_EVERYBODY = frozenset(ROLES)
_DESK = frozenset(OPERATORS)
_RECEIVING = frozenset(RECEIVERS)

MAY: dict[str, frozenset[str]] = {
    "help": _EVERYBODY,
    "duty": _DESK | _RECEIVING,
    "off": _DESK | _RECEIVING,
    "queue": _DESK | _RECEIVING,
    "take": _DESK,
    "case": _DESK,
    "switch": _DESK,
    "earlier": _DESK,
    "note": _DESK,
    "danger": _DESK,
    "sheet": _DESK,
    "clock": _DESK,
    "raise": _DESK,
    "release": _DESK,
    "close": _DESK,
    "refer": _DESK,
    "ask": _DESK,
    "next": _DESK,
    "needs": _DESK,
    "write": _DESK,
    "ack": _RECEIVING,
    "accept": _RECEIVING,
    "decline": _RECEIVING,
}


def may(role: str, verb: str) -> bool:
    """Whether a role has a verb; an unknown verb is nobody's."""
    return role in MAY.get(verb, frozenset())


def receives(role: str) -> bool:
    """Whether a role stands for a service of the directory."""
    return role in RECEIVERS
