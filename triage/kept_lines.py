"""What she reads again of what her own half keeps: her words, her answers to questions, and when it happened."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from dialogs import spoken
from dialogs.engine import STEPS
from dialogs.flows.guidance import SINCE
from dialogs.flows.screening import ITEMS
from triage.happened import EVENT_OF
from triage.needs import ACCESS
from triage.reader import Reader
from vault import entries
from vault.cases import Case
from vault.entries import Entry

# What one screen shows, in characters.
_SHOWN: Final = 3_000


async def shown(reader: Reader, case: Case) -> str:
    """The newest of it that one screen holds, newest last, each with its day; "" where nothing is kept."""
    found = await entries.read_all(reader.connection, reader.house.safe, case.id, tuple(_TOLD))
    kept: list[str] = []
    for entry in reversed([entry for entry in found if entry.author == "survivor"]):
        text = _TOLD[entry.kind](reader, entry)
        if sum(map(len, kept)) + len(text) > _SHOWN:
            break
        at = entry.at.astimezone(reader.house.region.zone)
        kept.insert(0, f"\n{spoken.day_and_time(reader.language, at)}. {text}")
    return "".join(kept)


def _answers(reader: Reader, entry: Entry) -> str:
    """The questions of a sheet that she answered, each with her answer; or what she needs to take part."""
    sheet, say = json.loads(entry.text), reader.house.words.say
    if sheet["instrument"] == ACCESS:
        return ", ".join(say(reader.language, f"value.access.{need}") for need in sheet["needs"])
    steps = (STEPS[f"who.{item}"] for item in ITEMS if item in sheet["answers"])
    return " ".join(_answered(reader, step.id, sheet["answers"][step.item]) for step in steps)


def _answered(reader: Reader, step: str, value: str) -> str:
    """A question of a screen and the button that she chose under it."""
    say, asks = reader.house.words.say, STEPS[step]
    chosen = next((choice.key for choice in asks.choices() if choice.value == value), "")
    return f"{say(reader.language, asks.text[-1])} {say(reader.language, chosen)}." if chosen else ""


def _clock(reader: Reader, entry: Entry) -> str:
    """What she said of when it happened; an answer taken back says nothing any more."""
    told = json.loads(entry.text)
    step = next((one.id for one in STEPS.values() if EVENT_OF.get(one.item) == told["event"]), "")
    return _answered(reader, step, str(told["answer"])) if step and told["answer"] in SINCE.values() else ""


_TOLD: Final[Mapping[str, Callable[[Reader, Entry], str]]] = {
    "words": lambda _, entry: entry.text,
    "answers": _answers,
    "clock": _clock,
}
