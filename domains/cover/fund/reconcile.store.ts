import type { LedgerSql } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';

/** Control totals: what the working tables say is owed, against what the ledger says, to the last minor unit. */
export interface ControlTotal {
  readonly control: Control;
  readonly currency: string;
  readonly ledgerMinor: bigint;
  readonly recordsMinor: bigint;
  /** Ledger less records: zero, or something was written past the ledger. */
  readonly differenceMinor: bigint;
}

export type Control =
  | 'contributions-receivable'
  | 'outstanding-claims'
  | 'claims-payable'
  | 'authorisations-held'
  | 'voucher-liability'
  | 'voucher-payable'
  | 'emergency-payable';

/** What each working table holds, by currency. */
const records: readonly { readonly control: Control; readonly query: string }[] = [
  {
    control: 'contributions-receivable',
    // What was paid beyond what is owed lies on the receivable's other side.
    query: `select currency, sum(minor) as minor from (
      select currency, amount_minor - paid_minor - written_off_minor as minor from cover_instalment
        where paid_minor + written_off_minor < amount_minor
      union all
      select currency, - sum(amount_minor) from cover_payment group by currency
      union all
      select i.currency, sum(a.amount_minor) from cover_payment_allocation a join cover_instalment i using (instalment_id) group by i.currency
    ) owed group by currency`,
  },
  {
    control: 'outstanding-claims',
    query:
      'select pays_currency as currency, sum(outstanding_minor) as minor from cover_claim where outstanding_minor <> 0 group by pays_currency',
  },
  {
    control: 'claims-payable',
    query:
      'select pays_currency as currency, sum(payable_minor - settled_minor) as minor from cover_claim where payable_minor <> settled_minor group by pays_currency',
  },
  {
    control: 'authorisations-held',
    query: `select currency, sum(held_minor) as minor from cover_authorisation where state = 'held' and expires > $1::timestamptz group by currency`,
  },
  {
    control: 'voucher-liability',
    query: `select currency, sum(value_minor) as minor from voucher where coalesce(held_from, state) in ('issued', 'activated') group by currency`,
  },
  {
    control: 'voucher-payable',
    query: `select currency, sum(value_minor) as minor from voucher where coalesce(held_from, state) in ('redeemed', 'validated') group by currency`,
  },
  {
    control: 'emergency-payable',
    query: 'select currency, sum(amount_minor) as minor from settlement_borne where paid_on is null group by currency',
  },
];

/** What the ledger holds: a balance, or for authorisations what is pending on claims expense. */
async function ledgerTotals(db: LedgerSql): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ code: string; currency: string; balance: string; held: string }>`
    select a.code, a.currency,
      sum(case a.normal when 'debit' then b.debits_posted - b.credits_posted else b.credits_posted - b.debits_posted end)::text as balance,
      sum(b.debits_pending)::text as held
    from ledger_balance b join ledger_account a using (account_id) where a.account_id like 'fund:%' group by a.code, a.currency`.execute(
    db,
  );
  const totals = new Map<string, bigint>();
  for (const { code, currency, balance, held } of rows) {
    totals.set(`${code} ${currency}`, BigInt(balance));
    if (code === 'claims-expense') {
      totals.set(`authorisations-held ${currency}`, BigInt(held));
    }
  }
  return totals;
}

/** Every control total; those that differ say that a table and the ledger tell two stories. */
export async function reconcile(db: LedgerSql, at: Date): Promise<ControlTotal[]> {
  // One question for all of them: somebody waits for the overview.
  const all = records
    .map(({ control, query }) => `select '${control}' as control, currency, minor::text as minor from (${query}) t`)
    .join(' union all ')
    .replace('$1', `'${at.toISOString()}'`);
  const [ledger, { rows }] = await Promise.all([
    ledgerTotals(db),
    sql.raw<{ control: Control; currency: string; minor: string }>(all).execute(db),
  ]);
  return records.flatMap(({ control }) => {
    const byCurrency = new Map(
      rows.filter((row) => row.control === control).map(({ currency, minor }) => [currency, BigInt(minor)]),
    );
    const currencies = new Set([
      ...byCurrency.keys(),
      ...[...ledger.keys()].filter((key) => key.startsWith(`${control} `)).map((key) => key.slice(control.length + 1)),
    ]);
    return [...currencies].sort().map((currency) => {
      const ledgerMinor = ledger.get(`${control} ${currency}`) ?? 0n;
      const recordsMinor = byCurrency.get(currency) ?? 0n;
      return { control, currency, ledgerMinor, recordsMinor, differenceMinor: ledgerMinor - recordsMinor };
    });
  });
}
