"""`hamroh services`: the services of the region's directory, with the ids that invitations and referrals name."""

import argparse
import os

from hamroh.places import region_of
from vault.settings import read_settings


def main(argv: list[str]) -> int:
    """`services`."""
    argparse.ArgumentParser(prog="hamroh services", description="List the services of the region.").parse_args(argv)
    for service in region_of(read_settings(os.environ)).services:
        print(f"{service.id:<24} {service.kind:<18} {service.name('en')}")
    return 0
