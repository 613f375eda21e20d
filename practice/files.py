"""Files that were sent: their bytes, their names per bot, their paths for an hour."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

GET_LIMIT = 20 * 1024 * 1024  # bytes a bot may fetch: core.telegram.org/bots/api#getfile
PHOTO_LIMIT = 10 * 1024 * 1024  # core.telegram.org/bots/api#sending-files
SEND_LIMIT = 50 * 1024 * 1024
PATH_LIFE = 3600.0  # «guaranteed to be valid for at least 1 hour»: we keep the least

FOLDERS = {
    "photo": ("photos", ".jpg"),
    "voice": ("voice", ".oga"),
    "document": ("documents", ""),
    "sticker": ("stickers", ".webp"),
    "audio": ("music", ".mp3"),
    "video": ("videos", ".mp4"),
    "video_note": ("video_notes", ".mp4"),
    "animation": ("animations", ".mp4"),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """One file as one bot knows it; the bytes are shared, the id is not."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    body: bytes


@dataclass(slots=True)
class Files:
    """The files that one bot has seen."""

    now: Callable[[], float]
    random: Random
    known: dict[str, Stored] = field(default_factory=dict)
    _paths: dict[str, tuple[str, float]] = field(default_factory=dict)

    def keep(self, kind: str, body: bytes, name: str, mime: str) -> Stored:
        stored = Stored(self._letters(64), self._letters(12), kind, name, mime, body)
        self.known[stored.id] = stored
        return stored

    def _letters(self, count: int) -> str:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "AgAD" + "".join(self.random.choices(letters, k=count - 5)) + "A"

    def open_path(self, stored: Stored) -> str:
        """A path for downloading, valid for an hour from now."""
        folder, ending = FOLDERS[stored.kind]
        if "." in stored.name:
            ending = "." + stored.name.rsplit(".", 1)[1]
        number = list(self.known).index(stored.id)
        path = f"{folder}/file_{number}{ending}"
        self._paths[path] = (stored.id, self.now() + PATH_LIFE)
        return path

    def at_path(self, path: str) -> Stored | None:
        file_id, until = self._paths.get(path, ("", 0.0))
        return self.known.get(file_id) if self.now() <= until else None


def picture_size(body: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP in pixels; None when it is no picture."""
    if body[:8] == b"\x89PNG\r\n\x1a\n" and len(body) >= 24:
        width, height = struct.unpack(">II", body[16:24])
        return int(width), int(height)
    if body[:3] == b"GIF" and len(body) >= 10:
        width, height = struct.unpack("<HH", body[6:10])
        return int(width), int(height)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return 512, 512
    return _jpeg_size(body) if body[:2] == b"\xff\xd8" else None


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None
