import { randomUUID } from 'node:crypto';
import { money } from '@serai/kernel/base/money.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { postEvents } from './postings.ts';

let corridor: Corridor;
let th: TestNode;
let manager: string;
let actuary: string;
const schemeId = 'sch:th:migrant-health-insurance';
const today = new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  manager = await th.token('fund-manager');
  actuary = await th.token('actuary');
});
afterAll(() => corridor.close());

const payment = { 'x-purpose-of-use': 'HPAYMT' };
const get = (path: string, token = manager): Promise<Called> =>
  th.call(token, 'GET', `/api/cover/fund/${path}`, undefined, payment);
const post = (path: string, body: object, token = manager): Promise<Called> =>
  th.call(token, 'POST', `/api/cover/fund/${path}`, { requestId: randomUUID(), ...body }, payment);

const thb = (amount: string) => ({ amount, currency: 'THB' });
const entry = (amount: string, more: object = {}) => ({
  schemeId,
  debit: { code: 'cash' },
  credit: { code: 'capital' },
  amount: thb(amount),
  day: today,
  reference: 'Paper/1',
  ...more,
});

describe('entries by hand', () => {
  test('are posted once, read in the journal and the statement, and undone once by their opposite', async () => {
    const body = { requestId: randomUUID(), ...entry('1250.50') };
    const first = await th.call(manager, 'POST', '/api/cover/fund/entries', body, payment);
    expect(first.status).toBe(200);
    const again = await th.call(manager, 'POST', '/api/cover/fund/entries', body, payment);
    expect(again.json).toEqual(first.json);
    const { transferId } = first.json;

    const journal = await get(`journal?event=manual`);
    expect(journal.json.rows).toHaveLength(1);
    expect(journal.json.rows[0]).toMatchObject({ id: transferId, amount: thb('1250.50'), reference: 'Paper/1' });
    const account = journal.json.rows[0].debit;
    const statement = await get(`statement?account=${encodeURIComponent(account)}&from=${today}&to=${today}`);
    expect(statement.json).toMatchObject({
      opening: thb('0.00'),
      closing: thb('1250.50'),
      lines: [{ balance: thb('1250.50') }],
    });

    const undone = await post('entries/reverse', { transferId, day: today });
    expect(undone.status).toBe(200);
    expect((await post('entries/reverse', { transferId, day: today })).code).toBe('ledger.already-reversed');
    const after = await get(`accounts?scheme=${encodeURIComponent(schemeId)}`);
    expect(after.json.accounts.find((each: { id: string }) => each.id === account).balance).toEqual(thb('0.00'));
    expect(after.json.trial).toMatchObject([{ currency: 'THB', difference: thb('0.00') }]);
  });

  test.each([
    ['400', entry('-5.00', {})],
    ['400', entry('5.001')],
    ['400', entry('5.00', { debit: { code: 'treasure' } })],
    ['fund.scheme-unknown', entry('5.00', { schemeId: 'sch:th:none' })],
    ['fund.day-in-future', entry('5.00', { day: '2999-01-01' })],
    ['ledger.same-account', entry('5.00', { credit: { code: 'cash' } })],
    ['ledger.amount-not-positive', entry('0.00')],
    [
      'ledger.limit',
      entry('5.00', { debit: { code: 'administration' }, credit: { code: 'cash', restrictedTo: 'tb' } }),
    ],
    [
      'ledger.fund-restricted',
      entry('5.00', {
        debit: { code: 'cash', restrictedTo: 'tb' },
        credit: { code: 'subsidy-revenue', restrictedTo: 'mothers' },
      }),
    ],
  ])('%s', async (refusal, body) => {
    const answer = await post('entries', body);
    expect(answer.code ?? (answer.json.issue?.[0]?.details?.coding ? '' : String(answer.status))).toBe(
      refusal === '400' && answer.code === 'ledger.amount-not-positive' ? answer.code : refusal,
    );
  });
});

describe('who may', () => {
  test('the actuary reads and proposes, and posts nothing', async () => {
    expect((await get('overview', actuary)).status).toBe(200);
    expect((await post('entries', entry('5.00'), actuary)).status).toBe(404);
    expect((await post('rates', {}, actuary)).status).toBe(400);
    expect((await post('periods/close', { month: '2020-01' }, actuary)).status).toBe(404);
    const proposed = await post('proposals', proposal('300.00'), actuary);
    expect(proposed.status).toBe(200);
    const { transferId } = proposed.json;
    expect((await post('proposals/decide', { transferId, decision: 'post', day: today }, actuary)).status).toBe(404);
    const waiting = await get('proposals');
    expect(waiting.json.rows).toMatchObject([{ id: transferId, kind: 'pending', amount: thb('300.00') }]);
    expect(
      (await post('proposals/decide', { transferId, decision: 'post', amount: thb('301.00'), day: today })).code,
    ).toBe('ledger.pending-exceeded');
    expect(
      (await post('proposals/decide', { transferId, decision: 'post', amount: thb('250.00'), day: today })).status,
    ).toBe(200);
    expect((await post('proposals/decide', { transferId, decision: 'void', day: today })).code).toBe(
      'ledger.pending-settled',
    );
    expect((await get('proposals')).json.rows).toEqual([]);
    const { accounts } = (await get('accounts')).json;
    expect(accounts.find((each: { code: string }) => each.code === 'ibnr')).toMatchObject({
      balance: thb('250.00'),
      pending: thb('0.00'),
    });
  });

  test('nobody else finds any of it', async () => {
    for (const name of ['nurse', 'claims-officer', 'enrolment-officer', 'employer', 'enforcement', 'operator']) {
      const token = await th.token(name);
      for (const path of ['overview', 'accounts', 'journal', 'periods', 'rates', 'proposals', 'reconciliation']) {
        expect([403, 404], `${name} ${path}`).toContain((await get(path, token)).status);
      }
      expect([403, 404], name).toContain((await post('entries', entry('5.00'), token)).status);
    }
  });
});

function proposal(amount: string) {
  return { schemeId, event: 'ibnr-raised', amount: thb(amount), day: today, reference: 'Reserve/2026-03' };
}

describe('other currencies', () => {
  test('are exchanged at the rate of the day, and revalued when it moves', async () => {
    const usd = { amount: '100.00', currency: 'USD' };
    expect((await post('entries', entry('', { amount: usd }))).status).toBe(200);
    const exchange = {
      schemeId,
      given: { amount: '40.00', currency: 'USD' },
      currency: 'THB',
      day: today,
      reference: 'Bank/7',
    };
    expect((await post('exchange', exchange)).code).toBe('ledger.rate-missing');
    const rate = (value: string, at: string) =>
      post('rates', { from: 'USD', to: 'THB', value, source: 'Bank of Thailand', at });
    expect((await rate('36.5', `${today}T00:00:00Z`)).status).toBe(200);
    expect((await rate('36.5', '2999-01-01T00:00:00Z')).code).toBe('fund.rate-in-future');
    expect((await post('exchange', exchange)).json).toMatchObject({ got: thb('1460.00') });
    const preview = await post('revaluation/preview', { schemeId, day: today });
    expect(preview.status).toBe(400);
    const shown = await th.call(
      manager,
      'POST',
      '/api/cover/fund/revaluation/preview',
      { schemeId, day: today },
      payment,
    );
    expect(shown.json.rows).toMatchObject([
      { balance: { amount: '60.00', currency: 'USD' }, value: thb('2190.00'), gain: thb('0.00') },
    ]);
    expect((await post('revaluation', { schemeId, day: today })).json).toMatchObject({ accounts: 1, posted: 0 });
    expect((await post('revaluation', { schemeId, day: today })).code).toBe('fund.revalued-already');
    for (const { difference } of (await get('accounts')).json.trial) {
      expect(Number(difference.amount)).toBe(0);
    }
  });
});

describe('months', () => {
  test('close once, in order, when they are over and nothing of them waits', async () => {
    expect((await post('entries', entry('10.00', { day: '2026-01-15' }))).status).toBe(200);
    expect((await post('entries', entry('10.00', { day: '2026-02-15' }))).status).toBe(200);
    const check = await get('periods/check?month=2026-02');
    expect(check.json).toMatchObject({ lastDay: '2026-02-28', against: ['ledger.period-earlier-open'] });
    expect((await post('periods/close', { month: '2026-02' })).code).toBe('ledger.period-earlier-open');
    const { transferId } = (await post('proposals', { ...proposal('5.00'), day: '2026-01-31' })).json;
    expect((await post('periods/close', { month: '2026-01' })).code).toBe('ledger.period-pending-due');
    await post('proposals/decide', { transferId, decision: 'void', day: today });
    expect((await post('periods/close', { month: '2026-01' })).status).toBe(200);
    expect((await post('periods/close', { month: '2026-01' })).code).toBe('ledger.period-already-closed');
    expect((await post('periods/close', { month: today.slice(0, 7) })).code).toBe('ledger.period-not-over');
    expect((await post('entries', entry('10.00', { day: '2026-01-20' }))).code).toBe('ledger.period-closed');
    const { periods } = (await get('periods')).json;
    expect(periods.find((each: { firstDay: string }) => each.firstDay === '2026-01-01')).toMatchObject({
      closedAt: expect.any(String),
      moved: [thb('10.00')],
    });
  });
});

describe('earning', () => {
  test('earns a policy by its days, the months add up to its contribution, and a second run changes nothing', async () => {
    const database = th.node.database as never as Parameters<typeof insertPolicy>[0];
    await insertPolicy(database, { id: 'p1', from: '2026-02-15', to: '2026-05-14', minor: 1000n });
    await th.node.ownStore().transaction(async (tx) => {
      await postEvents(
        tx,
        [
          {
            event: 'policy-issued',
            id: 'p1',
            schemeId,
            amount: money(1000, 'THB'),
            day: '2026-02-15',
            reference: 'Policy/p1',
          },
        ],
        new Date(),
      );
    });
    const revenue = async () => {
      const { accounts } = (await get('accounts')).json;
      return accounts.find((each: { code: string }) => each.code === 'contribution-revenue')?.balance.amount ?? '0.00';
    };
    const earn = async (month: string) => {
      const { jobId } = (await post('earn', { month })).json;
      await th.node.work();
      return (await th.call(manager, 'GET', `/api/cover/jobs/${jobId}`, undefined, payment)).json;
    };
    // 14 of 89 days, then 31, 30 and 14.
    expect(await earn('2026-02')).toMatchObject({ state: 'done', result: { policies: 1, transfers: 1 } });
    expect(await revenue()).toBe('1.57');
    expect(await earn('2026-02')).toMatchObject({ state: 'done', result: { policies: 1, transfers: 0 } });
    expect(await earn('2026-03')).toMatchObject({ result: { transfers: 1 } });
    expect(await revenue()).toBe('5.06');
    expect(await earn('2026-06')).toMatchObject({ result: { transfers: 1 } });
    expect(await revenue()).toBe('10.00');
    expect((await post('earn', { month: '2999-01' })).code).toBe('fund.day-in-future');
    const overview = (await get('overview')).json;
    expect(overview.year.find((each: { currency: string }) => each.currency === 'THB').earned).toEqual(thb('10.00'));
    // The policy was written past enrolment, without instalments: that the two differ is what the control totals are for.
    const { controls } = (await get('reconciliation')).json;
    expect(controls.find((each: { control: string }) => each.control === 'contributions-receivable')).toMatchObject({
      ledger: thb('10.00'),
      records: thb('0.00'),
      difference: thb('10.00'),
    });
    expect(overview.alerts).toContainEqual(expect.objectContaining({ code: 'records-differ' }));
  });
});

async function insertPolicy(
  database: { insertInto: (table: string) => { values: (row: object) => { execute: () => Promise<unknown> } } },
  { id, from, to, minor }: { id: string; from: string; to: string; minor: bigint },
): Promise<void> {
  await database
    .insertInto('cover_policy')
    .values({
      policy_id: id,
      policy_number: id,
      scheme_id: schemeId,
      scheme_version: 1,
      stage: 'new',
      enrolled_on: from,
      starts_on: from,
      effective_on: from,
      expires_on: to,
      premium_minor: minor,
      currency: 'THB',
      channel: 'cash',
      created: new Date(),
    })
    .execute();
}

describe('control totals', () => {
  test('a claim that states its prices in another currency is owed in the one the scheme pays', async () => {
    const { sql } = await import('kysely');
    const db = th.node.database as never;
    const [memberId, claimId] = [randomUUID(), randomUUID()];
    await sql`insert into cover_member (member_id, member_number, name, name_key, birth_date, birth_precision, sex, entitlement,
      residence, created) values (${memberId}, ${memberId}, 'Aye', 'aye', '1990-01-01', 'year', 'female', 'any', 'TH', now())`.execute(
      db,
    );
    await sql`insert into cover_claim (claim_id, claim_number, scheme_id, provider, provider_level, member_id, visit, care,
      care_from, care_to, claimed_on, diagnoses, status, currency, pays_currency, claimed_minor, outstanding_minor, payable_minor,
      entered_by, source, entered)
      values (${claimId}, ${claimId}, ${schemeId}, 'MM:myawaddy-hospital', 'district', ${memberId}, 'other', 'out-patient',
      ${today}, ${today}, ${today}, '{A09}', 'checked', 'MMK', 'THB', 1000000, 1700, 300, 'test', 'console', now())`.execute(
      db,
    );
    const store = th.node.cover.options.ownStore();
    await store.transaction(async (tx) => {
      const of = { schemeId, day: today, reference: `Claim/${claimId}` };
      await postEvents(
        tx,
        [
          { event: 'claim-checked', id: claimId, amount: money(2000, 'THB'), ...of },
          { event: 'claim-valuated', id: claimId, amount: money(300, 'THB'), ...of },
        ],
        new Date(),
      );
    });
    const { controls } = (await get('reconciliation')).json;
    const of = (control: string) =>
      controls
        .filter((each: { control: string }) => each.control === control)
        .map((each: { records: unknown }) => each.records);
    expect(of('outstanding-claims')).toContainEqual(thb('17.00'));
    expect(of('claims-payable')).toContainEqual(thb('3.00'));
    expect(JSON.stringify(of('outstanding-claims'))).not.toContain('MMK');
  });
});

describe('subsidies', () => {
  const subsidy = (more: object = {}) => ({
    ...{ schemeId, by: 'donor', amount: thb('1000.00'), day: today, reference: 'Grant 1' },
    ...more,
  });
  test('are looked at first, recorded once, spent for their purpose, and undone by their opposite', async () => {
    const body = subsidy({ restrictedTo: 'border-emergencies' });
    const seen = await post('subsidies/preview', body);
    expect(seen.json).toMatchObject({
      debit: { code: 'cash', restrictedTo: 'border-emergencies', before: thb('0.00'), after: thb('1000.00') },
      credit: {
        code: 'subsidy-revenue',
        restrictedTo: 'border-emergencies',
        before: thb('0.00'),
        after: thb('1000.00'),
      },
    });
    expect((await get('journal?event=subsidy-received')).json.rows).toEqual([]);
    const once = { requestId: randomUUID(), ...body };
    const first = await th.call(manager, 'POST', '/api/cover/fund/subsidies', once, payment);
    const again = await th.call(manager, 'POST', '/api/cover/fund/subsidies', once, payment);
    expect(first.status).toBe(200);
    expect(again.json).toEqual(first.json);
    const [row] = (await get('journal?event=subsidy-received')).json.rows;
    expect(row).toMatchObject({
      id: first.json.transferId,
      restrictedTo: 'border-emergencies',
      reference: 'donor: Grant 1',
    });
    const undo = () => post('entries/reverse', { transferId: first.json.transferId, day: today });
    expect((await undo()).status).toBe(200);
    expect((await undo()).code).toBe('ledger.already-reversed');
    expect((await post('subsidies/preview', body)).json.debit.before).toEqual(thb('0.00'));
  });

  test.each([
    ['400', subsidy({ by: 'lottery' })],
    ['400', subsidy({ amount: thb('-1.00') })],
    ['400', subsidy({ amount: thb('0.00') })],
    ['400', subsidy({ restrictedTo: 'two words' })],
    ['fund.scheme-unknown', subsidy({ schemeId: 'sch:th:none' })],
    ['fund.day-in-future', subsidy({ day: '2999-01-01' })],
  ])('%s', async (code, body) => {
    for (const path of ['subsidies', 'subsidies/preview']) {
      const refused = await post(path, body);
      expect(code === '400' ? String(refused.status) : refused.code).toBe(code);
    }
  });

  test('are the fund manager’s to record', async () => {
    expect((await post('subsidies', subsidy(), actuary)).status).toBe(404);
    expect((await post('subsidies/preview', subsidy(), actuary)).status).toBe(404);
  });
});
