import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  agreement,
  ask,
  balances,
  claim,
  corridor,
  day,
  enterRates,
  exchange,
  expectMirrored,
  get,
  insured,
  openWorld,
  payment,
  post,
  tables,
} from './settlement.world.ts';

openWorld();

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
    // 300 is 17,955 kyat: 5,000 are the member's deductible, of the rest the scheme pays 80 of a hundred; so of the others.
    expect(json.claims[0].lines.map((line: any) => [line.proposed.state, line.proposed.amount.amount])).toEqual([
      ['adjusted', '173.17'],
      ['adjusted', '48.00'],
      ['adjusted', '32.00'],
    ]);
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
      ['adjusted', '173.17'],
      ['disputed', '0.00'],
      ['adjusted', '32.00'],
    ]);
    expect(json.lines[1].note).toBe('Which result did the test have?');
    // The disputed line stands with the creditor only.
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ THB: 25_917n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ THB: 20_517n });
  });

  test('care the other way: in kyat, answered in Thailand', async () => {
    const person = await insured(corridor.th);
    const { json } = await ask(corridor.mm, person);
    expect(json).toMatchObject({ covered: true, partner: 'TH' });
    const entered = await claim(corridor.mm, json.requestId, {
      currency: 'MMK',
      lines: [{ code: 'CHEST-XRAY', quantity: '1', unitPrice: '9000.00' }],
    });
    expect(entered.json).toMatchObject({ claimed: '8100.00', currency: 'MMK' });
    await post(corridor.mm, 'claims-officer', '/send', { partner: 'TH' });
    await exchange();
    expect((await post(corridor.th, 'claims-officer', '/decide', { partner: 'MM' })).json).toEqual({ moved: 1 });
    await exchange();
    expect(await balances(corridor.th, 'due-to-partner')).toEqual({ MMK: 720_455n });
    expect(await balances(corridor.mm, 'due-from-partner')).toEqual({ MMK: 720_455n });
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
    // 205.17 THB × 0.0285 = 5.85; 7,204.55 MMK × 0.00047619 = 3.43; net 2.42 from MM to TH.
    expect(json.document.gross).toEqual([
      expect.objectContaining({ creditor: 'MM', currency: 'MMK', amount: '7204.55', converted: '3.43' }),
      expect.objectContaining({ creditor: 'TH', currency: 'THB', amount: '205.17', converted: '5.85' }),
    ]);
    expect(json.document.gross[1].rate).toMatchObject({
      value: '0.0285',
      source: 'central-bank-mid',
      day: '2026-06-30',
    });
    expect(json.document.payments).toEqual([{ from: 'MM', to: 'TH', amount: '2.42' }]);
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
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ USD: 242n, THB: 5_400n });
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 242n });
    expect(await balances(corridor.th, 'due-to-partner')).toEqual({});
    expect(await balances(corridor.mm, 'due-from-partner')).toEqual({});
  });

  test('paid late, with interest by the clause, on both ledgers', async () => {
    await day('2027-02-15');
    await exchange();
    // Interest of the whole month is on both books before anyone pays: 2.42 × 6 % × 26/365 days = 0.01.
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 243n });
    expect(await balances(corridor.th, 'due-from-partner')).toEqual({ USD: 243n, THB: 5_400n });
    const pay = (amount: string, node = corridor.mm) =>
      post(node, 'fund-manager', '/paid', { statementId, paidOn: '2027-02-15', reference: 'BT-1', amount });
    expect((await pay('2.42')).code).toBe('settlement.payment-differs');
    expect((await pay('2.44', corridor.th)).code).toBe('settlement.not-payer');
    // 41 days late: 2.42 × 0.06 × 41/365 = 0.0163.
    expect((await pay('2.44')).json).toEqual({ state: 'paid' });
    expect((await pay('2.44')).code).toBe('settlement.statement-state');
    await exchange();
    const receive = await post(corridor.th, 'fund-manager', '/received', {
      statementId,
      receivedOn: '2027-02-15',
      amount: '2.44',
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
