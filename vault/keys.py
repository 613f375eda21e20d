"""Sealing and opening: HPKE (RFC 9180, X25519 with AES-256-GCM), keyed hashes, and the types that keep them apart.

What is sealed to a public half can be opened only by its private half; the place it belongs to (table, column, row) is
bound in, so that a sealed value moved to another row does not open.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import NewType
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

Sealed = NewType("Sealed", bytes)
PersonHash = NewType("PersonHash", bytes)

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotOpenError(Exception):
    """This value does not open with this key: it was sealed to another half, for another row, or was changed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An X25519 pair: the raw 32 bytes of each half."""

    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "Pair":
        """A fresh pair from the system's randomness."""
        return cls.of(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def of(cls, private: bytes) -> "Pair":
        """The pair of a known private half."""
        return cls(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw(), private)


def place_of(table: str, column: str, row: UUID | int | bytes | str) -> bytes:
    """The place a sealed value belongs to, as HPKE's info."""
    name = row.hex() if isinstance(row, bytes) else str(row)
    return f"hamroh/1/{table}/{column}/{name}".encode()


def seal(words: bytes, public: bytes, place: bytes) -> Sealed:
    """Seal to a public half (about 60 us): whoever seals cannot open again."""
    return Sealed(_SUITE.encrypt(words, X25519PublicKey.from_public_bytes(public), place))


def unseal(sealed: bytes, private: bytes, place: bytes) -> bytes:
    """Open with a private half (about 35 us); raises CannotOpenError."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), place)
    except InvalidTag as error:
        raise CannotOpenError from error


def keyed_hash(key: bytes, *parts: str) -> PersonHash:
    """HMAC-SHA256 over the parts: how a person is found again without keeping who it is."""
    return PersonHash(hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).digest())


def lock_number(person: bytes) -> int:
    """The advisory lock of a person: 63 bits of the keyed hash."""
    return int.from_bytes(person[:8], "big", signed=True)


def encode(raw: bytes) -> str:
    """Base64url without padding, as keys are written in settings and files."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(written: str) -> bytes:
    """The bytes that `encode` wrote."""
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
