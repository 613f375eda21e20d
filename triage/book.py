"""A screen of the decoy as an order carries it: the same for everybody, so that it tells nothing of her."""

from collections.abc import Mapping
from typing import Any

from dialogs.screen import Button, Screen


def written(screen: Screen) -> dict[str, Any]:
    """A screen of the book, as plain JSON."""
    rows = [[[button.label, button.data] for button in row] for row in screen.rows]
    return {"first": screen.first, "body": list(screen.body), "rows": rows}


def opened(params: Mapping[str, Any]) -> Screen:
    """The screen that `written` wrote."""
    rows = tuple(tuple(Button(label, data) for label, data in row) for row in params["rows"])
    return Screen(params["first"], tuple(params["body"]), rows, inside=False)
