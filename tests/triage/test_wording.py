"""Long words in parts: nothing is lost, every part fits, and a word is cut only where there is no other place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.wording import LONGEST, parts, units

# What people type: letters of both scripts, emoji of two units, line ends and spaces.
TYPED = st.text(alphabet=st.sampled_from("abж ў\n\t 🌧👩‍👧"), max_size=400)


@given(TYPED, st.integers(min_value=2, max_value=60))
def test_nothing_but_white_space_is_lost_and_every_part_fits(text: str, longest: int) -> None:
    pieces = parts(text, longest)
    assert pieces
    assert all(units(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(TYPED, st.integers(min_value=2, max_value=60))
def test_no_part_is_empty_unless_the_text_is(text: str, longest: int) -> None:
    assert all(parts(text, longest)) or not text.strip()


@given(st.lists(st.text(alphabet="abcdefghij", min_size=1, max_size=9), min_size=1, max_size=60))
@settings(max_examples=50)
def test_short_words_are_never_cut(words: list[str]) -> None:
    pieces = parts(" ".join(words), 60)
    assert " ".join(pieces) == " ".join(words)


def test_what_fits_is_one_part_as_it_was_typed() -> None:
    assert parts("  He comes\nat six. ") == ("  He comes\nat six. ",)
    assert parts("") == ("",)
    assert parts("a" * LONGEST) == ("a" * LONGEST,)


def test_an_emoji_of_two_units_is_never_cut_in_half() -> None:
    pieces = parts("🌧" * 4096)
    assert "".join(pieces) == "🌧" * 4096
    assert all(units(piece) <= LONGEST for piece in pieces)
    assert len(pieces) == 3


def test_a_line_end_is_a_better_place_to_cut_than_a_space() -> None:
    assert parts("Close the door\nat six, and wait", 18) == ("Close the door", "at six, and wait")


def test_the_longest_message_of_telegram_leaves_room_for_the_frame() -> None:
    frame = "A new list is ready\n"
    assert all(units(frame + piece) <= 4096 for piece in parts("ж" * 4096))


def test_units_are_counted_as_telegram_counts_them() -> None:
    assert [units(text) for text in ("", "a", "ў", "🌧", "👩‍👧")] == [0, 1, 1, 2, 5]
