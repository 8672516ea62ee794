import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverOptions } from '@serai/domains/cover/cover.deps.ts';
import { countProgramme } from '@serai/domains/cover/vouchers/count.store.ts';
import { expireSome } from '@serai/domains/cover/vouchers/expiry.store.ts';
import { programmeIndicators } from '@serai/domains/cover/vouchers/indicators.ts';
import { statesOf } from '@serai/domains/cover/vouchers/queue.store.ts';
import { decideBatch } from '@serai/domains/cover/vouchers/settle.store.ts';
import { type LoadedVoucherYear, loadVoucherYear } from '@serai/domains/cover/vouchers/year.store.ts';
import { kadonKani, planYear } from '@serai/domains/cover/vouchers/year-plan.ts';
import { addDays } from '@serai/kernel/base/days.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import { countriesFolder } from '../country.ts';
import { loadDemonstrationVouchers, voucherActors, yearDays } from './voucher-year.ts';

/** The voucher year of `npm start`, as its officers find it; then run on until nothing of it is open. */
let corridor: Corridor;
let options: CoverOptions;
beforeAll(async () => {
  corridor = await openCorridor();
  const { node } = corridor.mm;
  options = { ...node.cover.options, storeFor: () => node.ownStore() } as CoverOptions;
});
afterAll(() => corridor?.close());

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';
const read = async (what: string) => {
  const { token, call } = corridor.mm;
  const headers = { 'x-purpose-of-use': 'COVERAGE' };
  const path = `${base}/${what}?programme=${programmeId}`;
  return (await call(await token('voucher-officer'), 'GET', path, undefined, headers)).json;
};
const programmeOf = () => options.vouchers.programmes.find((each) => each.id === programmeId)!;
const commit = <T>(work: (tx: Transaction) => Promise<T>) => corridor.mm.node.ownStore().transaction(work);
const until = new Date().toISOString().slice(0, 10);
let loaded: LoadedVoucherYear;
let disputedBefore: number;

it('has the published figures, and work for everyone; loaded once, cut off and begun again', {
  timeout: 300_000,
}, async () => {
  expect(await loadDemonstrationVouchers(corridor.th.node)).toBe(undefined);
  const { node } = corridor.mm;
  const dying = Object.assign(Object.create(node), { ownStore: cutOffAfter(150) });
  await expect(loadDemonstrationVouchers(dying)).rejects.toThrow('cut off');
  disputedBefore = await countDisputes();
  loaded = (await loadDemonstrationVouchers(node))!;
  expect(loaded.days).toBeGreaterThan(50);
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

it('comes to an end with an even ledger and every voucher accounted for', { timeout: 300_000 }, async () => {
  const { node } = corridor.mm;
  const programme = programmeOf();
  const { batches } = await read('batches');
  const batchId = batches.find((each: { state: string }) => each.state === 'proposed').batchId;
  const approval = { batchId, decision: 'pay', actor: voucherActors.approves } as const;
  expect((await commit((tx) => decideBatch(tx, options, programme, approval))).ok).toBe(true);

  const names = JSON.parse(readFileSync(join(countriesFolder, 'demo/names.json'), 'utf8')).my;
  const plan = planYear(programme, { ...kadonKani, from: addDays(until, -yearDays) });
  const runOn = () =>
    loadVoucherYear({
      ...{ options, ownStore: node.ownStore, programme, plan, names, actors: voucherActors, openDays: 0 },
      until: addDays(until, 60),
      pause: async () => {},
    });
  const after = await runOn();
  expect(after.days).toBeGreaterThan(5);
  expect((await runOn()).days).toBe(0);
  // The only refusals of the year are of what came too soon.
  expect(Object.keys({ ...loaded.refused, ...after.refused })).toEqual(['vouchers.too-soon']);

  const rows = programmeIndicators(await countProgramme(options.database, programme));
  const all = (indicator: string) => rows.find((each) => each.indicator === indicator && each.group === 'all')!;
  expect(all('confirmed-by-phone').value).toBe(1);
  expect(all('leakage').numerator).toBe(disputedBefore + loaded.disputed + after.disputed);
  const atEnd = await statesOf(options.database, programme);
  expect(Object.keys(atEnd).sort()).toEqual(['activated', 'lost-replaced', 'paid']);
  const later = { ...options, clock: () => new Date(`${addDays(until, 440)}T04:00:00Z`) };
  const officer = { actor: 'officer', class: 'payer' };
  while ((await commit((tx) => expireSome(tx, later, programme, officer))) > 0) {}
  const closed = await statesOf(options.database, programme);
  expect(Object.keys(closed).sort()).toEqual(['expired', 'lost-replaced', 'paid']);
  expect(closed.paid).toBe(atEnd.paid);

  const balances = await accountBalances(node.database, { prefix: 'fund:sch:mm:maternal-voucher:' });
  const left = Object.fromEntries(balances.map((each) => [each.code, each.creditsPosted - each.debitsPosted]));
  const minor = await paidMinor();
  expect(left).toEqual({ 'voucher-liability': 0n, 'voucher-payable': 0n, cash: minor, 'voucher-expense': -minor });
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

async function countDisputes(): Promise<number> {
  const { count } = await options.database
    .selectFrom('voucher_dispute')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function paidMinor(): Promise<bigint> {
  const paid = await options.database
    .selectFrom('voucher')
    .select(({ fn }) => fn.sum<string>('value_minor').as('sum'))
    .where('state', '=', 'paid')
    .executeTakeFirstOrThrow();
  return BigInt(paid.sum);
}
