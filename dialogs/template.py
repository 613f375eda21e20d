"""The translators' template: every key in the order of the road, with where it is said and where it leads."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog

from dialogs.engine import STEPS
from dialogs.flows.footer import LISTEN, footer, keyboard
from dialogs.flows.road import FORMS, LANGUAGES
from dialogs.kinds import Choice, Step
from dialogs.lines import BY_TEXT, CALLED_FOR, EASY
from dialogs.region import SERVICE_KINDS
from dialogs.screen import label_keys

# What somebody may need to take part, as a referral names it; the order is that of the list she reads.
NEEDS: Final = ("in_writing", "sign", "read_aloud", "easy_text", "step_free", "assistant", "more_time")

# What a referral may carry, and the values that have words of their own; a field without any holds free words.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "service_code": SERVICE_KINDS,
    "risk_level": ("immediate", "high", "ordinary"),
    "lang": LANGUAGES,
    "safe_contact": ("this_chat",),
    "access": NEEDS,
    "needs_text": (),
}

# What a counsellor asks and the program never does.
HARK: Final = ("humiliated", "afraid", "raped_forced", "kicked_hurt")

# Said outside the steps: by the door, at the end, in lists inside a sentence. The value is the translators' comment.
LOOSE: Final[Mapping[str, str]] = {
    "erased": "the receipt's first line, after everything was erased",
    "erased.receipt": "the receipt's second line",
    "error": "anywhere, when something of ours failed; neutral: may be read over her shoulder",
    **dict.fromkeys(
        ("data.words", "data.answers", "data.notes", "data.referrals", "data.voice", "data.plan", "data.nothing"),
        "one kind of what is kept, inside the lists of data.hers and data.desk",
    ),
    **{f"hark.{item}": "asked by a counsellor, at the desk" for item in HARK},
    CALLED_FOR: "at the end of a screen with a telephone number, to somebody who only writes",
    BY_TEXT: "the same, where the region has a number for text messages",
    "nothing": "a search found nothing; neutral: may be read over her shoulder",
    "again": "over a message that was sent again, because it is unknown whether it arrived",
    **dict.fromkeys(
        ("first.dish", "first.list", "first.menu", "first.bread"),
        "first line, the only one that a locked screen shows: dull, about cooking, nothing else",
    ),
    **{f"field.{field}": "what would be passed on, before a colon in the list of referral.fields" for field in FIELDS},
    **{
        f"value.{field}.{value}": f"after the colon of field.{field}, in the list of referral.fields"
        for field, values in FIELDS.items()
        for value in values
    },
}

_HEADER: Final = """\
# Words for survivors: the translators' template.
# Made by `hamroh words template` from the flows; change the English in locales/en, then make it again.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Reviewed-By: \\n"

"""


def _said(step: Step) -> Iterable[tuple[str, str]]:
    for key in step.text:
        if key in FORMS:
            yield from ((form, f"one form of a line of {step.id}") for form in FORMS[key] if form)
        else:
            yield key, f"said in {step.id}"
    if step.neutral:
        yield step.neutral, f"said in {step.id} instead of what is not signed or not known"


def _label(step: Step, choice: Choice) -> tuple[str, str]:
    role = "answer to" if step.question else "button of"
    return choice.key, f"{role} {step.id}, leads to {' or '.join(dict.fromkeys(choice.targets()))}"


def _foot(choice: Choice) -> tuple[str, str]:
    if choice.id == "back":
        return choice.key, "button at the foot of most screens, leads to the screen before"
    return choice.key, f"button at the foot of every screen, leads to {' or '.join(dict.fromkeys(choice.targets()))}"


def _all() -> Iterable[tuple[str, str]]:
    for step in STEPS.values():
        yield from _said(step)
        yield from (_label(step, choice) for choice in step.choices())
    yield from (_foot(choice) for step in STEPS.values() for row in footer(step) for choice in row)
    yield LISTEN.key, "button under a screen of which the region has a recording"
    yield from LOOSE.items()


def uses() -> Mapping[str, tuple[str, ...]]:
    """Every key there is, in the order of the road, with the translators' comments on where it is said."""
    found: dict[str, dict[str, None]] = {}
    for key, note in _all():
        found.setdefault(key, {})[note] = None
    return {key: tuple(notes) for key, notes in found.items()}


def _aloud() -> Mapping[str, str]:
    """Every key under which a label for a screen reader may stand, and the label it is another form of."""
    labels = [(step, choice) for step in STEPS.values() for row in keyboard(step) for choice in row]
    return {key: choice.key for step, choice in labels for key in label_keys(step, choice)}


def _written(english: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The keys that are used and written, each followed by its easy-read form where that is written too."""
    found: dict[str, tuple[str, ...]] = {}
    for key, notes in uses().items():
        if key in english:
            found[key] = notes
        if key + EASY in english:
            found[key + EASY] = (f"easy-read form of {key}: shorter, everyday words, one idea a sentence",)
    for key, label in _aloud().items():
        if key in english:
            found[key] = (f"{label} as a screen reader says it: plain what it does, without the text above it",)
    return found


def missing(english: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the flows use and the English catalog does not have."""
    return tuple(key for key in uses() if key not in english)


def unused(english: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the English catalog has and nothing says."""
    written = _written(english)
    return tuple(key for key in english if key not in written)


def template(english: Mapping[str, str]) -> str:
    """The template as text, the same for the same flows and English; keys without English are left out."""
    catalog = Catalog()
    for key, notes in _written(english).items():
        catalog.add(english[key], context=key, auto_comments=list(notes))
    written = BytesIO()
    pofile.write_po(written, catalog, width=0, omit_header=True)
    return _HEADER + written.getvalue().decode("utf-8")
