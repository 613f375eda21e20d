"""JSON objects a line: what is bad, what is skipped, what comes out."""

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.lines import BadLineError, answer_lines


def _echo(_id: str, asked: Mapping[str, Any]) -> Mapping[str, object]:
    if "refuse" in asked:
        raise BadLineError("bad_value")
    return {"keys": len(asked)}


def run(*lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    out = io.BytesIO()
    status = answer_lines(_echo, [line + b"\n" for line in lines], out, given="given", beside={"of": "test"})
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"nonsense", b"[]", b"3", b"null", b'"text"', b"{}", b'{"given":{}}', b'{"id":3,"given":{}}',
        b'{"id":null,"given":{}}', b'{"id":["a"],"given":{}}', b"\xff\xfe", b'{"id":"\xff","given":{}}',
        b'{"id":"a","given":{"x":NaN}}', b'{"id":"a","given":{"x":Infinity}}', b'{"id":"a","given":{"x":-Infinity}}',
        b"{'id':'a','given':{}}", b'{"id":"a","given":{},}', b'{"id":"a","given":{}} trailing',
        b'{"id":"a","given":{"x":01}}',
        b"\xef\xbb\xbf" + b'{"id":"a","given":{}}', b'{"id":"a\x01","given":{}}', b"[" * 100_000, b'{"id":' * 50_000,
        '{"id":"a","given":{}}'.encode("utf-16"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_has_no_id_and_is_a_bad_line(line: bytes) -> None:
    assert run(line) == (1, [{"id": None, "of": "test", "error": "bad_line"}])


@pytest.mark.parametrize("rest", [b"", b',"given":null', b',"given":[]', b',"given":"x"', b',"given":true'])
def test_a_line_whose_id_is_a_text_keeps_it_when_the_rest_is_bad(rest: bytes) -> None:
    assert run(b'{"id":"a"' + rest + b"}") == (1, [{"id": "a", "of": "test", "error": "bad_line"}])


def test_empty_and_white_lines_are_skipped_and_are_no_error() -> None:
    assert run(b"", b"   ", b"\t\r", "\u00a0\u2003".encode(), b'{"id":"a","given":{}}') == (
        0,
        [{"id": "a", "of": "test", "keys": 0}],
    )


def test_a_bad_line_does_not_stop_the_next_and_the_order_is_kept() -> None:
    status, said = run(
        b'{"id":"1","given":{}}', b"?", b'{"id":"2","given":{"refuse":1}}', b'{"id":"1","given":{"a":1}}'
    )
    assert status == 1
    assert [(one["id"], one.get("error"), one.get("keys")) for one in said] == [
        ("1", None, 0),
        (None, "bad_line", None),
        ("2", "bad_value", None),
        ("1", None, 1),
    ]


def test_other_keys_are_ignored_even_with_numbers_that_have_no_end() -> None:
    huge = b"9" * 9000
    assert run(b'{"note":' + huge + b',"id":"a","x":1e999,"given":{}}')[0] == 0


def test_half_a_surrogate_pair_in_an_id_comes_back_as_it_came() -> None:
    assert run(b'{"id":"\\ud83d","given":{}}')[1][0]["id"] == "\ud83d"


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_whatever_bytes_come_each_line_that_is_not_white_gets_one_answer(line: bytes) -> None:
    line = line.replace(b"\n", b"")
    assert len(run(line)[1]) == (1 if line.decode("utf-8", "replace").strip() else 0)


@settings(deadline=None)
@given(st.text())
def test_every_id_that_is_a_text_is_copied(id_: str) -> None:
    assert run(json.dumps({"id": id_, "given": {}}).encode())[1] == [{"id": id_, "of": "test", "keys": 0}]
