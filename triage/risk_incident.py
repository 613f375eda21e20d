"""The type of one incident, walked in the order of the standard form, and the contexts that follow from it."""

from triage.risk_instruments import Context, Item
from triage.risk_sheet import Score, Sheet


def incident(sheet: Sheet) -> Score:
    """The first yes decides, if every earlier answer is no; whether it is gender-based is read only after six noes."""
    types = [item for item in sheet.instrument.items if item.role == "type"]
    gender = sheet.role("gender")
    walked = _up_to_first_yes(sheet, types)
    open_questions = sheet.unsaid(item.id for item in walked)
    decided = [] if open_questions else sheet.yes(item.id for item in walked)
    needed = [item.id for item in walked]
    band = "undetermined"
    if decided:
        band = walked[-1].band
    elif not open_questions:
        needed += gender
        decided = [item for item in gender if not sheet.unsaid(gender)]
        band = ("unclassified" if sheet.yes(gender) else "non_gbv") if decided else band
    return sheet.finding(band, score=None, reasons=decided, needed=needed, contexts=_contexts(sheet, types, band))


def _up_to_first_yes(sheet: Sheet, types: list[Item]) -> list[Item]:
    for number, item in enumerate(types, 1):
        if sheet.said(item.id, "yes"):
            return types[:number]
    return types


def _contexts(sheet: Sheet, types: list[Item], band: str) -> tuple[str, ...]:
    core = {item.band for item in types}
    if band not in core:
        return ()
    return tuple(context.id for context in sheet.instrument.contexts if _holds(sheet, context, band))


def _holds(sheet: Sheet, context: Context, band: str) -> bool:
    if context.types and band not in context.types:
        return False
    if context.under is None:
        return sheet.answers.get(context.item) in context.words
    age = sheet.number(context.item)
    return age is not None and age < context.under
