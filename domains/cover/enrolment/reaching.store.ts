import { addDays, type Day } from '@serai/kernel/base/days.ts';
import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { nameKey } from './member.ts';
import { recordEvents } from './policies.store.ts';
import type { ReminderKind } from './reminders.ts';
import type { WorkPage } from './work.store.ts';

/** Holders whom no text and no page reaches: a list to call or visit by, and what came of it. */

export const reachedHow = ['visit', 'call', 'message', 'not-found'] as const;
export type ReachedHow = (typeof reachedHow)[number];

export interface UnreachedRow {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly groupName?: string;
  readonly kind: ReminderKind;
  /** Since when somebody should have told them. */
  readonly since: string;
  readonly expiresOn: string;
  readonly owed?: MoneyText;
  readonly language: string;
}

const pageSize = 100;
/** What was to be told longer ago nobody is told any more. */
const daysBack = 62;

/** Open policies whose holder was to be told and could not be: the latest word of each, the oldest first. */
export async function unreached(
  db: CoverDatabase,
  question: { readonly search?: string | undefined; readonly cursor?: string | undefined },
  today: Day,
): Promise<WorkPage<UnreachedRow>> {
  const offset = Number.parseInt(question.cursor ?? '0', 10) || 0;
  const search = nameKey(question.search ?? '');
  const { rows } = await sql<{
    policy_id: string;
    policy_number: string;
    member_id: string;
    member_number: string;
    name: string;
    group_name: string | null;
    stage: string;
    since: string;
    expires_on: string;
    owed_minor: string;
    currency: string;
    language: string;
    total: number;
  }>`
    select p.policy_id, p.policy_number, m.member_id, m.member_number, m.name, g.name as group_name, last.stage, last.language,
      last.told::date::text as since, p.expires_on, p.currency, owed.minor::text as owed_minor, count(*) over ()::int as total
    from (
        select distinct on (policy_id) policy_id, stage, language, told, reached, channel from cover_reminder
        where told >= ${addDays(today, -daysBack)}::date order by policy_id, told desc, stage
      ) last
      join cover_policy p on p.policy_id = last.policy_id
      join cover_policy_member h on h.policy_id = p.policy_id and h.relation = 'holder'
      join cover_member m on m.member_id = h.member_id
      left join cover_group g on g.group_id = p.group_id
      cross join lateral (select coalesce(sum(i.amount_minor - i.paid_minor - i.written_off_minor), 0) as minor
        from cover_instalment i where i.policy_id = p.policy_id and i.due <= ${today}::date) owed
    where last.channel = 'none' and last.reached is null
      -- Paid or renewed meanwhile, there is nothing left to tell.
      and (owed.minor > 0 or last.stage like 'lapsed%' or last.stage like 'asked%'
        or last.stage like 'renewal%' and not exists (select from cover_policy next where next.renewal_of = p.policy_id))
      and (${search} = '' or strpos(m.name_key, ${search}) > 0 or lower(p.policy_number) = ${search}
        or lower(m.member_number) = ${search})
    order by last.told, p.policy_id limit ${pageSize} offset ${offset}`.execute(db);
  const total = rows[0]?.total ?? 0;
  return {
    rows: rows.map((row) => ({
      policyId: row.policy_id,
      policyNumber: row.policy_number,
      memberId: row.member_id,
      memberNumber: row.member_number,
      name: row.name,
      ...(row.group_name !== null && { groupName: row.group_name }),
      kind: row.stage.split(':')[0] as ReminderKind,
      since: row.since,
      expiresOn: row.expires_on,
      ...(row.owed_minor !== '0' && { owed: moneyText(money(BigInt(row.owed_minor), row.currency)) }),
      language: row.language,
    })),
    total,
    ...(offset + rows.length < total && { next: String(offset + pageSize) }),
  };
}

/** Notes that somebody called or went there, for everything that was to be told of a policy until now. */
export async function noteReached(
  tx: Transaction,
  options: CoverOptions,
  input: {
    readonly policyId: string;
    readonly how: ReachedHow;
    readonly note?: string | undefined;
    readonly by: string;
  },
): Promise<Result<{ policyId: string; noted: number }>> {
  const db = coverOf(tx);
  const at = options.clock();
  const noted = await db
    .updateTable('cover_reminder')
    .set({ reached_how: input.how, reached_by: input.by, reached: at, reached_note: input.note ?? null })
    .where('policy_id', '=', input.policyId)
    .where('channel', '=', 'none')
    .where('reached', 'is', null)
    .where('told', '<=', at)
    .executeTakeFirst();
  const count = Number(noted.numUpdatedRows);
  if (count === 0) {
    return refuse('enrolment.no-reminder', undefined, 'policyId');
  }
  // Who was not found was not told.
  if (input.how !== 'not-found') {
    const detail = { how: input.how, day: localDayOf(at, options.country) };
    await recordEvents(db, [input.policyId], { at, actor: input.by, event: 'reminded', detail });
  }
  return ok({ policyId: input.policyId, noted: count });
}
