"""Reception, the survivor's side: hears what she sends, moves her place, and writes what is to be said and done.

Everything for one thing she sent happens in one transaction, with her row held. Nothing is sent from here.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import young
from dialogs.engine import STEPS, NoSuchMoveError, move
from dialogs.flows.footer import LISTEN
from dialogs.flows.plan import ASKS
from dialogs.flows.plan_state import let_go
from dialogs.flows.plan_table import LONGEST_OWN, Item
from dialogs.flows.settings import CAPTURES
from dialogs.hearing import AsksProgram, Chosen, Exit, Heard, WantsLanguage, WantsPerson, Words, hear
from dialogs.kinds import Step
from dialogs.screen import parse_data
from triage import decoying, effects, handover, leaving, listening, planning, setting, voicing
from triage.flags import Conversation, Reading, read
from triage.house import House
from triage.lifecycle import CaseState
from triage.risk_class import RiskClass
from triage.saying import Blocked, Came, Pressed, Said, Unblocked, Unreadable, Voice, command_of, rest_of
from triage.talk import ASKS_SAFE, Talk, as_it_stands, is_known, once_more, take_up
from triage.weighing import weigh
from vault import ledger, orders
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.tables import SURVIVORS

# Longer than this and she is asked again whether it is safe (survivor.md, rule 23).
PAUSE = timedelta(minutes=15)
# What may be answered before rule 1 is: the screens that show nothing of before, and whether a person may see what she
# writes.
_BEFORE_SAFE = ASKS_SAFE | {"limits", "limits_young"}


async def receive(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """One thing she sent, from her row to the orders it leads to."""
    if isinstance(came.saying, Blocked | Unblocked) and not await is_known(house, connection, came.chat):
        return
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    await _stands(talk, came)
    came = await _on_what_stands(talk, came)
    if talk.new:
        await leaving.take_back_receipt(talk, came.chat, came.message_id)
    if talk.new and not _lets_in(talk, came):
        # A closed door: whoever does not bring the way in meets the cookery book, and nothing else of us.
        await ledger.leave(connection, SURVIVORS, talk.address, now, [])
    address = await ledger.address(connection, SURVIVORS, talk.address)
    if address is not None and address.wipe != "open":
        await decoying.hear(talk, came)
    else:
        await _hear_inside(talk, came)
    if not talk.knows("erased"):
        # With every message: what she told ages, and with it how soon somebody must be there.
        await weigh(talk)
        await _fade_later(talk)
        await talk.keep()


async def _stands(talk: Talk, came: Came) -> None:
    """Every message of hers is in the ledger: what is not can never be wiped."""
    if came.message_id is None or isinstance(came.saying, Pressed):
        return
    talk.typed = came.message_id
    await ledger.stands(
        talk.connection, SURVIVORS, talk.address, came.message_id, ours=False, kind="hers", sent_at=came.at
    )


async def _on_what_stands(talk: Talk, came: Came) -> Came:
    """A tap that was under way while its message went is answered below: an edit of what is gone would cost a call,
    and a way out must hide the screen with its first."""
    under = came.message_id if isinstance(came.saying, Pressed) else None
    if under is None or not await ledger.is_gone(talk.connection, SURVIVORS, talk.address, under):
        return came
    return replace(came, message_id=None)


def _lets_in(talk: Talk, came: Came) -> bool:
    if not talk.house.door.closed:
        return True
    text = came.saying.text if isinstance(came.saying, Said) else ""
    return talk.house.door.lets_in(command_of(text), rest_of(text), text)


async def _fade_later(talk: Talk) -> None:
    """Her timer runs from the last thing she sent."""
    at = talk.now + setting.timer(talk.place)
    fade = Order("fade", talk.address, Urgency.LATER, case=talk.case.id, not_before=at)
    await orders.postpone(talk.connection, SURVIVORS, fade, talk.now)


async def _hear_inside(talk: Talk, came: Came) -> None:
    if isinstance(came.saying, Blocked):
        await leaving.leave(talk, blocked=True)
        return
    if isinstance(came.saying, Unblocked):
        return
    _pause(talk)
    await talk.change(heard_at=talk.now)
    if talk.knows("safe"):
        await talk.open_window()
    if isinstance(came.saying, Pressed):
        talk.thumb = came.message_id
        await _tap(talk, came.saying.data)
    elif isinstance(came.saying, Said):
        await _said(talk, came.saying, came.message_id)
    else:
        await _unreadable(talk, came.saying)


def _pause(talk: Talk) -> None:
    """After a pause somebody else may hold the phone: rule 1 is asked again before anything is shown or released."""
    if talk.knows("safe") and talk.now - talk.case.heard_at >= PAUSE:
        talk.untold("safe", "by_word")
        talk.told("paused")
        talk.place = let_go(talk.place)


async def _tap(talk: Talk, data: str) -> None:
    tapped = parse_data(data)
    if tapped is None:
        await _here_again(talk)
        return
    if tapped.arg == listening.UNDER:
        talk.thumb = None
    await choose(talk, tapped.step, tapped.choice, tapped.arg)


async def choose(talk: Talk, step: str, choice: str, arg: str = "") -> None:
    """One choice on one screen, tapped or typed; a button that no screen of ours has shows where she stands.

    Before rule 1 is answered an old keyboard is no way round it, but for what leads out, to a person, or cries danger.
    """
    try:
        if choice == LISTEN.id and (talk.knows("safe") or step in ASKS_SAFE):
            await listening.listen(talk, step)
        elif talk.knows("safe") or step in _BEFORE_SAFE or choice == "person" or effects.is_urgent(step, choice):
            await effects.carry_out(talk, step, choice, arg)
        else:
            await talk.show(_here(talk))
    except NoSuchMoveError:
        await _here_again(talk)


def _here(talk: Talk) -> str:
    """Where she stands; before rule 1 is answered that is the question whether it is safe."""
    if not talk.knows("safe"):
        return "greet" if not talk.place.language or talk.place.step == "greet" else "safe_now"
    places = {CaseState.TALKING: "talking", CaseState.WAITING: "waiting"}
    return places.get(CaseState(talk.case.state), once_more(talk.place.step))


async def _here_again(talk: Talk) -> None:
    """Where she stands, once more, as a new message."""
    talk.thumb = None
    await talk.show(_here(talk))


async def _said(talk: Talk, said: Said, message_id: int | None) -> None:
    step = talk.place.step
    command = command_of(said.text)
    if command == "/start":
        await greet(talk)
    elif command:
        # No command but /start is hers; a staff command by a stranger is answered like any slip of the finger.
        await _here_again(talk)
    elif step in CAPTURES and talk.knows("safe"):
        await _her_word(talk, CAPTURES[step], said.text, message_id)
    else:
        await _words(talk, said.text.strip())


async def _her_word(talk: Talk, kind: str, text: str, message_id: int | None) -> None:
    """The word she chooses: kept as a hash, and her message goes at once; a way out is still a way out."""
    language = talk.place.language
    heard = hear(text, STEPS[talk.place.step], language, talk.house.words, talk.house.region, talk.manner)
    if isinstance(heard, Exit) or setting.meant(talk.place, text) in {"exit", "duress"}:
        await _words(talk, text)
        return
    if isinstance(heard, Chosen):
        await choose(talk, talk.place.step, heard.choice)
        return
    if message_id is not None:
        await talk.order("unsay", Urgency.EXIT, message_id=message_id)
    chosen = setting.choose_word(talk, kind, text)
    if chosen and kind == "code":
        talk.told("by_word")
    await talk.show("word_done" if chosen else "word_bad")


async def greet(talk: Talk) -> None:
    """The neutral start: the greeting and the languages, whatever was before."""
    talk.untold("by_word")
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
    meant = setting.meant(talk.place, text)
    if meant in {"exit", "duress"}:
        if meant == "duress":
            await leaving.forced(talk)
        await leaving.leave(talk, text)
        return
    match hear(text, step, language, talk.house.words, talk.house.region, talk.manner):
        case Exit():
            await leaving.leave(talk, text)
        case Chosen(choice):
            await choose(talk, step.id, choice)
        case Words():
            await (_plan_words(talk, ASKS[step.id], text) if _asks_of_plan(talk, step) else free_words(talk, text))
        case request:
            await _requested(talk, request, text)


def _asks_of_plan(talk: Talk, step: Step) -> bool:
    return step.id in ASKS and talk.knows("safe")


async def _plan_words(talk: Talk, item: Item, text: str) -> None:
    """Words of hers where the plan asks: read for danger first; a few are the answer, more are a message like any.

    What belongs to the plan goes from the chat at once, taken or not: it stands there for anybody to read.
    """
    reading = _reading(talk, text)
    if len(text) > LONGEST_OWN or reading.urgency == "immediate" or _somebody_else(reading):
        await free_words(talk, text)
        return
    if reading.urgency == "high":
        await weigh(talk, reading.flags, reading.urgency)
    if talk.typed is not None:
        await talk.order("unsay", Urgency.EXIT, message_id=talk.typed)
    on = move(talk.place, talk.place.step, "skip", talk.known()).place.step
    await talk.show(on if await planning.put_words(talk, item, text) else "plan.typed")


async def _requested(talk: Talk, request: Heard, text: str) -> None:
    """A request in her own words. "He is at the door, I need a person" is both: danger is answered first.

    Only danger that a rule finds: a likeness alone (the second reader) sees danger in "delete everything" and in "are
    you a bot", and would leave a plain request without its answer. Before she said that it is safe to write, nothing
    inside is shown but that question; a person is no content.
    """
    if _by_rule(_reading(talk, text)):
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


def _by_rule(reading: Reading) -> bool:
    """Whether a rule found what was read, and not the second reader's sense of likeness alone."""
    return bool(reading.flags) and any(cue.rule != "second" for cue in reading.why)


def _somebody_else(reading: Reading) -> bool:
    """Whether the words say that it is not she who writes. A likeness alone never sends her out: that is too much to
    do to a woman who asked where she could go."""
    return "perpetrator_writing" in reading.flags and _by_rule(reading)


async def free_words(talk: Talk, text: str) -> None:
    """Her own words: kept, read for danger, passed on where a person may read them, and answered."""
    reading = _reading(talk, text)
    if _somebody_else(reading):
        await _other_reader(talk, text)
        return
    if young.FLAG in reading.flags:
        talk.told(young.BY_WORDS)
    if reading.urgency == "immediate":
        await handover.keep_words(talk, text)
        already = talk.case.state == CaseState.TALKING
        await handover.at_once(talk, reading.flags)
        if not already:
            await talk.show("danger")
        return
    if reading.urgency == "high":
        await weigh(talk, reading.flags, "high")
    await handover.keep_words(talk, text)
    await _answer_words(talk, amber=reading.urgency == "high")


async def _other_reader(talk: Talk, text: str) -> None:
    """Somebody else seems to write: nothing is confirmed, the decoy answers, the desk is told.

    His own words stay under his eyes, with the book's answer below: a message that goes by itself would make him look.
    """
    await handover.keep_words(talk, text)
    await weigh(talk, ("perpetrator_writing",))
    await talk.tell_desk("identity_doubt")
    await leaving.leave(talk, spare=talk.typed)


async def _answer_words(talk: Talk, *, amber: bool) -> None:
    if _here(talk) in ASKS_SAFE:
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
    live = {CaseState.TALKING}
    if isinstance(saying, Voice):
        await voicing.keep(talk, saying)
        live = {CaseState.WAITING, CaseState.TALKING}
    elif talk.case.state == CaseState.TALKING:
        await talk.tell_desk("unreadable")
    if talk.case.state in live or _here(talk) in ASKS_SAFE:
        await _answer_words(talk, amber=False)
    else:
        await talk.show("sos")


async def misread(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """An update that failed three times: its screen, and a line to the desk. In the decoy, the decoy's."""
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    address = await ledger.address(connection, SURVIVORS, talk.address)
    await _stands(talk, came)
    if address is not None and address.wipe != "open":
        await decoying.show(talk, "")
    else:
        talk.place = replace(talk.place, language=talk.place.language or talk.case.language)
        await talk.show("sos")
    await talk.tell_desk("misread")
    await talk.keep()
