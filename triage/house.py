"""What both sides' verbs are given once, at the process's start: the safe, the words, the region, the dice."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.guessing import guess
from dialogs.region import Region
from dialogs.words import Catalogs
from triage.door import Door
from triage.packs import Pack
from vault.safe import Safe


@dataclass(frozen=True, slots=True)
class House:
    """One process's house. `words` are the survivors' catalogs, `desk_words` the staff's (only theirs has them),
    `packs` the instruments of others that this deployment may ask."""

    safe: Safe
    words: Catalogs
    region: Region
    desk_words: Catalogs | None = None
    door: Door = field(default_factory=Door)
    packs: Mapping[str, Pack] = field(default_factory=dict)
    dice: random.Random = field(default_factory=random.SystemRandom)

    def languages(self) -> tuple[str, ...]:
        """The languages a survivor may choose here."""
        return self.region.offered(self.words.offered)

    def guess(self, language_code: str) -> str:
        """A first guess from Telegram's language code, never more than that: she is always asked."""
        return guess(language_code, self.languages())
