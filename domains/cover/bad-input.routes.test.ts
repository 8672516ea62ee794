import { randomUUID } from 'node:crypto';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { dayBefore, insured } from '../../tests/cover-claims.ts';

/** Whatever is sent to the routes of cover: a clear refusal, never a fault, and nothing posted. */
let corridor: Corridor;
let th: TestNode;
const tokens = new Map<string, string>();

const purposes = {
  ...{ claims: 'HPAYMT', feedback: 'COVERAGE', eligibility: 'COVERAGE', vouchers: 'COVERAGE', enrolment: 'COVERAGE' },
  ...{ payment: 'HPAYMT', capitation: 'HPAYMT', settlement: 'HPAYMT', fund: 'HPAYMT', actuary: 'HPAYMT' },
} as const;

async function send(who: string, method: string, path: string, body: unknown, purpose: string): Promise<Called> {
  tokens.set(who, tokens.get(who) ?? (await th.token(who)));
  return th.call(tokens.get(who), method, path, body, { 'x-purpose-of-use': purpose });
}

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
}, 120_000);
afterAll(() => corridor?.close());

async function kept(): Promise<unknown> {
  const { rows } = await sql`select (select count(*)::int from cover_claim) as claims,
    (select count(*)::int from voucher_redemption) as redemptions, (select count(*)::int from voucher_holder) as holders,
    (select count(*)::int from voucher_device) as devices, (select count(*)::int from job) as jobs,
    (select count(*)::int from ledger_transfer) as transfers`.execute(th.node.database);
  return [rows, await trialBalance(th.node.database)];
}

/** Every route of these features that is sent something, from the node's own description. */
async function routes(): Promise<{ path: string; feature: keyof typeof purposes }[]> {
  const { json } = await th.call(undefined as never, 'GET', '/api/docs');
  return Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) => {
    const feature = /^\/api\/cover\/([a-z]+)/.exec(path)?.[1] as keyof typeof purposes;
    return feature in purposes && 'post' in methods ? [{ path: path.replace(/\{\w+\}|:\w+/g, 'none'), feature }] : [];
  });
}

const desks = {
  claims: ['nurse', 'claims-officer'],
  feedback: ['enrolment-officer'],
  eligibility: ['nurse'],
  vouchers: ['nurse', 'voucher-officer'],
  enrolment: ['enrolment-officer', 'employer'],
  payment: ['fund-manager'],
  capitation: ['fund-manager'],
  settlement: ['fund-manager', 'claims-officer'],
  fund: ['fund-manager'],
  actuary: ['actuary'],
} as const;

const requestId = randomUUID();
const odd = '\u0000\u202e\ufeff\u{1f98a}Ａ１‮';
const bodies: readonly unknown[] = [
  null,
  [],
  'text',
  7,
  {},
  { requestId: 'not a uuid' },
  { requestId, __proto__x: 1 },
  { requestId, programmeId: odd, reason: odd, claimIds: [odd], voucherIds: [odd], lines: [{ code: odd }] },
  { requestId, memberNumber: odd, voucher: odd, bookletCode: odd, card: odd, on: '9999-99-99', csv: odd },
  JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`),
];

/** A hundred thousand of what a route takes a few of. */
const lines = Array.from({ length: 100_000 }, () => ({ code: 'CON-GENERAL', quantity: '1' }));
const ids = Array.from({ length: 100_000 }, () => 'x');
const many: readonly [who: string, path: string, body: object][] = [
  ['nurse', '/api/cover/claims', { requestId, lines }],
  ['nurse', '/api/cover/claims/preview', { lines }],
  ['claims-officer', '/api/cover/claims/bulk', { requestId, claimIds: ids, act: 'reject', reason: 'because' }],
  ['claims-officer', '/api/cover/claims/none/review', { requestId, lines }],
  ['voucher-officer', '/api/cover/vouchers/holders', { requestId, programmeId: 'vp:mm:kadon-kani', lines }],
  ['voucher-officer', '/api/cover/vouchers/validate', { requestId, programmeId: 'x', voucherIds: ids }],
];
const fhirItems = lines.map(() => ({ productOrService: { text: 'CON-GENERAL' }, unitPrice: { value: 70 } }));

/** Refused, or hung up on by a node that had read enough. */
async function isRefused(sent: Promise<Called>): Promise<boolean> {
  const status = await sent.then(
    (answer) => answer.status,
    (thrown: Error & { cause?: { code?: string } }) => thrown.cause?.code,
  );
  return status === 'ECONNRESET' || status === 'EPIPE' || (Number(status) >= 400 && Number(status) < 500);
}

describe('every route that is sent something', () => {
  it('refuses what is no input of its own, and never with a fault', async () => {
    const before = await kept();
    const all = await routes();
    expect(all.length).toBeGreaterThan(75);
    const wrong: unknown[] = [];
    for (const { path, feature } of all) {
      for (const who of desks[feature].slice(0, 2)) {
        for (const [index, body] of bodies.entries()) {
          const { status, json } = await send(who, 'POST', path, body, purposes[feature]);
          // A search with nothing to narrow it is a question, and is answered.
          const isQuestion =
            /\/(find|waiting|preview|list|renewals|arrears|unreached)$/.test(path) && (index === 0 || index === 4);
          if (!(status >= 400 && status < 500) && !isQuestion) {
            wrong.push([who, path, index, status]);
          } else if (status >= 400 && json?.resourceType !== 'OperationOutcome') {
            wrong.push([who, path, index, 'no outcome']);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await kept()).toEqual(before);
  }, 300_000);

  it('ten megabytes are refused before they are read, or read and refused', async () => {
    const before = await kept();
    const big = 'x'.repeat(10_000_000);
    for (const refused of [
      () => send('nurse', 'POST', '/api/cover/claims', { requestId: randomUUID(), memberNumber: big }, 'HPAYMT'),
      () => send('nurse', 'POST', '/api/cover/eligibility', { card: big }, 'COVERAGE'),
      () => send('nurse', 'POST', '/api/cover/vouchers/check', { voucher: big }, 'COVERAGE'),
      () =>
        send('nurse', 'POST', '/api/cover/vouchers/devices/none/sync', { requestId, statements: [big] }, 'COVERAGE'),
      () => send('nurse', 'POST', '/fhir/R4/Claim/$submit', { resourceType: 'Claim', id: big }, 'HPAYMT'),
    ]) {
      expect(await isRefused(refused())).toBe(true);
    }
    expect(await kept()).toEqual(before);
  });
});

describe('a hundred thousand', () => {
  it('lines, claims or vouchers where a few are meant are refused', async () => {
    const before = await kept();
    for (const [who, path, body] of many) {
      const purpose = path.includes('/vouchers/') ? 'COVERAGE' : 'HPAYMT';
      expect([path, await isRefused(send(who, 'POST', path, body, purpose))]).toEqual([path, true]);
    }
    const claim = { resourceType: 'Claim', status: 'active', item: fhirItems };
    expect(await isRefused(send('nurse', 'POST', '/fhir/R4/Claim/$submit', claim, 'HPAYMT'))).toBe(true);
    expect(await kept()).toEqual(before);
  });
});

describe('one request id', () => {
  it('with another claim in it is refused, and the first stands', async () => {
    const [one, two] = [await insured(th), await insured(th)];
    const body = (memberNumber: string) => ({
      ...{
        memberNumber,
        visit: 'other',
        care: 'out-patient',
        from: dayBefore(2),
        to: dayBefore(2),
        diagnoses: ['J06.9'],
      },
      schemeId: 'sch:th:migrant-health-insurance',
      lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '70.00' }],
    });
    const id = randomUUID();
    const first = await send(
      'nurse',
      'POST',
      '/api/cover/claims',
      { requestId: id, ...body(one.memberNumber) },
      'HPAYMT',
    );
    expect(first.status).toBe(200);
    const before = await kept();
    const second = await send(
      'nurse',
      'POST',
      '/api/cover/claims',
      { requestId: id, ...body(two.memberNumber) },
      'HPAYMT',
    );
    expect(second.status).toBe(409);
    expect(await kept()).toEqual(before);
    // And another route under the same id is another act, of whatever feature.
    const group = await send(
      'enrolment-officer',
      'POST',
      '/api/cover/enrolment/groups',
      {
        requestId: id,
        kind: 'employer',
        name: 'Under a used id',
      },
      'COVERAGE',
    );
    expect(group.status).toBe(409);
    const [mine, others] = [randomUUID(), 'Another name'];
    const keep = (name: string) =>
      send(
        'enrolment-officer',
        'POST',
        '/api/cover/enrolment/groups',
        { requestId: mine, kind: 'employer', name },
        'COVERAGE',
      );
    expect((await keep('One name')).status).toBeLessThan(300);
    expect((await keep('One name')).status).toBeLessThan(300);
    expect((await keep(others)).status).toBe(409);
    const other = await send('nurse', 'POST', '/api/cover/vouchers/devices/none/kit', { requestId: id }, 'COVERAGE');
    expect(other.status).toBeGreaterThanOrEqual(400);
  });
});

describe('the day of care', () => {
  it('is the day it is where the care was given: early in the morning it is not yet in the future', async () => {
    const { memberNumber } = await insured(th);
    // Five in the morning in Thailand is ten in the evening of the day before by UTC.
    const midnight = Math.floor(Date.now() / 86_400_000) * 86_400;
    const tenInTheEvening = midnight - 2 * 3600;
    th.clockOffsetSeconds = tenInTheEvening - Math.floor(Date.now() / 1000);
    tokens.clear();
    try {
      const ask = (from: string) => ({
        ...{ memberNumber, visit: 'other', care: 'out-patient', from, to: from, diagnoses: ['J06.9'] },
        ...{ requestId: randomUUID(), schemeId: 'sch:th:migrant-health-insurance' },
        lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '70.00' }],
      });
      const today = await send('nurse', 'POST', '/api/cover/claims', ask(dayBefore(0)), 'HPAYMT');
      expect([today.status, today.code]).toEqual([200, undefined]);
      const tomorrow = await send('nurse', 'POST', '/api/cover/claims', ask(dayBefore(-1)), 'HPAYMT');
      expect(tomorrow.code).toBe('claims.future');
    } finally {
      th.clockOffsetSeconds = 0;
      tokens.clear();
    }
  });
});
