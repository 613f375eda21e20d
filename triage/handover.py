"""Handing over to a person: with her yes, or at once on a flag immediate; and her words on their way to the desk."""

from datetime import UTC, datetime

from triage import planning, setting
from triage.clocks import clock_table
from triage.happened import EVENT_OF, written
from triage.lifecycle import CaseState, Move, may
from triage.talk import Talk
from triage.weighing import raised
from vault import consents, entries
from vault.orders import Urgency

# What her yes to a person opens to the desk: what she wrote and answered in this case.
SHARED = ("words", "answers", "clock")
# Stands before words of hers that change earlier ones, whoever reads them in whatever language.
CHANGED = "\u270e"
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


async def agree(talk: Talk) -> None:
    """Her yes: it is written down, and this talk is sealed a second time, to the desk's half."""
    await consents.answer(talk.connection, talk.case.id, consents.PERSON, True, talk.now)
    talk.agreed = True
    await _share(talk)
    await talk.note("consent.person")


async def _share(talk: Talk) -> None:
    await entries.share(talk.connection, talk.house.safe, talk.case.id, SHARED, _EVER)
    for spoken in await entries.read_all(talk.connection, talk.house.safe, talk.case.id, ("voice",)):
        await talk.order("fetch", Urgency.WORDS, entry=spoken.id)


async def refuse(talk: Talk) -> None:
    """Her no. Where the talk was open already it is taken back: the desk gets nothing more, and the wait is over."""
    await consents.answer(talk.connection, talk.case.id, consents.PERSON, False, talk.now)
    await talk.note("refused.person")
    if talk.agreed:
        talk.agreed = False
        talk.untold("opened_by_flag")
        talk.told("withdrew")
        await planning.unshow(talk)
        await stop(talk)


async def wait_for_person(talk: Talk) -> None:
    """Into the queue, or back to the counsellor who still holds the case."""
    await talk.goes_on()
    if talk.case.state in {CaseState.WAITING, CaseState.TALKING}:
        return
    if talk.case.forced_at is not None:
        await talk.tell_desk("she_was_forced")
    until = talk.now + setting.wait_window(talk.place)
    if talk.case.holder is not None and may(talk.case.state, Move.RETURN_TO_HOLDER):
        await talk.step(Move.RETURN_TO_HOLDER, left_at=None, window_until=until)
        await talk.tell_desk("she_returned")
        return
    step = Move.RETURN_TO_QUEUE if talk.case.state == CaseState.LEFT else Move.ASK
    await talk.step(step, waits_since=talk.now, window_until=until, left_at=None, closed_at=None, holder_id=None)
    await talk.tell_desk("case_waits")
    await talk.note("case.waits", talk.case.risk)


async def at_once(talk: Talk, flags: tuple[str, ...]) -> None:
    """A flag immediate: a person may read what she wrote now; the screen that says so is the caller's."""
    rose = await raised(talk, flags, "immediate")
    waited = talk.case.state in {CaseState.WAITING, CaseState.TALKING}
    if not talk.agreed:
        await _share(talk)
        talk.agreed = True
        talk.told("opened_by_flag")
        await talk.note("opened.immediate", ",".join(flags))
    await wait_for_person(talk)
    if waited and rose:
        await talk.tell_desk("case_rose")
    if not waited and talk.case.state == CaseState.TALKING:
        # Back with the counsellor who holds the case: danger comes first, and then it is said that a person is there.
        await talk.order("person_in", Urgency.LATER)


async def keep_words(talk: Talk, text: str, *, kind: str = "words") -> None:
    """Keep what she wrote: sealed to her half, and to the desk's once that is open; who talks with her sees it."""
    halves = entries.BOTH if talk.agreed else entries.HERS
    text = f"{CHANGED} {text}" if talk.changed and kind == "words" else text
    entry = await entries.write(talk.connection, talk.case.id, kind, "survivor", text, halves, talk.now)
    if talk.agreed and talk.case.state == CaseState.TALKING:
        await talk.tell_desk("her_words", Urgency.WORDS, entry=entry)


async def keep_clock(talk: Talk, item: str) -> None:
    """When it happened, as she told it or took it back: kept like her words; the hours left are for who shows it."""
    told = talk.place.answers.get(item)
    text = written(EVENT_OF[item], told if told in clock_table().answers else None)
    halves = entries.BOTH if talk.agreed else entries.HERS
    await entries.write(talk.connection, talk.case.id, "clock", "survivor", text, halves, talk.now)
    if talk.agreed and talk.case.state == CaseState.TALKING:
        await talk.tell_desk("clock_told", Urgency.WORDS)


async def stop(talk: Talk) -> None:
    """She stops waiting, or ends the talk."""
    if not may(talk.case.state, Move.STOP):
        return
    waited = talk.case.state == CaseState.WAITING
    await talk.step(Move.STOP)
    await talk.tell_desk("wait_over" if waited else "she_stopped")
    await talk.note("case.stopped")
