import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { CoverDatabase } from '../cover.tables.ts';

/** Cover on a card: put there from the record, believed abroad without asking home, and gone when the card is revoked. */

let corridor: Corridor;
let personId: string;
const tokens = new Map<string, string>();
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

async function as(node: TestNode, username: string, path: string, body: unknown, purpose?: string): Promise<Called> {
  const key = `${node.country}/${username}`;
  tokens.set(key, tokens.get(key) ?? (await node.token(username)));
  return node.call(tokens.get(key), 'POST', path, body, purpose ? { 'x-purpose-of-use': purpose } : {});
}

beforeAll(async () => {
  corridor = await openCorridor();
  const { th } = corridor;
  const registered = await as(th, 'nurse', '/api/persons', {
    requestId: randomUUID(),
    name: { text: 'Nobody at all' },
    birth: { kind: 'date', date: '1994-03-01' },
    sex: 'female',
    language: 'my',
    consents: [],
  });
  personId = registered.json.person?.id ?? registered.json.id;
  const db = th.node.database as unknown as CoverDatabase;
  const [from, to] = [days(-30), days(200)];
  await sql`insert into cover_member (member_id, member_number, person_id, name, name_key, birth_date, birth_precision, sex, entitlement, residence, created)
    values ('m', 'TH-77', ${personId}, 'Nobody at all', 'nobody', '1994-03-01', 'day', 'female', 'contract-worker', 'TH', now())`.execute(
    db,
  );
  await sql`insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on, effective_on, expires_on, premium_minor, currency, channel, created)
    values ('p', 'P-77', 'sch:th:migrant-health-insurance', 3, 'new', ${from}, ${from}, ${from}, ${to}, 0, 'THB', 'desk', now())`.execute(
    db,
  );
  await sql`insert into cover_policy_member (policy_id, member_id, scheme_id, relation, covered_from, covered_to, continuous_since)
    values ('p', 'm', 'sch:th:migrant-health-insurance', 'holder', ${from}, ${to}, ${from})`.execute(db);
});
afterAll(() => corridor.close());

const issue = (include: string[]) =>
  as(corridor.th, 'nurse', `/api/persons/${personId}/cards`, { requestId: randomUUID(), include });

test('without cover in the record, none is put on a card', async () => {
  const refused = await issue(['name', 'cover']);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('the record has no cover in force');
  expect((await issue(['name'])).status).toBe(201);
});

test('cover of the record is on the card, answers at home and abroad, and ends with the card', async () => {
  const { th, mm } = corridor;
  const kept = await as(th, 'enrolment-officer', '/fhir/R4/Coverage', {
    resourceType: 'Coverage',
    status: 'active',
    identifier: [{ value: 'TH-77' }],
    subscriberId: 'P-77',
    beneficiary: { reference: `Patient/${personId}` },
    period: { start: days(-30), end: days(200) },
    payor: [{ display: 'fund' }],
    class: [{ type: { coding: [{ code: 'plan' }] }, value: 'sch:th:migrant-health-insurance' }],
  });
  expect(kept.status).toBe(201);
  const issued = await issue(['name', 'cover']);
  expect(issued.status).toBe(201);
  const cover = {
    schemeId: 'sch:th:migrant-health-insurance',
    memberNumber: 'TH-77',
    from: days(-30),
    to: days(200),
    dependants: 0,
  };

  const printed = issued.json.printed.text;
  // A printed card with cover is still a code a cheap phone reads.
  expect(issued.json.printed.qrVersion).toBeLessThanOrEqual(15);

  const home = await as(th, 'nurse', '/api/cover/eligibility', { card: printed, code: 'CON-GENERAL' }, 'COVERAGE');
  expect(home.json).toMatchObject({
    covered: true,
    evidence: 'record',
    member: { memberNumber: 'TH-77', personId },
    card: { issuerCountry: 'TH', cover, covered: true },
    scheme: { reason: 0 },
  });

  await mm.node.trust.refresh();
  // The line home is down: the card and the lists on hand have to do.
  th.fault = { kind: 'down' };
  for (const card of [printed, issued.json.sdJwt]) {
    const abroad = await as(mm, 'nurse', '/api/cover/eligibility', { card }, 'COVERAGE');
    expect(abroad.json).toMatchObject({
      covered: true,
      evidence: 'card',
      card: { issuerCountry: 'TH', cover, covered: true },
    });
    expect(abroad.json.card.statusAgeSeconds).toBeGreaterThanOrEqual(0);
    expect(abroad.json.member).toBeUndefined();
  }
  const later = await as(mm, 'nurse', '/api/cover/eligibility', { card: printed, on: days(201) }, 'COVERAGE');
  expect(later.json).toMatchObject({ covered: false, basis: 'self-pay', card: { covered: false } });
  const emergency = await as(
    mm,
    'nurse',
    '/api/cover/eligibility',
    { card: printed, on: days(201), visit: 'emergency' },
    'COVERAGE',
  );
  expect(emergency.json).toMatchObject({ covered: true, basis: 'emergency', payer: { kind: 'country', id: 'MM' } });
  expect((await as(mm, 'enforcement', '/api/cover/eligibility', { card: printed })).status).toBe(404);
  th.fault = { kind: 'none' };

  const revoked = await as(th, 'nurse', '/api/cards/revoke', {
    requestId: randomUUID(),
    cardId: issued.json.cardId,
    reason: 'lost',
  });
  expect(revoked.status).toBe(200);
  await mm.node.trust.refresh();
  expect(await as(mm, 'nurse', '/api/cover/eligibility', { card: printed }, 'COVERAGE')).toMatchObject({
    code: 'card.revoked',
  });
  expect(await as(th, 'nurse', '/api/cover/eligibility', { card: printed }, 'COVERAGE')).toMatchObject({
    code: 'card.revoked',
  });
});

test('the kit of a device is for those who meet cards, and has nobody in it', async () => {
  const { th } = corridor;
  const asked = async (username: string) =>
    th.call(await th.token(username), 'GET', '/api/cover/eligibility/card-kit', undefined, {
      'x-purpose-of-use': 'COVERAGE',
    });
  const kit = await asked('nurse');
  expect(kit.status).toBe(200);
  expect(kit.json).toMatchObject({ country: 'TH', audience: th.url });
  expect(kit.json.statusLists.map((list: { uri: string }) => list.uri).sort()).toEqual(
    [`${th.url}/status-lists/1`, `${corridor.mm.url}/status-lists/1`].sort(),
  );
  expect(kit.json.keySets.length).toBe(2);
  expect(kit.text).not.toContain('TH-77');
  expect(kit.text).not.toMatch(/"d":/);
  for (const stranger of ['employer', 'enforcement', 'operator']) {
    expect([stranger, (await asked(stranger)).status]).toEqual([stranger, 404]);
  }
  expect((await th.call(undefined as never, 'GET', '/api/cover/eligibility/card-kit')).status).toBe(401);
});
