import { money } from '@serai/kernel/base/money.ts';
import { refusalSpecs } from '@serai/kernel/base/refusal.ts';
import { RefusedError } from '@serai/store/faults.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { JobFault } from '../jobs/jobs.store.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { allAccounts } from './accounts.ts';
import { earnedBy } from './earning.ts';
import { type FundEvent, postEvents } from './postings.ts';

/**
 * `fund.earn`: what of every contribution is earned by the end of a month becomes revenue. Doing it again changes nothing;
 * nor does a month before one that is earned already, which has in it what was earned until then.
 */
export interface EarnInput {
  /** Last day of the month. */
  readonly month: string;
  readonly schemeId?: string;
}

export interface EarnAnswer {
  readonly policies: number;
  readonly transfers: number;
}

interface EarnCursor {
  readonly after: string;
  readonly policies: number;
  readonly transfers: number;
}

const policiesAStep = 1000;

export function earnJob({ clock }: Pick<CoverOptions, 'clock'>): JobHandler<EarnInput, EarnCursor, EarnAnswer> {
  return {
    kind: 'fund.earn',
    total: async (input, tx) => countPolicies(tx, input),
    step: async ({ input, cursor, tx }) => {
      const { after, policies, transfers } = cursor ?? { after: '', policies: 0, transfers: 0 };
      const rows = await unearned(tx, input, after);
      const events = rows.flatMap((row) => earningOf(row, input.month));
      const posted = await postEvents(tx, events, clock(), 'refused').catch(tell);
      const far = { policies: policies + rows.length, transfers: transfers + posted };
      return rows.length < policiesAStep
        ? { finished: far, did: rows.length }
        : { next: { ...far, after: rows.at(-1)!.policy_id }, did: rows.length };
    },
  };
}

/** What the ledger refuses it refuses again: the job ends and says why. */
function tell(error: unknown): never {
  throw error instanceof RefusedError ? new JobFault(refusalSpecs().get(error.refusal.code)!.sentence) : error;
}

interface UnearnedRow {
  readonly policy_id: string;
  readonly scheme_id: string;
  readonly currency: string;
  readonly covered_from: string;
  readonly covered_to: string;
  /** Issued less taken back, and earned so far, as the ledger has it. */
  readonly issued: string;
  readonly earned: string;
  readonly earnings: number;
  /** The last day anything was earned for. */
  readonly earned_until: string | null;
}

function inScheme({ schemeId }: EarnInput) {
  return schemeId === undefined ? sql`true` : sql`p.scheme_id = ${schemeId}`;
}

async function countPolicies(tx: Transaction, input: EarnInput): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cover_policy p where p.effective_on <= ${input.month}::date and ${inScheme(input)}`.execute(
    coverOf(tx),
  );
  return rows[0]!.n;
}

async function unearned(tx: Transaction, input: EarnInput, after: string): Promise<UnearnedRow[]> {
  const { rows } = await sql<UnearnedRow>`
    with page as (
      select p.policy_id, p.scheme_id, p.currency, p.effective_on as covered_from,
        least(p.expires_on, p.ended_on - 1) as covered_to,
        ${allAccounts} || p.scheme_id || ':unearned-contributions:' || p.currency as account
      from cover_policy p
      where p.effective_on <= ${input.month}::date and ${inScheme(input)} and p.policy_id > ${after}
      order by p.policy_id limit ${policiesAStep}
    )
    select page.policy_id, page.scheme_id, page.currency, page.covered_from, page.covered_to,
      coalesce(moved.issued, 0)::text as issued, coalesce(moved.earned, 0)::text as earned, coalesce(moved.earnings, 0)::int as earnings, moved.earned_until
    from page left join lateral (
      select
        sum(case page.account when t.credit then t.amount_minor when t.debit then - t.amount_minor end)
          filter (where t.event not in ('contribution-earned', 'contribution-unearned')) as issued,
        sum(case page.account when t.debit then t.amount_minor when t.credit then - t.amount_minor end)
          filter (where t.event in ('contribution-earned', 'contribution-unearned')) as earned,
        count(*) filter (where t.event in ('contribution-earned', 'contribution-unearned')) as earnings,
        max(t.value_day) filter (where t.event in ('contribution-earned', 'contribution-unearned')) as earned_until
      from ledger_transfer t
      -- By the reference alone, whose index has the collation of ids; an account has more entries than a policy.
      where t.reference = 'Policy/' || page.policy_id and t.kind in ('post', 'post-pending')
    ) moved on true
    order by page.policy_id`.execute(coverOf(tx));
  return rows;
}

function earningOf(row: UnearnedRow, month: string): FundEvent[] {
  const contribution = money(BigInt(row.issued), row.currency);
  const due = earnedBy({ from: row.covered_from, to: row.covered_to, contribution }, month) - BigInt(row.earned);
  if (due === 0n || (row.earned_until !== null && row.earned_until > month)) {
    return [];
  }
  return [
    {
      // More taken back than was left unearned: what was earned too much goes back.
      event: due > 0n ? 'contribution-earned' : 'contribution-unearned',
      id: `${row.policy_id}:${month.slice(0, 7)}:${row.earnings}`,
      schemeId: row.scheme_id,
      amount: money(due > 0n ? due : -due, row.currency),
      day: month,
      reference: `Policy/${row.policy_id}`,
    },
  ];
}
