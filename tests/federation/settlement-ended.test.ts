import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  agreement,
  agreementsWith,
  ask,
  balances,
  claim,
  corridor,
  day,
  elsewhere,
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

const lastDay = '2026-05-20';
const lines = { lines: [visit] };
const propose = (period: string, node = corridor.th, partner = 'MM') =>
  post(node, 'fund-manager', '/statements', { partner, agreement, period });

const lastOf = async (kind: string): Promise<any> => JSON.parse(await lastSigned(kind));

describe('an agreement that ends in the middle of a quarter', () => {
  test('begins nothing more; what it held for is claimed, sent, answered, signed and paid', async () => {
    const folder = agreementsWith((json) => {
      json.expires = lastDay;
    });
    await elsewhere({ TH: folder, MM: folder }, async () => {
      await day('2026-05-10');
      const person = await insured(corridor.mm);
      const asked = await ask(corridor.th, person);
      // An authorisation is no longer than the agreement it is given under.
      expect(asked.json).toMatchObject({ covered: true, until: lastDay });
      expect((await ask(corridor.th, person, { careOn: '2026-05-21' })).code).toBe('settlement.agreement-suspended');

      await day('2026-06-02');
      expect((await ask(corridor.th, person)).code).toBe('settlement.agreement-suspended');
      const late = { from: '2026-05-25', to: '2026-05-25', ...lines };
      expect((await claim(corridor.th, asked.json.requestId, late)).status).toBe(422);
      const accident = { uninsured: { country: 'MM' }, visit: 'emergency', from: '2026-05-25', to: '2026-05-25' };
      const emergency = { lines: [{ code: 'EMERGENCY-VISIT', quantity: '1', unitPrice: '600.00' }] };
      expect((await claim(corridor.th, undefined, { ...accident, ...emergency })).code).toBe(
        'settlement.agreement-suspended',
      );
      const held = { from: '2026-05-20', to: '2026-05-20' };
      expect((await claim(corridor.th, undefined, { ...accident, ...emergency, ...held })).status).toBe(201);
      expect((await claim(corridor.th, asked.json.requestId, { ...held, ...lines })).status).toBe(201);
      expect((await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' })).json).toEqual({ sent: 2 });
      await exchange();

      // A partner that claims for care after the end is answered so, whatever it calls it.
      const body = await lastOf('claims');
      const after = { ...body.claims[0], from: '2026-05-25', to: '2026-05-25' };
      const claims = [{ ...after, claimId: randomUUID(), claimNumber: 'after-the-end' }];
      expect((await sentAs({ ...body, messageId: randomUUID(), claims })).json).toEqual({ applied: true });
      const kept = (await get(corridor.mm, 'claims-officer', `/claims/${claims[0]!.claimId}`)).json;
      expect(kept.lines[0].proposed).toMatchObject({ state: 'disputed', reason: 'out-of-force' });
      await tables(corridor.mm).deleteFrom('settlement_line').where('claim_id', '=', claims[0]!.claimId).execute();
      await tables(corridor.mm).deleteFrom('settlement_claim').where('claim_id', '=', claims[0]!.claimId).execute();

      expect((await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' })).json.moved).toBe(2);
      await exchange();
      await day('2026-07-05');
      await enterRates('2026-06-30');
      const drawn = await propose('2026-Q2');
      expect(drawn.status).toBe(200);
      await exchange();
      expect((await post(corridor.mm, 'fund-manager', '/statements/sign', drawn.json)).json.state).toBe('signed');
      await exchange();
      await expectMirrored();
    });
  }, 60_000);

  test('one that was terminated finishes what was begun, if it protects it; one that is suspended does not', async () => {
    for (const [status, protects, code] of [
      ['terminated', true, undefined],
      ['terminated', false, 'settlement.agreement-suspended'],
      ['suspended', true, 'settlement.agreement-suspended'],
    ] as const) {
      await day('2026-05-10');
      const folder = agreementsWith((json) => {
        json.status = status;
        json.termination.protectsOngoingCare = protects;
      });
      await elsewhere({ TH: folder, MM: folder }, async () => {
        await day('2026-07-05');
        const sent = await propose('2026-Q2');
        // Nothing was begun: it is only a question of whether it would be looked at.
        expect(sent.code).toBe(code ?? 'settlement.nothing-to-settle');
      });
    }
  }, 120_000);
});

describe('days that cannot be', () => {
  test('care that ends before it begins, or was sent before it was given or tomorrow week: refused with a sentence', async () => {
    await day('2026-05-10');
    await settledReady([visit]);
    const body = await lastOf('claims');
    const with_ = (over: Record<string, unknown>) =>
      sentAs({
        ...body,
        messageId: randomUUID(),
        claims: [{ ...body.claims[0], claimId: randomUUID(), claimNumber: randomUUID(), ...over }],
      });
    for (const over of [
      { from: '2026-05-09', to: '2026-05-08' },
      { sentOn: '2026-05-09' },
      { sentOn: '2026-05-18', from: '2026-05-09', to: '2026-05-09' },
    ]) {
      expect((await with_(over)).code).toBe('settlement.days-not-allowed');
    }
  });
});

describe('a rate that was entered wrongly', () => {
  test('the statement differs; corrected with a reason while no statement bears it, and never after', async () => {
    await day('2026-07-06');
    for (const node of [corridor.th, corridor.mm]) {
      const value = node === corridor.mm ? '0.0258' : '0.0285';
      const rate = { from: 'THB', to: 'USD', day: '2026-06-30', source: 'central-bank-mid', value };
      expect((await post(node, 'fund-manager', '/rates', { ...rate, at: '2026-06-30T10:00:00Z' })).status).toBe(200);
    }
    const first = await propose('2026-Q2');
    expect(first.status).toBe(200);
    await exchange();
    const seen = (await get(corridor.th, 'fund-manager', `/statements/${first.json.statementId}`)).json;
    expect(seen.state).toBe('differs');
    expect(seen.differences.some((each: any) => each.why === 'rate')).toBe(true);

    const rate = { from: 'THB', to: 'USD', day: '2026-06-30', source: 'central-bank-mid', at: '2026-06-30T10:00:00Z' };
    const correct = (over: Record<string, unknown>, who = 'fund-manager') =>
      post(corridor.mm, who, '/rates/correct', {
        ...rate,
        value: '0.0285',
        reason: 'Two digits changed places.',
        ...over,
      });
    expect((await correct({}, 'claims-officer')).status).toBe(404);
    expect((await correct({ reason: ' ' })).status).toBe(400);
    expect((await correct({ value: '0' })).status).toBe(400);
    expect((await correct({ day: '2026-06-29' })).code).toBe('settlement.rate-missing');
    expect((await correct({})).json).toMatchObject({ value: '0.0285' });

    const second = await propose('2026-Q2');
    expect(second.status).toBe(200);
    await exchange();
    // It waits for our own signature now: a change would break the other's.
    expect((await correct({ value: '0.0300' })).code).toBe('settlement.rate-signed');
    // Two managers at once sign it once.
    const signed = await Promise.all(
      ['fund-manager', 'second-fund-manager'].map((who) => post(corridor.mm, who, '/statements/sign', second.json)),
    );
    expect(signed.map((each) => each.code ?? each.json.state).sort()).toEqual(['settlement.statement-state', 'signed']);
    await exchange();
    await expectMirrored();
    expect((await correct({ value: '0.0300' })).code).toBe('settlement.rate-signed');
    // 173.17 THB, by the scheme at home, at 0.0285.
    expect(await balances(corridor.mm, 'due-to-partner')).toEqual({ USD: 494n });
  });
});
