"""The settings are read whole, or refused in one sentence that never shows a secret."""

from __future__ import annotations

import base64
import logging
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from vault.settings import SECRETS, Rate, Settings, SettingsError, read_settings, setting_names

EXAMPLE = Path(__file__).parents[2] / ".env.example"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
HER_TOKEN, DESK_TOKEN = "111:her-token_of-no-bot", "222:desk-token_of-no-bot"
WEBHOOK = {
    "HAMROH_WEBHOOK_URL": "https://hotline.example/in/",
    "HAMROH_WEBHOOK_SECRET": "sixteen letters.",
    "HAMROH_LISTEN": "127.0.0.1:8443",
}

READ: list[tuple[dict[str, str], str, object]] = [
    ({"HAMROH_SURVIVOR_TOKEN": HER_TOKEN}, "survivor_token", HER_TOKEN),
    ({"HAMROH_OPERATOR_TOKEN": f" {DESK_TOKEN}\n"}, "operator_token", DESK_TOKEN),
    ({"HAMROH_SURVIVOR_TOKEN": ""}, "survivor_token", None),
    ({}, "telegram_api", "https://api.telegram.org"),
    ({"HAMROH_TELEGRAM_API": "http://127.0.0.1:8081/"}, "telegram_api", "http://127.0.0.1:8081"),
    ({"HAMROH_TELEGRAM_API": "http://[::1]:8081"}, "telegram_api", "http://[::1]:8081"),
    ({}, "telegram_rate", Rate(30, 1, 5)),
    ({"HAMROH_TELEGRAM_RATE": "20/0.5:3"}, "telegram_rate", Rate(20, 0.5, 3)),
    ({"HAMROH_TELEGRAM_RATE": "0"}, "telegram_rate", None),
    ({}, "database_url", None),
    ({"HAMROH_DATABASE_URL": "postgresql+asyncpg://a:b@h/d"}, "database_url", "postgresql+asyncpg://a:b@h/d"),
    (
        {"HAMROH_DATABASE_URL": "postgresql+asyncpg://a:b@/d?host=one:5432&host=two:5432"},
        "database_url",
        "postgresql+asyncpg://a:b@/d?host=one:5432&host=two:5432",
    ),
    ({}, "data_dir", Path(".hamroh").absolute()),
    ({"HAMROH_DATA_DIR": "/a place/x"}, "data_dir", Path("/a place/x")),
    ({"HAMROH_SURVIVOR_KEY": KEY}, "survivor_key", bytes(range(32))),
    ({"HAMROH_DESK_KEY": KEY + "="}, "desk_key", bytes(range(32))),
    (WEBHOOK, "webhook_url", "https://hotline.example/in"),
    (WEBHOOK, "listen", ("127.0.0.1", 8443)),
    (WEBHOOK | {"HAMROH_LISTEN": "[::1]:80"}, "listen", ("::1", 80)),
    (WEBHOOK | {"HAMROH_WEBHOOK_URL": "http://localhost:9000"}, "webhook_url", "http://localhost:9000"),
    ({}, "webhook_url", None),
    ({}, "region", "bukhara"),
    ({"HAMROH_REGION": "tashkent-city"}, "region", "tashkent-city"),
    ({"HAMROH_PRIVATE": "/"}, "private", Path("/")),
    ({"HAMROH_RING_COPY": "/"}, "ring_copy", Path("/")),
    ({"HAMROH_DOOR": "closed"}, "door", "closed"),
    ({}, "pg_bin", None),
]

REFUSED: list[tuple[dict[str, str], str]] = [
    ({"HAMROH_SURVIVOR_TOKEN": "hush"}, "HAMROH_SURVIVOR_TOKEN must be a bot token as BotFather gives it"),
    ({"HAMROH_OPERATOR_TOKEN": "1:hush hush"}, "HAMROH_OPERATOR_TOKEN must be a bot token"),
    (
        {"HAMROH_SURVIVOR_TOKEN": "1:hush", "HAMROH_OPERATOR_TOKEN": "1:hush"},
        "HAMROH_SURVIVOR_TOKEN and HAMROH_OPERATOR_TOKEN must be the tokens of two different bots",
    ),
    ({"HAMROH_TELEGRAM_API": "http://bots.example"}, "HAMROH_TELEGRAM_API must be a bare https address"),
    ({"HAMROH_TELEGRAM_API": "api.telegram.org"}, "HAMROH_TELEGRAM_API must be a bare https address"),
    ({"HAMROH_TELEGRAM_API": "https://[::1"}, "HAMROH_TELEGRAM_API must be a bare https address"),
    ({"HAMROH_TELEGRAM_API": "https://x:port"}, "HAMROH_TELEGRAM_API must be a bare https address"),
    ({"HAMROH_TELEGRAM_RATE": "30"}, "HAMROH_TELEGRAM_RATE must look like 30/1:5"),
    ({"HAMROH_TELEGRAM_RATE": "30/0:5"}, "HAMROH_TELEGRAM_RATE must look like 30/1:5"),
    ({"HAMROH_TELEGRAM_RATE": "30/1:0"}, "HAMROH_TELEGRAM_RATE must look like 30/1:5"),
    ({"HAMROH_DATABASE_URL": "postgres://a:hush@h/d"}, "HAMROH_DATABASE_URL must look like postgresql+asyncpg://"),
    ({"HAMROH_DATABASE_URL": "postgresql+asyncpg://hush"}, "HAMROH_DATABASE_URL must look like postgresql+asyncpg://"),
    ({"HAMROH_DATA_DIR": str(EXAMPLE)}, "HAMROH_DATA_DIR must be a folder, and "),
    ({"HAMROH_SURVIVOR_KEY": "hush"}, "HAMROH_SURVIVOR_KEY must be 32 random bytes in base64url"),
    ({"HAMROH_DESK_KEY": "hush" * 11}, "HAMROH_DESK_KEY must be 32 random bytes"),
    ({"HAMROH_DESK_KEY": "hush*" * 9}, "HAMROH_DESK_KEY must be 32 random bytes"),
    ({"HAMROH_DESK_KEY": "ҳush" * 9}, "HAMROH_DESK_KEY must be 32 random bytes"),
    ({"HAMROH_SURVIVOR_KEY": KEY, "HAMROH_DESK_KEY": KEY}, "HAMROH_SURVIVOR_KEY and HAMROH_DESK_KEY must differ"),
    ({"HAMROH_RING_COPY": "/no such disk"}, "HAMROH_RING_COPY must be a folder that exists, and /no such disk is none"),
    ({"HAMROH_RING_COPY": "/", "HAMROH_DATA_DIR": "/"}, "HAMROH_RING_COPY must lie outside HAMROH_DATA_DIR"),
    (WEBHOOK | {"HAMROH_WEBHOOK_URL": "http://hotline.example"}, "HAMROH_WEBHOOK_URL must be a bare https address"),
    (WEBHOOK | {"HAMROH_WEBHOOK_URL": "https://h.example?a=1"}, "HAMROH_WEBHOOK_URL must be a bare https address"),
    (WEBHOOK | {"HAMROH_WEBHOOK_URL": "https://h.example:9"}, "HAMROH_WEBHOOK_URL must use one of the ports"),
    (WEBHOOK | {"HAMROH_WEBHOOK_SECRET": "hush"}, "HAMROH_WEBHOOK_SECRET must be at least 16 characters long"),
    (WEBHOOK | {"HAMROH_WEBHOOK_SECRET": ""}, "HAMROH_WEBHOOK_SECRET must be set too"),
    ({"HAMROH_LISTEN": "127.0.0.1:80"}, "HAMROH_WEBHOOK_URL and HAMROH_WEBHOOK_SECRET must be set too"),
    (WEBHOOK | {"HAMROH_LISTEN": "8443"}, "HAMROH_LISTEN must look like 127.0.0.1:8443"),
    (WEBHOOK | {"HAMROH_LISTEN": "host:99999"}, "HAMROH_LISTEN must look like 127.0.0.1:8443"),
    (WEBHOOK | {"HAMROH_LISTEN": "http://host:80"}, "HAMROH_LISTEN must look like 127.0.0.1:8443"),
    ({"HAMROH_REGION": "../elsewhere"}, "HAMROH_REGION must be the name of a region's bundle"),
    ({"HAMROH_PRIVATE": "/no such folder"}, "HAMROH_PRIVATE must be a folder that exists"),
    ({"HAMROH_DOOR": "ajar"}, "HAMROH_DOOR must be 'open' or 'closed'."),
    ({"HAMROH_PG_BIN": "/"}, "HAMROH_PG_BIN must be a folder with PostgreSQL's programs, and / has no initdb."),
    ({"HAMROH_DESK_KEY_FILE": "/no/key"}, "HAMROH_DESK_KEY_FILE names a file that cannot be read: /no/key"),
    ({"HAMROH_DESK_KEY_FILE": "/dev/null"}, "HAMROH_DESK_KEY_FILE names an empty file: /dev/null."),
    (
        {"HAMROH_DESK_KEY_FILE": "/dev/null", "HAMROH_DESK_KEY": "hush"},
        "HAMROH_DESK_KEY and HAMROH_DESK_KEY_FILE are both set: keep one of them.",
    ),
]


@pytest.mark.parametrize(("environ", "name", "value"), READ)
def test_a_right_value_is_read(environ: dict[str, str], name: str, value: object) -> None:
    assert getattr(read_settings(environ), name) == value


@pytest.mark.parametrize(("environ", "sentence"), REFUSED)
def test_a_wrong_value_is_refused_in_one_sentence_that_holds_no_secret(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(environ)
    said = str(refused.value)
    assert said.startswith(sentence)
    assert said.endswith(".")
    assert "\n" not in said
    assert "hush" not in "".join(traceback.format_exception(refused.value))


def test_every_setting_has_a_case_in_the_tables() -> None:
    tried = {name for environ in [row[0] for row in READ] + [row[0] for row in REFUSED] for name in environ}
    assert tried >= {f"HAMROH_{field.upper()}" for field in Settings.model_fields}


@pytest.mark.parametrize("field", SECRETS)
def test_a_secret_is_read_from_its_file_and_never_shown(field: str, tmp_path: Path) -> None:
    values = {"survivor_key": KEY, "desk_key": KEY, "database_url": "postgresql+asyncpg://a:hush@h/d"}
    secret = values.get(field, "1:hush-hush-hush-hush")
    (tmp_path / "secret").write_text(f"{secret}\n")
    webhook = {"HAMROH_WEBHOOK_URL": "https://h.example", "HAMROH_LISTEN": "h:80"} if field == "webhook_secret" else {}
    settings = read_settings({f"HAMROH_{field.upper()}_FILE": str(tmp_path / "secret"), **webhook})
    assert getattr(settings, field) in (secret, bytes(range(32)))
    assert field not in f"{settings!r} {settings}"


def test_the_secrets_are_the_tokens_the_keys_the_webhook_secret_and_the_database_login() -> None:
    assert set(SECRETS) == {
        "survivor_token", "operator_token", "survivor_key", "desk_key", "webhook_secret", "database_url",
    }  # fmt: skip


def test_the_real_environment_does_not_slip_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMROH_REGION", "elsewhere")
    assert read_settings({}).region == "bukhara"


def test_settings_cannot_be_changed_once_read() -> None:
    settings = read_settings({})
    with pytest.raises(ValidationError):
        settings.region = "elsewhere"


def test_an_unknown_name_is_warned_about_without_its_value(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read_settings({"HAMROH_SURVIVOUR_TOKEN": "hush", "HAMROH_QQ": "hush", "HOME": "/", **WEBHOOK})
    assert caplog.messages == [
        "HAMROH_QQ is not a setting and is ignored.",
        "HAMROH_SURVIVOUR_TOKEN is not a setting and is ignored; did you mean HAMROH_SURVIVOR_TOKEN?",
    ]


def examples() -> Mapping[str, str]:
    rows = [line.split("=", 1) for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(rows)


def test_the_example_lists_every_setting_in_order_with_its_default() -> None:
    assert tuple(examples()) == setting_names()
    assert read_settings(examples()) == read_settings({})
    shown = {field for field in Settings.model_fields if examples()[f"HAMROH_{field.upper()}"]}
    assert shown == {field for field in Settings.model_fields if getattr(read_settings({}), field) is not None}


def test_every_example_stands_under_a_comment() -> None:
    blocks = EXAMPLE.read_text().strip().split("\n\n")
    assert all(block.startswith("# ") for block in blocks)
    assert all(any(not line.startswith("#") for line in block.splitlines()) for block in blocks[1:])
