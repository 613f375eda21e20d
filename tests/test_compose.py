"""The deployment on one machine: each process holds only its own secrets, and as little else as it can run with."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from vault.settings import SECRETS, read_settings, setting_names

HOUSE = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = YAML(typ="safe").load(HOUSE / "docker-compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROCESSES = ("survivors", "operators", "rounds")
OURS = ("migrate", *PROCESSES)

HELD = {
    "database": {"owner_password"},
    "migrate": {"owner_database_url"},
    "survivors": {"survivor_token", "survivor_key", "survivors_database_url"},
    "operators": {"operator_token", "desk_key", "operators_database_url"},
    "rounds": {"rounds_database_url"},
}
SAMPLES = {
    "token": "1:not-a-token",
    "key": base64.urlsafe_b64encode(bytes(32)).decode(),
    "url": "postgresql+asyncpg://login:password@database/hamroh",
}
every_service = pytest.mark.parametrize("name", SERVICES)
every_process = pytest.mark.parametrize("name", OURS)


def test_the_file_is_what_the_compose_specification_asks_for() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    done = subprocess.run(command, cwd=HOUSE, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ok -- validation done")


def test_docker_compose_itself_takes_the_file() -> None:
    for compose in (["docker", "compose"], ["docker-compose"]):
        if (
            not shutil.which(compose[0])
            or subprocess.run([*compose, "version"], capture_output=True, check=False).returncode
        ):
            continue
        done = subprocess.run([*compose, "config", "-q"], cwd=HOUSE, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return
    pytest.skip("no docker compose answers here: the file was checked as data only")


def test_the_services_are_the_database_its_migration_and_the_three_processes() -> None:
    assert tuple(SERVICES) == ("database", *OURS)
    assert {name: SERVICES[name]["command"] for name in OURS} == {
        "migrate": ["migrate"],
        **{name: ["run", name] for name in PROCESSES},
    }


def test_each_holds_its_own_secrets_and_nobody_elses() -> None:
    assert {name: set(service["secrets"]) for name, service in SERVICES.items()} == HELD
    assert sorted(secret for held in HELD.values() for secret in held) == sorted(COMPOSE["secrets"])


@every_service
def test_a_secret_comes_by_file_and_only_from_among_its_own(name: str) -> None:
    given: dict[str, str] = SERVICES[name]["environment"]
    named = {value for key, value in given.items() if key.endswith("_FILE")}
    assert named == {f"/run/secrets/{secret}" for secret in HELD[name]}
    plain = {f"HAMROH_{secret.upper()}" for secret in SECRETS} | {"POSTGRES_PASSWORD"}
    assert not plain & set(given)


@every_process
def test_every_setting_it_uses_exists_and_reads_well(name: str, tmp_path: Path) -> None:
    given: dict[str, str] = {key: _default(value) for key, value in SERVICES[name]["environment"].items()}
    assert set(given) <= set(setting_names())
    for secret in HELD[name]:
        (tmp_path / secret).write_text(SAMPLES[secret.rsplit("_", 1)[-1]])
    settings = read_settings({key: value.replace("/run/secrets", str(tmp_path)) for key, value in given.items()})
    assert settings.database_url == SAMPLES["url"]
    assert (settings.survivor_token is not None) == (name == "survivors")
    assert (settings.operator_token is not None) == (name == "operators")


def _default(value: str) -> str:
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


@every_service
def test_it_cannot_write_beside_its_own_folder_nor_become_more_than_it_is(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc", "network_mode", "ports"} & set(service)
    assert all({"noexec", "nosuid", "nodev"} <= set(place.split(":")[1].split(",")) for place in service["tmpfs"])
    assert service["pids_limit"] > 0
    assert service["mem_limit"]


def test_each_runs_as_a_user_of_its_own_who_is_not_root() -> None:
    users = {name: service["user"].partition(":")[0] for name, service in SERVICES.items()}
    assert all(int(user) > 0 for user in users.values())
    assert len(set(users.values())) == len(users)
    made = dict(re.findall(r"(\w+):(\d{5})", (HOUSE / "Dockerfile").read_text()))
    assert made == {name: users[name] for name in OURS}


def test_each_keeps_its_data_in_a_volume_of_its_own_from_this_machine_nothing() -> None:
    mounts = {name: service.get("volumes", []) for name, service in SERVICES.items()}
    assert mounts == {
        "database": ["database:/var/lib/postgresql"],
        "migrate": [],
        **{name: [f"{name}:/data/{name}"] for name in PROCESSES},
    }
    assert set(COMPOSE["volumes"]) == {"database", *PROCESSES}


def test_only_the_two_fronts_reach_the_internet() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    ways = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert all("inside" in way for way in ways.values())
    assert {name for name, way in ways.items() if "outside" in way} == {"survivors", "operators"}


def test_each_that_stays_says_how_it_is_and_is_started_again() -> None:
    asked = {name: service["healthcheck"].get("test") for name, service in SERVICES.items()}
    assert asked == {
        "database": ["CMD", "pg_isready", "--quiet", "--username=owner", "--dbname=hamroh"],
        "migrate": None,
        **{name: ["CMD", "python", "-m", "hamroh", "health", name] for name in PROCESSES},
    }
    assert {name for name, service in SERVICES.items() if service["restart"] == "unless-stopped"} == {
        "database",
        *PROCESSES,
    }
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_starts_on_a_migrated_database_only(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {
        "database": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }


@every_service
def test_its_log_cannot_fill_the_disk(name: str) -> None:
    assert SERVICES[name]["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "3"}}


def test_the_databases_log_keeps_no_word_that_a_person_wrote() -> None:
    words = SERVICES["database"]["command"].split()
    assert {"log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(words)
    assert "log_statement=none" in words


def test_the_image_holds_only_what_runs() -> None:
    steps = [line for line in (HOUSE / "Dockerfile").read_text().splitlines() if re.match("[A-Z]+ ", line)]
    assert re.fullmatch(r"FROM python:3\.1[1-4]-slim", steps[0])
    assert "USER 10001" in steps
    assert [line for line in steps if "pip install" in line] == [
        "RUN pip install --require-hashes --no-deps -r requirements/run.txt"
    ]
    allowed = (HOUSE / ".dockerignore").read_text().split()
    assert allowed[allowed.index("stays") :].count("*") == 1
    let_in = {line[1:] for line in allowed if line.startswith("!")}
    assert not let_in & {"practice", "tests", "secrets", ".env", ".git", ".hamroh", "."}
