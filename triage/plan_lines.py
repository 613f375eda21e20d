"""What the plan's screens say of her plan: the answers that stand, whether typing is taken, and what is kept."""

from collections.abc import Mapping

from dialogs import planned
from dialogs.engine import STEPS
from dialogs.flows.plan import SHOWS
from dialogs.flows.plan_state import kept, shared, watched
from triage.reader import Reader


def values_of(reader: Reader, step: str) -> Mapping[str, str]:
    """The values of a step of the plan; nothing for any other step."""
    values = {}
    place, words = reader.place, reader.house.words
    if step in SHOWS:
        found = planned.lines(place.plan, reader.language, words, SHOWS[step])
        values["lines"] = "".join(f"\n{line}" for line in found) or words.say(reader.language, "data.nothing")
    if "plan.typing" in STEPS[step].text:
        values["plan.typing"] = "plan.taps" if watched(place) else "plan.own"
    if "plan.state" in STEPS[step].text:
        values["plan.state"] = _state(reader)
    return values


def _state(reader: Reader) -> str:
    if not kept(reader.place):
        return "plan.unkept"
    return "plan.kept_shared" if shared(reader.place) else "plan.kept"
