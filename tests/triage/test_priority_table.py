"""The table of priority: what it covers, and that a broken one is refused with file and line."""

import tomllib

import pytest

from triage.priority_table import priority_table, read_priority_table
from triage.risk_class import RiskClass
from triage.tables import ROOM, BrokenTableError, Page, read_page

TABLE = priority_table()


def test_the_figures_are_those_of_the_operating_procedures() -> None:
    assert TABLE.due_s == {RiskClass.IMMEDIATE: 0, RiskClass.HIGH: 600, RiskClass.ORDINARY: 1800}
    assert (TABLE.room.chats, TABLE.room.with_immediate, TABLE.room.hard_stop) == (2, 1, 3)
    assert sorted(TABLE.danger) == [f"RK-{number:02}" for number in range(1, 15)]


def test_no_rule_gives_the_lowest_class() -> None:
    assert {rule.risk for rule in TABLE.rules} == {RiskClass.HIGH, RiskClass.IMMEDIATE}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"flag=weapon"', '"flag=weapons"', "'flag=weapons' names nothing we know"),
        ('"band=hark.positive"', '"band=hark.yes"', "'band=hark.yes' names nothing we know"),
        ('"danger=RK-01.yes"', '"danger=RK-01.today"', "names nothing we know"),
        ('class = "high"', 'class = "ordinary"', "class is 'ordinary'"),
        ('any = ["fact=minor"]', "", "a rule has either any or all"),
        ('any = ["fact=minor"]', 'any = ["fact=minor"]\nall = ["fact=minor"]', "a rule has either any or all"),
        ("lift_s = 120", "lift_s = 301", "lift_s must lie between 0 and max_lift_s"),
        ('id = "words-high"', 'id = "words-immediate"', "the id 'words-immediate' is empty or comes twice"),
        ("due_high_s = 600", "due_high_s = 6000", "may not be due before"),
        ("hard_stop = 3", "hard_stop = 1", "must rise from with_immediate"),
        ('version = "2026-11.2"', "", "version is missing"),
        ('then = "person"', 'then = "wait"', "then is 'wait'"),
        ('instrument = "asq"', 'instrument = "dash"', "instrument is 'dash'"),
        ("[offers]", "[offer]", "a table [offers] is needed"),
        ('rules = ["band-immediate"', 'rules = ["band-worst"', "'band-worst' names nothing we know"),
    ],
)
def test_a_broken_table_is_refused_with_its_file_and_line(old: str, new: str, sentence: str) -> None:
    page = read_page(ROOM / "priority.toml")
    text = page.text.replace(old, new, 1)
    assert text != page.text
    with pytest.raises(BrokenTableError, match=r"^priority\.toml:\d+: ") as refused:
        read_priority_table(Page("priority.toml", text, tomllib.loads(text)))
    assert sentence in str(refused.value)
