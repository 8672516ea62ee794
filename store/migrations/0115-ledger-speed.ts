import type { Migration } from './migration.ts';

/**
 * The ledger, with less work for a posting that comes alone, and a check at commit that reads the accounts of the commit
 * and no others, however many are open. What is asked and what is refused stays as 0002 has it.
 */
export const migration: Migration = {
  id: '0115-ledger-speed',
  sql: `
-- The accounts a commit touched, as its last touch knows them.
alter table ledger_commit add column accounts text[] not null default '{}';
create trigger by_balances before insert or update on ledger_commit for each statement execute function ledger_refuse_direct();

create or replace function ledger_note_touch() returns trigger language plpgsql as $$
begin
  -- The guard of the balances has put the change of this commit into every row.
  insert into ledger_commit (change, currency, accounts) select change, currency, array_agg(account_id) from touched group by change, currency
    on conflict (change, currency) do update
      set touches = ledger_commit.touches + 1, accounts = ledger_commit.accounts || excluded.accounts;
  return null;
end $$;

-- The promise: no commit leaves a currency out of balance, or a balance that its transfers do not add up to. The books were
-- even before; they are even after it if what it added to one side is what it added to the other.
create or replace function ledger_check_commit() returns trigger language plpgsql as $$
declare
  latest integer; out_of_balance boolean; differing text;
begin
  select c.touches into latest from ledger_commit c where c.change = new.change and c.currency = new.currency;
  -- A later touch of the same commit brings its own check.
  if latest is distinct from new.touches and latest is not null then
    return null;
  end if;
  with moved as (
    select side.account_id, sum(side.debits) as debits, sum(side.credits) as credits, sum(side.debits_held) as debits_held, sum(side.credits_held) as credits_held
    from (
      select t.debit, t.credit, case when t.kind in ('post', 'post-pending') then t.amount_minor else 0 end as posted,
        case when t.kind = 'pending' then t.amount_minor else - t.released_minor end as held
      from ledger_transfer t where t.change = new.change and t.currency = new.currency
    ) t cross join lateral (values (t.debit, t.posted, 0, t.held, 0), (t.credit, 0, t.posted, 0, t.held))
      as side(account_id, debits, credits, debits_held, credits_held)
    group by side.account_id
  ), touched as (
    select * from ledger_balance b where b.account_id = any (new.accounts) and b.currency = new.currency and b.change = new.change
  )
  select sum(b.debits_posted - b.before_debits_posted) is distinct from sum(b.credits_posted - b.before_credits_posted)
      or sum(b.debits_pending - b.before_debits_pending) is distinct from sum(b.credits_pending - b.before_credits_pending),
    min(coalesce(b.account_id, m.account_id)) filter (where b.account_id is null
      or b.debits_posted <> b.before_debits_posted + coalesce(m.debits, 0)
      or b.credits_posted <> b.before_credits_posted + coalesce(m.credits, 0)
      or b.debits_pending <> b.before_debits_pending + coalesce(m.debits_held, 0)
      or b.credits_pending <> b.before_credits_pending + coalesce(m.credits_held, 0))
    into out_of_balance, differing
    from touched b full join moved m on m.account_id = b.account_id;
  if out_of_balance then
    raise exception 'the trial balance of % is not zero', new.currency using errcode = 'integrity_constraint_violation';
  end if;
  if differing is not null then
    raise exception 'the balance of % is not what its transfers add up to', differing using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

-- What a transfer moves, and what may not be moved, whoever inserts it.
create or replace function ledger_apply() returns trigger language plpgsql as $$
declare
  this_change constant bigint := current_change();
  n bigint; holds boolean; settles boolean; reverses_some boolean; of_now boolean; closed boolean; both_open boolean; keeps_purpose boolean;
  one ledger_transfer; posted bigint; held bigint;
begin
  -- Closing a period waits for postings under way, and they for it.
  perform pg_advisory_xact_lock_shared(7261002);
  select count(*), bool_or(i.kind = 'pending'), bool_or(i.pending_id is not null), bool_or(i.reverses is not null), bool_and(i.change = this_change)
    into n, holds, settles, reverses_some, of_now from inserted i;
  if n = 0 then
    return null;
  end if;
  if not of_now then
    raise exception 'a transfer belongs to the commit that inserts it' using errcode = 'integrity_constraint_violation';
  end if;
  select exists (select from inserted i join ledger_period p on i.value_day between p.first_day and p.last_day),
      bool_and(d.account_id is not null and c.account_id is not null),
      bool_and(coalesce(d.restricted_to, c.restricted_to) is not distinct from i.restricted_to
        and coalesce(c.restricted_to, d.restricted_to) is not distinct from i.restricted_to)
    into closed, both_open, keeps_purpose
    from inserted i left join ledger_account d on d.account_id = i.debit and d.currency = i.currency
      left join ledger_account c on c.account_id = i.credit and c.currency = i.currency;
  if closed then
    raise exception 'the period of a value day is closed' using errcode = 'integrity_constraint_violation';
  end if;
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
  -- The days come after the balances, whose rows are locked by then: whoever writes a day holds its account.
  if n = 1 then
    select * into one from inserted;
    posted := case when one.kind in ('post', 'post-pending') then one.amount_minor else 0 end;
    held := case when one.kind = 'pending' then one.amount_minor else - one.released_minor end;
    update ledger_balance b set
      debits_posted = b.debits_posted + case when b.account_id = one.debit then posted else 0 end,
      credits_posted = b.credits_posted + case when b.account_id = one.credit then posted else 0 end,
      debits_pending = b.debits_pending + case when b.account_id = one.debit then held else 0 end,
      credits_pending = b.credits_pending + case when b.account_id = one.credit then held else 0 end
      where b.account_id = any (array[one.debit, one.credit]);
    if posted > 0 then
      insert into ledger_day as k (account_id, value_day, event, transfers, debits, credits)
        values (one.debit, one.value_day, one.event, 1, posted, 0), (one.credit, one.value_day, one.event, 1, 0, posted)
        on conflict (account_id, value_day, event) do update
          set transfers = k.transfers + 1, debits = k.debits + excluded.debits, credits = k.credits + excluded.credits;
    end if;
    return null;
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
  insert into ledger_day as k (account_id, value_day, event, transfers, debits, credits)
    select side.account_id, i.value_day, i.event, count(*)::integer, sum(side.debit)::bigint, sum(side.credit)::bigint
    from inserted i cross join lateral (values (i.debit, i.amount_minor, 0::bigint), (i.credit, 0::bigint, i.amount_minor)) as side(account_id, debit, credit)
    where i.kind in ('post', 'post-pending')
    group by side.account_id, i.value_day, i.event
    on conflict (account_id, value_day, event) do update
      set transfers = k.transfers + excluded.transfers, debits = k.debits + excluded.debits, credits = k.credits + excluded.credits;
  return null;
end $$;

-- Posts one transfer or says why not; the order of the questions is the order of the table of refusals.
create or replace function ledger_post_one(t ledger_input, given_at timestamptz) returns text language plpgsql as $$
declare
  same boolean; sides record; p ledger_transfer; r ledger_transfer; settled text; released bigint := 0;
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
  select da.currency as debit_currency, ca.currency as credit_currency,
      coalesce(da.restricted_to, ca.restricted_to) is not distinct from t.restricted
        and coalesce(ca.restricted_to, da.restricted_to) is not distinct from t.restricted as keeps_purpose,
      da.never_negative and da.normal = 'credit' as debit_limited, ca.never_negative and ca.normal = 'debit' as credit_limited,
      exists (select from ledger_period where t.day::date between first_day and last_day) as closed
    into sides from ledger_account da, ledger_account ca where da.account_id = t.debit and ca.account_id = t.credit;
  if not found then
    return 'ledger.account-unknown';
  end if;
  if sides.debit_currency <> t.currency or sides.credit_currency <> t.currency then
    return 'ledger.currency-mismatch';
  end if;
  if not sides.keeps_purpose then
    return 'ledger.fund-restricted';
  end if;
  if sides.closed then
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
  if sides.debit_limited then
    select * into b from ledger_balance where account_id = t.debit;
    if b.credits_posted - b.debits_posted - b.debits_pending - added - held < 0 then
      return 'ledger.limit';
    end if;
  end if;
  if sides.credit_limited then
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

-- Posts a batch. Null: every transfer was new and is posted; else an answer for each, in order.
create or replace function ledger_post(accounts jsonb, batch jsonb, given_at timestamptz) returns text[] language plpgsql as $$
declare
  rows constant ledger_input[] := array(select r from jsonb_populate_recordset(null::ledger_input, batch) r);
  n constant integer := cardinality(rows);
  this_change bigint; plain boolean; limited text[]; touched text[]; answers text[]; i integer := 1; j integer; k integer; failed integer;
begin
  if jsonb_array_length(accounts) > 0 then
    if ledger_open(accounts, given_at) is not null then
      return array_fill('ledger.account-differs'::text, array[n]);
    end if;
  end if;
  perform pg_advisory_xact_lock_shared(7261002);
  if n = 1 then
    touched := array[rows[1].debit, rows[1].credit];
  else
    touched := array(select distinct a from unnest(rows) t cross join lateral (values (t.debit), (t.credit)) as side(a));
  end if;
  if ledger_lock(touched, given_at) then
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
      this_change := current_change();
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
`,
};
