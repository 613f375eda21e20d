"""`hamroh migrate`: bring the database to this version, as its owner."""

import argparse
import asyncio
import os

from hamroh.places import open_database
from vault.database import explained
from vault.migrate import migrate
from vault.settings import read_settings


def main(argv: list[str]) -> int:
    """`migrate`, with the owner's address in HAMROH_DATABASE_URL."""
    argparse.ArgumentParser(prog="hamroh migrate", description="Bring the database to this version.").parse_args(argv)
    database = open_database(read_settings(os.environ), print)
    try:
        with explained(database.url):
            asyncio.run(migrate(database.url))
    finally:
        database.leave()
    print("The database is at this version.")
    return 0
