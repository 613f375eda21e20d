"""A safety plan that she shows: a kind of entry of its own, and the one way to take it back from the desk."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KINDS = "'words', 'voice', 'note', 'answers', 'referral'"

# No role deletes. What she took back is gone from the desk's half, not only shown no longer.
FORGET_PLAN = """
create function forget_plan(of_case uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from staff_copies c using entries e where e.id = c.entry_id and e.case_id = of_case and e.kind = 'plan';
    delete from survivor_copies c using entries e where e.id = c.entry_id and e.case_id = of_case and e.kind = 'plan';
    delete from entries where case_id = of_case and kind = 'plan';
$$
"""


def upgrade() -> None:
    op.drop_constraint(op.f("ck_entries_kind"), "entries", type_="check")
    op.create_check_constraint(op.f("ck_entries_kind"), "entries", f"kind in ({_KINDS}, 'plan')")
    op.execute(FORGET_PLAN)
    op.execute("revoke all on function forget_plan(uuid) from public")
    op.execute("grant execute on function forget_plan(uuid) to hamroh_survivors")


def downgrade() -> None:
    op.execute("delete from staff_copies c using entries e where e.id = c.entry_id and e.kind = 'plan'")
    op.execute("delete from survivor_copies c using entries e where e.id = c.entry_id and e.kind = 'plan'")
    op.execute("delete from entries where kind = 'plan'")
    op.execute("drop function forget_plan(uuid)")
    op.drop_constraint(op.f("ck_entries_kind"), "entries", type_="check")
    op.create_check_constraint(op.f("ck_entries_kind"), "entries", f"kind in ({_KINDS})")
