"""Cards about a case: the alert, the brief that opens and reopens it, her words, and the list of who waits."""

import hashlib
import json

from dialogs import planned
from dialogs.young import FLAG
from triage import needs, offering, sheet_cards, voicing
from triage.case_lines import clock_lines, danger_lines, flag_lines, left_lines, raised_by, signs, why_lines
from triage.duty import in_order
from triage.facts import newest_sheets
from triage.lifecycle import CaseState
from triage.permissions import OPERATORS
from triage.risk_class import RiskClass
from triage.sheets import INSTRUMENT
from triage.showing import Card, Desk, Forgotten, Nothing, Rows, Shown
from triage.wording import LONGEST, parts, units
from vault import cases, entries, referrals
from vault.cases import Case, ErasedError
from vault.entries import Entry

# The list shows this many cases, most urgent first; the rest is counted.
LISTED = 20
# A long message of hers is cut into pieces of this many units, so that the pages of a brief are well filled.
_PIECE = 1_200
_REFERRALS = 5
# What is written in a case, and beside it what is only told in lines of its own.
_SPOKEN = ("words", "note", "plan")
_KINDS = (*_SPOKEN, "answers", "clock", "danger")
_ALL = 1_000


def _line_of(desk: Desk, case: Case, key: str) -> str:
    return desk.say(
        key,
        mark=desk.name(f"mark.{case.risk}"),
        number=case.number,
        risk=desk.name(f"risk.{case.risk}"),
        language=desk.name(f"language.{case.language}"),
        time=desk.clock(case.waits_since or case.heard_at),
    )


async def alert(desk: Desk) -> Shown:
    """Class, signs, language and since when: what the desk may see of a case before anybody takes it."""
    case = desk.case
    if case is None or case.state != CaseState.WAITING:
        return Nothing("no longer waits")
    text = "\n".join((_line_of(desk, case, "alert"), *await signs(desk, case)))
    rings = bool(desk.due.order.params.get("rings", True))
    return Card(text, (desk.row(("button.take", f"take:{case.number}")),), sounds=rings)


async def alert_over(desk: Desk) -> Shown:
    """What an alert turns into, silently, once somebody has taken the case or it waits no more."""
    case, message_id = desk.case, desk.due.order.message_id
    if case is None or message_id is None:
        return Nothing("gone")
    if case.state == CaseState.WAITING:
        return Nothing("waits again")
    key = "taken.other" if case.state == CaseState.TALKING else "waits_no_more"
    return Card(desk.say(key, number=case.number), edit=message_id, version=key)


async def alert_later(desk: Desk) -> Shown:
    """An alert whose case must give way: an immediate one waits, and this member could take it."""
    case, message_id = desk.case, desk.due.order.message_id
    if case is None or message_id is None or case.state != CaseState.WAITING:
        return Nothing("gone")
    return Card(desk.say("alert.later", number=case.number), edit=message_id, version="alert.later")


async def queue(desk: Desk) -> Shown:
    """Who waits, most urgent first, with a button for each case; the first is the widest."""
    if desk.member is None or desk.member.role not in OPERATORS:
        return Nothing("not theirs")
    waiting = in_order(await cases.waiting(desk.connection))
    listed, more = waiting[:LISTED], len(waiting) - LISTED
    lines = [desk.say("queue.head", count=len(waiting)) if waiting else desk.say("queue.empty")]
    lines += [". ".join((_line_of(desk, case, "queue.line"), *await signs(desk, case))) for case in listed]
    if more > 0:
        lines.append(desk.say("queue.more", count=more))
    allowed = await _allowed(desk, listed)
    if listed and not allowed:
        lines.append(desk.say("queue.none_yours"))
    text = "\n".join(lines)
    version = _digest(f"{text}{[case.number for case in allowed]}")
    return Card(text, _takes(desk, allowed), edit=desk.due.order.message_id, mark="queue", version=version)


async def _allowed(desk: Desk, listed: list[Case]) -> list[Case]:
    """The listed cases that may be taken from here: while an immediate one waits for this member, no other."""
    if desk.member is None or desk.member.on_duty_since is None:
        return listed
    here = await offering.floor(desk.connection, desk.now)
    shown = {case.id for case in (*here.shown(desk.member.id), *here.let_pass(desk.member.id))}
    return [case for case in listed if case.id in shown]


async def queue_changed(desk: Desk) -> Shown:
    """The list that stands in a chat, as it is now: what was taken or erased is on it no more."""
    message_id = desk.due.order.message_id
    if message_id is None:
        return Nothing("gone")
    shown = await queue(desk)
    return shown if isinstance(shown, Card) else Forgotten((message_id,))


def _takes(desk: Desk, listed: list[Case]) -> Rows:
    buttons = [
        (desk.say("button.take_case", mark=desk.name(f"mark.{case.risk}"), number=case.number), f"take:{case.number}")
        for case in listed
    ]
    pairs = [tuple(buttons[at : at + 2]) for at in range(1, len(buttons), 2)]
    return (tuple(buttons[:1]), *pairs) if buttons else ()


def _digest(text: str) -> str:
    """What a list says, in short: numbers, classes and times, which stand in the cases' rows anyway."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


async def card(desk: Desk) -> Shown:
    """The brief: what is known and what was written, so that nothing is asked of her twice. Newest page first."""
    case = desk.case
    if case is None or not desk.holds:
        return Nothing("not theirs any more")
    await desk.audit("read.case")
    page = int(desk.due.order.params.get("page", 0))
    found = await entries.read_all(desk.connection, desk.house.safe, case.id, _KINDS, _ALL)
    head = await _head(desk, case, found) if page == 0 else [desk.say("card.page", number=case.number)]
    pages = _pages(_spoken(desk, found), LONGEST - units("\n".join(head)) - 1)
    lines = pages[page] if page < len(pages) else []
    rows = _buttons(desk, case) if page == 0 else ()
    if page + 1 < len(pages):
        rows = (desk.row(("button.earlier", f"earlier:{case.number}:{page + 1}")), *rows)
    return Card("\n".join((*head, *lines)), rows, sounds=page == 0, mark="card" if page == 0 else "")


async def _head(desk: Desk, case: Case, found: list[Entry]) -> list[str]:
    lines = [_line_of(desk, case, "card.head" if case.state == CaseState.TALKING else "card.head_quiet")]
    if case.state == CaseState.LEFT:
        lines += await left_lines(desk, case)
    elif case.state == CaseState.WITH_PROGRAM:
        lines.append(desk.say("card.stopped"))
    if FLAG in case.flags:
        lines.append(desk.say("card.minor"))
    by_hand = await raised_by(desk, case)
    told = (*flag_lines(desk, case), *_needs(desk, found), *why_lines(desk, case, found, by_hand))
    known = (*_answers(desk, found), *clock_lines(desk, found), *danger_lines(desk, found))
    return [*lines, *told, *known, *await _referrals(desk, case)]


def _needs(desk: Desk, found: list[Entry]) -> list[str]:
    told = needs.newest(found)
    return [desk.say("card.needs", needs=", ".join(desk.name(f"value.access.{need}") for need in told))] if told else []


def _answers(desk: Desk, found: list[Entry]) -> list[str]:
    """What she or the counsellor answered of each instrument, the screening first."""
    sheets = newest_sheets(found)
    return [sheet_cards.line(desk, name, sheets[name]) for name in sorted(sheets, key=lambda name: name != INSTRUMENT)]


async def _referrals(desk: Desk, case: Case) -> list[str]:
    found = await referrals.of_case(desk.connection, case.id)
    services = desk.house.region
    return [
        desk.say(
            "card.referral",
            number=one.number,
            service=service.name(desk.language) if (service := services.service(one.service)) else one.service,
            state=desk.name(f"state.{one.state}"),
        )
        for one in found[-_REFERRALS:]
    ]


def _spoken(desk: Desk, found: list[Entry]) -> list[str]:
    return [piece for entry in found if entry.kind in _SPOKEN for piece in parts(_said(desk, entry), _PIECE)]


def _said(desk: Desk, entry: Entry) -> str:
    if entry.kind == "plan":
        lines = planned.lines(json.loads(entry.text), desk.language, desk.house.words)
        return desk.say("card.plan", time=desk.clock(entry.at), words="\n".join(("", *lines)))
    key = "card.note" if entry.kind == "note" else f"card.{entry.author}"
    return desk.say(key, time=desk.clock(entry.at), words=entry.text)


def _pages(lines: list[str], first: int) -> list[list[str]]:
    """The lines in pages, the newest page first; within a page the oldest line first."""
    pages: list[list[str]] = [[]]
    room = first
    for line in reversed(lines):
        if units(line) + 1 > room:
            pages.append([])
            room = LONGEST
        pages[-1].insert(0, line)
        room -= units(line) + 1
    return pages


def _buttons(desk: Desk, case: Case) -> Rows:
    number = case.number
    ways_out = (("button.release", f"release:{number}"), ("button.close", f"close:{number}"))
    higher = [] if case.risk == RiskClass.IMMEDIATE.word else [("button.raise", f"raise:{number}")]
    if case.state != CaseState.TALKING:
        notes = desk.row(("button.note", f"note:{number}"), *higher)
        return (notes, desk.row(("button.close", f"close:{number}")))
    # Two in a row: of three the longest word is broken on a phone.
    asks = (("button.danger", f"danger:{number}"), ("button.sheet", f"sheet:{number}"))
    writes = (("button.clock", f"clock:{number}"), ("button.note", f"note:{number}"))
    does = (("button.refer", f"refer:{number}"), *higher)
    return (desk.row(*asks), desk.row(*writes), desk.row(*does), desk.row(*ways_out))


async def words(desk: Desk) -> Shown:
    """What she wrote, under the case's number; her name, picture and number are nowhere."""
    case, entry = desk.case, desk.due.order.entry
    if case is None or entry is None or not desk.holds:
        return Nothing("not theirs any more")
    try:
        text = await entries.read(desk.connection, desk.house.safe, case.id, entry)
    except ErasedError:
        return Nothing("erased")
    await desk.audit("read.words")
    chosen = desk.member is not None and desk.member.current_case == case.id
    rows = () if chosen else (desk.row(("button.case", f"switch:{case.number}")),)
    said = desk.say("words", number=case.number, words=parts(text)[desk.due.order.part])
    return Card(said, rows, sounds=desk.due.order.part == 0)


async def voice(desk: Desk) -> Shown:
    """What she spoke, under the case's number."""
    case, entry = desk.case, desk.due.order.entry
    if case is None or entry is None or not desk.holds:
        return Nothing("not theirs any more")
    try:
        kept = await entries.read(desk.connection, desk.house.safe, case.id, entry)
    except ErasedError:
        return Nothing("erased")
    await desk.audit("read.voice")
    spoken, seconds = voicing.opened(kept)
    return Card(desk.say("voice", number=case.number, seconds=seconds), sounds=True, voice=spoken)
