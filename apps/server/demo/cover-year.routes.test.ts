import { readFileSync } from 'node:fs';
import { adjudicateStored } from '@serai/domains/cover/claims/submit.store.ts';
import { type ArrearsAge, arrearsAges } from '@serai/domains/cover/enrolment/payments.ts';
import { reconcile } from '@serai/domains/cover/fund/reconcile.store.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type LoadedYear, loadYear } from '@serai/domains/cover/year/year.store.ts';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import { closeTheMonths, doTheWeeksBefore } from './cover-doings.ts';
import { makePersonsOfMembers } from './cover-persons.ts';

let corridor: Corridor;
let first: LoadedYear;
const until = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

function load(): Promise<LoadedYear> {
  const { options } = corridor.th.node.cover;
  const read = (path: string) =>
    JSON.parse(readFileSync(new URL(`../../../countries/${path}`, import.meta.url), 'utf8'));
  const plan = yearPlanSchema.parse(read('th/year.json'));
  return loadYear({
    ...options,
    plan: { ...plan, schemes: plan.schemes.map((scheme, i) => ({ ...scheme, members: i === 0 ? 320 : 150 })) },
    names: read('demo/names.json'),
    until,
    pause: () => Promise.resolve(),
  });
}

beforeAll(async () => {
  corridor = await openCorridor();
  first = await load();
  await corridor.th.node.work();
}, 120_000);

afterAll(() => corridor.close());

describe('a generated year in the store', () => {
  it('adds nothing when it is loaded again', async () => {
    const counted = async () => {
      const { node } = corridor.th;
      const of = async (table: 'cover_claim' | 'cover_policy' | 'cover_payment') =>
        Number(
          (
            await node.database
              .selectFrom(table)
              .select((to) => to.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        );
      return [await of('cover_claim'), await of('cover_policy'), await of('cover_payment')];
    };
    const before = await counted();
    expect(before[0]).toBe(first.claims);
    const again = await load();
    expect(again).toEqual({ ...first, postings: 0 });
    expect(await counted()).toEqual(before);
  });

  it('leaves the books in balance, and the sub-ledgers equal to them', async () => {
    const { database } = corridor.th.node;
    for (const row of await trialBalance(database)) {
      expect(row.difference).toBe(0n);
      expect(row.debits).toBeGreaterThan(0n);
    }
    expect((await reconcile(database, new Date())).filter((control) => control.differenceMinor !== 0n)).toEqual([]);
  });

  it('has let those lapse who stopped paying: the day’s work finds nothing left to do, and says what is pressing', async () => {
    const { database } = corridor.th.node;
    const { rows } = await sql<{ lapsed: number; asked: number; told: number; unreached: number }>`
      select (select count(*)::int from cover_policy where ended_because in ('lapsed', 'never-paid')) as lapsed,
        (select count(*)::int from cover_instalment i join cover_policy p using (policy_id)
          where i.due > p.ended_on and i.amount_minor > 0) as asked,
        (select count(*)::int from cover_reminder where channel = 'sms') as told,
        (select count(*)::int from cover_reminder where channel = 'none' and reached is null) as unreached`.execute(
      database,
    );
    expect(rows[0]!.lapsed).toBeGreaterThan(5);
    expect(rows[0]!.asked).toBe(0);
    expect(rows[0]!.told).toBeGreaterThan(20);
    expect(rows[0]!.unreached).toBeGreaterThan(0);
    const jobs = await sql<{ lapsed: number; told: number }>`
      select (result ->> 'lapsed')::int as lapsed, (result ->> 'told')::int as told from job
      where kind = 'enrolment.daily' and state = 'done' order by number desc limit 1`.execute(database);
    expect(jobs.rows[0]!.lapsed).toBeLessThan(3);
  });

  it('shows arrears by their age, the youngest first', async () => {
    const { token, call } = corridor.th;
    const page = await call(
      await token('enrolment-officer'),
      'POST',
      '/api/cover/enrolment/queues/arrears',
      {},
      {
        'x-purpose-of-use': 'COVERAGE',
      },
    );
    const ages = page.json.ages.map((sum: { age: ArrearsAge }) => arrearsAges.indexOf(sum.age));
    expect(ages.length).toBeGreaterThan(2);
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
  });

  it('earns each month what is the month’s, in their order', async () => {
    const { rows } = await sql<{ earned: number; asked: number }>`
      select (select count(distinct value_day)::int from ledger_day where event = 'contribution-earned') as earned,
        (select count(distinct input ->> 'month')::int from job where kind = 'fund.earn') as asked`.execute(
      corridor.th.node.database,
    );
    expect(rows[0]!.asked).toBeGreaterThan(11);
    expect(rows[0]!.earned).toBe(rows[0]!.asked);
  });

  it('is judged again to the same bytes', async () => {
    const { node } = corridor.th;
    const { options } = node.cover;
    const stored = await node.database
      .selectFrom('cover_adjudication')
      .innerJoin('cover_claim', 'cover_claim.claim_id', 'cover_adjudication.claim_id')
      .select(['cover_adjudication.claim_id', 'cover_adjudication.result'])
      .where('status', 'in', ['valuated', 'rejected'])
      // A policy that lapsed since is another fact: its claims are refused for that, and no longer for the payment late.
      .where(
        sql<boolean>`not exists (select from cover_policy_member pm join cover_policy p using (policy_id)
          where pm.member_id = cover_claim.member_id and p.ended_on is not null)`,
      )
      .orderBy('claimed_on', 'desc')
      .orderBy('claim_id')
      .limit(12)
      .execute();
    expect(stored.length).toBeGreaterThan(5);
    for (const { claim_id, result } of stored) {
      const again = await node.ownStore().transaction((tx) => adjudicateStored(tx, options, claim_id, new Date()));
      expect(again.result).toBe(result);
    }
  });

  it('has work for every desk, done once', async () => {
    const { node } = corridor.th;
    const counted = async () => {
      const { rows } = await sql<Record<string, number>>`
        select (select count(*)::int from cover_appeal where state = 'open') as appeals,
          (select count(*)::int from cover_claim where feedback = 'selected') as asked,
          (select count(*)::int from cover_feedback) as heard,
          (select count(*)::int from cover_claim where status = 'entered') as waiting,
          (select count(*)::int from cover_campaign_group) as employers,
          (select count(*)::int from ledger_period) as closed,
          (select count(*)::int from cover_registration) as registered,
          (select count(*)::int from cover_payment_run where kind = 'capitation' and state = 'paid') as "monthsPaid",
          (select count(*)::int from cover_payment_run where kind = 'capitation' and state = 'proposed') as "monthsToPay",
          (select count(*)::int from ledger_transfer where event = 'subsidy-received') as grants,
          (select count(*)::int from ledger_transfer where event = 'ibnr-raised') as proposed`.execute(node.database);
      return rows[0]!;
    };
    await node.work();
    await doTheWeeksBefore(node, until, 1);
    await closeTheMonths(node, until);
    const done = await counted();
    for (const [what, count] of Object.entries(done)) {
      expect([what, count > 0]).toEqual([what, true]);
    }
    await doTheWeeksBefore(node, until, 1);
    await closeTheMonths(node, until);
    expect(await counted()).toEqual(done);
    expect((await reconcile(node.database, new Date())).filter((control) => control.differenceMinor !== 0n)).toEqual(
      [],
    );
  });

  it('is told to the fund manager: what waits on each desk, as many as there are', async () => {
    const { node, token, call } = corridor.th;
    // So few owe so little here that none of it takes two people.
    await sql`insert into cover_approval (approval_id, kind, subject, input, amounts, because, proposed_by, proposed, expires)
      values ('one', 'waive', 'one', '{}', '[]', 'A flood.', 'staff-enrolment', now(), now() + interval '14 days'),
        ('past', 'waive', 'past', '{}', '[]', 'A flood.', 'staff-enrolment', now() - interval '30 days', now() - interval '1 day')`.execute(
      node.database,
    );
    const { rows } = await sql<Record<string, number>>`
      select (select count(*)::int from cover_appeal where state = 'open') as "appeals-waiting",
        (select count(*)::int from cover_claim where status = 'entered') as "claims-waiting",
        (select count(*)::int from cover_claim where review = 'selected') as "reviews-waiting",
        (select count(*)::int from cover_payment_run where state in ('proposed', 'approved')) as "runs-waiting",
        (select count(*)::int from cover_approval where approval_id = 'one') as "approvals-waiting",
        (select count(*)::int from cover_instalment
          where paid_minor + written_off_minor < amount_minor and due < current_date) as arrears`.execute(
      node.database,
    );
    const answer = await call(await token('fund-manager'), 'GET', '/api/cover/fund/overview', undefined, {
      'x-purpose-of-use': 'HPAYMT',
    });
    const told = new Map<string, number>(
      answer.json.alerts.map((alert: { code: string; values: { count?: number } }) => [alert.code, alert.values.count]),
    );
    for (const [code, count] of Object.entries(rows[0]!)) {
      expect([code, told.get(code)]).toEqual([code, count]);
      expect(count).toBeGreaterThan(0);
    }
    const [year] = answer.json.year;
    expect(year.combinedRatio).toBeGreaterThan(year.lossRatio);
  });

  it('gives some members a record with their cover in it', async () => {
    const { node, token, call } = corridor.th;
    const made = await makePersonsOfMembers(node, until, 'th');
    expect(made).toBeGreaterThan(20);
    const nurse = await token('nurse');
    const found = await call(nurse, 'GET', '/fhir/R4/Coverage?status=active&_total=accurate', undefined, {
      'x-purpose-of-use': 'COVERAGE',
    });
    expect(found.json.total).toBeGreaterThan(20);
  });
});
