import type { Pool } from 'pg';

/** What is wrong with the books, reckoned from the transfers alone; an empty list when they are whole. */
export async function wrongsOf(pool: Pool): Promise<string[]> {
  const { rows: uneven } = await pool.query<{ currency: string }>(
    `select currency from ledger_balance group by currency
     having sum(debits_posted) <> sum(credits_posted) or sum(debits_pending) <> sum(credits_pending)`,
  );
  const { rows: differing } = await pool.query<{ account_id: string }>(
    `with leg as (
       select debit as account_id, 'd' as side, * from ledger_transfer
       union all select credit, 'c', * from ledger_transfer
     ), sums as (
       select account_id,
         coalesce(sum(amount_minor) filter (where side = 'd' and kind in ('post', 'post-pending')), 0) as debits,
         coalesce(sum(amount_minor) filter (where side = 'c' and kind in ('post', 'post-pending')), 0) as credits,
         coalesce(sum(case when kind = 'pending' then amount_minor else - released_minor end) filter (where side = 'd'), 0) as debits_held,
         coalesce(sum(case when kind = 'pending' then amount_minor else - released_minor end) filter (where side = 'c'), 0) as credits_held
       from leg group by account_id
     )
     select account_id from ledger_balance b left join sums s using (account_id)
     where (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
       is distinct from (coalesce(s.debits, 0), coalesce(s.credits, 0), coalesce(s.debits_held, 0), coalesce(s.credits_held, 0))`,
  );
  const { rows: holds } = await pool.query<{ transfer_id: string }>(
    `select transfer_id from (
       select t.transfer_id from ledger_transfer t where t.kind = 'pending'
         and not exists (select from ledger_transfer s where s.pending_id = t.transfer_id)
     ) open full join ledger_open_pending o using (transfer_id)
     where open.transfer_id is null or o.transfer_id is null`,
  );
  const { rows: days } = await pool.query<{ account_id: string }>(
    `select account_id from ledger_balance b
       left join (select account_id, sum(debits) as debits, sum(credits) as credits from ledger_day group by account_id) d using (account_id)
     where (b.debits_posted, b.credits_posted) is distinct from (coalesce(d.debits, 0), coalesce(d.credits, 0))`,
  );
  return [
    ...days.map(({ account_id }) => `the daily totals of ${account_id} are not its balance`),
    ...uneven.map(({ currency }) => `the trial balance of ${currency} is not zero`),
    ...differing.map(({ account_id }) => `the balance of ${account_id} is not the sum of its transfers`),
    ...holds.map(({ transfer_id }) => `the hold ${transfer_id} is listed wrongly`),
  ];
}
