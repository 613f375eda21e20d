"""`hamroh invite`: a one-time code for a new staff member; only its hash is kept, and the name sealed to the desk."""

import argparse
import asyncio
import os
from datetime import UTC, datetime

from dialogs.flows.road import LANGUAGES
from hamroh.places import open_database, region_of
from triage.permissions import ROLES, receives
from vault.database import begin, engine_for, explained
from vault.people import Invited, invite, new_code
from vault.safe import OtherSideSilentError
from vault.settings import Settings, SettingsError, read_settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamroh invite", description="Make a one-time code for a new staff member.")
    parser.add_argument("--role", required=True, choices=ROLES)
    parser.add_argument("--name", required=True, help="kept sealed; survivors never see it")
    parser.add_argument("--languages", required=True, help="spoken, the desk's own first: uz,ru")
    parser.add_argument("--region", default=None, help="default: HAMROH_REGION")
    parser.add_argument("--service", default=None, help="for a receiving role: an id of `hamroh services`")
    return parser


def read_invited(argv: list[str], settings: Settings) -> Invited:
    """What the words grant; raises SettingsError with one sentence."""
    given = _parser().parse_args(argv)
    languages = tuple(code.strip() for code in given.languages.split(",") if code.strip())
    unknown = [code for code in languages if code not in LANGUAGES]
    if unknown or not languages:
        raise SettingsError(f"--languages takes codes among {', '.join(LANGUAGES)}, with commas between them.")
    region = settings.model_copy(update={"region": given.region or settings.region})
    bundle = region_of(region)
    if receives(given.role) and bundle.service(given.service or "") is None:
        raise SettingsError("a receiving role needs --service with an id that `hamroh services` lists.")
    if not receives(given.role) and given.service is not None:
        raise SettingsError(f"the role {given.role} receives for no service: leave --service out.")
    return Invited(given.role, given.name, languages, region.region, given.service)


async def make_code(url: str, invited: Invited) -> str:
    """Keep the invitation; the code, which is kept nowhere."""
    engine = engine_for(url, pool=1)
    code = new_code()
    try:
        async with begin(engine) as connection:
            await invite(connection, invited, code, datetime.now(UTC))
    except OtherSideSilentError as error:
        raise SettingsError(
            "the desk has no key yet: start `hamroh run operators` (or `run all`) once, then invite."
        ) from error
    finally:
        await engine.dispose()
    return code


def main(argv: list[str]) -> int:
    """`invite`: prints the code alone on the last line."""
    settings = read_settings(os.environ)
    invited = read_invited(argv, settings)
    database = open_database(settings, lambda _: None)
    try:
        with explained(database.url):
            code = asyncio.run(make_code(database.url, invited))
    finally:
        database.leave()
    print(f"Send this to the staff bot, once, within 7 days: /start {code}")
    print(code)
    return 0
