"""Every row of every table as text, for tests that look for what must not be there."""

from sqlalchemy import text

from tests.vault.ground import rows
from vault.database import Connection

TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"


async def dump(connection: Connection) -> dict[str, str]:
    """Each table's rows, a line each; bytes stand there in hexadecimal."""
    found = {}
    for [name] in await rows(connection, TABLES):
        lines = await connection.execute(text(f"select t::text from {name} t order by 1"))
        found[str(name)] = "\n".join(row[0] for row in lines)
    return found
