import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { countProgramme } from './count.store.ts';
import { expireSome } from './expiry.store.ts';
import { programmeIndicators } from './indicators.ts';
import { parseProgrammes } from './programme.ts';
import { statesOf } from './queue.store.ts';
import { type LoadedVoucherYear, loadVoucherYear } from './year.store.ts';
import { kadonKani, planYear } from './year-plan.ts';

/** The Kadon Kani year once through the database, with the node's keys, its ledger and its rules. */

const file = new URL('../../../countries/mm/vouchers/kadon-kani.json', import.meta.url);
const programme = parseProgrammes([{ name: 'kadon-kani', json: JSON.parse(readFileSync(file, 'utf8')) }])[0]!;
const plan = planYear(programme, kadonKani);

let corridor: Corridor;
let options: CoverOptions;
let today = kadonKani.from;
beforeAll(async () => {
  corridor = await openCorridor();
  const { node } = corridor.mm;
  const random = createPrng(7);
  const key = signingKey(node.keySet(), 'card', Math.floor(Date.now() / 1000));
  options = {
    country: 'MM',
    database: node.database as unknown as CoverDatabase,
    clock: () => new Date(`${today}T04:00:00Z`),
    newId: randomUUID,
    random: (length: number) => Uint8Array.from({ length }, () => random.below(256)),
    vouchers: { programmes: [programme], key: () => key, keyOf: () => key.publicJwk, issuerKeys: () => [] },
  } as unknown as CoverOptions;
});
afterAll(() => corridor?.close());

const commit = <T>(work: (tx: Transaction) => Promise<T>) => corridor.mm.node.ownStore().transaction(work);

const names = JSON.parse(readFileSync(new URL('../../../countries/demo/names.json', import.meta.url), 'utf8')).my;
const actors = {
  handsOut: 'volunteer',
  redeems: 'midwife',
  validates: 'officer',
  proposes: 'fund',
  approves: 'second',
};

/** Runs the days that were not run yet, up to one of them. */
const run = (until: string) =>
  loadVoucherYear({
    ...{ options, ownStore: corridor.mm.node.ownStore, programme, plan, names, until, actors, openDays: 0 },
    pause: async () => {},
  });

it('the year through the database comes to the published figures, with an even ledger and every voucher accounted for', {
  timeout: 300_000,
}, async () => {
  // Cut off after a hundred days, and begun again.
  const begun = await run(addDays(kadonKani.from, 100));
  expect(begun.days).toBeGreaterThan(50);
  const disputed = added(begun, await run(addDays(kadonKani.from, 420)));
  expect((await run(addDays(kadonKani.from, 420))).days).toBe(0);
  const rows = programmeIndicators(await countProgramme(options.database, programme));
  const row = (indicator: string, group: string) =>
    rows.find((each) => each.indicator === indicator && each.group === group)!;
  expect(row('issued-of-eligible', 'under-five')).toMatchObject({ numerator: 646, denominator: 775 });
  expect(row('served-of-eligible', 'pregnant')).toMatchObject({ numerator: 132, denominator: 167 });
  expect(row('services-per-served', 'pregnant')).toMatchObject({ numerator: 478, denominator: 132 });
  expect(row('paid-in-time', 'all').value).toBe(1);
  expect(row('confirmed-by-phone', 'all').value).toBe(1);
  expect(row('leakage', 'all').numerator).toBe(disputed);
  const atEnd = await statesOf(options.database, programme);
  expect(Object.keys(atEnd).sort()).toEqual(['activated', 'lost-replaced', 'paid']);
  today = addDays(kadonKani.from, 800);
  expect(daysBetween(kadonKani.from, today)).toBe(800);
  while ((await commit((tx) => expireSome(tx, options, programme, { actor: 'officer', class: 'payer' }))) > 0) {}
  const closed = await statesOf(options.database, programme);
  expect(Object.keys(closed).sort()).toEqual(['expired', 'lost-replaced', 'paid']);
  expect(closed.paid).toBe(atEnd.paid);

  const database = corridor.mm.node.database;
  const balances = await accountBalances(database, { prefix: 'fund:sch:mm:maternal-voucher:' });
  const left = Object.fromEntries(balances.map((each) => [each.code, each.creditsPosted - each.debitsPosted]));
  const minor = await paidMinor();
  expect(left).toEqual({ 'voucher-liability': 0n, 'voucher-payable': 0n, cash: minor, 'voucher-expense': -minor });
  for (const { difference } of await trialBalance(database)) {
    expect(difference).toBe(0n);
  }
});

/** How many were disputed; the only refusals of the year are of what came too soon. */
function added(a: LoadedVoucherYear, b: LoadedVoucherYear): number {
  expect(Object.keys({ ...a.refused, ...b.refused })).toEqual(['vouchers.too-soon']);
  return a.disputed + b.disputed;
}

async function paidMinor(): Promise<bigint> {
  const paid = await options.database
    .selectFrom('voucher')
    .select(({ fn }) => fn.sum<string>('value_minor').as('sum'))
    .where('state', '=', 'paid')
    .executeTakeFirstOrThrow();
  return BigInt(paid.sum);
}
