import type { LedgerSql } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { accountParts, allAccounts } from './accounts.ts';

/** Control totals: what the working tables say is owed, against what the ledger says, to the last minor unit. */
export interface ControlTotal {
  readonly control: Control;
  /** One scheme's own, shown where it differs: what one scheme has too much and another too little is no agreement. */
  readonly schemeId?: string;
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
  | 'emergency-payable'
  | 'due-from-partner'
  | 'due-to-partner';

/** What a table holds, by currency; with `scheme` where its rows say which scheme they are of. */
interface RecordsOf {
  readonly control: Control;
  readonly query: string;
}

/** Lines between countries that no statement has made a payment of yet. */
const openLines = `from settlement_line l join settlement_claim c using (claim_id)
  left join settlement_statement s on s.statement_id = l.statement_id
  where coalesce(s.state, 'proposed') not in ('signed', 'paid', 'settled')`;

const records: readonly RecordsOf[] = [
  {
    control: 'contributions-receivable',
    // What was paid beyond what is owed lies on the receivable's other side, of the scheme it was paid to.
    query: `select scheme, currency, sum(minor) as minor from (
      select p.scheme_id as scheme, i.currency, i.amount_minor - i.paid_minor - i.written_off_minor as minor
        from cover_instalment i join cover_policy p using (policy_id) where i.paid_minor + i.written_off_minor < i.amount_minor
      union all
      select scheme_id, currency, - sum(amount_minor) from cover_payment group by 1, 2
      union all
      select p.scheme_id, p.currency, sum(a.amount_minor) from cover_payment_allocation a join cover_payment p using (payment_id)
        group by 1, 2
    ) owed group by 1, 2`,
  },
  {
    control: 'outstanding-claims',
    query: `select scheme_id as scheme, pays_currency as currency, sum(outstanding_minor) as minor from cover_claim
      where outstanding_minor <> 0 group by 1, 2`,
  },
  {
    control: 'claims-payable',
    query: `select scheme_id as scheme, pays_currency as currency, sum(payable_minor - settled_minor) as minor from cover_claim
      where payable_minor <> settled_minor group by 1, 2`,
  },
  {
    control: 'authorisations-held',
    query: `select scheme_id as scheme, currency, sum(held_minor) as minor from cover_authorisation
      where state = 'held' and expires > $1::timestamptz group by 1, 2`,
  },
  {
    control: 'voucher-liability',
    query: `select null as scheme, currency, sum(value_minor) as minor from voucher
      where coalesce(held_from, state) in ('issued', 'activated') group by currency`,
  },
  {
    control: 'voucher-payable',
    query: `select null as scheme, currency, sum(value_minor) as minor from voucher
      where coalesce(held_from, state) in ('redeemed', 'validated') group by currency`,
  },
  {
    control: 'emergency-payable',
    query: `select null as scheme, currency, sum(amount_minor) as minor from settlement_borne where paid_on is null group by currency`,
  },
  {
    control: 'due-from-partner',
    // What is claimed until less is agreed; once both have signed, the payment that is left and its interest.
    query: `select null as scheme, currency, sum(minor) as minor from (
      select c.currency, case when l.state in ('accepted', 'adjusted') then l.amount_minor
          when l.state = 'withdrawn' then 0 else l.claimed_minor end as minor
        ${openLines} and c.side = 'creditor'
      union all
      select s.currency, p.amount_minor + p.interest_minor from settlement_payment p join settlement_statement s using (statement_id)
        where p.payer = s.partner and p.received_on is null
    ) due group by currency`,
  },
  {
    control: 'due-to-partner',
    query: `select null as scheme, currency, sum(minor) as minor from (
      select c.currency, l.amount_minor as minor ${openLines} and c.side = 'debtor' and l.state in ('accepted', 'adjusted')
      union all
      select s.currency, p.amount_minor + p.interest_minor from settlement_payment p join settlement_statement s using (statement_id)
        where p.receiver = s.partner and p.paid_on is null
    ) due group by currency`,
  },
];

type Totals = Map<string, bigint>;

const add = (totals: Totals, key: string, minor: bigint) => totals.set(key, (totals.get(key) ?? 0n) + minor);
const keyOf = (control: string, currency: string, schemeId = '') => `${control} ${currency} ${schemeId}`;

/** What the ledger holds, of all schemes and of each: a balance, or for authorisations what is pending on claims expense. */
async function ledgerTotals(db: LedgerSql): Promise<Totals> {
  const { rows } = await sql<{ account_id: string; balance: string; held: string }>`
    select account_id,
      (case normal when 'debit' then debits_posted - credits_posted else credits_posted - debits_posted end)::text as balance,
      debits_pending::text as held
    from ledger_balance where account_id like ${`${allAccounts}%`}`.execute(db);
  const totals: Totals = new Map();
  const count = (control: string, currency: string, schemeId: string, minor: bigint) => {
    add(totals, keyOf(control, currency), minor);
    add(totals, keyOf(control, currency, schemeId), minor);
  };
  for (const { account_id: account, balance, held } of rows) {
    const parts = accountParts(account);
    if (parts) {
      count(parts.code, parts.currency, parts.schemeId, BigInt(balance));
      if (parts.code === 'claims-expense') {
        count('authorisations-held', parts.currency, parts.schemeId, BigInt(held));
      }
    }
  }
  return totals;
}

interface RecordRow {
  readonly control: Control;
  readonly scheme: string | null;
  readonly currency: string;
  readonly minor: string;
}

/**
 * Every control total; those that differ say that a table and the ledger tell two stories. One for all schemes together,
 * and after it one for each scheme that differs, where the table knows schemes.
 */
export async function reconcile(db: LedgerSql, at: Date): Promise<ControlTotal[]> {
  // One question for all of them: somebody waits for the overview.
  const all = records
    .map(
      ({ control, query }) =>
        `select '${control}' as control, scheme, currency, minor::text as minor from (${query}) t`,
    )
    .join(' union all ')
    .replace('$1', `'${at.toISOString()}'`);
  const [ledger, { rows }] = await Promise.all([ledgerTotals(db), sql.raw<RecordRow>(all).execute(db)]);
  const kept: Totals = new Map();
  for (const { control, scheme, currency, minor } of rows) {
    add(kept, keyOf(control, currency), BigInt(minor));
    if (scheme !== null) {
      add(kept, keyOf(control, currency, scheme), BigInt(minor));
    }
  }
  return records.flatMap(({ control, query }) => {
    const knowsSchemes = !query.startsWith('select null as scheme');
    const keys = [...new Set([...kept.keys(), ...ledger.keys()])].filter((key) => key.startsWith(`${control} `)).sort();
    return keys.flatMap((key): ControlTotal[] => {
      const [, currency = '', schemeId = ''] = key.split(' ');
      const [ledgerMinor, recordsMinor] = [ledger.get(key) ?? 0n, kept.get(key) ?? 0n];
      const differenceMinor = ledgerMinor - recordsMinor;
      if (schemeId === '') {
        return [{ control, currency, ledgerMinor, recordsMinor, differenceMinor }];
      }
      return knowsSchemes && differenceMinor !== 0n
        ? [{ control, schemeId, currency, ledgerMinor, recordsMinor, differenceMinor }]
        : [];
    });
  });
}
