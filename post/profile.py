"""A bot's public face on Telegram: name, description, short description and commands, per language. Plain HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

# Telegram's own limits, in characters.
NAME, DESCRIPTION, SHORT, COMMAND = 64, 512, 120, 256


@dataclass(frozen=True, slots=True)
class Face:
    """What a stranger sees of a bot in one language; `language` "" is what everybody else sees."""

    language: str
    name: str
    description: str
    short: str
    commands: tuple[tuple[str, str], ...]

    def calls(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """The calls that put this face on."""
        language = {"language_code": self.language}
        commands = [{"command": command, "description": says} for command, says in self.commands]
        return (
            ("setMyName", {"name": self.name, **language}),
            ("setMyDescription", {"description": self.description, **language}),
            ("setMyShortDescription", {"short_description": self.short, **language}),
            ("setMyCommands", {"commands": commands, **language}),
        )

    def faults(self) -> tuple[str, ...]:
        """What Telegram would refuse."""
        said = f"in {self.language or 'the default language'}"
        lengths = (
            (self.name, NAME, "name"),
            (self.description, DESCRIPTION, "description"),
            (self.short, SHORT, "short"),
        )
        found = [f"the {what} {said} is over {most} characters" for text, most, what in lengths if len(text) > most]
        found += [
            f"the command {command} {said} is over {COMMAND} characters"
            for command, says in self.commands
            if len(says) > COMMAND
        ]
        return tuple(found)


class NotDressedError(ConnectionError):
    """Telegram refused a call, or could not be reached; the text says which."""


async def dress(api: str, token: str, faces: Sequence[Face]) -> int:
    """Put the faces on; how many calls that took. Raises NotDressedError at the first that did not go through."""
    done = 0
    async with aiohttp.ClientSession() as session:
        for face in faces:
            for method, asked in face.calls():
                await _call(session, f"{api}/bot{token}/{method}", method, asked)
                done += 1
    return done


async def _call(session: aiohttp.ClientSession, url: str, method: str, asked: dict[str, Any]) -> None:
    try:
        async with session.post(url, json=asked) as answer:
            said = await answer.json(content_type=None)
    except (aiohttp.ClientError, ValueError) as error:
        raise NotDressedError(f"{method}: Telegram cannot be reached ({type(error).__name__})") from None
    if not said.get("ok"):
        raise NotDressedError(f"{method}: Telegram refused ({said.get('description', answer.status)})")
