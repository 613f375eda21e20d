"""The safety plan as a flow: one question a screen, in the order she wants, hers to see, change, keep, share and drop.

Every step is made from the table. Nothing is repeated back while she answers; what she said is shown a part a screen,
when she asks for it. The plan is never graded, and never called unfinished.
"""

from collections.abc import Iterator

from dialogs.flows.footer import PERSON
from dialogs.flows.plan_table import PARTS, PLAN, Item, Part, answer_key
from dialogs.flows.road import GO_ON
from dialogs.kinds import Choice, Effect, Fork, Step

_INSIDE = Fork("plan_inside", {"phone": "plan.phone", "young": "plan.young", "home": "plan"})
_MENU = Choice("menu", "menu")
_HOME = Choice("plan_more", "plan", label="plan.more")


def prompt_of(item: Item) -> str:
    """The step that asks for an item."""
    return f"plan.ask.{item.id}"


def line_of(item: Item) -> str:
    """The step that shows one answer, to change it or take it out."""
    return f"plan.line.{item.id}"


def see_of(part: Part) -> str:
    """The step that shows what stands in a part."""
    return f"plan.see.{part.id}"


def home_of(part: Part) -> str:
    """The step from which a part is chosen."""
    return "plan.young" if part.young else "plan"


def _pairs(choices: list[Choice]) -> tuple[tuple[Choice, ...], ...]:
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


def _answer(item: Item, answer: str, to: str | Fork) -> Choice:
    # Who does not want to live any more is led to the page with a person first, not to the next question.
    leads = "read.suicide" if answer == "thoughts" else to
    return Choice(answer, leads, Effect.PUT, f"{item.id}={answer}", label=answer_key(answer))


def _prompt(part: Part, place: int) -> Step:
    item = part.items[place]
    following = prompt_of(part.items[place + 1]) if place + 1 < len(part.items) else "plan.noted"
    to = Fork("plan_on", {"next": following, "see": see_of(part)})
    how = ("plan.typing",) if item.own else ()
    return Step(
        prompt_of(item),
        (*item.hints, item.text, *how),
        (
            *_pairs([_answer(item, answer, to) for answer in item.answers]),
            (Choice("skip", to, Effect.PUT, f"{item.id}="), Choice("nosay", to, Effect.PUT, f"{item.id}=")),
            (Choice("stop", home_of(part)),),
        ),
        back=home_of(part),
        question=True,
        item=item.id,
    )


def _see(part: Part, later: tuple[Part, ...]) -> Step:
    after = {one.id: see_of(one) for one in later}
    to = Fork(f"plan_after:{part.id}", {**after, "end": home_of(part), "gone": "plan.gone"})
    lines = [
        Choice(
            f"line_{item.id}",
            Fork(f"plan_line:{item.id}", {"some": line_of(item), "none": prompt_of(item)}),
            Effect.PLAN,
            "one",
            label=item.name,
        )
        for item in part.items
    ]
    on = Choice("plan_turn", to, Effect.PLAN, f"turn={part.id}", label="plan.turn")
    return Step(see_of(part), ("plan.in_part",), (*_pairs(lines), (on,)), back=home_of(part))


def _line(part: Part, item: Item) -> Step:
    return Step(
        line_of(item),
        ("plan.line",),
        (
            (Choice("plan_change", prompt_of(item), Effect.PLAN, "one", label="plan.change"),),
            (Choice("plan_out", see_of(part), Effect.PUT, f"{item.id}=", label="plan.out"),),
        ),
        back=see_of(part),
    )


def _steps_of(place: int, part: Part) -> Iterator[Step]:
    yield from (_prompt(part, at) for at in range(len(part.items)))
    yield _see(part, PARTS[place + 1 :])
    yield from (_line(part, item) for item in part.items)


def _doors(*, young: bool) -> tuple[tuple[Choice, ...], ...]:
    """The parts, and what is done with the plan as a whole."""
    doors = [
        Choice(
            f"part_{part.id}",
            Fork(f"plan_part:{part.id}", {"some": see_of(part), "none": prompt_of(part.items[0])}),
            Effect.PLAN,
            "walk",
            label=part.label,
        )
        for part in PARTS
        if part.young is young
    ]
    return (
        *_pairs(doors),
        (_SEE, _SHARE),
        (Choice("plan_phone", "plan.phone", label="plan.phone.open"), Choice("plan_drop", "plan.drop")),
    )


_FIRST = {part.id: see_of(part) for part in PARTS}
_SEE = Choice("plan_see", Fork("plan_first", {**_FIRST, "end": "plan.empty"}), label="plan.see")
_SHARE = Choice(
    "plan_share",
    Fork(
        "plan_share",
        {
            "unkept": "plan.unshareable",
            "limits": "plan.share_first",
            "ask": "plan.share",
            "shared": "plan.shared",
        },
    ),
)

HOME = Step("plan", ("plan", "plan.yours", "plan.state", "plan.old"), _doors(young=False))
YOUNG = Step("plan.young", ("plan", "plan.yours", "plan.state", "minor.limits"), _doors(young=True))

PERSON_FIRST = Step(
    "plan.person",
    ("plan.serious", "plan.with_person", "decide"),
    ((PERSON,), (Choice("goon", _INSIDE, Effect.PLAN, "alone"),)),
)

CLOSED = Step("plan.closed", ("plan.closed", "plan.closed_how"), ((_MENU,),))

PHONE = Step(
    "plan.phone",
    ("plan.phone_why", "noduty", "plan.phone"),
    (
        (Choice("never", "plan.keep", Effect.PLAN, "phone=never", label="plan.a.never"),),
        (Choice("sometimes", "plan.keep", Effect.PLAN, "phone=sometimes", label="plan.a.sometimes"),),
        (Choice("always", "plan.quiet", Effect.PLAN, "phone=always", label="plan.a.always"),),
        (
            Choice("dont_know", "plan.quiet", Effect.PLAN, "phone=dont_know"),
            Choice("skip", "plan.quiet", Effect.PLAN, "phone=skipped"),
        ),
        (Choice("nosay", "plan.quiet", Effect.PLAN, "phone=refused"), Choice("stop", "menu")),
    ),
    question=True,
    item="phone",
)

KEEP = Step(
    "plan.keep",
    ("plan.keep_head", "plan.keep_sealed", "plan.keep"),
    (
        (Choice("plan_head", _INSIDE, Effect.PLAN, "keep=", label="plan.head"),),
        (Choice("plan_keep", _INSIDE, Effect.PLAN, "keep=keep", label="plan.keep_it"),),
        (Choice("skip", _INSIDE, Effect.PLAN, "keep="),),
    ),
    back="plan.phone",
    question=True,
)

# What is different when somebody looks at her phone, said once and plainly.
QUIET = Step(
    "plan.quiet",
    ("plan.quiet", "plan.quiet_taps", "plan.quiet_messages", "plan.quiet_routes", "otherphone"),
    ((Choice("goon", _INSIDE),),),
    back="plan.phone",
)

NOTED = Step("plan.noted", ("plan.noted", "plan.rest"), ((_HOME,), (_SEE,), (_MENU,)), back="plan")

EMPTY = Step("plan.empty", ("plan.empty",), ((_HOME,),), back="plan")
GONE = Step("plan.gone", ("plan.gone", "plan.gone_again"), ((_MENU,), (PLAN,)))

# What she typed where only a button is taken, and did not become part of the plan.
TYPED = Step("plan.typed", ("plan.typed", "plan.typed_head"), ((Choice("goon", GO_ON),),), back="plan")

DROP = Step(
    "plan.drop",
    ("plan.drop_all",),
    ((Choice("yes", "plan.dropped", Effect.PLAN, "drop"), Choice("no", "plan")),),
    back="plan",
    question=True,
)
DROPPED = Step("plan.dropped", ("plan.dropped", "comeback"), ((_MENU,), (PLAN,)))

_YES_OR_NO = (
    # An old keyboard may still ask about a plan that is no longer kept: nothing of that is shown.
    Choice(
        "agree",
        Fork("plan_agreed", {"shared": "plan.shared", "unkept": "plan.unshareable"}),
        Effect.PLAN,
        "share=yes",
    ),
    Choice("disagree", "plan", Effect.PLAN, "share=no"),
)
SHARE_FIRST = Step(
    "plan.share_first",
    ("limits.who", "limits.kept", "limits.law", "tgcopy", "plan.share"),
    (_YES_OR_NO,),
    back="plan",
    question=True,
)
SHARE = Step("plan.share", ("plan.share_later", "plan.share"), (_YES_OR_NO,), back="plan", question=True)
SHARED = Step(
    "plan.shared",
    ("plan.shared", "plan.shared_later", "change_mind"),
    ((_HOME,), (Choice("plan_unshare", "plan.unshared", Effect.PLAN, "share=", label="plan.unshare"),)),
    back="plan",
)
UNSHARED = Step("plan.unshared", ("plan.unshared", "plan.unshared_read"), ((_HOME,),), back="plan")
UNSHAREABLE = Step("plan.unshareable", ("plan.unshareable", "plan.tell"), ((_HOME,),), back="plan")

STEPS = (
    HOME, YOUNG, PERSON_FIRST, CLOSED, PHONE, KEEP, QUIET,
    *(step for place, part in enumerate(PARTS) for step in _steps_of(place, part)),
    NOTED, EMPTY, GONE, TYPED, DROP, DROPPED, SHARE_FIRST, SHARE, SHARED, UNSHARED, UNSHAREABLE,
)  # fmt: skip

# What a step asks or shows, for whoever fills its lines.
ASKS = {prompt_of(item): item for part in PARTS for item in part.items}
SHOWS = {
    **{see_of(part): part.items for part in PARTS},
    **{line_of(item): (item,) for part in PARTS for item in part.items},
}
