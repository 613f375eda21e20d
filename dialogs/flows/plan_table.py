"""The safety plan as a table: its parts, what each asks, and the answers that a tap gives.

No answer holds a name, a number, an address or a day, and where such a thing would be the natural answer no words of
her own are taken: what must not be found is nowhere to be found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.kinds import Choice, Fork, Place
from dialogs.young import is_young

# Where the button of the plan leads, said by what is known of her: her word first, then a person, then her phone.
PLAN = Choice(
    "plan_open",
    Fork(
        "plan",
        {
            "closed": "plan.closed",
            "person": "plan.person",
            "phone": "plan.phone",
            "young": "plan.young",
            "home": "plan",
        },
    ),
)

# Answers after which the phone counts as watched: so does a question left open.
WATCHED = frozenset({"always", "dont_know", "refused", "skipped"})
# Before an answer in her own words, which could otherwise be taken for one of the table's.
OWN = "own:"
# A few words are an answer; more is a story, which has no place in a plan.
LONGEST_OWN = 120
_MOST_DIGITS = 2
# With these a person comes first: the screening's answers, and signs in her words.
_SERIOUS = ("strangled", "weapon", "could_kill_you", "beaten_pregnant")
_SERIOUS_FLAGS = frozenset({"strangulation", "weapon", "threat_to_kill", "immediate_danger"})

FORMS: Mapping[str, tuple[str, ...]] = {
    "plan.typing": ("plan.own", "plan.taps"),
    "plan.state": ("plan.unkept", "plan.kept", "plan.kept_shared"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the plan asks: its answers by tap, whether her own words are taken too, and what is said before it."""

    id: str
    answers: tuple[str, ...]
    own: bool = False
    hints: tuple[str, ...] = ()
    asks: str = ""

    @property
    def text(self) -> str:
        """The catalog key of the question."""
        return f"plan.q.{self.asks or self.id}"

    @property
    def name(self) -> str:
        """The catalog key of what the answer is called where the plan is shown."""
        return f"plan.n.{self.asks or self.id}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the plan, at most three questions long; `young` is the only one that is offered under 18."""

    id: str
    items: tuple[Item, ...]
    young: bool = False

    @property
    def label(self) -> str:
        """The catalog key of the part's name."""
        return f"plan.part.{self.id}"


_ROOM = ("door", "window", "yard", "none_yet")
_WHO = ("who_friend", "who_relative", "who_neighbour", "who_work")
_CHILD = ("room", "to_neighbour", "outside")

PARTS: tuple[Part, ...] = (
    Part(
        "home",
        (
            Item("rooms", _ROOM, own=True),
            Item("signs", ("voice", "drink", "money", "evening_hours"), own=True),
            Item("keys", ("by_door", "with_me", "not_together")),
        ),
    ),
    Part(
        "worse",
        (
            Item("first", ("room", "to_neighbour", "outside"), own=True),
            Item("sign", ("curtain", "light", "washing", "a_word"), own=True),
            Item("calls", ("i_call", "who_neighbour", "who_relative", "who_friend")),
        ),
    ),
    Part(
        "away",
        (
            Item("where", ("who_relative", "who_friend", "with_advice", "town"), hints=("leaving.plan",)),
            Item("how", ("foot", "taxi", "bus", "driven")),
            Item("early", ("usual", "to_neighbour", "go_light")),
        ),
    ),
    Part(
        "papers",
        (
            Item("papers", ("yes", "partly", "not_yet"), hints=("leaving.bag", "leaving.bag_more")),
            Item("bag", ("yes", "no", "will_ask")),
        ),
    ),
    Part(
        "after",
        (
            Item("know", ("nobody", "who_friend", "who_relative")),
            Item("school", ("yes", "not_yet", "not_needed")),
            Item("contact", ("no_answer", "keep_it", "people"), own=True),
        ),
    ),
    Part(
        "children",
        (
            Item("small", _CHILD, hints=("children.secrets",)),
            Item("big", (*_CHILD, "they_call")),
            Item("pickup", ("only_me", "who_relative", "not_agreed")),
        ),
    ),
    Part(
        "phone",
        (
            Item("other", ("yes", "of_friend", "no")),
            Item("heart", ("yes", "not_yet")),
            Item("hours", ("morning", "day", "evening")),
        ),
    ),
    Part(
        "calm",
        (
            Item("calm", ("breath", "five_things", "water", "walk"), own=True),
            Item("meeting", ("rest", "talk_to", "walk"), own=True),
            Item("much", ("no_sleep", "no_food", "thoughts"), own=True),
        ),
    ),
    Part(
        "people",
        (
            Item("believes", _WHO),
            Item("has", _WHO),
            Item("hidden", ("their_family", "neighbours", "the_children")),
        ),
    ),
    Part("needs", (Item("needs", ("medicine", "aids", "baby", "translator"), own=True),)),
    Part(
        "young",
        (
            Item("y_rooms", _ROOM, asks="rooms"),
            Item("adult", ("who_relative", "teacher", "who_neighbour", "doctor_who")),
            Item("y_heart", ("yes", "not_yet"), asks="heart"),
        ),
        young=True,
    ),
)

ITEMS: Mapping[str, Item] = {item.id: item for part in PARTS for item in part.items}
PART_OF: Mapping[str, Part] = {item.id: part for part in PARTS for item in part.items}
# Answers that other screens have as buttons, and say with the same words.
_SHARED = frozenset({"yes", "no", "morning", "day", "evening"})


def answer_key(answer: str) -> str:
    """The catalog key of an answer by tap."""
    return answer if answer in _SHARED else f"plan.a.{answer}"


def watched(place: Place) -> bool:
    """Whether somebody may be looking at her phone: nothing of the plan is kept then, and nothing typed is taken."""
    return place.settings.get("phone", "skipped") in WATCHED


def kept(place: Place) -> bool:
    """Whether she asked to keep the plan; without that it goes when she leaves or falls silent."""
    return place.settings.get("plan") == "keep"


def shared(place: Place) -> bool:
    """Whether she lets the counsellor see the plan."""
    return place.settings.get("plan_shared") == "yes"


def closed(place: Place) -> bool:
    """Who chose a word of her own opens a kept plan with it, and not by a yes to the question whether it is safe."""
    return bool(place.settings.get("code")) and kept(place) and "by_word" not in place.told


def door(place: Place, flags: Sequence[str], *, with_person: bool) -> str:
    """Which way of PLAN is hers now."""
    serious = any(place.answers.get(item) == "yes" for item in _SERIOUS) or not _SERIOUS_FLAGS.isdisjoint(flags)
    if closed(place):
        return "closed"
    if serious and not with_person and "plan_person" not in place.told and not place.plan:
        return "person"
    return _inside(place)


def showing(place: Place, *, agreed: bool) -> str:
    """Which way of the button that shows the plan to a person is hers: the limits are told before a first yes."""
    if not kept(place) or not place.plan:
        return "unkept"
    if shared(place):
        return "shared"
    return "ask" if agreed else "limits"


def as_it_opens(step: str, place: Place) -> str:
    """The step, or what stands in its place while the plan is closed; who is under 18 has a shorter plan."""
    if closed(place):
        inside = step in {"plan", "plan.young"} or step.startswith(("plan.see.", "plan.line.", "plan.ask."))
        return "plan.closed" if inside else step
    step = "plan" if step == "plan.closed" else step
    return "plan.young" if step == "plan" and is_young(place) else step


def _inside(place: Place) -> str:
    if "phone" not in place.settings:
        return "phone"
    return "young" if is_young(place) else "home"


def takes_words(item: Item, place: Place, text: str) -> bool:
    """Whether words of her own may stand as this answer: few, without a number, and not on a watched phone."""
    digits = sum(character.isdigit() for character in text)
    return item.own and not watched(place) and len(text) <= LONGEST_OWN and digits <= _MOST_DIGITS


def _answered(place: Place, part: Part) -> bool:
    return any(item.id in place.plan for item in part.items)


def _from(place: Place, parts: Sequence[Part]) -> str:
    return next((part.id for part in parts if _answered(place, part)), "")


def told(question: str, place: Place) -> str:
    """What her own place decides of the plan's forks; "" for every other question."""
    if question in _FORKS:
        return _FORKS[question](place)
    kind, _, name = question.partition(":")
    return _FORKS_OF[kind](place, name) if kind in _FORKS_OF else ""


def _after(place: Place, part: str) -> str:
    """The next part that has something to show; at the end of one that is not kept, it is over."""
    later = PARTS[[one.id for one in PARTS].index(part) + 1 :]
    return _from(place, later) or ("end" if kept(place) else "gone")


_FORKS: Mapping[str, Callable[[Place], str]] = {
    "plan_inside": _inside,
    "plan_on": lambda place: "see" if "plan_one" in place.told else "next",
    "plan_agreed": lambda place: "unkept" if showing(place, agreed=True) == "unkept" else "shared",
    "plan_first": lambda place: _from(place, PARTS) or "end",
}
_FORKS_OF: Mapping[str, Callable[[Place, str], str]] = {
    "plan_part": lambda place, name: "some" if _from(place, [one for one in PARTS if one.id == name]) else "none",
    "plan_line": lambda place, name: "some" if name in place.plan else "none",
    "plan_after": _after,
}


def let_go(place: Place) -> Place:
    """Her place when she leaves or falls silent: a plan that she did not ask to keep is gone with it."""
    return place if kept(place) or not place.plan else replace(place, plan={})
