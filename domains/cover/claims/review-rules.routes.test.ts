import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['nurse', 'claims-officer']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const schemeId = 'sch:th:mae-sot-pilot';
const call = (who: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  th.call(tokens[who], method, path, body, payment);

/** Rules of the fund that a claim for care of so many days ago is selected by. */
async function selectedBy(memberNumber: string, daysAgo: number, changes: Record<string, unknown> = {}) {
  const day = dayBefore(daysAgo);
  const body = claimBody(memberNumber, { schemeId, from: day, to: day, claimedOn: day, ...changes });
  const { json } = await call('nurse', 'POST', '/api/cover/claims', body);
  const found = (await call('claims-officer', 'GET', `/api/cover/claims/${json.claimId}`)).json;
  return [found.status, found.reviewBecause.filter((why: string) => why.startsWith('rule-'))];
}

it('brings claims before a person by the rules of the scheme', async () => {
  const old = await insured(th, { schemeId });
  // The facility's first claim of the scheme, and still new until its thirtieth day.
  expect(await selectedBy(old.memberNumber, 60)).toEqual(['checked', ['rule-new-facility']]);
  expect(await selectedBy(old.memberNumber, 31)).toEqual(['checked', ['rule-new-facility']]);
  const [, none] = await selectedBy(old.memberNumber, 30);
  expect(none).toEqual([]);
  // A new member: her first claim, and not her second.
  const young = await insured(th, { schemeId, since: dayBefore(20) });
  expect(await selectedBy(young.memberNumber, 10)).toEqual(['checked', ['rule-early-first']]);
  expect((await selectedBy(young.memberNumber, 4))[1]).toEqual([]);
  // An injury of 5,000 baht or more.
  const costly = { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '5000.00' }] };
  expect(await selectedBy(old.memberNumber, 2, { ...costly, diagnoses: ['S61.0'] })).toEqual([
    'checked',
    ['rule-injury'],
  ]);
  expect((await selectedBy(old.memberNumber, 1, costly))[1]).toEqual([]);
});

it('tells the titles of its rules to those who judge, and not to those who claim', async () => {
  const rules = async (who: string) =>
    (await call(who, 'GET', '/api/cover/claims/choices')).json.schemes.find(
      (each: { id: string }) => each.id === schemeId,
    ).review;
  expect((await rules('claims-officer')).map((each: { id: string }) => each.id)).toContain('early-first');
  expect(await rules('nurse')).toEqual([]);
});
