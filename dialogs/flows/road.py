"""The survivor's road: from the greeting through safety, the menu, a person, and the way out."""

from collections.abc import Mapping

from dialogs.flows import guidance_pages, plan_table
from dialogs.flows.footer import TO_A_PERSON as PERSON
from dialogs.kinds import Choice, Effect, Fork, Step

NOW = {"menu": "menu", "waiting": "waiting", "talking": "talking"}
# Where she goes on: to the person she talks with or waits for, to the menu, or (after a pause) to the question which.
RESUME = Fork("resume", {**NOW, "again": "again"})
GO_ON = Fork("go_on", NOW)
# Screens that only come between: after them she goes on where she stood before (`Place.before`).
BETWEEN = frozenset({"safe_now", "again", "language", "sos", "near_now", "erase_ask", "plan.typed"})
# Where a person reads along or will: a bare number, a yes or a no is said to them, and never ends the talk.
LIVE = frozenset({"waiting", "left_words", "talking"})

# What is said where she comes back to the talk from a referral that she was asked about: her yes, or her no.
PASSED, KEPT = "referral.passed", "referral.kept"

# A line with several forms: whoever shows the screen names the one that is true now; the first is said otherwise.
FORMS: Mapping[str, tuple[str, ...]] = {
    "waiting.wait": ("wait_unknown", "wait_n", "nobody", "nobody_untimed", "waiting.on_duty"),
    "sos.misread": ("misread", "voice.kept", "only_words"),
    "heard.arrived": ("arrived", "heard.unread", "heard.shared"),
    "refused.noted": ("refused.noted", "refused.withdrawn"),
    "waiting.window": ("waiting.window", "waiting.window_less"),
    "waiting.child": ("", "minor.line"),
    "danger.told": ("danger.told", "danger.told_nobody"),
    "when.noted": ("when.noted_onlyme", "when.noted_never", "when.noted"),
    "when.on": ("", "when.on"),
    "when.outside": ("", "when.outside"),
    "when.first": ("", "when.first"),
    "talking.answered": ("", PASSED, KEPT),
    "needs.list": ("needs.none", "needs.list"),
    "menu.person": ("", "about.person"),
    "menu.telegram": ("", "tgcopy"),
    "menu.reading": ("", "menu.reading"),
    "menu.left_behind": ("", "menu.left_behind"),
    **guidance_pages.FORMS,
    **plan_table.FORMS,
}

# A row that would change nothing is not shown: its first button, by the line that says how it stands.
SETTLED: Mapping[str, str] = {"waiting.window": "wait_more", "waiting.window_less": "wait_less"}

# Every language there may be; which are offered is for the catalogs to say. The order is the order on screen.
LANGUAGES = ("uz", "uz_Cyrl", "ru", "kaa", "tg", "en")


def _languages(to: str | Fork) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(f"lang_{code}", to, Effect.LANGUAGE, code, label=f"language.{code}"),) for code in LANGUAGES)


GREET = Step("greet", ("greet",), _languages("safe_now"), inside=False, back="greet")

SAFE_NOW = Step(
    "safe_now",
    ("program", "traces", "exit_how", "exit_where", "safe_now"),
    (
        (Choice("yes", RESUME, Effect.SAFE), Choice("no", "decoy", Effect.EXIT)),
        (Choice("cannot", "decoy", Effect.EXIT),),
    ),
    back="greet",
    question=True,
)

MENU = Step(
    "menu",
    ("menu.person", "menu.telegram", "menu.reading", "menu.left_behind", "menu.need", "howto"),
    (
        (Choice("danger", "danger", Effect.DANGER),),
        (Choice("person", PERSON),),
        (Choice("read", "read"),),
        (Choice("screening", Fork("age", {"ask": "age", "young": "minor", "adult": "whose"})),),
        (plan_table.PLAN,),
        (Choice("about", "about"), Choice("settings", "settings")),
        (Choice("lang", "language"), Choice("finish", "goodbye")),
        (Choice("erase", "erase_ask"),),
    ),
    back="menu",
)

ABOUT = Step(
    "about",
    ("program", "about.person", "about.kept", "noname"),
    ((Choice("traces_page", "traces"),),),
)

TRACES = Step(
    "traces",
    ("traces.fewer", "tgcopy", "traces.48h", "traces.device", "otherphone"),
    ((Choice("menu", "menu"),),),
    back="about",
)

DANGER = Step(
    "danger",
    ("danger.call", "danger.out", "danger.told", "danger.limits", "danger.place", "tgcopy"),
    ((Choice("danger_more", "read.danger_more"),), (Choice("menu", "menu"),)),
)

LIMITS = Step(
    "limits",
    ("limits.who", "limits.kept", "limits.law", "tgcopy", "can_refuse", "consent"),
    ((Choice("agree", "waiting", Effect.CONSENT), Choice("disagree", "refused", Effect.REFUSE)),),
    question=True,
)

LIMITS_YOUNG = Step(
    "limits_young",
    ("young.who", "young.kept", "young.law", "tgcopy", "can_refuse", "young.ask"),
    ((Choice("agree", "waiting", Effect.CONSENT), Choice("disagree", "refused", Effect.REFUSE)),),
    question=True,
)

REFUSED = Step("refused", ("refused.noted", "change_mind"), ((Choice("menu", "menu"),),))

WAITING = Step(
    "waiting",
    ("waiting.asked", "waiting.wait", "waiting.window", "leave_msg", "waiting.worse", "waiting.child"),
    (
        (Choice("breathe_button", "breathing"),),
        (Choice("wait_less", "waiting", Effect.SET, "wait=15"),),
        (Choice("wait_more", "waiting", Effect.SET, "wait=60"),),
        (Choice("stop", "menu", Effect.STOP_WAITING), Choice("erase", "erase_ask")),
    ),
)

TALKING = Step(
    "talking",
    ("talking.answered", "person_in", "can_stop"),
    ((Choice("stop", "after", Effect.STOP_WAITING), Choice("erase", "erase_ask")),),
    back="talking",
)

AFTER = Step(
    "after",
    ("person_out", "comeback"),
    ((Choice("menu", "menu"), Choice("finish", "goodbye")),),
)

HEARD = Step(
    "heard",
    ("heard.arrived", "heard.offer"),
    ((Choice("menu", "menu"),),),
)

HEARD_FIRST = Step(
    "heard_first",
    ("thanks", "blame2", "heard.arrived", "heard.offer"),
    ((Choice("menu", "menu"),),),
)

LEFT_WORDS = Step(
    "left_words",
    ("arrived", "left_words.person"),
    ((Choice("stop", "menu", Effect.STOP_WAITING),),),
    back="waiting",
)

SOS = Step(
    "sos",
    ("sos.misread", "sos"),
    ((Choice("yes", "danger", Effect.DANGER), Choice("no", RESUME)),),
    question=True,
)

NEAR = Step(
    "near_now",
    ("near_now",),
    (
        (Choice("yes", "decoy", Effect.EXIT), Choice("no", PERSON)),
        (Choice("cannot", "decoy", Effect.EXIT),),
    ),
    question=True,
)

REFERRAL = Step(
    "referral",
    ("referral.to", "referral.fields", "referral.duty", "can_refuse", "referral.ask"),
    ((Choice("agree", RESUME, Effect.SHARE), Choice("disagree", RESUME, Effect.KEEP)),),
    back="referral",
    question=True,
)

AGAIN = Step("again", ("again.ask",), ((Choice("goon", GO_ON), Choice("anew", "menu")),))

BREATHE = Step(
    "breathing",
    ("breathe", "breathe.see", "breathe.feet"),
    ((Choice("goon", GO_ON),),),
    back="waiting",
)

CONTACT = Step(
    "contact",
    ("contact.ask", "contact.first", "can_refuse"),
    ((Choice("agree", GO_ON, Effect.MEET, "yes"), Choice("disagree", GO_ON, Effect.MEET, "no")),),
    back="contact",
    question=True,
)

LANGUAGE = Step("language", ("language.choose",), _languages(RESUME), back="menu")

GOODBYE = Step(
    "goodbye",
    ("traces", "goodbye.delete", "goodbye.write", "comeback", "bye"),
    ((Choice("menu", "menu"),),),
)

ERASE = Step(
    "erase_ask",
    ("erase_q", "erase_ask.screen"),
    (
        (Choice("erase", "decoy", Effect.ERASE), Choice("no", RESUME)),
        (Choice("clear", "decoy", Effect.CLEAR),),
    ),
    question=True,
)

STEPS = (
    GREET, SAFE_NOW, MENU, ABOUT, TRACES, DANGER, LIMITS, LIMITS_YOUNG, REFUSED, WAITING, TALKING, AFTER, HEARD,
    HEARD_FIRST, LEFT_WORDS, SOS, NEAR, REFERRAL, AGAIN, BREATHE, CONTACT, LANGUAGE, GOODBYE, ERASE,
)  # fmt: skip
