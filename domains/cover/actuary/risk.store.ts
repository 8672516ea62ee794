import { minorDigits } from '@serai/kernel/base/money.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { type AccountCode, accountPrefix, isAccountCode, kindOf } from '../fund/accounts.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { Provenance } from './api.ts';
import { readExperience } from './desk.store.ts';
import { unreportedFactor } from './desk.ts';
import { firstDay, lastDayOf, type MonthSpan } from './experience.ts';
import { type Risk, riskOf } from './risk.ts';
import { schemeOfSpan } from './scheme-of-span.ts';

/** What studies read of a scheme: its risk, the amounts of its claims, and what its books hold. */

export interface ReadRisk {
  readonly scheme: Scheme;
  readonly risk: Risk;
  readonly provenance: Provenance;
}

export function isRefusal(value: object): value is Refusal {
  return 'ok' in value && value.ok === false;
}

export async function readRisk(
  options: Pick<CoverOptions, 'schemes' | 'clock' | 'country'>,
  db: CoverDatabase,
  of: MonthSpan & { readonly schemeId: string },
): Promise<Refusal | ReadRisk> {
  const scheme = schemeOfSpan(options, of);
  if (!scheme.ok) {
    return scheme;
  }
  const { experience, provenance } = await readExperience(options, db, scheme.value, of);
  const { rows } = await sql<{ share: number | null }>`
    select (sum(subsidy_minor)::float8 / nullif(sum(premium_minor), 0)) as share from cover_policy
    where scheme_id = ${of.schemeId} and effective_on <= ${lastDayOf(of.to)}::date
      and expires_on >= ${firstDay(of.from)}::date`.execute(db);
  const risk = riskOf(experience, scheme.value, rows[0]?.share ?? 0, unreportedFactor(experience));
  return risk ? { scheme: scheme.value, risk, provenance } : refuse('actuary.no-experience');
}

/** The amounts of judged claims above zero, ascending: minor units of the scheme's currency. */
export async function claimAmounts(
  db: CoverDatabase,
  of: MonthSpan & { readonly schemeId: string },
): Promise<number[]> {
  const { rows } = await sql<{ amounts: number[] | null }>`
    select array_agg(amount order by amount) as amounts from (
      select (outstanding_minor + payable_minor)::float8 as amount from cover_claim
      where scheme_id = ${of.schemeId} and care_from between ${firstDay(of.from)}::date and ${lastDayOf(of.to)}::date
        and status not in ('rejected', 'reversed', 'entered') and outstanding_minor + payable_minor > 0
    ) amounts`.execute(db);
  return rows[0]?.amounts ?? [];
}

/** Money that donors and governments gave the scheme in the months, beside what they pay of single contributions. */
export async function readDonations(
  db: CoverDatabase,
  { id, currency }: Scheme,
  { from, to }: MonthSpan,
): Promise<number> {
  const prefix = accountPrefix(id);
  const { rows } = await sql<{ given: string | null }>`
    select sum(d.credits - d.debits)::text as given
    from ledger_day d join ledger_account a using (account_id)
    where a.account_id >= ${prefix} and a.account_id < ${`${prefix}\u{10FFFF}`}
      and a.code = 'subsidy-revenue' and a.currency = ${currency}
      and d.value_day between ${firstDay(from)}::date and ${lastDayOf(to)}::date`.execute(db);
  return Number(rows[0]?.given ?? 0) / 10 ** minorDigits(currency);
}

export interface Books {
  /** Assets less liabilities in the scheme's currency. */
  readonly capital: number;
  readonly cash: number;
}

export async function readBooks(db: CoverDatabase, { id, currency }: Scheme): Promise<Books> {
  const unit = 10 ** minorDigits(currency);
  const balances = await accountBalances(db, { prefix: accountPrefix(id) });
  let capital = 0n;
  let cash = 0n;
  for (const each of balances.filter((row) => row.currency === currency && isAccountCode(row.code))) {
    const kind = kindOf(each.code as AccountCode);
    const debit = each.debitsPosted - each.creditsPosted;
    // Debits less credits of a liability are below zero: the sum is what is left for the fund.
    capital += kind === 'asset' || kind === 'liability' ? debit : 0n;
    cash += each.code === 'cash' ? debit : 0n;
  }
  return { capital: Number(capital) / unit, cash: Number(cash) / unit };
}
