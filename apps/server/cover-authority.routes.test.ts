import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { type Letter, letters, roles, routesOfCover } from '../../tests/cover-authority.ts';
import { claimBody, cover, insured, payment, scheme } from '../../tests/cover-claims.ts';

/**
 * Who may do what of cover, by enumeration: every route the running app has registered × every role × every purpose it may
 * state. What a role may not do answers "not found". A route added later fails here until it is said who may call it.
 */

const purposes = ['HPAYMT', 'COVERAGE', 'TREAT', 'HSYSADMIN'];

let corridor: Corridor;
let th: TestNode;
const tokens = {} as Record<Letter, string>;
/** What exists, by the part of an address that comes before its id. */
const existing: Record<string, string> = { schemes: scheme, groups: 'employer-demo' };

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const letter of letters) {
    tokens[letter] = await th.token(roles[letter]);
  }
  const db = th.node.database as never;
  await sql`insert into cover_group (group_id, kind, name, country, created)
    values ('employer-demo', 'employer', 'An employer', 'TH', now())`.execute(db);
  const member = await insured(th);
  const call = (letter: Letter, path: string, body: object, purpose: Record<string, string> = payment) =>
    th.call(tokens[letter], 'POST', `/api/cover/${path}`, { requestId: randomUUID(), ...body }, purpose);
  const claim = await call('N', 'claims', claimBody(member.memberNumber));
  const { claimId } = claim.json;
  await call('C', 'claims/bulk', { act: 'bypass', claimIds: [claimId], reason: 'by lot' });
  const appeal = await call('N', `claims/${claimId}/appeals`, { reason: 'It was needed.' });
  const run = await call('F', 'payment-runs', { schemeId: scheme, upTo: new Date().toISOString().slice(0, 10) });
  const enrolled = await call(
    'E',
    'enrolment/policies',
    {
      ...{
        schemeId: scheme,
        payment: { channel: 'cash', reference: 'slip', amount: { amount: '10.00', currency: 'THB' } },
      },
      members: [
        {
          relation: 'holder',
          newMember: {
            name: 'Zorkel Wimpas',
            birth: { kind: 'year', year: 1990 },
            sex: 'female',
            entitlement: 'contract-worker',
            residence: 'TH',
          },
        },
      ],
    },
    cover,
  );
  const { rows } = await sql<{ payment_id: string }>`select payment_id from cover_payment`.execute(db);
  Object.assign(existing, {
    claims: claimId,
    feedback: claimId,
    appeals: appeal.json.appealId,
    'payment-runs': run.json.runId,
    members: member.memberId,
    policies: enrolled.json.policyId,
    enrolled: enrolled.json.memberIds?.[0],
    payments: rows[0]!.payment_id,
    periods: member.memberId,
    quoted: member.memberNumber,
  });
});
afterAll(() => corridor?.close());

/** What a field of a name is mostly filled with; anything else by what its shape takes. */
const byName: Record<string, unknown> = {
  ...{
    amount: '10.00',
    unitPrice: '10.00',
    language: 'en',
    sex: 'female',
    residence: 'TH',
    value: '1.5',
    memberNumber: 'M-1',
  },
  ...{ programmeId: 'kadon-kani', jwk: {}, certificate: {}, limits: {} },
};
const likely = [
  scheme,
  '2026-03-01',
  '2026-03',
  'TH',
  'THB',
  '10.00',
  'agr:MM-TH:cover',
  'abcdefgh',
  '1',
  'J06.9',
  '2026-Q2',
];

interface Shape {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Record<string, unknown>;
  readonly values?: readonly unknown[];
}

/** A body a route understands, made from its own description. */
function sample(schema: z.ZodType, name = ''): unknown {
  const shape = schema.def as unknown as Shape;
  const filled = byName[name];
  if (filled !== undefined && schema.safeParse(filled).success) {
    return filled;
  }
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.shape!)
          .filter(([, field]) => !['optional', 'default'].includes((field.def as unknown as Shape).type))
          .map(([key, field]) => [key, sample(field, key)]),
      );
    case 'pipe':
      return sample(shape.in!, name);
    case 'array':
      return [sample(shape.element!, name)];
    case 'enum':
      return Object.values(shape.entries!)[0];
    case 'literal':
      return shape.values![0];
    case 'union':
      return sample(shape.options![0]!, name);
    case 'number':
      return [1, 0, 2026, 50].find((each) => schema.safeParse(each).success);
    case 'boolean':
      return true;
    case 'string':
      return [...likely, randomUUID()].find((each) => schema.safeParse(each).success);
    default:
      return {};
  }
}

const newMember = {
  ...{ name: 'Drufob Kelmot', birth: { kind: 'year', year: 1991 }, sex: 'female' },
  ...{ entitlement: 'contract-worker', residence: 'TH' },
};
const enrolling = { schemeId: scheme, members: [{ relation: 'holder', newMember }] };
const rate = { from: 'MMK', to: 'USD', value: '0.0005', at: '2026-03-31T10:00:00Z' };
/** Where a body must say more than its shape does. */
const bodies: Record<string, () => object> = {
  'enrolment/quote': () => enrolling,
  'enrolment/policies': () => enrolling,
  'enrolment/policies/:id/leave': () => ({ memberId: existing.enrolled }),
  'enrolment/payments/:id/apply': () => ({ policyId: existing.policies }),
  eligibility: () => ({ memberNumber: existing.quoted }),
  'settlement/claims': () => ({ eligibility: randomUUID() }),
  'settlement/rates': () => ({ ...rate, day: '2026-03-31', source: 'central-bank-mid' }),
  'fund/rates': () => rate,
};
const sheet = `groupId=employer-demo&schemeId=${scheme}&month=2026-03`;
const queries: Record<string, () => string> = {
  'fund/statement': () => '?account=fund:x&from=2026-03-01&to=2026-03-31',
  'fund/periods/check': () => '?month=2026-03',
  'actuary/desk': () => `?scheme=${scheme}`,
};
/** Files, with what their address says. */
const files: Record<string, () => string> = {
  'enrolment/rosters/preview': () => `?${sheet.replace(/&month=.*/, '')}`,
  'enrolment/rosters': () => `?${sheet.replace(/&month=.*/, '')}&requestId=${randomUUID()}`,
  'enrolment/statements': () => `?channel=bank&requestId=${randomUUID()}`,
};

const address = (url: string) =>
  url
    .replace(/([a-z-]+)\/:(id|memberId)\b/g, (_, before: string) => `${before}/${existing[before] ?? randomUUID()}`)
    .replace(/:\w+/g, 'TH:mae-sot-clinic');
const nameOf = (url: string) => url.slice('/api/cover/'.length);

/** The letters of who is answered otherwise than "not found"; `?` where no body was made that is understood. */
async function mayCall(route: { method: string; url: string; body?: z.ZodType }): Promise<string> {
  let may = '';
  for (const letter of letters) {
    let reached = false;
    for (const purpose of purposes) {
      const name = nameOf(route.url);
      const body = { ...(route.body ? (sample(route.body) as object) : {}), ...bodies[name]?.() };
      const once = { ...body, ...('requestId' in body && { requestId: randomUUID() }) };
      const file = files[name]?.();
      const answer = await th.node.app.inject({
        method: route.method as 'GET',
        url: address(route.url) + (file ?? queries[name]?.() ?? ''),
        headers: {
          authorization: `Bearer ${tokens[letter]}`,
          'x-purpose-of-use': purpose,
          ...(route.method === 'POST' && { 'content-type': file ? 'text/csv' : 'application/json' }),
        },
        ...(route.method === 'POST' && { payload: file ? 'name\n' : JSON.stringify(once) }),
      });
      expect(answer.statusCode, `${route.method} ${route.url} as ${roles[letter]} for ${purpose}`).toBeLessThan(500);
      const invalid = answer.statusCode === 400 && answer.json().issue?.[0]?.code === 'invalid';
      if (invalid) {
        return '?';
      }
      reached ||= answer.statusCode !== 404;
    }
    may += reached ? letter : '';
  }
  return may;
}

test('what a fund says of someone is written by the fund, not by plain REST from those who treat or enrol', async () => {
  const person = await th.call(tokens.N, 'POST', '/api/persons', {
    ...{
      requestId: randomUUID(),
      name: { text: 'Gixhun Lompyq' },
      birth: { kind: 'year', year: 1990 },
      sex: 'unknown',
    },
    ...{ language: 'en', consents: [{ purpose: 'TREAT', decision: 'permit' }] },
  });
  const patient = { reference: `Patient/${person.json.id}` };
  const said = {
    Coverage: { status: 'active', beneficiary: patient, payor: [{ display: 'fund' }] },
    ClaimResponse: {
      ...{
        status: 'active',
        type: { text: 'x' },
        use: 'claim',
        patient,
        created: '2026-01-01',
        insurer: { display: 'fund' },
      },
      ...{ outcome: 'complete', requestor: { reference: 'Organization/mae-sot-clinic' } },
    },
    ExplanationOfBenefit: {
      ...{
        status: 'active',
        type: { text: 'x' },
        use: 'claim',
        patient,
        created: '2026-01-01',
        insurer: { display: 'fund' },
      },
      ...{ outcome: 'complete', provider: { reference: 'Organization/mae-sot-clinic' } },
      insurance: [{ focal: true, coverage: { display: 'x' } }],
    },
  };
  const write = (letter: Letter, method: string, path: string, body: object, purpose: string) =>
    th.call(tokens[letter], method, `/fhir/R4${path}`, body, {
      'x-purpose-of-use': purpose,
      'content-type': 'application/fhir+json',
    });
  for (const [resourceType, fields] of Object.entries(said)) {
    const resource = { resourceType, ...fields };
    for (const letter of ['N', 'V', 'L', 'M'] as const) {
      for (const purpose of ['TREAT', 'COVERAGE', 'HPAYMT']) {
        for (const path of [
          resourceType,
          `/${resourceType}`,
          `%${resourceType.charCodeAt(0).toString(16)}${resourceType.slice(1)}`,
        ]) {
          expect([path, (await write(letter, 'POST', `/${path}`, resource, purpose)).status]).toEqual([path, 404]);
        }
        for (const [type, url] of [
          ['batch', resourceType],
          ['transaction', `${resourceType}?identifier=1`],
          ['batch', `/${resourceType}`],
        ]) {
          const entry = [{ resource, request: { method: 'POST', url } }];
          expect((await write(letter, 'POST', '', { resourceType: 'Bundle', type, entry }, purpose)).status).toBe(404);
        }
      }
    }
    const kept = await write('F', 'POST', `/${resourceType}`, resource, 'HPAYMT');
    expect(kept.status, kept.text).toBe(201);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await write(
        'N',
        method,
        `/${resourceType}/${kept.json.id}`,
        { ...resource, id: kept.json.id },
        'TREAT',
      );
      expect(answer.status).toBe(404);
    }
  }
});

test('each route of cover is found by those whose work it is, and by nobody else', async () => {
  const found: Record<string, string> = {};
  for (const route of th.node.app.listedRoutes) {
    if (route.url.startsWith('/api/cover') && route.method !== 'HEAD') {
      found[`${route.method} ${nameOf(route.url)}`] = await mayCall(route);
    }
  }
  expect(found).toEqual(routesOfCover);
}, 600_000);
