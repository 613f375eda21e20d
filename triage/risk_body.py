"""The two that ask about the body: functioning for access needs, and the follow-up after strangulation."""

from triage.risk_sheet import Score, Sheet

# Four weeks: IFAS and Royal Colleges guideline 2024, adults and adolescents even without symptoms.
CHECK_WITHIN_H = 672


def functioning(sheet: Sheet) -> Score:
    """The nested identifiers of the Washington Group, computed from the answered domains as its syntax does."""
    items = [item.id for item in sheet.instrument.items]
    levels = {item: number for item in items if (number := sheet.number(item)) is not None}
    hard = [item for item, level in levels.items() if level >= 3]
    some = [item for item, level in levels.items() if level >= 2]
    return sheet.finding(_identifier(list(levels.values())), score=len(hard), reasons=some, needed=items)


def _identifier(levels: list[int]) -> str:
    if not levels:
        return "undetermined"
    if max(levels) >= 3:
        return f"disability_{max(levels)}"
    twos = levels.count(2)
    return "disability_2" if twos >= 2 else "disability_1" if twos else "none_reported"


def strangulation(sheet: Sheet) -> Score:
    """Any sign is an emergency, whatever else was said; pregnancy too once she was strangled."""
    strangled = sheet.yes(sheet.role("asked"))
    signs = sheet.yes(sheet.role("sign"))
    pregnant = sheet.yes(sheet.role("pregnant")) if strangled else []
    return sheet.finding(
        _urgency(sheet, signs + pregnant),
        score=len(signs),
        reasons=strangled + signs + pregnant,
        needed=sheet.needed(),
    )


def _urgency(sheet: Sheet, alarming: list[str]) -> str:
    asked = sheet.role("asked")
    if alarming:
        return "emergency"
    if not sheet.yes(asked) and not sheet.unsaid(asked):
        return "not_indicated"
    if sheet.unsaid(asked + sheet.role("sign") + sheet.role("pregnant")):
        return "undetermined"
    hours = sheet.number("hours_since")
    return "urgent_check" if hours is None or hours <= CHECK_WITHIN_H else "medical_advice"
