"""`hamroh screening score`, line by line."""

import json

import pytest

from hamroh.screening import main
from tests.hamroh.stdin import run
from tests.vectors import vectors
from triage.risk_instruments import instruments

WORKED = vectors("instrument_vectors")


@pytest.mark.parametrize("name", instruments())
def test_the_command_answers_every_vector_of_an_instrument(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    mine = [vector for vector in WORKED if vector["instrument"] == name]
    lines = [json.dumps({"id": vector["id"], "answers": vector["answers"], "age": 5}) for vector in mine]
    status, said = run(monkeypatch, main, ["score", "--instrument", name], *lines)
    kept = ("id", "instrument", "score", "band", "reasons", "missing", "complete", "contexts", "error")
    assert said == [{key: vector[key] for key in kept if key in vector} for vector in mine]
    assert status == (1 if any("error" in vector for vector in mine) else 0)


def test_the_errors_are_named_in_the_order_of_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = run(
        monkeypatch, main, ["score", "--instrument", "hark"],
        '{"id":"1"}', '{"answers":{"gun":"yes"}}', '{"id":"3","answers":{"afraid":"Yes","gun":"yes"}}',
        '{"id":"4","answers":{"afraid":"Yes"}}', '{"id":"5","answers":{"afraid":"no","afraid":"yes"}}',
    )  # fmt: skip
    assert status == 1
    assert [one.get("error") for one in said] == ["bad_line", "bad_line", "unknown_item", "bad_value", None]
    assert said[0] == {"id": "1", "instrument": "hark", "error": "bad_line"}
    assert said[1]["id"] is None
    assert said[4]["band"] == "positive"


@pytest.mark.parametrize("answer", ["3.0", '"3"', "true", "1e0", "-1", "0", "6", "[3]"])
def test_a_frequency_that_is_no_whole_number_in_range_is_a_bad_value(
    monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    line = f'{{"id":"a","answers":{{"hurt":{answer}}}}}'
    assert run(monkeypatch, main, ["score", "--instrument", "hits"], line)[1][0]["error"] == "bad_value"


def test_hours_without_end_are_more_than_four_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = ",".join(f'"{item}":"no"' for item in instruments()["strangulation"].with_role("sign"))
    line = f'{{"id":"a","answers":{{"strangled":"yes","pregnant":"na",{signs},"hours_since":{"7" * 6000}}}}}'
    assert run(monkeypatch, main, ["score", "--instrument", "strangulation"], line)[1][0]["band"] == "medical_advice"


def test_nothing_on_standard_input_is_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, main, ["score", "--instrument", "asq"]) == (0, [])


@pytest.mark.parametrize(
    "argv",
    [[], ["score"], ["score", "--instrument"], ["score", "--instrument", "dash"], ["score", "--instrument", "ASQ"],
     ["guess", "--instrument", "asq"], ["score", "--instr", "asq"], ["score", "--instrument", "asq", "more"]],
)  # fmt: skip
def test_wrong_usage_is_status_two_with_nothing_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    assert run(monkeypatch, main, argv, '{"id":"a","answers":{}}') == (2, [])
    assert "usage: hamroh screening" in capsys.readouterr().err
