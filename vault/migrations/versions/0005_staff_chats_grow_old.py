"""What stands in a staff member's chat nearly 48 hours, and what nobody at the desk needs any more."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Where something of a case still stands that Telegram will soon no longer let a bot delete: numbers, no words.
GROWS_OLD = """
create function grows_old(old timestamptz, lost timestamptz) returns table (address_id bigint, case_id uuid)
language sql security definer set search_path = public, pg_temp as $$
    select distinct l.address_id, l.case_id
      from staff_ledger l
     where l.case_id is not null and l.gone_at is null and l.sent_at < old and l.sent_at > lost;
$$
"""

# A line of the ledger is of use while its message can be deleted or found by who answers to it. A chat of somebody who
# never enrolled is a stranger's: nothing is ever sent there but a refusal.
FORGET_STRANGERS = """
create function forget_strangers(at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from staff_ledger where gone_at < at - interval '48 hours' or sent_at < at - interval '7 days';
    delete from staff_addresses a
     where not exists (select 1 from staff s where s.address_id = a.id)
       and not exists (select 1 from staff_ledger l where l.address_id = a.id and l.gone_at is null)
       and not exists (select 1 from staff_orders o where o.address_id = a.id and o.ended_at is null)
       and not exists (select 1 from staff_inbox i where i.state = 'open');
$$
"""
FUNCTIONS = {
    "grows_old(timestamptz, timestamptz)": GROWS_OLD,
    "forget_strangers(timestamptz)": FORGET_STRANGERS,
}


def upgrade() -> None:
    for name, body in FUNCTIONS.items():
        op.execute(body)
        op.execute(f"revoke all on function {name} from public")
        op.execute(f"grant execute on function {name} to hamroh_rounds")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
