"""The book's pages: lists, a dish, the kinds, the settings, what it says of itself. Each is a screen."""

from collections.abc import Sequence
from typing import Final

from dialogs.bundle import Decoy, Dish, Region
from dialogs.decoy_taste import PAGES, PORTIONS, Taste, amounts
from dialogs.screen import Button, Screen

# A screen this long pushes earlier bubbles off a phone's display.
LONG: Final = 30
Rows = tuple[tuple[Button, ...], ...]


def _foot(decoy: Decoy, *, without: str = "") -> Rows:
    """The ways on from any page, but the one to the page itself."""
    code = decoy.language
    led = {
        "list": f"d:list:{code}.0",
        "kinds": f"d:kinds:{code}",
        "settings": f"d:settings:{code}",
        "about": f"d:about:{code}",
    }
    rows = (
        tuple(Button(decoy.labels[name], led[name]) for name in row if name != without)
        for row in (("list", "kinds"), ("settings", "about"))
    )
    return tuple(row for row in rows if row)


def _dish(dish: Dish, decoy: Decoy, portions: int) -> tuple[str, ...]:
    """The lines of a recipe below its title."""
    needs = tuple(amounts(need, portions) for need in dish.needs)
    steps = tuple(f"{number}. {step}" for number, step in enumerate(dish.steps, 1))
    return (f"{decoy.labels['portions']}: {portions}", "", *needs, "", *steps)


def opened(decoy: Decoy, place: int, taste: Taste) -> Screen:
    """One dish."""
    dish = decoy.dishes[place]
    return Screen(dish.title, _dish(dish, decoy, taste.portions), _foot(decoy), inside=False)


def filled(decoy: Decoy, places: Sequence[int], taste: Taste) -> Screen:
    """Whole recipes one under another, those asked for first, until the screen is long."""
    order = [*places, *(place for place in range(len(decoy.dishes)) if place not in places)]
    body: list[str] = []
    for place in order:
        if len(body) >= LONG:
            break
        dish = decoy.dishes[place]
        body.extend((dish.title, *_dish(dish, decoy, taste.portions), ""))
    return Screen(decoy.name, tuple(body[:-1]), _foot(decoy), inside=False)


def _turn(decoy: Decoy, places: Sequence[int], start: int, page: int, back_to: str) -> Rows:
    """The row that turns pages, where there is one to turn to."""
    turns = []
    if start:
        turns.append(Button(decoy.labels["earlier"], f"{back_to}{max(0, start - page)}"))
    if start + page < len(places):
        turns.append(Button(decoy.labels["more"], f"{back_to}{start + page}"))
    return (tuple(turns),) if turns else ()


def _listed(decoy: Decoy, places: Sequence[int], start: int, taste: Taste, back_to: str, *heading: str) -> Screen:
    """Some dishes, a page at a time; `back_to` is the data of the list without where its page begins."""
    start = start if start < len(places) else 0
    shown = places[start : start + taste.page]
    lines = (f"{place + 1}. {decoy.dishes[place].title}" for place in shown)
    openers = tuple((Button(decoy.dishes[place].title, f"d:open:{decoy.language}.{place}"),) for place in shown)
    whole = len(places) == len(decoy.dishes)
    foot = _foot(decoy, without="list" if whole else "")
    turn = _turn(decoy, places, start, taste.page, back_to)
    return Screen(decoy.name, (*heading, *lines), (*openers, *turn, *foot), inside=False)


def all_of(decoy: Decoy, start: int, taste: Taste) -> Screen:
    """The list of everything, from this place on."""
    return _listed(decoy, range(len(decoy.dishes)), start, taste, f"d:list:{decoy.language}.")


def of_kind(decoy: Decoy, number: int, start: int, taste: Taste) -> Screen:
    """The dishes of the kind of this number; of no kind, the kinds."""
    if number >= len(decoy.kinds):
        return kinds(decoy)
    kind, heading = list(decoy.kinds.items())[number]
    places = [place for place, dish in enumerate(decoy.dishes) if dish.kind == kind]
    return _listed(decoy, places, start, taste, f"d:kind:{decoy.language}.{number}.", heading)


def found(decoy: Decoy, places: Sequence[int], start: int, taste: Taste) -> Screen:
    """What a search found. The button that turns the page carries all of it: a bit for each dish, in hex."""
    bits = sum(1 << place for place in places)
    return _listed(decoy, places, start, taste, f"d:found:{decoy.language}.{bits:x}.")


def places_of(bits: str, decoy: Decoy) -> list[int]:
    """What `found` wrote into its button."""
    try:
        kept = int(bits, 16)
    except ValueError:
        return []
    return [place for place in range(len(decoy.dishes)) if kept >> place & 1]


def kinds(decoy: Decoy) -> Screen:
    """The kinds of dishes."""
    used = {dish.kind for dish in decoy.dishes}
    rows = tuple(
        (Button(label, f"d:kind:{decoy.language}.{number}.0"),)
        for number, (kind, label) in enumerate(decoy.kinds.items())
        if kind in used
    )
    return Screen(decoy.name, (decoy.labels["kinds"],), (*rows, *_foot(decoy, without="kinds")), inside=False)


def about(decoy: Decoy) -> Screen:
    """What it says of itself."""
    return Screen(decoy.name, decoy.about, _foot(decoy, without="about"), inside=False)


def nothing(decoy: Decoy) -> Screen:
    """The answer to what names no dish."""
    return Screen(decoy.name, (decoy.nothing,), _foot(decoy), inside=False)


def settings(decoy: Decoy, taste: Taste) -> Screen:
    """What is set, and what may be set instead: every button of it changes something."""
    say = decoy.labels
    body = (
        say["settings"],
        f"{say['tongue']}: {decoy.tongue}",
        f"{say['page']}: {taste.page}",
        f"{say['portions']}: {taste.portions}",
    )
    pages = tuple(Button(f"{say['page']}: {size}", f"d:page:{size}") for size in PAGES if size != taste.page)
    portions = tuple(
        Button(f"{say['portions']}: {size}", f"d:portions:{size}")
        for size in sorted(PORTIONS)
        if size != taste.portions
    )
    tongues = (Button(say["tongue"], f"d:tongues:{decoy.language}"),)
    rows = (tongues, *((page,) for page in pages), portions, *_foot(decoy, without="settings"))
    return Screen(decoy.name, body, rows, inside=False)


def tongues(decoy: Decoy, region: Region) -> Screen:
    """The languages of the book, by their own names."""
    order = dict.fromkeys((*region.languages, *region.decoys))
    others = [region.decoys[code] for code in order if code in region.decoys and code != decoy.language]
    rows = tuple((Button(other.tongue, f"d:tongue:{other.language}"),) for other in others)
    return Screen(decoy.name, (f"{decoy.labels['tongue']}: {decoy.tongue}",), (*rows, *_foot(decoy)), inside=False)
