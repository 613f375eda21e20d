"""A screenshot made small: colours rounded to 6 bits a channel, which no eye misses on a phone, and packed anew."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEPT_BITS: Final = 6
_COLOURS: Final = {2: 3, 6: 4}  # bytes a pixel of the two kinds that browsers write, both with 8 bits a channel
_NONE: Final = b"\0"  # a row's filter: equal rows stay equal bytes, which packs a page of flat surfaces best


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _paeth(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def _unfiltered(kind: int, row: bytearray, above: bytes, step: int) -> bytes:
    """A row as it was before the filter of this kind (PNG specification, section 9)."""
    for at in range(len(row)) if kind else ():
        left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        row[at] = (row[at] + guess) & 255
    return bytes(row)


def _rows(packed: bytes, width: int, step: int) -> Iterator[bytes]:
    flat, length = zlib.decompress(packed), width * step
    above = bytes(length)
    for at in range(0, len(flat), length + 1):
        above = _unfiltered(flat[at], bytearray(flat[at + 1 : at + 1 + length]), above, step)
        yield above


def _rounded() -> bytes:
    top = (1 << _KEPT_BITS) - 1
    return bytes(round((value >> (8 - _KEPT_BITS)) * 255 / top) for value in range(256))


def shrunk(raw: bytes) -> bytes:
    """The same picture in fewer bytes, half of them or less; `raw` is a PNG as a browser makes it (8 bits, not
    interlaced)."""
    parts = list(_chunks(raw))
    head = parts[0][1]
    width, _height, bits, kind = struct.unpack(">IIBB", head[:10])
    if bits != 8 or kind not in _COLOURS or head[12]:
        raise ValueError("not a PNG of the kind that browsers make")
    rounded = _rounded()
    packed = b"".join(data for name, data in parts if name == b"IDAT")
    rows = (_NONE + row.translate(rounded) for row in _rows(packed, width, _COLOURS[kind]))
    data = zlib.compress(b"".join(rows), 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
