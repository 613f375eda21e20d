"""The engine: one `transitions` machine built from the flows, which drives and guards every conversation.

It is built once per process and shared: synchronous, free of side effects, with no model kept in it. A move takes where
she stands and what she tapped, and returns where she stands then and what is to be done; nothing is done here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from transitions import Machine

from dialogs.flows import following, guidance, needs, plan, plan_state, reading, road, screening, settings
from dialogs.flows.footer import DECOY, keyboard
from dialogs.kinds import Choice, Effect, Fork, Place, Step

# Answers the question of a fork from what is known outside the conversation (is a person waiting, how did it score).
Known = Callable[[str, Place], str]

_FLOWS = (road, screening, following, settings, reading, needs, plan, guidance)
STEPS: Mapping[str, Step] = {step.id: step for flow in _FLOWS for step in flow.STEPS}


class NoSuchMoveError(Exception):
    """The tapped button is not of this step: an old version's keyboard, or data that no keyboard of ours carries."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where she stands after a move, and the effect the move has."""

    place: Place
    choice: Choice
    effect: Effect | None


@dataclass(slots=True)
class _Walker:
    """What the machine moves: a state for the length of one move, and what its guards may ask."""

    state: str
    place: Place
    known: Known


def _answer(question: str, walker: _Walker) -> str:
    """What decides a fork: her own place where it can, else what is known outside the conversation."""
    place = walker.place
    own = guidance.told(question, place) or plan_state.told(question, place) or following.told(question, place)
    return own or walker.known(question, place)


def _leads(question: str, answer: str) -> Callable[[_Walker], bool]:
    return lambda walker: _answer(question, walker) == answer


def _add(machine: Machine, step: Step, choice: Choice) -> None:
    if isinstance(choice.to, str):
        machine.add_transition(choice.id, step.id, choice.to)
        return
    for answer, target in choice.to.to.items():
        machine.add_transition(choice.id, step.id, target, conditions=_leads(choice.to.question, answer))


def build(steps: Mapping[str, Step] = STEPS) -> Machine:
    """The machine of these steps: a state per step and the decoy, a trigger per button; no way in but the buttons."""
    machine = Machine(model=None, states=[*steps, DECOY], initial="greet", auto_transitions=False)
    for step in steps.values():
        for row in keyboard(step):
            for choice in row:
                _add(machine, step, choice)
    return machine


_MACHINE = build()


def choice_of(step: Step, choice_id: str) -> Choice:
    """The button of this id on this step."""
    for row in keyboard(step):
        for choice in row:
            if choice.id == choice_id:
                return choice
    raise NoSuchMoveError


def _answered(place: Place, step: Step, choice: Choice) -> Place:
    if not step.item or choice.id == "stop" or choice.effect not in {Effect.ANSWER, Effect.SCORE, Effect.EMERGENCY}:
        return place
    answers = {item: value for item, value in place.answers.items() if item != step.item}
    if choice.value:
        answers[step.item] = choice.value
    return replace(place, answers=answers)


def move(place: Place, step_id: str, choice_id: str, known: Known) -> Moved:
    """One tap on one screen, which need not be the newest: an old keyboard still answers for its own question."""
    step = STEPS.get(step_id)
    if step is None:
        raise NoSuchMoveError
    choice = choice_of(step, choice_id)
    answered = _answered(place, step, choice)
    walker: Any = _Walker(step_id, answered, known)
    if not _MACHINE.events[choice_id].trigger(walker, walker):
        raise NoSuchMoveError
    if choice.id not in _ASKS_ANEW:
        _pass_by(walker)
    return Moved(replace(answered, step=walker.state), choice, choice.effect)


# She asks for the question herself.
_ASKS_ANEW = frozenset({"back", "anew"})


def _pass_by(walker: _Walker) -> None:
    """Past the questions that she answered before in this case, by the way that her answer led."""
    for _ in STEPS:
        way = _answered_way(walker.state, walker.place.answers)
        if not way:
            return
        _MACHINE.events[way].trigger(walker, walker)


def _answered_way(state: str, answers: Mapping[str, str]) -> str:
    """The button that says again what she said here before; "" where she has not, or it may have changed since."""
    if state in screening.AGREED:
        return "goon" if answers.keys() & set(screening.AGREED[state]) else ""
    step = STEPS.get(state)
    said = answers.get(step.item) if step is not None and step.item in screening.ONCE else None
    return next((one.id for one in step.choices() if one.value == said), "") if step is not None and said else ""


def forks() -> tuple[Fork, ...]:
    """Every fork in the flows, for the checks."""
    return tuple(
        choice.to for step in STEPS.values() for row in keyboard(step) for choice in row if isinstance(choice.to, Fork)
    )
