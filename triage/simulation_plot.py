"""The plot of the simulated waits: for each class, the share answered by each minute, under both orders, as SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from triage.risk_class import RiskClass
from triage.simulation_report import Waits

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 440, 70, 60, 30, 60
MINUTES = 30
# Told apart by anybody: the Okabe-Ito colours, and the order by the line's kind.
COLOURS = {RiskClass.IMMEDIATE: "#D55E00", RiskClass.HIGH: "#0072B2", RiskClass.ORDINARY: "#009E73"}
DASHES = {"by risk": "none", "first come": "6 5"}


def plot(title: str, by_risk: Sequence[Waits], by_arrival: Sequence[Waits]) -> str:
    """The drawing as a whole SVG document."""
    lines = [_line(one, "first come") for one in by_arrival] + [_line(one, "by risk") for one in by_risk]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="13" fill="#222">',
            f"<title>{escape(title)}</title>",
            "<desc>Share of all cases that a person has answered, by minutes waited; solid lines are the order by "
            "risk, dashed lines first come, first served.</desc>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="{LEFT}" y="28" font-size="16">{escape(title)}</text>',
            *_axes(),
            *lines,
            *_legend(),
            "</svg>",
            "",
        ]
    )


def _x(minutes: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * minutes / MINUTES


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _line(one: Waits, order: str) -> str:
    points = " ".join(
        f"{_x(quarter / 4):.1f},{_y(one.within(quarter * 15) if one.cases else 0):.1f}"
        for quarter in range(4 * MINUTES + 1)
    )
    return (
        f'<polyline points="{points}" fill="none" stroke="{COLOURS[one.risk]}" stroke-width="2" '
        f'stroke-dasharray="{DASHES[order]}"/>'
    )


def _axes() -> list[str]:
    across = [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(share / 100):.1f}" y2="{_y(share / 100):.1f}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{_y(share / 100) + 4:.1f}" text-anchor="end">{share} %</text>'
        for share in range(0, 101, 20)
    ]
    along = [
        f'<text x="{_x(minutes):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{minutes}</text>'
        for minutes in range(0, MINUTES + 1, 5)
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    named = f'<text x="{middle}" y="{HEIGHT - 18}" text-anchor="middle">minutes until a person answers</text>'
    return [*across, *along, named]


def _legend() -> list[str]:
    rows = [(risk.word, colour, "none") for risk, colour in COLOURS.items()]
    rows += [(order, "#222", dash) for order, dash in DASHES.items()]
    x, top = WIDTH - RIGHT - 150, HEIGHT - BOTTOM - 20 * len(rows) - 10
    box = f'<rect x="{x - 12}" y="{top - 16}" width="150" height="{20 * len(rows) + 12}" fill="white" opacity="0.8"/>'
    return [box] + [
        f'<line x1="{x}" x2="{x + 34}" y1="{top + 20 * number}" y2="{top + 20 * number}" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="{dash}"/><text x="{x + 42}" y="{top + 20 * number + 4}">{word}</text>'
        for number, (word, colour, dash) in enumerate(rows)
    ]
