"""The wall: a group role for each process, what each may do, and the few functions that reach across."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SURVIVORS, STAFF, ROUNDS = "hamroh_survivors", "hamroh_staff", "hamroh_rounds"

# Whoever is not named for a table may do nothing with it. No role deletes: only erase_case does, as the owner.
GRANTS = {
    SURVIVORS: {
        "select, insert, update": (
            "cases", "places", "consents", "holders", "survivor_case_secrets", "survivor_addresses",
            "survivor_inbox", "survivor_orders", "survivor_ledger",
        ),
        "select, insert": ("sides", "case_keys", "entries", "survivor_copies"),
        "insert": ("staff_orders", "staff_case_secrets", "staff_copies", "audit"),
    },
    STAFF: {
        "select, insert, update": (
            "staff", "referrals", "holders", "staff_case_secrets", "staff_addresses", "staff_inbox",
            "staff_orders", "staff_ledger",
        ),
        "select, update": ("cases", "invites"),
        "select, insert": ("sides", "entries", "staff_copies", "referral_moves"),
        "select": ("case_keys", "consents"),
        "insert": ("survivor_orders", "survivor_copies", "audit"),
    },
    ROUNDS: {
        "select": ("audit", "cases", "sides", "staff", "referrals", "holders"),
        "select, insert": ("audit_chain", "audit_anchors"),
        "insert": ("survivor_orders", "staff_orders", "audit"),
    },
}  # fmt: skip

ON_DUTY = """
create function on_duty(wanted text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*) from staff
    where on_duty_since is not null and left_at is null
      and role in ('operator', 'supervisor') and (wanted is null or wanted = any(languages))
$$
"""

MEDIAN_WAIT = """
create function median_wait(wanted text) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
    select (percentile_cont(0.5) within group (order by extract(epoch from taken_at - waits_since)) / 60)::integer
    from cases
    where class = wanted and taken_at > now() - interval '6 hours' and waits_since is not null
    having count(*) >= 3
$$
"""

# Her address is cut from her: turned to "wiped", so that only the wipe and the receipt still go there. What may be
# under way keeps its emptied row. The address itself goes with its ledger, not here: a wipe must find its way.
ERASE_CASE = """
create function erase_case(gone uuid, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    home bigint;
begin
    select address_id into home from cases where id = gone and erased_at is null for update;
    if not found then
        return;
    end if;
    delete from survivor_case_secrets where case_id = gone;
    delete from staff_case_secrets where case_id = gone;
    delete from case_keys where case_id = gone;
    delete from survivor_copies where case_id = gone;
    delete from staff_copies where case_id = gone;
    delete from entries where case_id = gone;
    delete from consents where case_id = gone;
    delete from survivor_inbox
     where state = 'aside' and person in (select person from places where case_id = gone);
    delete from places where case_id = gone;
    update referrals set entry_id = null, consent_id = null, fields = '{}', reason = null where case_id = gone;
    update cases
       set erased_at = at, closed_at = coalesce(closed_at, at), address_id = null, state = 'erased', language = '',
           flags = '{}'
     where id = gone;
    update survivor_orders set ended_at = at, ended = 'erased'
     where (case_id = gone or address_id = home) and ended_at is null and tried_at is null
       and kind not in ('decoy', 'wipe', 'overwrite', 'receipt');
    update survivor_orders set entry_id = null, case_id = null where case_id = gone;
    update survivor_ledger set case_id = null where case_id = gone;
    update staff_orders set ended_at = at, ended = 'erased'
     where case_id = gone and ended_at is null and tried_at is null and kind <> 'forget';
    update staff_orders set entry_id = null where case_id = gone;
    update survivor_addresses set wipe = 'wiped', left_at = coalesce(left_at, at) where id = home;
    update staff set current_case = null where current_case = gone;
    insert into staff_orders (id, case_id, kind, urgency, made_at, not_before)
    values (gen_random_uuid(), gone, 'forget', 1, at, at);
    perform pg_notify('hamroh_desk', '');
end
$$
"""

# Telegram repeats an update for a day at most, and its ids restart at random after a quiet week: 48 hours are enough.
# What was set aside is there for a week, for whoever looks into it. A wiped address goes after a week in any case, with
# what is still to be done there; only a call that may be under way is waited for.
TIDY = """
create function tidy(at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from survivor_inbox where state = 'done' and received_at < at - interval '48 hours';
    delete from staff_inbox where state = 'done' and received_at < at - interval '48 hours';
    delete from survivor_inbox where state = 'aside' and received_at < at - interval '7 days';
    delete from staff_inbox where state = 'aside' and received_at < at - interval '7 days';
    delete from survivor_orders where ended_at < at - interval '48 hours';
    delete from staff_orders where ended_at < at - interval '48 hours';
    delete from survivor_orders o using survivor_addresses a
     where a.id = o.address_id and a.wipe = 'wiped' and a.left_at < at - interval '7 days'
       and (o.tried_at is null or o.tried_at < at - interval '1 hour');
    delete from survivor_ledger l using survivor_addresses a
     where a.id = l.address_id and a.wipe = 'wiped'
       and (l.gone_at is not null or a.left_at < at - interval '7 days');
    delete from survivor_addresses a
     where a.wipe = 'wiped'
       and not exists (select 1 from survivor_ledger l where l.address_id = a.id)
       and not exists (select 1 from survivor_orders o where o.address_id = a.id and o.ended_at is null);
$$
"""

FUNCTIONS = {
    "on_duty(text)": (ON_DUTY, (SURVIVORS, STAFF)),
    "median_wait(text)": (MEDIAN_WAIT, (SURVIVORS, STAFF)),
    "erase_case(uuid, timestamptz)": (ERASE_CASE, (SURVIVORS, ROUNDS)),
    "tidy(timestamptz)": (TIDY, (ROUNDS,)),
}


def _make_roles() -> None:
    # Roles belong to the whole server and may be there already: another database of it, or an earlier climb.
    for role in (SURVIVORS, STAFF, ROUNDS):
        op.execute(f"do $$ begin create role {role} nologin; exception when duplicate_object then null; end $$")
        # In the owner's own hands too: `run` with the owner's address takes the role of its process.
        op.execute(f"grant {role} to current_user")
        op.execute(f"grant usage on schema public to {role}")
        op.execute(f"grant select on alembic_version to {role}")


def _grant() -> None:
    op.execute("revoke create on schema public from public")
    for role, rights in GRANTS.items():
        for verbs, names in rights.items():
            op.execute(f"grant {verbs} on {', '.join(names)} to {role}")


def _guard_sides() -> None:
    op.execute("alter table sides enable row level security")
    op.execute("create policy everybody_reads on sides for select using (true)")
    for role, side in ((SURVIVORS, "survivors"), (STAFF, "desk")):
        op.execute(f"create policy {side}_publish on sides for insert to {role} with check (side = '{side}')")


def upgrade() -> None:
    _make_roles()
    _grant()
    _guard_sides()
    for name, (body, roles) in FUNCTIONS.items():
        op.execute(body)
        op.execute(f"revoke all on function {name} from public")
        op.execute(f"grant execute on function {name} to {', '.join(roles)}")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
    for policy in ("everybody_reads", "survivors_publish", "desk_publish"):
        op.execute(f"drop policy {policy} on sides")
    op.execute("alter table sides disable row level security")
    for role in GRANTS:
        op.execute(f"revoke all on all tables in schema public from {role}")
        op.execute(f"revoke usage on schema public from {role}")
