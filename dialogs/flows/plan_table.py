"""The safety plan as a table: its parts, what each asks, and the answers that a tap gives.

No answer holds a name, a number, an address or a day, and where such a thing would be the natural answer no words of
her own are taken: what must not be found is nowhere to be found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.kinds import Choice, Fork

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

# Before an answer in her own words, which could otherwise be taken for one of the table's.
OWN = "own:"
# A few words are an answer; more is a story, which has no place in a plan.
LONGEST_OWN = 120

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
