"""A side's safe: what a process of that side can seal and open, with the ring read again when a pair is unknown."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from vault import tables
from vault.database import Connection
from vault.keys import PersonHash, Sealed, keyed_hash, place_of, seal, unseal
from vault.ring import DayPair, Ring, RingFile, UnknownPairError


class OtherSideSilentError(Exception):
    """The other side has never published a key: nothing can be sealed to it yet, so work waits."""


@dataclass(frozen=True, slots=True)
class ToPair:
    """A value sealed to a day pair, and the pair's id, as two columns of a row."""

    sealed: Sealed
    pair: UUID


class Safe:
    """The ring of one side, in memory, with its file."""

    def __init__(self, file: RingFile) -> None:
        self._file = file
        self._ring = file.read()

    @property
    def side(self) -> str:
        """Which side this is: `survivors` or `desk`."""
        return self._file.side

    @property
    def ring(self) -> Ring:
        """The ring as last read."""
        return self._ring

    @property
    def file(self) -> RingFile:
        """Where the ring lies."""
        return self._file

    def read_again(self) -> None:
        """Another process of the side may have made a pair since."""
        self._ring = self._file.read()

    def person(self, *parts: str) -> PersonHash:
        """The keyed hash by which this side finds a person."""
        return keyed_hash(self._ring.lookup, *parts)

    def newest(self) -> DayPair:
        """This side's pair to seal to now."""
        found = self._ring.newest()
        if found is None:
            self.read_again()
            found = self._ring.newest()
        if found is None:
            raise UnknownPairError
        return found

    def seal_own(self, words: bytes, place: bytes) -> ToPair:
        """Seal to this side's own newest day pair."""
        pair = self.newest()
        return ToPair(seal(words, pair.pair.public, place), pair.id)

    def open_own(self, kept: ToPair, place: bytes) -> bytes:
        """Open what is sealed to one of this side's day pairs."""
        return unseal(kept.sealed, self.private(kept.pair), place)

    def private(self, pair: UUID) -> bytes:
        """The private half of a day pair, reading the ring again where it is not known yet."""
        try:
            return self._ring.private(pair)
        except UnknownPairError:
            self.read_again()
            return self._ring.private(pair)


async def seal_for(connection: Connection, side: str, words: bytes, place: bytes) -> ToPair:
    """Seal to a side's newest published pair, read in this transaction; raises OtherSideSilentError."""
    kept = tables.sides
    found = (
        await connection.execute(
            select(kept.c.pair, kept.c.public).where(kept.c.side == side).order_by(kept.c.day.desc()).limit(1)
        )
    ).first()
    if found is None:
        raise OtherSideSilentError(side)
    return ToPair(seal(words, found.public, place), found.pair)


async def has_published(connection: Connection, side: str) -> bool:
    """Whether this side has ever published a pair."""
    kept = tables.sides
    return (await connection.execute(select(kept.c.pair).where(kept.c.side == side).limit(1))).first() is not None


def sealed_place(table: str, row: UUID | int | bytes | str, column: str = "sealed") -> bytes:
    """The place of a table's sealed column."""
    return place_of(table, column, row)
