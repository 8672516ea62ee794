import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { issueBooklets, replaceBooklet } from './booklets.store.ts';
import { countProgramme } from './count.store.ts';
import { expireSome } from './expiry.store.ts';
import { registerHolders } from './holders.store.ts';
import { programmeIndicators } from './indicators.ts';
import { parseProgrammes } from './programme.ts';
import { statesOf } from './queue.store.ts';
import { takeVoucher } from './redeem.store.ts';
import { decideBatch, proposeBatch, recordCall, validateVouchers } from './settle.store.ts';
import { kadonKani, planYear, type YearVisit } from './year-plan.ts';

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

const holders = new Map<number, { holderId: string; bookletId: string }>();
const refused: Record<string, number> = {};
let disputed = 0;

async function handOut(tx: Transaction) {
  const coming = plan.people.filter((each) => each.registeredOn === today);
  const lines = coming.map((each) => ({
    ...{ group: each.group, name: `Person ${each.person}`, village: each.village, language: 'my' },
  }));
  const registered = await registerHolders(tx, options, programme, lines, 'volunteer');
  const holderIds = registered.flatMap((each, i) => (coming[i]!.bookletOn ? [each.holderId!] : []));
  const input = { holderIds, channel: 'print', activate: true } as const;
  const made = await issueBooklets(tx, options, programme, input, 'volunteer');
  for (const { holderId, booklet } of made) {
    const line = registered.findIndex((each) => each.holderId === holderId);
    holders.set(coming[line]!.person, { holderId, bookletId: booklet!.bookletId });
  }
}

async function visit(tx: Transaction, planned: YearVisit, at: number) {
  const { bookletId } = holders.get(planned.person)!;
  const voucher = await coverOf(tx)
    .selectFrom('voucher')
    .innerJoin('voucher_booklet', 'voucher_booklet.booklet_id', 'voucher.booklet_id')
    .select(['voucher.voucher_id', 'code'])
    .where('voucher.booklet_id', '=', bookletId)
    .where('service', '=', planned.service)
    .where('number', '=', planned.number)
    .executeTakeFirstOrThrow();
  const taken = await takeVoucher(tx, options, {
    redemptionId: randomUUID(),
    voucher: { voucherId: voucher.voucher_id },
    bookletCode: voucher.code,
    provider: { country: 'MM', facility: planned.facility, level: 'clinic' },
    // The day's visits are an hour apart, so that no desk is busier than a desk can be.
    at: Date.parse(`${today}T00:00:00Z`) / 1000 + at * 3600,
    on: planned.on,
    deliveredOn: planned.deliveredOn,
    place: planned.place,
    actor: 'midwife',
    ...(planned.kind === 'copy' && { offline: { counter: 1, statement: 'a copy' } }),
  });
  if (!taken.ok) {
    refused[taken.code] = (refused[taken.code] ?? 0) + 1;
  } else if (taken.value.outcome === 'disputed') {
    disputed += 1;
    await coverOf(tx).updateTable('voucher_dispute').set({ state: 'closed', decision: 'stands' }).execute();
  }
}

async function settle(tx: Transaction, pays: boolean) {
  const db = coverOf(tx);
  const sampled = await db
    .selectFrom('voucher_redemption')
    .select('redemption_id')
    .where('sampled', '=', true)
    .where('called_on', 'is', null)
    .execute();
  for (const { redemption_id: redemptionId } of sampled) {
    await recordCall(tx, options, programme, { redemptionId, confirmed: true, satisfaction: 4, actor: 'officer' });
  }
  const waiting = await db.selectFrom('voucher').select('voucher_id').where('state', '=', 'redeemed').execute();
  const ids = waiting.map((each) => each.voucher_id);
  const validated = ids.length > 0 ? await validateVouchers(tx, options, programme, ids, 'officer') : [];
  expect(validated.filter((each) => each.refused)).toEqual([]);
  const batch = pays ? await proposeBatch(tx, options, programme, { upTo: today, actor: 'fund' }) : undefined;
  if (batch?.ok) {
    const { batchId } = batch.value;
    expect(await decideBatch(tx, options, programme, { batchId, decision: 'pay', actor: 'second' })).toMatchObject({
      ok: true,
    });
  }
}

it('the year through the database comes to the published figures, with an even ledger and every voucher accounted for', {
  timeout: 300_000,
}, async () => {
  for (let day = 0; day <= 420; day++) {
    today = addDays(kadonKani.from, day);
    const visits = plan.visits.filter((each) => each.on === today);
    const lost = plan.lost.filter((each) => each.on === today);
    await commit(async (tx) => {
      await handOut(tx);
      for (const { person } of lost) {
        const input = { bookletId: holders.get(person)!.bookletId, actor: 'officer' };
        const made = await replaceBooklet(tx, options, programme, input);
        expect(made.ok).toBe(true);
      }
      for (const [at, each] of visits.entries()) {
        await visit(tx, each, at);
      }
      if (day % 7 === 6) {
        await settle(tx, day % 14 === 13);
      }
    });
  }
  const rows = programmeIndicators(await countProgramme(options.database, programme));
  const row = (indicator: string, group: string) =>
    rows.find((each) => each.indicator === indicator && each.group === group)!;
  expect(row('issued-of-eligible', 'under-five')).toMatchObject({ numerator: 646, denominator: 775 });
  expect(row('served-of-eligible', 'pregnant')).toMatchObject({ numerator: 132, denominator: 167 });
  expect(row('services-per-served', 'pregnant')).toMatchObject({ numerator: 478, denominator: 132 });
  expect(row('paid-in-time', 'all').value).toBe(1);
  expect(row('confirmed-by-phone', 'all').value).toBe(1);
  expect(row('leakage', 'all').numerator).toBe(disputed);
  expect(Object.keys(refused)).toEqual(['vouchers.too-soon']);

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

async function paidMinor(): Promise<bigint> {
  const paid = await options.database
    .selectFrom('voucher')
    .select(({ fn }) => fn.sum<string>('value_minor').as('sum'))
    .where('state', '=', 'paid')
    .executeTakeFirstOrThrow();
  return BigInt(paid.sum);
}
