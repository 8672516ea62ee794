import { addMonths, type Day } from '@serai/kernel/base/days.ts';
import { allocateMoney, type Money, type MoneyText, money, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { quote } from '../schemes/premium.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { post } from './books.ts';
import { recordEvents } from './policies.store.ts';

/**
 * Contributions by wages of somebody who works for more than one employer. Each employer owes for the wage it pays, up to
 * the ceiling, and learns nothing of the other. What the worker was charged above her share at the ceiling is hers, and is
 * given back once all of the month is paid; the employers' shares stay.
 */

export interface WorkerExcess {
  readonly memberId: string;
  readonly memberNumber: string;
  readonly name: string;
  readonly phone?: string;
  readonly schemeId: string;
  /** Its first day. */
  readonly month: string;
  readonly employers: readonly string[];
  /** The worker's shares together, and her share of a wage at the ceiling. */
  readonly share: MoneyText;
  readonly most: MoneyText;
  readonly excess: MoneyText;
}

interface Row {
  readonly scheme_id: string;
  readonly month: Day;
  readonly member_id: string;
  readonly member_number: string;
  readonly name: string;
  readonly phone: string | null;
  readonly policy_id: string;
  readonly currency: string;
  readonly amounts: readonly string[];
  readonly employers: readonly string[];
}

/** Months looked back on. */
const monthsBack = 24;

/** Who is to be given something back, the latest month first. One person is one by her name and her birth to the day. */
export async function workerExcesses(
  db: CoverDatabase,
  options: Pick<CoverOptions, 'schemes'>,
  today: Day,
  only?: { readonly memberId: string; readonly schemeId: string; readonly month: Day },
): Promise<(WorkerExcess & { readonly policyId: string; readonly minor: bigint })[]> {
  const { rows } = await sql<Row>`
    with raised as (
      select m.name_key, m.birth_date, m.member_id, m.member_number, m.name, m.phone, p.scheme_id, p.policy_id, g.name as employer,
        i.covers_from, i.amount_minor, i.paid_minor, i.currency
      from cover_instalment i join cover_policy p using (policy_id)
        join cover_policy_member h on h.policy_id = p.policy_id and h.relation = 'holder'
        join cover_member m on m.member_id = h.member_id
        left join cover_group g on g.group_id = p.group_id
      where i.covers_from >= ${addMonths(today, -monthsBack)}::date and m.birth_precision = 'day' and i.amount_minor > 0
    )
    select scheme_id, covers_from as month, min(currency) as currency, (array_agg(member_id order by member_id))[1] as member_id,
      (array_agg(member_number order by member_id))[1] as member_number, (array_agg(name order by member_id))[1] as name,
      (array_agg(phone order by member_id) filter (where phone is not null))[1] as phone,
      (array_agg(policy_id order by member_id))[1] as policy_id,
      array_agg(amount_minor::text order by member_id) as amounts, array_agg(coalesce(employer, '') order by member_id) as employers
    from raised
    group by scheme_id, covers_from, name_key, birth_date
    having count(distinct member_id) > 1 and bool_and(paid_minor >= amount_minor)
      and not exists (select from cover_worker_refund r where r.scheme_id = raised.scheme_id and r.month = raised.covers_from
        and r.member_id = any(array_agg(raised.member_id)))
    order by covers_from desc, min(member_id) limit 500`.execute(db);
  return rows
    .filter(
      (row) =>
        only === undefined ||
        (row.member_id === only.memberId && row.scheme_id === only.schemeId && row.month === only.month),
    )
    .flatMap((row) => excessOf(schemeAt(options.schemes, row.scheme_id, row.month), row));
}

function excessOf(scheme: Scheme | undefined, row: Row) {
  const most = scheme && shareAtCeiling(scheme, row.month);
  if (!scheme || !most) {
    return [];
  }
  const of = (minor: bigint) => money(minor, row.currency);
  const share = row.amounts.reduce((sum, amount) => sum + workerPart(of(BigInt(amount)), most), 0n);
  const minor = share - most.worker.minor;
  return minor <= 0n
    ? []
    : [
        {
          memberId: row.member_id,
          memberNumber: row.member_number,
          name: row.name,
          ...(row.phone !== null && { phone: row.phone }),
          schemeId: row.scheme_id,
          month: row.month,
          employers: row.employers,
          share: moneyText(of(share)),
          most: moneyText(most.worker),
          excess: moneyText(of(minor)),
          policyId: row.policy_id,
          minor,
        },
      ];
}

interface Shares {
  readonly worker: Money;
  readonly employer: Money;
}

/** What is due at most for one worker and month, by whom. */
function shareAtCeiling(scheme: Scheme, on: Day): Shares | undefined {
  const ceiling = scheme.contribution.payroll && parseMoney(scheme.contribution.payroll.wageCeiling, scheme.currency);
  const price =
    ceiling &&
    quote(scheme, {
      members: [{ birthDate: '1990-01-01', relation: 'holder' }],
      on,
      months: 1,
      wageMinor: ceiling.minor,
    });
  if (!price?.ok) {
    return undefined;
  }
  const by = (payer: string) =>
    price.value.payers.find((each) => each.by === payer)?.amount ?? money(0n, scheme.currency);
  return { worker: by('member'), employer: by('employer') };
}

/** Of what was raised for a month, the worker's part: in the proportion the scheme divides it. */
function workerPart(raised: Money, { worker, employer }: Shares): bigint {
  return allocateMoney(raised, [worker.minor, employer.minor])[0]!.minor;
}

/** Gives the excess of a month back: noted with the member, and paid out of what was not earned yet. */
export async function refundExcess(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly memberId: string; readonly schemeId: string; readonly month: Day; readonly by: string },
): Promise<Result<{ amount: MoneyText }>> {
  const db = coverOf(tx);
  const at = options.clock();
  const today = localDayOf(at, options.country);
  await sql`select pg_advisory_xact_lock(hashtext(${`excess ${input.schemeId} ${input.month}`}))`.execute(db);
  const [found] = await workerExcesses(db, options, today, input);
  if (!found) {
    return refuse('enrolment.no-excess', undefined, 'month');
  }
  const { currency } = found.excess;
  await db
    .insertInto('cover_worker_refund')
    .values({
      scheme_id: input.schemeId,
      month: input.month,
      member_id: found.memberId,
      policy_id: found.policyId,
      amount_minor: found.minor,
      currency,
      refunded_by: input.by,
      refunded: at,
    })
    .execute();
  await post(
    tx,
    {
      event: 'contribution-refunded',
      id: `excess:${input.schemeId}:${input.month}:${found.memberId}`,
      schemeId: input.schemeId,
      amount: money(found.minor, currency),
      day: today,
      reference: `Policy/${found.policyId}`,
    },
    at,
  );
  await recordEvents(db, [found.policyId], {
    at,
    actor: input.by,
    event: 'refunded',
    detail: { month: input.month, amount: found.excess, because: 'above the ceiling of wages' },
  });
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: 'refund-excess', class: 'payer', count: 1 },
    sealed: { policy: found.policyId, month: input.month, actor: input.by },
  });
  return ok({ amount: found.excess });
}
