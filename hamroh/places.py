"""Where things lie on this machine: the catalogs and regions of the checkout, and the database of a process."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.region import Region, read_region
from vault.database import Door, NoDatabaseError, enter, is_lost
from vault.embedded import Embedded, EmbeddedError, login_passwords
from vault.roles import LOGINS, make_logins
from vault.settings import Settings, SettingsError

log = logging.getLogger("hamroh.places")

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
REGIONS = ROOT / "regions"
# What stands in a deployment's private folder, as an example: it opens every page in practice and in tests.
PRACTICE = REGIONS / "practice"

# So often a server that goes away under its first reader is joined anew.
_TRIES = 10


def region_of(settings: Settings) -> Region:
    """The bundle in use; raises SettingsError for a name that is none."""
    folder = REGIONS / settings.region
    if not (folder / "region.toml").exists():
        known = ", ".join(sorted(path.parent.name for path in REGIONS.glob("*/region.toml")))
        raise SettingsError(f"HAMROH_REGION: there is no region {settings.region!r} here (there are: {known}).")
    return read_region(folder, settings.private)


@dataclass(frozen=True, slots=True)
class Database:
    """Where the database is: the owner's address, where it is known, and one for a process."""

    url: str
    embedded: Embedded | None = None
    by_process: Mapping[str, str] = field(default_factory=dict)

    def for_process(self, process: str) -> str:
        """The address that this process connects to: its own login, where it has one."""
        return self.by_process.get(process, self.url)

    async def enter(self, process: str) -> Door:
        """Open the door for a process. The embedded server's address is never wrong: where nobody answers there, it
        went away since it was joined, and that is raised as the loss that it is."""
        try:
            return await enter(self.for_process(process), process)
        except NoDatabaseError as error:
            cause = error.__cause__
            if self.embedded is None or cause is None or not is_lost(cause):
                raise
            raise cause from None

    @property
    def revive(self) -> Callable[[], None] | None:
        """How the server is started again when it died: only the embedded one is ours to start."""
        return None if self.embedded is None else self._revive

    def _revive(self) -> None:
        """A start that failed is said and tried again: who waits for the database must not die of it."""
        try:
            if self.embedded is not None:
                self.embedded.revive()
        except EmbeddedError as error:
            log.error("%s", error)

    def leave(self) -> None:
        """Stop using the embedded server; the last to leave stops it."""
        if self.embedded is not None:
            self.embedded.leave()


def _prepare(folder: Path) -> Callable[[str], None]:
    def climb(owner_url: str) -> None:
        asyncio.run(_climb(owner_url, folder))

    return climb


async def _climb(owner_url: str, folder: Path) -> None:
    # Whoever comes first needs it, and it takes a sixth of everybody's start.
    from vault.migrate import migrate

    await migrate(owner_url)
    await make_logins(owner_url, login_passwords(folder))


def _join(settings: Settings, say: Callable[[str], None], *, fsync: bool) -> Embedded:
    """Join the embedded server, once more where it was killed while it was made ready."""
    for _ in range(_TRIES):
        try:
            return Embedded.join(
                settings.data_dir, pg_bin=settings.pg_bin, say=say, migrate=_prepare(settings.data_dir), fsync=fsync
            )
        except Exception as error:
            if not is_lost(error):
                raise
            say("The database went away while it was made ready: beginning again.")
    raise EmbeddedError(f"The database in {settings.data_dir} goes away each time that it is made ready.")


def open_database(settings: Settings, say: Callable[[str], None], *, fsync: bool = True) -> Database:
    """The database the settings name, or the embedded one: made, started and migrated by whoever comes first.

    Blocks; call it before the loop. Raises EmbeddedError with one sentence.
    """
    if settings.database_url is not None:
        return Database(settings.database_url)
    joined = _join(settings, say, fsync=fsync)
    own = {process: joined.url_for(login) for process, login in LOGINS.items()}
    return Database(joined.owner_url, joined, own)
