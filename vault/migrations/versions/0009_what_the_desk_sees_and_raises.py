"""What the desk sees of her chat after she left, and who of the staff raised a case's class by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Counts and a time, and of a chat that she left only: what stands there, the desk does not learn.
LEFT_STANDING = """
create function left_standing(of_case uuid, lost_before timestamptz)
returns table (deletable bigint, lost bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*) filter (where l.sent_at > lost_before and l.kind <> 'stays'),
           count(*) filter (where l.sent_at <= lost_before or l.kind = 'stays'),
           min(l.sent_at) filter (where l.sent_at > lost_before and l.kind <> 'stays')
      from cases c
      join survivor_addresses a on a.id = c.address_id and a.wipe = 'left'
      join survivor_ledger l on l.address_id = a.id
     where c.id = of_case and l.gone_at is null and l.kind <> 'suspected' and not l.message_id = any(a.spared)
$$
"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("raised_by", sa.Uuid(), nullable=True))
    op.execute(LEFT_STANDING)
    op.execute("revoke all on function left_standing(uuid, timestamptz) from public")
    op.execute("grant execute on function left_standing(uuid, timestamptz) to hamroh_staff")


def downgrade() -> None:
    op.execute("drop function left_standing(uuid, timestamptz)")
    op.drop_column("cases", "raised_by")
