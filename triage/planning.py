"""Her safety plan: answers put in and taken out, what is kept of it, and whether the counsellor may see it.

It lies in her sealed place, which the desk's process can neither read nor open; what she shows is sealed to the desk's
half of the case as one entry, and goes from there when she takes it back.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from dialogs.flows.plan_state import kept, shared, takes_words, told, watched
from dialogs.flows.plan_table import OWN, Item
from triage import agreeing, setting
from triage.talk import Talk
from vault import consents, entries, known
from vault.orders import Urgency

# On a watched phone: the shortest timer, and nothing that she did not just ask for.
_QUIET = {"timer": "15", "when": "never", "days": ""}


async def put(talk: Talk, item: str, answer: str) -> None:
    """One answer, or none in its place; what is shown to the counsellor follows."""
    rest = {name: value for name, value in talk.place.plan.items() if name != item}
    talk.place = replace(talk.place, plan={**rest, item: answer} if answer else rest)
    talk.untold("plan_one")
    if shared(talk.place):
        await _show(talk)


async def put_words(talk: Talk, item: Item, text: str) -> bool:
    """A few words of her own as an answer; False where none are taken, and nothing is kept of them."""
    if not takes_words(item, talk.place, text):
        return False
    await put(talk, item.id, OWN + " ".join(text.split()))
    return True


async def _show(talk: Talk) -> None:
    """The plan as it is now, sealed to the desk's half in the place of what was shown before."""
    await known.forget_plan(talk.connection, talk.case.id)
    if talk.place.plan:
        written = json.dumps(dict(talk.place.plan), ensure_ascii=False)
        await entries.write(talk.connection, talk.case.id, "plan", "survivor", written, entries.DESKS, talk.now)


async def unshow(talk: Talk) -> None:
    """The desk has it no longer; whoever talks with her is told so."""
    if not shared(talk.place):
        return
    setting.put(talk, plan_shared="")
    await known.forget_plan(talk.connection, talk.case.id)
    await consents.withdraw(talk.connection, talk.case.id, consents.PLAN, talk.now)
    await talk.tell_desk("plan_unshared", Urgency.WORDS)
    await talk.note("withdrew.plan")


async def _share(talk: Talk, said: str) -> None:
    """Her answer to whether a counsellor may see it, or her taking that back."""
    if not said or (said == "yes" and not kept(talk.place)):
        await unshow(talk)
        return
    await consents.answer(talk.connection, talk.case.id, consents.PLAN, said == "yes", talk.now)
    await talk.note("consent.plan" if said == "yes" else "refused.plan")
    if said == "yes":
        setting.put(talk, plan_shared="yes")
        await _show(talk)
        await talk.tell_desk("plan_shared", Urgency.WORDS)


async def _phone(talk: Talk, answer: str) -> None:
    """Who looks at her phone. Where somebody may, nothing is kept, and nothing comes by itself."""
    setting.put(talk, phone=answer)
    if watched(talk.place):
        await _keep(talk, "")
        setting.put(talk, **_QUIET)
        await agreeing.no_more(talk)


async def _keep(talk: Talk, answer: str) -> None:
    """Whether the plan is kept. What is not kept is not shown to anybody either."""
    setting.put(talk, plan=answer)
    if answer and talk.knows("safe"):
        talk.told("by_word")
    if not answer:
        await unshow(talk)


async def _turn(talk: Talk, part: str) -> None:
    """A page further; at the end of a plan that is not kept it is gone."""
    if told(f"plan_after:{part}", talk.place) == "gone":
        await _drop(talk)


async def _drop(talk: Talk, _value: str = "") -> None:
    await unshow(talk)
    talk.place = replace(talk.place, plan={})


async def _walk(talk: Talk, _value: str) -> None:
    talk.untold("plan_one")


async def _one(talk: Talk, _value: str) -> None:
    talk.told("plan_one")


async def _alone(talk: Talk, _value: str) -> None:
    talk.told("plan_person")


_VERBS: dict[str, Callable[[Talk, str], Awaitable[None]]] = {
    "phone": _phone,
    "keep": _keep,
    "share": _share,
    "turn": _turn,
    "drop": _drop,
    "walk": _walk,
    "one": _one,
    "alone": _alone,
}


async def carry_out(talk: Talk, said: str) -> None:
    """What a button does with the plan as a whole: a verb, and what it is about behind a `=`."""
    verb, _, value = said.partition("=")
    await _VERBS[verb](talk, value)
