"""What she sets for herself: when we may write, words that only she knows, when messages go, what is kept.

Nothing here is needed for help, everything can be skipped, and each is asked in ranges or typed once.
"""

from dialogs.flows.plan_table import PLAN
from dialogs.kinds import Choice, Effect, Step
from dialogs.window import HOURS, WEEK

# On these screens a typed text is the word itself, and goes from the chat at once.
CAPTURES = {"word_code": "code", "word_duress": "duress", "word_exit": "exit"}

_SKIP = Choice("skip", "settings")


def _pairs(choices: list[Choice]) -> tuple[tuple[Choice, ...], ...]:
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


SETTINGS = Step(
    "settings",
    ("settings.what",),
    (
        (Choice("reading", "reading"),),
        (Choice("set_when", "when"),),
        (Choice("set_words", "words"),),
        (Choice("set_timer", "timer"),),
        (Choice("set_data", "data"),),
        (Choice("lang", "language"),),
    ),
)

WHEN = Step(
    "when",
    ("when", "when.default"),
    (
        (Choice("onlyme", "when_done", Effect.SET, "when=onlyme"),),
        (Choice("never_write", "when_done", Effect.SET, "when=never"),),
        (
            Choice("morning", "when_days", Effect.SET, "when=morning"),
            Choice("day", "when_days", Effect.SET, "when=day"),
        ),
        (Choice("evening", "when_days", Effect.SET, "when=evening"),),
        (Choice("when_hours", "when_hours"),),
        (_SKIP,),
    ),
    back="settings",
    question=True,
)

WHEN_HOURS = Step(
    "when_hours",
    ("when.hours",),
    (*_pairs([Choice(hours, "when_days", Effect.SET, f"when={hours}") for hours in HOURS]), (_SKIP,)),
    back="when",
    question=True,
)

WHEN_DAYS = Step(
    "when_days",
    ("when.days",),
    (
        (Choice("every", "when_done", Effect.SET, "days=every"),),
        (Choice("workdays", "when_done", Effect.SET, "days=workdays"),),
        (Choice("weekend", "when_done", Effect.SET, "days=weekend"), Choice("one_day", "when_day")),
        (Choice("skip", "when_done"),),
    ),
    back="when",
    question=True,
)

WHEN_DAY = Step(
    "when_day",
    ("when.day",),
    (
        *_pairs([Choice(day, "when_done", Effect.SET, f"days={day}") for day in WEEK]),
        (Choice("skip", "when_done"),),
    ),
    back="when_days",
    question=True,
)

# Said by what she chose: her hours and days, or that nothing goes before she writes.
WHEN_DONE = Step(
    "when_done",
    ("when.noted", "when.on", "when.outside", "when.first"),
    ((Choice("settings", "settings"),),),
    back="settings",
)

TIMER = Step(
    "timer",
    ("timer.what", "timer.old", "timer.ask"),
    (
        (
            Choice("minutes_15", "timer_done", Effect.SET, "timer=15"),
            Choice("hour_1", "timer_done", Effect.SET, "timer=60"),
        ),
        (
            Choice("hours_6", "timer_done", Effect.SET, "timer=360"),
            Choice("hours_24", "timer_done", Effect.SET, "timer=1440"),
        ),
        (_SKIP,),
    ),
    back="settings",
    question=True,
)

TIMER_DONE = Step("timer_done", ("timer.noted",), ((Choice("settings", "settings"),),), back="settings")

WORDS = Step(
    "words",
    ("words.what", "words.none"),
    (
        (Choice("set_code", "word_code"),),
        (Choice("set_duress", "word_duress"),),
        (Choice("set_exit", "word_exit"),),
    ),
    back="settings",
)


def _word(step: str, kind: str, lines: tuple[str, ...]) -> Step:
    return Step(
        step,
        (*lines, "word.how", "word.type"),
        ((Choice("no_word", "words", Effect.SET, f"{kind}="), Choice("skip", "words")),),
        back="words",
    )


WORD_CODE = _word("word_code", "code", ("word.code",))
WORD_DURESS = _word("word_duress", "duress", ("duress.what", "duress.not"))
WORD_EXIT = _word("word_exit", "exit", ("exitword.what",))
WORD_DONE = Step("word_done", ("word.noted", "word.try"), ((Choice("settings", "settings"),),), back="settings")
WORD_BAD = Step("word_bad", ("word.bad",), ((Choice("words", "words"),),), back="words")

DATA = Step(
    "data",
    ("data.hers", "data.desk", "data.since", "data.until"),
    (
        (Choice("data_show", "data_show"), PLAN),
        (Choice("keep_longer", "keep"),),
        (Choice("erase", "erase_ask"),),
    ),
    back="settings",
)

DATA_SHOW = Step("data_show", ("data.shown",), ((Choice("set_data", "data"),),), back="data")

KEEP = Step(
    "keep",
    ("keep.what", "keep.ask"),
    (
        (
            Choice("days_30", "keep_done", Effect.SET, "keep=30"),
            Choice("days_90", "keep_done", Effect.SET, "keep=90"),
        ),
        (Choice("days_180", "keep_done", Effect.SET, "keep=180"), Choice("skip", "data")),
    ),
    back="data",
    question=True,
)

KEEP_DONE = Step("keep_done", ("keep.noted", "change_mind"), ((Choice("set_data", "data"),),), back="data")

STEPS = (
    SETTINGS, WHEN, WHEN_HOURS, WHEN_DAYS, WHEN_DAY, WHEN_DONE, TIMER, TIMER_DONE, WORDS, WORD_CODE, WORD_DURESS,
    WORD_EXIT, WORD_DONE, WORD_BAD, DATA, DATA_SHOW, KEEP, KEEP_DONE,
)  # fmt: skip
