"""The door of a deployment: open (a newcomer meets the greeting) or closed (a newcomer meets the cookery book)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from dialogs.bundle import Region
from dialogs.decoy_search import names_in
from dialogs.letters import fold


class BrokenDoorError(ValueError):
    """The door's file cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Door:
    """Whether newcomers are let in, and by which start parameters and words where they are not."""

    closed: bool = False
    parameters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def lets_in(self, command: str, rest: str, text: str) -> bool:
        """Whether this message is a way in: `/start` at an open door; with a closed one only what was handed out."""
        if command == "/start":
            return not self.closed or rest in self.parameters
        return self.closed and fold(text) in self.words


def read_door(closed: bool, private: Path | None) -> Door:
    """The door, with `door.toml` of the deployment's private folder (`parameters`, `words`)."""
    file = private / "door.toml" if private is not None else None
    if file is None or not file.exists():
        if closed:
            raise BrokenDoorError(
                "HAMROH_DOOR is closed, but there is no door.toml in HAMROH_PRIVATE with the parameters and words that"
                " open it: nobody could come in."
            )
        return Door()
    try:
        kept = tomllib.loads(file.read_text("utf-8"))
        parameters = frozenset(str(word) for word in kept["parameters"])
        words = frozenset(fold(str(word)) for word in kept.get("words", ()))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BrokenDoorError(f"{file}: parameters and words are lists of texts ({type(error).__name__})") from error
    if "" in words or (closed and not parameters | words):
        raise BrokenDoorError(f"{file}: words have letters, and a closed door has at least one parameter or word")
    return Door(closed, parameters, words)


def refuse_dishes(door: Door, region: Region) -> None:
    """Raises BrokenDoorError for a word that stands in the book: whoever types what he reads there would be let in."""
    listed = {name for book in region.decoys.values() for name in names_in(book)} | region.exit_words()
    if door.words & listed:
        raise BrokenDoorError(f"door.toml: words: the cookery book says {', '.join(sorted(door.words & listed))} too")
