"""What the text of each setting must look like, and what it becomes."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

KEY_BYTES = 32
SHORTEST_SECRET = 16
#: setWebhook takes no other port for https: https://core.telegram.org/bots/api#setwebhook
TELEGRAM_PORTS = (443, 80, 88, 8443)


class Rate(NamedTuple):
    """Messages a second for the whole bot and for one chat, and how many one chat may get at once.

    The default of 30/1:5 follows https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    per_bot: float
    per_chat: float
    burst: int


def bot_token(text: str) -> str:
    """BotFather's form: digits, a colon, letters. Raises ValueError, as every form here does."""
    if not re.fullmatch(r"\d+:[\w-]+", text, re.ASCII):
        raise ValueError("must be a bot token as BotFather gives it: digits, a colon, letters")
    return text


def address(text: str) -> str:
    """A base address without a slash at its end: https, or http on loopback.

    A bot's token is part of each address that is called: in clear text it may only travel inside this machine.
    """
    parts = split(text)
    allowed = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not (parts.hostname and allowed) or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be a bare https address, or http on loopback (such as http://127.0.0.1:8081)")
    return text.rstrip("/")


def rate(text: str) -> Rate | None:
    """`30/1:5` as a Rate; `0` as None."""
    if text == "0":
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?):(\d+)", text, re.ASCII)
    read = Rate(float(found[1]), float(found[2]), int(found[3])) if found else None
    if read is None or min(read) <= 0:
        raise ValueError(
            "must look like 30/1:5 (messages a second per bot / per chat : burst, none of them 0), or be 0"
        )
    return read


def database(text: str) -> str:
    """An address for SQLAlchemy with asyncpg; several hosts may stand in it."""
    if not re.fullmatch(r"postgresql\+asyncpg://[^?#]*/[^/?#]+(\?[^#]*)?", text):
        raise ValueError("must look like postgresql+asyncpg://login:password@host/database")
    return text


def key(text: str) -> bytes:
    """32 bytes out of base64url, with or without padding."""
    try:
        read = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        read = b""
    if len(read) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} random bytes in base64url (43 characters)")
    return read


def long_secret(text: str) -> str:
    """Any text that is too long to be guessed."""
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"must be at least {SHORTEST_SECRET} characters long")
    return text


def host_and_port(text: str) -> tuple[str, int]:
    """`127.0.0.1:8443` or `[::1]:8443`."""
    parts = split(f"//{text}")
    if not parts.hostname or not parts.port or parts.netloc != text or "@" in text:
        raise ValueError("must look like 127.0.0.1:8443 or [::1]:8443 (host:port)")
    return parts.hostname, parts.port


def region(text: str) -> str:
    """A bundle's name; it names a folder, so it must not be able to leave the one it lies in."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", text):
        raise ValueError("must be the name of a region's bundle: small letters, digits, _ and -")
    return text


def place(text: str | Path) -> Path:
    """A folder that may still have to be made."""
    read = Path(text).expanduser().absolute()
    if read.exists() and not read.is_dir():
        raise ValueError(f"must be a folder, and {read} is not one")
    return read


def folder(text: str) -> Path:
    """A folder that exists."""
    read = Path(text).expanduser().absolute()
    if not read.is_dir():
        raise ValueError(f"must be a folder that exists, and {read} is none")
    return read


def programs(text: str) -> Path:
    """A folder with PostgreSQL's programs in it."""
    read = folder(text)
    for name in ("initdb", "postgres"):
        if not (read / name).is_file():
            raise ValueError(f"must be a folder with PostgreSQL's programs, and {read} has no {name}")
    return read


def split(text: str) -> SplitResult:
    """The parts of an address, with a port that can be read."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def telegram_can_call(webhook: str) -> bool:
    """Whether Telegram itself calls the port of this address."""
    parts = split(webhook)
    return parts.scheme == "http" or (parts.port or 443) in TELEGRAM_PORTS


def is_loopback(host: str) -> bool:
    """Whether this host name or number can only mean the machine we stand on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
