import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import { loadDemonstrationVouchers } from './voucher-year.ts';

/** The voucher year of `npm start`, as its officers find it. */
let corridor: Corridor;
beforeAll(async () => {
  corridor = await openCorridor();
});
afterAll(() => corridor?.close());

const base = '/api/cover/vouchers';
const programme = 'programme=vp:mm:kadon-kani';
const read = async (what: string) => {
  const { token, call } = corridor.mm;
  const headers = { 'x-purpose-of-use': 'COVERAGE' };
  return (await call(await token('voucher-officer'), 'GET', `${base}/${what}?${programme}`, undefined, headers)).json;
};

it('has the published figures, and work for everyone; loaded once, cut off and begun again', {
  timeout: 300_000,
}, async () => {
  expect(await loadDemonstrationVouchers(corridor.th.node)).toBe(undefined);
  const { node } = corridor.mm;
  const dying = Object.assign(Object.create(node), { ownStore: cutOffAfter(150) });
  await expect(loadDemonstrationVouchers(dying)).rejects.toThrow('cut off');
  const loaded = await loadDemonstrationVouchers(node);
  expect(loaded!.days).toBeGreaterThan(50);
  expect(await loadDemonstrationVouchers(node)).toBe(undefined);

  const { indicators, states } = await read('indicators');
  const row = (indicator: string, group: string) =>
    indicators.find(
      (each: { indicator: string; group: string }) => each.indicator === indicator && each.group === group,
    );
  expect(row('issued-of-eligible', 'under-five')).toMatchObject({ numerator: 646, denominator: 775 });
  expect(row('served-of-eligible', 'pregnant')).toMatchObject({ numerator: 132, denominator: 167 });
  expect(row('services-per-served', 'pregnant')).toMatchObject({ numerator: 478, denominator: 132 });
  expect(row('paid-in-time', 'all').value).toBe(1);
  expect(Object.keys(states).sort()).toEqual(['activated', 'lost-replaced', 'paid', 'redeemed', 'validated']);

  const { queue } = await read('queue');
  expect(queue.length).toBeGreaterThan(10);
  expect(queue.every((each: { state: string }) => each.state === 'redeemed')).toBe(true);
  const { disputes } = await read('disputes');
  expect(new Set(disputes.map((each: { state: string }) => each.state))).toEqual(new Set(['open', 'closed']));
  const { batches } = await read('batches');
  expect(
    batches.map((each: { state: string }) => each.state).filter((each: string) => each === 'proposed'),
  ).toHaveLength(1);
  expect((await read('lapsed')).vouchers).toBeGreaterThan(10);
  for (const { difference } of await trialBalance(node.database)) {
    expect(difference).toBe(0n);
  }
});

/** The node's own hand, which stops after so many transactions, as a process does that is killed. */
function cutOffAfter(transactions: number) {
  let left = transactions;
  return () => {
    if (left-- === 0) {
      throw new Error('cut off');
    }
    return corridor.mm.node.ownStore();
  };
}
