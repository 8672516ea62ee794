import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import { type LedgerSql, type TrialBalance, trialBalance } from '@serai/store/ledger/ledger.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import { sql } from 'kysely';
import { type AccountCode, accountPrefix, allAccounts, isAccountCode } from './accounts.ts';
import type { Alert, Overview, SchemeName, Together, TrialRow, YearRow } from './api.ts';
import { type CodeBalance, positions, positionTogether } from './position.ts';
import { type ControlTotal, reconcile } from './reconcile.store.ts';
import { waitingAlerts } from './waiting.store.ts';

/** How the fund stands today, straight from the ledger and the tables of cover. */
export async function overview(
  db: LedgerSql,
  of: {
    readonly schemes: readonly SchemeName[];
    readonly schemeId?: string | undefined;
    readonly day: string;
    readonly at: Date;
  },
): Promise<Overview> {
  const { schemes, schemeId, day, at } = of;
  const prefix = schemeId === undefined ? allAccounts : accountPrefix(schemeId);
  const [balances, trial, members, claims, moved] = await Promise.all([
    balancesByCode(db, prefix),
    trialBalance(db),
    inForce(db, day, schemeId),
    claimsByStatus(db, schemeId),
    movedInYear(db, prefix, day),
  ]);
  const together = await togetherIn(db, balances, of);
  return {
    schemes,
    day,
    membersInForce: members.members,
    policiesInForce: members.policies,
    year: yearRows(moved, balances),
    claims,
    cash: balances
      .filter(({ code }) => code === 'cash')
      .map(({ balance, restrictedTo }) => ({ amount: moneyText(balance), ...(restrictedTo && { restrictedTo }) })),
    position: positions(balances),
    ...(together && { together }),
    trial: trial.map(trialRow),
    alerts: await alerts(db, { trial, balances, together, day, at, prefix, schemes, schemeId }),
  };
}

export function trialRow(row: TrialBalance): TrialRow {
  const text = (minor: bigint) => moneyText(money(minor, row.currency));
  return {
    currency: row.currency,
    accounts: row.accounts,
    debits: text(row.debits),
    credits: text(row.credits),
    pending: text(row.pending),
    difference: text(row.difference),
  };
}

async function balancesByCode(db: LedgerSql, prefix: string): Promise<CodeBalance[]> {
  const { rows } = await sql<{ code: string; currency: string; restricted_to: string | null; balance: string }>`
    select a.code, a.currency, a.restricted_to,
      sum(case a.normal when 'debit' then b.debits_posted - b.credits_posted else b.credits_posted - b.debits_posted end)::text as balance
    from ledger_balance b join ledger_account a using (account_id)
    where a.account_id >= ${prefix} and a.account_id < ${`${prefix}\u{10FFFF}`}
    group by a.code, a.currency, a.restricted_to order by a.currency, a.restricted_to nulls first`.execute(db);
  return rows
    .filter((row) => isAccountCode(row.code))
    .map((row) => ({
      code: row.code as AccountCode,
      ...(row.restricted_to !== null && { restrictedTo: row.restricted_to }),
      balance: money(BigInt(row.balance), row.currency),
    }));
}

async function inForce(db: LedgerSql, day: string, schemeId: string | undefined) {
  const { rows } = await sql<{ members: number; policies: number }>`
    select count(distinct m.member_id)::int as members, count(distinct p.policy_id)::int as policies
    from cover_policy p join cover_policy_member m using (policy_id)
    where p.effective_on <= ${day}::date and p.expires_on >= ${day}::date and (p.ended_on is null or p.ended_on > ${day}::date)
      and m.covered_from <= ${day}::date and m.covered_to >= ${day}::date
      ${schemeId === undefined ? sql`` : sql`and p.scheme_id = ${schemeId}`}`.execute(db);
  return rows[0]!;
}

async function claimsByStatus(db: LedgerSql, schemeId: string | undefined): Promise<Overview['claims']> {
  const { rows } = await sql<{ status: string; currency: string; count: number; claimed: string }>`
    select status, currency, count(*)::int as count, sum(claimed_minor)::text as claimed from cover_claim
    ${schemeId === undefined ? sql`` : sql`where scheme_id = ${schemeId}`}
    group by status, currency order by status, currency`.execute(db);
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return statuses.map((status) => {
    const of = rows.filter((row) => row.status === status);
    return {
      status,
      count: of.reduce((sum, { count }) => sum + count, 0),
      claimed: of.map(({ claimed, currency }) => moneyText(money(BigInt(claimed), currency))),
    };
  });
}

interface Moved {
  readonly code: string;
  readonly currency: string;
  readonly moved: string;
}

/** What the year's loss ratio is made of: movements of income and expense, by value day. */
async function movedInYear(db: LedgerSql, prefix: string, day: string): Promise<readonly Moved[]> {
  const { rows } = await sql<Moved>`
    select case when d.event in ('policy-issued', 'contribution-paid') then d.event else a.code end as code, a.currency,
      sum(case a.normal when 'debit' then d.debits - d.credits else d.credits - d.debits end)::text as moved
    from ledger_day d join ledger_account a using (account_id)
    where a.account_id >= ${prefix} and a.account_id < ${`${prefix}\u{10FFFF}`}
      and d.value_day between ${`${day.slice(0, 4)}-01-01`}::date and ${day}::date
      and (a.code in ('contribution-revenue', 'claims-expense', 'claims-expense-ibnr', 'claims-abroad-expense', 'administration')
        or (d.event = 'policy-issued' and a.code = 'unearned-contributions')
        or (d.event = 'contribution-paid' and a.code = 'cash'))
    group by 1, 2`.execute(db);
  return rows;
}

function yearRows(rows: readonly Moved[], balances: readonly CodeBalance[]): YearRow[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const moved = (code: string) =>
      BigInt(rows.find((row) => row.code === code && row.currency === currency)?.moved ?? 0);
    const owed = balances.find((row) => row.code === 'contributions-receivable' && row.balance.currency === currency);
    const earned = moved('contribution-revenue');
    const incurred = moved('claims-expense') + moved('claims-expense-ibnr') + moved('claims-abroad-expense');
    const expenses = moved('administration');
    const text = (minor: bigint) => moneyText(money(minor, currency));
    return {
      currency,
      written: text(moved('policy-issued')),
      paid: text(moved('contribution-paid')),
      owed: text(owed?.balance.minor ?? 0n),
      earned: text(earned),
      incurred: text(incurred),
      expenses: text(expenses),
      ...(earned > 0n && {
        lossRatio: Number(incurred) / Number(earned),
        combinedRatio: Number(incurred + expenses) / Number(earned),
      }),
    };
  });
}

/** All in the schemes' own currency, where they have one and there is another to convert. */
async function togetherIn(
  db: LedgerSql,
  balances: readonly CodeBalance[],
  { schemes, schemeId, day }: { schemes: readonly SchemeName[]; schemeId?: string | undefined; day: string },
): Promise<Together | undefined> {
  const asked = schemes.filter(({ id }) => schemeId === undefined || id === schemeId);
  const [own, other] = [...new Set(asked.map(({ currency }) => currency))];
  const foreign = [...new Set(balances.map(({ balance }) => balance.currency))].filter((each) => each !== own);
  if (own === undefined || other !== undefined || foreign.length === 0) {
    return undefined;
  }
  const until = new Date(`${day}T23:59:59.999Z`);
  const known = await Promise.all(foreign.map((from) => ratesBetween(db, from, own, until)));
  return positionTogether(balances, own, (from) => rateOnDay(known[foreign.indexOf(from)]!, from, own, day));
}

interface AlertInput {
  readonly trial: readonly TrialBalance[];
  readonly balances: readonly CodeBalance[];
  readonly together: Together | undefined;
  readonly day: string;
  readonly at: Date;
  readonly prefix: string;
  readonly schemes: readonly SchemeName[];
  readonly schemeId: string | undefined;
}

async function alerts(db: LedgerSql, input: AlertInput): Promise<Alert[]> {
  const { trial, balances, together, at } = input;
  const found: Alert[] = [];
  const grave = (code: Alert['code'], values: Alert['values']) => found.push({ code, weight: 'grave', values });
  for (const { currency, difference } of trial) {
    if (difference !== 0n) {
      grave('trial-balance', { currency });
    }
  }
  const [totals, timely, waiting] = await Promise.all([
    reconcile(db, at),
    timelyAlerts(db, input),
    waitingAlerts(db, input),
  ]);
  const differing = Map.groupBy(
    totals.filter((total) => total.differenceMinor !== 0n),
    ({ control, currency }) => `${control} ${currency}`,
  );
  for (const [{ control, currency }] of differing.values() as Iterable<[ControlTotal]>) {
    grave('records-differ', { control, currency });
  }
  for (const row of positions(balances)) {
    const cash = balances.filter(({ code, balance }) => code === 'cash' && balance.currency === row.currency);
    if (cash.some(({ balance }) => balance.minor < 0n)) {
      grave('cash-overdrawn', { currency: row.currency });
    } else if (row.liquidity !== undefined && row.liquidity < 1) {
      found.push({ code: 'cash-below-payable', weight: 'notable', values: { currency: row.currency } });
    }
  }
  if (together?.liquidity !== undefined && together.liquidity < 1) {
    found.push({ code: 'cash-below-all', weight: 'notable', values: { currency: together.currency } });
  }
  return [...found, ...timely, ...waiting];
}

/** What somebody ought to have done by now. */
async function timelyAlerts(db: LedgerSql, { day, prefix, balances, schemes }: AlertInput): Promise<Alert[]> {
  const before = addDays(firstOfMonth(addMonths(day, -1)), -1);
  const { rows } = await sql<{
    proposals: number;
    open_month: string | null;
    earned_until: string | null;
    covered: boolean;
  }>`
    select
      (select count(*)::int from ledger_open_pending o where o.transfer_id like 'proposal:%' and o.debit like ${`${prefix}%`}) as proposals,
      (select min(t.value_day) from ledger_day t where t.value_day <= ${before}::date
        and not exists (select from ledger_period p where t.value_day between p.first_day and p.last_day)) as open_month,
      (select max(t.value_day) from ledger_day t where t.event = 'contribution-earned' and t.account_id like ${`${prefix}%`}) as earned_until,
      exists (select from cover_policy where effective_on < ${firstOfMonth(day)}::date) as covered`.execute(db);
  const { proposals, open_month: openMonth, earned_until: earnedUntil, covered } = rows[0]!;
  const found: Alert[] = [];
  const notable = (code: Alert['code'], values: Alert['values']) => found.push({ code, weight: 'notable', values });
  if (proposals > 0) {
    notable('proposals-waiting', { count: proposals });
  }
  if (openMonth !== null) {
    notable('period-open', { month: openMonth.slice(0, 7) });
  }
  const lastMonth = addDays(firstOfMonth(day), -1);
  if (covered && (earnedUntil === null || earnedUntil < lastMonth)) {
    notable('not-earned', { month: lastMonth.slice(0, 7) });
  }
  const held = new Set(
    balances
      .filter(({ code, balance }) => code === 'cash' && balance.minor !== 0n)
      .map(({ balance }) => balance.currency),
  );
  const own = new Set(schemes.map(({ currency }) => currency));
  for (const currency of [...held].filter((each) => !own.has(each))) {
    const { rows: known } = await sql<{ known: boolean }>`
      select exists (select from ledger_rate where ${currency} in (from_currency, to_currency)
        and at > ${addDays(day, -31)}::timestamptz) as known`.execute(db);
    if (!known[0]!.known) {
      notable('rate-missing', { currency });
    }
  }
  return found;
}
