import { randomUUID } from 'node:crypto';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['hospital-nurse', 'claims-officer', 'enrolment-officer', 'fund-manager', 'second-fund-manager']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const schemeId = 'sch:th:social-security';
const month = dayBefore(0).slice(0, 7);
const firstDay = `${month}-01`;
const hospital = 'TH:mae-sot-hospital';
const general = 'TH:tak-general-hospital';
const post = (who: string, path: string, body: unknown) => th.call(tokens[who], 'POST', path, body, payment);
const get = (who: string, path: string) => th.call(tokens[who], 'GET', path, undefined, payment);
const register = (who: string, of: object) =>
  post(who, '/api/cover/registrations', { requestId: randomUUID(), schemeId, from: dayBefore(150), ...of });
const propose = (who: string, of: object = {}) =>
  post(who, '/api/cover/capitation/runs', { requestId: randomUUID(), schemeId, month, ...of });
const step = (who: string, id: string, name: string) =>
  post(who, `/api/cover/payment-runs/${id}/${name}`, { requestId: randomUUID() });
const covered = async (count: number) => Promise.all(Array.from({ length: count }, () => insured(th, { schemeId })));
const numbers = (of: readonly { memberNumber: string }[]) => of.map((each) => each.memberNumber);
const database = () => th.node.database as unknown as CoverDatabase;
async function expense(): Promise<bigint> {
  const found = (await accountBalances(database(), { prefix: 'fund:' })).find(
    (each) => each.code === 'claims-expense' && each.account.includes('social-security'),
  );
  return found ? found.debitsPosted - found.creditsPosted : 0n;
}

it('pays each facility for the heads registered and covered on the first day, once a month', async () => {
  const [atHospital, atGeneral, [moved], [late], [owing]] = await Promise.all([
    covered(3),
    covered(1),
    covered(1),
    covered(1),
    covered(1),
  ]);
  const done = await register('fund-manager', {
    memberNumbers: [...numbers(atHospital!), moved!.memberNumber, owing!.memberNumber, 'M-nobody'],
    provider: hospital,
  });
  expect(done.json).toMatchObject({ registered: 5, unknown: ['M-nobody'] });
  await register('fund-manager', { memberNumbers: numbers(atGeneral!), provider: general });
  await register('fund-manager', { memberNumbers: [moved!.memberNumber], provider: general, from: firstDay });
  await register('fund-manager', { memberNumbers: [late!.memberNumber], provider: general, from: `${month}-02` });
  await sql`insert into cover_instalment (instalment_id, policy_id, number, due, grace_until, amount_minor, currency)
    values (${randomUUID()}, ${owing!.policyId}, 1, ${dayBefore(180)}, ${dayBefore(100)}, 43200, 'THB')`.execute(
    database(),
  );
  const preview = await post('fund-manager', '/api/cover/capitation/preview', { schemeId, month });
  // By hand: 3 × 151.00 and 2 × 151.00. Who owes and who came on the second are not among them.
  expect(preview.json).toMatchObject({
    members: 5,
    amount: { amount: '755.00', currency: 'THB' },
    heads: [
      { provider: hospital, band: '', members: 3, rate: { amount: '151.00' }, amount: { amount: '453.00' } },
      { provider: general, band: '', members: 2, rate: { amount: '151.00' }, amount: { amount: '302.00' } },
    ],
  });
  const { runId } = (await propose('fund-manager')).json;
  expect((await propose('second-fund-manager')).code).toBe('payments.month-has-run');
  expect((await step('fund-manager', runId, 'approve')).code).toBe('payments.four-eyes');
  const advice = `/api/cover/payment-runs/${runId}/remittance/${hospital}`;
  await step('second-fund-manager', runId, 'approve');
  expect((await get('hospital-nurse', advice)).status).toBe(404);
  expect(await expense()).toBe(0n);
  expect((await step('fund-manager', runId, 'pay')).status).toBe(200);
  expect(await expense()).toBe(75500n);
  expect((await get('hospital-nurse', advice)).json).toMatchObject({
    amount: { amount: '453.00' },
    lines: [],
    heads: [{ band: '', members: 3, rate: { amount: '151.00' }, amount: { amount: '453.00' } }],
  });
  expect((await get('hospital-nurse', `${advice}/fhir`)).json.detail[0]).toMatchObject({ amount: { value: 453 } });
  expect((await get('fund-manager', `/api/cover/payment-runs/${runId}`)).json).toMatchObject({
    kind: 'capitation',
    state: 'paid',
    amount: { amount: '755.00' },
    providers: [{ provider: hospital }, { provider: general }],
  });
  const account = { from: dayBefore(1), to: dayBefore(0) };
  expect((await post('hospital-nurse', '/api/cover/statements', account)).json.payments).toMatchObject([
    { runId, claims: 0, amount: { amount: '453.00' } },
  ]);
  // Taken back, the books stand as before, and the month may be paid anew.
  expect((await step('fund-manager', runId, 'reverse')).status).toBe(200);
  expect(await expense()).toBe(0n);
  expect((await propose('fund-manager')).status).toBe(200);
});

it('pays nothing for a service that is paid by head, and says by which rule', async () => {
  const [one] = await covered(1);
  for (const back of [1, 2, 3]) {
    const from = `${dayBefore(back * 31).slice(0, 7)}-01`;
    await sql`insert into cover_instalment
        (instalment_id, policy_id, number, due, grace_until, amount_minor, paid_minor, currency, covers_from, covers_to)
      values (${randomUUID()}, ${one!.policyId}, ${back}, ${from}, ${from}, 43200, 43200, 'THB', ${from}::date,
        ${from}::date + 27)`.execute(database());
  }
  const { json } = await post('hospital-nurse', '/api/cover/claims', claimBody(one!.memberNumber, { schemeId }));
  const { lines } = (await get('claims-officer', `/api/cover/claims/${json.claimId}`)).json;
  expect(lines[0]).toMatchObject({ paid: { amount: '0.00' }, reason: 0 });
  expect(lines[0].rule).toMatch(/^benefits\[\d+\]\.price$/);
});

it('is for those who pay; what is absurd is refused', async () => {
  for (const who of ['hospital-nurse', 'claims-officer', 'enrolment-officer']) {
    expect([who, (await propose(who)).status]).toEqual([who, 404]);
    const preview = await post(who, '/api/cover/capitation/preview', { schemeId, month });
    expect([who, preview.status]).toEqual([who, 404]);
  }
  const [one] = await covered(1);
  const memberNumbers = numbers([one!]);
  expect((await register('hospital-nurse', { memberNumbers, provider: hospital })).status).toBe(404);
  for (const who of ['claims-officer', 'enrolment-officer']) {
    expect((await register(who, { memberNumbers, provider: hospital })).status).toBe(404);
  }
  expect((await register('fund-manager', { memberNumbers, provider: 'TH:nowhere' })).code).toBe(
    'payments.unknown-facility',
  );
  expect((await register('fund-manager', { memberNumbers: [], provider: hospital })).status).toBe(400);
  expect((await register('fund-manager', { memberNumbers, provider: hospital, from: '2026-02-30' })).status).toBe(400);
  expect((await propose('fund-manager', { month: '2026-13' })).status).toBe(400);
  expect((await propose('fund-manager', { month: '2999-01' })).code).toBe('payments.month-ahead');
  expect((await propose('fund-manager', { schemeId: 'sch:th:migrant-health-insurance' })).code).toBe(
    'payments.not-by-head',
  );
  expect((await propose('fund-manager', { month: '2020-01' })).code).toBe('payments.nothing-owed');
});
