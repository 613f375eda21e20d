"""The first look at a long text may only spare work: what the whole walk finds, it lets through."""

import pytest

from tests.triage.flags.lines import DEV
from triage.flags import matching, read


def test_the_first_look_never_loses_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [". ".join(line["text"] for line in DEV[at : at + 90 : 9]) for at in range(0, 4000, 200)]
    with_look = [read(letter) for letter in letters]
    monkeypatch.setattr(matching, "_LONG", 100_000)
    assert [read(letter) for letter in letters] == with_look
    assert any(reading.why for reading in with_look)
