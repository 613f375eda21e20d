"""The decoy beside the case: its screens as orders carry them, telling nothing of her, and how it is liked."""

from collections.abc import Mapping
from typing import Any

from dialogs.decoy import Taste, taste_of
from dialogs.screen import Button, Screen
from triage.talk import Talk


def written(screen: Screen) -> dict[str, Any]:
    """A screen of the book, as plain JSON."""
    rows = [[[button.label, button.data] for button in row] for row in screen.rows]
    return {"first": screen.first, "body": list(screen.body), "rows": rows}


def opened(params: Mapping[str, Any]) -> Screen:
    """The screen that `written` wrote."""
    rows = tuple(tuple(Button(label, data) for label, data in row) for row in params["rows"])
    return Screen(params["first"], tuple(params["body"]), rows, inside=False)


def taste(talk: Talk) -> Taste:
    """How whoever holds the phone likes the book: as set in it, else in her language. It never touches hers."""
    language = talk.place.language or talk.case.language
    return taste_of(talk.place.settings, language, talk.house.region)
