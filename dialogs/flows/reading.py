"""How she reads here: simple text, a screen reader, text only. One tap each, at any time; nothing is asked first."""

from dialogs.kinds import Choice, Effect, Step

# What the desk learns of her by a setting of hers: the need that a counsellor, and with her yes a service, goes by.
NEEDS_BY_SETTING = {"text": "in_writing", "sign": "sign", "aloud": "read_aloud", "easy": "easy_text"}


def _set(choice: str, to: str, setting: str, value: str = "yes") -> Choice:
    return Choice(choice, to, Effect.SET, f"{setting}={value}")


READING = Step(
    "reading",
    ("reading.what", "reading.easy", "reading.aloud", "reading.text", "reading.seen"),
    (
        (_set("easy", "reading_done", "easy"), _set("easy_off", "reading_done", "easy", "")),
        (_set("aloud", "reading_aloud", "aloud"), _set("aloud_off", "reading_done", "aloud", "")),
        (_set("textonly", "reading_sign", "text"), _set("textonly_off", "reading_done", "text", "")),
        (Choice("skip", "settings"),),
    ),
    back="settings",
)

READING_ALOUD = Step(
    "reading_aloud",
    ("aloud.what", "aloud.hidden", "aloud.cost", "aloud.ears", "aloud.ask"),
    (
        (_set("plain", "reading_done", "plain"),),
        (_set("hidden", "reading_done", "plain", ""),),
        (Choice("skip", "reading_done"),),
    ),
    back="reading",
    question=True,
)

READING_SIGN = Step(
    "reading_sign",
    ("textonly.noted", "sign"),
    (
        (_set("yes", "reading_done", "sign"), _set("no", "reading_done", "sign", "")),
        (Choice("skip", "reading_done"),),
    ),
    back="reading",
    question=True,
)

READING_DONE = Step(
    "reading_done",
    ("reading.noted", "change_mind"),
    ((Choice("reading", "reading"), Choice("menu", "menu")),),
    back="reading",
)

STEPS = (READING, READING_ALOUD, READING_SIGN, READING_DONE)
