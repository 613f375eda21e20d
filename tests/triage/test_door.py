"""The door: who is let in where it is open and where it is closed, and files that would let in nobody or anybody."""

from pathlib import Path

import pytest

from dialogs.region import read_region
from hamroh.places import REGIONS
from triage.door import BrokenDoorError, Door, read_door, refuse_dishes

SHUT = Door(closed=True, parameters=frozenset({"zira7"}), words=frozenset({"qora zira osh"}))


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path


def written(private: Path, text: str) -> Path:
    (private / "door.toml").write_text(text, "utf-8")
    return private


@pytest.mark.parametrize(
    ("door", "command", "rest", "text", "lets_in"),
    [
        (Door(), "/start", "", "/start", True),
        (Door(), "/start", "anything", "/start anything", True),
        (Door(), "", "", "hello", False),
        (Door(), "/help", "", "/help", False),
        (SHUT, "/start", "", "/start", False),
        (SHUT, "/start", "zira7", "/start zira7", True),
        (SHUT, "/start", "ZIRA7", "/start ZIRA7", False),
        (SHUT, "/start", "zira", "/start zira", False),
        (SHUT, "/help", "zira7", "/help zira7", False),
        (SHUT, "", "", "zira7", False),
        (SHUT, "", "", "Қора зира ош", True),
        (SHUT, "", "", "qora  zira osh!", True),
        (SHUT, "", "", "qora zira", False),
        (SHUT, "", "", "🙂", False),
    ],
)
def test_who_is_let_in(door: Door, command: str, rest: str, text: str, lets_in: bool) -> None:
    assert door.lets_in(command, rest, text) is lets_in


def test_an_open_door_needs_no_file(private: Path) -> None:
    assert read_door(False, None) == Door()
    assert read_door(False, private) == Door()


def test_a_closed_door_reads_what_was_handed_out(private: Path) -> None:
    kept = written(private, 'parameters = ["zira7"]\nwords = ["Qora zira osh"]\n')
    assert read_door(True, kept) == SHUT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists of texts"),
        ("parameters = 7", "lists of texts"),
        ("parameters = [", "lists of texts"),
        ("parameters = []", "at least one parameter or word"),
        ('parameters = ["zira7"]\nwords = ["..."]', "words have letters"),
        ('parameters = ["zira7"]\nwords = ["🙂"]', "words have letters"),
    ],
)
def test_a_door_that_opens_for_nobody_or_anybody_is_refused(private: Path, text: str, said: str) -> None:
    with pytest.raises(BrokenDoorError, match=said):
        read_door(True, written(private, text))


def test_a_closed_door_without_its_file_is_refused(private: Path) -> None:
    for folder in (None, private):
        with pytest.raises(BrokenDoorError, match="nobody could come in"):
            read_door(True, folder)


@pytest.mark.parametrize("word", ["Мастава", "oshi sofi", "CHALOP", "mol go'shti"])
def test_a_way_in_that_stands_in_the_book_is_refused(private: Path, word: str) -> None:
    door = read_door(True, written(private, f'parameters = []\nwords = ["{word}"]\n'))
    with pytest.raises(BrokenDoorError, match="the cookery book says"):
        refuse_dishes(door, read_region(REGIONS / "bukhara"))


def test_a_way_in_that_the_book_does_not_know_is_taken() -> None:
    refuse_dishes(SHUT, read_region(REGIONS / "bukhara"))
