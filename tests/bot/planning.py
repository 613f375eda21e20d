"""How a test makes a safety plan with somebody, and looks at what is kept of it."""

import json

from sqlalchemy import text

from dialogs.kinds import Place
from tests.bot.walking import chooses, stands, takes, walks
from tests.people import Operator, Survivor
from tests.sight import Sight
from vault import cases
from vault.cases import Case
from vault.database import begin
from vault.tables import SURVIVORS


async def place_of(sight: Sight, she: Survivor) -> Place:
    """Her place, opened with her side's key."""
    safe = sight.safe(SURVIVORS)
    async with begin(sight.engine) as connection:
        row = await cases.place(connection, safe, safe.person("chat", str(she.phone.user_id)))
    assert row is not None
    return Place.from_json(json.loads(row.opened))


async def plan_of(sight: Sight, she: Survivor) -> dict[str, str]:
    return dict((await place_of(sight, she)).plan)


async def begins(she: Survivor, sight: Sight, *, phone: str = "never", keep: str = "plan_keep") -> None:
    """From nothing to the parts of her plan, with her word on who looks at her phone and whether to keep it."""
    await walks(she, "menu", sight)
    await chooses(she, "menu", "plan_open")
    await stands(she, "plan.phone")
    await chooses(she, "plan.phone", phone)
    if phone in {"never", "sometimes"}:
        await stands(she, "plan.keep")
        await chooses(she, "plan.keep", keep)
    else:
        await stands(she, "plan.quiet")
        await chooses(she, "plan.quiet", "goon")
    await stands(she, "plan")


async def answers_part(she: Survivor, part: str, **answers: str) -> None:
    """Answer the questions of a part by taps."""
    await chooses(she, "plan", f"part_{part}")
    for item, answer in answers.items():
        await stands(she, f"plan.ask.{item}")
        await chooses(she, f"plan.ask.{item}", answer)
    await stands(she, "plan.noted")


async def goes_home(she: Survivor) -> None:
    await chooses(she, "plan.noted", "plan_more")
    await stands(she, "plan")


async def built(she: Survivor, sight: Sight) -> None:
    """A kept plan of two parts, and its home on the screen."""
    await begins(she, sight)
    await answers_part(she, "home", rooms="window", signs="skip", keys="by_door")
    await goes_home(she)
    await answers_part(she, "needs", needs="medicine")
    await goes_home(she)


async def shown_entries(sight: Sight, case: Case) -> int:
    query = text("select count(*) from entries where case_id = :case and kind = 'plan'")
    async with begin(sight.engine) as connection:
        return int(await connection.scalar(query, {"case": case.id}) or 0)


async def shows_it(she: Survivor) -> None:
    """From the plan's home to her yes."""
    await chooses(she, "plan", "plan_share")
    asked = await she.sees("plan.share")
    assert asked.text.count("?") == 1
    await chooses(she, "plan.share", "agree")
    await she.sees("plan.shared")


async def with_a_counsellor(she: Survivor, operator: Operator, sight: Sight) -> int:
    """She asks for a person from where she is, and is taken."""
    await she.taps("person")
    await she.sees("consent")
    await she.taps("agree")
    await she.sees("leave_msg")
    number = (await sight.one(she)).number
    await takes(operator, number)
    await she.sees("person_in")
    return number
