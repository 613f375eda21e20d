"""The plot: one line for each class and order, readable without colour."""

from xml.etree import ElementTree

from triage.risk_class import RiskClass
from triage.simulation_plot import plot
from triage.simulation_report import Waits

SVG = "{http://www.w3.org/2000/svg}"


def test_the_plot_is_an_svg_with_a_line_for_each_class_and_order() -> None:
    some = [Waits(risk, 4, 1, (30.0, 60.0, 900.0)) for risk in reversed(RiskClass)]
    none = [Waits(risk, 0, 0, ()) for risk in reversed(RiskClass)]
    drawn = ElementTree.fromstring(plot("Two < three & more", some, none))
    lines = drawn.findall(f"{SVG}polyline")
    assert len(lines) == 6
    assert len({(line.get("stroke"), line.get("stroke-dasharray")) for line in lines}) == 6
    assert drawn.findtext(f"{SVG}title") == "Two < three & more"
    for line in lines:
        for point in (line.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 70 <= x <= 730
            assert 60 <= y <= 380
