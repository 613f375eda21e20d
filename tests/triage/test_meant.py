"""Which case a command names, read from the words alone."""

import pytest

from triage.meant import named


@pytest.mark.parametrize(
    ("rest", "number", "words"),
    [
        ("", None, ""),
        ("12345", 12345, ""),
        ("12345 helped", 12345, "helped"),
        ("12345\nShe is at her sister's.", 12345, "She is at her sister's."),
        ("helped", None, "helped"),
        ("123456789 helped", 123456789, "helped"),
        ("1234567890 is no case number", None, "1234567890 is no case number"),
        ("112 was called", None, "112 was called"),
        ("١٢٣٤٥ in other digits", None, "١٢٣٤٥ in other digits"),
        ("bux-shelter-a 12345", None, "bux-shelter-a 12345"),
        ("   12345   two   words ", 12345, "two   words"),
    ],
)
def test_a_word_of_five_to_nine_digits_at_the_start_is_a_case_number(rest: str, number: int | None, words: str) -> None:
    found, left = named(rest)
    assert found == number
    assert left.strip() == words
