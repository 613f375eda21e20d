"""What is checked, and how a finding is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.bundle import Region
from dialogs.deny import Deny
from dialogs.kinds import Step
from dialogs.words import Catalogs


# Two grounds are never compared: each is itself, so that what was drawn of one can be kept for the next rule.
@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The flows, their words, a region and the lists: all that the rules look at."""

    steps: Mapping[str, Step]
    catalogs: Catalogs
    region: Region
    deny: Deny

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that a survivor of this region is offered."""
        return self.region.offered(self.catalogs.offered)


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: where it stands (step, key, language) and what is wrong."""

    where: str
    what: str
