"""The staff's front: operators, supervisors, receiving services. The only room that imports python-telegram-bot."""

import os

# Telegram's "retry after" as a duration: without this, each 429 comes with a warning of the framework's own.
os.environ.setdefault("PTB_TIMEDELTA", "true")
