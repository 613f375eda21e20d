"""Guidance: short pages, each for one question, at most three taps from the menu, and the clocks behind three of them.

A page begins with what to do now and leads on by one button that says what comes. What it says of law and medicine is
gated line by line (dialogs/statements.py); a page is always there.
"""

from collections.abc import Iterator, Mapping

from dialogs.flows.footer import PERSON
from dialogs.flows.guidance_pages import LABELS, LISTS, PAGES, Page
from dialogs.flows.plan_table import PLAN
from dialogs.kinds import Choice, Effect, Fork, Place, Step

# The answers to "when did it happen": the button and the answer that the clocks know.
SINCE: Mapping[str, str] = {
    "today": "today",
    "yesterday": "yesterday",
    "days_2_3": "2-3_days",
    "days_4_5": "4-5_days",
    "week": "week_or_more",
}
# Whose time a page goes by: its own answer, else the one given for what happened together with it.
WHEN: Mapping[str, tuple[str, ...]] = {
    "sexual": ("sexual_when",),
    "men": ("sexual_when",),
    "strangled": ("strangled_when",),
    "drugged": ("drugged_when", "sexual_when"),
}


def step_of(page: str, screen: int = 0) -> str:
    """The step of a page's screen, counted from 0."""
    return f"read.{page}.{screen + 1}" if screen else f"read.{page}"


def label_of(page: str) -> str:
    """The catalog key of a page's question."""
    return LABELS.get(page, page)


# A screen whose missing lines are another page's.
_OTHER_NEUTRAL: Mapping[str, str] = {"read.children.3": "minor"}


def neutral_of(page: str) -> str:
    """The catalog key of what a page says instead of what is not signed or not known."""
    return f"{page}.neutral"


def told(question: str, place: Place) -> str:
    """What her own answers decide of a fork: whether the time of something was told; "" for every other question."""
    page = question.removeprefix("since_")
    if page == question:
        return ""
    return "told" if any(item in place.answers for item in WHEN[page]) else "ask"


def _list_of(page: str) -> str:
    return next((name for name, pages in LISTS.items() if page in pages), "danger")


def _since(page: str, label: str = "since.open") -> Choice:
    """On to what can still be done in time; when it happened is asked once."""
    return Choice(
        "since", Fork(f"since_{page}", {"ask": f"read.{page}.when", "told": f"read.{page}.clock"}), label=label
    )


# What the last screen of a page offers, where it is more than another page.
_LAST: Mapping[str, tuple[tuple[Choice, ...], ...]] = {
    "sexual": ((_since("sexual"),),),
    "strangled": ((_since("strangled"),),),
    "drugged": ((_since("drugged"),),),
    "men": ((_since("men", "men.when"),), (Choice("hurting", "read.men.hurt", label="men.hurting"),)),
    "suicide": (
        (PERSON,),
        (Choice("yes", "read.suicide.now", Effect.DANGER, "suicidal"), Choice("no", "read.suicide.2")),
        (Choice("acted", "read.suicide.done", label="suicide.acted"), Choice("nosay", "read.suicide.2")),
    ),
}


# Pages whose last screen offers the plan beside the next page: they speak of staying, of leaving, or of the plan.
_PLANNED = frozenset({"staying", "leaving", "after_leaving", "order", "stalking", "children"})


def _next(page: str) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("next_page", step_of(page), label=label_of(page)),),)


def _more(page: Page, screen: int) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("more", step_of(page.id, screen), label=page.screens[screen][0]),),)


def _ends(page: Page) -> tuple[tuple[Choice, ...], ...]:
    plan = ((PLAN,),) if page.id in _PLANNED else ()
    return (*(_LAST.get(page.id) or _next(page.next)), *plan)


def _screens(page: Page) -> Iterator[Step]:
    last = len(page.screens) - 1
    for place, (_, lines) in enumerate(page.screens):
        rows = _more(page, place + 1) if place < last else _ends(page)
        back = step_of(page.id, place - 1) if place else _list_of(page.id)
        question = page.id == "suicide"
        step = step_of(page.id, place)
        neutral = neutral_of(_OTHER_NEUTRAL.get(step, page.id))
        yield Step(step, lines, rows, back, question=question, neutral=neutral)


def _when(page: str, item: str) -> Step:
    clock = f"read.{page}.clock"
    buttons = [Choice(name, clock, Effect.ANSWER, value, label=f"since.{name}") for name, value in SINCE.items()]
    return Step(
        f"read.{page}.when",
        ("since.why", "since.last", "since"),
        (
            (buttons[0], buttons[1]),
            (buttons[2], buttons[3]),
            (buttons[4],),
            (Choice("dont_know", clock, Effect.ANSWER, "dont_know"), Choice("skip", clock, Effect.ANSWER, "")),
            (Choice("nosay", clock, Effect.ANSWER, "refused"), Choice("stop", "read")),
        ),
        back=step_of(page),
        question=True,
        item=item,
    )


def _clock(page: str, lines: tuple[str, ...], *rows: tuple[Choice, ...]) -> Step:
    change = (Choice("change", f"read.{page}.when", label="since.change"),)
    neutral = "sexual" if page == "men" else page
    return Step(f"read.{page}.clock", lines, (*rows, change), step_of(page), neutral=neutral_of(neutral))


READ = Step(
    "read",
    ("read.choose", "read.dull"),
    tuple((Choice(name.replace(".", "_"), name, label=name),) for name in LISTS),
)

_QUESTIONS = tuple(
    Step(
        name,
        ("list.choose",),
        tuple((Choice(page, step_of(page), label=label_of(page)),) for page in pages),
        back="read",
    )
    for name, pages in LISTS.items()
)

_TIMED = (
    _when("sexual", "sexual_when"),
    _clock(
        "sexual",
        ("pep", "ec", "samples", "mouth", "hepb", "care.report"),
        (Choice("more", "read.sexual.care", label="sexual.more"),),
        (Choice("drugged", "read.drugged"),),
    ),
    Step(
        "read.sexual.care",
        ("sexual.woman", "sexual.infection", "sexual.where", "sexual.forensic"),
        ((Choice("more", "read.sexual.later", label="sexual.later"),),),
        back="read.sexual.clock",
        neutral="sexual.neutral",
    ),
    Step(
        "read.sexual.later",
        ("sexual.common", "sexual.test", "sexual.pregnancy"),
        _next("rights"),
        back="read.sexual.care",
        neutral="sexual.neutral",
    ),
    _when("strangled", "strangled_when"),
    _clock("strangled", ("neck", "neck.ambulance", "neck.person", "care.report"), *_next("injured")),
    _when("drugged", "drugged_when"),
    _clock("drugged", ("urine", "ghb", "drugged.lab", "care.report"), *_next("rights")),
    _when("men", "sexual_when"),
    # The same clocks without the lines on pregnancy: which of the two ways she or he takes is not recorded.
    _clock("men", ("pep", "samples", "mouth", "hepb", "care.report"), *_next("rights")),
)

_MORE = (
    Step(
        "read.men.hurt",
        ("men.hurt", "men.hurt_talk", "men.perpetrator"),
        ((Choice("menu", "menu"),),),
        back="read.men.2",
        neutral="hurting.neutral",
    ),
    Step(
        "read.suicide.2",
        ("suicide.waves", "suicide.cause", "suicide.trust", "talk_it", "suicide.duty", "suicide.young"),
        ((Choice("bring", "read.suicide.now", Effect.DANGER, "suicidal", label="suicide.bring"),),),
        back="read.suicide",
        neutral="suicide.neutral",
    ),
    Step(
        "read.suicide.now",
        ("suicide.call", "danger.told", "danger.limits", "tgcopy", "suicide.stay"),
        ((Choice("more", "read.suicide.2", label="suicide.more"),),),
        back="menu",
        neutral="suicide.neutral",
    ),
    Step(
        "read.suicide.done",
        ("suicide.done", "suicide.tell", "suicide.reach"),
        ((Choice("bring", "read.suicide.now", Effect.DANGER, "suicidal", label="suicide.bring"),),),
        back="read.suicide",
        neutral="suicide.neutral",
    ),
)

STEPS = (READ, *_QUESTIONS, *(step for page in PAGES for step in _screens(page)), *_TIMED, *_MORE)
