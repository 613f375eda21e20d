"""`hamroh roles`: make a login for each process and print its address."""

import argparse
import asyncio
import os
import secrets

from hamroh.places import open_database
from vault.database import explained
from vault.roles import LOGINS, make_logins, url_for
from vault.settings import read_settings


def main(argv: list[str]) -> int:
    """`roles`, with the owner's address in HAMROH_DATABASE_URL; the passwords are shown this once."""
    parser = argparse.ArgumentParser(prog="hamroh roles", description="Make a database login for each process.")
    parser.parse_args(argv)
    database = open_database(read_settings(os.environ), print)
    try:
        if database.embedded is not None:
            print("The embedded database has its logins already; each process takes its own.")
            return 0
        passwords = {login: secrets.token_urlsafe(24) for login in LOGINS.values()}
        with explained(database.url):
            asyncio.run(make_logins(database.url, passwords))
    finally:
        database.leave()
    for process in LOGINS:
        print(f"{process}: HAMROH_DATABASE_URL={url_for(database.url, process, passwords)}")
    return 0
