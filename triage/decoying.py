"""After she left: every word and tap gets the cookery book's answer, until her way back.

A cry for help typed here is answered as the book answers, and its class and flags go to the desk without a word of it.
"""

from dialogs import decoy
from dialogs.decoy import BOOK
from dialogs.screen import Tapped, parse_data
from triage import leaving
from triage.book import written
from triage.flags import read
from triage.risk_class import RiskClass
from triage.saying import Came, Pressed, Said, Unblocked, command_of
from triage.talk import Talk
from vault import ledger
from vault.orders import Urgency
from vault.tables import SURVIVORS

_RISKS = {"immediate": RiskClass.IMMEDIATE, "high": RiskClass.HIGH}


async def hear(talk: Talk, came: Came) -> None:
    """One thing sent after she left."""
    saying = came.saying
    if isinstance(saying, Pressed):
        await _tapped(talk, came.message_id, parse_data(saying.data) or Tapped("d", "list"))
        return
    if isinstance(saying, Unblocked):
        await talk.order("wipe", Urgency.EXIT)
        return
    if isinstance(saying, Said) and is_way_back(saying.text) and came.message_id is not None:
        await leaving.come_back(talk, came.message_id)
        await talk.show("greet")
        return
    if came.message_id is None:
        return
    await _let_stand(talk, came)
    if isinstance(saying, Said):
        await _cry(talk, saying.text)
    await show(talk, saying.text if isinstance(saying, Said) else "")


async def _tapped(talk: Talk, under: int | None, tap: Tapped) -> None:
    """A tap in the book; an old button under what is the book already (the exit, pressed again) changes nothing."""
    address = await ledger.address(talk.connection, SURVIVORS, talk.address)
    if tap.step != BOOK and address is not None and under in address.spared:
        return
    talk.thumb = under
    await show(talk, tap)


def is_way_back(text: str) -> bool:
    """`/start`, which an open door answers with the neutral greeting."""
    return command_of(text) == "/start"


async def _let_stand(talk: Talk, came: Came) -> None:
    """What she types into the book belongs to it; what Telegram dates before the exit goes with the rest."""
    assert came.message_id is not None  # noqa: S101 - the caller has looked
    if talk.case.left_at is not None and came.at < talk.case.left_at.replace(microsecond=0):
        await talk.order("wipe", Urgency.EXIT)
    else:
        await ledger.spare(talk.connection, SURVIVORS, talk.address, came.message_id)


async def _cry(talk: Talk, text: str) -> None:
    reading = read(text)
    if "perpetrator_writing" in reading.flags:
        await talk.rise(RiskClass.HIGH, reading.flags)
        await talk.tell_desk("identity_doubt")
        await talk.note("identity_doubt")
    elif reading.urgency in _RISKS:
        await talk.rise(_RISKS[reading.urgency], reading.flags)
        await talk.tell_desk("decoy_cry")
        await talk.note("decoy_cry", ",".join(reading.flags))


async def show(talk: Talk, said: str | Tapped) -> None:
    """The book's answer, under her thumb or as a message of its own."""
    language = talk.place.language or talk.case.language
    found = decoy.answer(said, language, talk.house.region)
    await talk.order("decoy", Urgency.EXIT, message_id=talk.thumb, params=written(found))
