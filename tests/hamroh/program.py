"""A program of ours as a process of its own: started, listened to, killed, and looked at from outside."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from hamroh.places import ROOT

LONG = 120.0  # seconds: a busy machine begins a process slowly


class Program:
    """One process that was started, and what it has said on standard error so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said = ""

    @classmethod
    async def start(cls, *words: str, environ: Mapping[str, str], folder: Path = ROOT) -> Self:
        """`hamroh WORDS` in this folder, with nothing of our own settings beside these."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hamroh",
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**clean, "PYTHONPATH": str(ROOT), **environ},
            cwd=folder,
            start_new_session=True,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    async def says(self, words: str) -> str:
        """Wait for a line with these words; the line."""
        assert self._process.stdout is not None
        async with asyncio.timeout(LONG):
            while line := (await self._process.stdout.readline()).decode():
                self.said += line
                if words in line:
                    return line
        raise AssertionError(f"it ended without saying {words!r}:\n{self.said}")

    async def ends(self, with_signal: int | None = None) -> int:
        """Wait until it has ended, told so where a signal is given; its exit status."""
        assert self._process.stdout is not None
        if with_signal is not None:
            self._process.send_signal(with_signal)
        async with asyncio.timeout(LONG):
            self.said += (await self._process.stdout.read()).decode()
            return await self._process.wait()


@asynccontextmanager
async def program(*words: str, environ: Mapping[str, str], folder: Path = ROOT) -> AsyncIterator[Program]:
    """A program for a while; ended at the latest with the block."""
    started = await Program.start(*words, environ=environ, folder=folder)
    try:
        yield started
    finally:
        if _lives(started.pid):
            os.kill(started.pid, signal.SIGTERM)
        await started.ends()


def children(pid: int) -> dict[str, int]:
    """The processes under a parent, by what they run: `survivors`, `operators`, `rounds`."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            words = (place / "cmdline").read_text().split("\0")
        except OSError:  # it has just ended
            continue
        if parent == pid and "run" in words:
            found[words[words.index("run") + 1]] = int(place.name)
    return found


def environment(pid: int) -> dict[str, str]:
    """What a living process was given in its environment."""
    raw = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(entry.split("=", 1) for entry in raw if "=" in entry)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def gone(*pids: int) -> None:
    """Wait until these processes, nobody's children of ours, have ended."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(LONG):
        for pid in pids:
            try:
                handle = os.pidfd_open(pid)
            except ProcessLookupError:
                continue
            ended = asyncio.Event()
            loop.add_reader(handle, ended.set)
            try:
                await ended.wait()
            finally:
                loop.remove_reader(handle)
                os.close(handle)
