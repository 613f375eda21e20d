"""`hamroh dress`: each bot's public face on Telegram, from the region's decoy or the deployment's private one."""

import argparse
import asyncio
import os
from collections.abc import Iterator

from dialogs.bundle import Decoy, Region
from dialogs.words import Catalogs, load
from hamroh.places import LOCALES, region_of
from post.profile import DESCRIPTION, SHORT, Face, dress
from triage.desk_words import COMMANDS
from vault.settings import SettingsError, read_settings

# Telegram takes two-letter codes; Karakalpak and the scripts of Uzbek have none and see the default face.
CODES = {"uz": "uz", "ru": "ru", "tg": "tg", "en": "en"}


def _decoy_face(decoy: Decoy, language: str) -> Face:
    about = " ".join(decoy.about)
    return Face(language, decoy.name, about[:DESCRIPTION], decoy.about[0][:SHORT], (("start", decoy.labels["list"]),))


def survivor_faces(region: Region) -> tuple[Face, ...]:
    """The cookery book's face in every language Telegram can tell apart; the region's first language for the rest."""
    first = _decoy_face(region.decoy(region.languages[0]), "")
    named = (code for code in region.languages if code in CODES and code in region.decoys)
    return (first, *(_decoy_face(region.decoys[code], CODES[code]) for code in named))


def _staff(words: Catalogs) -> Iterator[Face]:
    for code in ("", *(code for code in words.languages if code in CODES)):
        say = code or "en"
        commands = tuple((command, words.text(say, f"command.{command}")) for command in COMMANDS)
        yield Face(
            CODES.get(code, ""), words.text(say, "face.name"), words.text(say, "face.about"),
            words.text(say, "face.about"), commands,
        )  # fmt: skip


def staff_faces() -> tuple[Face, ...]:
    """The staff's bot: a plain name that says nothing of the service, and the commands."""
    return tuple(_staff(load(LOCALES, "staff")))


def _shown(bot: str, face: Face) -> str:
    commands = ", ".join(f"/{command} ({says})" for command, says in face.commands)
    return (
        f"{bot}, {face.language or 'everybody else'}\n  name         {face.name}\n  short        {face.short}\n"
        f"  description  {face.description}\n  commands     {commands}"
    )


def main(argv: list[str]) -> int:
    """`dress --dry-run` shows the faces; `dress` puts them on every bot whose token is here."""
    parser = argparse.ArgumentParser(prog="hamroh dress", description="Set the bots' public faces on Telegram.")
    parser.add_argument("--dry-run", action="store_true", help="show what would be set, call nobody")
    given = parser.parse_args(argv)
    settings = read_settings(os.environ)
    faces = {"survivors": survivor_faces(region_of(settings)), "operators": staff_faces()}
    tokens = {"survivors": settings.survivor_token, "operators": settings.operator_token}
    faults = [fault for each in faces.values() for face in each for fault in face.faults()]
    if faults:
        raise SettingsError(f"{faults[0]}.")
    for bot, each in faces.items():
        for face in each:
            print(_shown(bot, face))
    if given.dry_run:
        return 0
    if not any(tokens.values()):
        raise SettingsError("neither HAMROH_SURVIVOR_TOKEN nor HAMROH_OPERATOR_TOKEN is set: nobody to dress.")
    for bot, token in tokens.items():
        if token is not None:
            done = asyncio.run(dress(settings.telegram_api, token, faces[bot]))
            print(f"{bot}: {done} calls, all taken.")
    return 0
