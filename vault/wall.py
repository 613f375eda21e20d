"""The wall as it is written: every right that the migrations give to the processes' roles, without a database."""

import re
from collections.abc import Iterator
from io import StringIO

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from vault.migrate import config

_RIGHT = re.compile(r"^grant ([a-z, ]+) on (?!schema |function )(.+) to (\w+)\s*;$", re.M)
_CALL = re.compile(r"^grant execute on function (\w+\(.*\)) to (.+?)\s*;$", re.M)
# Alembic's own, which every process reads to know which version the database has.
_NOT_OURS = frozenset({"alembic_version"})


def statements() -> str:
    """What climbing from nothing to the newest revision says to PostgreSQL."""
    said = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said, "literal_binds": True}
    )
    with Operations.context(context):
        for step in reversed(list(ScriptDirectory.from_config(config()).walk_revisions())):
            step.module.upgrade()
    return said.getvalue()


def rights() -> Iterator[tuple[str, str, str]]:
    """(role, table, right) for each right on a table; a right is select, insert, update or delete."""
    for found in _RIGHT.finditer(statements()):
        for table in found[2].split(", "):
            if table not in _NOT_OURS:
                yield from ((found[3], table, right) for right in found[1].split(", "))


def calls() -> Iterator[tuple[str, str]]:
    """(function with its arguments, role) for each function of the owner that a role may call."""
    for found in _CALL.finditer(statements()):
        yield from ((found[1], role) for role in found[2].split(", "))
