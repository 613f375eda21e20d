"""One word, many spellings, one skeleton; and no text that takes too long."""

import time

import pytest

from triage.flags.keys import bones, cut, exact_keys, without
from triage.flags.spellings import spellings


@pytest.mark.parametrize(
    ("proper", "habits"),
    [
        ("oʻldiraman",
         "o'ldiraman o‘ldiraman o’ldiraman o`ldiraman o´ldiraman oldiraman öldiraman õldiraman ўлдираман OʻLDIRAMAN"),
        ("qishloq", "қишлоқ кишлок kishlok qiwloq qişloq QISHLOQ qi\u200dshloq"),
        ("chiqdi", "4iqdi çiqdi чиқди чикди"),
        ("yaxshi", "яхши yaxwi yahshi yakhshi"),
        ("боюсь", "boyus boyus' БОЮСЬ"),
        ("жизнь", "zhizn jizn jizn'"),
        ("óltiremen", "o'ltiremen өлтиремен oltiremen"),
        ("қоңыраў", "қоныраў"),
        ("ҷавоб", "javob"),
        ("scared", "sсаrеd ＳＣＡＲＥＤ scаred"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_share_a_skeleton(proper: str, habits: str) -> None:
    wanted = cut(proper).skeleton
    assert [habit for habit in habits.split() if cut(habit).skeleton != wanted] == []


def test_the_exact_key_keeps_what_the_skeleton_loses() -> None:
    assert exact_keys(["boʻgʻ", "bogʻ", "bog"]) == ["böğ", "boğ", "bog"]
    assert cut("boʻgʻ bogʻ").plain == ["bog", "bog"]


def test_a_letter_lost_on_a_russian_keyboard_is_won_back_by_the_stem() -> None:
    forms = {bones(form) for form in spellings(exact_keys(["oʻldir"])[0], "uz")}
    assert {"oldir", "uldir"} <= forms


def test_a_mixed_word_keeps_its_sounds() -> None:
    assert cut("мужim").skeleton == ["mujim"]


def test_offsets_point_at_the_words_as_they_were_typed() -> None:
    text = "Ol\u200ddi — o'zim, 17yoshman!"
    tokens = cut(text)
    words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert words == ["Ol\u200ddi", "o'zim", "17", "yoshman"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" + "\u0301" * 4096,
        "\u0301" * 4096,
        "\u202eabc\u202c שלום سلام 你好 \u200f" * 200,
        "o\u200dʻ\u200dl\u200d" * 3000,
        "'" * 50_000,
        "а" * 100_000,
        "aа" * 50_000,
        "4" * 50_000,
        "\ud800 \udfff x",
    ],
    ids=["empty", "marks", "bare marks", "turns", "joiners", "quotes", "word", "mixed", "digits", "surrogates"],
)  # fmt: skip
def test_hostile_text_is_cut_in_bounded_time(text: str) -> None:
    began = time.process_time()
    tokens = cut(text)
    assert time.process_time() - began < 2
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))


def test_a_sentence_opens_after_its_mark_and_not_after_a_pause_or_a_shortened_word() -> None:
    assert cut("Он ушёл. Потом пришёл! Да? нет\nул. Навои, 12.10 и... всё,\nмы").opens == [2, 4, 5, 6]


def test_words_of_a_stretch_left_out_are_gone_and_the_others_keep_their_places() -> None:
    text = "она: «Вас бьют? Да» — нет. Всё"
    rest = without(cut(text), text, [(5, 19)])
    assert [text[start:end] for start, end in zip(rest.starts, rest.ends, strict=True)] == ["она", "нет", "Всё"]
    assert rest.opens == [2]
