"""A safety plan as lines: what each answer is called, and what it says, in any language."""

from collections.abc import Iterable, Mapping

from dialogs.flows.plan_table import ITEMS, OWN, Item, answer_key
from dialogs.words import Catalogs


def said(answer: str, language: str, words: Catalogs) -> str:
    """One answer: a tapped one in this language, her own words as she wrote them; "" where nobody knows it any more."""
    if answer.startswith(OWN):
        return answer.removeprefix(OWN)
    key = answer_key(answer)
    return words.say(language, key) if key in words.english else ""


def lines(
    plan: Mapping[str, str], language: str, words: Catalogs, items: Iterable[Item] = ITEMS.values()
) -> tuple[str, ...]:
    """Each answer that stands among these items, in their order, behind what it is called."""
    found = ((item, said(plan[item.id], language, words)) for item in items if item.id in plan)
    return tuple(f"{words.say(language, item.name)}: {answer}" for item, answer in found if answer)
