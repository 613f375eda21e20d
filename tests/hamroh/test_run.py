"""`hamroh run` refuses in one sentence what it cannot keep."""

import pytest

from hamroh.run import main
from vault.settings import SettingsError

TOKENS = {"HAMROH_SURVIVOR_TOKEN": "1:not-a-token-of-a-bot", "HAMROH_OPERATOR_TOKEN": "2:not-a-token-of-a-bot"}


@pytest.fixture(autouse=True)
def only_these_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("hamroh.run.set_up", lambda _process: None)  # the log's handler would outlive the test


@pytest.mark.parametrize(
    ("process", "name"),
    [("survivors", "HAMROH_SURVIVOR_TOKEN"), ("operators", "HAMROH_OPERATOR_TOKEN"), ("all", "HAMROH_OPERATOR_TOKEN")],
)
def test_a_front_without_its_token_does_not_start(monkeypatch: pytest.MonkeyPatch, process: str, name: str) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(SettingsError, match=f"^{name} is missing: "):
        main([process])


@pytest.mark.parametrize("process", ["survivors", "all"])
def test_nobody_is_left_believing_that_an_open_door_is_closed(monkeypatch: pytest.MonkeyPatch, process: str) -> None:
    monkeypatch.setenv("HAMROH_DOOR", "closed")
    with pytest.raises(SettingsError, match=r"^HAMROH_DOOR=closed is not built yet"):
        main([process])
