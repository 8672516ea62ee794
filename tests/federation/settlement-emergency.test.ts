import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import {
  agreement,
  agreementsWith,
  balances,
  claim,
  corridor,
  elsewhere,
  exchange,
  get,
  openWorld,
  post,
} from './settlement.world.ts';

openWorld();

const accounts = ['due-from-partner', 'due-to-partner', 'emergency-expense', 'emergency-payable'] as const;

/** What stands on the books of both, by account; nothing where nothing was booked. */
async function books() {
  const of = async (node: typeof corridor.th) =>
    Object.fromEntries(
      (await Promise.all(accounts.map(async (code) => [code, await balances(node, code)] as const))).filter(
        ([, by]) => Object.keys(by).length > 0,
      ),
    );
  return { th: await of(corridor.th), mm: await of(corridor.mm) };
}

const emergency = (over: Record<string, unknown> = {}) =>
  claim(corridor.th, undefined, {
    uninsured: { country: 'MM' },
    visit: 'emergency',
    lines: [{ code: 'EMERGENCY-VISIT', quantity: '1', unitPrice: '600.00' }],
    ...over,
  });

const seen = async (claimId: string, node = corridor.th) =>
  (await get(node, 'claims-officer', `/claims/${claimId}`)).json;

async function sendAndDecide(): Promise<void> {
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  await exchange();
  await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' });
  await exchange();
}

async function inWorldOf(clause: Record<string, unknown>, act: () => Promise<void>): Promise<void> {
  const folder = agreementsWith((json) => Object.assign(json.emergencyUninsured, clause));
  vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
  await elsewhere({ MM: folder, TH: folder }, act);
}

describe('an emergency of someone without cover: who owes whom is the clause’s to say', () => {
  test('the fund at home: owed by it, on both ledgers', async () => {
    const entered = await emergency();
    expect(entered.json).toMatchObject({ claimed: '600.00' });
    await sendAndDecide();
    expect(await books()).toEqual({
      th: { 'due-from-partner': { THB: 60_000n } },
      mm: { 'due-to-partner': { THB: 60_000n } },
    });
    for (const node of [corridor.th, corridor.mm]) {
      expect((await seen(entered.json.claimId, node)).owing).toEqual({
        clause: `${agreement}#art-4-1`,
        ref: 'Art 5',
        owes: 'home-fund',
        parts: [{ bearer: 'home', from: 'MM', toFund: 'TH', amount: { amount: '600.00', currency: 'THB' } }],
      });
    }
  });

  test('the fund where care was given: an expense of its own, nothing crosses, and the facility is paid once', async () => {
    await inWorldOf({ owes: 'host' }, async () => {
      const entered = await emergency();
      expect(entered.json).toMatchObject({ claimed: '0.00', borne: '600.00' });
      const { claimId } = entered.json;
      await sendAndDecide();
      expect(await books()).toEqual({
        th: { 'emergency-expense': { THB: 60_000n }, 'emergency-payable': { THB: 60_000n } },
        mm: {},
      });
      expect((await get(corridor.mm, 'claims-officer', '/claims')).json.total).toBe(0);
      const view = await seen(claimId);
      expect(view).toMatchObject({ side: 'host', providerName: expect.stringContaining('Mae Sot') });
      expect(view.owing).toMatchObject({
        owes: 'host',
        ref: 'Art 5',
        parts: [
          { bearer: 'host', from: 'TH', toFacility: view.providerName, amount: { amount: '600.00', currency: 'THB' } },
        ],
      });
      const pay = (username = 'fund-manager', over = {}) =>
        post(corridor.th, username, '/borne/paid', { claimId, paidOn: '2026-05-10', reference: 'BT-7', ...over });
      expect((await pay('claims-officer')).status).toBe(404);
      expect((await pay('fund-manager', { paidOn: '2026-05-09' })).code).toBe('settlement.days-not-allowed');
      expect((await pay('fund-manager', { claimId: randomUUID() })).code).toBe('settlement.borne-state');
      expect((await pay('fund-manager', { reference: '' })).status).toBe(400);
      expect((await pay()).json).toEqual({ amount: { amount: '600.00', currency: 'THB' } });
      expect((await pay()).code).toBe('settlement.borne-state');
      expect(await books()).toEqual({ th: { 'emergency-expense': { THB: 60_000n } }, mm: {} });
      expect(await balances(corridor.th, 'cash')).toEqual({ THB: -60_000n });
      expect((await seen(claimId)).owing.parts[0].paidOn).toBe('2026-05-10');
    });
  });

  test('shared: each fund its part, together what the care is worth', async () => {
    await inWorldOf({ owes: 'shared', homePercent: 40 }, async () => {
      const entered = await emergency();
      expect(entered.json).toMatchObject({ claimed: '240.00', borne: '360.00' });
      await sendAndDecide();
      expect(await books()).toEqual({
        th: {
          'due-from-partner': { THB: 24_000n },
          'emergency-expense': { THB: 36_000n },
          'emergency-payable': { THB: 36_000n },
        },
        mm: { 'due-to-partner': { THB: 24_000n } },
      });
      const { owing } = await seen(entered.json.claimId);
      expect(owing.parts.map((part: any) => [part.bearer, part.from, part.amount.amount])).toEqual([
        ['home', 'MM', '240.00'],
        ['host', 'TH', '360.00'],
      ]);
    });
  });

  test('a donor’s money: spent for its purpose, and no more than was given', async () => {
    await inWorldOf({ owes: 'donor-fund', donorPurpose: 'border-emergencies' }, async () => {
      const entered = await emergency();
      expect(entered.json).toMatchObject({ claimed: '0.00', borne: '600.00' });
      await sendAndDecide();
      expect((await books()).mm).toEqual({});
      const { claimId } = entered.json;
      expect((await seen(claimId)).owing.parts).toEqual([
        expect.objectContaining({ bearer: 'donor', from: 'TH', restrictedTo: 'border-emergencies' }),
      ]);
      const pay = () =>
        post(corridor.th, 'fund-manager', '/borne/paid', { claimId, paidOn: '2026-05-10', reference: 'BT-8' });
      // Nobody has given anything yet: the ledger refuses, and the facility is owed still.
      expect((await pay()).code).toMatch(/^ledger\./);
      expect((await books()).th).toMatchObject({ 'emergency-payable': { THB: 60_000n } });
      const given = await corridor.th.call(
        await corridor.th.token('fund-manager'),
        'POST',
        '/api/cover/fund/subsidies',
        {
          requestId: randomUUID(),
          schemeId: 'sch:th:migrant-health-insurance',
          by: 'donor',
          amount: { amount: '1000.00', currency: 'THB' },
          restrictedTo: 'border-emergencies',
          day: '2026-05-10',
          reference: 'Grant 1',
        },
      );
      expect(given.status).toBe(200);
      expect((await pay()).json).toEqual({ amount: { amount: '600.00', currency: 'THB' } });
      expect(await balances(corridor.th, 'cash')).toEqual({ THB: 40_000n });
      expect((await books()).th).toEqual({ 'emergency-expense': { THB: 60_000n } });
    });
  });

  test('each country bears what it gives: nothing is claimed and nothing booked', async () => {
    await inWorldOf({ owes: 'waiver' }, async () => {
      expect((await emergency()).code).toBe('settlement.waived');
      expect(await books()).toEqual({ th: {}, mm: {} });
    });
  });
});
