"""A side's ring: its lookup key and day pairs, one file sealed with the side's key, never in PostgreSQL.

All processes of a side share the file. Losing it loses every case, so a copy is kept beside it where the deployer says;
a backup never holds it. A pair is dropped seven days after its date: then what was sealed to it is gone from backups
too.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.keys import Pair, decode, encode

# After this long a day pair is dropped, once no row names it: the time within which backups forget.
PAIR_LIFE = timedelta(days=7)
_NONCE = 12
_KEY = 32


class RingError(Exception):
    """The ring cannot be used; the text says in one sentence what to do."""


class UnknownPairError(Exception):
    """A row names a pair that this process has not read yet, or that is dropped for good."""


@dataclass(frozen=True, slots=True)
class DayPair:
    """A day's pair of a side: the id that sealed rows name, and the day it was made."""

    id: UUID
    day: datetime
    pair: Pair


@dataclass(frozen=True, slots=True)
class Ring:
    """What a side can open: the lookup key (32 random bytes) and its pairs by id."""

    side: str
    lookup: bytes = field(repr=False)
    pairs: Mapping[UUID, DayPair]

    @classmethod
    def new(cls, side: str) -> "Ring":
        """An empty ring with a fresh lookup key."""
        return cls(side, secrets.token_bytes(32), MappingProxyType({}))

    def newest(self) -> DayPair | None:
        """The pair to seal to now."""
        return max(self.pairs.values(), key=lambda kept: kept.day, default=None)

    def with_pair(self, made: DayPair) -> "Ring":
        """The ring with one pair more."""
        return replace(self, pairs=MappingProxyType({**self.pairs, made.id: made}))

    def without(self, dropped: frozenset[UUID]) -> "Ring":
        """The ring without these pairs: what they sealed can never be opened again."""
        kept = {key: value for key, value in self.pairs.items() if key not in dropped}
        return replace(self, pairs=MappingProxyType(kept))

    def private(self, pair: UUID) -> bytes:
        """The private half of a pair."""
        try:
            return self.pairs[pair].pair.private
        except KeyError as error:
            raise UnknownPairError from error


def new_day_pair(now: datetime) -> DayPair:
    """A fresh pair dated now."""
    return DayPair(uuid4(), now.astimezone(UTC), Pair.new())


def _written(ring: Ring, key: bytes) -> bytes:
    kept = {
        "side": ring.side,
        "lookup": encode(ring.lookup),
        "pairs": [
            {"id": str(kept.id), "day": kept.day.isoformat(), "private": encode(kept.pair.private)}
            for kept in ring.pairs.values()
        ],
    }
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(kept).encode(), ring.side.encode())


def _read(raw: bytes, side: str, key: bytes) -> Ring:
    try:
        kept = json.loads(AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], side.encode()))
    except (InvalidTag, ValueError) as error:
        raise RingError(f"the ring of the {side} side does not open with the key given for it") from error
    pairs = {
        UUID(row["id"]): DayPair(UUID(row["id"]), datetime.fromisoformat(row["day"]), Pair.of(decode(row["private"])))
        for row in kept["pairs"]
    }
    return Ring(side, decode(kept["lookup"]), MappingProxyType(pairs))


def _replace(path: Path, raw: bytes) -> None:
    """Write beside, flush to the disk, rename: a crash leaves the old ring or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Named after the whole file: the ring and the key of a side lie in one folder.
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, raw)
        os.fsync(handle)
    finally:
        os.close(handle)
    beside.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(lock, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class RingFile:
    """Where a side's ring lies, its key, and the second place it is written to."""

    folder: Path
    side: str
    key: bytes = field(repr=False)
    copy: Path | None = None

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.folder / "keys" / f"{self.side}.ring"

    def read(self) -> Ring:
        """The ring as it stands; the copy where the first is missing; a new one where there is none at all."""
        for path in self._places():
            if path.exists():
                return _read(path.read_bytes(), self.side, self.key)
        return Ring.new(self.side)

    def write(self, ring: Ring) -> None:
        """The ring in every place it is kept."""
        raw = _written(ring, self.key)
        for path in self._places():
            _replace(path, raw)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process of the side changes the ring at a time."""
        with _alone(self.path.with_suffix(".lock")):
            yield

    def rekey(self, new_key: bytes) -> "RingFile":
        """The same ring under a new side's key: everybody is still found, no row changes."""
        renewed = replace(self, key=new_key)
        with self.locked():
            renewed.write(self.read())
        return renewed

    def _places(self) -> tuple[Path, ...]:
        second = (self.copy / f"{self.side}.ring",) if self.copy else ()
        return (self.path, *second)


def side_key(folder: Path, side: str, given: bytes | None) -> tuple[bytes, bool]:
    """The side's key, and whether it was made just now (then the deployer is told to back it up)."""
    if given is not None:
        return given, False
    path = folder / "keys" / f"{side}.key"
    # Two processes that come first together must not each seal with a key of their own.
    with _alone(path.with_suffix(".lock")):
        if path.exists():
            return _key_in(path, side), False
        made = secrets.token_bytes(_KEY)
        _replace(path, encode(made).encode() + b"\n")
        return made, True


def _key_in(path: Path, side: str) -> bytes:
    try:
        key = decode(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != _KEY:
        raise RingError(f"{path} holds no key of the {side} side: bring it back from the copy that was kept")
    return key
