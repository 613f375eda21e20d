"""A language file that is broken is refused with its name and line, whatever is wrong with it."""

import pytest

from triage.flags.lexicon import build
from triage.flags.rows import BrokenRowError, decoded

ROW = '  {id = "x.dog", is = "DOG", stems = "hund", suffix = "noun", example = "hund", counter = "katze"},'
NAMELESS, NUMBERED = ROW.replace('id = "x.dog", ', ""), ROW.replace('"x.dog"', "7")
MEANS_A_NUMBER = ROW.replace("x.dog", "x.cat").replace('"DOG"', "7")
HEAD = '# A language.\nlanguage = "de"\n\n'


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        (f"{HEAD}words = [\n{ROW}\n{NAMELESS}\n]\n", 6, "field 'id' is missing"),
        (f"{HEAD}words = [\n{ROW}\n{MEANS_A_NUMBER}\n]\n", 6, "no attribute"),
        (f"{HEAD}words = [\n{ROW}\n{NUMBERED}\n]\n", 6, "must be a text"),
        (f"{HEAD}words = [\n{ROW}\n  7,\n]\n", 6, "a row is a table"),
        (f"{HEAD}word = [\n{ROW}\n]\n", 4, "nobody knows 'word'"),
        (f"{HEAD}[[word]]\n", 4, "nobody knows 'word'"),
        (f'{HEAD}words = "hund"\n', 4, "words must be a list of rows"),
        (f"{HEAD}words = [\n{ROW}\n", 5, ""),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, complaint: str) -> None:
    with pytest.raises(BrokenRowError) as refused:
        build({"de.toml": text})
    assert str(refused.value).startswith(f"de.toml line {line}: ")
    assert complaint in str(refused.value)


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(BrokenRowError, match=r"^ru\.toml line 3: not UTF-8$"):
        decoded("ru.toml", 'language = "ru"\n\n# слово'.encode("cp1251"))
