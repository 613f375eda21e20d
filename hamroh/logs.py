"""Logging: one line an event on standard error, and no framework that could put a person's words or a token there."""

import logging
import sys
import time

# Whatever a library has to say may carry an update or a token (python-telegram-bot and httpx log both); ours never do.


class _OnlyOurs(logging.Filter):
    """Lets our own lines through, and of everybody else's only the name of who spoke and how loudly."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "hamroh" or record.name.startswith("hamroh."):
            record.exc_info = None
            record.exc_text = None
            record.stack_info = None
            return True
        if record.levelno < logging.WARNING:
            return False
        record.msg, record.args = "something is wrong there (the text is not kept: it may hold a person's words)", ()
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True


def set_up(process: str) -> None:
    """Log to standard error, each line with the time (UTC) and the process's name."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_OnlyOurs())
    form = logging.Formatter(f"%(asctime)s {process} %(name)s %(levelname)s %(message)s")
    form.converter = time.gmtime
    handler.setFormatter(form)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
