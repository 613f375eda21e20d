"""`hamroh health`: a living process told from one that fell silent or never was."""

import os
import time
from pathlib import Path

from hamroh.steady import BEAT, beat_file
from tests.hamroh.conftest import Command


def test_health_tells_a_living_process_from_one_that_fell_silent_or_never_was(command: Command, tmp_path: Path) -> None:
    assert command("health", "survivors")[:2] == (1, "survivors: not running\n")
    sign = beat_file("survivors", tmp_path)
    sign.touch()
    try:
        assert command("health", "survivors")[:2] == (0, "survivors: last sign of life 0 s ago\n")
        assert command("health", "operators")[0] == 1
        long_ago = time.time() - 7 * BEAT
        os.utime(sign, (long_ago, long_ago))
        assert command("health", "survivors")[:2] == (1, "survivors: last sign of life 35 s ago\n")
    finally:
        sign.unlink()
