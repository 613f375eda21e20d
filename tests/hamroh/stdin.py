"""A command run with bytes on its standard input: its status, its lines out, its words on standard error."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest


def run(
    monkeypatch: pytest.MonkeyPatch, main: Callable[[list[str]], int], argv: list[str], *lines: str
) -> tuple[int, list[dict[str, Any]]]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, write_through=True))
    status = main(argv)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]
