"""Rules on the decoy: it must stand up to somebody who tries everything for two minutes."""

import re
from collections.abc import Iterator
from typing import Final

from dialogs.bundle import Decoy, Dish, Region
from dialogs.checked import Finding, Ground
from dialogs.decoy import BOOK, LONG, Taste, about, answer, chosen, home, search, taste_of
from dialogs.decoy_search import names_in
from dialogs.decoy_taste import FOUR, PAGES, PORTIONS, amounts, amounts_in
from dialogs.deny import telltales
from dialogs.letters import fold
from dialogs.screen import DATA_BYTES, Screen, Tapped, parse_data
from dialogs.secret import SHORTEST

_FEWEST_DISHES: Final = 30
_STEPS: Final = range(3, 7)
_TELEGRAM_TEXT: Final = 4096
_TELEGRAM_BUTTONS: Final = 100
_LABEL: Final = 32
# Two for each of her three words.
_FEWEST_IDEAS: Final = 6
_LONGEST_IDEA: Final = 20
_STRAY: Final = re.compile(r"[^\w ,ʻʼ-]")
_PAGES: Final = ("list", "kinds", "settings", "about")


def _tastes(code: str) -> list[Taste]:
    """Each thing that may be set, once: how long a list is and how amounts are counted do not touch each other."""
    return [Taste(code, page, portions) for page, portions in zip(PAGES, PORTIONS, strict=True)]


def _typed(decoy: Decoy) -> Iterator[str]:
    """What somebody may type: the title of each dish, and each thing it needs."""
    texts = (text for dish in decoy.dishes for text in (dish.title, *dish.also, *dish.needs))
    yield from dict.fromkeys(text.partition(" {")[0] for text in texts)


def _beginnings(taste: Taste, region: Region) -> list[Screen]:
    """What stands there without a tap. What is typed is tried once only: the settings are not asked in finding."""
    texts = (*_typed(region.decoy(taste.language)), "") if taste == Taste(taste.language) else ("",)
    typed = [answer(text, taste, region) for text in texts]
    return [home(taste, region), home(taste, region, long=True), about(taste, region), *typed]


def _tapped_from(taste: Taste, region: Region) -> Iterator[Screen]:
    """Every screen that taps lead to from any beginning, as this reader likes them."""
    waiting = _beginnings(taste, region)
    seen: set[str] = set()
    while waiting:
        screen = waiting.pop()
        yield screen
        for button in screen.buttons():
            tap = parse_data(button.data)
            if tap is None or button.data in seen:
                continue
            seen.add(button.data)
            if not chosen(tap, region):
                waiting.append(answer(tap, taste, region))


def screens(code: str, region: Region) -> Iterator[Screen]:
    """Every screen of the decoy in a language, whatever is set: those that taps lead to from its first one, and from
    what is found by each title and each thing that a dish needs."""
    for taste in _tastes(code):
        yield from _tapped_from(taste, region)


def _dish_holds(dish: Dish) -> Iterator[str]:
    if len(dish.steps) not in _STEPS:
        yield f"{len(dish.steps)} steps"
    if any("{" in amounts(need, FOUR) for need in dish.needs) or "{" in "".join((dish.title, *dish.steps)):
        yield "a brace that holds no amount"
    if _STRAY.search(dish.title):
        yield "a title with a sign that no title has"


def _built(code: str, decoy: Decoy) -> Iterator[Finding]:
    if len(decoy.dishes) < _FEWEST_DISHES:
        yield Finding(f"decoy {code}", f"{len(decoy.dishes)} entries")
    titles = [fold(dish.title) for dish in decoy.dishes]
    if len(set(titles)) < len(titles):
        yield Finding(f"decoy {code}", "two dishes of one name")
    for place, dish in enumerate(decoy.dishes):
        where = f"decoy {code}, {dish.title}"
        yield from (Finding(where, what) for what in _dish_holds(dish))
        if place not in search(dish.title, decoy):
            yield Finding(where, "is not found by its title")


def _screen_holds(code: str, screen: Screen) -> Iterator[Finding]:
    where = f"decoy {code}, {screen.first}"
    labels = [button.label for button in screen.buttons()]
    if not labels or len(set(labels)) < len(labels) or len(labels) > _TELEGRAM_BUTTONS:
        yield Finding(where, "no buttons, or two that say the same, or too many")
    for button in screen.buttons():
        if parse_data(button.data) is None or len(button.data.encode()) > DATA_BYTES or button.data[:2] != "d:":
            yield Finding(where, f"a button's data cannot be read back: {button.data}")
        if len(button.label) > _LABEL:
            yield Finding(where, f"a label over {_LABEL} signs: {button.label}")
    if screen.inside or not screen.body or len("\n".join((screen.first, *screen.body))) > _TELEGRAM_TEXT:
        yield Finding(where, "is hidden, or empty, or too long for one message")


def _led_to(code: str, region: Region) -> Iterator[Finding]:
    """Each dish, and each page by its label, is reached by tapping from the first screen; no tap stands still."""
    titles = {dish.title for dish in region.decoy(code).dishes}
    for taste in _tastes(code):
        opened = set()
        for screen in _tapped_from(taste, region):
            yield from _screen_holds(code, screen)
            opened.add(screen.first)
            yield from _stands_still(code, screen, taste, region)
        for title in titles - opened:
            yield Finding(f"decoy {code}, {title}", "cannot be opened by tapping")


def _stands_still(code: str, screen: Screen, taste: Taste, region: Region) -> Iterator[Finding]:
    for button in screen.buttons():
        tap = parse_data(button.data)
        if tap is None:
            continue
        settings = chosen(tap, region)
        then = taste_of(settings, taste.language, region) if settings else taste
        if answer(tap, then, region) == screen:
            yield Finding(f"decoy {code}, {screen.first}", f"a button that changes nothing: {button.label}")


def works(ground: Ground) -> Iterator[Finding]:
    region = ground.region
    for code, decoy in region.decoys.items():
        yield from _built(code, decoy)
        yield from dict.fromkeys(_led_to(code, region))
        for taste in _tastes(code):
            if len(home(taste, region, long=True).body) < LONG:
                yield Finding(f"decoy {code}", "its long screen is short")


def has_its_pages(ground: Ground) -> Iterator[Finding]:
    """Search, list, kinds, settings and about lead to each other, and the settings to every other language."""
    region = ground.region
    for code, decoy in region.decoys.items():
        taste = Taste(code)
        for screen in (home(taste, region), about(taste, region), answer("-", taste, region)):
            labels = {button.label for button in screen.buttons()}
            missing = [name for name in _PAGES if decoy.labels[name] not in labels]
            if len(missing) > 1:
                yield Finding(f"decoy {code}, {screen.body[0]}", f"no way to {', '.join(missing)}")
        taps = (parse_data(button.data) for button in answer(Tapped(BOOK, "tongues"), taste, region).buttons())
        offered = {tap.arg for tap in taps if tap is not None and tap.choice == "tongue"}
        for other in region.decoys.keys() - offered - {code}:
            yield Finding(f"decoy {code}, {decoy.labels['tongue']}", f"no way to {other}")


def is_one_book(ground: Ground) -> Iterator[Finding]:
    """The same dishes, of the same kinds and with the same amounts, in every language."""
    shapes = {code: [_shape(dish) for dish in decoy.dishes] for code, decoy in ground.region.decoys.items()}
    first, *others = shapes
    for code in others:
        if len(shapes[code]) != len(shapes[first]):
            yield Finding(f"decoy {code}", f"{len(shapes[code])} entries, {len(shapes[first])} in {first}")
        for place, (one, other) in enumerate(zip(shapes[first], shapes[code], strict=False)):
            if one != other:
                title = ground.region.decoys[code].dishes[place].title
                yield Finding(f"decoy {code}, {title}", f"differs from dish {place + 1} in {first}")


def _shape(dish: Dish) -> tuple[str, tuple[int, ...], int, int]:
    """What is the same in every language: the kind, the amounts, how many things and steps."""
    return dish.kind, amounts_in(dish.needs), len(dish.needs), len(dish.steps)


def ideas_are_free(ground: Ground) -> Iterator[Finding]:
    """What is shown as an example for her own words may be chosen, and is nothing that the book itself says."""
    names = {name for decoy in ground.region.decoys.values() for name in names_in(decoy)} | ground.region.exit_words()
    for code, decoy in ground.region.decoys.items():
        if len(set(decoy.ideas)) < _FEWEST_IDEAS:
            yield Finding(f"decoy {code}", "too few ideas")
        for idea in decoy.ideas:
            if fold(idea) in names or not SHORTEST <= len(fold(idea)) <= _LONGEST_IDEA:
                yield Finding(f"decoy {code}", f"no word of her own: {idea}")


def gives_nothing_away(ground: Ground) -> Iterator[Finding]:
    numbers = {number.number for number in ground.region.numbers.values()}
    for code, decoy in ground.region.decoys.items():
        for text in dict.fromkeys(decoy.texts()):
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
