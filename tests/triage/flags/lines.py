"""The project's own lines: four files to build on, three held out by scenario, one of a second hand, two never read."""

from pathlib import Path

from triage.flags.figures import load_lines

DATA = Path(__file__).parent / "data"
DEV = load_lines(DATA / "dev.jsonl")
WIDE = load_lines(DATA / "wide.jsonl")
SHORT = load_lines(DATA / "short.jsonl")
HELD_OUT = load_lines(DATA / "heldout.jsonl")
HELD_OUT_2 = load_lines(DATA / "heldout2.jsonl")
SHORT_HELD_OUT = load_lines(DATA / "short_heldout.jsonl")
SECOND_HAND = load_lines(DATA / "second_hand.jsonl")
UNSEEN = load_lines(DATA / "third_hand.jsonl") + load_lines(DATA / "fourth_hand.jsonl")
