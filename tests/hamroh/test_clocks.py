"""`hamroh clocks`, line by line."""

import json

import pytest

from hamroh.clocks import main
from tests.hamroh.stdin import run
from tests.vectors import vectors

WORKED = vectors("clock_vectors") + vectors("clock_edges")


def test_the_command_answers_every_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"id": vector["id"], "given": vector["given"]}) for vector in WORKED]
    status, said = run(monkeypatch, main, [], *lines)
    assert said == [{"id": vector["id"], **vector["want"]} for vector in WORKED]
    assert status == 0


@pytest.mark.parametrize(
    "given",
    [
        "{}", '{"answer":"today"}', '{"clock":"pep_73h","answer":"today"}', '{"clock":null,"answer":"today"}',
        '{"clock":3,"answer":"today"}', '{"clock":"pep_72h","answer":"Today"}', '{"clock":"pep_72h","answer":1}',
        '{"clock":"pep_72h","answer":""}', '{"clock":"pep_72h","hours_ago":"3"}',
        '{"clock":"pep_72h","hours_ago":true}',
        '{"clock":"pep_72h","hours_ago":[3]}', '{"clock":"pep_72h","hours_ago":1e400}',
        '{"clock":"pep_72h","hours_ago":-1e400}', '{"clock":["pep_72h"],"answer":"today"}',
        '{"clock":"pep_72h","answer":"today","answered_hours_ago":"1"}',
        '{"clock":"pep_72h","answer":"today","answered_hours_ago":false}',
        '{"clock":"pep_72h","answer":"today","answered_hours_ago":1e999}',
    ],
)  # fmt: skip
def test_an_answer_a_clock_or_a_figure_that_is_none_is_a_bad_value(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    assert run(monkeypatch, main, [], f'{{"id":"a","given":{given}}}') == (1, [{"id": "a", "error": "bad_value"}])


@pytest.mark.parametrize("given", ["NaN", "[]", "null", '{"clock":"pep_72h","hours_ago":Infinity}'])
def test_what_is_no_json_object_is_a_bad_line(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    status, said = run(monkeypatch, main, [], f'{{"id":"a","given":{given}}}')
    assert (status, said[0]["error"]) == (1, "bad_line")


@pytest.mark.parametrize("hours", ["3", "3.0", "3e0", "2.0001", "9" * 5000])
def test_hours_are_any_number_that_json_can_write(monkeypatch: pytest.MonkeyPatch, hours: str) -> None:
    assert run(monkeypatch, main, [], f'{{"id":"a","given":{{"clock":"pep_72h","hours_ago":{hours}}}}}')[0] == 0


def test_wrong_usage_is_status_two(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, main, ["pep_72h"], "{}") == (2, [])
    assert "usage: hamroh clocks" in capsys.readouterr().err
