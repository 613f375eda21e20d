"""Reception, the survivor's side: hears what she sends, moves her place, and writes what is to be said and done.

Everything for one thing she sent happens in one transaction, with her row held. Nothing is sent from here.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.flows.plan_state import let_go
from dialogs.screen import parse_data
from triage import decoying, fading, leaving, listening, voicing
from triage.answering import answer_words
from triage.house import House
from triage.lifecycle import CaseState
from triage.lines import SPOKE
from triage.saying import Blocked, Came, Pressed, Said, Unblocked, Unreadable, Voice, command_of, rest_of
from triage.standing import choose, here, here_again
from triage.talk import ASKS_SAFE, Talk, is_known, take_up
from triage.typed import said_in_words
from triage.weighing import weigh
from vault import ledger
from vault.database import Connection
from vault.tables import SURVIVORS

# Longer than this and she is asked again whether it is safe (survivor.md, rule 23).
PAUSE = timedelta(minutes=15)


async def receive(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """One thing she sent, from her row to the orders it leads to."""
    if isinstance(came.saying, Blocked | Unblocked) and not await is_known(house, connection, came.chat):
        return
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    await _stands(talk, came)
    came = await _on_what_stands(talk, came)
    if talk.new:
        await leaving.take_back_receipt(talk, came.chat, came.message_id)
    if talk.new and not _lets_in(talk, came):
        # A closed door: whoever does not bring the way in meets the cookery book, and nothing else of us.
        await ledger.leave(connection, SURVIVORS, talk.address, now, [])
    address = await ledger.address(connection, SURVIVORS, talk.address)
    if address is not None and address.wipe != "open":
        await decoying.hear(talk, came)
    else:
        await _hear_inside(talk, came)
    if not talk.knows("erased"):
        # With every message: what she told ages, and with it how soon somebody must be there.
        await weigh(talk)
        await fading.later(talk)
        await talk.keep()


async def _stands(talk: Talk, came: Came) -> None:
    """Every message of hers is in the ledger: what is not can never be wiped."""
    if came.message_id is None or isinstance(came.saying, Pressed):
        return
    talk.typed = came.message_id
    await ledger.stands(
        talk.connection, SURVIVORS, talk.address, came.message_id, ours=False, kind="hers", sent_at=came.at
    )


async def _on_what_stands(talk: Talk, came: Came) -> Came:
    """A tap that was under way while its message went is answered below: an edit of what is gone would cost a call,
    and a way out must hide the screen with its first."""
    under = came.message_id if isinstance(came.saying, Pressed) else None
    if under is None or not await ledger.is_gone(talk.connection, SURVIVORS, talk.address, under):
        return came
    return replace(came, message_id=None)


def _lets_in(talk: Talk, came: Came) -> bool:
    if not talk.house.door.closed:
        return True
    text = came.saying.text if isinstance(came.saying, Said) else ""
    return talk.house.door.lets_in(command_of(text), rest_of(text), text)


async def _hear_inside(talk: Talk, came: Came) -> None:
    if isinstance(came.saying, Blocked):
        await leaving.leave(talk, blocked=True)
        return
    if isinstance(came.saying, Unblocked):
        return
    _pause(talk)
    await talk.change(heard_at=talk.now)
    if talk.knows("safe"):
        await talk.open_window()
    if isinstance(came.saying, Pressed):
        talk.thumb = came.message_id
        await _tap(talk, came.saying.data)
    elif isinstance(came.saying, Said):
        await said_in_words(talk, came.saying)
    else:
        await _unreadable(talk, came.saying)


def _pause(talk: Talk) -> None:
    """After a pause somebody else may hold the phone: rule 1 is asked again before anything is shown or released."""
    if talk.knows("safe") and talk.now - talk.case.heard_at >= PAUSE:
        talk.untold("safe", "by_word")
        talk.told("paused")
        talk.place = let_go(talk.place)


async def _tap(talk: Talk, data: str) -> None:
    tapped = parse_data(data)
    if tapped is None:
        await here_again(talk)
        return
    if tapped.arg == listening.UNDER:
        talk.thumb = None
    await choose(talk, tapped.step, tapped.choice, tapped.arg)


async def _unreadable(talk: Talk, saying: Voice | Unreadable) -> None:
    """What cannot be read is never answered by that alone: the danger question, or word to the counsellor."""
    talk.untold(SPOKE)
    kept = isinstance(saying, Voice)
    if isinstance(saying, Voice):
        talk.told(SPOKE)
        await voicing.keep(talk, saying)
    elif talk.case.state == CaseState.TALKING:
        await talk.tell_desk("unreadable")
    heard = kept and talk.case.state in {CaseState.WAITING, CaseState.TALKING}
    if heard or here(talk) in ASKS_SAFE:
        await answer_words(talk, amber=False)
    else:
        await talk.show("sos")


async def misread(house: House, connection: Connection, came: Came, now: datetime) -> None:
    """An update that failed three times: its screen, and a line to the desk. In the decoy, the decoy's."""
    talk = await take_up(house, connection, came.chat, came.language_code, now)
    address = await ledger.address(connection, SURVIVORS, talk.address)
    await _stands(talk, came)
    if address is not None and address.wipe != "open":
        await decoying.show(talk, "")
    else:
        talk.place = replace(talk.place, language=talk.place.language or talk.case.language)
        talk.untold(SPOKE)
        await talk.show("sos")
    await talk.tell_desk("misread")
    await talk.keep()
