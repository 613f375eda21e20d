"""The embedded PostgreSQL: who comes first makes, starts and migrates it, others join, the last to leave stops it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

from vault import postmaster
from vault.account import Account, EmbeddedError, account_for, find_programs
from vault.postmaster import DATABASE, OWNER

__all__ = ["LOGINS", "Embedded", "EmbeddedError", "login_passwords"]

#: What each process connects as; the migration and `hamroh roles` make these logins, with the passwords kept here.
LOGINS = ("hamroh_survivors_login", "hamroh_staff_login", "hamroh_rounds_login")
SOCKET_PATH = 103  # bytes: sun_path holds 107 on Linux and 103 on macOS, beside its final zero


def _quietly(_: str) -> None:
    """Say nothing."""


class Embedded:
    """One process's part in the server of a data folder, from `join` to `leave`.

    Joining takes two locks. The door (exclusive) is held only while somebody starts or stops the server; the presence
    (shared) is held as long as somebody uses it, and the kernel lets it go even when its holder is killed.
    """

    def __init__(self, folder: Path, programs: Path, *, fsync: bool = True) -> None:
        self._folder, self._programs, self._fsync = folder, programs, fsync
        self._data = folder / "pg"
        self._passwords = _passwords(folder)
        self._socket: Path | None = None
        self._presence: IO[bytes] | None = None

    @classmethod
    def join(
        cls,
        data_dir: Path,
        *,
        pg_bin: Path | None = None,
        say: Callable[[str], None] = _quietly,
        migrate: Callable[[str], None] | None = None,
        fsync: bool = True,
    ) -> Self:
        """Use the server of this folder: made, started and migrated when we come first, else as it runs.

        Blocks, and calls `migrate(owner_url)` under the door's lock, so join before the loop or in a thread. `say` gets
        sentences about what takes time. `fsync=False` is for clusters that are thrown away. Raises EmbeddedError.
        """
        programs = find_programs(pg_bin)
        try:
            Path(data_dir).mkdir(mode=0o700, parents=True, exist_ok=True)
            joined = cls(Path(data_dir).absolute(), programs, fsync=fsync)
            joined._enter(say, migrate)
        except PermissionError as error:
            raise EmbeddedError(f"{error.filename} belongs to another user: start hamroh as that user.") from None
        except OSError as error:
            raise EmbeddedError(f"{data_dir} cannot be used for the database: {error.strerror}.") from None
        return joined

    def _enter(self, say: Callable[[str], None], migrate: Callable[[str], None] | None) -> None:
        with self._door(say):
            self._presence = _locked(self._folder / "users.lock", fcntl.LOCK_SH)
            try:
                self._be_up(say)
                if migrate:
                    migrate(self.owner_url)
            except BaseException:
                self._go()
                raise

    @property
    def owner_url(self) -> str:
        """The address for who owns the tables: migrations only."""
        return self.url_for(OWNER)

    def url_for(self, login: str) -> str:
        """The address for one of LOGINS."""
        place = f"host={quote(str(self._socket))}&port={postmaster.PORT}"  # named, or a PGPORT around us would win
        return f"postgresql+asyncpg://{login}:{self._passwords[login]}@/{DATABASE}?{place}"

    def revive(self, say: Callable[[str], None] = _quietly) -> None:
        """Start the server again, at the same address where that can be, when it died while we use it."""
        with self._door(say):
            self._be_up(say)

    def leave(self) -> None:
        """Stop using the server; the last to leave stops it. A second call does nothing."""
        if self._presence is not None:
            with self._door(_quietly):
                self._go()

    @contextmanager
    def _door(self, say: Callable[[str], None]) -> Iterator[None]:
        path = self._folder / "door.lock"
        lock = _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if lock is None:
            say("Another process is starting or stopping the database: waiting for it.")
        with lock or path.open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _be_up(self, say: Callable[[str], None]) -> None:
        if self._adopt():
            return
        account = account_for(self._folder, self._programs)
        if not self._data.exists():
            say(f"Making a database in {self._folder}; this happens once.")
            postmaster.make(self._data, self._programs, account, self._passwords[OWNER], fsync=self._fsync)
        say("Starting the database.")
        postmaster.stop(self._data)  # one whose socket somebody removed cannot be reached any more
        self._socket = _socket_folder(self._folder, self._data, account)
        postmaster.start(self._data, self._socket, self._programs, account, fsync=self._fsync, say=say)

    def _adopt(self) -> bool:
        server = postmaster.running(self._data)
        if server is None or (server.state == "ready" and not (server.socket / f".s.PGSQL.{postmaster.PORT}").exists()):
            return False
        if not postmaster.answers(server.pid, self._data, server.socket, self._programs):
            return False
        self._socket = server.socket
        return True

    def _go(self) -> None:
        if self._presence:
            self._presence.close()
            self._presence = None
        alone = _locked(self._folder / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        if alone:
            with alone:
                postmaster.stop(self._data)
                if self._socket:
                    shutil.rmtree(self._socket, ignore_errors=True)


def login_passwords(data_dir: Path) -> dict[str, str]:
    """The password of each of LOGINS on this folder's server, made at the first call and kept for its owner alone."""
    kept = _passwords(Path(data_dir))
    return {login: kept[login] for login in LOGINS}


def _passwords(folder: Path) -> dict[str, str]:
    path = folder / "passwords.json"
    if not path.exists():
        if (folder / "pg").exists():
            raise EmbeddedError(f"{path} is missing, and the database beside it opens only with it: bring it back.")
        _write_once(path, json.dumps({login: secrets.token_urlsafe(24) for login in (OWNER, *LOGINS)}, indent=1))
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def _write_once(path: Path, text: str) -> None:
    # Two processes may come first together: the link decides, and both read what it left.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as ours:  # readable by its owner alone
        ours.write(text)
        ours.flush()
        os.fsync(ours.fileno())
        try:
            os.link(ours.name, path)
        except FileExistsError:
            return


def _locked(path: Path, how: int) -> IO[bytes] | None:
    lock = path.open("ab")
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        lock.close()
        return None
    except BaseException:
        lock.close()
        raise
    return lock


def _socket_folder(folder: Path, data: Path, account: Account) -> Path:
    """An empty folder for the socket, only ours: the one of the last start again, so that old addresses stay true.

    It is not the last one's when the whole data folder was copied: then the other copy's server may be using it.
    """
    record, this = folder / "socket.json", [data.stat().st_dev, data.stat().st_ino]
    try:
        known = json.loads(record.read_text())
        place = Path(known["folder"]) if known["data"] == this else None
    except (OSError, ValueError, KeyError):
        place = None
    if place is None or not _emptied(place):
        place = Path(tempfile.mkdtemp(prefix="hamroh-", dir=_short_temporary_folder()))
    account.give(place)
    record.write_text(json.dumps({"folder": str(place), "data": this}))
    return place


def _emptied(place: Path) -> bool:
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(mode=0o700)
    except OSError:  # somebody else's by now
        return False
    return True


def _short_temporary_folder() -> str:
    longest = f"/hamroh-12345678/.s.PGSQL.{postmaster.PORT}"
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 (mkdtemp makes its own folder in it)
        if len(os.fsencode(place + longest)) <= SOCKET_PATH and '"' not in place and os.access(place, os.W_OK):
            return place
    raise EmbeddedError("The path of the temporary folder is too long for a socket: set TMPDIR to a shorter one.")
