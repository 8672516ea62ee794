import type { Day } from '@serai/kernel/base/days.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import type { LedgerSql } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { moves, type Side } from '../settlement/lines.ts';
import type { Alert } from './api.ts';

/** Work of every desk of the fund that waits for somebody: how much of it there is, told to who answers for all of it. */

interface Counted {
  readonly claims: number;
  readonly reviews: number;
  readonly appeals: number;
  readonly runs: number;
  readonly approvals: number;
  readonly lines: number;
}

/** Counts what waits; nothing that waits for nobody is told. Lines from abroad are of every scheme. */
export async function waitingAlerts(
  db: LedgerSql,
  of: { readonly schemeId: string | undefined; readonly day: Day; readonly at: Date },
): Promise<Alert[]> {
  const [counts, arrears, held] = await Promise.all([counted(db, of), owed(db, of), authorised(db, of)]);
  const routine = (code: Alert['code'], count: number): Alert[] =>
    count > 0 ? [{ code, weight: 'routine', values: { count } }] : [];
  return [
    ...routine('runs-waiting', counts.runs),
    ...routine('approvals-waiting', counts.approvals),
    ...routine('reviews-waiting', counts.reviews),
    ...routine('claims-waiting', counts.claims),
    ...routine('appeals-waiting', counts.appeals),
    ...routine('abroad-waiting', counts.lines),
    ...arrears,
    ...held,
  ];
}

async function counted(
  db: LedgerSql,
  { schemeId, at }: { readonly schemeId: string | undefined; readonly at: Date },
): Promise<Counted> {
  const ofScheme = schemeId === undefined ? sql`` : sql`and scheme_id = ${schemeId}`;
  const statesOf = (side: Side) => Object.entries(moves).flatMap(([state, { by }]) => (by === side ? [state] : []));
  const { rows } = await sql<Counted>`
    select
      (select count(*)::int from cover_claim where status = 'entered' ${ofScheme}) as claims,
      (select count(*)::int from cover_claim where review = 'selected' ${ofScheme}) as reviews,
      (select count(*)::int from cover_appeal a join cover_claim c using (claim_id)
        where a.state = 'open' ${schemeId === undefined ? sql`` : sql`and c.scheme_id = ${schemeId}`}) as appeals,
      (select count(*)::int from cover_payment_run where state in ('proposed', 'approved') ${ofScheme}) as runs,
      (select count(*)::int from cover_approval where state = 'proposed' and expires > ${at.toISOString()}::timestamptz
        ${schemeId === undefined ? sql`` : sql`and (scheme_id is null or scheme_id = ${schemeId})`}) as approvals,
      (select count(*)::int from settlement_line l join settlement_claim c using (claim_id)
        where l.statement_id is null
          and ((c.side = 'debtor' and l.state = any(${statesOf('debtor')}::text[]))
            or (c.side = 'creditor' and l.state = any(${statesOf('creditor')}::text[])))) as lines`.execute(db);
  return rows[0]!;
}

interface Sum {
  readonly currency: string;
  readonly count: number;
  readonly minor: string;
}

function sums(code: Alert['code'], rows: readonly Sum[]): Alert[] {
  return rows.map(({ currency, count, minor }) => ({
    code,
    weight: 'routine',
    values: { count },
    amount: moneyText(money(BigInt(minor), currency)),
  }));
}

/** Contributions whose day has passed, by currency. */
async function owed(
  db: LedgerSql,
  { schemeId, day }: { readonly schemeId: string | undefined; readonly day: Day },
): Promise<Alert[]> {
  const { rows } = await sql<Sum>`
    select i.currency, count(*)::int as count, sum(i.amount_minor - i.paid_minor - i.written_off_minor)::text as minor
    from cover_instalment i ${schemeId === undefined ? sql`` : sql`join cover_policy p using (policy_id)`}
    where i.paid_minor + i.written_off_minor < i.amount_minor and i.due < ${day}::date
      ${schemeId === undefined ? sql`` : sql`and p.scheme_id = ${schemeId}`}
    group by 1 order by 1`.execute(db);
  return sums('arrears', rows);
}

/** Promises to pay that still hold and that no claim has used, by currency. */
async function authorised(
  db: LedgerSql,
  { schemeId, at }: { readonly schemeId: string | undefined; readonly at: Date },
): Promise<Alert[]> {
  const { rows } = await sql<Sum>`
    select currency, count(*)::int as count, sum(held_minor)::text as minor from cover_authorisation
    where state = 'held' and expires > ${at.toISOString()}::timestamptz
      ${schemeId === undefined ? sql`` : sql`and scheme_id = ${schemeId}`}
    group by 1 order by 1`.execute(db);
  return sums('authorisations-open', rows);
}
