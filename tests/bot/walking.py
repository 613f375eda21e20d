"""How a test brings somebody to a screen: the way of each step of the flows, walked by taps and words."""

import asyncio
import struct
from collections.abc import Coroutine, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from dialogs.engine import STEPS, choice_of
from dialogs.flows.footer import keyboard
from dialogs.flows.road import FORMS
from dialogs.kinds import Effect
from dialogs.lines import EASY
from practice.bubble import Bubble
from practice.forms import message_json
from practice.people import Phone as _Phone
from practice.people import _press_button
from practice.telegram import Message as _Message
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Operator, Survivor, words
from tests.sight import Sight
from vault import ledger
from vault.database import begin
from vault.tables import SURVIVORS

_BEGUN = "menu screening age yes whose partner"
_SCREENING = f"{_BEGUN} who.begin goon"
_ITEMS = "who.worse_6_months no who.weapon no who.strangled no who.pause goon"
_NECK = f"{_SCREENING} who.worse_6_months no who.weapon no who.strangled yes who.neck goon"
_DYING = 'menu "I_do_not_want_to_live." asq.begin goon asq.wish_dead'
_FOUR = "no asq.better_off_dead no asq.thoughts_week no asq.pause goon asq.ever_attempt no"
_ALL_NO = "who.could_kill_you no who.beaten_pregnant no who.violently_jealous no"
_WORDS = "menu settings settings set_words"
_DATA = "menu settings settings set_data"
_PLAN = "menu plan_open plan.phone never plan.keep plan_keep"
_QUIET = "menu plan_open plan.phone always plan.quiet goon"
_NEEDS = "plan part_needs plan.ask.needs medicine"
_ROOM = "plan part_home plan.ask.rooms door plan.ask.signs stop"
_PAUSED = "plan *pauses plan plan_see safe_now yes again goon"
_HIGH = f"{_SCREENING} who.worse_6_months no who.weapon yes who.strangled stop"
_WORD = f'{_WORDS} words set_code word_code "Qovoq_somsa"'

# The way to each step: a screen, what is chosen there, the next screen, ... A choice in quotation marks is typed; `*`
# before it is an act of somebody else's (`*takes`), or a thing sent that holds no words (`*sticker`).
WAYS: Mapping[str, str] = {
    "greet": "",
    "safe_now": "greet lang",
    "menu": "greet lang safe_now yes",
    "about": "menu about",
    "traces": "menu about about traces_page",
    "danger": "menu danger",
    "limits": "menu person",
    "refused": "menu person limits disagree",
    "waiting": "menu person limits agree",
    "talking": "menu person limits agree waiting *takes",
    "after": "menu person limits agree waiting *takes talking *closes",
    "heard_first": 'menu "My_sister_knows."',
    "heard": 'menu "My_sister_knows." heard_first "She_lives_in_another_town."',
    "left_words": 'menu person limits agree waiting "I_have_two_children."',
    "sos": "menu *sticker",
    "near_now": 'menu "He_said_he_would_kill_me."',
    "referral": "menu person limits agree waiting *takes talking *refers",
    "contact": "menu person limits agree waiting *takes talking *proposes",
    "needs.why": "menu person limits agree waiting *takes talking *needs",
    "again": "menu about about *pauses about back safe_now yes",
    "breathing": "menu person limits agree waiting breathe_button",
    "language": "menu lang",
    "goodbye": "menu finish",
    "erase_ask": "menu erase",
    "age": "menu screening",
    "whose": "menu screening age yes",
    "minor": "menu screening age no",
    "minor.hurt": "menu screening age no minor goon",
    "limits_young": "menu screening age no minor goon minor.hurt no",
    "not_partner": "menu screening age yes whose family",
    "who.begin": _BEGUN,
    "who.worse_6_months": _SCREENING,
    "who.weapon": f"{_SCREENING} who.worse_6_months no",
    "who.strangled": f"{_SCREENING} who.worse_6_months no who.weapon no",
    "who.neck": f"{_SCREENING} who.worse_6_months no who.weapon no who.strangled yes",
    "neck.first": _NECK,
    "neck.second": f"{_NECK} neck.first none",
    "neck.pregnant": f"{_NECK} neck.first none neck.second none",
    "neck.today": f"{_NECK} neck.first stop",
    "neck.emergency": f"{_NECK} neck.first voice",
    "person_first": 'menu "I_do_not_want_to_live."',
    "asq.begin": 'menu "I_do_not_want_to_live."',
    "asq.wish_dead": 'menu "I_do_not_want_to_live." asq.begin goon',
    "asq.thoughts_now": f"{_DYING} {_FOUR.replace('no', 'yes', 1)}",
    "asq.other": f"{_DYING} {_FOUR}",
    "who.pause": f"{_SCREENING} who.worse_6_months no who.weapon no who.strangled no",
    "who.could_kill_you": f"{_SCREENING} {_ITEMS}",
    "who.beaten_pregnant": f"{_SCREENING} {_ITEMS} who.could_kill_you no",
    "who.violently_jealous": f"{_SCREENING} {_ITEMS} who.could_kill_you no who.beaten_pregnant no",
    "who.high": _HIGH,
    "who.other": f"{_SCREENING} {_ITEMS} {_ALL_NO}",
    "who.none": f"{_SCREENING} who.worse_6_months stop",
    "settings": "menu settings",
    "when": "menu settings settings set_when",
    "when_hours": "menu settings settings set_when when when_hours",
    "when_day": "menu settings settings set_when when when_hours when_hours hours_14 when_days one_day",
    "when_days": "menu settings settings set_when when evening",
    "when_done": "menu settings settings set_when when onlyme",
    "timer": "menu settings settings set_timer",
    "timer_done": "menu settings settings set_timer timer minutes_15",
    "reading": "menu settings settings reading",
    "reading_aloud": "menu settings settings reading reading aloud",
    "reading_sign": "menu settings settings reading reading textonly",
    "reading_done": "menu settings settings reading reading easy",
    "words": _WORDS,
    "word_code": f"{_WORDS} words set_code",
    "word_duress": f"{_WORDS} words set_duress",
    "word_exit": f"{_WORDS} words set_exit",
    "word_done": _WORD,
    "word_bad": f'{_WORDS} words set_code word_code "a"',
    "data": _DATA,
    "data_show": f"{_DATA} data data_show",
    "keep": f"{_DATA} data keep_longer",
    "keep_done": f"{_DATA} data keep_longer keep days_90",
    "plan.noted": f"{_PLAN} {_NEEDS}",
    "plan.line.rooms": f"{_PLAN} {_ROOM} plan part_home plan.see.home line_rooms",
    "plan.empty": f"{_PLAN} plan plan_see",
    "plan.gone": f"{_QUIET} {_NEEDS} plan.noted plan_see plan.see.needs plan_turn",
    "plan.typed": f'{_QUIET} plan part_needs plan.ask.needs "A_slow_song."',
    "plan.person": f"{_HIGH} who.high plan_open",
    "plan.closed": f"{_WORD} word_done settings settings back {_PLAN} {_PAUSED}",
    "plan.share_first": f"{_PLAN} {_NEEDS} plan.noted plan_more plan plan_share",
    "plan.share": f"menu person limits agree waiting stop {_PLAN} {_NEEDS} plan.noted plan_more plan plan_share",
    "plan.shared": f"{_PLAN} {_NEEDS} plan.noted plan_more plan plan_share plan.share_first agree",
    "plan.unshareable": f"{_QUIET} plan plan_share",
}
T = TypeVar("T")
# The smallest picture that a phone takes for one.
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 64, 48) + bytes(9)
OF_TWO = frozenset({"talking", "after", "referral", "contact", "needs.why", "person_first"})


async def stands(she: Survivor, step: str, *, after: int = 0) -> Bubble:
    """Wait for the screen of this step, in full or in simple text; of a page to read, any one sentence (those not
    signed are off). Where every line has several forms, the first in any of them."""
    keys = [key for key in STEPS[step].text if key not in FORMS]
    page = step.startswith("read.")
    whole = [_either(she, key) for key in (keys if page else (*keys[:1], *keys[-1:]))]
    wanted = whole or [{text for form in FORMS[STEPS[step].text[0]] if form for text in _either(she, form)}]
    enough = any if page else all

    def fits(bubble: Bubble) -> bool:
        return not bubble.mine and enough(any(text in bubble.text for text in texts) for texts in wanted)

    return await she.phone.sees(fits, within=20, after=after, called=f"the screen of {step}")


def _either(she: Survivor, key: str) -> set[str]:
    """What a line says, up to its first value, and what its easy form says."""
    forms = (key, f"{key}{EASY}") if f"{key}{EASY}" in words().english else (key,)
    return {she.word(form).split("{")[0] for form in forms}


async def chooses(she: Survivor, step: str, choice: str) -> None:
    """Tap a choice of the screen she sees."""
    key = f"language.{she.language}" if choice == "lang" and step == "greet" else choice_of(STEPS[step], choice).key
    await she.taps(key)


async def _other(operator: Operator | None, verb: str, she: Survivor, sight: Sight) -> None:
    """What somebody else does, what time does, or a thing without words."""
    if verb == "sticker":
        await she.phone.sends_sticker(b"a cat")
        return
    if verb == "pauses":
        await pauses(sight, she)
        return
    assert operator is not None, "this way needs an operator"
    number = (await sight.one(she)).number
    if verb == "takes":
        await takes(operator, number)
    elif verb == "closes":
        await operator.says("/close helped")
    elif verb == "needs":
        await operator.says(f"/needs {number}")
    elif verb == "refers":
        await operator.says("/refer bux-shelter-a a quiet room")
    else:
        await operator.says("/next 23:59")


async def pauses(sight: Sight, she: Survivor) -> None:
    """She has sent nothing for longer than her window lasts."""
    long_ago = datetime.now(UTC) - timedelta(minutes=30)
    await sight.change(she, heard_at=long_ago, window_until=long_ago + timedelta(minutes=15))


async def takes(operator: Operator, number: int) -> None:
    """Claim the case of this number."""
    await operator.says(f"/take {number}")
    await operator.reads(f"Case {number} is yours:")


async def alerted(operator: Operator, number: int, risk: str = "") -> Bubble:
    """Wait for the alert of this case, of this class where one is given."""
    return await operator.phone.sees(
        lambda bubble: risk in bubble.text and bubble.text.split("\n")[0].endswith(f": {number}"),
        within=10,
        called=f"an alert of {number}",
    )


async def walks(she: Survivor, step: str, sight: Sight, operator: Operator | None = None) -> Bubble:
    """From nothing to this step, each screen seen on the way: what is typed is answered below it."""
    way = WAYS[step].split()
    if way and way[0] == "menu":
        way = ["greet", "lang", "safe_now", "yes", *way]
    typed = (await she.says("/start")).message_id
    for here, choice in zip(way[::2], way[1::2], strict=True):
        await stands(she, here, after=typed)
        if choice.startswith("*"):
            await _other(operator, choice[1:], she, sight)
        elif choice.startswith('"'):
            typed = (await she.says(choice.strip('"').replace("_", " "))).message_id
        else:
            await chooses(she, here, choice)
    return await stands(she, step, after=typed)


def _in_hand(hotline: Hotline, she: Survivor) -> _Phone:
    """Her phone as the server sees it, for what no app offers."""
    telegram = hotline.telegram.telegram
    bot = telegram.named(SURVIVORS_BOT)
    assert bot is not None
    return _Phone(telegram, bot.chats[she.phone.user_id])


def late_tap(hotline: Hotline, she: Survivor, message_id: int, data: str) -> None:
    """A tap on a button that stood under this message once, however the message looks now or whether it is gone."""
    phone = _in_hand(hotline, she)
    gone = _Message(message_id, by_bot=True, date=phone.telegram.now())
    _press_button(phone, phone.chat.messages.get(message_id) or gone, data)


def late_words(hotline: Hotline, she: Survivor, text: str, *, seconds: int) -> None:
    """Words that she sent some seconds ago and Telegram hands over only now."""
    phone = _in_hand(hotline, she)
    sent = _Message(phone.chat.bot.next_message_id(), by_bot=False, date=phone.telegram.now() - seconds, text=text)
    phone.chat.messages[sent.id] = sent
    phone.chat.bot.updates.push("message", message_json(phone.chat, sent), ("chat", she.phone.user_id))


async def fills(hotline: Hotline, sight: Sight, she: Survivor, messages: int) -> None:
    """A long talk that stands on her phone: messages of both sides, newer than all others, that the ledger knows."""
    phone = _in_hand(hotline, she)
    address = (await sight.one(she)).address
    assert address is not None
    async with begin(sight.engine) as connection:
        for number in range(messages):
            ours = number % 2 == 0
            made = _Message(phone.chat.bot.next_message_id(), by_bot=ours, date=phone.telegram.now(), text=f"{number}.")
            phone.chat.messages[made.id] = made
            at, kind = datetime.now(UTC), "words" if ours else "hers"
            await ledger.stands(connection, SURVIVORS, address, made.id, ours=ours, kind=kind, sent_at=at)


def way_by_tap(step: str) -> str | None:
    """The data of a button, anywhere inside, that leads to this step and nowhere else; None where no tap does."""
    for here in STEPS.values():
        for choice in (choice for row in keyboard(here) for choice in row):
            if choice.to == step and choice.effect not in {Effect.SHARE, Effect.KEEP, Effect.MEET}:
                return f"{here.id}:{choice.id}"
    return {"who.none": "who.worse_6_months:stop", "limits": "menu:person"}.get(step)


async def jumps(hotline: Hotline, she: Survivor, step: str) -> Bubble:
    """From the menu to this step by an old button, which answers as it always did."""
    menu = await stands(she, "menu")
    data = way_by_tap(step)
    assert data is not None, step
    data = f"greet:lang_{she.language}" if step == "safe_now" else data
    late_tap(hotline, she, menu.message_id, data)
    return await stands(she, step)


async def by_tens(every: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Several people at once, ten at a time, so that a slow machine is not asked too much."""
    room = asyncio.Semaphore(10)

    async def one(somebody: Coroutine[None, None, T]) -> T:
        async with room:
            return await somebody

    done = await asyncio.gather(*(one(somebody) for somebody in every), return_exceptions=True)
    failed = [result for result in done if isinstance(result, BaseException)]
    if failed:
        raise failed[0]
    return [result for result in done if not isinstance(result, BaseException)]
