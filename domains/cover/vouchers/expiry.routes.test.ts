import { randomUUID } from 'node:crypto';
import { addDays } from '@serai/kernel/base/days.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { LapsedView } from './api.ts';

/** Vouchers past their date, with the clock moved over the days in question: by an officer, and by the node itself. */

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';
const cover = { 'x-purpose-of-use': 'COVERAGE' };
/** A mother's booklet is good for 330 days; offline redemptions may come in 21 days later. */
const validDays = 330;
const graceDays = 21;

let corridor: Corridor;
let mm: TestNode;
const began = new Date().toISOString().slice(0, 10);

async function day(text: string): Promise<void> {
  vi.setSystemTime(new Date(`${text}T04:00:00Z`));
  await corridor?.renewTrust();
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await day(began);
  corridor = await openCorridor();
  mm = corridor.mm;
});
afterAll(async () => {
  await corridor?.close();
  vi.useRealTimers();
});

const as = async (who: string, method: string, path: string, body?: object) =>
  mm.call(await mm.token(who), method, path, body && { requestId: randomUUID(), ...body }, cover);

let people = 0;
/** Booklets for so many women, good from now on: eight vouchers each. */
async function issue(count: number): Promise<string[]> {
  const lines = Array.from({ length: count }, () => ({
    ...{ group: 'pregnant', name: `Ma Hnin ${people++}`, village: 'kk-03', language: 'my' },
  }));
  const registered = await as('voucher-officer', 'POST', `${base}/holders`, { programmeId, lines });
  const holderIds = registered.json.lines.map((each: { holderId: string }) => each.holderId);
  const issued = await as('voucher-officer', 'POST', `${base}/booklets`, {
    ...{ programmeId, holderIds, channel: 'print', activate: true },
  });
  return issued.json.booklets.map((each: { booklet: { bookletId: string } }) => each.booklet.bookletId);
}

const lapsed = async (): Promise<LapsedView> =>
  (await as('voucher-officer', 'GET', `${base}/lapsed?programme=${programmeId}`)).json;

async function states(): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, count(*)::int as n from voucher group by state`.execute(mm.node.database);
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

async function liability(): Promise<bigint> {
  const rows = await accountBalances(mm.node.database, { prefix: 'fund:sch:mm:maternal-voucher:voucher-liability' });
  return rows.reduce((sum, each) => sum + each.creditsPosted - each.debitsPosted, 0n);
}

async function evidence(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from evidence_entry where public ->> 'action' = 'expire-vouchers'`.execute(
    mm.node.database,
  );
  return rows[0]!.n;
}

beforeEach(() => day(began));

describe('an officer', () => {
  it('sees what an expiry would write off, not a day before the time of grace is over, and writes off just that', async () => {
    await issue(2);
    await day(addDays(began, validDays + graceDays));
    expect(await lapsed()).toMatchObject({ vouchers: 0, rows: [], soon: { days: 30, vouchers: 16 } });
    await day(addDays(began, validDays + graceDays + 1));
    await issue(1);
    const seen = await lapsed();
    // Twice 4000 + 3 × 3000 + 8000 + 25000 + 2 × 3000 kyat.
    expect(seen).toMatchObject({ vouchers: 16, amount: { amount: '104000.00', currency: 'MMK' }, graceDays });
    expect(seen.rows.map((row) => [row.expiresOn, row.service, row.vouchers])).toEqual(
      [
        ['anc', 8],
        ['delivery', 2],
        ['pnc', 4],
        ['transport', 2],
      ].map((row) => [addDays(began, validDays), ...row]),
    );
    expect(await states()).toEqual({ activated: 24 });
    const asked = await as('voucher-officer', 'POST', `${base}/expire`, { programmeId });
    await mm.node.work();
    const job = await as('voucher-officer', 'GET', `/api/cover/jobs/${asked.json.jobId}`);
    expect(job.json.state).toBe('done');
    expect(await states()).toEqual({ activated: 8, expired: 16 });
    expect(await liability()).toBe(5_200_000n);
    expect(await evidence()).toBeGreaterThan(0);
    expect(await lapsed()).toMatchObject({ vouchers: 0 });
  });

  it.each([
    ['a nurse', 'nurse', 404],
    ['a volunteer', 'volunteer', 404],
    ['enforcement', 'enforcement', 404],
  ])('%s neither sees nor does it', async (_, who, status) => {
    expect((await as(who, 'GET', `${base}/lapsed?programme=${programmeId}`)).status).toBe(status);
    expect((await as(who, 'POST', `${base}/expire`, { programmeId })).status).toBe(status);
  });

  it('a programme that is not there, and a request without an id', async () => {
    expect((await as('voucher-officer', 'GET', `${base}/lapsed?programme=vp:mm:none`)).status).toBe(404);
    expect((await as('voucher-officer', 'GET', `${base}/lapsed`)).status).toBe(404);
    expect((await as('voucher-officer', 'POST', `${base}/expire`, { requestId: 'x', programmeId })).status).toBe(400);
  });
});

describe('the node by itself', () => {
  it('writes off what is past its date once a day, though it is killed in a step', async () => {
    const before = await states();
    // More than one step takes.
    const women = 75;
    await issue(women);
    const owed = await liability();
    await mm.node.work();
    expect(await states()).toEqual({ ...before, activated: (before.activated ?? 0) + women * 8 });
    // A day on which no round was yet.
    await day(addDays(began, validDays + graceDays + 2));
    // The round puts the job in line; its first step waits for a row somebody holds, and its connection is cut there.
    const { database, cover: parts } = mm.node;
    await killedInStep();
    expect(await states()).toMatchObject({ activated: (before.activated ?? 0) + women * 8 });
    expect(await liability()).toBe(owed);
    // As after a restart: the job goes on where it was, and nothing is written off twice.
    vi.setSystemTime(new Date(Date.now() + 180_000));
    expect(await parts.jobs.step()).toBe(true);
    const half = await states();
    expect(half.expired! - (before.expired ?? 0)).toBe(500);
    await mm.node.work();
    expect(await states()).toEqual({ ...before, expired: (before.expired ?? 0) + women * 8 });
    expect(await liability()).toBe(owed - BigInt(women) * 5_200_000n);
    for (const { difference } of await trialBalance(database)) {
      expect(difference).toBe(0n);
    }
    const { rows: twice } = await sql`
      select voucher_id from voucher_event where act = 'expire' group by voucher_id having count(*) > 1`.execute(
      database,
    );
    expect(twice).toEqual([]);
    await mm.node.work();
    expect((await states()).expired).toBe((before.expired ?? 0) + women * 8);
    const jobs = await database
      .selectFrom('job')
      .select(['asked_by', 'state'])
      .where('kind', '=', 'vouchers.expire')
      .execute();
    expect(jobs.filter((each) => each.asked_by === 'node')).toEqual(Array(2).fill({ asked_by: 'node', state: 'done' }));
  });

  /** Runs the daily round, then one step of its job, and ends the step's own connection while it waits for a lock. */
  async function killedInStep(): Promise<void> {
    const { database, cover: parts } = mm.node;
    const { voucherRound } = await import('./expiry.store.ts');
    await voucherRound(parts.options);
    const failing = await database.transaction().execute(async (tx) => {
      await sql`select voucher_id from voucher where state = 'activated' order by voucher_id for update`.execute(tx);
      const stepping = parts.jobs.step().then(
        () => undefined,
        (error: Error) => error,
      );
      for (let cut = 0, looks = 0; cut === 0; looks++) {
        expect(looks).toBeLessThan(500);
        await new Promise((waited) => setTimeout(waited, 20));
        const { rows } = await sql<{ pid: number }>`
          select pid, pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
        cut = rows.length;
      }
      return stepping;
    });
    expect(failing).toBeInstanceOf(Error);
  }
});
