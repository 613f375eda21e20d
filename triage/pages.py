"""The tables of docs/triage.md, written from the data that the code runs on."""

import re
from collections.abc import Iterable, Sequence

from triage.clocks import clock_table
from triage.happened import CLOCKS_OF, EVENT_OF
from triage.priority import Facts, classify
from triage.priority_table import Rule, priority_table
from triage.risk_class import RiskClass
from triage.risk_instruments import Instrument, Item, Permission, instruments
from triage.routing import overtaking_s
from triage.simulation_demand import demand_table

# Only this module writes what stands between the two; everything outside them is written by hand.
OPENS, CLOSES = "<!-- generated: triage -->", "<!-- end of generated: triage -->"


def tables() -> str:
    """All tables as Markdown, with their headings."""
    sections = [
        ("### Instruments", _instruments()),
        *((f"#### {one.name}: {one.title}", _instrument(one)) for one in instruments().values()),
        (f"### Clocks, as of {clock_table().as_of}", _clocks()),
        ("### Answers to “how long ago”", _answers()),
        ("### What a time is told of, and which clocks count from it", _events()),
        ("### Classes", _classes()),
        (f"### Priority, version {priority_table().version}", _priority()),
        (f"### The operator's danger questions, version {priority_table().version}", _danger()),
        ("### Queue, room and offers", _queue()),
        (f"### What the simulation assumes, as of {demand_table().as_of}", _demand()),
    ]
    return "\n\n".join(f"{heading}\n\n{body}" for heading, body in sections)


def fill(page: str) -> str:
    """The page with its tables renewed; raises ValueError when it has not exactly one place for them."""
    around = re.split(f"{re.escape(OPENS)}.*?{re.escape(CLOSES)}", page, flags=re.DOTALL)
    if len(around) != 2:
        raise ValueError(f"the page needs exactly one {OPENS} ... {CLOSES}")
    return f"{around[0]}{OPENS}\n\n{tables()}\n\n{CLOSES}{around[1]}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    # Not aligned: one long source would make every line of its table as long.
    lines = [head, ["---"] * len(head), *([str(cell).replace("|", "\\|") or "-" for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _instruments() -> str:
    return _table(
        ("instrument", "shipped as", "bot from", "person from", "source", "mark"),
        (
            (one.name, _shipped(one), _age(one.bot_from), _age(one.person_from), one.source, one.mark)
            for one in instruments().values()
        ),
    )


def _shipped(one: Instrument) -> str:
    if one.permission is Permission.PACK:
        return "pack, off until a permission is stated"
    return "official wording only" if one.official_wording else "our own wording"


def _age(years: int | None) -> str:
    return "never" if years is None else "any age" if years == 0 else str(years)


def _instrument(one: Instrument) -> str:
    items = _table(
        ("item", "answers", "weight", "what it asks"),
        ((item.id, _takes(item), item.weight if one.rule == "count" else "", item.about) for item in one.items),
    )
    bands = ", ".join(
        f"`{band.id}`" + (f" from {band.reached_at}" if band.reached_at is not None else "") for band in one.bands
    )
    limits = "\n".join(f"- {limit}" for limit in one.limits)
    return f"{one.purpose}\n\n{items}\n\nBands: {bands}.\n\n{one.permission_note} Limits:\n\n{limits}"


def _takes(item: Item) -> str:
    if item.kind == "integer":
        return f"{item.least} to {item.most}" if item.most is not None else f"{item.least} or more"
    return {"yes_no": "yes, no", "yes_no_na": "yes, no, na"}.get(item.kind, ", ".join(item.words))


def _clocks() -> str:
    return _table(
        ("clock", "kind", "counts from", "hours", "closing at", "shown when", "source", "mark", "signed by"),
        (
            (one.id, one.kind, one.since, one.window_h, one.closing_h, one.shown_when, one.source, one.mark,
             one.reviewed_by or "nobody yet")
            for one in clock_table().clocks.values()
        ),
    )  # fmt: skip


def _answers() -> str:
    return _table(
        ("answer", "more than, hours", "up to, hours"),
        (
            (answer, *(("not known", "not known") if known is None else (known[0], known[1] or "no end")))
            for answer, known in clock_table().answers.items()
        ),
    )


def _events() -> str:
    hers = {event: item for item, event in EVENT_OF.items()}
    return _table(
        ("event", "told by", "clocks"),
        (
            (event, f"her (`{hers[event]}`) or the operator" if event in hers else "the operator", ", ".join(clocks))
            for event, clocks in CLOCKS_OF.items()
        ),
    )


def _classes() -> str:
    return _table(
        ("class", "in the operating procedures", "answered within"),
        (
            (risk.word, colour, _seconds(target))
            for risk, colour, target in (
                (RiskClass.IMMEDIATE, "red", 0),
                (RiskClass.HIGH, "amber", priority_table().due_s[RiskClass.HIGH]),
                (RiskClass.ORDINARY, "green", priority_table().due_s[RiskClass.ORDINARY]),
            )
        ),
    )


def _seconds(seconds: int) -> str:
    return f"{seconds // 60} minutes" if seconds else "at once: before everything else"


def _danger() -> str:
    """Each question, and the class that each of its answers gives by itself."""
    return _table(
        ("question", "immediate", "high", "no class"),
        ((question, *_by_class(question, answers)) for question, answers in priority_table().danger.items()),
    )


def _by_class(question: str, answers: Sequence[str]) -> list[str]:
    found: dict[RiskClass, list[str]] = {risk: [] for risk in reversed(RiskClass)}
    for answer in answers:
        found[classify(Facts(danger={question: answer})).risk].append(answer)
    return [", ".join(said) for said in found.values()]


def _priority() -> str:
    return _table(
        ("rule", "class", "sooner by", "holds when", "mark"),
        (
            (rule.id, rule.risk.word, f"{rule.lift_s} s" if rule.lift_s else "", _holds(rule), rule.mark)
            for rule in priority_table().rules
        ),
    )


def _holds(rule: Rule) -> str:
    joined, signs = (" and ", rule.all) if rule.all else (", ", rule.any)
    return joined.join(f"`{sign}`" for sign in sorted(signs))


def _queue() -> str:
    table = priority_table()
    rows: list[tuple[object, object]] = [
        *((f"{risk.word}: due after", f"{table.due_s[risk]} s") for risk in reversed(RiskClass)),
        ("most that a lift brings it forward", f"{table.max_lift_s} s"),
        ("what comes so much later and is not immediate never stands before a case", f"{overtaking_s():g} s"),
        ("chats at once", table.room.chats),
        ("chats at once while one is immediate", table.room.with_immediate),
        ("chats at once, ever, with the shift lead's yes", table.room.hard_stop),
        *((f"{risk.word}: an offer lapses after", f"{table.lapse_s[risk]} s") for risk in reversed(RiskClass)),
        ("who let it lapse is asked again after", f"{table.rest_s} s"),
    ]
    return _table(("rule", "figure"), rows)


def _demand() -> str:
    demand = demand_table()
    figures = _table(
        ("figure", "value", "unit", "mark", "source"),
        ((one.id, f"{one.value:g}", one.unit, one.mark, one.source) for one in demand.figures.values()),
    )
    hours = _table(("from", "to", "share of the day"), ((a, b, f"{share:.0%}") for a, b, share in demand.hours))
    evenings = _table(
        ("scenario", "what", "new cases a day", "surge", "day of the week", "operators at once"),
        (
            (one.id, one.title, f"{one.new_a_day:g}", f"{one.surge:g}", f"{one.day:g}", one.operators)
            for one in demand.scenarios.values()
        ),
    )
    return f"{figures}\n\n{hours}\n\n{evenings}"
