"""How the second reader's weights are made: plain logistic regression over the project's own development lines.

    python -m triage.flags.training tests/triage/flags/data/{dev,wide,bare,short}.jsonl triage/flags/weights.json

The held-out lines are never read here. The threshold is not set by hand: it is the lowest at which, in cross-validation
by scenario, the whole reader (frames and lift together) raises at most MOST_ALARMS of the harmless lines.
"""

import json
import math
import random
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from triage.flags.matching import fits
from triage.flags.reader import certain, heard, lexicon, lowered
from triage.flags.reading import FLAGS
from triage.flags.second import COMPANY, Seen, by_word, coarse, features, lowers, shares, together

ROUNDS, PACE, PULL = 8, 0.2, 1e-3  # passes over the lines, step of AdaGrad, pull of each weight towards nought
NAMING_ROUNDS = 12  # a flag has few lines: after five passes its weights still named flags at random
SMALLEST = 0.04  # weights nearer nought are left out of the file
MOST_ALARMS = 0.08  # share of harmless development lines that may be raised; they are harder than life on purpose
FOLDS = 4  # a scenario is never on both sides, so a fold shows what an unseen situation meets


def seen_in(text: str) -> Seen:
    """The features of a short text read as one window."""
    tokens, hits = heard(text)
    return features(coarse(tokens), together(by_word(hits, len(tokens))))


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


def choose_threshold(rows: list[dict[str, Any]], seen: list[Seen], most: float = MOST_ALARMS) -> float:
    """The log odds above which a text is lifted, from rows {"text", "urgency", "note"}; the note is the scenario."""
    odds = [0.0] * len(rows)
    folds = [zlib.crc32(row["note"].encode()) % FOLDS for row in rows]
    for fold in range(FOLDS):
        parts = zip(seen, rows, folds, strict=True)
        bias, weight = fit([(one, row["urgency"] != "none") for one, row, part in parts if part != fold])
        kept = pruned(weight)
        for at, part in enumerate(folds):
            if part == fold:
                odds[at] = _odds(bias, kept, seen[at])
    harmless = [(stands(row["text"]), value) for row, value in zip(rows, odds, strict=True) if row["urgency"] == "none"]
    room = int(most * len(harmless)) - sum(standing == "raised" for standing, _ in harmless)
    helped = {"open": 0.0, "proposed": COMPANY}
    lifted = sorted((value + helped[standing] for standing, value in harmless if standing in helped), reverse=True)
    return round(lifted[max(0, room)], 2)


def stands(text: str) -> str:
    """What the rest of the reader does with a text: it is raised by frames, proposed by one, open to a lift, or
    lowered."""
    tokens, hits = heard(text)
    found = fits(lexicon(), hits, len(tokens))
    if cues := [(one, band) for one in found if (band := lowered(one, hits)) != "none"]:
        return "raised" if certain(cues, len(tokens)) else "proposed"
    spoken = by_word(hits, len(tokens))
    return "lowered" if lowers(together(spoken), spoken) else "open"


def _odds(bias: float, weight: dict[str, float], seen: Seen) -> float:
    pairs = zip(shares(seen), seen, strict=True)
    return bias + sum(share * sum(weight.get(name, 0.0) for name in sort) for share, sort in pairs)


def train(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole weights file from labelled rows {"text", "flags", "urgency", "note"}."""
    seen = [seen_in(row["text"]) for row in rows]
    bias, raising = fit([(one, row["urgency"] != "none") for one, row in zip(seen, rows, strict=True)])
    urgent = [(one, row) for one, row in zip(seen, rows, strict=True) if row["urgency"] != "none"]
    flags: dict[str, dict[str, float]] = {}
    for flag in FLAGS:
        flag_bias, weight = fit([(one, flag in row["flags"]) for one, row in urgent], rounds=NAMING_ROUNDS)
        flags[flag] = {"": round(flag_bias, 2), **pruned(weight, 0.06, 5_000)}
    threshold = choose_threshold(rows, seen)
    return {"bias": round(bias, 3), "threshold": threshold, "raising": pruned(raising), "flags": flags}


def main(argv: list[str]) -> int:
    """Read the lines, write the weights, one a line."""
    *sources, target = argv
    texts = [Path(source).read_text(encoding="utf-8") for source in sources]
    rows = [json.loads(line) for text in texts for line in text.splitlines() if line.strip()]
    made = json.dumps(train(rows), ensure_ascii=False, sort_keys=True, indent=0)
    Path(target).write_text(made + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
