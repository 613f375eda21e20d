"""An instrument on a staff phone: which may be asked, one question a screen, and what the answers come to."""

from typing import Any, Final

from dialogs.young import FLAG
from triage.case_lines import answered, said
from triage.facts import newest_sheets
from triage.house import House
from triage.priority import follow_ups
from triage.risk import score
from triage.risk_gate import Age, Asker, asks
from triage.risk_instruments import Instrument, Item, instruments
from triage.sheets import INSTRUMENT
from triage.showing import Card, Desk, Nothing, Shown
from triage.tapping import buttons
from vault import entries
from vault.cases import Case

_YES_NO: Final = ("yes", "no")
_UNSAID: Final = ("unknown", "refused")
# A range of so many numbers is tapped; a wider one is typed.
_TAPPED: Final = 5
# Asked on her own phone, question by question, where her counsellor proposes it (`/needs`).
ON_HER_PHONE: Final = frozenset({"wg-ss"})


def may_ask(house: House, case: Case, name: str) -> bool:
    """Whether a counsellor may ask this of her: permission and age, a child's sign in her words outweighing all."""
    one = instruments().get(name)
    if one is None or one.record or name in ON_HER_PHONE:
        return False
    return asks(name, Age.NOT_SAID, house.packs, by=Asker.PERSON, minor=FLAG in case.flags)


def values_of(item: Item) -> tuple[str, ...]:
    """The answers of a question that are offered as buttons."""
    if item.kind in {"yes_no", "yes_no_na"}:
        return (*_YES_NO, *(("na",) if item.kind == "yes_no_na" else ()), *_UNSAID)
    if item.least is not None and item.most is not None and item.most - item.least < _TAPPED:
        return (*map(str, range(item.least, item.most + 1)), *_UNSAID)
    return (*item.words, *_UNSAID)


def after(one: Instrument, item: str, answers: dict[str, Any]) -> str:
    """The next question that these answers leave to be asked; "stop" after the last. From "": the first of all."""
    ids = [each.id for each in one.items]
    later = one.items[ids.index(item) + 1 if item else 0 :]
    return next((each.id for each in later if not _spared(one, each, answers)), "stop")


def _spared(one: Instrument, item: Item, answers: dict[str, Any]) -> bool:
    if item.unless_no and answers.get(item.unless_no) == "no":
        return True
    # No to all that stand before it: how acute it is, is not asked.
    return item.role == "acute" and all(answers.get(each) == "no" for each in one.with_role("screen"))


def _wording(desk: Desk, name: str, item: Item) -> str:
    pack = desk.house.packs.get(name)
    if pack is not None:
        return pack.said(pack.items, desk.language, item.id)
    return desk.house.words.say(desk.language, item.text)


def told(desk: Desk, name: str, kept: dict[str, Any]) -> str:
    """What a band is called: by the owner of a pack in their words, by us in ours."""
    if kept.get("open"):
        return desk.say("sheet.open")
    pack = desk.house.packs.get(name)
    return pack.said(pack.bands, desk.language, kept["band"]) if pack else desk.name(f"band.{kept['band']}")


def line(desk: Desk, name: str, kept: dict[str, Any]) -> str:
    """One instrument's answers and what they come to, in a line of a card."""
    items = answered(desk, "item", kept["answers"])
    band = told(desk, name, kept)
    if name == INSTRUMENT:
        return desk.say("card.screening", band=band, answers=items)
    return desk.say("card.sheet", title=instruments()[name].title, band=band, answers=items)


async def sheet(desk: Desk) -> Shown:
    """The list, the question that the order names, or what the answers come to."""
    case = desk.case
    if case is None or not desk.holds:
        return Nothing("not theirs any more")
    name, item = str(desk.due.order.params.get("sheet", "")), str(desk.due.order.params.get("item", ""))
    one = instruments().get(name)
    if one is None or not may_ask(desk.house, case, name):
        return _list(desk, case)
    sheets = newest_sheets(await entries.read_all(desk.connection, desk.house.safe, case.id, ("answers",)))
    kept = sheets.get(name, {"answers": {}, "open": True})
    asked = one.item(item)
    if asked is not None:
        return _question(desk, case, one, asked, kept["answers"])
    await desk.audit("read.sheet")
    return _outcome(desk, case, one, sheets)


def _list(desk: Desk, case: Case) -> Card:
    names = [name for name in instruments() if may_ask(desk.house, case, name)]
    rows = tuple(((instruments()[name].title, f"sheet:{case.number}:{name}"),) for name in names)
    return Card(desk.say("sheet.pick", number=case.number), rows, edit=desk.due.order.message_id, version="pick")


def _question(desk: Desk, case: Case, one: Instrument, item: Item, answers: dict[str, Any]) -> Card:
    nth = one.items.index(item) + 1
    lines = [
        desk.say("sheet.screen", number=case.number, title=one.title, nth=nth, of=len(one.items)),
        _wording(desk, one.name, item),
    ]
    if item.kind == "integer" and not set(values_of(item)) > set(_UNSAID):
        lines.append(desk.say("sheet.typed", number=case.number, sheet=one.name, item=item.id))
    if item.id in answers:
        lines.append(desk.say("danger.before", answer=said(desk, answers[item.id])))
    # The version names the question alone: what was answered stands in no plain column.
    version = f"{one.name} {item.id}"
    head, skip = f"sheet:{case.number}:{one.name}", after(one, item.id, answers)
    rows = buttons(desk, head, item.id, values_of(item), skip)
    return Card("\n".join(lines), rows, edit=desk.due.order.message_id, version=version)


def _outcome(desk: Desk, case: Case, one: Instrument, sheets: dict[str, dict[str, Any]]) -> Card:
    """What the answers come to, by name and never by number, and what is to be asked next."""
    kept = sheets.get(one.name, {"answers": {}, "open": True})
    mark, risk = desk.name(f"mark.{case.risk}"), desk.name(f"risk.{case.risk}")
    band = told(desk, one.name, kept)
    lines = [desk.say("sheet.outcome", number=case.number, title=one.title, band=band, mark=mark, risk=risk)]
    left = score(one.name, kept["answers"]).missing
    if left:
        lines.append(desk.say("sheet.missing", items=", ".join(desk.name(f"item.{item}") for item in left)))
    given = {name: sheet["answers"] for name, sheet in sheets.items()}
    following = [each.instrument for each in follow_ups(given, frozenset(case.flags)) if each.instrument]
    following += [name for name, sheet in sheets.items() if sheet.get("open") and name != one.name]
    next_ = [(instruments()[name].title, f"sheet:{case.number}:{name}") for name in dict.fromkeys(following)
             if may_ask(desk.house, case, name)]  # fmt: skip
    number = case.number
    rows = (
        *((button,) for button in next_),
        desk.row(("button.show", f"case:{number}"), ("button.sheet", f"sheet:{number}")),
    )
    return Card("\n".join(lines), rows, edit=desk.due.order.message_id, mark="sheet_outcome")
