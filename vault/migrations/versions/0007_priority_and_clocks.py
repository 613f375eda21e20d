"""The queue's order for live cases, and two kinds of entries: when something happened, and danger questions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = "'words', 'voice', 'note', 'answers', 'referral', 'plan'"
MORE_KINDS = f"{KINDS}, 'clock', 'danger'"

# An erased case keeps nothing of what brought it forward; the rest of the function stays as whoever wrote it last.
REWRITE = """
do $$ begin
    execute replace(
        pg_get_functiondef('erase_case(uuid, timestamptz)'::regprocedure), {old}, {new}
    );
end $$
"""
EMPTIED = "'flags = ''{}'''"
EMPTIED_TOO = "'flags = ''{}'', lift_s = 0'"


def _kinds(listed: str) -> None:
    name = op.f("ck_entries_kind")
    op.drop_constraint(name, "entries")
    op.create_check_constraint(name, "entries", f"kind in ({listed})")


def upgrade() -> None:
    op.add_column("cases", sa.Column("lift_s", sa.Integer(), server_default="0", nullable=False))
    op.execute(REWRITE.format(old=EMPTIED, new=EMPTIED_TOO))
    _kinds(MORE_KINDS)


FORGET = (
    "delete from survivor_copies where entry_id in (select id from entries where kind in ('clock', 'danger'))",
    "delete from staff_copies where entry_id in (select id from entries where kind in ('clock', 'danger'))",
    "delete from entries where kind in ('clock', 'danger')",
)


def downgrade() -> None:
    for forget in FORGET:
        op.execute(forget)
    _kinds(KINDS)
    op.execute(REWRITE.format(old=EMPTIED_TOO, new=EMPTIED))
    op.drop_column("cases", "lift_s")
