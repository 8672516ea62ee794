import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { dayBefore, expectReconciled, insured, payment, scheme } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { JobRunner } from '../jobs/jobs.store.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { adjudicateBatch } from './batch.store.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['nurse', 'claims-officer', 'enrolment-officer', 'actuary']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const post = (who: string, path: string, body: unknown) => th.call(tokens[who], 'POST', path, body, payment);
const job = async (jobId: string) =>
  (await th.call(tokens['claims-officer'], 'GET', `/api/cover/jobs/${jobId}`, undefined, payment)).json;
const database = () => th.node.database as unknown as CoverDatabase;

/** Claims that were judged, and how many of them more than once. */
async function judgedTimes(): Promise<[number, number]> {
  const runs = await database()
    .selectFrom('cover_adjudication')
    .select((of) => ['claim_id', of.fn.countAll<string>().as('runs')])
    .groupBy('claim_id')
    .execute();
  return [runs.length, runs.filter((each) => Number(each.runs) !== 1).length];
}

async function entered(count: number): Promise<void> {
  const heading = 'claim_number,member_number,care,from,to,diagnoses,kind,code,quantity,unit_price';
  const rows: string[] = [];
  for (let n = 0; n < count / 10; n++) {
    const { memberNumber } = await insured(th);
    for (let m = 1; m <= 10; m++) {
      rows.push(
        `${randomUUID()},${memberNumber},out-patient,${dayBefore(m * 3)},${dayBefore(m * 3)},J06.9,service,CON-GENERAL,1,70`,
      );
    }
  }
  const taken = await post('nurse', '/api/cover/claims/import', {
    requestId: randomUUID(),
    csv: [heading, ...rows].join('\n'),
  });
  expect(taken.json.taken).toHaveLength(count);
}

it('judges all that wait, once each, though the process dies in the middle', async () => {
  await entered(230);
  const { json } = await post('claims-officer', '/api/cover/claims/batch', { requestId: randomUUID() });
  const options = {
    country: 'TH',
    agreements: [],
    schemes: theSchemes().filter((each) => each.country === 'TH'),
    facilities: [{ id: 'mae-sot-clinic', name: 'Mae Sot border clinic', level: 'clinic' }],
    clock: () => new Date(),
    newId: randomUUID,
  };
  const handler = adjudicateBatch(options, 100);
  let steps = 0;
  const runner = (clock: () => Date) =>
    new JobRunner({ database: database(), ownStore: th.node.ownStore, clock, newId: randomUUID });
  const dying = runner(() => new Date());
  // The second step does its work and is cut off from the database before it commits: nothing can be said any more.
  const cut = new Error('cut off');
  dying.register({
    ...handler,
    step: async (work: Parameters<typeof handler.step>[0]) => {
      const done = await handler.step(work);
      if (++steps < 2) {
        return done;
      }
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(work.tx.sql);
      await sql`select pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(database());
      throw cut;
    },
  } as never);
  await dying.step();
  await expect(dying.step()).rejects.toThrow();
  expect(steps).toBe(2);
  expect(await job(json.jobId)).toMatchObject({ done: 100, total: 230 });
  expect(await judgedTimes()).toEqual([100, 0]);
  await expectReconciled(th);
  // As a killed process leaves it: running, until its lease is over. Then whoever comes goes on.
  const lease = new Date(Date.now() + 120_000);
  await database()
    .updateTable('job')
    .set({ state: 'running', leased_until: lease })
    .where('job_id', '=', json.jobId)
    .execute();
  const early = runner(() => new Date());
  const late = runner(() => new Date(lease.getTime() + 1000));
  for (const each of [early, late]) {
    each.register(handler as never);
  }
  expect(await early.step()).toBe(false);
  while (await late.step()) {}
  const done = await job(json.jobId);
  expect(done).toMatchObject({ state: 'done', done: 230, result: { judged: 230 } });
  expect(await judgedTimes()).toEqual([230, 0]);
}, 120_000);

it('stops where it is told to, and what is judged stays judged', async () => {
  await entered(120);
  const { json } = await post('claims-officer', '/api/cover/claims/batch', { requestId: randomUUID() });
  expect((await post('claims-officer', `/api/cover/jobs/${json.jobId}/cancel`, {})).json.cancelled).toBe(true);
  await th.node.work();
  expect(await job(json.jobId)).toMatchObject({ state: 'cancelled' });
  const again = await post('claims-officer', '/api/cover/claims/batch', { requestId: randomUUID() });
  await th.node.work();
  expect(await job(again.json.jobId)).toMatchObject({ state: 'done', result: { judged: 120 } });
});

it('tells which claims a draft would pay otherwise, and changes none of them', async () => {
  const now = theSchemes().findLast((each) => each.id === scheme)!;
  const draft = { ...now, deductible: { per: 'treatment', amount: { outPatient: '50.00' } } };
  const ask = (who: string, body: unknown) =>
    post(who, '/api/cover/claims/difference', {
      requestId: randomUUID(),
      from: dayBefore(60),
      to: dayBefore(0),
      draft: body,
    });
  expect((await ask('enrolment-officer', draft)).status).toBe(404);
  expect((await ask('actuary', draft)).status).toBe(404);
  const wrong = await ask('claims-officer', { ...draft, currency: 'baht' });
  expect([wrong.status, wrong.json.issue[0].expression]).toEqual([400, ['draft.currency']]);
  const before = await database().selectFrom('cover_claim').selectAll().orderBy('claim_id').execute();
  const { json } = await ask('claims-officer', draft);
  await th.node.work();
  const { state, result } = await job(json.jobId);
  expect(state).toBe('done');
  expect(result.claims).toBe(350);
  expect(result.differing).toBeGreaterThan(200);
  expect(result.payMore).toBe(0);
  expect(result.differences[0]).toMatchObject({
    paidBefore: '40.00',
    paidAfter: '20.00',
    change: '-20.00',
    because: 'rules',
  });
  expect(await database().selectFrom('cover_claim').selectAll().orderBy('claim_id').execute()).toEqual(before);
});
