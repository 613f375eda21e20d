"""What her answers to an instrument come to: the screen that ends it, the sheet that is kept, the class that rises."""

import json
from dataclasses import replace

from dialogs.engine import STEPS
from dialogs.flows.following import ENDS, FLAG_OF
from dialogs.flows.screening import ITEMS, ONCE, RESULT
from dialogs.kinds import Choice, Effect
from triage import handover
from triage.priority import class_from_answers
from triage.risk import score
from triage.risk_class import RiskClass
from triage.sheets import INSTRUMENT, SCREENED, done, screening_of, sheets_of
from triage.talk import Talk
from triage.weighing import weigh
from vault import entries


def answers_of(talk: Talk, step: str, choice: Choice) -> dict[str, str]:
    """The screening's answers as the instrument names them, with the one just given."""
    given = screening_of(talk.place)
    item = STEPS[step].item
    if item in ITEMS and choice.id != "stop":
        given.pop(item, None)
        if choice.value:
            given[item] = choice.value
    return given


def class_of(answers: dict[str, str]) -> RiskClass | None:
    """The class that the screening's answers give; None when nothing was answered that counts."""
    usable = [value for value in answers.values() if value not in {"unknown", "refused"}]
    if not usable:
        return None
    return class_from_answers({INSTRUMENT: answers})


def end_of(talk: Talk, step: str, choice: Choice) -> str:
    """Which screen ends the screening. Answers that leave it open make the case high, but are no warning signs."""
    answers = answers_of(talk, step, choice)
    found = class_of(answers)
    if found is None:
        return "not_screened"
    return "high" if found is RiskClass.HIGH and "yes" in answers.values() else "ordinary"


async def answer(talk: Talk, choice: Choice, _arg: str) -> None:
    """One answer: a yes that counts by itself raises the case at once, the screening need not be finished for it."""
    await weigh(talk, ("minor",) if choice.value == "minor" else ())


async def finish(talk: Talk, choice: Choice, arg: str) -> None:
    """The screening is over: its answers are kept as they are, its class raises the case."""
    await answer(talk, choice, arg)
    found = class_of(screening_of(talk.place))
    if found is not None:
        await _keep(talk, INSTRUMENT)
        await talk.note("screened", found.word)


def changed(talk: Talk, step: str) -> None:
    """An answer of the screening is another now: it has not come to its end."""
    if STEPS[step].item in ITEMS:
        talk.untold(SCREENED)


async def over(talk: Talk, choice: Choice, to: str) -> None:
    """The screening ends here where all that was left to ask had been answered before."""
    if to in RESULT.to.values() and choice.effect is not Effect.SCORE and not talk.knows(SCREENED):
        await finish(talk, choice, "")


async def anew(talk: Talk, _choice: Choice, _arg: str) -> None:
    """She wants the questions again: what she answered before orders the queue still, and is asked."""
    left = {item: value for item, value in talk.place.answers.items() if item not in ONCE}
    talk.place = replace(talk.place, answers=left)
    talk.untold(SCREENED)


async def emergency(talk: Talk, choice: Choice, _arg: str) -> None:
    """An answer that cannot wait: a person may read now, what she answered of the screening with it."""
    await handover.at_once(talk, (FLAG_OF[str(choice.to)],))
    if screening_of(talk.place) and done(INSTRUMENT) not in talk.place.told:
        await _keep(talk, INSTRUMENT)


async def ended(talk: Talk, step: str) -> None:
    """She has come to a screen that ends what followed the screening: kept once as it is now, and weighed."""
    name = ENDS.get(step)
    if name is not None:
        await _keep(talk, name)
        await talk.note("screened", f"{talk.case.risk} {name}")


async def _keep(talk: Talk, name: str) -> None:
    """One instrument's sheet with its band, to her half, and to the desk's where that is open."""
    talk.told(done(name))
    answers = sheets_of(talk.place).get(name)
    if answers:
        kept = json.dumps({"instrument": name, "answers": answers, "band": score(name, answers).band})
        halves = entries.BOTH if talk.agreed else entries.HERS
        await entries.write(talk.connection, talk.case.id, "answers", "survivor", kept, halves, talk.now)
    await weigh(talk)
