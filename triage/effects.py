"""What a choice causes: a table from effects to the verbs that carry them out, in the commit of the move."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from dialogs.engine import STEPS, NoSuchMoveError, choice_of, move
from dialogs.flows.reading import NEEDS_BY_SETTING
from dialogs.flows.road import BETWEEN
from dialogs.kinds import Choice, Effect, Fork, Place
from dialogs.window import NEVER, ONLY_ME
from dialogs.young import is_young, not_for_her
from triage import agreeing, handover, leaving, needs, plan_acts, screened, setting
from triage.clock_lines import told_at
from triage.facts import SAYS_IN_DANGER
from triage.happened import EVENT_OF
from triage.lifecycle import CaseState
from triage.talk import WINDOW, Talk
from triage.weighing import weigh
from vault import consents

# What she stops by an old button is what there is now: a counsellor may have come, or gone, since it was shown.
_STOPPED = {CaseState.TALKING: "after", CaseState.WAITING: "menu"}
# Who says when it happened has said that it did; the red flag is the one that her words would have raised.
_TOLD_BY_TIME = {"strangled_when": "strangulation", "sexual_when": "sexual_violence"}

# Her own estimate, given on the way out: it counts when she comes back.
_HE_IS_NEAR = ("near_now", "yes")


async def carry_out(talk: Talk, step: str, choice_id: str, arg: str = "") -> None:
    """Move along the flow, carry out the effect, and show where she stands then. Raises NoSuchMoveError."""
    choice = choice_of_step(step, choice_id)
    act = _ACTS.get(choice.effect) if choice.effect else None
    if (step, choice_id) == _HE_IS_NEAR:
        talk.told(SAYS_IN_DANGER)
    if choice.effect in _ENDS:
        await _ENDS[choice.effect](talk)
        return
    before = talk.place
    if not_for_her(before, step):
        await talk.show("minor")
        return
    moved = move(before, step, choice_id, talk.known(screened.end_of(talk, step, choice)))
    await _timed(talk, step, choice, replace(moved.place, step=before.step))
    to = _where(talk, step, choice, moved.place.step)
    if choice.effect is Effect.STOP_WAITING:
        to = _STOPPED.get(CaseState(talk.case.state), to)
    if talk.place.answers != before.answers:
        screened.changed(talk, step)
    if act is not None:
        await act(talk, choice, arg)
    await screened.over(talk, choice, to)
    if choice_id == "person" and talk.agreed:
        await handover.wait_for_person(talk)
    await screened.ended(talk, to)
    await talk.show("minor" if not_for_her(talk.place, to) else to)


async def _timed(talk: Talk, step: str, choice: Choice, place: Place) -> None:
    """Her place after the move, with the moment of an answer on when it happened; such an answer tells that it did."""
    item = STEPS[step].item
    told_before = item in talk.place.answers
    talk.place = told_at(place, item, talk.now)
    if item not in EVENT_OF or choice.effect is not Effect.ANSWER:
        return
    if told_before or item in place.answers:
        await handover.keep_clock(talk, item)
    if item in _TOLD_BY_TIME and choice.value not in {"", "refused"}:
        await weigh(talk, (_TOLD_BY_TIME[item],))


def _where(talk: Talk, step: str, choice: Choice, to: str) -> str:
    """After what only came between she goes on where she stood, when nobody waits for her elsewhere."""
    goes_on = step in BETWEEN and isinstance(choice.to, Fork) and choice.to.question in {"resume", "go_on"}
    return talk.back() if goes_on and to == "menu" else to


def is_urgent(step: str, choice_id: str) -> bool:
    """Whether a choice leads out at once, or cries danger. Raises NoSuchMoveError."""
    effect = choice_of_step(step, choice_id).effect
    return effect is Effect.DANGER or effect in _ENDS


async def ask_for_person(talk: Talk) -> None:
    """She asks for a person in her own words: the limits and her yes first, where that has not been said."""
    if talk.agreed:
        await handover.wait_for_person(talk)
        await talk.show("waiting")
    else:
        await talk.show("limits_young" if is_young(talk.place) else "limits")


def choice_of_step(step: str, choice_id: str) -> Choice:
    """The choice of this id on this step, or the step's footer."""
    if step not in STEPS:
        raise NoSuchMoveError
    return choice_of(STEPS[step], choice_id)


async def _language(talk: Talk, choice: Choice, _arg: str) -> None:
    talk.place = replace(talk.place, language=choice.value)
    await talk.change(language=choice.value)


async def _safe(talk: Talk, _choice: Choice, _arg: str) -> None:
    """Rule 1 is answered: what she left by an exit goes on, where a person was asked for."""
    await talk.goes_on()
    if talk.case.state == CaseState.LEFT:
        await handover.wait_for_person(talk)


async def _danger(talk: Talk, choice: Choice, _arg: str) -> None:
    await handover.at_once(talk, (choice.value or "immediate_danger",))


async def _consent(talk: Talk, _choice: Choice, _arg: str) -> None:
    await handover.agree(talk)
    await handover.wait_for_person(talk)


async def _refuse(talk: Talk, _choice: Choice, _arg: str) -> None:
    await handover.refuse(talk)


async def _stop(talk: Talk, _choice: Choice, _arg: str) -> None:
    await handover.stop(talk)


async def _set(talk: Talk, choice: Choice, _arg: str) -> None:
    """A setting of hers; how long her case is kept is asked for and written down like any consent."""
    name, _, value = choice.value.partition("=")
    setting.put(talk, **{name: value})
    if name == "text" and not value:
        setting.put(talk, sign="")
    if name == "when" and value in {ONLY_ME, NEVER}:
        setting.put(talk, days="")
    if value == NEVER:
        setting.put(talk, wait="")
        await agreeing.no_more(talk)
    if name == "wait" and talk.case.window_until is not None:
        waits = talk.case.state == CaseState.WAITING
        await talk.change(window_until=talk.now + (setting.wait_window(talk.place) if waits else WINDOW))
    if name in NEEDS_BY_SETTING:
        await needs.changed(talk)
    if name == "keep":
        await talk.change(keep_days=int(value))
        await consents.answer(
            talk.connection, talk.case.id, consents.LONGER, int(value) > setting.KEEP_DAYS, talk.now, receiver=value
        )
        await talk.note("keeps", value)


async def _erase(talk: Talk) -> None:
    await leaving.erase(talk)
    talk.told("erased")


_ACTS: dict[Effect, Callable[[Talk, Choice, str], Awaitable[None]]] = {
    Effect.LANGUAGE: _language,
    Effect.SAFE: _safe,
    Effect.DANGER: _danger,
    Effect.CONSENT: _consent,
    Effect.REFUSE: _refuse,
    Effect.STOP_WAITING: _stop,
    Effect.ANSWER: screened.answer,
    Effect.SCORE: screened.finish,
    Effect.ANEW: screened.anew,
    Effect.EMERGENCY: screened.emergency,
    Effect.SHARE: agreeing.share,
    Effect.KEEP: agreeing.share,
    Effect.SET: _set,
    Effect.MEET: agreeing.meet,
    Effect.NEEDS: agreeing.say_needs,
    Effect.PUT: plan_acts.put,
    Effect.PLAN: plan_acts.plan,
}

# Effects after which nothing inside is shown any more.
_ENDS: dict[Effect, Callable[[Talk], Awaitable[None]]] = {
    Effect.EXIT: leaving.leave,
    Effect.CLEAR: leaving.leave,
    Effect.ERASE: _erase,
}
