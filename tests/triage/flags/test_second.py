"""The second reader may lift a text from none to high, never further, and shows the words that weighed."""

from tests.triage.flags.lines import DEV, HELD_OUT, HELD_OUT_2, SECOND_HAND, SHORT, SHORT_HELD_OUT, UNSEEN, WIDE
from triage.flags import read
from triage.flags.keys import cut
from triage.flags.matching import find_words
from triage.flags.reader import lexicon, weights
from triage.flags.second import (
    LEAST,
    NOTHING,
    SCALES,
    WARMEST,
    WINDOW,
    Seen,
    by_word,
    coarse,
    features,
    raise_score,
    shares,
    together,
    windows,
)
from triage.flags.training import choose_threshold, fit, seen_in


def lifted() -> list[str]:
    return [line["text"] for line in DEV[::20] if any(cue.rule == "second" for cue in read(line["text"]).why)]


def test_it_lifts_to_high_and_never_to_immediate() -> None:
    texts = lifted()
    assert texts
    assert {read(text).urgency for text in texts} == {"high"}


def test_it_names_a_flag_and_shows_words() -> None:
    named = [text for text in lifted() if read(text).flags]
    assert len(named) > 0.9 * len(lifted())
    for text in lifted():
        reading = read(text)
        assert all(text[cue.start : cue.end].strip() for cue in reading.why)


def test_it_never_says_by_likeness_that_somebody_else_writes() -> None:
    theirs = [line["text"] for line in DEV + WIDE if "perpetrator_writing" in line["flags"]]
    alike = [reading for reading in map(read, theirs) if {cue.rule for cue in reading.why} == {"second"}]
    assert alike
    assert not any("perpetrator_writing" in reading.flags for reading in alike)


def test_few_words_are_little_evidence() -> None:
    few: Seen = ({"aaa"}, set(), set(), set())
    many: Seen = ({f"{at}" for at in range(400)}, set(), set(), set())
    assert shares(few)[0] == shares(NOTHING)[0]
    assert shares(many)[0] < shares(few)[0] < SCALES[0] / 6


def test_the_quick_sum_equals_the_written_out_one() -> None:
    tokens = cut("u shu yerda, ovoz chiqarolmayman")
    spoken = by_word(find_words(lexicon(), tokens), len(tokens))
    quick = raise_score(weights(), coarse(tokens), together(spoken))
    sorts = features(coarse(tokens), together(spoken))
    total = weights().bias
    for scale, least, sort in zip(SCALES, LEAST, sorts, strict=True):
        total += scale / max(least, len(sort)) ** 0.5 * sum(weights().raising.get(name, 0.0) for name in sort)
    assert abs(quick - total) < 1e-9


def test_a_long_text_is_read_in_a_few_windows_and_the_warmest_is_one_of_them() -> None:
    warmth = [0.0] * 500
    warmth[321] = 5.0
    chosen = windows(500, warmth)
    assert len(chosen) == WARMEST
    assert any(first <= 321 < last for first, last in chosen)
    assert all(last - first <= WINDOW for first, last in chosen)


def test_training_finds_what_tells_the_lines_apart() -> None:
    lines = [(seen_in(line["text"]), line["urgency"] != "none") for line in DEV[::20]]
    bias, weight = fit(lines, rounds=6)
    assert (bias, weight) == fit(lines, rounds=6)
    told = [
        (
            bias
            + sum(
                share * weight.get(name, 0.0) for share, sort in zip(shares(seen), seen, strict=True) for name in sort
            )
            > 0
        )
        == answer
        for seen, answer in lines
    ]
    assert sum(told) > 0.95 * len(told)


def test_the_threshold_is_the_one_that_cross_validation_gives() -> None:
    rows = DEV[::40]
    seen = [seen_in(row["text"]) for row in rows]
    few, many = (choose_threshold(rows, seen, most) for most in (0.05, 0.3))
    assert few > many


def test_no_held_out_scenario_is_among_the_development_lines() -> None:
    built_on = DEV + WIDE + SHORT
    for held_out in (HELD_OUT, HELD_OUT_2, SHORT_HELD_OUT):
        assert {line["note"] for line in built_on}.isdisjoint(line["note"] for line in held_out)
    for held_out in (HELD_OUT, HELD_OUT_2, SHORT_HELD_OUT, SECOND_HAND, UNSEEN):
        assert {line["text"] for line in built_on}.isdisjoint(line["text"] for line in held_out)
