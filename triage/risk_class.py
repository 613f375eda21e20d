"""The one scale of risk that every room speaks: ordinary, high, immediate."""

from enum import IntEnum
from typing import Self


class RiskClass(IntEnum):
    """How soon a person must answer; compare with `<` and `max`, print and store by `word`.

    The SOPs' green, amber and red. A text without flags is ordinary: the lowest class is a place in the
    queue and never a statement that somebody is safe.
    """

    ORDINARY = 1
    HIGH = 2
    IMMEDIATE = 3

    @property
    def word(self) -> str:
        """The class as it is stored and written: "ordinary", "high" or "immediate"."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Self:
        """The class of a stored word; raises ValueError for any other word."""
        for risk in cls:
            if risk.word == word:
                return risk
        raise ValueError(f"no risk class is called {word!r}")

    def __str__(self) -> str:
        return self.word
