"""The command line lists what is there, hands the words on, and says in one sentence what is wrong."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from hamroh import __main__ as door
from hamroh.__main__ import COMMANDS, Command, main
from vault.settings import read_settings


@pytest.fixture
def errands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A front door with two commands that are there and one that is not; the list holds the words of each call."""
    said = list[list[str]]()
    room = ModuleType("a_room")

    def note(words: list[str]) -> int:
        said.append(words)
        return len(words)

    def stumble(words: list[str]) -> int:
        read_settings({"HAMROH_DOOR": "ajar"})
        return 0

    room.__dict__.update(note=note, stumble=stumble, __spec__=door.__spec__)
    monkeypatch.setitem(sys.modules, "a_room", room)
    table = {
        "note": Command("Do", "note what is said", "a_room:note"),
        "stumble": Command("Do", "stumble over a setting", "a_room:stumble"),
        "absent": Command("Dream", "do what nobody wrote", "no_such_room:main"),
    }
    monkeypatch.setattr(door, "COMMANDS", table)
    return said


def test_a_command_gets_its_words_and_gives_the_exit_status(errands: list[list[str]]) -> None:
    assert main(["note", "--loudly", "all of it"]) == 2
    assert errands == [["--loudly", "all of it"]]


def test_help_is_a_table_of_contents_of_what_is_there(
    errands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "Do\n  note       note what is said\n  stumble    stumble over a setting\n" in capsys.readouterr().out


def test_what_is_not_there_is_neither_listed_nor_taken(
    errands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["absent"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "invalid choice: 'absent'" in said
    assert "Dream" not in said


def test_a_wrong_setting_is_one_sentence_and_no_traceback(
    errands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stumble"]) == 2
    assert capsys.readouterr().err == "hamroh: HAMROH_DOOR must be 'open' or 'closed'.\n"


def test_every_command_lives_in_the_module_that_bears_its_name() -> None:
    assert {name: command.where for name, command in COMMANDS.items()} == {
        name: f"hamroh.{name}:main" for name in COMMANDS
    }


def test_each_chapter_stands_in_one_piece() -> None:
    chapters = [command.chapter for command in COMMANDS.values()]
    assert chapters == sorted(chapters, key=chapters.index)
