"""The project's own lines: dev.jsonl to build on, two held-out files of other scenarios and one of a second hand."""

from pathlib import Path

from triage.flags.figures import load_lines

DATA = Path(__file__).parent / "data"
DEV = load_lines(DATA / "dev.jsonl")
HELD_OUT = load_lines(DATA / "heldout.jsonl")
HELD_OUT_2 = load_lines(DATA / "heldout2.jsonl")
SECOND_HAND = load_lines(DATA / "second_hand.jsonl")
