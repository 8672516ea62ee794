import { money } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type Rate, ratioText, revalue, type Valuation } from '@serai/kernel/ledger/exchange.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { type LedgerSql, postTransfers } from '@serai/store/ledger/ledger.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type AccountCode, accountOf, accountPrefix, monetaryCodes } from './accounts.ts';

/** Foreign balances at the rate of a day, and the gain or loss that posts. */
export interface AccountValuation extends Valuation {
  readonly account: string;
  readonly code: AccountCode;
  readonly currency: string;
  readonly base: string;
  readonly rate: Rate;
  /** Of the base currency for one unit, as used. */
  readonly ratio: string;
  readonly through: string;
  /** Gain to the fund above zero, loss below: an asset's rise, a liability's fall. */
  readonly gain: bigint;
}

interface ExposureRow {
  readonly account_id: string;
  readonly code: AccountCode;
  readonly currency: string;
  readonly normal: 'debit' | 'credit';
  readonly last_day: string | null;
  readonly balance_minor: string | null;
  readonly value_minor: string | null;
  readonly through: string | null;
  readonly latest: string;
  readonly flows: { day: string; minor: string }[] | null;
}

/**
 * What every balance in another currency is worth at the end of a day, as far as it is posted.
 * @returns `ledger.rate-missing`, `fund.revalued-already` or `fund.nothing-foreign`.
 */
export async function valuations(
  db: LedgerSql,
  { schemeId, base, day }: { readonly schemeId: string; readonly base: string; readonly day: string },
): Promise<Result<AccountValuation[]>> {
  const rows = await exposures(db, schemeId, base, day);
  const foreign = rows.filter((row) => row.last_day !== null || (row.flows ?? []).length > 0);
  if (foreign.length === 0) {
    return refuse('fund.nothing-foreign');
  }
  if (foreign.some((row) => row.last_day !== null && row.last_day >= day)) {
    return refuse('fund.revalued-already');
  }
  const valued: AccountValuation[] = [];
  const known = new Map<string, readonly Rate[]>();
  for (const row of foreign) {
    const { currency } = row;
    const rates = known.get(currency) ?? (await ratesBetween(db, currency, base, new Date(`${day}T23:59:59.999Z`)));
    known.set(currency, rates);
    const rateOn = (on: string) => rateOnDay(rates, currency, base, on);
    const worth = revalue(
      {
        currency,
        base,
        balanceBefore: BigInt(row.balance_minor ?? 0),
        valueBefore: BigInt(row.value_minor ?? 0),
        flows: (row.flows ?? []).map((flow) => ({ day: flow.day, minor: BigInt(flow.minor) })),
      },
      day,
      rateOn,
    );
    if (!worth.ok) {
      return worth;
    }
    const { rate, ratio } = rateOn(day)!;
    valued.push({
      ...worth.value,
      account: row.account_id,
      code: row.code,
      currency,
      base,
      rate,
      ratio: ratioText(ratio),
      through: row.latest,
      gain: row.normal === 'debit' ? worth.value.adjustment : -worth.value.adjustment,
    });
  }
  return ok(valued);
}

async function exposures(db: LedgerSql, schemeId: string, base: string, day: string): Promise<ExposureRow[]> {
  const prefix = accountPrefix(schemeId);
  const { rows } = await sql<ExposureRow>`
    select a.account_id, a.code, a.currency, a.normal, last.day as last_day, last.balance_minor, last.value_minor, last.through,
      (select coalesce(max(number), 0)::text from ledger_transfer) as latest,
      (select jsonb_agg(jsonb_build_object('day', f.value_day, 'minor', f.minor::text) order by f.value_day) from (
        select t.value_day, sum(case when (t.debit = a.account_id) = (a.normal = 'debit') then t.amount_minor else - t.amount_minor end) as minor
        from ledger_transfer t
        where a.account_id in (t.debit, t.credit) and t.kind in ('post', 'post-pending') and t.value_day <= ${day}::date
          and (last.day is null or t.number > last.through or t.value_day > last.day)
        group by t.value_day
      ) f) as flows
    from ledger_account a left join lateral (
      select * from ledger_revaluation r where r.account_id = a.account_id and r.base = ${base} order by r.day desc limit 1
    ) last on true
    where a.account_id >= ${prefix} and a.account_id < ${`${prefix}\u{10FFFF}`}
      and a.currency <> ${base} and a.code = any(${monetaryCodes}::text[])
    order by a.account_id`.execute(db);
  return rows;
}

/** Posts the gains and losses of a day; the balances are then carried at its rates. */
export async function postRevaluation(
  tx: Transaction,
  question: { readonly schemeId: string; readonly base: string; readonly day: string },
  at: Date,
): Promise<Result<{ readonly accounts: number; readonly posted: number }> | Refusal> {
  // Postings under way would be neither in the balance nor after it.
  await sql`select pg_advisory_xact_lock(7261002)`.execute(tx.sql);
  const valued = await valuations(tx.sql, question);
  if (!valued.ok) {
    return valued;
  }
  const made = valued.value.map((each) => ({ each, ...transferFor(each, question) }));
  const posting = made.filter(({ each }) => each.gain !== 0n);
  const result = await postTransfers(
    tx.sql,
    posting.map(({ transfer }) => transfer),
    at,
    posting.flatMap(({ accounts }) => accounts),
  );
  if (!result.ok) {
    return result;
  }
  for (const { each, transfer } of made) {
    await sql`
      insert into ledger_revaluation (account_id, base, day, through, balance_minor, rate, value_minor, adjusted_minor, transfer_id)
      values (${each.account}, ${each.base}, ${question.day}::date, ${each.through}::bigint, ${each.balance.toString()}::bigint,
        ${each.ratio}::numeric, ${each.value.toString()}::bigint, ${each.gain.toString()}::bigint,
        ${each.gain === 0n ? null : transfer.id})`.execute(tx.sql);
  }
  return ok({ accounts: made.length, posted: posting.length });
}

function transferFor(
  { account, base, gain, rate }: AccountValuation,
  { schemeId, day }: { readonly schemeId: string; readonly day: string },
): { readonly transfer: LedgerTransfer; readonly accounts: readonly Account[] } {
  const of = (code: AccountCode) => accountOf({ schemeId, code, currency: base });
  const [debit, credit] = gain > 0n ? [of('exchange'), of('exchange-gain')] : [of('exchange-loss'), of('exchange')];
  return {
    accounts: [debit, credit],
    transfer: {
      id: `revaluation:${account}:${day}`,
      kind: 'post',
      debit: debit.id,
      credit: credit.id,
      amount: money(gain > 0n ? gain : -gain, base),
      event: 'revaluation',
      valueDay: day,
      reference: account,
      rate,
    },
  };
}
