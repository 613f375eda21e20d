"""A stand-in for `docker compose`: each service's command as a process of this machine, with what the file gives it.

It reads docker-compose.yml (and compose.override.yml) in the folder where it is called, as docker would. Images, users
and networks are not tried here; environment, secrets, commands and the order are.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

# The address of the database that stands for the service `database`, as its owner.
DATABASE = "STAND_IN_DATABASE"
PIDS = Path("containers.pid")
_STARTS_WITHIN = 60  # checks of health, each a process of its own
_RUNS = ("survivors", "operators", "rounds")


def _compose() -> dict[str, Any]:
    read = YAML(typ="safe")
    whole: dict[str, Any] = read.load(Path("docker-compose.yml"))
    more = Path("compose.override.yml")
    for name, service in (read.load(more)["services"] if more.exists() else {}).items():
        whole["services"][name]["environment"] |= service.get("environment", {})
    return whole


def _secret(compose: dict[str, Any], service: dict[str, Any], path: str) -> str:
    """Where a secret of this service lies here; the owner's address is turned to the database that is here."""
    name = Path(path).name
    if name not in service["secrets"]:
        raise SystemExit(f"the service has no secret {name}")
    given = Path(compose["secrets"][name]["file"])
    if "@database/" not in given.read_text():
        return str(given.absolute())
    password = Path(compose["secrets"]["owner_password"]["file"]).read_text()
    if given.read_text() != f"postgresql+asyncpg://owner:{password}@database/hamroh":
        raise SystemExit("the owner's address is not that of the service `database`")
    here = Path("here.url").absolute()
    here.write_text(os.environ[DATABASE])
    return str(here)


def _environment(compose: dict[str, Any], name: str) -> dict[str, str]:
    service = compose["services"][name]
    kept = {key: os.environ[key] for key in ("PATH", "PYTHONPATH")}
    for key, value in service["environment"].items():
        said = re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: os.environ.get(found[1], found[2]), str(value))
        if said.startswith("/run/secrets/"):
            said = _secret(compose, service, said)
        elif said.startswith(("/data/", "/tmp/")):
            said = str(Path.cwd() / said[1:])
        kept[key] = said
    return kept


def _command(compose: dict[str, Any], name: str, words: list[str]) -> list[str]:
    return [sys.executable, "-m", "hamroh", *(words or compose["services"][name]["command"])]


def _run(compose: dict[str, Any], name: str, words: list[str]) -> int:
    return subprocess.run(_command(compose, name, words), env=_environment(compose, name), check=False).returncode


def _healthy(compose: dict[str, Any], name: str) -> bool:
    test = compose["services"][name]["healthcheck"]["test"]
    asked = subprocess.run([sys.executable, *test[2:]], env=_environment(compose, name), check=False)
    return asked.returncode == 0


def _up(compose: dict[str, Any]) -> int:
    if PIDS.exists():
        return 0
    if _run(compose, "migrate", []):
        return 1
    with Path("containers.log").open("ab") as log:
        started = [
            subprocess.Popen(
                _command(compose, name, []), env=_environment(compose, name), stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )
            for name in _RUNS
        ]  # fmt: skip
    PIDS.write_text("\n".join(str(process.pid) for process in started))
    for name in _RUNS:
        if not any(_healthy(compose, name) for _ in range(_STARTS_WITHIN)):
            return 1
    return 0


def main(argv: list[str]) -> int:
    """`compose build`, `compose run --rm -T SERVICE ...`, `compose up --detach --wait`."""
    compose = _compose()
    match argv:
        case ["compose", "build"]:
            return 0
        case ["compose", "run", "--rm", "-T", name, *words]:
            return _run(compose, name, words)
        case ["compose", "up", "--detach", "--wait"]:
            return _up(compose)
    raise SystemExit(f"this stand-in does not know: docker {' '.join(argv)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
