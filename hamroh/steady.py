"""Loops that outlive a lost database: begun again, quietly, until the process is told to stop."""

import asyncio
import hashlib
import logging
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from vault.database import is_lost

log = logging.getLogger("hamroh.steady")

BEAT = 5.0

T = TypeVar("T")


def only_lost(error: BaseException) -> bool:
    """Whether all that went wrong is that the database went away."""
    if isinstance(error, BaseExceptionGroup):
        return all(only_lost(part) for part in error.exceptions)
    return is_lost(error)


async def steadily(name: str, begin: Callable[[], Awaitable[None]], revive: Callable[[], None] | None = None) -> None:
    """Keep a loop going; a loss of the database (of nothing else) lets it begin again after a moment."""
    while True:
        try:
            await begin()
        except Exception as error:
            if not only_lost(error):
                raise
            log.warning("%s: the database went away, beginning again", name)
        if revive is not None:
            await asyncio.to_thread(revive)
        await asyncio.sleep(0.5)


async def once(name: str, begin: Callable[[], Awaitable[T]], revive: Callable[[], None] | None = None) -> T:
    """What a process does once, at its start, begun again for as long as the database goes away under it."""
    while True:
        try:
            return await begin()
        except Exception as error:
            if not only_lost(error):
                raise
            log.warning("%s: the database is not there yet, trying again", name)
        if revive is not None:
            await asyncio.to_thread(revive)
        await asyncio.sleep(0.5)


def beat_file(process: str, folder: Path) -> Path:
    """The file that a process touches while it lives; named after its data folder, so that copies keep apart."""
    mark = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hamroh-{process}-{mark}.beat"


async def beat(process: str, folder: Path) -> None:
    """Show life for whoever checks the process's health, and say once that the process is up."""
    path = beat_file(process, folder)
    try:
        await asyncio.to_thread(path.touch)
        log.info("the %s are up", process)
        while True:
            await asyncio.to_thread(path.touch)
            await asyncio.sleep(BEAT)
    finally:
        path.unlink(missing_ok=True)
