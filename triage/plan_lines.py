"""What is said of her plan when a screen goes out, and that one which is not kept goes with her messages."""

from collections.abc import Mapping

from dialogs import planned
from dialogs.engine import STEPS
from dialogs.flows import plan_state
from dialogs.flows.plan import SHOWS
from dialogs.flows.plan_state import kept, shared, watched
from triage.reader import Reader
from vault import cases


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


async def let_go(reader: Reader) -> None:
    """With her messages goes a plan that she did not ask to keep."""
    place = plan_state.let_go(reader.place)
    person = await cases.person_at(reader.connection, reader.address)
    if place != reader.place and reader.case is not None and person is not None:
        await cases.keep_place(reader.connection, person, reader.address, reader.case.id, place.written())
