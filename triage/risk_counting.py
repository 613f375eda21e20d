"""The instruments that count: weighted yes answers and frequencies, under the floor rule for what is missing."""

from triage.risk_instruments import Item
from triage.risk_sheet import Score, Sheet


def floor_rule(lowest: str, lo: str, hi: str) -> str:
    """The band when answers are missing: a finding stands, the lowest band only if nothing missing could lift it.

    `lo` and `hi` are the bands with every missing needed answer at its lowest and at its highest.
    """
    return "undetermined" if lo == lowest != hi else lo


def count(sheet: Sheet) -> Score:
    """Weights of the items answered yes, against the thresholds of the bands."""
    boxes = [item for item in sheet.instrument.items if item.cancels]
    ticked = [box for box in boxes if sheet.said(box.id, "yes")]
    spared = {box.cancels for box in ticked}
    counted = [item for item in _questions(sheet) if sheet.said(item.id, "yes")]
    counted += [box for box in ticked if not sheet.said(box.cancels, "yes")]
    needed = [item for item in sheet.needed() if item not in spared]
    points = sum(item.weight for item in counted)
    missing = set(sheet.unsaid(needed))
    most = points + sum(item.weight for item in _questions(sheet) if item.id in missing)
    return sheet.finding(_band(sheet, points, most), score=points, reasons=[item.id for item in counted], needed=needed)


def _questions(sheet: Sheet) -> list[Item]:
    return [item for item in sheet.instrument.items if not item.cancels and item.role != "unscored"]


def total(sheet: Sheet) -> Score:
    """The sum of the answers against the thresholds; no score while one is missing. Reasons: 2 or more."""
    items = sheet.instrument.items
    least = sum(_answer(sheet, item, item.least) for item in items)
    most = sum(_answer(sheet, item, item.most) for item in items)
    missing = sheet.unsaid(item.id for item in items)
    reasons = [item.id for item in items if (sheet.number(item.id) or 0) >= 2]
    return sheet.finding(
        _band(sheet, least, most), score=None if missing else least, reasons=reasons, needed=[i.id for i in items]
    )


def _answer(sheet: Sheet, item: Item, otherwise: int | None) -> int:
    given = sheet.number(item.id)
    return given if given is not None else otherwise or 0


def _band(sheet: Sheet, least: int, most: int) -> str:
    lowest = next(band.id for band in sheet.instrument.bands if band.reached_at is not None)
    return floor_rule(lowest, sheet.instrument.band_at(least), sheet.instrument.band_at(most))
