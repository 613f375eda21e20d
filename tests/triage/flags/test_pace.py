"""How fast the reader reads, in processor time and beside a yardstick, for machines differ and are shared."""

import time
from collections.abc import Callable

from tests.triage.flags.lines import DEV
from triage.flags import read


def spent(work: Callable[[], object], tries: int) -> float:
    """The least processor time of several tries, in seconds."""
    times = []
    for _ in range(tries):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


# A yardstick of interpreter work: about 10 ms where 4,000 characters must take less than 5 ms.
YARD = spent(lambda: sum(range(1_000_000)), 7)


def test_four_thousand_characters_take_less_than_five_milliseconds_on_a_quiet_core() -> None:
    letter = ". ".join(line["text"] for line in DEV[::9] if line["urgency"] == "none")[:4000]
    assert len(letter) == 4000
    assert spent(lambda: read(letter), 9) < max(0.005, 0.75 * YARD)


def test_three_thousand_short_messages_are_read_in_a_second_on_a_quiet_core() -> None:
    texts = [line["text"] for line in DEV[::12]]
    each = spent(lambda: [read(text) for text in texts], 5) / len(texts)
    assert each < max(1 / 3000, 0.05 * YARD)
