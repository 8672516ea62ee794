import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { adjudicateStored } from './submit.store.ts';
import { adjudicateTogether } from './together.store.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['claims-officer', 'fund-manager']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const post = (who: string, path: string, body: unknown) => th.call(tokens[who], 'POST', path, body, payment);
const rate = (value: string, daysAgo: number) =>
  post('fund-manager', '/api/cover/fund/rates', {
    requestId: randomUUID(),
    from: 'THB',
    to: 'MMK',
    value,
    source: 'central-bank-mid',
    at: `${dayBefore(daysAgo)}T00:00:00Z`,
  });

/** One consultation across the river, listed there at 4,500.00 kyat; what a bill of `price` comes to at home. */
async function abroad(price: string): Promise<string> {
  const { memberNumber } = await insured(th, { schemeId: 'sch:th:mae-sot-pilot' });
  const { json } = await post(
    'claims-officer',
    '/api/cover/claims',
    claimBody(memberNumber, {
      provider: 'MM:myawaddy-clinic',
      currency: 'MMK',
      from: dayBefore(5),
      to: dayBefore(5),
      lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: price }],
    }),
  );
  return json.claimId;
}
const claim = async (claimId: string) =>
  (await th.call(tokens['claims-officer'], 'GET', `/api/cover/claims/${claimId}`, undefined, payment)).json;
const results = async (claimId: string) =>
  (
    await (th.node.database as unknown as CoverDatabase)
      .selectFrom('cover_adjudication')
      .select(['input_digest', 'result'])
      .where('claim_id', '=', claimId)
      .orderBy('run')
      .execute()
  ).map((row) => `${row.input_digest} ${row.result}`);
const options = () => ({
  country: 'TH',
  agreements: [],
  schemes: theSchemes().filter((each) => each.country === 'TH'),
  facilities: [],
  clock: () => new Date(),
  newId: randomUUID,
});

it('is refused for the want of a rate, and only then', async () => {
  const claimId = await abroad('5000.00');
  expect(await claim(claimId)).toMatchObject({ status: 'rejected', reason: 112, rule: 'currency' });
  // A rate of a later day is none of the day of care.
  await rate('50', 4);
  await th.node.ownStore().transaction((tx) => adjudicateStored(tx, options(), claimId, new Date()));
  expect(await claim(claimId)).toMatchObject({ status: 'rejected', reason: 112 });
});

it('is paid at the rate of the day of care, rounded once, and judged again at the same', async () => {
  await rate('61.3', 6);
  const claimId = await abroad('5000.00');
  const { rule: _, ...first } = (await claim(claimId)).lines[0];
  // 4,500 / 61.3 = 73.4095 baht, of which nine tenths are 66.07 (66.069): nothing is cut off.
  expect(first).toMatchObject({
    claimed: { amount: '5000.00', currency: 'MMK' },
    allowed: { amount: '73.41', currency: 'THB' },
    paid: { amount: '66.07', currency: 'THB' },
    reason: 0,
    exchange: [
      { from: 'THB', to: 'MMK', value: '61.3', source: 'central-bank-mid', at: `${dayBefore(6)}T00:00:00.000Z` },
    ],
  });
  // A newer rate of the very day, and one that corrects the one it was judged at.
  await rate('70', 5);
  await rate('30.65', 6);
  await th.node.ownStore().transaction((tx) => adjudicateStored(tx, options(), claimId, new Date()));
  await th.node.ownStore().transaction((tx) => adjudicateTogether(tx, options(), [claimId], new Date(), 'node'));
  const [once, again, together] = await results(claimId);
  expect([again, together]).toEqual([once, once]);
  const later = await abroad('5000.00');
  expect((await claim(later)).lines[0]).toMatchObject({ paid: { amount: '57.86' }, exchange: [{ value: '70' }] });
});
