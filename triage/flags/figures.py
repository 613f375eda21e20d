"""What the reader gets right, counted on labelled lines: the tables of docs/flags.md, with Wilson intervals.

python -m triage.flags.figures tests/triage/flags/data/heldout2.jsonl
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.flags.reader import read
from triage.flags.reading import FLAGS

Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval
LANGUAGES = ("uz-Latn", "uz-Cyrl", "ru", "ru-Latn", "mix", "tg", "kaa-Latn", "kaa-Cyrl", "en")


@dataclass(slots=True)
class Share:
    """So many of so many."""

    hit: int = 0
    of: int = 0

    def count(self, hit: bool) -> None:
        self.hit += hit
        self.of += 1

    def rate(self) -> float:
        return self.hit / self.of if self.of else math.nan

    def __str__(self) -> str:
        if not self.of:
            return "-"
        low, high = wilson(self.hit, self.of)
        return f"{self.rate():.2f} [{low:.2f}-{high:.2f}] {self.hit}/{self.of}"


def wilson(hit: int, of: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a share (Wilson 1927); the whole range for no lines at all."""
    if of == 0:
        return 0.0, 1.0
    share = hit / of
    middle = share + Z * Z / (2 * of)
    half = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    down = 1 + Z * Z / of
    return max(0.0, (middle - half) / down), min(1.0, (middle + half) / down)


@dataclass(slots=True)
class Figures:
    """Recall of immediate and of all urgent lines (raised = not none), false alarms, and the flags."""

    immediate: Share
    urgent: Share
    alarms: Share
    by_language: dict[str, tuple[Share, Share, Share]]
    recall: dict[str, Share]
    precision: dict[str, Share]


def load_lines(path: Path) -> list[dict[str, Any]]:
    """The labelled lines of one JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(lines: Iterable[dict[str, Any]]) -> Figures:
    """Read every line and count."""
    languages: dict[str, tuple[Share, Share, Share]] = defaultdict(lambda: (Share(), Share(), Share()))
    figures = Figures(Share(), Share(), Share(), languages, {f: Share() for f in FLAGS}, {f: Share() for f in FLAGS})
    for line in lines:
        reading = read(line["text"])
        raised = reading.urgency != "none"
        immediate, urgent, alarms = languages[line["lang"]]
        if line["urgency"] == "none":
            figures.alarms.count(raised)
            alarms.count(raised)
        else:
            figures.urgent.count(raised)
            urgent.count(raised)
        if line["urgency"] == "immediate":
            figures.immediate.count(raised)
            immediate.count(raised)
        for flag in FLAGS:
            if flag in line["flags"]:
                figures.recall[flag].count(flag in reading.flags)
            if flag in reading.flags:
                figures.precision[flag].count(flag in line["flags"])
    return figures


def table(figures: Figures) -> str:
    """The figures as the two Markdown tables of the page."""
    rows = [
        "| language | immediate raised | urgent raised | false alarms |",
        "|---|---|---|---|",
        f"| all | {figures.immediate} | {figures.urgent} | {figures.alarms} |",
    ]
    for name in (name for name in LANGUAGES if name in figures.by_language):
        immediate, urgent, alarms = figures.by_language[name]
        rows.append(f"| {name} | {immediate} | {urgent} | {alarms} |")
    rows += ["", "| flag | recall | precision |", "|---|---|---|"]
    rows += [f"| {flag} | {figures.recall[flag]} | {figures.precision[flag]} |" for flag in FLAGS]
    return "\n".join(rows)


def main(argv: list[str]) -> int:
    """Print the tables of each file of labelled lines."""
    for name in argv:
        sys.stdout.write(f"{name}\n\n{table(measure(load_lines(Path(name))))}\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
