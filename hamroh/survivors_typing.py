"""What a random survivor types and sends: words, cries, requests, words of her own, and what holds none."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from dialogs import ways
from hamroh.survivors_life import Life
from hamroh.survivors_lines import CRIES, HARMLESS, ODD, SEARCHES, STRANGERS
from hamroh.survivors_taps import at_hand, choose, here, start
from hamroh.survivors_turn import Deed

_PNG: Final = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x00\x40\x00\x00\x00\x30" + bytes(9)


def language(life: Life) -> str:
    return life.stands.language or "en"


async def types(life: Life, text: str, kind: str = "typed", *, marked: bool = False) -> None:
    await here(life)
    mark = life.mark() if marked else ""
    text = f"{text} {mark}" if marked else text

    async def act() -> Deed:
        sent = await life.she.says(text)
        return replace(deed, sent=sent.message_id)

    deed = Deed("she", kind, text, mark=mark)
    await life.turn(deed, act)


def one_of(table: Mapping[str, tuple[str, ...]], life: Life, number: int) -> str:
    lines = table.get(language(life)) or table["en"]
    return lines[number % len(lines)]


async def words(life: Life, number: int) -> None:
    await types(life, one_of(HARMLESS, life, number), "words", marked=True)


async def cry(life: Life, number: int) -> None:
    await types(life, one_of(CRIES, life, number), "cry")


async def stranger(life: Life, number: int) -> None:
    await types(life, one_of(STRANGERS, life, number), "stranger")


async def odd(life: Life, number: int) -> None:
    text = ODD[number % len(ODD)]
    await types(life, text, "start" if text.startswith("/start") else "typed")


async def label(life: Life, number: int) -> None:
    """What stands on a button, typed, or the button's number."""
    found = at_hand(life, ends=True)
    if found:
        place = number % len(found)
        await types(life, found[place][1] if number % 2 else str(place + 1))


async def request(life: Life, number: int) -> None:
    table = (ways.PERSON, ways.LANGUAGE, ways.ERASE, ways.PERSON_PHRASES)[number % 4]
    code = language(life).replace("_Cyrl", "")
    lines = table.get(code) or table["en"]
    await types(life, lines[number % len(lines)])


async def program(life: Life, number: int) -> None:
    lines = ways.PROGRAM.get(language(life).replace("_Cyrl", "")) or ways.PROGRAM["en"]
    await types(life, lines[number % len(lines)], "program")


async def name_a_language(life: Life, number: int) -> None:
    names = [names[0] for names in ways.NAMES.values()]
    await types(life, names[number % len(names)], "language")


async def search(life: Life, number: int) -> None:
    if life.stands.out:
        await types(life, SEARCHES[number % len(SEARCHES)], "words", marked=number % 2 == 0)
    else:
        await words(life, number)


async def edit(life: Life, number: int) -> None:
    """One of her own messages becomes other words."""
    await here(life)
    now = life.ground.telegram.now()
    own = [one for one in life.sight.shown() if not one.by_bot and not one.media and now - one.date < 47 * 3600]
    if not own:
        return
    message, mark = own[number % len(own)], life.mark()

    async def act() -> Deed:
        await life.she.edits(message.id, f"{one_of(HARMLESS, life, number)} {mark}")
        return replace(deed, sent=message.id)

    deed = Deed("she", "edit", f"{message.id} into {mark}", mark=mark)
    await life.turn(deed, act)


async def send(life: Life, number: int) -> None:
    """Something without words, or with words that nobody types."""
    await here(life)
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


async def leave_by_word(life: Life, number: int) -> None:
    """Her own word, the region's, or a plain one of any language."""
    general = life.ground.region.exit_words() | {way for said in ways.OUT.values() for way in said}
    words = [*life.words.get("exit", "").splitlines(), *sorted(general)]
    await types(life, words[number % len(words)], "exit")


async def come_back(life: Life, number: int) -> None:
    if life.stands.out and "code" in life.words and number % 2:
        await types(life, life.words["code"], "code")
    else:
        await start(life, number)


async def duress(life: Life, number: int) -> None:
    if "duress" in life.words:
        await types(life, life.words["duress"], "duress")


async def choose_a_word(life: Life, number: int) -> None:
    """A word of her own, by the way through the settings."""
    if life.stands.out or life.stands.blocked or life.stands.erased:
        return
    kind = ("code", "duress", "exit")[number % 3]
    if kind in life.words:
        return
    word = {"code": "Qovoq somsa", "duress": "Baliq qovurdoq", "exit": "Shirin kulcha"}[kind]
    await choose(life, "menu", "settings", "set_words", f"set_{kind}")
    found = at_hand(life, ends=False)
    if found and found[0][2].startswith(f"word_{kind}:"):
        await types(life, word, "her word")
        life.words[kind] = word
