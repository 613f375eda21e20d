"""A weights file that is not as the training writes it is refused with its name and line."""

from pathlib import Path

import pytest

from triage.flags.reader import weights
from triage.flags.weights import load_weights, read_weights
from triage.tables import BrokenTableError


def test_the_shipped_weights_are_whole() -> None:
    assert load_weights() == weights()
    assert weights().raising
    assert weights().flag_bias


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (b'{\n"bias": 0.1,\n', r"^weights\.json:\d: not JSON"),
        (b'{\n"bias": "much"\n}', r"^weights\.json:2: .*'bias' is missing or no float"),
        (b'{\n"bias": 0.1\n}', r"^weights\.json:1: not what the training writes: 'threshold' is missing or no float"),
        (
            b'{"bias": 0.1, "threshold": 0.5,\n"raising": {\n"w:x": null},\n"flags": {}}',
            "json:3: not what the training writes: 'w:x' has no number",
        ),
        (
            b'{"bias": 0.1, "threshold": 0.5, "raising": {\n"p:ONE": 1},\n"flags": {}}',
            "json:2: not what the training writes: 'p:ONE' is no pair",
        ),
        (
            b'{"bias": 0.1, "threshold": 0.5, "raising": {},\n"flags": {"rain": {}}}',
            "json:2: not what the training writes: 'rain' is no flag",
        ),
        (b"[]", "json:1: not what the training writes: 'bias' is missing"),
        (b'{\n"bias\xff"', "json:2: not UTF-8"),
    ],
)
def test_broken_weights_are_refused_with_file_and_line(broken: bytes, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_bytes(broken)
    with pytest.raises(BrokenTableError, match=complaint):
        read_weights(tmp_path / "weights.json")
