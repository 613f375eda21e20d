"""The instrument files: what they ship, and that a broken one is refused with its file and line."""

from pathlib import Path

import pytest

from tests.people import words
from triage.risk_instruments import Permission, instruments, read_instrument
from triage.tables import BrokenTableError

SHIPPED = Path(__file__).parents[2] / "triage" / "instruments"
TWELVE = {
    "who-immediate", "da5", "lethality-screen", "danger-assessment", "hits", "e-hits", "hark", "asq", "cssrs-screener",
    "wg-ss", "strangulation", "gbvims-type",
}  # fmt: skip
FIT = {"who-immediate", "hark", "asq", "wg-ss", "strangulation", "gbvims-type"}


def test_the_twelve_are_there_and_nothing_else() -> None:
    assert set(instruments()) == TWELVE
    assert {name for name, one in instruments().items() if one.permission is Permission.FIT} == FIT


def test_a_pack_ships_ids_and_rules_and_not_one_word_of_a_question() -> None:
    for one in instruments().values():
        asked = [item.text for item in one.items] + [band.told for band in one.bands]
        about = [item.about for item in one.items]
        fit = one.permission is Permission.FIT
        assert all(asked) if fit and not one.record else not any(asked)
        assert all(about) if fit else not any(about)


def test_what_is_asked_of_her_is_worded_in_the_catalogs_of_every_language() -> None:
    catalogs = words()
    keys = [
        key for one in instruments().values() for key in (*(i.text for i in one.items), *(b.told for b in one.bands))
    ]
    for language in catalogs.offered:
        assert [key for key in keys if key and not catalogs.text(language, key)] == []


def test_every_instrument_says_where_it_comes_from_and_what_it_cannot_do() -> None:
    for one in instruments().values():
        assert one.source
        assert one.permission_note
        assert len(one.limits) >= 2
        assert one.bands[-1].id == "undetermined"


def test_no_lowest_band_is_worded_as_safe() -> None:
    for one in instruments().values():
        assert not any("safe" in band.id or "low_risk" in band.id for band in one.bands)


BREAKS = [
    ('rule = "count"', 'rule = "guess"', "rule is 'guess', and must be one of"),
    ('id = "weapon"', 'id = "worse_6_months"', "the id 'worse_6_months' is empty or comes twice"),
    ('id = "weapon"', "id = 3", "id must be a text"),
    ('id = "weapon"\n', "", "id is missing"),
    ('id = "weapon"\n', 'id = "weapon"\nwieght = 2\n', "nobody knows the key wieght"),
    ('id = "weapon"\n', 'id = "weapon"\nweight = true\n', "weight must be a whole number"),
    ('id = "weapon"\n', 'id = "weapon"\nunless_no = "gun"\n', "unless_no names 'gun', which is no item"),
    ('id = "weapon"\n', 'id = "weapon"\ncancels = "gun"\n', "cancels names 'gun', which is no item"),
    ('id = "weapon"\n', 'id = "weapon"\nband = "worst"\n', "band names 'worst', which is no band"),
    ('text = "who.weapon"', 'text = ""', "text may not be empty"),
    ("reached_at = 3", "reached_at = 0", "reached_at must rise from band to band"),
    ("reached_at = 3", 'reached_at = "3"', "reached_at must be a whole number"),
    ("bot_from = 18", 'bot_from = "soon"', "bot_from must be a whole number"),
    ('permission = "fit"', 'permission = "pack"', "must be empty: the wording belongs to others"),
    ('rule = "count"', 'rule = "asq"', "reached_at is for the rules count and sum"),
    ('rule = "count"', 'rule = "count"\nat_least = 4', "at_least is for the rule trigger"),
    ('name = "who-immediate"', 'name = "who"', "the file of 'who' must be called who.toml"),
    ('mark = "K"', 'mark = "sure"', "mark is 'sure'"),
    ("limits = [", "limits = [ 3,", "limits must be a list of texts"),
    ('name = "who-immediate"', "name = who", "not TOML"),
    ('name = "who-immediate"', 'name = "who-immediate"\nname = "again"', "not TOML"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BREAKS)
def test_a_broken_file_is_refused_with_its_name_and_the_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = (SHIPPED / "who-immediate.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "who-immediate.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenTableError, match=r"^who-immediate\.toml:\d+: ") as refused:
        read_instrument(file)
    assert sentence in str(refused.value)


def test_the_line_named_is_the_line_that_is_wrong(tmp_path: Path) -> None:
    lines = (SHIPPED / "who-immediate.toml").read_text(encoding="utf-8").splitlines()
    wrong = lines.index('id = "could_kill_you"') + 1
    lines[wrong] = 'kind = "maybe"'
    file = tmp_path / "who-immediate.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BrokenTableError, match=rf"^who-immediate\.toml:{wrong + 1}: kind is 'maybe'"):
        read_instrument(file)


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "hark.toml"
    file.write_bytes(b'name = "hark"\ntitle = "\xff"\n')
    with pytest.raises(BrokenTableError, match=r"^hark\.toml:2: not UTF-8"):
        read_instrument(file)


def test_a_context_that_names_nothing_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "gbvims-type.toml").read_text(encoding="utf-8")
    for old, new in (('item = "perpetrator"', 'item = "who"'), ("under = 18", 'under = 18\nwords = ["x"]')):
        file = tmp_path / "gbvims-type.toml"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BrokenTableError, match=r"^gbvims-type\.toml:\d+: "):
            read_instrument(file)
