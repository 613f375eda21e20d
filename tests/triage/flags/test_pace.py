"""How fast the reader reads, in processor time and beside a yardstick, for machines differ and are shared."""

import time
from collections.abc import Callable

from tests.triage.flags.lines import DEV
from triage.flags import read


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def spent(work: Callable[[], object], tries: int) -> tuple[float, float]:
    """The least processor time of several tries, and of as many of a yardstick in turn with them, in seconds.

    The yardstick is interpreter work: about 10 ms where 4,000 characters must take less than 5 ms. A core is twice as
    fast at one moment as at another, so that one taken earlier would measure the moment.
    """
    times = [(_once(work), _once(lambda: sum(range(1_000_000)))) for _ in range(tries)]
    return min(took for took, _ in times), min(yard for _, yard in times)


def test_four_thousand_characters_take_less_than_five_milliseconds_on_a_quiet_core() -> None:
    letter = ". ".join(line["text"] for line in DEV[::9] if line["urgency"] == "none")[:4000]
    assert len(letter) == 4000
    took, yard = spent(lambda: read(letter), 9)
    assert took < max(0.005, 0.75 * yard)


def test_three_thousand_short_messages_are_read_in_a_second_on_a_quiet_core() -> None:
    texts = [line["text"] for line in DEV[::12]]
    took, yard = spent(lambda: [read(text) for text in texts], 5)
    assert took / len(texts) < max(1 / 3000, 0.05 * yard)
