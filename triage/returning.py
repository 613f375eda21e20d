"""She comes back to a counsellor who is off duty: she is not left with nobody, and not told that somebody is there."""

from datetime import datetime

from triage.lifecycle import Move, may, move
from vault import audit, cases, orders
from vault.cases import Case
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.tables import DESK, SURVIVORS


async def to_the_queue(connection: Connection, case: Case, now: datetime) -> bool:
    """Give the case to whoever is on duty, and tell her that she waits; False where it has moved on meanwhile."""
    locked = await cases.find(connection, case.id, lock=True)
    if locked is None or locked.holder != case.holder or not may(locked.state, Move.RELEASE):
        return False
    state = move(locked.state, Move.RELEASE)
    await cases.change(connection, case.id, state=state.value, holder_id=None, waits_since=now, taken_at=None)
    await audit.note(connection, "desk", "case.released", now, case=case.id)
    told = Order("waits_again", case.address, Urgency.WORDS, case=case.id)
    await orders.write(connection, SURVIVORS, told, now, across=True)
    await orders.write(connection, DESK, Order("case_waits", None, Urgency.ALERT, case=case.id), now)
    return True
