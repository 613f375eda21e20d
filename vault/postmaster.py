"""One PostgreSQL server in a folder: how it is made, started, found again and stopped."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vault.account import Account, EmbeddedError, version_of

OWNER, DATABASE, PORT = "owner", "hamroh", 5432
START_SECONDS = 300.0  # a crash recovery may take its time; a healthy start takes 0.1 s
ORPHAN_SECONDS = 30.0  # how long the backends of a killed server may need to notice
STOP_SECONDS = 60.0
PAUSE = 0.02
LONG_LOG = 1_000_000  # bytes; one older log is kept beside it

#: What a person wrote must not reach PostgreSQL's log: no statement, no DETAIL line, which quotes the row, and no
#: ERROR, which may quote a value ("log" ranks between error and fatal).
SERVER = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
#: For clusters that are thrown away: a killed server still keeps each commit, a killed machine may not.
THROW_AWAY = {"fsync": "off", "full_page_writes": "off"}

# The shell goes at once, so the server is nobody's child: who started it may be killed, and nobody has to reap it.
DETACH = 'exec "$@" >&2 </dev/null & echo $!'


@dataclass(frozen=True, slots=True)
class Server:
    """A living server, as its pid file tells: its process, the folder of its socket, its state."""

    pid: int
    socket: Path
    state: str


def make(data: Path, programs: Path, account: Account, password: str, *, fsync: bool) -> None:
    """A new cluster with one empty database; a half-made one of an earlier, killed try is thrown away first.

    Who owns the cluster needs the password even on the socket, since other processes of this machine may reach it.
    """
    half = data.with_name("pg.half-made")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    account.give(half)
    secret = half.with_name("pg.first-password")
    secret.touch(mode=0o600)
    secret.write_text(password)
    account.give(secret)
    try:
        _first(account, [programs / "initdb", "-D", half, *_initdb(programs, secret, fsync=fsync)], "")
        single: list[str | Path] = [
            programs / "postgres",
            "--single",
            "-D",
            half,
            "-c",
            f"fsync={'on' if fsync else 'off'}",
            "postgres",
        ]
        _first(account, single, f"CREATE DATABASE {DATABASE}\n")
    finally:
        secret.unlink()
    half.rename(data)


def _initdb(programs: Path, secret: Path, *, fsync: bool) -> list[str]:
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]  # known on every system
    locale = builtin if version_of(programs) >= 17 else ["--locale=C.UTF-8"]
    access = ["--auth-local=scram-sha-256", "--auth-host=reject", f"--pwfile={secret}", f"--username={OWNER}"]
    return ["--encoding=UTF8", "--data-checksums", *locale, *access, *([] if fsync else ["--no-sync"])]


def _first(account: Account, command: list[str | Path], said: str) -> None:
    done = account.run(command, input=said, capture_output=True)
    if done.returncode != 0:
        raise EmbeddedError(f"PostgreSQL could not make its database: {_last_line(done.stderr)}.")


def start(
    data: Path, socket: Path, programs: Path, account: Account, *, fsync: bool, say: Callable[[str], None]
) -> None:
    """Start the server and wait until it answers; tries again while backends of a killed server are dying."""
    _check_version(data, programs)
    _forget_a_stranger(data)
    log, limit, told = data.with_name("postgres.log"), time.monotonic() + ORPHAN_SECONDS, False
    if log.exists() and log.stat().st_size > LONG_LOG:
        log.replace(log.with_suffix(".log.1"))
    while True:
        read = log.stat().st_size if log.exists() else 0
        pid = _spawn(data, socket, programs, account, log, fsync=fsync)
        if answers(pid, data, socket, programs):
            return
        said = log.read_bytes()[read:].decode(errors="replace")
        # It ends without a reason of its own where somebody kills it while it recovers.
        if time.monotonic() > limit or not re.search("still in use|already exists", _reasons(said) or "already exists"):
            raise EmbeddedError(f"PostgreSQL did not start: {_last_line(said)} (more in {log}).")
        if not told:
            say("The last run was cut short: waiting for what is left of it to end.")
        told = True
        time.sleep(10 * PAUSE)


def _spawn(data: Path, socket: Path, programs: Path, account: Account, log: Path, *, fsync: bool) -> int:
    options = SERVER | {"unix_socket_directories": f'"{socket}"'} | ({} if fsync else THROW_AWAY)
    flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command: list[str | Path] = ["sh", "-c", DETACH, "sh", programs / "postgres", "-D", data, *flags]
    with log.open("ab") as out:
        log.chmod(0o600)
        done = account.run(command, cwd=data, stdout=subprocess.PIPE, stderr=out, start_new_session=True)
    return int(done.stdout)


def answers(pid: int, data: Path, socket: Path, programs: Path) -> bool:
    """Wait until this server takes connections; false when it ends instead. Raises EmbeddedError after a time limit."""
    limit = time.monotonic() + START_SECONDS
    command: list[str | Path] = [programs / "pg_isready", "-q", "-h", socket, "-p", str(PORT)]
    while time.monotonic() < limit:
        if Account().run(command).returncode == 0:
            return True
        if not lives(pid, data):
            return False
        time.sleep(PAUSE)
    raise EmbeddedError(
        f"PostgreSQL did not answer for {START_SECONDS:.0f} seconds (more in {data.parent}/postgres.log)."
    )


def running(data: Path) -> Server | None:
    """The server that lives in this folder, if one does."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines() + [""] * 8
        pid = int(lines[0])
    except (OSError, ValueError):
        return None
    return Server(pid, Path(lines[4]), lines[7].strip()) if lives(pid, data) else None


def lives(pid: int, data: Path) -> bool:
    """Whether this process is a server in this folder: its number may be another's by now, or that of a zombie."""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", data)  # a server stands in its data folder
    except PermissionError:
        return re.search(r"\(postgres\) [^ZX]", Path(f"/proc/{pid}/stat").read_text()) is not None
    except OSError:
        return not Path("/proc/self").exists() and _exists(pid)


def stop(data: Path) -> None:
    """End the server in this folder, losing no commit, and wait for it. Raises EmbeddedError after a time limit."""
    server = running(data)
    if server is None:
        return
    os.kill(server.pid, signal.SIGINT)
    limit = time.monotonic() + STOP_SECONDS
    while lives(server.pid, data):
        if time.monotonic() > limit:
            raise EmbeddedError(f"PostgreSQL did not stop in {STOP_SECONDS:.0f} seconds: its process is {server.pid}.")
        time.sleep(PAUSE)


def _check_version(data: Path, programs: Path) -> None:
    made, ours = (data / "PG_VERSION").read_text().strip(), version_of(programs)
    if made != str(ours):
        raise EmbeddedError(
            f"The database in {data} was made by PostgreSQL {made}, and {programs} is {ours}: "
            "name the matching programs in HAMROH_PG_BIN, or restore a backup into a new folder."
        )


def _forget_a_stranger(data: Path) -> None:
    # PostgreSQL refuses to start while any process has the number in its pid file. Called when none of ours lives: then
    # that process is a stranger, or the server of a folder that this one was copied from.
    pid_file = data / "postmaster.pid"
    try:
        if _exists(int(pid_file.read_text().split()[0])):
            pid_file.unlink()
    except (OSError, ValueError, IndexError):
        return


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _reasons(said: str) -> str:
    """What the log says against a start, without what it said to clients who came too early."""
    of_clients = "the database system is|terminating connection|client"
    # What is wrong with the folder itself is said before there is a server to say FATAL.
    against = [line for line in said.splitlines() if re.search("FATAL|PANIC|could not", line)]
    return "\n".join(line for line in against if not re.search(of_clients, line))


def _last_line(said: str) -> str:
    telling = [line for line in said.strip().splitlines() if re.search("FATAL|PANIC|error|could not", line)]
    return ((telling or said.strip().splitlines() or ["it said nothing"])[-1]).strip().rstrip(".")
