import { randomUUID } from 'node:crypto';
import { readCoverFact } from '@serai/kernel/trust/card-cover.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { cover, dayBefore, scheme } from '../../tests/cover-claims.ts';

/** What a card says of cover is what the person's own policies say: nobody who issues one can tell it otherwise. */

let corridor: Corridor;
let th: TestNode;
let nurse: string;
let officer: string;

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  nurse = await th.token('nurse');
  officer = await th.token('enrolment-officer');
});
afterAll(() => corridor?.close());

const card = (personId: string, body: object) =>
  th.call(nurse, 'POST', `/api/persons/${personId}/cards`, { requestId: randomUUID(), include: ['cover'], ...body });

async function registered(name: string): Promise<string> {
  const person = await th.call(nurse, 'POST', '/api/persons', {
    ...{ requestId: randomUUID(), name: { text: name }, birth: { kind: 'year', year: 1990 }, sex: 'female' },
    ...{ language: 'en', consents: [{ purpose: 'COC', decision: 'permit' }] },
  });
  expect(person.status).toBe(201);
  return person.json.id;
}

/** Enrols whoever the card is of, and pays what is owed. */
async function enrolled(name: string, personId: string): Promise<{ memberNumber: string; policyId: string }> {
  const shown = await card(personId, { include: [] });
  const newMember = { name, birth: { kind: 'year', year: 1990 }, sex: 'female', entitlement: 'contract-worker' };
  const members = [{ relation: 'holder', newMember: { ...newMember, residence: 'TH', card: shown.json.printed.text } }];
  const call = (path: string, body?: object) =>
    th.call(officer, body ? 'POST' : 'GET', `/api/cover/enrolment${path}`, body, cover);
  const policy = await call('/policies', { requestId: randomUUID(), schemeId: scheme, members });
  expect(policy.status, policy.text).toBe(201);
  const before = (await call(`/members/${policy.json.memberIds[0]}`)).json;
  const paid = await call('/payments', {
    ...{ requestId: randomUUID(), policyId: policy.json.policyId, channel: 'cash', reference: randomUUID() },
    amount: before.policies[0].owed,
  });
  expect(paid.status, paid.text).toBe(201);
  return { memberNumber: before.member.memberNumber, policyId: policy.json.policyId };
}

test('cover that is told with the card is refused, whatever it says, and no card is made', async () => {
  const personId = await registered('Velgim Oprast');
  for (const told of ['Insured', '{"scheme":"sch:th:migrant-health-insurance"}', '', null, 5]) {
    const refused = await card(personId, { cover: told });
    expect([told, refused.status]).toEqual([told, 400]);
    expect(refused.json.issue[0].expression).toEqual(['cover']);
    expect((await card(personId, { include: [], cover: told })).status).toBe(400);
  }
  expect((await th.call(nurse, 'GET', `/api/persons/${personId}/cards`)).json.cards).toEqual([]);
});

test('without a policy of her own there is no cover to put on a card; with one it is that and nothing else', async () => {
  const [own, other] = [await registered('Mirtuk Sandov'), await registered('Zephul Karbin')];
  const { memberNumber } = await enrolled('Mirtuk Sandov', own);
  const issued = await card(own, {});
  expect(issued.status, issued.text).toBe(201);
  expect(readCoverFact(JSON.parse(issued.json.claims.cover))).toMatchObject({ schemeId: scheme, memberNumber });
  const refused = await card(other, {});
  expect([refused.status, refused.json.issue[0].expression]).toEqual([400, ['cover']]);
});

test('once her policy has ended, a new card does not say she is covered', async () => {
  const personId = await registered('Orbast Fimwel');
  const { policyId } = await enrolled('Orbast Fimwel', personId);
  expect((await card(personId, {})).status).toBe(201);
  const ended = await th.call(
    officer,
    'POST',
    `/api/cover/enrolment/policies/${policyId}/end`,
    { requestId: randomUUID(), lastDay: dayBefore(1), because: 'mistake' },
    cover,
  );
  expect(ended.status, ended.text).toBe(200);
  expect((await card(personId, {})).status).toBe(400);
});
