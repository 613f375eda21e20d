"""What she says yes or no to, one thing at a time: a referral, a next contact, the list of what she needs."""

import json
from datetime import UTC, datetime

from dialogs.flows.road import KEPT, PASSED
from dialogs.kinds import Choice, Effect
from triage import needs
from triage.talk import Talk
from vault import consents, entries, orders
from vault.orders import Urgency
from vault.tables import SURVIVORS


async def share(talk: Talk, choice: Choice, arg: str) -> None:
    """Her answer to exactly one referral: yes and no weigh the same, and the desk learns which it was.

    Written down with the fields that she was shown. The number comes out of a button's data, which a client can forge:
    an answer to what she was never shown is none.
    """
    said = choice.effect is Effect.SHARE
    fields = await _fields_shown(talk, arg)
    if fields is None:
        return
    await consents.answer(talk.connection, talk.case.id, consents.REFERRAL, said, talk.now, receiver=arg, fields=fields)
    talk.untold(PASSED, KEPT)
    talk.told(PASSED if said else KEPT)
    await talk.tell_desk("referral_answered", Urgency.WORDS, params={"number": arg, "yes": said})
    await talk.note("consent.referral" if said else "refused.referral", arg)


async def _fields_shown(talk: Talk, number: str) -> list[str] | None:
    """Which fields the referral of this number would pass on, as her own half keeps it; None where she has no such."""
    for kept in await entries.read_all(talk.connection, talk.house.safe, talk.case.id, ("referral",)):
        referral = json.loads(kept.text)
        if referral["number"] == number:
            return sorted(referral["fields"])
    return None


async def meet(talk: Talk, choice: Choice, arg: str) -> None:
    """Her answer to a proposed contact: with her yes, one neutral question goes out at that time, nothing before."""
    said = choice.value == "yes"
    at = datetime.fromtimestamp(int(arg) * 60, UTC) if arg.isdecimal() else None
    if at is None or at <= talk.now:
        return
    await consents.answer(talk.connection, talk.case.id, consents.CONTACT, said, talk.now, receiver=arg)
    if said:
        await talk.change(next_at=at)
        await talk.order("knock", Urgency.LATER, not_before=at, params={"agreed": True})
    await talk.tell_desk("contact_answered", Urgency.WORDS, params={"at": at.isoformat(), "yes": said})
    await talk.note("consent.contact" if said else "refused.contact")


async def no_more(talk: Talk) -> None:
    """She never wants to be written to: a contact agreed before is off, and whoever counted on it learns it."""
    for due in await orders.of_kind(talk.connection, SURVIVORS, "knock"):
        if due.order.address != talk.address:
            continue
        await orders.end(talk.connection, SURVIVORS, due.order.id, "never", talk.now)
        if due.order.params.get("agreed") and due.order.not_before is not None:
            at = due.order.not_before.astimezone(UTC).isoformat()
            await talk.tell_desk("contact_answered", Urgency.WORDS, params={"at": at, "yes": False})


async def say_needs(talk: Talk, choice: Choice, _arg: str) -> None:
    """Her answer to the list of what she needs, which she has just seen."""
    await needs.told(talk, may=choice.value == "yes")
