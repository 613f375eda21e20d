"""`hamroh flags`: JSONL in, JSONL out, bad lines named, nothing ever crashes."""

import io
import json
import sys
from typing import Any

import pytest

from hamroh.flags import main


def run(monkeypatch: pytest.MonkeyPatch, given: bytes) -> tuple[int, list[Any]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written))
    status = main([])
    sys.stdout.flush()
    return status, [json.loads(line) for line in written.getvalue().decode("utf-8").splitlines()]


def test_each_message_gets_its_flags_and_the_words_that_fired(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "он ломает дверь"
    status, rows = run(monkeypatch, json.dumps({"id": "m1", "text": text, "lang": "ru"}).encode() + b"\n")
    assert status == 0
    assert rows[0]["id"] == "m1"
    assert rows[0]["flags"] == ["immediate_danger"]
    assert rows[0]["urgency"] == "immediate"
    assert {"rule": "danger.door", "from": 3, "to": 15} in rows[0]["why"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"not json", None),
        (b"[1, 2]", None),
        (b'{"text": "x"}', None),
        (b'{"id": 7, "text": "x"}', None),
        (b'{"id": "a"}', "a"),
        (b'{"id": "a", "text": null}', "a"),
        (b'{"id": "\xff", "text": "x"}', None),
        (b"[" * 5000, None),
    ],
)
def test_a_bad_line_is_named_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch, line: bytes, name: str | None
) -> None:
    status, rows = run(monkeypatch, line + b'\n{"id": "b", "text": "salom"}\n')
    assert status == 1
    assert rows[0] == {"id": name, "error": "bad_line"}
    assert rows[1] == {"id": "b", "flags": [], "urgency": "none", "why": []}


def test_white_lines_are_skipped_and_no_input_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "\n  \t\n\u00a0\u3000\n".encode()) == (0, [])


def test_odd_ids_and_texts_come_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given = json.dumps({"id": "\ud800", "text": "\udfff" + "a" + "\u0301" * 4096}).encode()
    status, rows = run(monkeypatch, given)
    assert (status, rows[0]["id"], rows[0]["urgency"]) == (0, "\ud800", "none")


def test_wrong_usage_writes_nothing_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--loud"]) == 2
    assert capsys.readouterr().out == ""


def test_help_says_what_goes_in_and_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert '{"id","flags","urgency","why"}' in capsys.readouterr().out
