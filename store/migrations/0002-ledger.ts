import type { Migration } from './migration.ts';

/**
 * The ledger. One row a transfer, debit and credit in it; balances are kept by the database from the transfers, and checked
 * against them when a transaction commits. Documented in `../ledger/README.md`; decided in ADR 0030.
 */
export const migration: Migration = {
  id: '0002-ledger',
  sql: `
create table ledger_account (
  account_id text collate "C" primary key check (length(account_id) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  code text not null,
  normal text not null check (normal in ('debit', 'credit')),
  never_negative boolean not null,
  restricted_to text,
  opened timestamptz not null,
  unique (account_id, currency)
);

create table ledger_transfer (
  transfer_id text collate "C" primary key check (length(transfer_id) between 1 and 200),
  -- Order of posting: for one account always the order of commits too, because its row is locked first.
  number bigint generated always as identity,
  -- Change number of the commit, as everywhere in the store.
  change bigint not null default current_change(),
  kind text not null check (kind in ('post', 'pending', 'post-pending', 'void-pending', 'expire-pending')),
  debit text collate "C" not null,
  credit text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- What stops being pending by it: the whole of the pending transfer it settles.
  released_minor bigint not null default 0,
  currency text not null,
  event text not null,
  value_day date not null,
  reference text collate "C" not null,
  pending_id text collate "C" references ledger_transfer,
  expires_at timestamptz,
  restricted_to text,
  rate jsonb,
  reverses text collate "C" references ledger_transfer,
  posted_at timestamptz not null,
  check (debit <> credit),
  check ((kind in ('post', 'pending')) = (pending_id is null)),
  check (expires_at is null or kind = 'pending'),
  check (reverses is null or kind = 'post'),
  check (case
    when kind in ('post', 'pending') then released_minor = 0
    when kind = 'post-pending' then released_minor >= amount_minor
    else released_minor = amount_minor end)
  -- Both sides are accounts of the transfer's own currency: \`ledger_apply\` asks it of a whole statement at once, not row
  -- by row, and no account is ever deleted or edited.
);
create unique index ledger_transfer_number on ledger_transfer (number);
create index ledger_transfer_change on ledger_transfer (change);
create index ledger_transfer_debit on ledger_transfer (debit, number);
create index ledger_transfer_credit on ledger_transfer (credit, number);
create index ledger_transfer_reference on ledger_transfer (reference, number);
-- A pending transfer is settled once, a transfer reversed once.
create unique index ledger_transfer_settles on ledger_transfer (pending_id) where pending_id is not null;
create unique index ledger_transfer_reverses on ledger_transfer (reverses) where reverses is not null;

create table ledger_balance (
  account_id text collate "C" primary key references ledger_account,
  currency text not null,
  normal text not null,
  never_negative boolean not null,
  debits_posted bigint not null default 0 check (debits_posted >= 0),
  credits_posted bigint not null default 0 check (credits_posted >= 0),
  debits_pending bigint not null default 0 check (debits_pending >= 0),
  credits_pending bigint not null default 0 check (credits_pending >= 0),
  -- The commit that last touched it, and what it was before that: what the check of the commit starts from.
  change bigint not null,
  before_debits_posted bigint not null default 0,
  before_credits_posted bigint not null default 0,
  before_debits_pending bigint not null default 0,
  before_credits_pending bigint not null default 0,
  constraint ledger_balance_limit check (not never_negative or case normal
    when 'debit' then debits_posted - credits_posted - credits_pending
    else credits_posted - debits_posted - debits_pending end >= 0)
) with (fillfactor = 40);

-- Daily totals of each account by event: what a year's figures and opening balances are read from.
create table ledger_day (
  account_id text collate "C" not null references ledger_account,
  value_day date not null,
  event text not null,
  transfers integer not null,
  debits bigint not null,
  credits bigint not null,
  primary key (account_id, value_day, event)
) with (fillfactor = 60);
create index ledger_day_by_day on ledger_day (value_day);

-- Holds not settled yet, to find those that are due without reading those that were.
create table ledger_open_pending (
  transfer_id text collate "C" primary key references ledger_transfer,
  debit text collate "C" not null,
  credit text collate "C" not null,
  value_day date not null,
  expires_at timestamptz
);
create index ledger_open_pending_due on ledger_open_pending (expires_at) where expires_at is not null;

-- One row for each commit and currency that moved money: what the check at the end of the transaction hangs on.
create table ledger_commit (
  change bigint not null,
  currency text not null,
  touches integer not null default 1,
  primary key (change, currency)
);

-- Closed months. A row closes; nothing opens again.
create table ledger_period (
  first_day date primary key,
  last_day date not null unique,
  closed_at timestamptz not null,
  closed_by text not null,
  totals jsonb not null,
  check (last_day > first_day)
);

create table ledger_rate (
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null check (to_currency ~ '^[A-Z]{3}$'),
  at timestamptz not null,
  value numeric not null check (value > 0),
  source text not null check (source <> ''),
  entered_by text not null,
  entered timestamptz not null,
  primary key (from_currency, to_currency, at, entered),
  check (from_currency <> to_currency)
);

create table ledger_revaluation (
  account_id text collate "C" not null references ledger_account,
  base text not null,
  day date not null,
  -- Transfers up to this number of the journal are in the balance; later ones of earlier days come into the next.
  through bigint not null,
  balance_minor bigint not null,
  rate numeric not null,
  -- Worth in the base currency at the end of the day, and what was posted to arrive there.
  value_minor bigint not null,
  adjusted_minor bigint not null,
  transfer_id text collate "C" references ledger_transfer,
  primary key (account_id, base, day)
);

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is corrected by adding: % of % is refused', lower(tg_op), tg_table_name
    using errcode = 'integrity_constraint_violation';
end $$;
create trigger append_only before update or delete or truncate on ledger_account for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_transfer for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_period for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_rate for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_revaluation for each statement execute function ledger_refuse_change();
create trigger kept before delete or truncate on ledger_balance for each statement execute function ledger_refuse_change();
create trigger kept before delete or truncate on ledger_commit for each statement execute function ledger_refuse_change();

-- The list of holds and the daily totals follow the transfers and nothing else.
create function ledger_refuse_direct() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '% follows the transfers', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger by_transfers before insert or update or delete on ledger_open_pending for each statement execute function ledger_refuse_direct();
create trigger by_transfers before insert or update or delete on ledger_day for each statement execute function ledger_refuse_direct();
create trigger kept before truncate on ledger_day for each statement execute function ledger_refuse_change();
create trigger kept before truncate on ledger_open_pending for each statement execute function ledger_refuse_change();

-- An account begins with a balance of nothing.
create function ledger_begin_balance() returns trigger language plpgsql as $$
begin
  insert into ledger_balance (account_id, currency, normal, never_negative, change)
    select account_id, currency, normal, never_negative, current_change() from opened order by account_id;
  return null;
end $$;
create trigger begin_balance after insert on ledger_account referencing new table as opened
  for each statement execute function ledger_begin_balance();

create function ledger_guard_balance() returns trigger language plpgsql as $$
declare
  this_change constant bigint := current_change();
begin
  if tg_op = 'INSERT' then
    if new.debits_posted <> 0 or new.credits_posted <> 0 or new.debits_pending <> 0 or new.credits_pending <> 0 then
      raise exception 'an account begins with a balance of nothing' using errcode = 'integrity_constraint_violation';
    end if;
    if not exists (select from ledger_account a where a.account_id = new.account_id and a.currency = new.currency
        and a.normal = new.normal and a.never_negative = new.never_negative) then
      raise exception 'a balance is of its account' using errcode = 'integrity_constraint_violation';
    end if;
    new.before_debits_posted := 0; new.before_credits_posted := 0;
    new.before_debits_pending := 0; new.before_credits_pending := 0;
  else
    if (new.account_id, new.currency, new.normal, new.never_negative)
        is distinct from (old.account_id, old.currency, old.normal, old.never_negative) then
      raise exception 'a balance stays with its account' using errcode = 'integrity_constraint_violation';
    end if;
    if old.change = this_change then
      new.before_debits_posted := old.before_debits_posted; new.before_credits_posted := old.before_credits_posted;
      new.before_debits_pending := old.before_debits_pending; new.before_credits_pending := old.before_credits_pending;
    else
      new.before_debits_posted := old.debits_posted; new.before_credits_posted := old.credits_posted;
      new.before_debits_pending := old.debits_pending; new.before_credits_pending := old.credits_pending;
    end if;
  end if;
  new.change := this_change;
  return new;
end $$;
create trigger guard_balance before insert or update on ledger_balance for each row execute function ledger_guard_balance();

-- Whoever touches balances is checked at the end of the transaction.
create function ledger_note_touch() returns trigger language plpgsql as $$
declare
  this_change constant bigint := current_change();
begin
  insert into ledger_commit (change, currency) select distinct this_change, currency from touched
    on conflict (change, currency) do update set touches = ledger_commit.touches + 1;
  return null;
end $$;
create trigger note_opened after insert on ledger_balance referencing new table as touched
  for each statement execute function ledger_note_touch();
create trigger note_touched after update on ledger_balance referencing new table as touched
  for each statement execute function ledger_note_touch();

-- What a transfer moves, and what may not be moved, whoever inserts it.
create function ledger_apply() returns trigger language plpgsql as $$
declare
  this_change constant bigint := current_change();
  holds boolean; settles boolean; reverses_some boolean; of_now boolean; both_open boolean; keeps_purpose boolean;
begin
  -- Closing a period waits for postings under way, and they for it.
  perform pg_advisory_xact_lock_shared(7261002);
  select bool_or(i.kind = 'pending'), bool_or(i.pending_id is not null), bool_or(i.reverses is not null), bool_and(i.change = this_change)
    into holds, settles, reverses_some, of_now from inserted i;
  if holds is null then
    return null;
  end if;
  if not of_now then
    raise exception 'a transfer belongs to the commit that inserts it' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (select from inserted i join ledger_period p on i.value_day between p.first_day and p.last_day) then
    raise exception 'the period of a value day is closed' using errcode = 'integrity_constraint_violation';
  end if;
  select bool_and(d.account_id is not null and c.account_id is not null),
      bool_and(coalesce(d.restricted_to, c.restricted_to) is not distinct from i.restricted_to
        and coalesce(c.restricted_to, d.restricted_to) is not distinct from i.restricted_to)
    into both_open, keeps_purpose
    from inserted i left join ledger_account d on d.account_id = i.debit and d.currency = i.currency
      left join ledger_account c on c.account_id = i.credit and c.currency = i.currency;
  if not both_open then
    raise exception 'both sides are open accounts of the currency' using errcode = 'foreign_key_violation';
  end if;
  if not keeps_purpose then
    raise exception 'restricted money keeps its purpose' using errcode = 'integrity_constraint_violation';
  end if;
  if settles and exists (select from inserted i join ledger_transfer p on p.transfer_id = i.pending_id
      where (p.kind, p.debit, p.credit, p.currency, p.amount_minor) is distinct from ('pending', i.debit, i.credit, i.currency, i.released_minor)
        or p.restricted_to is distinct from i.restricted_to) then
    raise exception 'a settlement fits the pending transfer it settles' using errcode = 'integrity_constraint_violation';
  end if;
  if reverses_some and exists (select from inserted i join ledger_transfer r on r.transfer_id = i.reverses
      where r.kind not in ('post', 'post-pending') or r.reverses is not null
        or (r.debit, r.credit, r.currency, r.amount_minor) is distinct from (i.credit, i.debit, i.currency, i.amount_minor)
        or r.restricted_to is distinct from i.restricted_to) then
    raise exception 'a reversal mirrors the transfer it undoes' using errcode = 'integrity_constraint_violation';
  end if;
  if holds then
    insert into ledger_open_pending (transfer_id, debit, credit, value_day, expires_at)
      select i.transfer_id, i.debit, i.credit, i.value_day, i.expires_at from inserted i where i.kind = 'pending';
  end if;
  if settles then
    delete from ledger_open_pending o using inserted i where o.transfer_id = i.pending_id;
  end if;
  with leg as (
    select i.debit as account_id, case when i.kind in ('post', 'post-pending') then i.amount_minor else 0 end as debits, 0::bigint as credits,
      case when i.kind = 'pending' then i.amount_minor else - i.released_minor end as debits_held, 0::bigint as credits_held from inserted i
    union all
    select i.credit, 0, case when i.kind in ('post', 'post-pending') then i.amount_minor else 0 end,
      0, case when i.kind = 'pending' then i.amount_minor else - i.released_minor end from inserted i
  ), moved as (
    select account_id, sum(debits)::bigint as debits, sum(credits)::bigint as credits,
      sum(debits_held)::bigint as debits_held, sum(credits_held)::bigint as credits_held
    from leg group by account_id
  )
  update ledger_balance b set
    debits_posted = b.debits_posted + m.debits, credits_posted = b.credits_posted + m.credits,
    debits_pending = b.debits_pending + m.debits_held, credits_pending = b.credits_pending + m.credits_held
    from moved m where b.account_id = m.account_id;
  -- After the balances, whose rows are locked by then: whoever writes these rows holds their account.
  insert into ledger_day as k (account_id, value_day, event, transfers, debits, credits)
    select side.account_id, i.value_day, i.event, count(*)::integer, sum(side.debit)::bigint, sum(side.credit)::bigint
    from inserted i cross join lateral (values (i.debit, i.amount_minor, 0::bigint), (i.credit, 0::bigint, i.amount_minor)) as side(account_id, debit, credit)
    where i.kind in ('post', 'post-pending')
    group by side.account_id, i.value_day, i.event
    on conflict (account_id, value_day, event) do update
      set transfers = k.transfers + excluded.transfers, debits = k.debits + excluded.debits, credits = k.credits + excluded.credits;
  return null;
end $$;
create trigger apply after insert on ledger_transfer referencing new table as inserted
  for each statement execute function ledger_apply();

-- The promise: no commit leaves a currency out of balance, or a balance that its transfers do not add up to.
create function ledger_check_commit() returns trigger language plpgsql as $$
declare
  latest integer; out_of_balance boolean; differing text;
begin
  select c.touches into latest from ledger_commit c where c.change = new.change and c.currency = new.currency;
  -- A later touch of the same commit brings its own check.
  if latest is distinct from new.touches and latest is not null then
    return null;
  end if;
  select sum(b.debits_posted) is distinct from sum(b.credits_posted) or sum(b.debits_pending) is distinct from sum(b.credits_pending)
    into out_of_balance from ledger_balance b where b.currency = new.currency;
  if out_of_balance then
    raise exception 'the trial balance of % is not zero', new.currency using errcode = 'integrity_constraint_violation';
  end if;
  with leg as (
    select t.debit as account_id, case when t.kind in ('post', 'post-pending') then t.amount_minor else 0 end as debits, 0::bigint as credits,
      case when t.kind = 'pending' then t.amount_minor else - t.released_minor end as debits_held, 0::bigint as credits_held
      from ledger_transfer t where t.change = new.change and t.currency = new.currency
    union all
    select t.credit, 0, case when t.kind in ('post', 'post-pending') then t.amount_minor else 0 end,
      0, case when t.kind = 'pending' then t.amount_minor else - t.released_minor end
      from ledger_transfer t where t.change = new.change and t.currency = new.currency
  ), moved as (
    select account_id, sum(debits) as debits, sum(credits) as credits, sum(debits_held) as debits_held, sum(credits_held) as credits_held
    from leg group by account_id
  ), touched as (
    select * from ledger_balance b where b.currency = new.currency and b.change = new.change
  )
  select coalesce(b.account_id, m.account_id) into differing
    from touched b full join moved m on m.account_id = b.account_id
    where b.account_id is null
      or b.debits_posted <> b.before_debits_posted + coalesce(m.debits, 0)
      or b.credits_posted <> b.before_credits_posted + coalesce(m.credits, 0)
      or b.debits_pending <> b.before_debits_pending + coalesce(m.debits_held, 0)
      or b.credits_pending <> b.before_credits_pending + coalesce(m.credits_held, 0)
    limit 1;
  if differing is not null then
    raise exception 'the balance of % is not what its transfers add up to', differing using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger check_commit after insert or update on ledger_commit deferrable initially deferred
  for each row execute function ledger_check_commit();

create type ledger_input as (
  id text, kind text, debit text, credit text, amount bigint, currency text, event text, day text, reference text,
  pending text, expires timestamptz, restricted text, rate jsonb, reverses text, linked boolean, refused text
);

-- Whether the transfer of this id is the same in every word.
create function ledger_same(t ledger_input) returns boolean language sql stable as $$
  select (k.kind, k.debit, k.credit, k.amount_minor, k.currency, k.event, k.value_day::text, k.reference,
      k.pending_id, k.expires_at, k.restricted_to, k.rate, k.reverses)
    is not distinct from (t.kind, t.debit, t.credit, t.amount, t.currency, t.event, t.day, t.reference,
      t.pending, t.expires, t.restricted, t.rate, t.reverses)
  from ledger_transfer k where k.transfer_id = t.id
$$;

-- Posts one transfer or says why not; the order of the questions is the order of the table of refusals.
create function ledger_post_one(t ledger_input, given_at timestamptz) returns text language plpgsql as $$
declare
  same boolean; d ledger_account; c ledger_account; p ledger_transfer; r ledger_transfer; settled text; released bigint := 0;
  b ledger_balance; added bigint; held bigint;
begin
  if t.refused = 'ledger.id-malformed' then
    return t.refused;
  end if;
  same := ledger_same(t);
  if same is not null then
    return case when same then 'replayed' else 'ledger.id-reused' end;
  end if;
  if t.refused is not null then
    return t.refused;
  end if;
  select * into d from ledger_account where account_id = t.debit;
  select * into c from ledger_account where account_id = t.credit;
  if d.account_id is null or c.account_id is null then
    return 'ledger.account-unknown';
  end if;
  if d.currency <> t.currency or c.currency <> t.currency then
    return 'ledger.currency-mismatch';
  end if;
  if coalesce(d.restricted_to, c.restricted_to) is distinct from t.restricted
      or coalesce(c.restricted_to, d.restricted_to) is distinct from t.restricted then
    return 'ledger.fund-restricted';
  end if;
  if exists (select from ledger_period where t.day::date between first_day and last_day) then
    return 'ledger.period-closed';
  end if;
  if t.kind = 'pending' and t.expires <= given_at then
    return 'ledger.expiry-past';
  end if;
  if t.kind in ('post-pending', 'void-pending') then
    select * into p from ledger_transfer where transfer_id = t.pending;
    if p.transfer_id is null or p.kind <> 'pending' then
      return 'ledger.pending-unknown';
    end if;
    if (p.debit, p.credit, p.currency) is distinct from (t.debit, t.credit, t.currency)
        or p.restricted_to is distinct from t.restricted
        or (t.kind = 'void-pending' and p.amount_minor <> t.amount) then
      return 'ledger.pending-mismatch';
    end if;
    select kind into settled from ledger_transfer where pending_id = t.pending;
    if settled = 'expire-pending' then
      return 'ledger.pending-expired';
    elsif settled is not null then
      return 'ledger.pending-settled';
    end if;
    if t.amount > p.amount_minor then
      return 'ledger.pending-exceeded';
    end if;
    released := p.amount_minor;
  end if;
  if t.reverses is not null then
    select * into r from ledger_transfer where transfer_id = t.reverses;
    if r.transfer_id is null or r.kind not in ('post', 'post-pending') then
      return 'ledger.reversal-unknown';
    end if;
    if r.reverses is not null then
      return 'ledger.reversal-of-reversal';
    end if;
    if (r.debit, r.credit, r.currency, r.amount_minor) is distinct from (t.credit, t.debit, t.currency, t.amount)
        or r.restricted_to is distinct from t.restricted then
      return 'ledger.reversal-mismatch';
    end if;
    if exists (select from ledger_transfer where reverses = t.reverses) then
      return 'ledger.already-reversed';
    end if;
  end if;
  added := case when t.kind in ('post', 'post-pending') then t.amount else 0 end;
  held := case when t.kind = 'pending' then t.amount else - released end;
  if d.never_negative and d.normal = 'credit' then
    select * into b from ledger_balance where account_id = t.debit;
    if b.credits_posted - b.debits_posted - b.debits_pending - added - held < 0 then
      return 'ledger.limit';
    end if;
  end if;
  if c.never_negative and c.normal = 'debit' then
    select * into b from ledger_balance where account_id = t.credit;
    if b.debits_posted - b.credits_posted - b.credits_pending - added - held < 0 then
      return 'ledger.limit';
    end if;
  end if;
  insert into ledger_transfer (transfer_id, kind, debit, credit, amount_minor, released_minor, currency, event, value_day, reference,
      pending_id, expires_at, restricted_to, rate, reverses, posted_at)
    values (t.id, t.kind, t.debit, t.credit, t.amount, released, t.currency, t.event, t.day::date, t.reference,
      t.pending, t.expires, t.restricted, t.rate, t.reverses, given_at)
    on conflict (transfer_id) do nothing;
  if not found then
    -- Posted by another transaction meanwhile, between other accounts.
    return 'ledger.id-reused';
  end if;
  return 'posted';
end $$;

-- Locks accounts in one fixed order, together with those of holds that are due.
create function ledger_lock(accounts text[], given_at timestamptz) returns boolean language plpgsql as $$
declare
  due text[];
begin
  select array_agg(a) into due from ledger_open_pending o cross join lateral (values (o.debit), (o.credit)) as side(a) where o.expires_at <= given_at;
  perform 1 from ledger_balance where account_id = any (accounts || due) order by account_id for no key update;
  return due is not null;
end $$;

-- Holds whose time has passed hold no more. Their accounts are locked.
create function ledger_expire_due(given_at timestamptz) returns integer language plpgsql as $$
declare
  expired integer;
begin
  insert into ledger_transfer (transfer_id, kind, debit, credit, amount_minor, released_minor, currency, event, value_day, reference,
      pending_id, restricted_to, posted_at)
    select 'expired:' || p.transfer_id, 'expire-pending', p.debit, p.credit, p.amount_minor, p.amount_minor, p.currency, p.event,
      (given_at at time zone 'UTC')::date, p.reference, p.transfer_id, p.restricted_to, given_at
    from ledger_open_pending o join ledger_transfer p using (transfer_id)
    where o.expires_at <= given_at order by o.expires_at, o.transfer_id;
  get diagnostics expired = row_count;
  return expired;
end $$;

-- Posts a batch. Null: every transfer was new and is posted; else an answer for each, in order.
create function ledger_post(accounts jsonb, batch jsonb, given_at timestamptz) returns text[] language plpgsql as $$
declare
  rows constant ledger_input[] := array(select r from jsonb_populate_recordset(null::ledger_input, batch) r);
  n constant integer := cardinality(rows);
  this_change constant bigint := current_change();
  plain boolean; limited text[]; answers text[]; i integer := 1; j integer; k integer; failed integer;
begin
  if jsonb_array_length(accounts) > 0 then
    if ledger_open(accounts, given_at) is not null then
      return array_fill('ledger.account-differs'::text, array[n]);
    end if;
  end if;
  perform pg_advisory_xact_lock_shared(7261002);
  if ledger_lock(array(select distinct a from unnest(rows) t cross join lateral (values (t.debit), (t.credit)) as side(a)), given_at) then
    perform ledger_expire_due(given_at);
  end if;
  if n > 1 then
    -- Most batches are new, plain and within limits: they are judged and written as one set.
    select count(distinct t.id) = n and not rows[n].linked and bool_and(coalesce(
        t.refused is null and t.kind in ('post', 'pending') and t.reverses is null
        and d.currency = t.currency and c.currency = t.currency
        and coalesce(d.restricted_to, c.restricted_to) is not distinct from t.restricted
        and coalesce(c.restricted_to, d.restricted_to) is not distinct from t.restricted
        and (t.expires is null or t.expires > given_at), false)),
      array_agg(distinct d.account_id) filter (where d.never_negative and d.normal = 'credit')
        || array_agg(distinct c.account_id) filter (where c.never_negative and c.normal = 'debit')
      into plain, limited
      from unnest(rows) t left join ledger_account d on d.account_id = t.debit left join ledger_account c on c.account_id = t.credit;
    plain := plain
      and not exists (select from ledger_period p join unnest(rows) t on t.day::date between p.first_day and p.last_day)
      and not exists (select from ledger_transfer k where k.transfer_id in (select t.id from unnest(rows) t));
    if plain and limited is not null then
      plain := not exists (
        select from (
          select b.account_id, case b.normal when 'debit' then b.debits_posted - b.credits_posted - b.credits_pending
              else b.credits_posted - b.debits_posted - b.debits_pending end
            + sum(case when (b.normal = 'debit') = (t.debit = b.account_id) then case when t.kind = 'post' then t.amount else 0 end else - t.amount end)
              over (partition by b.account_id order by t.ordinal) as room
          from ledger_balance b join unnest(rows) with ordinality as t(id, kind, debit, credit, amount, currency, event, day, reference,
            pending, expires, restricted, rate, reverses, linked, refused, ordinal) on b.account_id in (t.debit, t.credit)
          where b.account_id = any (limited)
        ) after_each where room < 0);
    end if;
    if plain then
      insert into ledger_transfer (transfer_id, change, kind, debit, credit, amount_minor, currency, event, value_day, reference, expires_at, restricted_to, rate, posted_at)
        select t.id, this_change, t.kind, t.debit, t.credit, t.amount, t.currency, t.event, t.day::date, t.reference, t.expires, t.restricted, t.rate, given_at
        from unnest(rows) t
        on conflict (transfer_id) do nothing;
      get diagnostics k = row_count;
      if k < n then
        raise exception 'a transfer id was used by another transaction at the same moment' using errcode = 'serialization_failure';
      end if;
      return null;
    end if;
  end if;
  while i <= n loop
    j := i;
    while rows[j].linked and j < n loop
      j := j + 1;
    end loop;
    if i = j and not rows[j].linked then
      answers[i] := ledger_post_one(rows[i], given_at);
    else
      begin
        if rows[j].linked then
          failed := j;
          answers[j] := 'ledger.chain-open';
          raise exception using errcode = 'LG001';
        end if;
        for k in i..j loop
          answers[k] := ledger_post_one(rows[k], given_at);
          if answers[k] not in ('posted', 'replayed') then
            failed := k;
            raise exception using errcode = 'LG001';
          end if;
        end loop;
      exception when sqlstate 'LG001' then
        for k in i..j loop
          if k <> failed then
            answers[k] := case when ledger_same(rows[k]) then 'replayed' else 'ledger.linked-refused' end;
          end if;
        end loop;
      end;
    end if;
    i := j + 1;
  end loop;
  return answers;
end $$;

-- Opens what is not open. @returns an account that is open with other words, or null.
create function ledger_open(accounts jsonb, given_at timestamptz) returns text language plpgsql as $$
declare
  differing text;
begin
  if exists (select from jsonb_populate_recordset(null::ledger_account, accounts) a
      where not exists (select from ledger_account k where k.account_id = a.account_id)) then
    insert into ledger_account (account_id, currency, code, normal, never_negative, restricted_to, opened)
      select distinct on (a.account_id) a.account_id, a.currency, a.code, a.normal, a.never_negative, a.restricted_to, given_at
      from jsonb_populate_recordset(null::ledger_account, accounts) a order by a.account_id
      on conflict (account_id) do nothing;
  end if;
  select a.account_id into differing
    from jsonb_populate_recordset(null::ledger_account, accounts) a join ledger_account k on k.account_id = a.account_id
    where (k.currency, k.code, k.normal, k.never_negative, k.restricted_to)
      is distinct from (a.currency, a.code, a.normal, a.never_negative, a.restricted_to)
    order by a.account_id limit 1;
  return differing;
end $$;

create function ledger_expire(given_at timestamptz) returns integer language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7261002);
  return case when ledger_lock('{}', given_at) then ledger_expire_due(given_at) else 0 end;
end $$;
`,
};
