"""Her answers as the instruments' sheets: which are begun, how each reads by its item ids, what is open."""

from collections.abc import Mapping
from typing import Final

from dialogs.flows.following import ASQ, NONE, NOW, PREGNANT, SIGNS
from dialogs.flows.screening import ITEMS
from dialogs.kinds import Place
from triage.clocks import clock_table

INSTRUMENT: Final = "who-immediate"
NECK: Final = "strangulation"
SUICIDE: Final = "asq"
# Said once in her case: that the screening came to its end; the same of what follows it.
SCREENED: Final = "screened"
_DONE: Final = "done."

Sheet = Mapping[str, str | int]


def done(instrument: str) -> str:
    """The fact that she has been through an instrument."""
    return SCREENED if instrument == INSTRUMENT else f"{_DONE}{instrument}"


def screening_of(place: Place) -> dict[str, str]:
    """What she answered of the screening."""
    return {item: value for item, value in place.answers.items() if item in ITEMS}


def _neck(place: Place) -> dict[str, str | int]:
    """The signs she tapped or denied; hours only where she told a time that has an end."""
    given = place.answers
    asked = [name for name in (*SIGNS, PREGNANT) if name in given]
    if not asked and done(NECK) not in place.told:
        return {}
    sheet: dict[str, str | int] = {"strangled": given["strangled"]} if "strangled" in given else {}
    for name, signs in SIGNS.items():
        said = given.get(name, "")
        if said in signs:
            sheet[said] = "yes"
        elif said:
            sheet |= dict.fromkeys(signs, "no" if said == NONE else said)
    if PREGNANT in given:
        sheet["pregnant"] = given[PREGNANT]
    known = clock_table().answers.get(given.get("strangled_when", ""))
    if known is not None and known[1] is not None:
        sheet["hours_since"] = known[1]
    return sheet


def _suicide(place: Place) -> dict[str, str]:
    return {item: place.answers[f"asq.{item}"] for item in (*ASQ, NOW) if f"asq.{item}" in place.answers}


def sheets_of(place: Place) -> dict[str, Sheet]:
    """What she answered, by instrument; what she was never asked has no sheet."""
    found: dict[str, Sheet] = {INSTRUMENT: screening_of(place), NECK: _neck(place), SUICIDE: _suicide(place)}
    return {name: sheet for name, sheet in found.items() if sheet}


def unfinished(place: Place) -> frozenset[str]:
    """What she is still being asked."""
    return frozenset(name for name in (INSTRUMENT, NECK, SUICIDE) if done(name) not in place.told)
