"""After she left: every word and tap gets the cookery book's answer, until her way back.

Her own words are compared with everything she types here, and the book is searched for it too, always both, and what is
answered first is one message of the same urgency: it takes the same time whatever was typed. A cry for help is answered
as the book answers, and its class and flags go to the desk without a word of it.
"""

from dialogs import decoy
from dialogs.decoy import BOOK
from dialogs.screen import Tapped, parse_data
from triage import leaving, setting
from triage.book import taste, written
from triage.flags import Reading, read
from triage.saying import Came, Pressed, Said, Unblocked, command_of, rest_of
from triage.talk import Talk
from triage.weighing import raised
from vault import ledger
from vault.orders import Urgency
from vault.tables import SURVIVORS


async def hear(talk: Talk, came: Came) -> None:
    """One thing sent after she left."""
    saying = came.saying
    if isinstance(saying, Pressed):
        await _tapped(talk, came.message_id, parse_data(saying.data) or Tapped("d", "list"))
    elif isinstance(saying, Unblocked):
        await talk.order("wipe", Urgency.EXIT)
    elif came.message_id is not None:
        await _typed(talk, came, came.message_id, saying.text if isinstance(saying, Said) else "")


async def _tapped(talk: Talk, under: int | None, tap: Tapped) -> None:
    """A tap in the book; an old button under what is the book already (the exit, pressed again) changes nothing."""
    address = await ledger.address(talk.connection, SURVIVORS, talk.address)
    if tap.step != BOOK and address is not None and under in address.spared:
        return
    talk.thumb = under
    setting.put(talk, **decoy.chosen(tap, talk.house.region))
    await show(talk, tap)


async def _typed(talk: Talk, came: Came, message_id: int, text: str) -> None:
    # All of it is done for every text, her words too.
    found = decoy.answer(text, taste(talk), talk.house.region)
    if command_of(text):
        found = decoy.home(taste(talk), talk.house.region)
    reading = read(text)
    meant = setting.meant(talk.place, text)
    if meant == "code" or talk.house.door.lets_in(command_of(text), rest_of(text), text):
        # A word goes with the book, so that it stands in no history; a start says nothing and stays.
        await _comes_back(talk, message_id if command_of(text) else message_id + 1, by_word=meant == "code")
        return
    await _let_stand(talk, came, message_id)
    if meant == "duress":
        await leaving.forced(talk)
    elif talk.case.forced_at is None:
        await _cry(talk, reading)
    await talk.order("decoy", params=written(found))


async def _comes_back(talk: Talk, before: int, *, by_word: bool) -> None:
    """Her word shows that it is she, and lifts what a duress word stopped; the neutral start proves nothing."""
    await leaving.come_back(talk)
    if by_word:
        talk.told("by_word")
    if by_word and talk.case.forced_at is not None:
        await talk.change(forced_at=None)
        await talk.tell_desk("she_is_back")
    await talk.show("safe_now" if by_word and talk.place.language else "greet")
    await leaving.clear_behind(talk, before)


async def _let_stand(talk: Talk, came: Came, message_id: int) -> None:
    """What she types into the book belongs to it; what Telegram dates before the exit goes with the rest."""
    if talk.case.left_at is not None and came.at < talk.case.left_at.replace(microsecond=0):
        await talk.order("wipe", Urgency.EXIT)
    else:
        await ledger.spare(talk.connection, SURVIVORS, talk.address, message_id)


async def _cry(talk: Talk, reading: Reading) -> None:
    if "perpetrator_writing" in reading.flags:
        await raised(talk, reading.flags)
        await talk.tell_desk("identity_doubt")
        await talk.note("identity_doubt")
    elif reading.urgency != "none":
        await raised(talk, reading.flags, reading.urgency)
        await talk.tell_desk("decoy_cry")
        await talk.note("decoy_cry", ",".join(reading.flags))


async def show(talk: Talk, said: str | Tapped) -> None:
    """The book's answer, under her thumb or as a message of its own: no more urgent than any screen, or a code word,
    which is answered by one, would have to wait where a dish need not."""
    found = decoy.answer(said, taste(talk), talk.house.region)
    await talk.order("decoy", message_id=talk.thumb, params=written(found))
