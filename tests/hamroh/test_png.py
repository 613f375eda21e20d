"""A screenshot is made small without changing what an eye sees of it."""

import struct
import zlib

import pytest

from hamroh.png import SIGNATURE, _chunk, _chunks, _rows, shrunk

WIDTH, HEIGHT = 7, 5


def picture(filters: tuple[int, ...], *, bits: int = 8) -> tuple[bytes, list[bytes]]:
    """A picture whose rows are written with these filters, and its rows as they should be seen."""
    seen = [bytes((37 * x + 61 * y * y) % 256 for x in range(WIDTH * 3)) for y in range(HEIGHT)]
    written, above = b"", bytes(WIDTH * 3)
    for kind, row in zip(filters, seen, strict=True):
        written += bytes([kind]) + _filtered(kind, row, above)
        above = row
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(written)), _chunk(b"IEND", b""))
    return SIGNATURE + b"".join(parts), seen


def _filtered(kind: int, row: bytes, above: bytes) -> bytes:
    """Each byte less the guess that its neighbours give (PNG specification, section 9)."""
    out = b""
    for at in range(len(row)):
        out += bytes([(row[at] - _guess(kind, row, above, at)) & 255])
    return out


def _guess(kind: int, row: bytes, above: bytes, at: int) -> int:
    left, corner = (row[at - 3], above[at - 3]) if at >= 3 else (0, 0)
    nearest = min((left, above[at], corner), key=lambda one: abs(left + above[at] - corner - one))
    return (0, left, above[at], (left + above[at]) // 2, nearest)[kind]


def seen_in(raw: bytes) -> list[bytes]:
    parts = dict(_chunks(raw))
    return list(_rows(parts[b"IDAT"], WIDTH, 3))


@pytest.mark.parametrize("kind", range(5))
def test_rows_of_every_filter_are_read(kind: int) -> None:
    raw, seen = picture((kind,) * HEIGHT)
    assert seen_in(raw) == seen


def test_no_colour_moves_by_more_than_an_eye_misses() -> None:
    raw, seen = picture((0, 1, 2, 3, 4))
    for before, after in zip(seen, seen_in(shrunk(raw)), strict=True):
        assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 3


def test_what_no_browser_makes_is_refused() -> None:
    raw, _ = picture((0,) * HEIGHT, bits=16)
    with pytest.raises(ValueError, match="browsers"):
        shrunk(raw)
