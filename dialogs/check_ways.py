"""Rules on the ways: what the graph of the flows must hold, whatever the words."""

from collections.abc import Iterator, Mapping
from typing import Final

from dialogs.checked import Finding, Ground
from dialogs.flows.footer import DECOY, EXIT, keyboard
from dialogs.kinds import Choice, Effect, Fork, Step
from dialogs.screen import DATA_BYTES

# Screens that are shown by themselves, not by a tap: words that came, a person who came or left, a consent asked for.
SHOWN: Final = frozenset(
    {
        "heard",
        "heard_first",
        "left_words",
        "sos",
        "near_now",
        "talking",
        "after",
        "referral",
        "contact",
        "needs.why",
        "again",
        "word_done",
        "word_bad",
        "plan.typed",
        "person_first",
        "asq.begin",
    }
)
# What counts as a "no" that is always there, where a question has no skip.
_REFUSALS: Final = frozenset({"no", "cannot", "disagree", "stop", "skip"})
_PERSON: Final = frozenset({"waiting", "talking"})
_LIMITS: Final = frozenset({"limits.who", "limits.kept", "limits.law", "tgcopy"})
_YOUNG: Final = frozenset({"young.who", "young.kept", "young.law", "tgcopy"})
# Danger opens the talk without a question, so its screen says the same four things, shorter, after the number.
_DANGER_TELLS: Final = frozenset({"danger.told", "danger.limits", "tgcopy"})
_ARG_BYTES: Final = 37
_ROW: Final = 3


def _choices(step: Step) -> tuple[Choice, ...]:
    return tuple(choice for row in keyboard(step) for choice in row)


def _inside(ground: Ground) -> Iterator[Step]:
    return (step for step in ground.steps.values() if step.inside)


def transitions(ground: Ground) -> int:
    """How many ways there are, each branch of a fork counted."""
    return sum(len(choice.targets()) for step in ground.steps.values() for choice in _choices(step))


def exit_is_last(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        if keyboard(step)[-1] != (EXIT,):
            yield Finding(step.id, "the last row is not the way out alone")


def exit_is_straight(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        for choice in _choices(step):
            if choice.effect is Effect.EXIT and choice.to != DECOY:
                yield Finding(step.id, f"{choice.id} does not lead to the decoy")


def not_safe_is_out(ground: Ground) -> Iterator[Finding]:
    """No is no, and so is that somebody is near: nothing of ours stands in between."""
    out = {"safe_now": ("no", "cannot"), "near_now": ("yes", "cannot")}
    for step_id, answers in out.items():
        leads = {choice.id: choice.to for choice in ground.steps[step_id].choices()}
        for answer in answers:
            if leads.get(answer) != DECOY:
                yield Finding(step_id, f"{answer} does not lead to the decoy")


def danger_in_one(ground: Ground) -> Iterator[Finding]:
    for step in _inside(ground):
        if step.id != "danger" and not any(choice.effect is Effect.DANGER for choice in _choices(step)):
            yield Finding(step.id, "no button for danger")


def _taps(ground: Ground) -> Mapping[str, int]:
    """The fewest taps to a person from each step; a fork counts as its worst way."""
    far = len(ground.steps) + 1
    taps = {step_id: 0 if step_id in _PERSON else far for step_id in (*ground.steps, DECOY)}
    for _ in ground.steps:
        for step in _inside(ground):
            ways = (1 + max(taps.get(to, far) for to in choice.targets()) for choice in _choices(step))
            taps[step.id] = min(taps[step.id], *ways)
    return taps


def person_in_two(ground: Ground) -> Iterator[Finding]:
    taps = _taps(ground)
    for step in _inside(ground):
        if taps[step.id] > 2:
            yield Finding(step.id, f"a person is {taps[step.id]} taps away")


def person_has_one_name(ground: Ground) -> Iterator[Finding]:
    """The answer to a question may lead to a person too, and says what it answers."""
    for step in ground.steps.values():
        for choice in _choices(step):
            leads = isinstance(choice.to, Fork) and choice.to.question == "person"
            if leads and not (step.question and choice.id == "no") and choice.key != "person":
                yield Finding(step.id, f"{choice.id} leads to a person by another word")


def goodbye_tells(ground: Ground) -> Iterator[Finding]:
    if not {"traces", "goodbye.write"} <= set(ground.steps["goodbye"].text):
        yield Finding("goodbye", "says nothing of traces, or of when she may write")


def no_dead_end(ground: Ground) -> Iterator[Finding]:
    for step in _inside(ground):
        if len({choice.id for choice in _choices(step)}) < 3:
            yield Finding(step.id, "fewer than three ways on")


def _reached(ground: Ground, start: frozenset[str], closed: str = "") -> frozenset[str]:
    seen: set[str] = set()
    open_steps = list(start)
    while open_steps:
        step_id = open_steps.pop()
        if step_id in seen or step_id == closed or step_id not in ground.steps:
            continue
        seen.add(step_id)
        open_steps.extend(to for choice in _choices(ground.steps[step_id]) for to in choice.targets())
    return frozenset(seen)


def all_reached(ground: Ground) -> Iterator[Finding]:
    reached = _reached(ground, frozenset({"greet"}) | SHOWN)
    for step_id in ground.steps:
        if step_id not in reached:
            yield Finding(step_id, "no way leads here")


def all_targets_stand(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        for choice in _choices(step):
            for to in choice.targets():
                if to != DECOY and to not in ground.steps:
                    yield Finding(step.id, f"{choice.id} leads to {to}, which is not there")


def questions_can_be_refused(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        own = {choice.id for choice in step.choices()}
        if step.item and not {"skip", "nosay", "stop"} <= own:
            yield Finding(step.id, "a question of the screening has skip, nosay and stop")
        if step.question and not step.item and not own & _REFUSALS:
            yield Finding(step.id, "a question that cannot be answered with no")


def three_in_a_row(ground: Ground) -> Iterator[Finding]:
    """Rule 15: after three questions she is asked whether to go on, or is somewhere else."""
    for step in ground.steps.values():
        if step.item and _in_a_row(ground, step, ()) > _ROW:
            yield Finding(step.id, "begins more than three questions in a row")


def _in_a_row(ground: Ground, step: Step, before: tuple[str, ...]) -> int:
    """How many questions of a screening or a plan may follow one another from here, this one counted."""
    if len(before) > _ROW:
        return 1
    targets = {to for choice in step.choices() for to in choice.targets()} - {*before, step.id}
    following = (ground.steps[to] for to in targets if to in ground.steps and ground.steps[to].item)
    return 1 + max((_in_a_row(ground, one, (*before, step.id)) for one in following), default=0)


def safety_first(ground: Ground) -> Iterator[Finding]:
    for step_id in _reached(ground, frozenset({"greet"}), closed="safe_now") - {"greet"}:
        yield Finding(step_id, "reached without safe_now")


def limits_before_consent(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        asks = any(choice.effect is Effect.CONSENT for choice in step.choices())
        if asks and not (set(step.text) >= _LIMITS or set(step.text) >= _YOUNG):
            yield Finding(step.id, "asks for consent without naming the four limits")
        for choice in step.choices():
            if choice.to == "waiting" != step.id and choice.effect is not Effect.CONSENT:
                yield Finding(step.id, f"{choice.id} leads to a person without a consent")


def danger_tells_the_limits(ground: Ground) -> Iterator[Finding]:
    danger = ground.steps["danger"]
    if danger.question or not set(danger.text) >= _DANGER_TELLS:
        yield Finding("danger", "asks something, or does not tell who can read now and what the limits are")


def emergency_tells_the_limits(ground: Ground) -> Iterator[Finding]:
    """An answer that hands over at once leads to a screen that says so."""
    for step in ground.steps.values():
        for choice in step.choices():
            if choice.effect is Effect.EMERGENCY and not set(ground.steps[str(choice.to)].text) >= _DANGER_TELLS:
                yield Finding(step.id, f"{choice.id} hands over, and {choice.to} does not tell who can read now")


def consent_side_by_side(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        rows = [{choice.id for choice in row} for row in step.rows]
        if any("agree" in row for row in rows) and {"agree", "disagree"} not in rows:
            yield Finding(step.id, "yes and no are not in one row")


def erase_asks_once(ground: Ground) -> Iterator[Finding]:
    asking = [step for step in ground.steps.values() if any(c.effect is Effect.ERASE for c in step.choices())]
    if len(asking) != 1:
        yield Finding(", ".join(step.id for step in asking) or "erase", "exactly one screen erases")
    for step in asking:
        effects = {choice.effect: choice.to for choice in step.choices()}
        if effects.get(Effect.ERASE) != DECOY or Effect.CLEAR not in effects:
            yield Finding(step.id, "erases at once, and offers to clear the screen only")


def program_is_said(ground: Ground) -> Iterator[Finding]:
    for choice in ground.steps["greet"].choices():
        for to in choice.targets():
            if "program" not in ground.steps[to].text:
                yield Finding(to, "does not say that it is a program")


def data_fits(ground: Ground) -> Iterator[Finding]:
    for step in ground.steps.values():
        for choice in _choices(step):
            if len(f"{step.id}:{choice.id}".encode()) + _ARG_BYTES > DATA_BYTES and choice.effect in _WITH_ARG:
                yield Finding(step.id, f"{choice.id} leaves no room for what it is about")
            if len(f"{step.id}:{choice.id}".encode()) > DATA_BYTES:
                yield Finding(step.id, f"the data of {choice.id} is too long")


# These buttons say what they are about: the id of a referral, 36 characters and a colon.
_WITH_ARG: Final = frozenset({Effect.SHARE, Effect.KEEP})
