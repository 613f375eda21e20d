"""What may happen to a random survivor: a table of deeds, hers, the counsellor's, the weather's and time's."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from hamroh import survivors_taps as taps
from hamroh import survivors_typing as typing
from hamroh.survivors_life import Life
from hamroh.survivors_lines import ANSWERS, HARMLESS
from hamroh.survivors_taps import at_hand, hand, here
from hamroh.survivors_turn import Deed
from practice.faults import Fault, Kind
from practice.people import tap_late
from practice.telegram import Tap

# A deed takes the life and a number: which of what there is.
Does = Callable[[Life, int], Coroutine[None, None, None]]


_PAUSES: Final = (20, 75, 26 * 60, 80 * 60)


_STORMS: Final = (
    (Kind.DROP, "sendmessage"), (Kind.ERROR_AFTER, "editmessagetext"), (Kind.ERROR_BEFORE, "sendmessage"),
    (Kind.REFUSE, "editmessagetext"), (Kind.DROP, "deletemessages"), (Kind.SLOW_ANSWER, "sendmessage"),
    (Kind.TWICE, ""), (Kind.DROP, "editmessagetext"), (Kind.REFUSE, "sendmessage"),
)  # fmt: skip


_OUTCOMES: Final = ("helped", "information", "referred", "silence")


async def _at_the_desk(life: Life, kind: str, text: str) -> None:
    async def act() -> None:
        await life.desk.says(_number(life), text)

    if life.sight.case is not None:
        await life.turn(Deed("desk", kind, text), act)


def _number(life: Life) -> int:
    return life.sight.case.number if life.sight.case else 0


async def _take(life: Life, number: int) -> None:
    await _at_the_desk(life, "takes", f"/take {_number(life)}")


async def _answer(life: Life, number: int) -> None:
    mark = f"d{life.sight.user_id}n{life.stands.turns}"
    life.stands.desk_marks.add(mark)
    await _at_the_desk(life, "writes", f"{ANSWERS[number % len(ANSWERS)]} {mark}")


async def _close(life: Life, number: int) -> None:
    await _at_the_desk(life, "closes", f"/close {_number(life)} {_OUTCOMES[number % len(_OUTCOMES)]}")


async def _release(life: Life, number: int) -> None:
    await _at_the_desk(life, "releases", f"/release {_number(life)}")


async def _refer(life: Life, number: int) -> None:
    services = life.ground.region.services
    await _at_the_desk(life, "refers", f"/refer {_number(life)} {services[number % len(services)].id} a quiet room")


async def _propose(life: Life, number: int) -> None:
    await _at_the_desk(life, "proposes", f"/next {_number(life)} 23:59")


async def _pause(life: Life, number: int) -> None:
    minutes = _PAUSES[number % len(_PAUSES)]

    async def act() -> None:
        await life.sight.lets_pass(timedelta(minutes=minutes))

    life.stands.silent += minutes
    await life.turn(Deed("time", "passes", f"{minutes} minutes"), act)


async def _storm(life: Life, number: int) -> None:
    """Something goes wrong between the bot and Telegram while she does the next thing."""
    kind, method = _STORMS[number % len(_STORMS)]
    faults = life.ground.telegram.faults
    fault = Fault(kind, bot=life.ground.hers.username, method=method, seconds=0.3, chat=life.sight.user_id)
    faults.order(fault)
    life.stands.storm = True
    life.story.append(f"weather {kind.value} {method}")
    try:
        await (taps.tap_any if number % 2 else typing.words)(life, number)
    finally:
        if fault in faults.orders:
            faults.orders.remove(fault)
        life.stands.storm = False


async def _hurry(life: Life, number: int) -> None:
    """Two or three things at once, none of them waited for."""
    await here(life)
    found = at_hand(life, ends=True)
    taps: list[Tap] = []

    async def act() -> Deed:
        for turn in range(2 + number % 2):
            choice = (number + turn) % 4
            if choice < 2 and found:
                message, _, data = found[(number // 4 + turn) % len(found)]
                taps.append(tap_late(hand(life), message.id, data))
            elif choice == 2:
                await life.she.says(typing.one_of(HARMLESS, life, number))
            else:
                await life.desk.says(_number(life), f"/take {_number(life)}")
        return replace(deed, taps=tuple(taps))

    deed = Deed("she", "hurry", f"{[data for _, _, data in found][:3]}")
    await life.turn(deed, act)


async def _rest(life: Life, number: int) -> None:
    """Nothing: what a deed becomes that a broken life needs not."""


async def close_up(life: Life) -> None:
    """At the very end she leaves, and the counsellor closes the case: nobody waits on for who is gone."""
    if not life.stands.out and not life.stands.blocked:
        await taps.leave(life, 0)
    if life.sight.case is not None and life.sight.case.holder is not None:
        await _close(life, 0)


# Each deed and how often it is done: tapping on is most of what people do.
DEEDS: Final[Mapping[str, tuple[int, Does]]] = {
    "rest": (1, _rest),
    "words": (5, typing.words),
    "tap": (26, taps.tap_on),
    "arrive": (4, taps.arrive),
    "tap any": (3, taps.tap_any),
    "tap late": (6, taps.tap_old),
    "label": (4, typing.label),
    "request": (4, typing.request),
    "program": (1, typing.program),
    "language": (2, typing.name_a_language),
    "odd": (3, typing.odd),
    "search": (2, typing.search),
    "edit": (2, typing.edit),
    "send": (3, typing.send),
    "cry": (2, typing.cry),
    "stranger": (1, typing.stranger),
    "person": (6, taps.ask_for_a_person),
    "take": (5, _take),
    "answer": (5, _answer),
    "close": (2, _close),
    "release": (1, _release),
    "refer": (2, _refer),
    "propose": (1, _propose),
    "leave": (2, taps.leave),
    "leave by word": (2, typing.leave_by_word),
    "come back": (4, typing.come_back),
    "block": (1, taps.block),
    "unblock": (1, taps.unblock),
    "her word": (2, typing.choose_a_word),
    "duress": (1, typing.duress),
    "erase": (1, taps.erase),
    "pause": (3, _pause),
    "storm": (3, _storm),
    "hurry": (3, _hurry),
}
