"""The settings: every HAMROH_ variable, read once from an environment and refused in one sentence when wrong."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from vault import forms
from vault.forms import Rate

__all__ = ["SECRETS", "Rate", "Settings", "SettingsError", "read_settings", "setting_names"]

log = logging.getLogger("hamroh.settings")

PREFIX = "HAMROH_"
TELEGRAM_API = "https://api.telegram.org"


class SettingsError(Exception):
    """A setting is wrong; the text is one sentence for the person who set it, and never holds a secret's value."""


class Settings(BaseSettings):
    """One process's settings; frozen. What its repr leaves out is a secret, and may come from a NAME_FILE."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, enable_decoding=False, frozen=True, hide_input_in_errors=True, validate_default=False
    )

    survivor_token: Annotated[str, BeforeValidator(forms.bot_token)] | None = Field(None, repr=False)
    operator_token: Annotated[str, BeforeValidator(forms.bot_token)] | None = Field(None, repr=False)
    telegram_api: Annotated[str, BeforeValidator(forms.address)] = TELEGRAM_API
    telegram_rate: Annotated[Rate | None, BeforeValidator(forms.rate)] = Rate(30, 1, 5)
    database_url: Annotated[str, BeforeValidator(forms.database)] | None = Field(None, repr=False)
    data_dir: Annotated[Path, BeforeValidator(forms.place)] = Field(Path(".hamroh"), validate_default=True)
    survivor_key: Annotated[bytes, BeforeValidator(forms.key)] | None = Field(None, repr=False)
    desk_key: Annotated[bytes, BeforeValidator(forms.key)] | None = Field(None, repr=False)
    ring_copy: Annotated[Path, BeforeValidator(forms.folder)] | None = None
    webhook_url: Annotated[str, BeforeValidator(forms.address)] | None = None
    webhook_secret: Annotated[str, BeforeValidator(forms.long_secret)] | None = Field(None, repr=False)
    listen: Annotated[tuple[str, int], BeforeValidator(forms.host_and_port)] | None = None
    region: Annotated[str, BeforeValidator(forms.region)] = "bukhara"
    private: Annotated[Path, BeforeValidator(forms.folder)] | None = None
    door: Literal["open", "closed"] = "open"
    pg_bin: Annotated[Path, BeforeValidator(forms.programs)] | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read_settings` was given: nothing slips in from the process's real environment."""
        return (init_settings,)

    @model_validator(mode="after")
    def _that_agree(self) -> Self:
        for complaint in _disagreements(self):
            raise ValueError(complaint)
        return self


#: The attributes that must never be shown, and may come from a NAME_FILE.
SECRETS = tuple(name for name, field in Settings.model_fields.items() if not field.repr)


def setting_names() -> tuple[str, ...]:
    """Every variable that is read, in the order of the table; a secret's NAME_FILE follows its NAME."""
    return tuple(
        f"{PREFIX}{field.upper()}{suffix}"
        for field in Settings.model_fields
        for suffix in (("", "_FILE") if field in SECRETS else ("",))
    )


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings that this environment describes; unknown HAMROH_ names are warned about by name, never by value.

    Raises SettingsError with one sentence for the first thing that is wrong. An empty value counts as not set.
    """
    _warn_of_unknown(environ)
    given = _Given(Settings, {**environ, **dict(_from_files(environ))})
    try:
        return Settings(**given())
    except ValidationError as refused:
        raise SettingsError(_sentence(refused)) from None


class _Given(EnvSettingsSource):
    """The environment that was handed in, instead of the process's own."""

    def __init__(self, settings: type[Settings], environ: Mapping[str, str]) -> None:
        super().__init__(settings)
        self.env_vars = {name.lower(): value.strip() for name, value in environ.items() if value.strip()}


def _from_files(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field in SECRETS:
        name = PREFIX + field.upper()
        path = environ.get(f"{name}_FILE", "").strip()
        if not path:
            continue
        if environ.get(name, "").strip():
            raise SettingsError(f"{name} and {name}_FILE are both set: keep one of them.")
        yield name, _text_of(f"{name}_FILE", Path(path))


def _text_of(name: str, path: Path) -> str:
    try:
        text = path.expanduser().read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name} names a file that cannot be read: {path} ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{name} names a file that is not text: {path}.") from None
    if not text:
        raise SettingsError(f"{name} names an empty file: {path}.")
    return text


def _warn_of_unknown(environ: Mapping[str, str]) -> None:
    known = setting_names()
    for name in sorted(name for name in environ if name.startswith(PREFIX) and name not in known):
        near = difflib.get_close_matches(name, known, 1, cutoff=0.8)
        log.warning("%s is not a setting and is ignored%s", name, f"; did you mean {near[0]}?" if near else ".")


def _sentence(refused: ValidationError) -> str:
    first = refused.errors(include_input=False, include_url=False)[0]
    said = str(first.get("ctx", {}).get("error", first["msg"]))
    if not first["loc"]:
        return f"{said}."
    if first["type"] == "literal_error":
        said = f"must be {first['ctx']['expected']}"
    return f"{PREFIX}{str(first['loc'][0]).upper()} {said}."


def _disagreements(held: Settings) -> Iterator[str]:
    webhook = {"WEBHOOK_URL": held.webhook_url, "WEBHOOK_SECRET": held.webhook_secret, "LISTEN": held.listen}
    missing = [PREFIX + name for name, value in webhook.items() if value is None]
    if 0 < len(missing) < len(webhook):
        yield f"{' and '.join(missing)} must be set too: a webhook needs its address, its secret and where to listen"
    if held.webhook_url and held.telegram_api == TELEGRAM_API and not forms.telegram_can_call(held.webhook_url):
        ports = ", ".join(map(str, forms.TELEGRAM_PORTS))
        yield f"HAMROH_WEBHOOK_URL must use one of the ports that Telegram calls: {ports}"
    if held.survivor_token and held.survivor_token == held.operator_token:
        yield "HAMROH_SURVIVOR_TOKEN and HAMROH_OPERATOR_TOKEN must be the tokens of two different bots"
    if held.survivor_key and held.survivor_key == held.desk_key:
        yield "HAMROH_SURVIVOR_KEY and HAMROH_DESK_KEY must differ: each side opens only its own"
    if held.ring_copy and held.ring_copy.resolve().is_relative_to(held.data_dir.resolve()):
        yield "HAMROH_RING_COPY must lie outside HAMROH_DATA_DIR, or both are lost together"
