"""Cards about a referral: the choice of a service, what she will be asked, and what the service sees."""

import json

from dialogs.young import FLAG
from triage import needs, referring
from triage.lifecycle import Hand, NotAllowedError, ReferralState, move_referral
from triage.showing import Card, Desk, Nothing, Rows, Shown
from vault import entries, people, referrals
from vault.cases import ErasedError
from vault.referrals import Referral

# The buttons of a service, and the move each begins with: accepting acknowledges on the way.
_BUTTONS = (("ack", "acknowledge"), ("accept", "accept"), ("decline", "reject"))


async def services(desk: Desk) -> Shown:
    """The region's services, a button each; under the thumb where one was looked at before."""
    case = desk.case
    if case is None or not desk.holds:
        return Nothing("not theirs any more")
    # Where she is under 18, who protects children stands first; the others stay in the order of the directory.
    listed = sorted(desk.house.region.services, key=lambda one: FLAG in case.flags and one.kind != "child_protection")
    rows = tuple(((service.name(desk.language), f"refer:{case.number}:{service.id}"),) for service in listed)
    return Card(desk.say("refer.pick", number=case.number), rows, edit=desk.due.order.message_id, version="pick")


async def confirm(desk: Desk) -> Shown:
    """What she will be asked, before she is asked: a slip of the thumb must not put a service before her."""
    case = desk.case
    service = desk.house.region.service(str(desk.due.order.params["service"]))
    if case is None or service is None or not desk.holds:
        return Nothing("not theirs any more")
    access = await needs.known(desk.connection, desk.house.safe, case.id)
    carried = referring.fields_of(case, service, "", access)
    fields = "\n".join(_field(desk, name, value) for name, value in carried.items())
    text = desk.say(
        "refer.confirm", number=case.number, service=service.name(desk.language), fields=fields, id=service.id
    )
    rows = (
        desk.row(("button.ask", f"ask:{case.number}:{service.id}")),
        desk.row(("button.needs", f"needs:{case.number}")),
        desk.row(("button.other_service", f"refer:{case.number}:other")),
    )
    return Card(text, rows, edit=desk.due.order.message_id, version=service.id)


async def referral(desk: Desk) -> Shown:
    """What the service sees: the fields she said yes to, and nothing else of the case."""
    found = await referrals.find(desk.connection, str(desk.due.order.params["number"]))
    if found is None or desk.member is None or found.service != desk.member.service:
        return Nothing("not theirs")
    if found.entry is None:
        return Nothing("erased")
    try:
        kept = json.loads(await entries.read(desk.connection, desk.house.safe, found.case, found.entry))
    except ErasedError:
        return Nothing("erased")
    await desk.audit("read.referral")
    lines = [desk.say("referral.head", number=found.number, state=desk.name(f"state.{found.state}"))]
    lines += [_field(desk, name, value) for name, value in kept["fields"].items()]
    if found.due_at is not None and is_new(found):
        lines.append(desk.say("referral.due", time=desk.clock(found.due_at)))
    return Card(
        "\n".join(lines),
        _moves(desk, found),
        edit=desk.due.order.message_id,
        sounds=is_new(found) and await _is_owed(desk, found),
        mark=referring.mark_of(found),
        version=found.state,
    )


async def referral_changed(desk: Desk) -> Shown:
    """A standing card of a referral that has moved."""
    return Nothing("gone") if desk.due.order.message_id is None else await referral(desk)


def _moves(desk: Desk, found: Referral) -> Rows:
    """The buttons of what may be done from here, by the referral's own life cycle."""
    rows = []
    for verb, move in _BUTTONS:
        state = ReferralState.ACKNOWLEDGED if verb == "accept" and is_new(found) else found.state
        try:
            move_referral(state, move, Hand.RECEIVER)
        except NotAllowedError:
            continue
        rows.append(desk.row((f"button.{verb}", f"{verb}:{found.number}")))
    return tuple(rows)


def is_new(found: Referral) -> bool:
    """Whether nobody at the service has acknowledged it yet."""
    return found.state in {ReferralState.SENT, ReferralState.ESCALATED}


async def _is_owed(desk: Desk, found: Referral) -> bool:
    """Whose phone sounds: of those on duty, where any is; else of everybody who receives for the service."""
    assert desk.member is not None  # noqa: S101 - checked by the caller
    colleagues = await people.of_service(desk.connection, found.service)
    return desk.member.on_duty_since is not None or all(one.on_duty_since is None for one in colleagues)


def _field(desk: Desk, name: str, value: str) -> str:
    return f"{desk.say(f'field.{name}')}: {desk.words.value(desk.language, name, value)}"


async def declined_words(desk: Desk) -> Shown:
    """The reason a service gave in its own words, to whoever holds the case or sent the referral."""
    order = desk.due.order
    if desk.case is None or order.entry is None:
        return Nothing("erased")
    try:
        text = await entries.read(desk.connection, desk.house.safe, desk.case.id, order.entry)
    except ErasedError:
        return Nothing("erased")
    await desk.audit("read.words")
    number, reason = str(order.params["number"]), desk.name(f"reason.{order.params['reason']}")
    rows = (desk.row(("button.refer", f"refer:{desk.case.number}")),) if desk.holds else ()
    said = desk.say("refer.declined_words", number=number, reason=reason, words=text, of_case=desk.case.number)
    return Card(said, rows, sounds=True)
