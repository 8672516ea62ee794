import { randomUUID } from 'node:crypto';
import { addDays, addMonths, daysBetween, firstOfMonth } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';

let corridor: Corridor;
let mm: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  mm = corridor.mm;
  for (const name of ['nurse', 'claims-officer', 'fund-manager', 'actuary']) {
    tokens[name] = await mm.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(mm));

const schemeId = 'sch:mm:community-fund';
const post = (who: string, path: string, body: unknown) => mm.call(tokens[who], 'POST', path, body, payment);
const get = (who: string, path: string) => mm.call(tokens[who], 'GET', path, undefined, payment);
const close = (who: string, day: string, of: object = {}) =>
  post(who, '/api/cover/claims/price-period', { requestId: randomUUID(), schemeId, day, ...of });
const preview = (who: string, day: string) => post(who, '/api/cover/claims/price-period/preview', { schemeId, day });

/** The quarter before this one: its first and last day. */
function lastQuarter(): { readonly from: string; readonly to: string } {
  const month = firstOfMonth(dayBefore(0));
  const from = addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3) - 3);
  return { from, to: addDays(addMonths(from, 3), -1) };
}

/** A consultation, listed at 3,200.00 kyat, of a day; judged, and let through where it was drawn for review. */
async function consultation(memberNumber: string, day: string): Promise<string> {
  const { json } = await post(
    'nurse',
    '/api/cover/claims',
    claimBody(memberNumber, {
      schemeId,
      from: day,
      to: day,
      claimedOn: day,
      lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '3200.00' }],
    }),
  );
  if (json.status === 'checked') {
    await post('claims-officer', '/api/cover/claims/bulk', {
      ...{ requestId: randomUUID(), act: 'bypass', claimIds: [json.claimId], reason: 'drawn by lot' },
    });
  }
  return json.claimId;
}

it('prices a quarter’s claims by what it earned, once, and pays no more', async () => {
  const { from, to } = lastQuarter();
  const days = daysBetween(from, to) + 1;
  const { memberNumber, policyId } = await insured(mm, { schemeId, since: from });
  // 100.00 kyat a day, of which 45 percent are for these services.
  await sql`update cover_policy set currency = 'MMK', premium_minor = 3650000 where policy_id = ${policyId}`.execute(
    mm.node.database as unknown as CoverDatabase,
  );
  const ids = [
    await consultation(memberNumber, addDays(from, 20)),
    await consultation(memberNumber, addDays(from, 50)),
  ];
  const claim = async (id: string) => (await get('claims-officer', `/api/cover/claims/${id}`)).json;
  expect((await claim(ids[0]!)).status).toBe('processed');
  // Nominally 3,200.00 less the deductible of 2,000.00, and 3,200.00: more than the fund.
  const fund = `${days * 45}.00`;
  const shown = await preview('fund-manager', to);
  expect(shown.json).toMatchObject({
    ...{ from, to, claims: 2, stillOpen: 0 },
    earned: { amount: `${days * 100}.00`, currency: 'MMK' },
    fund: { amount: fund },
    nominal: { amount: '4400.00' },
    priced: { amount: fund },
  });
  expect(Number(shown.json.index)).toBeCloseTo((days * 45) / 4400, 8);
  expect((await claim(ids[0]!)).status).toBe('processed');
  const requestId = randomUUID();
  const { json } = await close('fund-manager', to, { requestId });
  expect((await close('fund-manager', to, { requestId })).json.jobId).toBe(json.jobId);
  await mm.node.work();
  const job = (await get('fund-manager', `/api/cover/jobs/${json.jobId}`)).json;
  expect(job).toMatchObject({ state: 'done', result: { claims: 2, priced: { amount: fund } } });
  const priced = await Promise.all(ids.map(claim));
  expect(priced.map((each) => each.status)).toEqual(['valuated', 'valuated']);
  const sum = priced.reduce((total, each) => total + Math.round(Number(each.paid.amount) * 100), 0);
  expect(sum).toBe(days * 4500);
  // Closed again, there is nothing left to price, and nothing moves.
  const again = (await close('fund-manager', to)).json.jobId;
  await mm.node.work();
  expect((await get('fund-manager', `/api/cover/jobs/${again}`)).json).toMatchObject({
    state: 'done',
    result: { claims: 0, priced: { amount: '0.00' } },
  });
  expect((await claim(ids[0]!)).paid).toEqual(priced[0].paid);
});

it('is for those who pay, of a period that is over, in a scheme that has such prices', async () => {
  const { to } = lastQuarter();
  for (const who of ['nurse', 'claims-officer', 'actuary']) {
    expect([who, (await preview(who, to)).status, (await close(who, to)).status]).toEqual([who, 404, 404]);
  }
  for (const ask of [preview, close]) {
    expect((await ask('fund-manager', dayBefore(0))).code).toBe('claims.period-open');
    expect((await ask('fund-manager', '2026-02-30')).status).toBe(400);
    expect((await ask('fund-manager', 'soon')).status).toBe(400);
  }
  expect((await close('fund-manager', to, { schemeId: 'sch:mm:workers-abroad' })).code).toBe(
    'claims.no-relative-prices',
  );
  expect((await close('fund-manager', to, { schemeId: 'sch:mm:none' })).code).toBe('claims.no-relative-prices');
  expect((await close('fund-manager', to, { requestId: 'again' })).status).toBe(400);
});
