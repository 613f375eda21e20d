"""What may happen to a random survivor: a table of deeds, hers, the counsellor's, the weather's and time's."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from dialogs import ways
from dialogs.kinds import Effect
from dialogs.screen import parse_data
from hamroh.survivors_life import Life
from hamroh.survivors_lines import ANSWERS, CRIES, HARMLESS, ODD, SEARCHES, STRANGERS
from hamroh.survivors_rules import Deed
from hamroh.survivors_sight import buttons, choice_behind
from practice.faults import Fault, Kind
from practice.people import Phone as Hand
from practice.people import tap, tap_late
from practice.telegram import Message, Tap

# A deed takes the life and a number: which of what there is.
Does = Callable[[Life, int], Coroutine[None, None, None]]

_PNG: Final = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x00\x40\x00\x00\x00\x30" + bytes(9)
_PAUSES: Final = (20, 75, 26 * 60, 80 * 60)
_STORMS: Final = (
    (Kind.DROP, "sendmessage"), (Kind.ERROR_AFTER, "editmessagetext"), (Kind.ERROR_BEFORE, "sendmessage"),
    (Kind.REFUSE, "editmessagetext"), (Kind.DROP, "deletemessages"), (Kind.SLOW_ANSWER, "sendmessage"),
    (Kind.TWICE, ""), (Kind.DROP, "editmessagetext"), (Kind.REFUSE, "sendmessage"),
)  # fmt: skip
_OUTCOMES: Final = ("helped", "information", "referred", "silence")


def _hand(life: Life) -> Hand:
    """Her phone as the server holds it, for what no app offers."""
    return Hand(life.ground.telegram, life.sight.chat)


def _language(life: Life) -> str:
    return life.stands.language or "en"


async def _here(life: Life) -> None:
    """Who blocked the bot opens it again before she does anything with it."""
    if life.stands.blocked:
        await _unblock(life, 0)


# -- what she taps


def _at_hand(life: Life, *, ends: bool) -> list[tuple[Message, str, str]]:
    """The buttons of the newest message that has any; those that end the talk only where asked for."""
    message = life.sight.newest_with_buttons()
    found = [(message, label, data) for label, data in buttons(message)] if message else []
    return [one for one in found if ends or not _ends(one[2])]


def _ends(data: str) -> bool:
    choice = choice_behind(parse_data(data))
    return choice is not None and choice.effect in {Effect.EXIT, Effect.CLEAR, Effect.ERASE}


async def _press(life: Life, message: Message, label: str, data: str, kind: str = "tap") -> None:
    async def act() -> Deed:
        pressed = tap(_hand(life), message.id, label)
        return replace(deed, taps=(pressed,) if isinstance(pressed, Tap) else ())

    deed = Deed("she", kind, f"{label} ({data})", choice_behind(parse_data(data)))
    await life.turn(deed, act)


async def _tap(life: Life, number: int) -> None:
    await _here(life)
    found = _at_hand(life, ends=False)
    if found:
        await _press(life, *found[number % len(found)])
    else:
        await _start(life, number)


async def _tap_any(life: Life, number: int) -> None:
    await _here(life)
    found = _at_hand(life, ends=True)
    if found:
        await _press(life, *found[number % len(found)])


async def _tap_late(life: Life, number: int) -> None:
    """A button that she saw at any time, under a message that may look otherwise or be gone."""
    await _here(life)
    found = life.seen[::-1]
    if not found:
        return
    message_id, data = found[number % len(found)]

    async def act() -> Deed:
        return replace(deed, taps=(tap_late(_hand(life), message_id, data),))

    deed = Deed("she", "late", f"{data} under {message_id}", choice_behind(parse_data(data)))
    await life.turn(deed, act)


async def _ask_for_a_person(life: Life, number: int) -> None:
    """A person in two taps, wherever she is inside."""
    await _here(life)
    for wanted in ("person", "agree"):
        found = [one for one in _at_hand(life, ends=False) if one[2].split(":")[1] == wanted]
        if found:
            await _press(life, *found[0])


async def _choose(life: Life, *choices: str) -> None:
    for wanted in choices:
        found = [one for one in _at_hand(life, ends=True) if one[2].split(":")[1] == wanted]
        if not found:
            return
        await _press(life, *found[0])


async def _arrive(life: Life, number: int) -> None:
    """From the greeting to the menu, the shortest way."""
    await _start(life, number)
    languages = life.ground.words.offered
    await _choose(life, f"lang_{languages[number % len(languages)]}", "yes")


# -- what she types and sends


async def _type(life: Life, text: str, kind: str = "typed", *, marked: bool = False) -> None:
    await _here(life)
    mark = life.mark() if marked else ""
    text = f"{text} {mark}" if marked else text

    async def act() -> Deed:
        sent = await life.she.says(text)
        return replace(deed, sent=sent.message_id)

    deed = Deed("she", kind, text, mark=mark)
    await life.turn(deed, act)


def _one(table: Mapping[str, tuple[str, ...]], life: Life, number: int) -> str:
    lines = table.get(_language(life)) or table["en"]
    return lines[number % len(lines)]


async def _words(life: Life, number: int) -> None:
    await _type(life, _one(HARMLESS, life, number), "words", marked=True)


async def _cry(life: Life, number: int) -> None:
    await _type(life, _one(CRIES, life, number), "cry")


async def _stranger(life: Life, number: int) -> None:
    await _type(life, _one(STRANGERS, life, number), "stranger")


async def _odd(life: Life, number: int) -> None:
    text = ODD[number % len(ODD)]
    await _type(life, text, "start" if text.startswith("/start") else "typed")


async def _label(life: Life, number: int) -> None:
    """What stands on a button, typed, or the button's number."""
    found = _at_hand(life, ends=True)
    if found:
        place = number % len(found)
        await _type(life, found[place][1] if number % 2 else str(place + 1))


async def _request(life: Life, number: int) -> None:
    table = (ways.PERSON, ways.LANGUAGE, ways.ERASE, ways.PERSON_PHRASES)[number % 4]
    code = _language(life).replace("_Cyrl", "")
    lines = table.get(code) or table["en"]
    await _type(life, lines[number % len(lines)])


async def _program(life: Life, number: int) -> None:
    lines = ways.PROGRAM.get(_language(life).replace("_Cyrl", "")) or ways.PROGRAM["en"]
    await _type(life, lines[number % len(lines)], "program")


async def _name_a_language(life: Life, number: int) -> None:
    names = [names[0] for names in ways.NAMES.values()]
    await _type(life, names[number % len(names)], "language")


async def _search(life: Life, number: int) -> None:
    if life.stands.out:
        await _type(life, SEARCHES[number % len(SEARCHES)], "words", marked=number % 2 == 0)
    else:
        await _words(life, number)


async def _edit(life: Life, number: int) -> None:
    """One of her own messages becomes other words."""
    await _here(life)
    now = life.ground.telegram.now()
    own = [one for one in life.sight.shown() if not one.by_bot and not one.media and now - one.date < 47 * 3600]
    if not own:
        return
    message, mark = own[number % len(own)], life.mark()

    async def act() -> Deed:
        await life.she.edits(message.id, f"{_one(HARMLESS, life, number)} {mark}")
        return replace(deed, sent=message.id)

    deed = Deed("she", "edit", f"{message.id} into {mark}", mark=mark)
    await life.turn(deed, act)


async def _send(life: Life, number: int) -> None:
    """Something without words, or with words that nobody types."""
    await _here(life)
    she = life.she
    sends: tuple[tuple[str, Callable[[], Awaitable[object]]], ...] = (
        ("sticker", lambda: she.sends_sticker(b"a cat")),
        ("voice", lambda: she.sends_voice(b"OggS" + bytes(40), duration=3)),
        ("photo", lambda: she.sends_photo(_PNG)),
        ("contact", lambda: she.sends_contact("+998000000000", "Canary")),
        ("location", lambda: she.sends_location(39.7, 64.4)),
        ("document", lambda: she.sends_document(b"%PDF", name="canary.pdf", mime="application/pdf")),
    )
    name, send = sends[number % len(sends)]

    async def act() -> None:
        await send()

    await life.turn(Deed("she", "unreadable", name), act)


# -- leaving and coming back


async def _start(life: Life, number: int) -> None:
    async def act() -> Deed:
        sent = await life.she.start()
        return replace(deed, sent=sent.message_id)

    deed = Deed("she", "start", "/start")
    life.stands.blocked = False
    await life.turn(deed, act)


async def _leave(life: Life, number: int) -> None:
    """By the button, wherever it stands."""
    await _here(life)
    found = [one for one in _at_hand(life, ends=True) if one[2].endswith(":exit")]
    if found:
        await _press(life, *found[0])


async def _leave_by_word(life: Life, number: int) -> None:
    """Her own word, the region's, or a plain one of any language."""
    general = life.ground.region.exit_words() | {way for said in ways.OUT.values() for way in said}
    words = [*life.words.get("exit", "").splitlines(), *sorted(general)]
    await _type(life, words[number % len(words)], "exit")


async def _come_back(life: Life, number: int) -> None:
    if life.stands.out and "code" in life.words and number % 2:
        await _type(life, life.words["code"], "code")
    else:
        await _start(life, number)


async def _block(life: Life, number: int) -> None:
    if not life.stands.blocked and life.sight.chat.started:
        life.stands.blocked = True
        await life.turn(Deed("she", "block"), life.she.blocks)


async def _unblock(life: Life, number: int) -> None:
    if life.stands.blocked:
        life.stands.blocked = False
        await life.turn(Deed("she", "unblock"), life.she.unblocks)


async def _duress(life: Life, number: int) -> None:
    if "duress" in life.words:
        await _type(life, life.words["duress"], "duress")


async def _choose_a_word(life: Life, number: int) -> None:
    """A word of her own, by the way through the settings."""
    if life.stands.out or life.stands.blocked or life.stands.erased:
        return
    kind = ("code", "duress", "exit")[number % 3]
    if kind in life.words:
        return
    word = {"code": "Qovoq somsa", "duress": "Baliq qovurdoq", "exit": "Shirin kulcha"}[kind]
    await _choose(life, "menu", "settings", "set_words", f"set_{kind}")
    found = _at_hand(life, ends=False)
    if found and found[0][2].startswith(f"word_{kind}:"):
        await _type(life, word, "her word")
        life.words[kind] = word


async def _erase(life: Life, number: int) -> None:
    await _choose(life, "erase", "erase")


# -- the counsellor


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
    await _at_the_desk(life, "refers", f"/refer {services[number % len(services)].id} a quiet room")


async def _propose(life: Life, number: int) -> None:
    await _at_the_desk(life, "proposes", "/next 23:59")


# -- time and weather


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
        await (_tap_any if number % 2 else _words)(life, number)
    finally:
        if fault in faults.orders:
            faults.orders.remove(fault)
        life.stands.storm = False


async def _hurry(life: Life, number: int) -> None:
    """Two or three things at once, none of them waited for."""
    await _here(life)
    found = _at_hand(life, ends=True)
    taps: list[Tap] = []

    async def act() -> Deed:
        for turn in range(2 + number % 2):
            choice = (number + turn) % 4
            if choice < 2 and found:
                message, _, data = found[(number // 4 + turn) % len(found)]
                taps.append(tap_late(_hand(life), message.id, data))
            elif choice == 2:
                await life.she.says(_one(HARMLESS, life, number))
            else:
                await life.desk.says(_number(life), f"/take {_number(life)}")
        return replace(deed, taps=tuple(taps))

    deed = Deed("she", "hurry", f"{[data for _, _, data in found][:3]}")
    await life.turn(deed, act)


async def close_up(life: Life) -> None:
    """At the very end: a person in two taps where she stands inside, then out; and the counsellor closes the case."""
    if not life.stands.out and not life.stands.blocked:
        await _leave(life, 0)
    if life.sight.case is not None and life.sight.case.holder is not None:
        await _close(life, 0)


# Each deed and how often it is done: tapping on is most of what people do.
DEEDS: Final[Mapping[str, tuple[int, Does]]] = {
    "words": (5, _words),
    "tap": (26, _tap),
    "arrive": (4, _arrive),
    "tap any": (3, _tap_any),
    "tap late": (6, _tap_late),
    "label": (4, _label),
    "request": (4, _request),
    "program": (1, _program),
    "language": (2, _name_a_language),
    "odd": (3, _odd),
    "search": (2, _search),
    "edit": (2, _edit),
    "send": (3, _send),
    "cry": (2, _cry),
    "stranger": (1, _stranger),
    "person": (6, _ask_for_a_person),
    "take": (5, _take),
    "answer": (5, _answer),
    "close": (2, _close),
    "release": (1, _release),
    "refer": (2, _refer),
    "propose": (1, _propose),
    "leave": (2, _leave),
    "leave by word": (2, _leave_by_word),
    "come back": (4, _come_back),
    "block": (1, _block),
    "unblock": (1, _unblock),
    "her word": (2, _choose_a_word),
    "duress": (1, _duress),
    "erase": (1, _erase),
    "pause": (3, _pause),
    "storm": (3, _storm),
    "hurry": (3, _hurry),
}
