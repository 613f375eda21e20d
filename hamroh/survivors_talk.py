"""The rules of a random survivor's talk: a person is announced, waits are told truly, nothing is asked twice.

Each rule is a sentence and yields what breaks it, as its sisters in `survivors_rules` do.
"""

import re
from collections.abc import Iterator
from typing import Final

from dialogs.decoy import BOOK
from dialogs.engine import STEPS
from dialogs.flows.road import FORMS
from dialogs.flows.screening import ONCE
from dialogs.lines import EASY
from hamroh.survivors_sight import language_of_call, step_of_call
from hamroh.survivors_turn import BEFORE_SAFE, WITH_A_PERSON, Turn
from practice.journal import Entry
from practice.text import MESSAGE_LIMIT

# Asked once in a case; her age too, by whichever way she comes to it.
ASKED_ONCE: Final = ONCE | {"age"}
# What she does herself brings a question back: she goes back to it, or begins anew.
_HER_OWN: Final = frozenset({"back", "anew"})
_NOBODY: Final = frozenset({"nobody", "nobody_untimed"})
# Minutes by which a wait may be told otherwise than it was: it is said in whole ones, and others are taken meanwhile.
_TOLERANCE: Final = 1.0


def _nobody_else_learns(turn: Turn) -> Iterator[str]:
    """Rule 24: to somebody else at her phone only the book answers, or the greeting; a counsellor judges alone."""
    if turn.deed.kind != "stranger" or turn.before.out or turn.before.blocked or turn.state == "talking":
        return
    for step in turn.said():
        if step not in {BOOK, "greet"}:
            yield f"to {turn.deed.text!r} it answers {step}"


def _validates_once(turn: Turn) -> Iterator[str]:
    """Rule 13."""
    if "heard_first" in turn.said():
        if turn.now.turns - turn.now.validated < 10:
            yield "the same comfort again within ten turns"
        turn.now.validated = turn.now.turns


def _a_person_is_announced_once(turn: Turn) -> Iterator[str]:
    """Rule 8: one sentence that a person is here, one that the person has left."""
    if turn.deed.by != "desk" or turn.now.out or turn.now.blocked or turn.now.silent or turn.now.paused:
        return
    if turn.deed.kind == "takes" and turn.stood in {"waiting", "left_words"} and _is(turn, "talking"):
        yield from _once(turn, "person_in")
    if turn.deed.kind == "closes" and turn.stood == "talking" and _is(turn, "closed"):
        yield from _once(turn, "person_out")


def _talk_is_said(turn: Turn) -> Iterator[str]:
    """Rule 8 again: whatever she does that brings her to a person or away, she is told."""
    if turn.deed.by != "she" or turn.deed.kind == "hurry" or turn.now.out or turn.now.storm:
        return
    if turn.now.erased or turn.before.erased:
        return
    if turn.state != "talking" and _is(turn, "talking"):
        yield from _once(turn, "person_in")
    if turn.state == "talking" and _is(turn, "with_program"):
        yield from _once(turn, "refused.withdrawn" if "refused" in turn.said() else "person_out")


def _is(turn: Turn, state: str) -> bool:
    return turn.sight.case is not None and turn.sight.case.state == state


def _once(turn: Turn, key: str) -> Iterator[str]:
    says = turn.sight.ground.words.text(turn.now.language or "en", key)
    told = [says in str(entry.params["text"]) for entry in turn.sight.said(turn.since)]
    if sum(told) != 1:
        yield f"{says!r} is said {sum(told)} times: {turn.said()}"


def _one_question(turn: Turn) -> Iterator[str]:
    """Rule 16: one thing of hers brings one question at most (very long words leave her phone as two messages)."""
    whole = len(turn.deed.text) < MESSAGE_LIMIT and turn.deed.kind != "hurry" and not turn.now.storm
    asked = [step for step in turn.said() if step in STEPS and STEPS[step].question]
    if turn.deed.by == "she" and whole and len(asked) > 1 and not {"referral", "contact"} & set(asked):
        yield f"one thing of hers brings {asked}"


def _it_is_a_program(turn: Turn) -> Iterator[str]:
    """Rule 7: asked whether it is one, it says so."""
    if turn.deed.kind != "program" or turn.before.out or turn.stood in WITH_A_PERSON or _is(turn, "talking"):
        return
    says = turn.sight.ground.words.text(turn.now.language or "en", "program")
    steps = turn.said()
    texts = [str(entry.params["text"]) for entry in turn.sight.said(turn.since)]
    if not any(says in text for text in texts) and not set(steps) & (BEFORE_SAFE | WITH_A_PERSON):
        yield f"asked whether it is a program, it answers {steps}"


def _the_wait_is_honest(turn: Turn) -> Iterator[str]:
    """Rule 21: one truth of the wait: never that nobody is there (somebody always is, here), and no number but a wait
    that others had. That an empty roster is said is for the tests, whose desk may be empty."""
    for entry in turn.sight.said(turn.since):
        if step_of_call(entry) != "waiting":
            continue
        told = _told_of_the_wait(turn, entry)
        if len(told) != 1 or told[0] in _NOBODY:
            yield f"of the wait it says {told}"
        number = re.search(r"\d+", str(entry.params["text"]).partition(_begins(turn, entry, "wait_n"))[2])
        if told == ["wait_n"] and not (number and _was_waited(turn, float(number[0]))):
            yield f"it says {number and number[0]} minutes; waited were {turn.sight.waits}"


def _begins(turn: Turn, entry: Entry, key: str) -> str:
    words = turn.sight.ground.words
    return words.text(language_of_call(entry, words) or "en", key).split("{")[0]


def _told_of_the_wait(turn: Turn, entry: Entry) -> list[str]:
    text, known = str(entry.params["text"]), turn.sight.ground.words.english
    forms = {form: (form, f"{form}{EASY}") for form in FORMS["waiting.wait"]}
    return [
        form for form, keys in forms.items() if any(_begins(turn, entry, key) in text for key in keys if key in known)
    ]


def _was_waited(turn: Turn, minutes: float) -> bool:
    bounds = [(min(waits), max(waits)) for waits in turn.sight.waits.values()]
    return any(least - _TOLERANCE <= minutes <= max(1.0, most) + _TOLERANCE for least, most in bounds)


def _nothing_is_asked_twice(turn: Turn) -> Iterator[str]:
    """Rule 34: what she answered in this case is asked no second time, unless she goes back to it herself."""
    own = turn.deed.choice is not None and turn.deed.choice.id in _HER_OWN
    if turn.deed.by != "she" or turn.deed.kind not in {"tap", "words", "cry", "unreadable", "start"} or own:
        return
    for step in turn.said():
        if step in STEPS and STEPS[step].item in turn.before.answered:
            yield f"{STEPS[step].item} is asked again"


RULES: Final = {
    "nobody else at her phone learns anything": _nobody_else_learns,
    "asked whether it is a program, it says so": _it_is_a_program,
    "comfort is not repeated": _validates_once,
    "a person is announced once": _a_person_is_announced_once,
    "what brings her to a person or away is said": _talk_is_said,
    "the wait is told truly": _the_wait_is_honest,
    "one question at a time": _one_question,
    "nothing is asked twice": _nothing_is_asked_twice,
}
