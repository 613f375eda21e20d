"""Reception, the survivor's side: hears what she sends, moves her place, and writes what is to be said and done.

Everything for one thing she sent happens in one transaction, with her row held. Nothing is sent from here.
"""

from dataclasses import replace
from datetime import datetime

from dialogs.engine import STEPS, NoSuchMoveError
from dialogs.hearing import AsksProgram, Chosen, Exit, Heard, WantsLanguage, WantsPerson, Words, hear
from dialogs.kinds import Step
from dialogs.screen import parse_data
from triage import decoying, effects, handover, leaving
from triage.flags import Conversation, Reading, read
from triage.house import House
from triage.lifecycle import CaseState
from triage.risk_class import RiskClass
from triage.saying import Blocked, Came, Pressed, Said, Unblocked, Unreadable, Voice, command_of
from triage.talk import WINDOW, Talk, as_it_stands, is_known, take_up
from vault import ledger
from vault.database import Connection
from vault.tables import SURVIVORS

# What may be answered before rule 1 is: the greeting, rule 1 itself, and whether a person may see what she writes.
_BEFORE_SAFE = frozenset({"greet", "safe_now", "limits"})


async def receive(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """One thing she sent, from her row to the orders it leads to."""
    if isinstance(came.saying, Blocked | Unblocked) and not await is_known(house, connection, came.chat):
        return
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    if came.message_id is not None and not isinstance(came.saying, Pressed):
        await _stands(talk, came, came.message_id)
    address = await ledger.address(connection, SURVIVORS, talk.address)
    if address is not None and address.wipe != "open":
        await decoying.hear(talk, came)
    else:
        await _hear_inside(talk, came)
    if not talk.knows("erased"):
        await talk.keep()


async def _stands(talk: Talk, came: Came, message_id: int) -> None:
    """Every message of hers is in the ledger: what is not can never be wiped."""
    talk.typed = message_id
    await ledger.stands(talk.connection, SURVIVORS, talk.address, message_id, ours=False, kind="hers", sent_at=came.at)


async def _hear_inside(talk: Talk, came: Came) -> None:
    if isinstance(came.saying, Blocked):
        await leaving.leave(talk, blocked=True)
        return
    if isinstance(came.saying, Unblocked):
        return
    await _open_window(talk)
    if isinstance(came.saying, Pressed):
        talk.thumb = came.message_id
        await _tap(talk, came.saying.data)
    elif isinstance(came.saying, Said):
        await _said(talk, came.saying)
    else:
        await _unreadable(talk, came.saying)


async def _open_window(talk: Talk) -> None:
    """Each message or tap of hers opens her window, and what was held for her may go.

    After a pause that let it close somebody else may hold the phone: rule 1 is asked anew, and what is held waits for
    her answer.
    """
    until = talk.now + WINDOW
    longer = talk.case.window_until
    if longer is None or longer < talk.now:
        talk.untold("safe")
    await talk.change(heard_at=talk.now, window_until=max(until, longer) if longer else until)
    if talk.knows("safe"):
        await talk.goes_on()


async def _tap(talk: Talk, data: str) -> None:
    tapped = parse_data(data)
    if tapped is None:
        await _here_again(talk)
        return
    await choose(talk, tapped.step, tapped.choice, tapped.arg)


async def choose(talk: Talk, step: str, choice: str, arg: str = "") -> None:
    """One choice on one screen, tapped or typed; a button that no screen of ours has shows where she stands.

    Before rule 1 is answered an old keyboard is no way round it, but for what leads out, to a person, or cries danger.
    """
    try:
        if talk.knows("safe") or step in _BEFORE_SAFE or choice == "person" or effects.is_urgent(step, choice):
            await effects.carry_out(talk, step, choice, arg)
        else:
            await talk.show(_here(talk))
    except NoSuchMoveError:
        await _here_again(talk)


def _here(talk: Talk) -> str:
    """Where she stands; before rule 1 is answered that is the question whether it is safe."""
    if not talk.place.language or talk.place.step == "greet":
        return "greet"
    if not talk.knows("safe"):
        return "safe_now"
    places = {CaseState.TALKING: "talking", CaseState.WAITING: "waiting"}
    return places.get(CaseState(talk.case.state), talk.place.step)


async def _here_again(talk: Talk) -> None:
    """Where she stands, once more, as a new message."""
    talk.thumb = None
    await talk.show(_here(talk))


async def _said(talk: Talk, said: Said) -> None:
    command = command_of(said.text)
    if command == "/start":
        await greet(talk)
    elif command:
        # No command but /start is hers; a staff command by a stranger is answered like any slip of the finger.
        await _here_again(talk)
    else:
        await _words(talk, said.text.strip())


async def greet(talk: Talk) -> None:
    """The neutral start: the greeting and the languages, whatever was before."""
    talk.untold("safe")
    await talk.show("greet")


def _standing(talk: Talk) -> Step:
    """The screen that typed words answer: in a live talk there is none but the talk itself."""
    if talk.case.state == CaseState.TALKING and talk.knows("safe"):
        return STEPS["talking"]
    return STEPS.get(as_it_stands(talk.place.step, talk.case.state), STEPS["greet"])


async def _words(talk: Talk, text: str) -> None:
    """Typed words: a way out first, then what this screen offers, then danger, then a request, then words."""
    language = talk.place.language or talk.case.language
    step = _standing(talk)
    match hear(text, step, language, talk.house.words, talk.house.region):
        case Exit():
            await leaving.leave(talk, text)
        case Chosen(choice):
            await choose(talk, step.id, choice)
        case Words():
            await free_words(talk, text)
        case request:
            await _requested(talk, request, text)


async def _requested(talk: Talk, request: Heard, text: str) -> None:
    """A request in her own words. "He is at the door, I need a person" is both: danger is answered first.

    Before she said that it is safe to write, nothing inside is shown but that question; a person is no content.
    """
    if _reading(talk, text).flags:
        await free_words(talk, text)
    elif isinstance(request, WantsPerson):
        await effects.ask_for_person(talk)
    elif isinstance(request, WantsLanguage):
        await _other_language(talk, request.code)
    elif not talk.knows("safe"):
        await _here_again(talk)
    else:
        await talk.show("about" if isinstance(request, AsksProgram) else "erase_ask")


async def _other_language(talk: Talk, code: str) -> None:
    """Another language, without losing the place."""
    if not code:
        await talk.show("language" if talk.knows("safe") else "greet")
        return
    talk.place = replace(talk.place, language=code)
    await talk.change(language=code)
    await _here_again(talk)


def _reading(talk: Talk, text: str) -> Reading:
    return read(text, state=Conversation(risk_shown=talk.case.risk != RiskClass.ORDINARY.word))


async def free_words(talk: Talk, text: str) -> None:
    """Her own words: kept, read for danger, passed on where a person may read them, and answered."""
    reading = _reading(talk, text)
    if "perpetrator_writing" in reading.flags:
        await _other_reader(talk, text)
        return
    if reading.urgency == "immediate":
        await handover.keep_words(talk, text)
        already = talk.case.state == CaseState.TALKING
        await handover.at_once(talk, reading.flags)
        if not already:
            await talk.show("danger")
        return
    if reading.urgency == "high":
        await handover.rise_quietly(talk, RiskClass.HIGH, reading.flags)
    await handover.keep_words(talk, text)
    await _answer_words(talk, amber=reading.urgency == "high")


async def _other_reader(talk: Talk, text: str) -> None:
    """Somebody else seems to write: nothing is confirmed, the decoy answers, the desk is told.

    His own words stay under his eyes, with the book's answer below: a message that goes by itself would make him look.
    """
    await handover.keep_words(talk, text)
    await handover.rise_quietly(talk, RiskClass.HIGH, ("perpetrator_writing",))
    await talk.tell_desk("identity_doubt")
    await leaving.leave(talk, spare=talk.typed)


async def _answer_words(talk: Talk, *, amber: bool) -> None:
    if _here(talk) in {"greet", "safe_now"}:
        await talk.show(_here(talk))
    elif talk.case.state == CaseState.TALKING:
        return
    elif talk.case.state == CaseState.WAITING:
        await talk.show("left_words")
    elif amber and not talk.knows("near_asked"):
        talk.told("near_asked")
        await talk.show("near_now")
    elif talk.knows("validated"):
        await talk.show("heard")
    else:
        talk.told("validated")
        await talk.show("heard_first")


async def _unreadable(talk: Talk, saying: Voice | Unreadable) -> None:
    """What cannot be read is never answered by that alone: the danger question, or word to the counsellor."""
    if talk.case.state == CaseState.TALKING:
        await talk.tell_desk("unreadable", params={"kind": "voice" if isinstance(saying, Voice) else "other"})
    if _here(talk) in {"greet", "safe_now"}:
        await talk.show(_here(talk))
    elif talk.case.state != CaseState.TALKING:
        await talk.show("sos")


async def misread(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """An update that failed three times: its screen, and a line to the desk. In the decoy, the decoy's."""
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    address = await ledger.address(connection, SURVIVORS, talk.address)
    if came.message_id is not None and not isinstance(came.saying, Pressed):
        await _stands(talk, came, came.message_id)
    if address is not None and address.wipe != "open":
        await decoying.show(talk, "")
    else:
        talk.place = replace(talk.place, language=talk.place.language or talk.case.language)
        await talk.show("sos")
    await talk.tell_desk("misread")
    await talk.keep()
