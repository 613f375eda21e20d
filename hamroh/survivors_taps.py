"""What a random survivor does with her thumb: buttons new and old, leaving, coming back, blocking."""

from dataclasses import replace

from dialogs.kinds import Effect
from dialogs.screen import parse_data
from hamroh.survivors_life import Life
from hamroh.survivors_sight import buttons, choice_behind
from hamroh.survivors_turn import Deed
from practice.people import Phone as Hand
from practice.people import tap, tap_late
from practice.telegram import Message, Tap


def hand(life: Life) -> Hand:
    """Her phone as the server holds it, for what no app offers."""
    return Hand(life.ground.telegram, life.sight.chat)


async def here(life: Life) -> None:
    """Who blocked the bot opens it again before she does anything with it."""
    if life.stands.blocked:
        await unblock(life, 0)


def at_hand(life: Life, *, ends: bool) -> list[tuple[Message, str, str]]:
    """The buttons of the newest message that has any; those that end the talk only where asked for."""
    message = life.sight.newest_with_buttons()
    found = [(message, label, data) for label, data in buttons(message)] if message else []
    return [one for one in found if ends or not _ends(one[2])]


def _ends(data: str) -> bool:
    choice = choice_behind(parse_data(data))
    return choice is not None and choice.effect in {Effect.EXIT, Effect.CLEAR, Effect.ERASE}


async def press(life: Life, message: Message, label: str, data: str, kind: str = "tap") -> None:
    async def act() -> Deed:
        pressed = tap(hand(life), message.id, label)
        return replace(deed, taps=(pressed,) if isinstance(pressed, Tap) else ())

    deed = Deed("she", kind, f"{label} ({data})", choice_behind(parse_data(data)), data.partition(":")[0])
    await life.turn(deed, act)


async def tap_on(life: Life, number: int) -> None:
    await here(life)
    found = at_hand(life, ends=False)
    if found:
        await press(life, *found[number % len(found)])
    else:
        await start(life, number)


async def tap_any(life: Life, number: int) -> None:
    await here(life)
    found = at_hand(life, ends=True)
    if found:
        await press(life, *found[number % len(found)])


async def tap_old(life: Life, number: int) -> None:
    """A button that she saw at any time, under a message that may look otherwise or be gone."""
    await here(life)
    found = life.seen[::-1]
    if not found:
        return
    message_id, data = found[number % len(found)]

    async def act() -> Deed:
        return replace(deed, taps=(tap_late(hand(life), message_id, data),))

    behind = choice_behind(parse_data(data))
    deed = Deed("she", "late", f"{data} under {message_id}", behind, data.partition(":")[0])
    await life.turn(deed, act)


async def ask_for_a_person(life: Life, number: int) -> None:
    """A person in two taps, wherever she is inside."""
    await here(life)
    for wanted in ("person", "agree"):
        found = [one for one in at_hand(life, ends=False) if one[2].split(":")[1] == wanted]
        if found:
            await press(life, *found[0])


async def choose(life: Life, *choices: str) -> None:
    for wanted in choices:
        found = [one for one in at_hand(life, ends=True) if one[2].split(":")[1] == wanted]
        if not found:
            return
        await press(life, *found[0])


async def arrive(life: Life, number: int) -> None:
    """From the greeting to the menu, the shortest way."""
    await start(life, number)
    languages = life.ground.words.offered
    await choose(life, f"lang_{languages[number % len(languages)]}", "yes")


async def start(life: Life, number: int) -> None:
    async def act() -> Deed:
        sent = await life.she.start()
        return replace(deed, sent=sent.message_id)

    deed = Deed("she", "start", "/start")
    life.stands.blocked = False
    await life.turn(deed, act)


async def leave(life: Life, number: int) -> None:
    """By the button, wherever it stands."""
    await here(life)
    found = [one for one in at_hand(life, ends=True) if one[2].endswith(":exit")]
    if found:
        await press(life, *found[0])


async def block(life: Life, number: int) -> None:
    if not life.stands.blocked and life.sight.chat.started:
        life.stands.blocked = True
        await life.turn(Deed("she", "block"), life.she.blocks)


async def unblock(life: Life, number: int) -> None:
    if life.stands.blocked:
        life.stands.blocked = False
        await life.turn(Deed("she", "unblock"), life.she.unblocks)


async def erase(life: Life, number: int) -> None:
    await choose(life, "erase", "erase")
