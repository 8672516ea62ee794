import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TestNode } from '../corridor.ts';
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
  lastSigned,
  openWorld,
  post,
  sentAs,
  settledReady,
  tables,
  visit,
} from './settlement.world.ts';

openWorld();

describe('what goes wrong between two funds', () => {
  /** The body of the next message of a kind to Myanmar, as signed. */
  async function recorded(kind: string, act: () => Promise<unknown>): Promise<string> {
    await act();
    return lastSigned(kind);
  }
  const jose = { 'content-type': 'application/jose' };

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
    expect(after.THB! - (before.THB ?? 0n)).toBe(17_317n);
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
      .where('state', '=', 'adjusted')
      .where('statement_id', 'is', null)
      .orderBy('claim_id')
      .executeTakeFirstOrThrow();
    const spoil = (minor: bigint) =>
      tables(corridor.mm)
        .updateTable('settlement_line')
        .set({ state: 'adjusted', amount_minor: minor })
        .where('claim_id', '=', line.claim_id)
        .execute();
    await spoil(17_316n);
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
      { claimId: line.claim_id, line: line.line, why: 'other-amount', theirs: '173.17', ours: '173.16' },
    ]);
    await tables(corridor.mm)
      .updateTable('settlement_line')
      .set({ state: 'adjusted', amount_minor: 17_317n })
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
    expect(json.document.payments).toEqual([{ from: 'TH', to: 'MM', amount: '4.94' }]);
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
