"""Red flags in free text: what her words say about danger, with the words that said it.

>>> read("мы вчера пекли пирог").urgency
'none'
"""

from triage.flags.reader import read
from triage.flags.reading import FLAGS, Conversation, Cue, Flag, Reading, Urgency

__all__ = ["FLAGS", "Conversation", "Cue", "Flag", "Reading", "Urgency", "read"]
