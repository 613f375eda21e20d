"""What her place says of her plan: is it kept, shown, closed or watched, and which of the plan's ways is hers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.flows.plan_table import LONGEST_OWN, PARTS, Item, Part
from dialogs.kinds import Place
from dialogs.young import is_young

# Answers after which the phone counts as watched: so does a question left open.
WATCHED = frozenset({"always", "dont_know", "refused", "skipped"})
_MOST_DIGITS = 2
# With these a person comes first: the screening's answers, and signs in her words.
_SERIOUS = ("strangled", "weapon", "could_kill_you", "beaten_pregnant")
_SERIOUS_FLAGS = frozenset({"strangulation", "weapon", "threat_to_kill", "immediate_danger"})


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
