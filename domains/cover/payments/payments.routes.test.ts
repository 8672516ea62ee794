import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment, scheme } from '../../../tests/cover-claims.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of [
    'nurse',
    'hospital-nurse',
    'claims-officer',
    'fund-manager',
    'second-fund-manager',
    'actuary',
    'enrolment-officer',
    'employer',
  ]) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const post = (who: string, path: string, body: unknown = {}) => th.call(tokens[who], 'POST', path, body, payment);
const get = (who: string, path: string) => th.call(tokens[who], 'GET', path, undefined, payment);
const act = (body: Record<string, unknown> = {}) => ({ requestId: randomUUID(), ...body });
const question = { schemeId: scheme, upTo: dayBefore(0) };

/** A claim that is due: 60 baht. */
async function due(who = 'nurse'): Promise<string> {
  const { memberNumber } = await insured(th);
  const made = await post(who, '/api/cover/claims', claimBody(memberNumber));
  if (made.json.status === 'checked') {
    await post(
      'claims-officer',
      '/api/cover/claims/bulk',
      act({ act: 'bypass', claimIds: [made.json.claimId], reason: 'drawn by lot' }),
    );
  }
  return made.json.claimId;
}

const run = async () => (await post('fund-manager', '/api/cover/payment-runs', act(question))).json.runId as string;
const step = (who: string, id: string, name: string) => post(who, `/api/cover/payment-runs/${id}/${name}`, act());
const claim = async (id: string) => (await get('claims-officer', `/api/cover/claims/${id}`)).json;

async function paid(): Promise<string> {
  const id = await run();
  expect((await step('second-fund-manager', id, 'approve')).status).toBe(200);
  expect((await step('fund-manager', id, 'pay')).status).toBe(200);
  return id;
}

it('pays what is owed, once, approved by another', async () => {
  const ids = [await due(), await due('hospital-nurse')];
  const preview = await post('fund-manager', '/api/cover/payment-runs/preview', question);
  expect(preview.json.providers.map((each: { provider: string }) => each.provider)).toEqual([
    'TH:mae-sot-clinic',
    'TH:mae-sot-hospital',
  ]);
  const id = await run();
  expect((await post('fund-manager', '/api/cover/payment-runs', act(question))).code).toBe('payments.nothing-owed');
  expect((await step('fund-manager', id, 'pay')).code).toBe('payments.wrong-state');
  expect((await step('fund-manager', id, 'approve')).code).toBe('payments.four-eyes');
  expect((await step('second-fund-manager', id, 'approve')).status).toBe(200);
  const requestId = randomUUID();
  const all = await Promise.all(
    [1, 2].map(() => post('fund-manager', `/api/cover/payment-runs/${id}/pay`, { requestId })),
  );
  expect(all.map((each) => each.status)).toEqual([200, 200]);
  expect((await step('fund-manager', id, 'pay')).code).toBe('payments.wrong-state');
  for (const each of ids) {
    const found = await claim(each);
    expect([found.status, found.settled.amount, found.events.at(-1).event]).toEqual([
      'paid',
      found.paid.amount,
      'paid',
    ]);
  }
  expect((await get('fund-manager', '/api/cover/claims-reconciliation')).json.agrees).toBe(true);
  const reconciliations = await th.call(
    tokens['fund-manager'],
    'GET',
    '/fhir/R4/PaymentReconciliation',
    undefined,
    payment,
  );
  expect(reconciliations.json.entry.length).toBeGreaterThanOrEqual(2);
});

it('taken back is owed again, and paid again only by a run of its own', async () => {
  const one = await due();
  const id = await paid();
  expect((await step('fund-manager', id, 'reverse')).status).toBe(200);
  expect((await step('fund-manager', id, 'reverse')).code).toBe('payments.wrong-state');
  expect(await claim(one)).toMatchObject({ status: 'valuated', settled: { amount: '0.00' } });
  await paid();
  expect((await claim(one)).status).toBe('paid');
});

it('takes back from the next payment what a reversed claim was paid', async () => {
  const one = await due();
  await paid();
  expect(
    (await post('claims-officer', `/api/cover/claims/${one}/reverse`, act({ reason: 'never happened' }))).status,
  ).toBe(200);
  expect((await post('fund-manager', '/api/cover/payment-runs/preview', question)).json.claims).toBe(0);
  await due();
  await due();
  const preview = (await post('fund-manager', '/api/cover/payment-runs/preview', question)).json;
  expect(preview.providers).toEqual([
    {
      provider: 'TH:mae-sot-clinic',
      claims: 3,
      amount: { amount: '60.00', currency: 'THB' },
      takenBack: { amount: '60.00', currency: 'THB' },
    },
  ]);
  await paid();
});

it('does not pay a claim that changed since the run was proposed', async () => {
  const one = await due();
  await due();
  const id = await run();
  await post('claims-officer', `/api/cover/claims/${one}/reverse`, act({ reason: 'a mistake' }));
  expect((await step('second-fund-manager', id, 'approve')).code).toBe('payments.changed');
  expect((await step('fund-manager', id, 'reverse')).status).toBe(200);
  await paid();
});

it('is told to a facility once it is paid, and stays told when it is taken back', async () => {
  await due();
  const id = await run();
  const path = `/api/cover/payment-runs/${id}/remittance/TH:mae-sot-clinic`;
  const seen = async () => [
    (await get('nurse', path)).status,
    (await get('nurse', `${path}/fhir`)).status,
    (await get('fund-manager', path)).status,
  ];
  expect(await seen()).toEqual([404, 404, 200]);
  await step('second-fund-manager', id, 'approve');
  expect(await seen()).toEqual([404, 404, 200]);
  await step('fund-manager', id, 'pay');
  expect(await seen()).toEqual([200, 200, 200]);
  await step('fund-manager', id, 'reverse');
  expect((await get('nurse', path)).json.state).toBe('reversed');
  // One that was discarded before it was paid was never told.
  await due();
  const discarded = await run();
  await step('fund-manager', discarded, 'reverse');
  expect((await get('nurse', path.replace(id, discarded))).status).toBe(404);
  await paid();
});

it('is for fund managers; facilities read what is theirs', async () => {
  await due();
  const id = await paid();
  for (const [who, status] of [
    ['claims-officer', 404],
    ['nurse', 404],
    ['enrolment-officer', 404],
    ['employer', 404],
    ['actuary', 404],
  ] as const) {
    expect([who, (await post(who, '/api/cover/payment-runs', act(question))).status]).toEqual([who, status]);
    expect([who, (await step(who, id, 'reverse')).status]).toEqual([who, status]);
  }
  expect((await get('actuary', `/api/cover/payment-runs/${id}`)).status).toBe(404);
  expect((await get('second-fund-manager', `/api/cover/payment-runs/${id}`)).status).toBe(200);
  const own = `/api/cover/payment-runs/${id}/remittance/TH:mae-sot-clinic`;
  const advice = await get('nurse', own);
  expect(advice.json.lines[0]).toMatchObject({ paid: { amount: '60.00', currency: 'THB' }, reasons: [] });
  expect((await get('hospital-nurse', own)).status).toBe(404);
  expect((await get('nurse', `${own}/fhir`)).json.resourceType).toBe('PaymentReconciliation');
  const statement = await post('nurse', '/api/cover/statements', { from: dayBefore(30), to: dayBefore(0) });
  expect(statement.json).toMatchObject({ provider: 'TH:mae-sot-clinic' });
  expect(statement.json.delay.withinTarget).toBe(statement.json.delay.paid);
  const theirs = await post('hospital-nurse', '/api/cover/statements', {
    provider: 'TH:mae-sot-clinic',
    from: dayBefore(30),
    to: dayBefore(0),
  });
  expect(theirs.json.provider).toBe('TH:mae-sot-hospital');
});
