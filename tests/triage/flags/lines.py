"""The project's own lines: dev.jsonl to build on, heldout.jsonl never looked at while building. Split by scenario."""

from pathlib import Path

from triage.flags.figures import load_lines

DATA = Path(__file__).parent / "data"
DEV = load_lines(DATA / "dev.jsonl")
HELD_OUT = load_lines(DATA / "heldout.jsonl")
