"""How the second reader's weights are made: plain logistic regression over the project's own development lines.

    python -m triage.flags.training tests/triage/flags/data/dev.jsonl triage/flags/weights.json

The held-out lines are never read here.
"""

import json
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from triage.flags.keys import cut
from triage.flags.matching import find_words
from triage.flags.reader import lexicon
from triage.flags.reading import FLAGS
from triage.flags.second import Seen, by_word, coarse, features, shares, together

ROUNDS, PACE, PULL = 8, 0.2, 2e-4  # passes over the lines, step of AdaGrad, pull of each weight towards nought
SMALLEST = 0.04  # weights nearer nought are left out of the file
THRESHOLD = -0.3  # log odds above which a text is lifted; chosen on the development lines only


def seen_in(text: str) -> Seen:
    """The features of a short text read as one window."""
    tokens = cut(text)
    return features(coarse(tokens), together(by_word(find_words(lexicon(), tokens), len(tokens))))


def fit(lines: list[tuple[Seen, bool]], rounds: int = ROUNDS, seed: int = 1) -> tuple[float, dict[str, float]]:
    """Bias and weights. Features seen in one line only are left out: they are that line's own words."""
    often = Counter(name for seen, _ in lines for sort in seen for name in sort)
    known = [(_weighed(seen, often), answer) for seen, answer in lines]
    weight: dict[str, float] = defaultdict(float)
    moved: dict[str, float] = defaultdict(lambda: 1e-6)
    bias = 0.0
    order = random.Random(seed)  # noqa: S311 - the order of lines, not a secret
    for _ in range(rounds):
        order.shuffle(known)
        for names, answer in known:
            odds = bias + sum(weight[name] * share for name, share in names)
            error = 1 / (1 + math.exp(-odds)) - answer
            bias -= 0.05 * error
            for name, share in names:
                step = error * share + PULL * weight[name]
                moved[name] += step * step
                weight[name] -= PACE * step / math.sqrt(moved[name])
    return bias, weight


def _weighed(seen: Seen, often: Counter[str]) -> list[tuple[str, float]]:
    return [
        (name, share)
        for share, sort in zip(shares(seen), seen, strict=True)
        for name in sorted(sort)
        if often[name] > 1
    ]


def pruned(weight: dict[str, float], smallest: float = SMALLEST, most: int = 60_000) -> dict[str, float]:
    """The weights worth keeping, rounded, in a fixed order."""
    kept = [name for name in weight if abs(weight[name]) >= smallest]
    kept = sorted(kept, key=lambda name: -abs(weight[name]))[:most]
    return {name: round(weight[name], 2) for name in sorted(kept)}


def train(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole weights file from labelled rows {"text", "flags", "urgency"}."""
    seen = [seen_in(row["text"]) for row in rows]
    bias, raising = fit([(one, row["urgency"] != "none") for one, row in zip(seen, rows, strict=True)])
    urgent = [(one, row) for one, row in zip(seen, rows, strict=True) if row["urgency"] != "none"]
    flags: dict[str, dict[str, float]] = {}
    for flag in FLAGS:
        flag_bias, weight = fit([(one, flag in row["flags"]) for one, row in urgent], rounds=5)
        flags[flag] = {"": round(flag_bias, 2), **pruned(weight, 0.1, 2_000)}
    return {"bias": round(bias, 3), "threshold": THRESHOLD, "raising": pruned(raising), "flags": flags}


def main(argv: list[str]) -> int:
    """Read the lines, write the weights."""
    source, target = argv
    rows = [json.loads(line) for line in Path(source).read_text(encoding="utf-8").splitlines() if line.strip()]
    Path(target).write_text(json.dumps(train(rows), ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
