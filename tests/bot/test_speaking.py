"""Voice notes: welcome on every screen, kept for a person, and answered by what leads on; never lost, never refused."""

from tests.bot.test_leaving import _tapped_to
from tests.bot.walking import by_tens, jumps
from tests.hotline import Hotline
from tests.sight import Sight
from vault.tables import DESK, SURVIVORS


async def _speaks_at(line: Hotline, sight: Sight, step: str) -> tuple[str, list[str], list[str]]:
    """A voice note on this screen: what lies sealed for her own side afterwards, and what for the desk."""
    she = await line.survivor()
    await she.arrives()
    await jumps(line, she, step)
    sent = await she.phone.sends_voice(b"OggS here", duration=4)
    await she.phone.sees(
        lambda bubble: not bubble.mine, within=20, after=sent.message_id, called=f"an answer at {step}"
    )
    case = await sight.one(she)
    kept, read = await sight.reads(SURVIVORS, case), await sight.reads(DESK, case)
    return step, [one.kind for one in kept if one.kind == "voice"], [one.kind for one in read if one.kind == "voice"]


# Where words are read by a person at once, the desk has the note as well.
_SHARED = frozenset({"danger", "waiting"})


async def test_a_voice_note_is_kept_and_answered_wherever_she_is(line: Hotline, sight: Sight) -> None:
    steps = [step for step in _tapped_to() if step not in {"greet", "safe_now"}][::4]
    assert len(steps) > 20
    for step, kept, read in await by_tens(_speaks_at(line, sight, step) for step in steps):
        assert kept == ["voice"], step
        assert step in _SHARED or read == [], f"{step}: nobody may hear it before her yes"
