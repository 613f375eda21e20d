"""What she types: a way out first, then what the screen offers, then danger, then a request, then words of her own."""

from dataclasses import replace

from dialogs import strangers, young
from dialogs.engine import STEPS, move
from dialogs.flows.plan import ASKS
from dialogs.flows.plan_table import LONGEST_OWN, Item
from dialogs.flows.settings import CAPTURES
from dialogs.hearing import AsksProgram, Chosen, Exit, Heard, WantsLanguage, WantsPerson, Words, hear, is_courtesy
from dialogs.kinds import Step
from dialogs.secret import LONGEST
from triage import effects, handover, leaving, planning, setting
from triage.answering import answer_words
from triage.flags import Conversation, Reading, read
from triage.lifecycle import CaseState
from triage.risk_class import RiskClass
from triage.saying import Said, command_of
from triage.standing import choose, greet, here, here_again
from triage.talk import Talk, as_it_stands
from triage.weighing import weigh
from vault.orders import Urgency

_WITH_A_PERSON = frozenset({CaseState.WAITING, CaseState.TALKING})
# Red flag of words that speak of not wanting to live, and of nothing else.
SUICIDAL = "suicidal"


async def said_in_words(talk: Talk, said: Said) -> None:
    step = talk.place.step
    command = command_of(said.text)
    talk.changed = said.edited
    if command == "/start":
        await greet(talk)
    elif talk.house.door.lets_in("", "", said.text):
        # The way in that was handed out, as a word: no message of hers, and nobody may read it above the greeting.
        await _unsay(talk)
        await greet(talk)
    elif command:
        # No command but /start is hers; a staff command by a stranger is answered like any slip of the finger.
        await here_again(talk)
    elif step in CAPTURES and talk.knows("safe") and not talk.changed:
        await _her_word(talk, CAPTURES[step], said.text)
    else:
        await _words(talk, said.text.strip())


async def _her_word(talk: Talk, kind: str, text: str) -> None:
    """The word she chooses: kept as a hash, and her message goes at once.

    A way out, a request and a cry are what they are on any screen, and what is too long for a word is a message.
    """
    language = talk.place.language
    heard = hear(text, STEPS[talk.place.step], language, talk.house.words, talk.house.region, talk.manner)
    if not isinstance(heard, Words) or setting.meant(talk.place, text) in {"exit", "duress"} or _is_no_word(talk, text):
        await _words(talk, text)
        return
    await _unsay(talk)
    chosen = setting.choose_word(talk, kind, text)
    if chosen and kind == "code":
        talk.told("by_word")
    await talk.show("word_done" if chosen else "word_bad")


async def _unsay(talk: Talk) -> None:
    """What she just typed goes from the chat at once."""
    if talk.typed is not None:
        await talk.order("unsay", Urgency.EXIT, message_id=talk.typed)


def _is_no_word(talk: Talk, text: str) -> bool:
    """A dish may be cut with a knife: only what a rule hears as danger now, or as somebody else, is no word of hers."""
    reading = _reading(talk, text)
    cries = reading.urgency == "immediate" and _by_rule(reading)
    return len(text.strip()) > LONGEST or cries or _another(talk, text, reading)


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
    if meant == "code":
        await _is_here(talk)
        return
    match hear(text, step, language, talk.house.words, talk.house.region, talk.manner):
        case Exit():
            await leaving.leave(talk, text)
        case Chosen() if talk.changed:
            # It answered a question of before: the one that stands there now is asked once more.
            await here_again(talk)
        case Chosen(choice):
            await choose(talk, step.id, choice)
        case Words():
            reading = _reading(talk, text)
            if _asks_of_plan(talk, step):
                await _plan_words(talk, ASKS[step.id], text, reading)
            else:
                await _free_words(talk, text, reading)
        case request:
            await _requested(talk, request, text)


async def _is_here(talk: Talk) -> None:
    """Her word to come back, typed where she is in already: nobody reads it, and it stands in no history."""
    await _unsay(talk)
    talk.told("by_word")
    await here_again(talk)


def _asks_of_plan(talk: Talk, step: Step) -> bool:
    return step.id in ASKS and talk.knows("safe") and not talk.changed


async def _plan_words(talk: Talk, item: Item, text: str, reading: Reading) -> None:
    """Words of hers where the plan asks: read for danger first; a few are the answer, more are a message like any.

    What belongs to the plan goes from the chat at once, taken or not: it stands there for anybody to read.
    """
    if len(text) > LONGEST_OWN or reading.urgency == "immediate" or _another(talk, text, reading):
        await _free_words(talk, text, reading)
        return
    if reading.urgency == "high":
        await weigh(talk, reading.flags, reading.urgency)
    await _unsay(talk)
    on = move(talk.place, talk.place.step, "skip", talk.known()).place.step
    await talk.show(on if await planning.put_words(talk, item, text) else "plan.typed")


async def _requested(talk: Talk, request: Heard, text: str) -> None:
    """A request in her own words. "He is at the door, I need a person" is both: danger is answered first.

    Only danger that a rule finds: a likeness alone (the second reader) sees danger in "delete everything" and in "are
    you a bot", and would leave a plain request without its answer. Before she said that it is safe to write, nothing
    inside is shown but that question; a person is no content.
    """
    reading = _reading(talk, text)
    if _by_rule(reading) or _another(talk, text, reading):
        await _free_words(talk, text, reading)
    elif isinstance(request, WantsPerson):
        await effects.ask_for_person(talk)
    elif isinstance(request, WantsLanguage):
        if talk.case.state == CaseState.TALKING:
            # A language named to the counsellor is said to the counsellor too.
            await handover.keep_words(talk, text)
        await _other_language(talk, request.code)
    elif not talk.knows("safe"):
        await here_again(talk)
    else:
        await talk.show("about" if isinstance(request, AsksProgram) else "erase_ask")


async def _other_language(talk: Talk, code: str) -> None:
    """Another language, without losing the place."""
    if not code:
        await talk.show("language" if talk.knows("safe") else "greet")
        return
    talk.place = replace(talk.place, language=code)
    await talk.change(language=code)
    await here_again(talk)


def _reading(talk: Talk, text: str) -> Reading:
    return read(text, state=Conversation(risk_shown=talk.case.risk != RiskClass.ORDINARY.word))


def _by_rule(reading: Reading) -> bool:
    """Whether a rule found what was read, and not the second reader's sense of likeness alone."""
    return bool(reading.flags) and any(cue.rule != "second" for cue in reading.why)


def somebody_else(reading: Reading) -> bool:
    """Whether the words say that it is not she who writes. A likeness alone never does: it would be too much to do to
    a woman who asked where she could go."""
    return "perpetrator_writing" in reading.flags and _by_rule(reading)


def _another(talk: Talk, text: str, reading: Reading) -> bool:
    """Whether it is not she who writes. What she may ask of a counsellor too is for the counsellor to judge; at the
    greeting, which tells nothing, it is asked by whoever opens the door."""
    if somebody_else(reading) or strangers.speaks(text):
        return True
    judged = talk.case.state == CaseState.TALKING and talk.knows("safe")
    return strangers.may_speak(text) and not judged and here(talk) != "greet"


async def _free_words(talk: Talk, text: str, reading: Reading) -> None:
    """Her own words: kept, passed on where a person may read them, and answered by the danger that was read in them."""
    if _another(talk, text, reading):
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
    if is_courtesy(text) and talk.case.state not in _WITH_A_PERSON:
        await here_again(talk)
    else:
        # A likeness alone is no ground to speak to her of dying.
        dying = reading.flags == (SUICIDAL,) and _by_rule(reading)
        await answer_words(talk, amber=reading.urgency == "high", dying=dying)


async def _other_reader(talk: Talk, text: str) -> None:
    """Somebody else seems to write: nothing is confirmed, the decoy answers, the desk is told.

    His own words stay under his eyes, with the book's answer below: a message that goes by itself would make him look.
    """
    await handover.keep_words(talk, text)
    await weigh(talk, ("perpetrator_writing",))
    await talk.tell_desk("identity_doubt")
    await leaving.leave(talk, spare=talk.typed)
