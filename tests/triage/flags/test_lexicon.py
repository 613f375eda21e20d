"""Each row of the lexicon is its own test, and a broken row is refused with file and line."""

import pytest

from triage.flags.keys import cut
from triage.flags.lexicon import Lexicon, build, load
from triage.flags.matching import find_words, fits
from triage.flags.reader import lexicon
from triage.flags.rows import BrokenRowError
from triage.flags.suffixes import CLASSES, Mark

WORD = '{id = "x.dog", is = "DOG", stems = "hund", suffix = "noun", example = "hund", counter = "katze"}'
FRAME = '{id = "x.bark", any = ["DOG DOG"], flags = ["weapon"], band = "high", example = "hund", counter = "katze"}'


def rows_behind(words: Lexicon, text: str) -> set[str]:
    tokens = cut(text)
    return {
        entry.rule
        for key, column in (("exact", tokens.exact), ("plain", tokens.plain), ("skeleton", tokens.skeleton))
        for word in column
        for size in range(1, len(word) + 1)
        for entry in words.stems[key].get(word[:size], ())
        if CLASSES[entry.suffix](word[size:]) is not None and not (entry.never and word.startswith(entry.never))
    }


def frames_behind(words: Lexicon, text: str) -> set[str]:
    tokens = cut(text)
    return {one.frame.id for one in fits(words, find_words(words, tokens), len(tokens)) if not one.negated}


def behind(kind: str, text: str) -> set[str]:
    return rows_behind(lexicon(), text) if kind == "words" else frames_behind(lexicon(), text)


def test_every_row_finds_its_example() -> None:
    deaf = [row.where for row in lexicon().rows if row.data["id"] not in behind(row.kind, row.data["example"])]
    assert deaf == []


def test_no_row_finds_its_counter_example() -> None:
    greedy = [row.where for row in lexicon().rows if row.data["id"] in behind(row.kind, row.data["counter"])]
    assert greedy == []


def test_the_lexicon_speaks_every_language_and_raises_every_flag() -> None:
    languages = {row.data["id"].split(".")[0] for row in lexicon().rows if row.kind == "words"}
    assert languages == {"uz", "ru", "kaa", "tg", "en"}
    assert len({flag for frame in lexicon().frames for flag in frame.flags}) == 12


def test_loading_twice_gives_the_same_lexicon() -> None:
    assert load().stems == lexicon().stems


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (WORD.replace('suffix = "noun"', 'suffix = "tail"'), "unknown suffix class 'tail'"),
        (WORD.replace(', counter = "katze"', ""), "field 'counter' is missing"),
        (WORD.replace('stems = "hund", ', ""), "field 'stems' is missing"),
        (WORD.replace('stems = "hund"', 'stems = "h"'), "too short"),
        (WORD.replace("stems", 'key = "loose", stems'), "unknown key 'loose'"),
        (WORD.replace("stems", 'colour = "red", stems'), "unknown field 'colour'"),
        (WORD.replace('id = "x.dog", ', ""), "field 'id' is missing"),
        (WORD.replace('"hund"', "7", 1), "split"),
        (WORD.replace("stems", 'marks = "loud", stems'), "loud"),
        ('"hund"', "a row is a table"),
    ],
)
def test_a_broken_word_row_is_refused_with_file_and_line(row: str, complaint: str) -> None:
    with pytest.raises(BrokenRowError, match=complaint) as refused:
        build({"de.toml": f'language = "de"\n\nwords = [\n  {row},\n]\n'})
    assert str(refused.value).startswith("de.toml line 4: ")


@pytest.mark.parametrize(
    ("frame", "complaint"),
    [
        (FRAME.replace('band = "high"', 'band = "loud"'), "unknown band 'loud'"),
        (FRAME.replace("weapon", "umbrella"), "unknown flag 'umbrella'"),
        (FRAME.replace("DOG DOG", "CAT"), "no word row means 'CAT'"),
        (FRAME.replace("DOG DOG", " "), "an empty pattern"),
        (FRAME.replace("DOG DOG", "DOG:soon"), "soon"),
    ],
)
def test_a_broken_frame_is_refused_with_file_and_line(frame: str, complaint: str) -> None:
    text = f'language = "de"\nwords = [\n  {WORD},\n]\nframes = [\n  {frame},\n]\n'
    with pytest.raises(BrokenRowError, match=complaint) as refused:
        build({"de.toml": text})
    assert str(refused.value).startswith("de.toml line 6: ")


def test_a_file_that_is_no_toml_is_refused_with_its_name_and_line() -> None:
    with pytest.raises(BrokenRowError, match=r"de\.toml line 2: "):
        build({"de.toml": "language = 'de'\nwords = [\n"})


def test_an_id_used_twice_is_refused_where_it_stands_the_second_time() -> None:
    with pytest.raises(BrokenRowError, match=r"de\.toml line 4: .*used twice"):
        build({"de.toml": f'language = "de"\nwords = [\n  {WORD},\n  {WORD},\n]\n'})


@pytest.mark.parametrize(
    ("text", "meaning", "said"),
    [
        ("мени қамаб қўймаган", "LOCK", Mark.NEG),
        ("мени қамаб қўйди", "LOCK", Mark.NONE),
        ("u meni urib ko'rmagan", "HIT", Mark.NEG),
        ("маро таъқиб намекунад", "CHASE", Mark.NEG),
    ],
)
def test_a_negation_on_the_helping_verb_denies_the_deed(text: str, meaning: str, said: int) -> None:
    marks = [mark for _, mark in find_words(lexicon(), cut(text))[meaning]]
    assert {mark & Mark.NEG for mark in marks} == {said}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("бугун боғда гул кўп", "CHOKE"),  # today, a garden
        ("we are on the bus", "NECK"),  # шее
        ("занг мезанад, тӯб мезананд", "HIT"),  # calls, plays ball
        ("устала", "REPAIR"),  # tired, not a master
        ("meni qo'rqitdi, tortib oldi", "WEATHER"),  # snow
        ("qo'ydi, tortib oldi", "COOK"),  # sheep, cake
        ("yo'q, yoʻq, йўқ, yoq", "BURN"),
    ],
)
def test_words_that_only_look_alike_are_left_alone(text: str, meaning: str) -> None:
    assert meaning not in find_words(lexicon(), cut(text))
