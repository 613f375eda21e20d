"""The two screens for suicide: ASQ with its published rule for refusals, and the Columbia screener."""

from collections.abc import Set as AbstractSet

from triage.risk_sheet import Score, Sheet


def asq(sheet: Sheet) -> Score:
    """A refusal screens positive, as published; the fifth question is needed once one of the four is positive."""
    screen, acute = sheet.role("screen"), sheet.role("acute")
    positive = [item for item in screen if sheet.said(item, "yes") or sheet.said(item, "refused")]
    now = sheet.yes(acute)
    needed = screen + acute if positive else screen
    if now:
        band = "acute_positive"
    elif positive:
        band = "positive_acuity_unknown" if sheet.unsaid(acute) else "non_acute_positive"
    else:
        band = "undetermined" if sheet.unsaid(screen) else "negative"
    return sheet.finding(band, score=len(sheet.yes(screen)), reasons=positive + now, needed=needed)


def ideation(sheet: Sheet) -> Score:
    """The highest colour that holds; undetermined whenever a missing needed answer could change it."""
    items = [item.id for item in sheet.instrument.items]
    yes = set(sheet.yes(items))
    needed = sheet.needed()
    band, worst = _triage(yes), _triage(yes | set(sheet.unsaid(needed)))
    thoughts = sheet.role("thought")
    severest = max((number for number, item in enumerate(thoughts, 1) if item in yes), default=0)
    return sheet.finding(band if band == worst else "undetermined", score=severest, reasons=yes, needed=needed)


def _triage(yes: AbstractSet[str]) -> str:
    if yes & {"intent", "plan_intent", "behavior_3_months"}:
        return "high"
    if yes & {"method", "behavior_lifetime"}:
        return "moderate"
    return "low" if yes & {"wish_dead", "thoughts"} else "none_reported"
