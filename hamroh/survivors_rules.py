"""What holds on a random survivor's phone after each thing that happens: the rules that are seen when the bot runs.

Each rule is a sentence and yields what breaks it. They look at her phone and at the calls to it, and know of the bot
only what a button's data says.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from dialogs.decoy import BOOK
from dialogs.engine import STEPS
from dialogs.flows.footer import keyboard
from dialogs.kinds import Effect
from hamroh import survivors_talk
from hamroh.survivors_sight import TOO_OLD, buttons, step_of, step_of_call
from hamroh.survivors_turn import BEFORE_SAFE, WITH_A_PERSON, Turn
from practice.telegram import Message

# What may be shown before she said that it is safe: these, danger, and whether a person may read what she writes.
_UNASKED: Final = BEFORE_SAFE | WITH_A_PERSON | {"limits", "refused", "danger", "read.suicide.now", "menu", BOOK, ""}


# Telegram refuses these as it should: an edit that changes nothing, and anything to somebody who blocked the bot.
_NO_FAULT: Final = ("message is not modified", "bot was blocked by the user")


# What an ordered fault answers.
_WEATHER: Final = ("Internal Server Error", "Too Many Requests")


Rule = Callable[[Turn], Iterator[str]]


def _calls_are_answered_well(turn: Turn) -> Iterator[str]:
    for entry in turn.sight.calls(turn.since):
        harmless = _NO_FAULT + (_WEATHER if turn.now.storm else ())
        if not entry.ok and not any(words in entry.description for words in harmless):
            yield f"{entry.method}: {entry.code} {entry.description}"


def _taps_are_answered(turn: Turn) -> Iterator[str]:
    for tap in turn.deed.taps:
        if tap.answer is None:
            yield f"the tap on {turn.deed.text!r} was never answered"


def _whatever_she_sends_is_answered(turn: Turn) -> Iterator[str]:
    """By her bot, or (in a live talk) by reaching the counsellor; an exit pressed again changes nothing."""
    if turn.deed.by != "she" or turn.deed.kind in {"block", "unblock", "hurry"} or turn.now.blocked:
        return
    if turn.before.out and turn.deed.kind in {"tap", "late"}:
        return
    if not any(entry.method in {"sendmessage", "editmessagetext"} for entry in turn.sight.calls(turn.since)):
        number = str(turn.sight.case.number) if turn.sight.case else "?"
        if not any(number in text for text in turn.sight.at_the_desk(turn.since)):
            yield f"nothing answers her {turn.deed.kind} {turn.deed.text!r}"


def _only_the_book(turn: Turn) -> Iterator[str]:
    if not turn.now.out or turn.now.blocked:
        return
    now = turn.sight.ground.telegram.now()
    for message in turn.sight.shown():
        hers = not message.by_bot and message.id > turn.now.left_after
        if not hers and now - message.date < TOO_OLD and not (message.by_bot and turn.sight.is_book(message)):
            yield f"after she left there still stands {message.id}: {_short(message)}"


def _only_the_receipt(turn: Turn) -> Iterator[str]:
    if not turn.now.erased:
        return
    receipt = turn.sight.ground.words.text(turn.now.language or "en", "erased")
    for message in turn.sight.shown():
        if receipt not in message.text and turn.sight.ground.telegram.now() - message.date < TOO_OLD:
            yield f"after erasing there still stands {message.id}: {_short(message)}"


def _she_is_where_she_should_be(turn: Turn) -> Iterator[str]:
    newest = turn.sight.newest()
    if not turn.now.out and not turn.now.erased and newest is not None and step_of(newest) == BOOK:
        yield "she fell out into the book"


def _one_tap_leads_out(turn: Turn) -> Iterator[str]:
    exits = turn.sight.ground.discretion.exits
    for message in turn.sight.shown():
        if message.by_bot and not turn.sight.is_book(message):
            rows = (message.markup or {}).get("inline_keyboard", [])
            if not rows or [button["text"] for button in rows[-1]] not in [[label] for label in exits]:
                yield f"no way out is the last row of {message.id}: {_short(message)}"


def _danger_in_one_a_person_in_two(turn: Turn) -> Iterator[str]:
    newest = turn.sight.newest()
    step = step_of(newest) if newest else ""
    if turn.now.out or turn.now.erased or newest is None or step not in STEPS or not STEPS[step].inside:
        return
    choices = {data.partition(":")[2].partition(":")[0] for _, data in buttons(newest)}
    ways = [choice for row in keyboard(STEPS[step]) for choice in row if choice.id in choices]
    if step not in {"danger", "read.suicide.now"} and not any(way.effect is Effect.DANGER for way in ways):
        yield f"{step} shows no danger button"
    if step not in WITH_A_PERSON | {"limits"} and not any(
        "limits" in way.targets() or "waiting" in way.targets() for way in ways
    ):
        yield f"{step} leads to no person"


def _nothing_telling(turn: Turn) -> Iterator[str]:
    for entry in turn.sight.said(turn.since):
        for fault in turn.sight.ground.discretion.faults(entry):
            yield f"{entry.method} {str(entry.params['text'])[:50]!r}: {fault}"


def _nothing_unasked(turn: Turn) -> Iterator[str]:
    """Rules 2 and 22: outside her window nothing leaves for her, and in a silence one neutral question at most."""
    if turn.deed.by == "she" or (turn.now.silent < 61 and not turn.before.out):
        return
    said = [entry for entry in turn.sight.said(turn.since) if entry.method == "sendmessage"]
    steps = [step_of_call(entry) for entry in said]
    asked = not turn.before.out and (turn.now.hours or turn.now.met)
    if steps and not (asked and steps == ["safe_now"]):
        yield f"unasked, in a silence of {turn.now.silent} minutes, she is sent {steps}"


def _after_a_pause_nothing_of_before(turn: Turn) -> Iterator[str]:
    """Rule 23: before she says that it is safe, no screen inside and no word of the counsellor's."""
    if turn.deed.by != "she" or not turn.before.paused or turn.deed.kind == "hurry":
        return
    yes = turn.deed.choice is not None and turn.deed.choice.effect in {Effect.SAFE, Effect.CONSENT, Effect.DANGER}
    asked = turn.deed.choice is not None and turn.deed.choice.id == "person"
    for entry in turn.sight.said(turn.since):
        step, text = step_of_call(entry), str(entry.params["text"])
        if step not in _UNASKED and not yes and not asked and turn.deed.kind not in {"typed"}:
            yield f"after a pause she is shown {step}"
        if not yes and not asked and turn.deed.kind != "typed" and any(mark in text for mark in turn.now.desk_marks):
            yield f"after a pause she is shown {text[:60]!r}"


def _unreadable_asks_for_danger(turn: Turn) -> Iterator[str]:
    """Rule 20."""
    if turn.deed.kind != "unreadable" or turn.before.out or turn.before.blocked:
        return
    steps = turn.said()
    if (
        turn.stood not in WITH_A_PERSON
        and steps
        and not set(steps) & {"sos", "greet", "safe_now", "waiting", "talking", "left_words"}
    ):
        yield f"what cannot be read is answered by {steps}"


def _no_word_without_her_yes(turn: Turn) -> Iterator[str]:
    """Rules 10 and 11: what no person may read is on no phone of the desk's, and who she is never."""
    names = (f"Canaryname{turn.sight.user_id}", f"canaryuser{turn.sight.user_id}")
    for text in turn.sight.at_the_desk(turn.since):
        for mark in (*turn.now.private, *turn.now.never, *names):
            if mark in text:
                yield f"the desk reads {mark!r} without her yes"


def _short(message: Message) -> str:
    return f"{step_of(message) or 'hers' if not message.by_bot else step_of(message)} {message.text[:40]!r}"


RULES: Final[Mapping[str, Rule]] = {
    "Telegram refuses no call": _calls_are_answered_well,
    "every tap is answered": _taps_are_answered,
    "whatever she sends is answered": _whatever_she_sends_is_answered,
    "after she left only the book is on her phone": _only_the_book,
    "after erasing only the receipt is on her phone": _only_the_receipt,
    "nobody falls out who did not leave": _she_is_where_she_should_be,
    "one tap leads out of every screen": _one_tap_leads_out,
    "danger is one tap away, a person two": _danger_in_one_a_person_in_two,
    "nothing in a preview tells": _nothing_telling,
    "nothing is sent outside her window": _nothing_unasked,
    "after a pause nothing of before is shown": _after_a_pause_nothing_of_before,
    "what cannot be read brings the danger question": _unreadable_asks_for_danger,
    "nobody reads what she did not give": _no_word_without_her_yes,
    **survivors_talk.RULES,
}


def broken(turn: Turn) -> list[str]:
    """Which rules do not hold after this turn, each with what breaks it."""
    return [f"{sentence}: {what}" for sentence, rule in RULES.items() for what in rule(turn)]
