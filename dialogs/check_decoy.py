"""Rules on the decoy: it must stand up to somebody who tries everything for two minutes."""

from collections.abc import Iterator
from typing import Final

from dialogs.bundle import Decoy, Region
from dialogs.checked import Finding, Ground
from dialogs.decoy import LONG, about, answer, home, search
from dialogs.deny import telltales
from dialogs.letters import fold
from dialogs.screen import DATA_BYTES, Screen, parse_data

_FEWEST_DISHES: Final = 10
_LINES: Final = range(5, 9)
_TELEGRAM_TEXT: Final = 4096


def screens(code: str, region: Region) -> Iterator[Screen]:
    """Every screen of the decoy that can be tapped to, from its first one on."""
    open_screens = [home(code, region), home(code, region, long=True), about(code, region)]
    seen: set[str] = set()
    while open_screens:
        screen = open_screens.pop()
        yield screen
        for button in screen.buttons():
            tap = parse_data(button.data)
            if tap is not None and button.data not in seen:
                seen.add(button.data)
                open_screens.append(answer(tap, code, region))


def _built(code: str, decoy: Decoy) -> Iterator[Finding]:
    if len(decoy.dishes) < _FEWEST_DISHES:
        yield Finding(f"decoy {code}", f"{len(decoy.dishes)} entries")
    for dish in decoy.dishes:
        if len(dish.lines) not in _LINES:
            yield Finding(f"decoy {code}, {dish.title}", f"{len(dish.lines)} lines")


def _screen_holds(code: str, screen: Screen) -> Iterator[Finding]:
    where = f"decoy {code}, {screen.first}"
    labels = [button.label for button in screen.buttons()]
    if not labels or len(set(labels)) < len(labels):
        yield Finding(where, "no buttons, or two that say the same")
    for button in screen.buttons():
        if parse_data(button.data) is None or len(button.data.encode()) > DATA_BYTES or button.data[:2] != "d:":
            yield Finding(where, f"a button's data cannot be read back: {button.data}")
    if screen.inside or len("\n".join((screen.first, *screen.body))) > _TELEGRAM_TEXT:
        yield Finding(where, "is hidden, or too long for one message")


def works(ground: Ground) -> Iterator[Finding]:
    region = ground.region
    for code, decoy in region.decoys.items():
        yield from _built(code, decoy)
        titles = {dish.title for dish in decoy.dishes}
        for screen in screens(code, region):
            yield from _screen_holds(code, screen)
            titles.discard(screen.first)
        for title in titles:
            yield Finding(f"decoy {code}, {title}", "cannot be opened by tapping")
        for place, dish in enumerate(decoy.dishes):
            if place not in search(dish.title, decoy):
                yield Finding(f"decoy {code}, {dish.title}", "is not found by its title")
        if len(home(code, region, long=True).body) < LONG:
            yield Finding(f"decoy {code}", "its long screen is short")


def _said(decoy: Decoy) -> Iterator[str]:
    yield from (decoy.name, *decoy.about, decoy.nothing, *decoy.labels.values(), *decoy.exit_words)
    for dish in decoy.dishes:
        yield from (dish.title, *dish.keywords, *dish.lines)


def gives_nothing_away(ground: Ground) -> Iterator[Finding]:
    numbers = {number.number for number in ground.region.numbers.values()}
    for code, decoy in ground.region.decoys.items():
        for text in _said(decoy):
            for stem in telltales(text, code, ground.deny):
                yield Finding(f"decoy {code}", f"says {stem}")
            if numbers & set(text.split()) or "hamroh" in fold(text):
                yield Finding(f"decoy {code}", f"names a number or the hotline: {text}")


def exit_words_are_natural(ground: Ground) -> Iterator[Finding]:
    texts = [fold(ground.catalogs.text(code, key)) for code in ground.languages for key in ground.catalogs.english]
    for code, decoy in ground.region.decoys.items():
        for word in decoy.exit_words:
            if not search(word, decoy):
                yield Finding(f"decoy {code}", f"the exit word finds nothing here: {word}")
            if any(f" {fold(word)} " in f" {text} " for text in texts):
                yield Finding(f"decoy {code}", f"the exit word is said inside: {word}")
