"""What the counsellor proposes to her: a next contact, which a neutral question opens, or to be asked of her needs."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.young import FLAG
from triage.clerk import Clerk
from triage.lifecycle import CaseState
from triage.meant import of_mine
from triage.risk_gate import Age, asks
from triage.showing import AT

# "14:30" (the next one to come) or "25.11 14:30".
_TIME = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\s+)?(\d{1,2}):(\d{2})$")
LONGEST = timedelta(days=28)


def read_time(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment a text names, in local time, at most four weeks ahead; None where it names none."""
    found = _TIME.search(text.strip())
    if found is None:
        return None
    here = now.astimezone(zone)
    day, month, hour, minute = found.groups()
    try:
        at = here.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        if day is not None:
            at = at.replace(day=int(day), month=int(month))
    except ValueError:
        return None
    if at <= here:
        at = at.replace(year=at.year + 1) if day is not None else at + timedelta(days=1)
    return at if at - here <= LONGEST else None


async def propose(clerk: Clerk, rest: str) -> None:
    """`/next 14:30` or `/next 25.11 14:30`: she is asked; at that time a neutral line asks whether now is good."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case = meant.case
    at = read_time(meant.words, clerk.now, clerk.house.region.zone)
    if at is None:
        await clerk.line("next.how", case=case.id, number=case.number)
    elif case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{case.state}", case=case.id, number=case.number)
    else:
        await clerk.tell_her("contact", case, params={"arg": str(int(at.timestamp()) // 60)})
        await clerk.note("contact.asked", case.id)
        await clerk.line("next.asked", case=case.id, number=case.number, time=f"{AT}{at.isoformat()}")


async def ask_needs(clerk: Clerk, rest: str) -> None:
    """`/needs`: she is offered the six questions on what she needs; of somebody under 18 a person asks, not the bot."""
    meant = await of_mine(clerk, rest)
    if meant is None:
        return
    case = meant.case
    if case.state != CaseState.TALKING:
        await clerk.line(f"not_sent.{case.state}", case=case.id, number=case.number)
    elif not asks("wg-ss", Age.NOT_SAID, (), minor=FLAG in case.flags):
        await clerk.line("needs.by_person", case=case.id, number=case.number)
    else:
        await clerk.tell_her("needs", case)
        await clerk.note("needs.asked", case.id)
        await clerk.line("needs.asked", case=case.id, number=case.number)
