"""What she sets for herself: how long her case is kept, an agreed contact, and the mark of a duress word."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A case is erased when it has rested as long as she let it, unless somebody waits, talks or holds it; a row in
# anybody's hands is passed over, so that a case just written to is never erased.
ERASE_DUE = """
create function erase_due(at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_case record;
    erased bigint := 0;
begin
    for found_case in
        select id, address_id from cases
         where erased_at is null and heard_at < at - make_interval(days => keep_days)
           and state not in ('waiting', 'talking') and holder_id is null
         for update skip locked
    loop
        insert into survivor_orders (id, address_id, kind, urgency, made_at, not_before)
        values (gen_random_uuid(), found_case.address_id, 'wipe', 4, at, at);
        perform erase_case(found_case.id, at);
        erased := erased + 1;
    end loop;
    if erased > 0 then
        perform pg_notify('hamroh_survivors', '');
    end if;
    return erased;
end
$$
"""


def upgrade() -> None:
    for name in ("forced_at", "knocked_at", "next_at"):
        op.add_column("cases", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("keep_days", sa.Integer(), server_default="30", nullable=False))
    op.execute(ERASE_DUE)
    op.execute("revoke all on function erase_due(timestamptz) from public")
    op.execute("grant execute on function erase_due(timestamptz) to hamroh_rounds")


def downgrade() -> None:
    op.execute("drop function erase_due(timestamptz)")
    for name in ("keep_days", "next_at", "knocked_at", "forced_at"):
        op.drop_column("cases", name)
