"""The command line's table of contents: each command lives in a module of its own, loaded when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from hamroh import __version__

__all__ = ["COMMANDS", "Command", "main"]


SUMMARY = "A survivor hotline on Telegram, the desk of the crisis centre behind it, and the referrals that leave it."


class Command(NamedTuple):
    """What the table of contents says of a command, and the `module:function` that takes its words and does it."""

    chapter: str
    says: str
    where: str


COMMANDS: Mapping[str, Command] = {
    "practice": Command("Try", "start everything on this machine, with phones in a web page", "hamroh.practice:main"),
    "play": Command("Try", "walk a conversation in the terminal", "hamroh.play:main"),
    "run": Command("Run", "start the survivors, the operators or the rounds, or all three", "hamroh.run:main"),
    "health": Command("Run", "tell whether a process that should run is alive", "hamroh.health:main"),
    "migrate": Command("Set up", "bring the database to this version", "hamroh.migrate:main"),
    "roles": Command("Set up", "make a database login for each process", "hamroh.roles:main"),
    "services": Command("Set up", "list the services of a region's directory", "hamroh.services:main"),
    "invite": Command("Set up", "make a one-time code for a new staff member", "hamroh.invite:main"),
    "backup": Command("Keep", "write a sealed backup", "hamroh.backup:main"),
    "restore": Command("Keep", "bring a backup back, without what was erased since", "hamroh.restore:main"),
    "screening": Command("Measure", "score the screening instruments", "hamroh.screening:main"),
    "clocks": Command("Measure", "tell which duty falls due when", "hamroh.clocks:main"),
    "flags": Command("Measure", "find red flags in texts", "hamroh.flags:main"),
    "simulate": Command("Measure", "see how many operators a line needs", "hamroh.simulate:main"),
    "words": Command("Look after", "check and gather what is said, in every language", "hamroh.words:main"),
    "dialogs": Command("Look after", "check and draw the conversations", "hamroh.dialogs:main"),
    "dress": Command("Look after", "dress a bot: its name, picture, commands and texts", "hamroh.dress:main"),
    "docs": Command("Look after", "write the pages that are made from the code", "hamroh.docs:main"),
    "survivors": Command(
        "Look after",
        "let random survivors try the bot, and hold its rules against what they see",
        "hamroh.survivors:main",
    ),
    "chaos": Command("Look after", "break things on purpose and see that nothing is lost", "hamroh.chaos:main"),
}


def main(argv: list[str] | None = None) -> int:
    """Do one command and return its exit status: 2 for wrong words or settings, with one sentence that says which."""
    commands = there()
    given = _parser(commands).parse_args(argv)
    module, _, function = commands[given.command].where.partition(":")
    called: Callable[[list[str]], int] = getattr(import_module(module), function)
    try:
        return called(given.words)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not is_for_people(error):
            raise
        print(f"hamroh: {error}", file=sys.stderr)
        return 2


def there() -> dict[str, Command]:
    """The commands whose module this installation has."""
    return {name: one for name, one in COMMANDS.items() if find_spec(one.where.partition(":")[0]) is not None}


def is_for_people(error: Exception) -> bool:
    """Whether an error is a refusal whose sentence is meant for whoever ran the command."""
    from dialogs.toml import BrokenRegionError
    from dialogs.words import BrokenWordsError
    from post.poll import TokenRefusedError
    from triage.door import BrokenDoorError
    from triage.flags.rows import BrokenRowError
    from triage.tables import BrokenTableError
    from vault.account import EmbeddedError
    from vault.database import NoDatabaseError
    from vault.ring import RingError
    from vault.settings import SettingsError

    refusals = (
        SettingsError, EmbeddedError, NoDatabaseError, RingError, TokenRefusedError, BrokenRegionError,
        BrokenWordsError, BrokenDoorError, BrokenTableError, BrokenRowError, ConnectionError,
    )  # fmt: skip
    return isinstance(error, refusals)


def _parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hamroh",
        usage="hamroh COMMAND ...",
        description=SUMMARY,
        epilog=_contents(commands),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("command", choices=commands, metavar="COMMAND", help=argparse.SUPPRESS)
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _contents(commands: Mapping[str, Command]) -> str:
    lines, chapter = list[str](), ""
    for name, command in commands.items():
        if command.chapter != chapter:
            chapter = command.chapter
            lines += ["", chapter] if lines else [chapter]
        lines.append(f"  {name:<10} {command.says}")
    return "\n".join([*lines, "", "hamroh COMMAND --help tells more about one of them."])


if __name__ == "__main__":
    sys.exit(main())
