"""`hamroh health`: whether a process that should run shows life."""

import argparse
import os
import time

from hamroh.steady import BEAT, beat_file
from vault.settings import read_settings


def main(argv: list[str]) -> int:
    """`health survivors|operators|rounds`: 0 when it showed life within the last beats, 1 when not."""
    parser = argparse.ArgumentParser(prog="hamroh health", description="Tell whether a process is alive.")
    parser.add_argument("process", choices=("survivors", "operators", "rounds"))
    given = parser.parse_args(argv)
    path = beat_file(given.process, read_settings(os.environ).data_dir)
    try:
        silent = time.time() - path.stat().st_mtime
    except OSError:
        print(f"{given.process}: not running")
        return 1
    print(f"{given.process}: last sign of life {silent:.0f} s ago")
    return 0 if silent < 6 * BEAT else 1
