import { addDays, type Day } from '@serai/kernel/base/days.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { localDay } from '../local-day.ts';
import { lapsePolicies } from './ending.store.ts';
import { policiesById, writeCoverages } from './policies.store.ts';
import { lastDay } from './policy.ts';
import { type ReminderToTell, tellHolders } from './reminders.store.ts';
import { type Reminder, reminderOf } from './reminders.ts';
import { versionOf } from './versions.ts';

/**
 * `enrolment.daily`: what time alone does to policies. Those past grace lapse, the FHIR Coverage of those that time has
 * suspended or ended says so, and holders are told what is coming. In steps: a process that is killed goes on where it
 * was, and nobody is told twice.
 */

export interface DailyInput {
  /** The day it is done for. */
  readonly day: Day;
  /** The last day it was done for before: what time did since is looked at. */
  readonly since: Day;
}

export interface DailyAnswer {
  readonly lapsed: number;
  readonly refreshed: number;
  readonly told: number;
  readonly sent: number;
}

const phases = ['lapse', 'refresh', 'remind'] as const;
interface DailyCursor extends DailyAnswer {
  readonly phase: (typeof phases)[number];
  readonly after: string;
}

const policiesAStep = 200;
/** Policies whose end is longer ago are not spoken of. */
const daysBack = 62;
const actor = 'node';

export function dailyJob(options: CoverOptions): JobHandler<DailyInput, DailyCursor, DailyAnswer> {
  return {
    kind: 'enrolment.daily',
    total: async () => undefined,
    step: async ({ input, cursor, tx }) => {
      const at = cursor ?? { phase: 'lapse', after: '', lapsed: 0, refreshed: 0, told: 0, sent: 0 };
      const ids = await candidates(coverOf(tx), at.phase, input, at.after);
      const { phase, after: _, ...counts } = { ...at, ...(await doPhase(tx, options, at, ids, input)) };
      if (ids.length === policiesAStep) {
        return { next: { phase, after: ids.at(-1)!, ...counts }, did: ids.length };
      }
      const following = phases[phases.indexOf(phase) + 1];
      return following
        ? { next: { phase: following, after: '', ...counts }, did: ids.length }
        : { finished: counts, did: ids.length };
    },
  };
}

async function doPhase(
  tx: Transaction,
  options: CoverOptions,
  at: DailyCursor,
  ids: readonly string[],
  { day }: DailyInput,
): Promise<Partial<DailyAnswer>> {
  if (ids.length === 0) {
    return {};
  }
  switch (at.phase) {
    case 'lapse':
      return { lapsed: at.lapsed + (await lapseAndTell(tx, options, ids, day)) };
    case 'refresh':
      await writeCoverages(tx, options, ids, day);
      return { refreshed: at.refreshed + ids.length };
    case 'remind': {
      const { told, sent } = await tellHolders(tx, options, await remindersOf(tx, options, ids, day), actor);
      return { told: at.told + told, sent: at.sent + sent };
    }
  }
}

/** The ids a step looks at, in order. Which of them something is done with, the rules say. */
async function candidates(
  db: CoverDatabase,
  phase: DailyCursor['phase'],
  { day, since }: DailyInput,
  after: string,
): Promise<string[]> {
  const owing = sql`exists (select from cover_instalment i where i.policy_id = p.policy_id
    and i.paid_minor + i.written_off_minor < i.amount_minor`;
  const which = {
    // Also those whose time ran out since; one that was covered to its last day owes what it owes.
    lapse: sql`p.ended_on is null and exists (select from cover_instalment i where i.policy_id = p.policy_id
      and i.paid_minor + i.waived_minor < i.amount_minor and i.grace_until < ${day}::date
      and (p.effective_on is null or i.grace_until < p.expires_on))`,
    // Time suspends, ends and begins cover without anybody's hand.
    refresh: sql`exists (select from cover_policy_member m where m.policy_id = p.policy_id and m.coverage_id is not null)
      and (p.expires_on >= ${since}::date - 1 and p.expires_on < ${day}::date
        or p.ended_on > ${since}::date and p.ended_on <= ${day}::date
        or p.effective_on > ${since}::date and p.effective_on <= ${day}::date
        or exists (select from cover_instalment i where i.policy_id = p.policy_id and i.paid_minor + i.waived_minor < i.amount_minor
          and i.grace_until >= ${since}::date - 1 and i.grace_until < ${day}::date))`,
    remind: sql`p.ended_on is null and p.expires_on >= ${addDays(day, -daysBack)}::date
      and (${owing} and i.due < ${day}::date) or p.expires_on <= ${addDays(day, daysBack)}::date)`,
  }[phase];
  const { rows } = await sql<{ policy_id: string }>`
    select p.policy_id from cover_policy p where ${which} and p.policy_id > ${after}
    order by p.policy_id limit ${policiesAStep}`.execute(db);
  return rows.map((row) => row.policy_id);
}

async function lapseAndTell(tx: Transaction, options: CoverOptions, ids: readonly string[], day: Day): Promise<number> {
  const lapsed = await lapsePolicies(tx, options, ids, day, actor);
  if (lapsed.length === 0) {
    return 0;
  }
  const policies = await policiesById(coverOf(tx), lapsed);
  await tellHolders(
    tx,
    options,
    policies
      .filter(({ expiresOn }) => expiresOn >= addDays(day, -daysBack))
      .map((policy): ReminderToTell => {
        const reminder: Reminder = { kind: 'lapsed', stage: `lapsed:${policy.endedOn}`, day: lastDay(policy) };
        return { policyId: policy.policyId, policyNumber: policy.policyNumber, reminder };
      }),
    actor,
  );
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: 'lapse-policies', class: 'system', count: lapsed.length },
    sealed: { policies: lapsed, day },
  });
  return lapsed.length;
}

async function remindersOf(
  tx: Transaction,
  options: CoverOptions,
  ids: readonly string[],
  day: Day,
): Promise<ReminderToTell[]> {
  const db = coverOf(tx);
  const policies = await policiesById(db, ids);
  const renewals = await db
    .selectFrom('cover_policy')
    .select('renewal_of')
    .where('renewal_of', 'in', [...ids])
    .execute();
  const renewed = new Set(renewals.map((row) => row.renewal_of));
  return policies.flatMap((policy) => {
    const scheme = versionOf(options.schemes, policy);
    const reminder = reminderOf(policy, scheme, day, renewed.has(policy.policyId));
    return reminder ? [{ policyId: policy.policyId, policyNumber: policy.policyNumber, reminder }] : [];
  });
}

/** The days already put in line by this process, so that a round in between asks the database nothing. */
const done = new WeakMap<OwnCoverOptions, string>();

/** Puts the day's work in line, once a day however many processes there are. */
export async function enrolmentRound(options: OwnCoverOptions): Promise<void> {
  const day = localDay(options);
  if (done.get(options) === day) {
    return;
  }
  await options.ownStore().transaction(async (tx) => {
    await tx.inbox.once(`enrolment-round:${day}`, async () => {
      const { rows } = await sql<{ since: string | null }>`
        select max(input ->> 'day') as since from job where kind = 'enrolment.daily' and input ->> 'day' < ${day}`.execute(
        coverOf(tx),
      );
      const input: DailyInput = { day, since: rows[0]?.since ?? addDays(day, -1) };
      await options.enqueueJob(tx, 'enrolment.daily', input, actor);
    });
  });
  done.set(options, day);
}
