"""The shipped words, regions and lists, read once for the tests of this room."""

from functools import cache
from pathlib import Path

from dialogs.bundle import Region
from dialogs.checked import Ground
from dialogs.deny import Deny, read_deny
from dialogs.engine import STEPS
from dialogs.region import read_region
from dialogs.words import Catalogs, load

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
REGIONS = ROOT / "regions"


@cache
def words() -> Catalogs:
    return load(LOCALES)


@cache
def region(name: str = "bukhara") -> Region:
    return read_region(REGIONS / name)


@cache
def deny() -> Deny:
    return read_deny(LOCALES / "deny.toml")


def ground() -> Ground:
    return Ground(STEPS, words(), region(), deny())
