import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { JobRunner } from './jobs.store.ts';
import type { JobHandler } from './jobs.ts';

/** Long work of several processes: what one does no other does, and what was asked for first is done first. */

let corridor: Corridor;
let db: CoverDatabase;
let now = Date.now();

beforeAll(async () => {
  corridor = await openCorridor();
  db = corridor.th.node.database as unknown as CoverDatabase;
  await sql`create table job_trace (at serial primary key, job text not null, what text not null)`.execute(db);
});
afterAll(() => corridor.close());

function process_(handler: Partial<JobHandler<{ name: string }, number, unknown>>) {
  const runner = new JobRunner({
    ...{ database: db, ownStore: corridor.th.node.ownStore, clock: () => new Date(now), newId: randomUUID },
  });
  runner.register({
    kind: 'test.trace',
    total: async () => undefined,
    step: async () => ({ finished: {}, did: 0 }),
    ...handler,
  } as never);
  return runner;
}

const ask = (runner: JobRunner, ...names: string[]) =>
  corridor.th.node.ownStore().transaction(async (tx) => {
    for (const name of names) {
      await runner.enqueue(tx, 'test.trace', { name }, 'node');
    }
  });
const traced = async () =>
  (await sql<{ job: string; what: string }>`select job, what from job_trace order by at`.execute(db)).rows.map(
    ({ job, what }) => `${job}${what}`,
  );
const states = async () =>
  (await sql<{ state: string }>`select state from job where kind = 'test.trace' order by number`.execute(db)).rows.map(
    (each) => each.state,
  );

test('of one kind, the job asked for first is done before the next begins, however many processes work', async () => {
  const step: JobHandler<{ name: string }, number, unknown>['step'] = async ({ tx, input, cursor = 1 }) => {
    await sql`insert into job_trace (job, what) values (${input.name}, ${String(cursor)})`.execute(tx.sql);
    await sleep(5);
    return cursor < 3 ? { next: cursor + 1, did: 1 } : { finished: {}, did: 1 };
  };
  const processes = [process_({ step }), process_({ step }), process_({ step })];
  await ask(processes[0]!, 'a', 'b');
  while ((await states()).some((state) => state !== 'done')) {
    await Promise.all(processes.map((each) => each.step()));
  }
  expect(await traced()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
});

test('a step that outlives its lease leaves nothing, and does not touch the job of whoever has it now', async () => {
  await sql`truncate job_trace`.execute(db);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const writes =
    (what: string, until?: Promise<void>): JobHandler<{ name: string }, number, unknown>['step'] =>
    async ({ tx, input, cursor = 1 }) => {
      await sql`insert into job_trace (job, what) values (${input.name}, ${what})`.execute(tx.sql);
      await until;
      return cursor < 2 ? { next: cursor + 1, did: 1 } : { finished: what, did: 1 };
    };
  const slow = process_({ step: writes('-slow', held) });
  const quick = process_({ step: writes('-quick') });
  await ask(slow, 'c');
  const stuck = slow.step();
  await sleep(50);
  now += 121_000;
  expect(await quick.step()).toBe(true);
  release();
  expect(await stuck).toBe(true);
  expect(await quick.step()).toBe(true);
  expect(await traced()).toEqual(['c-quick', 'c-quick']);
  expect((await states()).at(-1)).toBe('done');
});
