import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor } from '../../../tests/corridor.ts';
import { ensurePlans } from './plans.store.ts';
import { theSchemes } from './scheme.testing.ts';

/** Schemes over HTTP: to read, to calculate with, and as FHIR plans. */

let corridor: Corridor;
const tokens = new Map<string, string>();
beforeAll(async () => {
  corridor = await openCorridor();
});
afterAll(() => corridor.close());

async function as(username: string, path: string, body?: unknown, purpose?: string): Promise<Called> {
  tokens.set(username, tokens.get(username) ?? (await corridor.th.token(username)));
  return corridor.th.call(tokens.get(username), body === undefined ? 'GET' : 'POST', path, body, {
    ...(purpose && { 'x-purpose-of-use': purpose }),
  });
}

const migrant = 'sch:th:migrant-health-insurance';
const quote = (body: object, id = migrant) => as('fund-manager', `/api/cover/schemes/${id}/quote`, body);
const one = { members: [{ relation: 'holder', age: 30 }] };

test.each(['fund-manager', 'actuary', 'enrolment-officer', 'claims-officer', 'employer'])(
  '%s reads the schemes of the country',
  async (username) => {
    const { status, json } = await as(username, '/api/cover/schemes');
    expect(status).toBe(200);
    expect(json.schemes.map((each: { id: string }) => each.id)).toEqual([
      'sch:th:mae-sot-pilot',
      migrant,
      'sch:th:social-security',
    ]);
    expect(json.schemes[1].versions.map((each: { inForce: boolean }) => each.inForce)).toEqual([false, false, true]);
  },
);

test('a nurse reads them for cover; enforcement and nobody do not', async () => {
  expect((await as('nurse', `/api/cover/schemes/${migrant}`, undefined, 'COVERAGE')).json).toMatchObject({
    current: 3,
    versions: [{}, {}, { version: 3 }],
  });
  expect((await as('enforcement', '/api/cover/schemes')).status).toBe(404);
  expect((await corridor.th.call(undefined, 'GET', '/api/cover/schemes')).status).toBe(401);
  expect(await as('fund-manager', '/api/cover/schemes/sch:th:none')).toMatchObject({
    status: 404,
    code: 'schemes.unknown',
  });
});

describe('the calculator', () => {
  test('says the premium, its lines, who pays and when', async () => {
    const { json } = await quote({ ...one, on: '2025-06-01', instalments: 2 });
    expect(json).toMatchObject({
      version: 3,
      premium: { amount: '2100.00', currency: 'THB' },
      payers: [{ by: 'member', amount: { amount: '2100.00' } }],
      startsOn: '2025-06-01',
      expiresOn: '2026-05-31',
      instalments: [
        { due: '2025-06-01', amount: { amount: '1050.00' } },
        { due: '2025-11-30', amount: { amount: '1050.00' } },
      ],
    });
    expect((await quote({ ...one, on: '2025-06-01', instalments: 2 })).json).toEqual(json);
  });

  test('of a wage at the ceiling', async () => {
    const { json } = await quote({ ...one, on: '2026-02-01', months: 1, wage: '50000' }, 'sch:th:social-security');
    expect(json.payers).toEqual([
      { by: 'member', amount: { amount: '875.00', currency: 'THB' } },
      { by: 'employer', amount: { amount: '875.00', currency: 'THB' } },
      { by: 'government', amount: { amount: '481.25', currency: 'THB' } },
    ]);
  });

  test.each([
    [{ members: [] }, 422, 'schemes.no-members'],
    [{ members: [{ relation: 'holder', age: -1 }] }, 400, undefined],
    [{ members: [{ relation: 'holder', age: 1e9 }] }, 400, undefined],
    [{ members: [{ relation: 'boss', age: 30 }] }, 400, undefined],
    [{ ...one, on: '2026-02-31' }, 400, undefined],
    [{ ...one, on: '1999-01-01' }, 404, 'schemes.unknown'],
    [{ ...one, months: 0 }, 400, undefined],
    [{ ...one, months: 7 }, 422, 'schemes.no-length'],
    [{ ...one, days: 5 }, 422, 'schemes.no-length'],
    [{ ...one, wage: '-5' }, 400, undefined],
    [{ ...one, wage: '12.345' }, 400, undefined],
    [{ ...one, instalments: 60 }, 422, 'policy.too-many-instalments'],
    [{ ...one, nationality: 'MM' }, 400, undefined],
  ])('%j', async (body, status, code) => {
    const answer = await quote(body);
    expect([answer.status, code && answer.code]).toEqual([status, code]);
  });
});

describe('as FHIR', () => {
  test('each version is an InsurancePlan in the record, active, or retired when it is over', async () => {
    const { json } = await as('fund-manager', '/fhir/R4/InsurancePlan/th-migrant-health-insurance-3');
    expect(json).toMatchObject({ resourceType: 'InsurancePlan', status: 'active', period: { start: '2025-01-01' } });
    expect(json.plan[0].generalCost).toHaveLength(6);
    expect((await as('fund-manager', '/fhir/R4/InsurancePlan/th-social-security-1')).json.status).toBe('retired');
    expect((await as('enforcement', '/fhir/R4/InsurancePlan/th-social-security-1')).status).toBe(404);
  });

  test('the next start writes none of them again', async () => {
    const version = async () =>
      (await as('fund-manager', '/fhir/R4/InsurancePlan/th-mae-sot-pilot-1')).json.meta.versionId;
    const before = await version();
    const schemes = theSchemes().filter(({ country }) => country === 'TH');
    const node = { self: corridor.th.url, today: new Date().toISOString().slice(0, 10) };
    await ensurePlans(corridor.th.node.ownStore(), schemes, node);
    expect(await version()).toBe(before);
    await ensurePlans(corridor.th.node.ownStore(), [{ ...schemes[0]!, title: { en: 'Another name' } }], node);
    expect(await version()).not.toBe(before);
  });
});
