"""Every table of the triage, read when a process starts: a broken one is refused there, and not when she needs it."""

from triage.clocks import clock_table
from triage.flags.reader import lexicon, weights
from triage.priority_table import priority_table
from triage.risk_instruments import instruments


def read_tables() -> None:
    """Read all of them; raises BrokenTableError or BrokenRowError, whose text is one sentence with file and line."""
    for read in (instruments, clock_table, priority_table, lexicon, weights):
        read()
