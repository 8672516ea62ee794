import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../../tests/corridor.ts';
import { claimBody, insured, payment } from '../../../../tests/cover-claims.ts';
import { personAccount } from '../../../../tests/person-account.ts';
import type { CoverDatabase } from '../../cover.tables.ts';

/** A member's own page: theirs alone, decided by the policies, and their word against how a claim was judged. */

const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
const numbers: Record<string, string> = {};

async function member(username: string, covered = true): Promise<void> {
  const made = await th.call(tokens.nurse, 'POST', '/api/persons', {
    requestId: randomUUID(),
    name: { text: username === 'ma-hla' ? 'Zanmira Holvek' : 'Brudon Kasheq' },
    birth: { kind: 'date', date: username === 'ma-hla' ? '1990-05-05' : '1961-11-20' },
    sex: username === 'ma-hla' ? 'female' : 'male',
    language: 'my',
    consents: [],
  });
  expect(made.status).toBe(201);
  if (covered) {
    numbers[username] = (await insured(th, { personId: made.json.id })).memberNumber;
  }
  await personAccount(th, { username, personId: made.json.id, secret: 'correct horse battery staple' });
  tokens[username] = await th.token(username);
}

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of [
    'nurse',
    'claims-officer',
    'enrolment-officer',
    'employer',
    'enforcement',
    'operator',
    'volunteer',
  ]) {
    tokens[name] = await th.token(name);
  }
  await member('ma-hla');
  await member('u-ba');
  await member('nobody-covered', false).catch(() => undefined);
});
afterAll(() => corridor.close());

const call = (who: string, method: string, path: string, body?: unknown, headers = {}): Promise<Called> =>
  th.call(tokens[who], method, path, body, headers);
const mine = (who: string) => call(who, 'GET', '/api/cover/mine');

async function claim(of: string, changes: Record<string, unknown> = {}): Promise<string> {
  const made = await call('nurse', 'POST', '/api/cover/claims', claimBody(numbers[of]!, changes), payment);
  expect(made.status).toBe(200);
  if (made.json.status === 'checked') {
    const body = { requestId: randomUUID(), act: 'bypass', claimIds: [made.json.claimId], reason: 'drawn by lot' };
    await call('claims-officer', 'POST', '/api/cover/claims/bulk', body, payment);
  }
  return made.json.claimId;
}

describe('one’s own page', () => {
  test('shows cover, what is left, and claims with their reasons; nothing of illness or of those who judged', async () => {
    const id = await claim('ma-hla');
    const page = await mine('ma-hla');
    expect(page.status).toBe(200);
    expect(page.json.member.memberNumber).toBe(numbers['ma-hla']);
    expect(page.json.policies[0]).toMatchObject({ standing: 'active', owed: { amount: '0.00', currency: 'THB' } });
    expect(page.json.policies[0].benefits.length).toBeGreaterThan(0);
    expect(page.json.policies[0].benefits.every((each: { en?: string }) => each.en)).toBe(true);
    const [own] = page.json.claims;
    expect(own).toMatchObject({
      claimId: id,
      status: 'valuated',
      paid: { amount: '60.00', currency: 'THB' },
      mayAppeal: true,
    });
    expect(own.lines).toHaveLength(2);
    expect(page.text).not.toContain('J06.9');
    expect(page.text).not.toContain('Practitioner/');
  });

  test('is one’s own: another sees theirs, and reaches nothing of the first', async () => {
    const id = await claim('ma-hla');
    const other = await mine('u-ba');
    expect(other.json.member.memberNumber).toBe(numbers['u-ba']);
    expect(other.json.claims).toEqual([]);
    expect(other.text).not.toContain(numbers['ma-hla']!);
    const why = { requestId: randomUUID(), reason: 'It was not so.' };
    expect((await call('u-ba', 'POST', `/api/cover/mine/claims/${id}/appeal`, why)).status).toBe(404);
    const word = { careRendered: true, paymentAsked: false, drugsPrescribed: true, drugsReceived: true, rating: 4 };
    const said = { requestId: randomUUID(), ...word };
    expect((await call('u-ba', 'POST', `/api/cover/mine/claims/${id}/feedback`, said)).status).toBe(404);
  });

  test.each(['nurse', 'claims-officer', 'enrolment-officer', 'employer', 'enforcement', 'operator', 'volunteer'])(
    '%s has none, for whatever purpose',
    async (who) => {
      for (const purpose of [undefined, 'HPAYMT', 'COVERAGE', 'PATRQT']) {
        const headers = purpose ? { 'x-purpose-of-use': purpose } : {};
        expect((await call(who, 'GET', '/api/cover/mine', undefined, headers)).status).toBe(404);
      }
    },
  );

  test('a person reaches nothing of the desks', async () => {
    const id = await claim('ma-hla');
    for (const [method, path, body] of [
      ['GET', `/api/cover/claims/${id}`, undefined],
      ['POST', '/api/cover/enrolment/queues/arrears', {}],
      ['POST', '/api/cover/enrolment/payments/list', {}],
      ['POST', '/api/cover/appeals/find', {}],
    ] as const) {
      for (const purpose of ['PATRQT', 'COVERAGE', 'HPAYMT']) {
        expect((await call('ma-hla', method, path, body, { 'x-purpose-of-use': purpose })).status).toBe(404);
      }
    }
    const me = await call('ma-hla', 'GET', '/api/me');
    expect(me.json.may).toEqual(['cover.mine']);
  });
});

describe('one’s own receipts and parts', () => {
  test('a receipt is opened by whose it is; nobody else’s is there, nor one of an employer', async () => {
    const made = await th.call(tokens.nurse, 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: 'Quittanza Morvel' },
      birth: { kind: 'date', date: '1984-04-04' },
      sex: 'female',
      language: 'my',
      consents: [],
    });
    const { policyId } = await insured(th, { personId: made.json.id });
    await personAccount(th, { username: 'payer', personId: made.json.id, secret: 'correct horse battery staple' });
    tokens.payer = await th.token('payer');
    const db = th.node.database as unknown as CoverDatabase;
    await sql`insert into cover_instalment (instalment_id, policy_id, number, due, grace_until, amount_minor, currency)
      values (${`${policyId}.9`}, ${policyId}, 9, current_date - 30, current_date - 15, 50000, 'THB')`.execute(db);
    const before = await mine('payer');
    // Unpaid past its grace: it rests, since when, for how much, and until when it can be taken up again.
    expect(before.json.policies[0]).toMatchObject({
      standing: 'suspended',
      owed: { amount: '500.00', currency: 'THB' },
      payBy: day(-15),
      endsOn: day(16),
      reminder: { kind: 'suspended', owed: { amount: '500.00' } },
    });
    const paid = await call(
      'enrolment-officer',
      'POST',
      '/api/cover/enrolment/payments',
      {
        requestId: randomUUID(),
        channel: 'cash',
        reference: 'at the desk',
        amount: { amount: '520.00', currency: 'THB' },
        policyId,
      },
      { 'x-purpose-of-use': 'COVERAGE' },
    );
    expect(paid.status).toBe(201);
    const page = await mine('payer');
    expect(page.json.policies[0]).toMatchObject({ standing: 'active', owed: { amount: '0.00' } });
    expect(page.json.policies[0].instalments.at(-1)).toMatchObject({
      number: 9,
      due: day(-30),
      graceUntil: day(-15),
      paid: { amount: '500.00' },
      owed: { amount: '0.00' },
    });
    const path = `/api/cover/mine/receipts/${paid.json.paymentId}`;
    const receipt = await call('payer', 'GET', path);
    expect(receipt.json).toMatchObject({
      amount: { amount: '520.00', currency: 'THB' },
      credit: { amount: '20.00' },
      channel: 'cash',
      reversed: false,
      scheme: { en: expect.any(String), my: expect.any(String) },
      lines: [{ number: 9, amount: { amount: '500.00' } }],
    });
    for (const who of ['ma-hla', 'u-ba', 'enrolment-officer', 'employer', 'nurse', 'enforcement', 'volunteer']) {
      expect((await call(who, 'GET', path)).status).toBe(404);
    }
    expect((await call('payer', 'GET', '/api/cover/mine/receipts/none')).status).toBe(404);
    await sql`insert into cover_group (group_id, kind, name, country, created)
      values ('g-of-many', 'employer', 'Works', 'TH', now())`.execute(db);
    await sql`update cover_payment set group_id = 'g-of-many' where payment_id = ${paid.json.paymentId}`.execute(db);
    expect((await call('payer', 'GET', path)).status).toBe(404);
  });
});

describe('one’s own word', () => {
  test('an appeal is opened once on the member’s behalf, and its answer is seen', async () => {
    const id = await claim('ma-hla');
    const body = { requestId: randomUUID(), reason: 'I paid the medicine myself.' };
    const path = `/api/cover/mine/claims/${id}/appeal`;
    const opened = await call('ma-hla', 'POST', path, body);
    expect(opened.status).toBe(200);
    expect((await call('ma-hla', 'POST', path, body)).json).toEqual(opened.json);
    expect(await call('ma-hla', 'POST', path, { ...body, requestId: randomUUID() })).toMatchObject({
      code: 'claims.appeal-open',
    });
    const seen = () =>
      mine('ma-hla').then((page) => page.json.claims.find((each: { claimId: string }) => each.claimId === id));
    expect(await seen()).toMatchObject({ appeal: { state: 'open' }, mayAppeal: false });
    const decided = await call(
      'claims-officer',
      'POST',
      `/api/cover/appeals/${opened.json.appealId}/decide`,
      { requestId: randomUUID(), grant: false, text: 'The medicine was on the bill.' },
      payment,
    );
    expect(decided.status).toBe(200);
    expect(await seen()).toMatchObject({ appeal: { state: 'upheld', decision: 'The medicine was on the bill.' } });
  });

  test('how the care was is said once, where it was asked', async () => {
    const id = await claim('ma-hla');
    const path = `/api/cover/mine/claims/${id}/feedback`;
    const answers = { careRendered: true, paymentAsked: false, drugsPrescribed: true, drugsReceived: true, rating: 5 };
    const say = (over: object = {}) => call('ma-hla', 'POST', path, { requestId: randomUUID(), ...answers, ...over });
    await call('claims-officer', 'POST', `/api/cover/claims/${id}/ask-feedback`, { requestId: randomUUID() }, payment);
    expect((await say({ rating: 6 })).status).toBe(400);
    expect((await say({ careRendered: 'yes' })).status).toBe(400);
    expect((await say()).status).toBe(200);
    expect((await say()).code).toBe('claims.feedback-given');
  });

  test('no reason, no claim', async () => {
    const id = await claim('ma-hla');
    const empty = { requestId: randomUUID(), reason: ' ' };
    expect((await call('ma-hla', 'POST', `/api/cover/mine/claims/${id}/appeal`, empty)).status).toBe(400);
    const none = { requestId: randomUUID(), reason: 'because' };
    expect((await call('ma-hla', 'POST', '/api/cover/mine/claims/none/appeal', none)).status).toBe(404);
  });
});
