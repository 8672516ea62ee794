import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { signMessage } from '@serai/kernel/trust/messages.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../corridor.ts';

/** Two funds, two databases, and what they owe each other, over months and a line that is cut for days. */
let corridor: Corridor;

/** Moves every clock; what nodes know of each other is renewed, as it is while time passes. */
async function day(text: string): Promise<void> {
  vi.setSystemTime(new Date(`${text}T08:00:00Z`));
  await corridor?.renewTrust();
}
const agreement = 'agr:MM-TH:cover';
const cover = { 'x-purpose-of-use': 'COVERAGE' };
const payment = { 'x-purpose-of-use': 'HPAYMT' };

/** Someone with a card and a policy in force at home. */
interface Insured {
  readonly personId: string;
  readonly memberId: string;
  readonly card: string;
}

const tables = (node: TestNode) => node.node.database as unknown as CoverDatabase;

async function insured(node: TestNode, covered = true): Promise<Insured> {
  const nurse = await node.token('nurse');
  const traits = {
    name: { text: `မအေးအေး ${randomUUID().slice(0, 8)}` },
    birth: { kind: 'year', year: 1991 },
    sex: 'female',
  };
  const alike = await node.call(nurse, 'POST', '/api/persons/duplicates', traits);
  const person = await node.call(nurse, 'POST', '/api/persons', {
    ...traits,
    requestId: randomUUID(),
    language: 'my',
    consents: [{ purpose: 'COC', decision: 'permit' }],
    notDuplicatesOf: alike.json.candidates.map((candidate: any) => candidate.person.id),
  });
  expect(person.status).toBe(201);
  const personId = person.json.id as string;
  const card = await node.call(nurse, 'POST', `/api/persons/${personId}/cards`, {
    requestId: randomUUID(),
    include: [],
  });
  expect(card.status).toBe(201);
  const memberId = randomUUID();
  if (covered) {
    await coveredBy(node, personId, memberId);
  }
  return { personId, memberId, card: card.json.printed.text };
}

async function coveredBy(node: TestNode, personId: string, memberId: string): Promise<void> {
  const scheme = node.country === 'MM' ? 'sch:mm:workers-abroad' : 'sch:th:migrant-health-insurance';
  const created = new Date();
  const policyId = randomUUID();
  const db = tables(node);
  await db
    .insertInto('cover_member')
    .values({
      member_id: memberId,
      member_number: `M-${memberId.slice(0, 8)}`,
      person_id: personId,
      name: 'Aye Aye',
      name_key: 'aye aye',
      group_id: null,
      group_reference: null,
      birth_date: '1991-01-01',
      birth_precision: 'year',
      sex: 'female',
      entitlement: 'any',
      residence: node.country,
      phone: null,
      wage_minor: null,
      enrolled_by: null,
      created,
    })
    .execute();
  await db
    .insertInto('cover_policy')
    .values({
      policy_id: policyId,
      policy_number: `P-${policyId.slice(0, 8)}`,
      scheme_id: scheme,
      scheme_version: 1,
      group_id: null,
      stage: 'new',
      renewal_of: null,
      enrolled_on: '2026-01-01',
      starts_on: '2026-01-01',
      effective_on: '2026-01-01',
      expires_on: '2027-12-31',
      ended_on: null,
      ended_because: null,
      premium_minor: 0n,
      currency: node.country === 'MM' ? 'MMK' : 'THB',
      channel: 'desk',
      campaign: null,
      created,
    })
    .execute();
  await db
    .insertInto('cover_policy_member')
    .values({
      policy_id: policyId,
      member_id: memberId,
      scheme_id: scheme,
      relation: 'holder',
      covered_from: '2026-01-01',
      covered_to: '2027-12-31',
      continuous_since: '2026-01-01',
    })
    .execute();
}

async function ask(at: TestNode, of: Insured, over: Record<string, unknown> = {}) {
  const body = { requestId: randomUUID(), card: of.card, visit: 'other', ...over };
  return at.call(await at.token('doctor'), 'POST', '/api/cover/settlement/eligibility', body, cover);
}

async function claim(at: TestNode, eligibility: string | undefined, over: Record<string, unknown> = {}) {
  const body = {
    requestId: randomUUID(),
    ...(eligibility && { eligibility }),
    claimNumber: `C-${randomUUID().slice(0, 8)}`,
    visit: 'other',
    care: 'out-patient',
    from: new Date().toISOString().slice(0, 10),
    to: new Date().toISOString().slice(0, 10),
    diagnoses: ['B54'],
    currency: 'THB',
    lines: [
      { code: 'OPD-VISIT', quantity: '1', unitPrice: '350.00' },
      { code: 'MALARIA-RDT', quantity: '1', unitPrice: '60.00' },
      { code: 'AMOXICILLIN-500', quantity: '20', unitPrice: '2.00' },
    ],
    ...over,
  };
  return at.call(await at.token('doctor'), 'POST', '/api/cover/settlement/claims', body, payment);
}

const post = async (node: TestNode, username: string, path: string, body: Record<string, unknown>) =>
  node.call(await node.token(username), 'POST', `/api/cover/settlement${path}`, { requestId: randomUUID(), ...body });
const get = async (node: TestNode, username: string, path: string) =>
  node.call(await node.token(username), 'GET', `/api/cover/settlement${path}`);

/** Both nodes work until nothing more is on its way. */
async function exchange(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await corridor.th.node.work();
    await corridor.mm.node.work();
  }
}

/** What stands on an account of the partner, on its normal side, by currency; zero balances left out. */
async function balances(node: TestNode, code: 'due-from-partner' | 'due-to-partner'): Promise<Record<string, bigint>> {
  const all = await accountBalances(node.node.database as never, { prefix: 'fund:' });
  const found: Record<string, bigint> = {};
  for (const each of all.filter((account) => account.code === code)) {
    const minor = each.debitsPosted - each.creditsPosted;
    const normal = code === 'due-from-partner' ? minor : -minor;
    if (normal !== 0n) {
      found[each.currency] = (found[each.currency] ?? 0n) + normal;
    }
  }
  return found;
}

async function expectMirrored(): Promise<void> {
  expect(await balances(corridor.th, 'due-from-partner')).toEqual(await balances(corridor.mm, 'due-to-partner'));
  expect(await balances(corridor.mm, 'due-from-partner')).toEqual(await balances(corridor.th, 'due-to-partner'));
}

async function enterRates(on: string, over: Record<string, string> = {}): Promise<void> {
  for (const node of [corridor.th, corridor.mm]) {
    for (const [from, value] of Object.entries({ THB: '0.0285', MMK: '0.00047619', ...over })) {
      const entered = await post(node, 'fund-manager', '/rates', {
        ...{ from, to: 'USD', day: on, source: 'central-bank-mid', value, at: `${on}T10:00:00Z` },
      });
      expect(entered.status).toBe(200);
    }
  }
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
  corridor = await openCorridor();
});
afterAll(async () => {
  await corridor?.close();
  vi.useRealTimers();
});
afterEach(() => {
  corridor.mm.fault = { kind: 'none' };
  corridor.th.fault = { kind: 'none' };
});

describe('covered on the other side of the border', () => {
  test('the home fund answers: benefits, limits, an authorisation, logged on both sides and told to the person', async () => {
    const person = await insured(corridor.mm);
    const answer = await ask(corridor.th, person);
    expect(answer.json).toMatchObject({
      covered: true,
      partner: 'MM',
      clause: `${agreement}#art-3-1`,
      until: '2026-08-09',
    });
    expect(answer.json.authorisation).toMatch(/^A-[A-Z2-9]{12}$/);
    const necessary = answer.json.benefits.find((benefit: any) => benefit.id === 'necessary');
    expect(necessary).toMatchObject({ insuredPaysPercent: 10 });
    expect(necessary.caps).toContainEqual({ amount: '60000.00', currency: 'THB', per: 'year', left: '60000.00' });
    // The person's name, number and home ids stay at home.
    expect(answer.text).not.toContain(person.memberId);
    expect(answer.text).not.toContain(person.personId);

    await exchange();
    const nurse = await corridor.mm.token('nurse');
    const { json } = await corridor.mm.call(nurse, 'GET', `/api/persons/${person.personId}/disclosures`);
    expect(json.disclosures).toContainEqual(
      expect.objectContaining({ direction: 'abroad', outcome: 'permitted', country: 'TH', purpose: 'COVERAGE' }),
    );
  });

  test('asked again under the same id, it is one authorisation', async () => {
    const person = await insured(corridor.mm);
    const requestId = randomUUID();
    const [first, second] = [
      await ask(corridor.th, person, { requestId }),
      await ask(corridor.th, person, { requestId }),
    ];
    expect(second.json.authorisation).toBe(first.json.authorisation);
    const given = await tables(corridor.mm)
      .selectFrom('settlement_authorisation')
      .select('reference')
      .where('request_id', '=', requestId)
      .execute();
    expect(given).toHaveLength(1);
  });

  test('someone without cover: no, and not a word why', async () => {
    const person = await insured(corridor.mm, false);
    const answer = await ask(corridor.th, person);
    expect(answer.json).toMatchObject({ covered: false, because: 'not-covered', benefits: [] });
    expect(answer.json.authorisation).toBeUndefined();
  });

  test('another person’s member number does not open anything', async () => {
    const [one, other] = [await insured(corridor.mm), await insured(corridor.mm)];
    expect((await ask(corridor.th, one, { memberNumber: `M-${other.memberId.slice(0, 8)}` })).code).toBe(
      'settlement.person-unknown',
    );
    expect((await ask(corridor.th, one, { memberNumber: `M-${one.memberId.slice(0, 8)}` })).json.covered).toBe(true);
  });

  test('consent withdrawn for this country closes it', async () => {
    const person = await insured(corridor.mm);
    const nurse = await corridor.mm.token('nurse');
    await corridor.mm.call(nurse, 'POST', `/api/persons/${person.personId}/consents`, {
      ...{ requestId: randomUUID(), purpose: 'COC', decision: 'deny', country: 'TH' },
    });
    expect((await ask(corridor.th, person)).code).toBe('settlement.consent-withdrawn');
  });

  test.each([
    ['the partner is down', { kind: 'down' }, 'settlement.partner-unreachable'],
    ['it answers 500', { kind: 'answer', status: 500, body: 'oops' }, 'settlement.partner-unreachable'],
    ['it answers a page', { kind: 'answer', status: 200, body: '<html>login</html>' }, 'settlement.bad-answer'],
    [
      'the answer was changed on the way',
      {
        kind: 'rewrite',
        only: '/exchange/eligibility',
        rewrite: (body: string) => {
          const [header, payload, signature] = body.split('.') as [string, string, string];
          const changed = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
          changed.body.until = '2036-01-01';
          return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
        },
      },
      'settlement.bad-signature',
    ],
  ] as const)('%s: a sentence, and nothing kept', async (_, fault, code) => {
    const person = await insured(corridor.mm);
    corridor.mm.fault = fault as never;
    const requestId = randomUUID();
    const refused = await ask(corridor.th, person, { requestId });
    expect(refused.code).toBe(code);
    expect(refused.json.issue[0].details.text.length).toBeGreaterThan(20);
    const kept = await tables(corridor.th)
      .selectFrom('settlement_eligibility')
      .select('request_id')
      .where('request_id', '=', requestId)
      .execute();
    expect(kept).toEqual([]);
  });

  test('a card of this country, and enforcement', async () => {
    const own = await insured(corridor.th);
    expect((await ask(corridor.th, own)).code).toBe('settlement.own-country');
    const person = await insured(corridor.mm);
    const officer = await corridor.th.token('enforcement');
    const body = { requestId: randomUUID(), card: person.card, visit: 'other' };
    expect((await corridor.th.call(officer, 'POST', '/api/cover/settlement/eligibility', body, cover)).status).toBe(
      404,
    );
  });
});

describe('from care to money', () => {
  let claimId: string;
  let statementId: string;

  test('claimed by the agreed prices, on the books at once', async () => {
    const person = await insured(corridor.mm);
    const { json } = await ask(corridor.th, person);
    const entered = await claim(corridor.th, json.requestId);
    expect(entered.status).toBe(201);
    // 300 of 350, 60, 20 × 2; a tenth is paid by the insured.
    expect(entered.json).toMatchObject({ claimed: '360.00', currency: 'THB' });
    claimId = entered.json.claimId;
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ THB: 36_000n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({});
  });

  test.each([
    ['another currency', { currency: 'USD' }, 'settlement.wrong-currency'],
    ['a day to come', { to: '2026-05-12' }, 'settlement.days-not-allowed'],
    ['care before the authorisation', { from: '2026-05-01' }, 'settlement.not-authorised'],
    [
      'nothing that is covered',
      { lines: [{ code: 'HOTEL', quantity: '1', unitPrice: '10.00' }] },
      'settlement.nothing-to-claim',
    ],
  ] as const)('refused and not on the books: %s', async (_, over, code) => {
    const before = await balances(corridor.th, 'due-from-partner');
    const { json } = await ask(corridor.th, await insured(corridor.mm));
    expect((await claim(corridor.th, json.requestId, over)).code).toBe(code);
    expect(await balances(corridor.th, 'due-from-partner')).toEqual(before);
  });

  test('another facility’s authorisation is not one', async () => {
    const { json } = await ask(corridor.th, await insured(corridor.mm));
    const nurse = await corridor.th.token('hospital-nurse');
    const body = {
      ...{
        requestId: randomUUID(),
        eligibility: json.requestId,
        claimNumber: 'X',
        visit: 'other',
        care: 'out-patient',
      },
      ...{ from: '2026-05-10', to: '2026-05-10', diagnoses: ['B54'], currency: 'THB' },
      lines: [{ code: 'OPD-VISIT', quantity: '1', unitPrice: '300.00' }],
    };
    const refused = await corridor.th.call(nurse, 'POST', '/api/cover/settlement/claims', body, payment);
    expect(refused.code).toBe('settlement.not-authorised');
  });

  test('the partner is down for three days: the batch waits, and arrives once', async () => {
    corridor.mm.fault = { kind: 'down' };
    expect((await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' })).json).toMatchObject({ sent: 1 });
    for (const date of ['2026-05-10', '2026-05-11', '2026-05-12', '2026-05-13']) {
      await day(date);
      await corridor.th.node.work();
    }
    expect(await tables(corridor.mm).selectFrom('settlement_claim').select('claim_id').execute()).toEqual([]);
    const waiting = (await get(corridor.th, 'fund-manager', '/partners')).json.partners[0];
    expect(waiting).toMatchObject({
      country: 'MM',
      waitingMessages: 1,
      dueFrom: [{ amount: '360.00', currency: 'THB' }],
    });
    corridor.mm.fault = { kind: 'none' };
    await day('2026-05-14');
    await exchange();
    const { json } = await get(corridor.mm, 'claims-officer', '/claims?side=debtor&waiting=ours');
    expect(json.claims).toHaveLength(1);
    expect(json.claims[0]).toMatchObject({ claimId, partner: 'TH', claimed: { amount: '360.00', currency: 'THB' } });
    expect(json.claims[0].lines.map((line: any) => line.proposed.state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(JSON.stringify(json.claims[0])).not.toContain('Aye');
  });

  test('decided line by line at home: one disputed, the rest as proposed', async () => {
    const moves = [
      { claimId, line: 2, state: 'disputed', reason: 'not-needed', note: 'Which result did the test have?' },
    ];
    expect((await post(corridor.mm, 'enrolment-officer', '/moves', { moves })).status).toBe(404);
    expect((await post(corridor.mm, 'claims-officer', '/moves', { moves })).json).toEqual({ moved: 1 });
    expect((await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' })).json).toEqual({ moved: 2 });
    await exchange();
    const { json } = await get(corridor.th, 'claims-officer', `/claims/${claimId}`);
    expect(json.lines.map((line: any) => [line.state, line.amount.amount])).toEqual([
      ['accepted', '270.00'],
      ['disputed', '0.00'],
      ['accepted', '36.00'],
    ]);
    expect(json.lines[1].note).toBe('Which result did the test have?');
    // The disputed line stands with the creditor only.
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ THB: 36_000n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ THB: 30_600n });
  });

  test('care the other way: in kyat, answered in Thailand', async () => {
    const person = await insured(corridor.th);
    const { json } = await ask(corridor.mm, person);
    expect(json).toMatchObject({ covered: true, partner: 'TH' });
    const entered = await claim(corridor.mm, json.requestId, {
      currency: 'MMK',
      lines: [{ code: 'CHEST-XRAY', quantity: '1', unitPrice: '15000.00' }],
    });
    expect(entered.json).toMatchObject({ claimed: '13500.00', currency: 'MMK' });
    await post(corridor.mm, 'claims-officer', '/send', { partner: 'TH' });
    await exchange();
    expect((await post(corridor.th, 'claims-officer', '/decide', { partner: 'MM' })).json).toEqual({ moved: 1 });
    await exchange();
    expect(await balances(corridor.th, 'due-to-partner')).toEqual({ MMK: 1_350_000n });
    expect(await balances(corridor.mm, 'due-from-partner')).toEqual({ MMK: 1_350_000n });
  });

  test('a statement only of a period that is over, with rates that are known', async () => {
    const propose = (period: string) =>
      post(corridor.th, 'fund-manager', '/statements', { partner: 'MM', agreement, period });
    expect((await propose('2026-Q2')).code).toBe('settlement.period-open');
    await day('2026-07-05');
    expect((await propose('2026-Q2')).code).toBe('settlement.rate-missing');
    expect(
      (await post(corridor.th, 'claims-officer', '/statements', { partner: 'MM', agreement, period: '2026-Q2' }))
        .status,
    ).toBe(404);
    await enterRates('2026-06-30');
    const other = await post(corridor.th, 'fund-manager', '/rates', {
      ...{
        from: 'THB',
        to: 'USD',
        day: '2026-06-30',
        source: 'central-bank-mid',
        value: '0.03',
        at: '2026-06-30T11:00:00Z',
      },
    });
    expect(other.code).toBe('settlement.rate-differs');
    const proposed = await propose('2026-Q2');
    expect(proposed.status).toBe(200);
    statementId = proposed.json.statementId;
    expect((await propose('2026-Q2')).code).toBe('settlement.statement-open');
  });

  test('the other checks it against its own rows and signs the very same text', async () => {
    await exchange();
    const { json } = await get(corridor.mm, 'fund-manager', `/statements/${statementId}`);
    expect(json.state).toBe('proposed');
    expect(json.document.lines).toHaveLength(3);
    expect(json.document.isolated).toEqual([
      expect.objectContaining({ claimId, line: 2, state: 'disputed', claimed: '54.00' }),
    ]);
    // 306.00 THB × 0.0285 = 8.72; 13,500 MMK × 0.00047619 = 6.43; net 2.29 from MM to TH.
    expect(json.document.gross).toEqual([
      expect.objectContaining({ creditor: 'MM', currency: 'MMK', amount: '13500.00', converted: '6.43' }),
      expect.objectContaining({ creditor: 'TH', currency: 'THB', amount: '306.00', converted: '8.72' }),
    ]);
    expect(json.document.gross[1].rate).toMatchObject({
      value: '0.0285',
      source: 'central-bank-mid',
      day: '2026-06-30',
    });
    expect(json.document.payments).toEqual([{ from: 'MM', to: 'TH', amount: '2.29' }]);
    expect(json.document.dueBy).toBe('2027-01-05');

    const signed = await post(corridor.mm, 'fund-manager', '/statements/sign', { statementId });
    expect(signed.json).toMatchObject({ state: 'signed', differences: [] });
    await exchange();
    const here = (await get(corridor.th, 'fund-manager', `/statements/${statementId}`)).json;
    const there = (await get(corridor.mm, 'fund-manager', `/statements/${statementId}`)).json;
    expect(here.state).toBe('signed');
    expect(here.document).toEqual(there.document);
    expect([here.signedByUs, here.signedByThem]).toEqual([there.signedByThem, there.signedByUs]);
    // Exchanged and set off: what is left is the payment, and the disputed line.
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ USD: 229n, THB: 5_400n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 229n });
    expect(await balances(corridor.th, 'due-to-partner')).toEqual({});
    expect(await balances(corridor.mm, 'due-from-partner')).toEqual({});
  });

  test('paid late, with interest by the clause, on both ledgers', async () => {
    await day('2027-02-15');
    await exchange();
    // Interest of the whole month is on both books before anyone pays: 2.29 × 6 % × 26/365 days = 0.01.
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 230n });
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ USD: 230n, THB: 5_400n });
    const pay = (amount: string, node = corridor.mm) =>
      post(node, 'fund-manager', '/paid', { statementId, paidOn: '2027-02-15', reference: 'BT-1', amount });
    expect((await pay('2.29')).code).toBe('settlement.payment-differs');
    expect((await pay('2.31', corridor.th)).code).toBe('settlement.not-payer');
    // 41 days late: 2.29 × 0.06 × 41/365 = 0.0154.
    expect((await pay('2.31')).json).toEqual({ state: 'paid' });
    expect((await pay('2.31')).code).toBe('settlement.statement-state');
    await exchange();
    const receive = await post(corridor.th, 'fund-manager', '/received', {
      statementId,
      receivedOn: '2027-02-15',
      amount: '2.31',
    });
    expect(receive.json).toEqual({ state: 'settled' });
    await exchange();
    expect((await get(corridor.mm, 'fund-manager', `/statements/${statementId}`)).json.state).toBe('settled');
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ THB: 5_400n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({});
  });

  test('the disputed line is contested, accepted, and settled in the next statement', async () => {
    const contest = { moves: [{ claimId, line: 2, state: 'contested', note: 'Positive, treated the same day.' }] };
    expect((await post(corridor.th, 'claims-officer', '/moves', contest)).json).toEqual({ moved: 1 });
    await exchange();
    expect((await post(corridor.th, 'claims-officer', '/moves', contest)).code).toBe('settlement.move-not-allowed');
    const accept = { moves: [{ claimId, line: 2, state: 'accepted' }] };
    expect((await post(corridor.mm, 'claims-officer', '/moves', accept)).json).toEqual({ moved: 1 });
    await exchange();
    await expectMirrored();
    await enterRates('2026-12-31');
    const proposed = await post(corridor.mm, 'fund-manager', '/statements', {
      partner: 'TH',
      agreement,
      period: '2026-Q4',
    });
    await exchange();
    const signed = await post(corridor.th, 'fund-manager', '/statements/sign', proposed.json);
    expect(signed.json).toMatchObject({ state: 'signed' });
    await exchange();
    await expectMirrored();
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 154n });
  });
});

/** Claims of someone insured in Myanmar, sent and answered; dated as the clock stands. */
async function settledReady(lines: readonly { code: string; quantity: string; unitPrice: string }[]): Promise<string> {
  const { json } = await ask(corridor.th, await insured(corridor.mm));
  expect(json).toMatchObject({ covered: true });
  const entered = await claim(corridor.th, json.requestId, { lines });
  expect(entered.status).toBe(201);
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  await exchange();
  await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' });
  await exchange();
  return entered.json.claimId as string;
}

const visit = { code: 'OPD-VISIT', quantity: '1', unitPrice: '300.00' };

describe('what goes wrong between two funds', () => {
  /** The body of the next message of a kind to Myanmar, as signed. */
  async function recorded(kind: string, act: () => Promise<unknown>): Promise<string> {
    await act();
    const row = await tables(corridor.th)
      .selectFrom('settlement_message')
      .select('body')
      .where('kind', '=', kind)
      .orderBy('created', 'desc')
      .executeTakeFirstOrThrow();
    return row.body;
  }
  const jose = { 'content-type': 'application/jose' };
  /** Signs a body as Thailand's fund would, and posts it to Myanmar. */
  async function sentAs(body: unknown, kind: 'settlement' | 'notice' = 'settlement', as: 'payer' | 'care' = 'payer') {
    const now = Math.floor(Date.now() / 1000);
    const key = signingKey(corridor.th.node.keySet(), 'message', now, as);
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const message = { kind, from: corridor.th.url, to: corridor.mm.url, body: body as object };
    const { text } = await signMessage(message, key, now, random);
    return corridor.mm.call(undefined, 'POST', '/exchange/settlement', text, jose);
  }

  test('a message not signed by a partner, signed as another kind, or by another class', async () => {
    expect((await corridor.mm.call(undefined, 'POST', '/exchange/settlement', 'a.b.c', jose)).status).toBe(400);
    await day('2027-04-10');
    const body = JSON.parse(await recorded('claims', () => settledReady([visit])));
    expect((await sentAs(body, 'notice')).code).toBe('message.unreadable');
    expect((await sentAs(body, 'settlement', 'care')).code).toBe('settlement.refused');
  });

  test('the same message again, and the same claims in a new message: nothing is doubled', async () => {
    const before = await balances(corridor.mm, 'due-to-partner');
    const body = JSON.parse(await recorded('claims', () => settledReady([visit])));
    const after = await balances(corridor.mm, 'due-to-partner');
    expect(after.THB! - (before.THB ?? 0n)).toBe(27_000n);
    expect((await sentAs(body)).json).toEqual({ applied: false });
    expect((await sentAs({ ...body, messageId: randomUUID() })).json).toEqual({ applied: true });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual(after);
    const { json } = await get(corridor.mm, 'claims-officer', '/claims?side=debtor&waiting=ours');
    expect(json.total).toBe(0);
  });

  test('claims in another currency, of another country’s facility, or under another text of the agreement', async () => {
    const body = JSON.parse(await recorded('claims', async () => {}));
    const anew = (over: Record<string, unknown>) => ({
      ...body,
      messageId: randomUUID(),
      claims: [{ ...body.claims[0], claimId: randomUUID(), claimNumber: randomUUID(), ...over }],
    });
    expect((await sentAs(anew({ currency: 'USD' }))).code).toBe('settlement.wrong-currency');
    expect((await sentAs(anew({ provider: 'MM:myawaddy-clinic' }))).code).toBe('settlement.wrong-currency');
    const other = { ...body, messageId: randomUUID(), agreement: { ...body.agreement, version: 2 } };
    expect((await sentAs(other)).code).toBe('settlement.agreement-differs');
    const negative = anew({ lines: body.claims[0].lines.map((line: any) => ({ ...line, claimed: '-1.00' })) });
    expect((await sentAs(negative)).code).toBe('settlement.amount-not-allowed');
    const early = { messageId: randomUUID(), agreement: body.agreement, kind: 'moves' };
    const move = { claimId: randomUUID(), line: 1, turn: 1, state: 'contested', amount: '0.00', reason: '' };
    expect((await sentAs({ ...early, moves: [move] })).code).toBe('settlement.out-of-order');
  });

  test('a claim past its deadline is refused here, and disputed there if it comes all the same', async () => {
    const { json } = await ask(corridor.th, await insured(corridor.mm));
    const refused = await claim(corridor.th, json.requestId, { lines: [visit], from: '2026-03-01', to: '2026-03-01' });
    expect(refused.code).toBe('settlement.not-authorised');
    const body = JSON.parse(await recorded('claims', async () => {}));
    const [late] = body.claims;
    const claims = [{ ...late, claimId: randomUUID(), claimNumber: 'late', from: '2026-03-02', to: '2026-03-02' }];
    expect((await sentAs({ ...body, messageId: randomUUID(), claims })).json).toEqual({ applied: true });
    const { json: waiting } = await get(corridor.mm, 'claims-officer', '/claims?waiting=ours');
    expect(waiting.claims[0].lines[0].proposed).toMatchObject({ state: 'disputed', reason: 'too-late' });
    await tables(corridor.mm).deleteFrom('settlement_line').where('claim_id', '=', claims[0].claimId).execute();
    await tables(corridor.mm).deleteFrom('settlement_claim').where('claim_id', '=', claims[0].claimId).execute();
  });

  test('a statement that was changed is not taken; one with other amounts is answered line by line', async () => {
    await day('2027-07-02');
    await enterRates('2027-06-30');
    const propose = () =>
      post(corridor.th, 'fund-manager', '/statements', { partner: 'MM', agreement, period: '2027-Q2' });
    // The other holds another amount for a line, as after a restored backup.
    const line = await tables(corridor.mm)
      .selectFrom('settlement_line')
      .select(['claim_id', 'line'])
      .where('state', '=', 'accepted')
      .where('statement_id', 'is', null)
      .orderBy('claim_id')
      .executeTakeFirstOrThrow();
    const spoil = (minor: bigint) =>
      tables(corridor.mm)
        .updateTable('settlement_line')
        .set({ state: 'adjusted', amount_minor: minor })
        .where('claim_id', '=', line.claim_id)
        .execute();
    await spoil(26_999n);
    const first = await propose();
    expect(first.status).toBe(200);
    const body = JSON.parse(await recorded('statement', async () => {}));
    const document = JSON.parse(body.document);
    document.payments[0].amount = '0.01';
    const tampered = await sentAs({ ...body, messageId: randomUUID(), document: JSON.stringify(document) });
    expect(tampered.code).toMatch(/settlement\.(bad-signature|contradiction)/);
    await exchange();
    const differing = (await get(corridor.th, 'fund-manager', `/statements/${first.json.statementId}`)).json;
    expect(differing.state).toBe('differs');
    expect(differing.differences).toEqual([
      { claimId: line.claim_id, line: line.line, why: 'other-amount', theirs: '270.00', ours: '269.99' },
    ]);
    await tables(corridor.mm)
      .updateTable('settlement_line')
      .set({ state: 'accepted', amount_minor: 27_000n })
      .where('claim_id', '=', line.claim_id)
      .execute();
    // Its lines are free again: the next one holds.
    const second = await propose();
    await exchange();
    expect((await post(corridor.mm, 'fund-manager', '/statements/sign', second.json)).json).toMatchObject({
      state: 'signed',
    });
    await exchange();
    await expectMirrored();
  });

  test('both draw up the same period at once: one stands, and it is the same one on both sides', async () => {
    await day('2027-08-10');
    await settledReady([visit]);
    await day('2027-10-03');
    await enterRates('2027-09-30');
    const body = { agreement, period: '2027-Q3' };
    const [th, mm] = await Promise.all([
      post(corridor.th, 'fund-manager', '/statements', { ...body, partner: 'MM' }),
      post(corridor.mm, 'fund-manager', '/statements', { ...body, partner: 'TH' }),
    ]);
    expect([th.status, mm.status]).toEqual([200, 200]);
    await exchange();
    const state = async (node: TestNode, id: string) =>
      (await get(node, 'fund-manager', `/statements/${id}`)).json?.state;
    expect(await state(corridor.th, th.json.statementId)).toBe('superseded');
    expect(await state(corridor.th, mm.json.statementId)).toBe('proposed');
    expect((await post(corridor.th, 'fund-manager', '/statements/sign', mm.json)).json).toMatchObject({
      state: 'signed',
    });
    await exchange();
    expect(await state(corridor.mm, mm.json.statementId)).toBe('signed');
    await expectMirrored();
  });

  test('a settled claim is taken back in the next period, once, and owed the other way', async () => {
    await day('2027-10-04');
    const settled = await tables(corridor.th)
      .selectFrom('settlement_line')
      .innerJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_line.statement_id')
      .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
      .select('settlement_line.claim_id')
      .where('settlement_statement.period', '=', '2027-Q3')
      .where('settlement_statement.state', '=', 'signed')
      .executeTakeFirstOrThrow();
    const reverse = () => post(corridor.th, 'fund-manager', '/reverse', { claimId: settled.claim_id });
    expect((await reverse()).status).toBe(200);
    expect((await reverse()).code).toBe('settlement.already-reversed');
    await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
    await exchange();
    expect((await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' })).json).toEqual({ moved: 1 });
    await exchange();
    await expectMirrored();
    await day('2028-01-04');
    await enterRates('2027-12-31');
    const body = { agreement, period: '2027-Q4', partner: 'MM' };
    const proposed = await post(corridor.th, 'fund-manager', '/statements', body);
    await exchange();
    const { json } = await get(corridor.mm, 'fund-manager', `/statements/${proposed.json.statementId}`);
    expect(json.document.payments).toEqual([{ from: 'TH', to: 'MM', amount: '7.70' }]);
    expect((await post(corridor.mm, 'fund-manager', '/statements/sign', proposed.json)).json).toMatchObject({
      state: 'signed',
    });
    await exchange();
    await expectMirrored();
  });

  test('an emergency of someone without cover: the agreement says who owes, and nobody is named', async () => {
    const entered = await claim(corridor.th, undefined, {
      uninsured: { country: 'MM' },
      visit: 'emergency',
      lines: [{ code: 'EMERGENCY-VISIT', quantity: '1', unitPrice: '600.00' }],
    });
    expect(entered.json).toMatchObject({ claimed: '600.00' });
    await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
    await exchange();
    const { json } = await get(corridor.mm, 'claims-officer', '/claims?waiting=ours');
    expect(json.claims[0]).toMatchObject({ uninsured: true, visit: 'emergency' });
    expect(json.claims[0].lines[0].proposed).toMatchObject({ state: 'accepted', amount: { amount: '600.00' } });
    const row = await tables(corridor.mm)
      .selectFrom('settlement_claim')
      .select(['locator', 'member_id', 'card_id', 'authorisation'])
      .where('claim_id', '=', json.claims[0].claimId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ locator: null, member_id: null, card_id: null, authorisation: null });
    // What is no emergency needs an answer about cover.
    const planned = await claim(corridor.th, undefined, { uninsured: { country: 'MM' }, lines: [visit] });
    expect(planned.code).toBe('settlement.not-authorised');
  });
});

describe('insured periods are taken along', () => {
  test('certified at home, shown with the card, counted once; changed or another’s, refused', async () => {
    const home = await insured(corridor.mm);
    const here = await insured(corridor.th, false);
    const memberId = randomUUID();
    await coveredBy(corridor.th, here.personId, memberId);
    const certified = await post(corridor.mm, 'enrolment-officer', '/certificates', {
      memberId: home.memberId,
      partner: 'TH',
    });
    expect(certified.status).toBe(200);
    const { certificate } = certified.json;
    expect(certificate).toMatchObject({ issuer: 'MM', for: 'TH', clause: `${agreement}#art-6-1` });
    expect(certificate.periods[0]).toMatchObject({ schemeId: 'sch:mm:workers-abroad', from: '2026-01-01' });
    expect(certified.text).not.toContain(home.personId);
    const record = (over: Record<string, unknown> = {}) =>
      post(corridor.th, 'enrolment-officer', '/certificates/record', {
        memberId,
        card: home.card,
        ...certified.json,
        ...over,
      });
    const longer = { ...certificate, periods: [{ ...certificate.periods[0], from: '2020-01-01' }] };
    expect((await record({ certificate: longer })).code).toBe('settlement.certificate-invalid');
    expect((await record({ card: (await insured(corridor.mm)).card })).code).toBe('settlement.certificate-invalid');
    expect((await record()).json).toMatchObject({ certificateId: certificate.certificateId });
    expect((await record()).code).toBe('settlement.certificate-known');
    const { json } = await get(corridor.th, 'enrolment-officer', `/periods/${memberId}`);
    // Insured in both on the same days: they count once, and here.
    expect(json.periods.every((period: any) => period.country === 'TH')).toBe(true);
    expect((await get(corridor.th, 'claims-officer', `/periods/${memberId}`)).status).toBe(404);
  });
});

describe('an agreement that one side has suspended', () => {
  test('nothing is answered under it, and what waits is kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'serai-agreements-'));
    const own = join(import.meta.dirname, '../../countries/agreements');
    cpSync(own, folder, { recursive: true });
    const file = join(folder, 'mm-th-cover.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"status": "in-force"', '"status": "suspended"'));
    const before = corridor;
    vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
    corridor = await openCorridor({ agreements: { MM: folder, TH: own } });
    try {
      const person = await insured(corridor.mm);
      expect((await ask(corridor.th, person)).code).toBe('settlement.agreement-suspended');
      expect((await ask(corridor.mm, await insured(corridor.th))).code).toBe('settlement.agreement-suspended');
    } finally {
      await corridor.close();
      corridor = before;
    }
  });
});
