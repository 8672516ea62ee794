import { money, moneyText } from '@serai/kernel/base/money.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { type Selectable, sql } from 'kysely';
import type { ClaimTables } from '../claims/claims.tables.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { accountOf } from '../fund/accounts.ts';
import type { Reconciliation, Remittance, RunState, Statement } from './api.ts';
import { headsOf } from './capitation.store.ts';
import { targetDays } from './payment-run.ts';
import { providersOf } from './payments.store.ts';

/** What a facility is told with a payment; undefined where the run does not pay it. */
export async function remittance(
  db: CoverDatabase,
  run: Selectable<ClaimTables['cover_payment_run']>,
  provider: string,
): Promise<Remittance | undefined> {
  const runId = run.run_id;
  const lines = await db
    .selectFrom('cover_payment_line as l')
    .innerJoin('cover_claim as c', 'c.claim_id', 'l.claim_id')
    .select([
      'c.claim_id',
      'c.claim_number',
      'c.care_from',
      'c.claimed_on',
      'c.claimed_minor',
      'c.currency',
      'l.amount_minor',
    ])
    .select(
      sql<
        number[]
      >`array(select distinct reason from cover_claim_line x where x.claim_id = c.claim_id and x.reason <> 0 order by 1)`.as(
        'reasons',
      ),
    )
    .where('l.run_id', '=', runId)
    .where('l.provider', '=', provider)
    .orderBy('c.claimed_on')
    .orderBy('c.claim_id')
    .execute();
  const sum = (await providersOf(db, run)).find((each) => each.provider === provider);
  if (!sum) {
    return undefined;
  }
  return {
    runId,
    schemeId: run.scheme_id,
    provider,
    state: run.state as RunState,
    ...(run.paid_on !== null && { paidOn: run.paid_on }),
    amount: moneyText(money(sum.minor, run.currency)),
    heads: (await headsOf(db, run, provider)).map(({ provider: _, ...heads }) => heads),
    lines: lines.map((line) => ({
      claimId: line.claim_id,
      claimNumber: line.claim_number,
      from: line.care_from,
      claimedOn: line.claimed_on,
      claimed: moneyText(money(BigInt(line.claimed_minor), line.currency)),
      paid: moneyText(money(BigInt(line.amount_minor), run.currency)),
      reasons: line.reasons,
    })),
  };
}

/** A facility's account with the fund: what it claimed in a period, what was found due, paid and is owed. */
export async function statement(
  db: CoverDatabase,
  of: { readonly provider: string; readonly from: string; readonly to: string },
): Promise<Statement> {
  const { rows: totals } = await sql<{
    scheme_id: string;
    currency: string;
    pays_currency: string;
    claims: number;
    rejected: number;
    claimed: string;
    payable: string;
    settled: string;
  }>`select scheme_id, currency, pays_currency, count(*)::int as claims,
      (count(*) filter (where status = 'rejected'))::int as rejected, sum(claimed_minor)::text as claimed,
      sum(payable_minor)::text as payable, sum(settled_minor)::text as settled
    from cover_claim where provider = ${of.provider} and claimed_on between ${of.from}::date and ${of.to}::date
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  const { rows: payments } = await sql<{
    run_id: string;
    scheme_id: string;
    paid_on: string;
    currency: string;
    claims: number;
    minor: string;
  }>`select r.run_id, r.scheme_id, r.paid_on, r.currency, count(l.claim_id)::int as claims, sum(l.amount_minor)::text as minor
    from cover_payment_run r join (
      select run_id, provider, claim_id, amount_minor from cover_payment_line
      union all select run_id, provider, null, amount_minor from cover_capitation_line
    ) l using (run_id)
    where l.provider = ${of.provider} and r.state = 'paid' and r.paid_on between ${of.from}::date and ${of.to}::date
    group by 1, 2, 3, 4 order by r.paid_on desc, r.run_id`.execute(db);
  const text = (minor: string, currency: string) => moneyText(money(BigInt(minor), currency));
  return {
    ...of,
    totals: totals.map((row) => ({
      schemeId: row.scheme_id,
      claims: row.claims,
      rejected: row.rejected,
      claimed: text(row.claimed, row.currency),
      payable: text(row.payable, row.pays_currency),
      settled: text(row.settled, row.pays_currency),
      owed: moneyText(money(BigInt(row.payable) - BigInt(row.settled), row.pays_currency)),
    })),
    payments: payments.map((row) => ({
      runId: row.run_id,
      schemeId: row.scheme_id,
      paidOn: row.paid_on,
      claims: row.claims,
      amount: text(row.minor, row.currency),
    })),
    delay: await delayOf(db, of),
  };
}

/** How long claims paid in a period had waited, of one facility or all. */
export async function delayOf(
  db: CoverDatabase,
  of: {
    readonly provider?: string | undefined;
    readonly schemeId?: string | undefined;
    readonly from: string;
    readonly to: string;
  },
): Promise<Statement['delay']> {
  const { rows } = await sql<{ paid: number; mean: number | null; median: number | null; within: number }>`
    select count(*)::int as paid, avg(paid_on - claimed_on)::float8 as mean,
      percentile_disc(0.5) within group (order by paid_on - claimed_on)::float8 as median,
      (count(*) filter (where paid_on - claimed_on <= ${targetDays}))::int as within
    from cover_claim where status = 'paid' and paid_on between ${of.from}::date and ${of.to}::date
      and (${of.provider ?? null}::text is null or provider = ${of.provider ?? null})
      and (${of.schemeId ?? null}::text is null or scheme_id = ${of.schemeId ?? null})`.execute(db);
  const row = rows[0]!;
  return {
    paid: row.paid,
    meanDays: Math.round((row.mean ?? 0) * 10) / 10,
    medianDays: row.median ?? 0,
    withinTarget: row.within,
    targetDays,
  };
}

const accounts = ['outstanding-claims', 'claims-payable'] as const;

/** Whether the claims sub-ledger is the ledger, account by account (DOMAIN F.5: control totals, daily). */
export async function reconcile(db: CoverDatabase, at: Date): Promise<Reconciliation> {
  const sums = await db
    .selectFrom('cover_claim')
    .select((of) => [
      'scheme_id',
      'pays_currency',
      of.fn.sum<string>('outstanding_minor').as('outstanding-claims'),
      sql<string>`sum(payable_minor - settled_minor)`.as('claims-payable'),
    ])
    .groupBy(['scheme_id', 'pays_currency'])
    .orderBy('scheme_id')
    .orderBy('pays_currency')
    .execute();
  const balances = new Map(
    (await accountBalances(db, { prefix: 'fund:' })).map((each) => [
      each.account,
      each.creditsPosted - each.debitsPosted,
    ]),
  );
  const rows = sums.flatMap((sum) =>
    accounts.map((account) => {
      const currency = sum.pays_currency;
      const { id } = accountOf({
        schemeId: sum.scheme_id,
        code: account,
        currency,
        partner: undefined,
        restrictedTo: undefined,
      });
      const claims = BigInt(sum[account]);
      const ledger = balances.get(id) ?? 0n;
      const text = (minor: bigint) => moneyText(money(minor, currency));
      return {
        schemeId: sum.scheme_id,
        currency,
        account,
        claims: text(claims),
        ledger: text(ledger),
        difference: text(claims - ledger),
      };
    }),
  );
  return { at: at.toISOString(), agrees: rows.every((row) => /^-?0(\.0+)?$/.test(row.difference.amount)), rows };
}
