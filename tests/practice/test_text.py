"""Telegram counts UTF-16 units and marks links, commands and numbers by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.text import cut, find_entities, pieces, units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start KOD", [("bot_command", "/start")]),
        ("yoz: a/b 1/2", []),
        ("/duty@navbat_bot hozir", [("bot_command", "/duty@navbat_bot")]),
        ("🙂 https://example.org/a?b=1 va example.uz", [("url", "https://example.org/a?b=1"), ("url", "example.uz")]),
        ("nodira@example.org", [("email", "nodira@example.org")]),
        ("@zulfiya #yordam", [("mention", "@zulfiya"), ("hashtag", "#yordam")]),
        ("+000 00 000-00-00", [("phone_number", "+000 00 000-00-00")]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    marks = find_entities(text, [])
    assert [(mark["type"], cut(text, mark["offset"], mark["length"])) for mark in marks] == found


@given(st.text(alphabet="aя🙂 \n", max_size=60), st.integers(2, 9))
def test_pieces_fit_and_lose_only_blanks(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
