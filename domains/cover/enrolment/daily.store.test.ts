import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Coverage } from '@medplum/fhirtypes';
import { addDays } from '@serai/kernel/base/days.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import type { CoverOptions, OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { JobRunner } from '../jobs/jobs.store.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { type DailyAnswer, dailyJob, enrolmentRound } from './daily.store.ts';
import { enrolMembers, undoing } from './enrol.store.ts';
import { readPolicies } from './members.store.ts';
import type { NewMember } from './new-member.store.ts';
import { takePayment } from './payments.store.ts';
import { renewPolicy } from './renewal.store.ts';

/** What time does to policies, with a clock that is moved: lapses, reminders, Coverages; once each, whatever is killed. */

const scheme = 'sch:th:migrant-health-insurance';
let corridor: Corridor;
let options: CoverOptions;
let db: CoverDatabase;
let now = new Date('2026-03-01T05:00:00Z');
const today = () => now.toISOString().slice(0, 10);
const moveTo = (day: string, time = '05:00:00') => {
  now = new Date(`${day}T${time}Z`);
};

/** A process: its own runner, its own memory of the day. */
function process_(ownStore: () => RequestStore = corridor.th.node.ownStore) {
  const runner = new JobRunner({ database: db, ownStore, clock: () => now, newId: randomUUID });
  const of = {
    ...options,
    ownStore,
    enqueueJob: (...args: Parameters<JobRunner['enqueue']>) => runner.enqueue(...args),
  };
  runner.register(dailyJob(of as unknown as CoverOptions) as unknown as JobHandler<never, never, unknown>);
  return {
    runner,
    async day(): Promise<void> {
      await enrolmentRound(of as unknown as OwnCoverOptions);
      while (await runner.step()) {}
    },
    line: () => enrolmentRound(of as unknown as OwnCoverOptions),
  };
}

beforeAll(async () => {
  corridor = await openCorridor();
  const { node } = corridor.th;
  db = node.database as unknown as CoverDatabase;
  options = {
    country: 'TH',
    self: corridor.th.url,
    database: db,
    schemes: theSchemes().filter((each) => each.country === 'TH'),
    ownStore: node.ownStore,
    clock: () => now,
    newId: randomUUID,
  } as unknown as CoverOptions;
});
afterAll(() => corridor.close());
beforeEach(async () => {
  // Every test has its own members; what others left is no candidate any more.
  await sql`update cover_policy set ended_on = starts_on, ended_because = 'mistake' where ended_on is null`.execute(db);
  await sql`delete from outbox where topic = 'sms'`.execute(db);
  await sql`delete from inbox where message_id like 'enrolment-round:%'`.execute(db);
});

const act = <T>(work: (tx: Transaction) => Promise<Result<T>>) =>
  undoing(corridor.th.node.ownStore().transaction(work));

let count = 0;
function someone(over: Partial<NewMember> = {}): NewMember {
  count += 1;
  const words = ['Zorkel', 'Wimpas', 'Drufob', 'Gixhun', 'Lompyq', 'Ruvtad', 'Fasjil', 'Kelmot', 'Hixdor', 'Taqwen'];
  return {
    name: `${words[count % 10]} ${words[(count * 7 + 2) % 10]}${count}`,
    birth: { kind: 'date', date: `${1950 + ((count * 7) % 45)}-0${(count % 9) + 1}-1${count % 9}` },
    sex: 'female',
    entitlement: 'contract-worker',
    residence: 'TH',
    phone: `0810000${String(count).padStart(3, '0')}`,
    ...over,
  };
}

async function enrolled(over: Partial<NewMember> = {}, paid = true) {
  const made = await act((tx) =>
    enrolMembers(tx, options, {
      schemeId: scheme,
      on: today(),
      members: [{ relation: 'holder', newMember: someone(over) }],
      channel: 'desk',
      by: 'Practitioner/test',
    }),
  );
  expect(made).toMatchObject({ ok: true });
  const { policyId, memberIds } = (made as unknown as { value: { policyId: string; memberIds: string[] } }).value;
  const policy = await policyOf(memberIds[0]!, policyId);
  if (paid) {
    const taken = await act((tx) =>
      takePayment(tx, options, {
        channel: 'cash',
        reference: randomUUID(),
        amount: policy.premium,
        receivedOn: today(),
        policyId,
        payer: 'member',
        by: 'Practitioner/test',
      }),
    );
    expect(taken).toMatchObject({ ok: true });
  }
  return { policyId, memberId: memberIds[0]!, policy };
}

async function policyOf(memberId: string, policyId: string) {
  return (await readPolicies(db, [memberId])).find((each) => each.policyId === policyId)!;
}

/** Texts in line for telephones, as they were put there. */
async function texts(): Promise<{ id: string; to: string; text: string }[]> {
  const { rows } = await sql<{ message_id: string; payload: { to: string; text: string } }>`
    select message_id, payload from outbox where topic = 'sms' order by message_id`.execute(db);
  return rows.map((row) => ({ id: row.message_id, ...row.payload }));
}

const stages = async (policyId: string) => {
  const rows = await db
    .selectFrom('cover_reminder')
    .select(['stage', 'channel', 'language'])
    .where('policy_id', '=', policyId)
    .orderBy('told')
    .execute();
  return rows.map((row) => `${row.stage.split(':')[0]} ${row.channel} ${row.language}`);
};

async function answerOf(): Promise<DailyAnswer | undefined> {
  const { rows } = await sql<{ result: DailyAnswer }>`
    select result from job
    where kind = 'enrolment.daily' and state = 'done' and input ->> 'day' = ${today()}`.execute(db);
  return rows[0]?.result;
}

test('an unpaid policy is reminded in grace, once for each stage, then suspended, then lapses with a notice', async () => {
  moveTo('2026-03-01');
  const { policyId, memberId, policy } = await enrolled({ language: 'my' }, false);
  const { graceUntil } = policy.instalments[0]!;
  // Every day of half a year, each by a process of its own.
  for (let day = '2026-03-02'; day <= addDays(graceUntil, 45); day = addDays(day, 1)) {
    moveTo(day);
    await process_().day();
  }
  expect(await stages(policyId)).toEqual(['grace sms my', 'grace-last sms my', 'suspended sms my', 'lapsed sms my']);
  const sent = await texts();
  expect(sent).toHaveLength(4);
  expect(new Set(sent.map((each) => each.text)).size).toBe(4);
  for (const { text } of sent) {
    expect(text).toContain(policy.policyNumber);
    expect(text).toMatch(/[\u1000-\u109f]/u);
  }
  expect(await policyOf(memberId, policyId)).toMatchObject({ endedBecause: 'never-paid', premium: { minor: 0n } });
  const { rows } = await sql`
    select currency from ledger_balance group by currency having sum(debits_posted) <> sum(credits_posted)`.execute(db);
  expect(rows).toEqual([]);
});

test('a policy that expired while nobody looked lapses all the same: what fell due after is not asked for', async () => {
  moveTo('2026-03-01');
  const never = await enrolled({}, false);
  moveTo(addDays(never.policy.expiresOn, 200));
  await process_().day();
  expect(await policyOf(never.memberId, never.policyId)).toMatchObject({
    endedBecause: 'never-paid',
    premium: { minor: 0n },
    instalments: [{ amount: { minor: 0n } }],
  });
  // Its end is long ago: nobody is written to about it.
  expect(await stages(never.policyId)).toEqual([]);
});

test('a paid policy is spoken of before its end and in grace; renewed, no more', async () => {
  moveTo('2026-03-01');
  const kept = await enrolled();
  const let_go = await enrolled({ language: 'en' });
  const silent = await enrolled({ phone: undefined });
  const { expiresOn } = kept.policy;
  for (const before of [60, 31, 30, 29, 20]) {
    moveTo(addDays(expiresOn, -before));
    await process_().day();
  }
  expect(await stages(kept.policyId)).toEqual(['renewal-soon sms th']);
  expect(
    (await act((tx) => renewPolicy(tx, options, { policyId: kept.policyId, on: today(), by: 'x', channel: 'desk' })))
      .ok,
  ).toBe(true);
  for (const after of [-7, -1, 0, 1, 10, 40]) {
    moveTo(addDays(expiresOn, after));
    await process_().day();
  }
  expect(await stages(kept.policyId)).toEqual(['renewal-soon sms th']);
  expect(await stages(let_go.policyId)).toEqual(['renewal-soon sms en', 'renewal-last sms en', 'renewal-grace sms en']);
  // Nobody to send to: kept as not reached, so that the queue still shows the policy as not reminded.
  expect(await stages(silent.policyId)).toEqual([
    'renewal-soon none th',
    'renewal-last none th',
    'renewal-grace none th',
  ]);
  const reminded = await db
    .selectFrom('cover_policy_event')
    .select('policy_id')
    .where('event', '=', 'reminded')
    .where('policy_id', '=', silent.policyId)
    .execute();
  expect(reminded).toEqual([]);
  const ids = (await texts()).filter((each) => each.id.includes(silent.policyId));
  expect(ids).toEqual([]);
});

test('a node that was away for weeks says what is pressing now, and not what it missed', async () => {
  moveTo('2026-03-01');
  const { policyId, policy } = await enrolled();
  moveTo(addDays(policy.expiresOn, -3));
  await process_().day();
  expect(await stages(policyId)).toEqual(['renewal-last sms th']);
});

describe('killed', () => {
  test('between two steps and in the middle of one: the next process goes on, everyone is told once', async () => {
    moveTo('2029-03-01');
    const those = [await enrolled({}, false), await enrolled({}, false), await enrolled({}, false)];
    moveTo(addDays(those[0]!.policy.instalments[0]!.graceUntil, 31));
    const first = process_();
    await first.line();
    expect(await first.runner.step()).toBe(true);
    expect(await texts()).toHaveLength(3);
    // In the middle of a step: everything it did is gone with it, and its job is held until the lease is over.
    const dying = process_(() => {
      const store = corridor.th.node.ownStore();
      return {
        ...store,
        transaction: (work: (tx: Transaction) => Promise<unknown>) =>
          store.transaction(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      } as unknown as RequestStore;
    });
    await expect(dying.runner.step()).rejects.toThrow('killed');
    await sql`update job set state = 'running', leased_until = ${new Date(now.getTime() + 120_000).toISOString()}::timestamptz
      where kind = 'enrolment.daily' and state = 'waiting'`.execute(db);
    const next = process_();
    await next.day();
    expect(await answerOf()).toBeUndefined();
    now = new Date(now.getTime() + 121_000);
    await next.day();
    expect(await answerOf()).toMatchObject({ lapsed: 3 });
    expect(await texts()).toHaveLength(3);
    for (const each of those) {
      expect((await policyOf(each.memberId, each.policyId)).endedBecause).toBe('never-paid');
      expect(await stages(each.policyId)).toEqual(['lapsed sms th']);
    }
  });

  test('two processes at once and a day done twice over: one line, one text', async () => {
    moveTo('2028-05-01');
    const { policyId } = await enrolled({}, false);
    moveTo('2028-05-02');
    const [a, b] = [process_(), process_()];
    await Promise.all([a.day(), b.day()]);
    await process_().day();
    // Even by hand a second time: the stage was told.
    await corridor.th.node
      .ownStore()
      .transaction((tx) => a.runner.enqueue(tx, 'enrolment.daily', { day: today(), since: today() }, 'node'));
    while (await a.runner.step()) {}
    expect(await stages(policyId)).toEqual(['grace sms th']);
    expect(await texts()).toHaveLength(1);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from job where kind = 'enrolment.daily' and input ->> 'day' = '2028-05-02'`.execute(db);
    expect(rows[0]!.n).toBe(2);
  });
});

describe('FHIR Coverage', () => {
  async function person(): Promise<string> {
    const made = await corridor.th.call(await corridor.th.token('nurse'), 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: 'Fhirna Coverga' },
      birth: { kind: 'date', date: '1971-02-03' },
      sex: 'female',
      language: 'my',
      consents: [],
    });
    return made.json.id;
  }
  const coverages = async (personId: string) => {
    const found = await corridor.th.node.ownStore().repo.searchResources<Coverage>({
      resourceType: 'Coverage',
      filters: [{ code: 'patient', operator: 'eq' as never, value: `Patient/${personId}` }],
    });
    return found
      .map(({ status, period, extension }) => ({ status, period, standing: extension?.[0]?.valueCode }))
      .sort((a, b) => (a.period!.start! < b.period!.start! ? -1 : 1));
  };

  test('renewed there are two that follow on; time alone makes the first one past, unpaid the second lapses', async () => {
    moveTo('2026-03-01');
    const personId = await person();
    const of = { name: 'Fhirna Coverga', birth: { kind: 'date', date: '1971-02-03' } as const, personId };
    const { policyId, policy } = await enrolled(of);
    const { expiresOn } = policy;
    expect(await coverages(personId)).toEqual([
      { status: 'active', period: { start: '2026-03-01', end: expiresOn }, standing: 'active' },
    ]);
    moveTo(addDays(expiresOn, -10));
    const renewed = await act((tx) => renewPolicy(tx, options, { policyId, on: today(), by: 'x', channel: 'desk' }));
    expect(renewed).toMatchObject({ ok: true });
    const follows = addDays(expiresOn, 1);
    expect(await coverages(personId)).toEqual([
      { status: 'active', period: { start: '2026-03-01', end: expiresOn }, standing: 'active' },
      { status: 'draft', period: { start: follows, end: expect.any(String) }, standing: 'idle' },
    ]);
    moveTo(follows);
    await process_().day();
    expect((await coverages(personId))[0]).toMatchObject({ status: 'cancelled', standing: 'expired' });
    moveTo(addDays(follows, 100));
    await process_().day();
    expect((await coverages(personId))[1]).toEqual({
      status: 'cancelled',
      period: { start: follows, end: follows },
      standing: 'ended',
    });
    // The language of the record, where enrolment said none.
    const [first] = await db
      .selectFrom('cover_reminder')
      .select('language')
      .where('policy_id', '=', (renewed as { value: { policyId: string } }).value.policyId)
      .execute();
    expect(first!.language).toBe('my');
  });
});

test('the node itself does it: a text becomes a file for whoever carries it', async () => {
  // The node's clock is the true one: a policy that is owed for since yesterday.
  now = new Date(Date.now() - 86_400_000);
  const { policyId, policy } = await enrolled({ phone: '0899999999', language: 'en' }, false);
  await sql`update cover_instalment set due = due - 1 where policy_id = ${policyId}`.execute(db);
  await corridor.th.node.work();
  // What the day's work put in line goes out with the next round.
  await corridor.th.node.work();
  const folder = join(corridor.th.home, 'sms', 'TH');
  const files = readdirSync(folder).filter((name) => name.includes(policyId));
  expect(files).toHaveLength(1);
  await corridor.th.node.work();
  expect(readdirSync(folder).filter((name) => name.includes(policyId))).toEqual(files);
  expect(policy.policyNumber).toMatch(/^P-/);
});
