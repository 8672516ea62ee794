import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Killer, killerOf } from '../killing.ts';
import {
  agreement,
  balances,
  corridor,
  day,
  enterRates,
  exchange,
  expectMirrored,
  get,
  openWorld,
  settledReady,
  visit,
} from './settlement.world.ts';

/**
 * A statement while either fund is cut off: proposed, told, signed and told again, each at some moment of it. Both end with
 * one statement, the same text under both signatures, posted once.
 */

openWorld();

let killers: { readonly th: Killer; readonly mm: Killer };
beforeAll(async () => {
  killers = { th: await killerOf(corridor.th), mm: await killerOf(corridor.mm) };
});
afterAll(async () => {
  await killers?.th.client.end();
  await killers?.mm.client.end();
});

type Side = 'th' | 'mm';
const call = async (side: Side, path: string, body: object) => {
  const node = corridor[side];
  return node.call(await node.token('fund-manager'), 'POST', `/api/cover/settlement${path}`, body);
};

/** Messages on their way while a side is cut off; then once more, a day later, when the outbox tries again. */
async function exchangeDespite(side: Side, afterMs: number, next: string): Promise<void> {
  const working = exchange().catch(() => undefined);
  await sleep(afterMs);
  await killers[side].kill();
  await working;
  await day(next);
  await exchange();
}

const kept = async (side: Side) => {
  const { rows } = await killers[side].client.query<{ statements: string; lines: string; posted: string }>(`
    select (select count(*) from settlement_statement)::text as statements,
      (select count(*) from settlement_line where statement_id is not null)::text as lines,
      (select count(*) from ledger_transfer where reference like 'settlement-statement/%')::text as posted`);
  return rows[0]!;
};

test.each([
  ['2026-Q2', '2026-06-30', ['2026-07-05', '2026-07-06', '2026-07-07', '2026-07-20'], 0],
  ['2026-Q3', '2026-09-30', ['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-20'], 8],
  ['2026-Q4', '2026-12-31', ['2027-01-05', '2027-01-06', '2027-01-07', '2027-01-20'], 25],
] as const)(
  '%s is drawn up once by each and signed once by each',
  async (period, lastDay, days, afterMs) => {
    await settledReady([visit]);
    await day(days[0]);
    await enterRates(lastDay);
    const before = { th: await kept('th'), mm: await kept('mm') };
    const proposing = { requestId: randomUUID(), partner: 'MM', agreement, period };
    const whole = async () => {
      const now = await kept('th');
      // The statement is there with its lines, or neither is.
      expect(Number(now.lines) > Number(before.th.lines)).toBe(Number(now.statements) > Number(before.th.statements));
    };
    const proposed = await killers.th.despite(afterMs, () => call('th', '/statements', proposing), whole);
    expect(proposed.status, proposed.text).toBe(200);
    const { statementId } = proposed.json;
    expect((await call('th', '/statements', proposing)).json).toEqual(proposed.json);
    await exchangeDespite('mm', afterMs, days[1]);
    expect((await get(corridor.mm, 'fund-manager', `/statements/${statementId}`)).json.state).toBe('proposed');

    const signing = { requestId: randomUUID(), statementId };
    const signed = await killers.mm.despite(afterMs, () => call('mm', '/statements/sign', signing));
    expect(signed.json, signed.text).toMatchObject({ state: 'signed', differences: [] });
    const once = await kept('mm');
    expect((await call('mm', '/statements/sign', signing)).json).toEqual(signed.json);
    expect(await kept('mm')).toEqual(once);
    await exchangeDespite('th', afterMs, days[2]);

    const here = (await get(corridor.th, 'fund-manager', `/statements/${statementId}`)).json;
    const there = (await get(corridor.mm, 'fund-manager', `/statements/${statementId}`)).json;
    expect([here.state, there.state]).toEqual(['signed', 'signed']);
    expect(here.document).toEqual(there.document);
    expect([here.signedByUs, here.signedByThem]).toEqual([there.signedByThem, there.signedByUs]);
    for (const side of ['th', 'mm'] as const) {
      expect(Number((await kept(side)).statements) - Number(before[side].statements)).toBe(1);
    }
    await expectMirrored();

    const amount = here.document.payments[0].amount as string;
    await day(days[3]);
    await exchange();
    const paying = { requestId: randomUUID(), statementId, paidOn: days[3], reference: `BT-${period}`, amount };
    const paid = await killers.mm.despite(afterMs, () => call('mm', '/paid', paying));
    expect(paid.json, paid.text).toEqual({ state: 'paid' });
    expect((await call('mm', '/paid', paying)).json).toEqual(paid.json);
    await exchange();
    const receiving = { requestId: randomUUID(), statementId, receivedOn: days[3], amount };
    const received = await killers.th.despite(afterMs, () => call('th', '/received', receiving));
    expect(received.json, received.text).toEqual({ state: 'settled' });
    await exchange();
    expect([await balances(corridor.mm, 'due-to-partner'), await balances(corridor.th, 'due-from-partner')]).toEqual([
      {},
      {},
    ]);
  },
  240_000,
);

test('some of it was hit', () => {
  expect(killers.th.struck() + killers.mm.struck()).toBeGreaterThan(0);
});
