"""The lethality screen: three triggers, a count of the rest, and the belief of the person who asks."""

from triage.risk_sheet import Score, Sheet


def trigger(sheet: Sheet) -> Score:
    """The published order of (a) triggers, (b) count, (c) belief; then ours for what is missing."""
    triggers, counted, belief = sheet.role("trigger"), sheet.role("counted"), sheet.role("belief")
    enough = sheet.instrument.at_least or 0
    yes = sheet.yes(triggers + counted)
    band = "not_screened_in"
    if sheet.yes(triggers):
        band = "high_danger_trigger"
    elif len(sheet.yes(counted)) >= enough:
        band = "high_danger_count"
    elif sheet.yes(belief):
        band = "high_danger_belief"
    elif sheet.unsaid(triggers) or len(sheet.yes(counted)) + len(sheet.unsaid(counted)) >= enough:
        band = "undetermined"
    reasons = yes + list(belief) if band == "high_danger_belief" else yes
    return sheet.finding(band, score=len(yes), reasons=reasons, needed=sheet.needed())
