import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseProgrammes, slipsOf, tariffOf, type VoucherProgramme } from './programme.ts';
import {
  act,
  finalStates,
  isLapsed,
  owed,
  type RedemptionRequest,
  redeem,
  type Sibling,
  type VoucherAct,
  type VoucherFacts,
  type VoucherStanding,
  type VoucherState,
  voucherActs,
  voucherStates,
} from './voucher.ts';

const file = new URL('../../../countries/mm/vouchers/kadon-kani.json', import.meta.url);
const json = JSON.parse(readFileSync(file, 'utf8'));
const programme = parseProgrammes([{ name: 'kadon-kani.json', json }])[0]!;

describe('the programme', () => {
  it('has the booklets of DOMAIN G', () => {
    const maternal = slipsOf(programme, 'pregnant').map((slip) => `${slip.service} ${slip.number}`);
    expect(maternal).toEqual(['anc 1', 'anc 2', 'anc 3', 'anc 4', 'transport 1', 'delivery 1', 'pnc 1', 'pnc 2']);
    expect(slipsOf(programme, 'under-five')).toHaveLength(4);
    expect(tariffOf(programme, 'delivery', 1)).toEqual({ minor: 2_500_000n, currency: 'MMK' });
    expect(tariffOf(programme, 'anc', 1)).toEqual({ minor: 400_000n, currency: 'MMK' });
    expect(tariffOf(programme, 'anc', 2)).toEqual({ minor: 300_000n, currency: 'MMK' });
    expect(programme.villages).toHaveLength(30);
  });

  it('tells every mistake at once', () => {
    const wrong = structuredClone(json);
    wrong.services[0].before = 'nothing';
    wrong.booklets[0].vouchers[0].service = 'magic';
    wrong.groups[1].booklet = 'none';
    expect(() => parseProgrammes([{ name: 'wrong.json', json: wrong }])).toThrow(
      /services\.0\.before names nothing[\s\S]*vouchers\.0\.service names magic[\s\S]*groups\.1\.booklet names none/,
    );
    expect(() =>
      parseProgrammes([
        { name: 'a', json },
        { name: 'b', json },
      ]),
    ).toThrow(/in another file too/);
  });
});

describe('a voucher’s states', () => {
  const rows: readonly [VoucherState, VoucherAct, VoucherState, string | undefined][] = [
    ['generated', 'print', 'printed', undefined],
    ['printed', 'issue', 'issued', 'voucher-issued'],
    ['generated', 'issue', 'issued', 'voucher-issued'],
    ['issued', 'activate', 'activated', undefined],
    ['activated', 'redeem', 'redeemed', 'voucher-redeemed'],
    ['redeemed', 'validate', 'validated', undefined],
    ['validated', 'pay', 'paid', 'voucher-paid'],
    ['generated', 'void', 'void', undefined],
    ['issued', 'void', 'void', 'voucher-expired'],
    ['activated', 'void', 'void', 'voucher-expired'],
    ['activated', 'replace', 'lost-replaced', 'voucher-expired'],
    ['activated', 'expire', 'expired', 'voucher-expired'],
    ['issued', 'expire', 'expired', 'voucher-expired'],
    ['redeemed', 'dispute', 'disputed', undefined],
    ['validated', 'hold', 'fraud-hold', undefined],
  ];
  it.each(rows)('%s, %s → %s', (state, what, to, posting) => {
    const acted = act({ state }, what);
    expect(acted).toMatchObject({ ok: true, value: { to: { state: to } } });
    expect(acted.ok && acted.value.posting).toBe(posting);
  });

  it.each([
    ['activated', 'voucher-expired'],
    ['redeemed', 'voucher-rejected'],
    ['validated', 'voucher-rejected'],
  ] as const)('what was held while %s goes back there, or is rejected', (heldFrom, rejected) => {
    const held: VoucherStanding = { state: 'fraud-hold', heldFrom };
    expect(act(held, 'release')).toEqual({ ok: true, value: { to: { state: heldFrom } } });
    expect(act(held, 'reject')).toEqual({ ok: true, value: { to: { state: 'void' }, posting: rejected } });
  });

  it('allows nothing else, and nothing at all once it is over', () => {
    const allowed = new Set(rows.map(([state, what]) => `${state} ${what}`));
    for (const more of ['printed print', 'printed void', 'issued hold', 'issued replace', 'activated hold']) {
      allowed.add(more);
    }
    for (const more of ['redeemed hold', 'validated dispute']) {
      allowed.add(more);
    }
    for (const state of ['disputed', 'fraud-hold']) {
      allowed.add(`${state} release`).add(`${state} reject`);
    }
    for (const state of voucherStates) {
      for (const what of voucherActs) {
        expect([`${state} ${what}`, act({ state }, what).ok]).toEqual([
          `${state} ${what}`,
          allowed.has(`${state} ${what}`),
        ]);
      }
    }
    for (const state of finalStates) {
      expect(owed({ state })).toBe('nothing');
    }
  });

  it('whatever is done to it, what is owed is what the ledger was told', () => {
    // All paths of six acts: issued +1; redeemed, expired −1 and so on must leave the balances that `owed` says.
    const walk = (standing: VoucherStanding, holder: number, provider: number, depth: number): void => {
      expect([holder, provider]).toEqual([owed(standing) === 'holder' ? 1 : 0, owed(standing) === 'provider' ? 1 : 0]);
      for (const what of depth > 0 ? voucherActs : []) {
        const acted = act(standing, what);
        if (acted.ok) {
          const { to, posting } = acted.value;
          const effect = {
            'voucher-issued': [1, 0],
            'voucher-redeemed': [-1, 1],
            'voucher-expired': [-1, 0],
            'voucher-paid': [0, -1],
            'voucher-rejected': [0, -1],
            none: [0, 0],
          }[posting ?? 'none'] as [number, number];
          walk(to, holder + effect[0], provider + effect[1], depth - 1);
        }
      }
    };
    walk({ state: 'generated' }, 0, 0, 9);
  });
});

const here = { country: 'MM', facility: 'myawaddy-clinic', level: 'clinic' };
const voucher = (changes: Partial<VoucherFacts> = {}): VoucherFacts => ({
  state: 'activated',
  service: 'anc',
  number: 2,
  issuedOn: '2026-01-10',
  expiresOn: '2026-12-06',
  ...changes,
});
const request = (changes: Partial<RedemptionRequest> = {}): RedemptionRequest => ({
  provider: here,
  on: '2026-03-01',
  receivedOn: '2026-03-01',
  bookletFits: true,
  offline: false,
  ...changes,
});
const seen = (service: string, number: number, on: string): Sibling => ({ service, number, on, state: 'redeemed' });
const limited = structuredClone(json);
limited.services[1].levels = ['district'];
limited.facilities = ['myawaddy-clinic'];
const narrow = parseProgrammes([{ name: 'narrow', json: limited }])[0]!;

describe('redemption', () => {
  it.each<[string, VoucherFacts, readonly Sibling[], VoucherProgramme, RedemptionRequest, string]>([
    ['not issued', voucher({ state: 'printed' }), [], programme, request(), 'vouchers.not-issued'],
    ['void', voucher({ state: 'void' }), [], programme, request(), 'vouchers.void'],
    ['replaced', voucher({ state: 'lost-replaced' }), [], programme, request(), 'vouchers.lost-replaced'],
    ['expired', voucher({ state: 'expired' }), [], programme, request(), 'vouchers.expired'],
    ['redeemed before', voucher({ state: 'redeemed' }), [], programme, request(), 'vouchers.already-redeemed'],
    ['paid', voucher({ state: 'paid' }), [], programme, request(), 'vouchers.already-redeemed'],
    ['held', voucher({ state: 'fraud-hold' }), [], programme, request(), 'vouchers.held'],
    ['disputed', voucher({ state: 'disputed' }), [], programme, request(), 'vouchers.held'],
    ['not activated', voucher({ state: 'issued' }), [], programme, request(), 'vouchers.not-activated'],
    ['another booklet', voucher(), [], programme, request({ bookletFits: false }), 'vouchers.wrong-booklet'],
    ['another service', voucher(), [], programme, request({ service: 'pnc' }), 'vouchers.wrong-service'],
    [
      'a service the programme dropped',
      voucher({ service: 'gone' }),
      [],
      programme,
      request(),
      'vouchers.wrong-service',
    ],
    [
      'a level that may not',
      voucher({ service: 'delivery', number: 1 }),
      [],
      narrow,
      request(),
      'vouchers.wrong-facility',
    ],
    [
      'a facility not in it',
      voucher(),
      [],
      narrow,
      request({ provider: { ...here, facility: 'other' } }),
      'vouchers.wrong-facility',
    ],
    [
      'a country not in it',
      voucher(),
      [],
      programme,
      request({ provider: { ...here, country: 'LA' } }),
      'vouchers.wrong-facility',
    ],
    ['tomorrow', voucher(), [], programme, request({ on: '2026-03-02' }), 'vouchers.future-service'],
    ['before issue', voucher(), [], programme, request({ on: '2026-01-09' }), 'vouchers.before-issue'],
    [
      'after its last day',
      voucher(),
      [],
      programme,
      request({ on: '2026-12-07', receivedOn: '2026-12-07' }),
      'vouchers.expired',
    ],
    ['told too late', voucher(), [], programme, request({ receivedOn: '2026-04-01' }), 'vouchers.too-late'],
    [
      'out of order',
      voucher(),
      [{ service: 'anc', number: 1, state: 'activated' }],
      programme,
      request(),
      'vouchers.out-of-order',
    ],
    [
      'before birth, after it',
      voucher(),
      [seen('delivery', 1, '2026-02-27')],
      programme,
      request(),
      'vouchers.after-birth',
    ],
    [
      'after birth, without one',
      voucher({ service: 'pnc', number: 1 }),
      [],
      programme,
      request(),
      'vouchers.birth-first',
    ],
    [
      'after birth, with a birth to come',
      voucher({ service: 'pnc', number: 1 }),
      [],
      programme,
      request({ deliveredOn: '2026-03-02' }),
      'vouchers.birth-first',
    ],
    ['too soon', voucher(), [seen('anc', 1, '2026-02-09')], programme, request(), 'vouchers.too-soon'],
  ])('%s is refused', (_, given, siblings, by, asked, code) => {
    expect(redeem(given, siblings, by, asked)).toMatchObject({ ok: false, code });
  });

  it.each<[string, VoucherFacts, readonly Sibling[], RedemptionRequest]>([
    ['the next in order', voucher(), [seen('anc', 1, '2026-02-08')], request()],
    ['on its last day', voucher(), [], request({ on: '2026-12-06', receivedOn: '2026-12-06' })],
    [
      'on its last day, sent in within the time of grace',
      voucher(),
      [],
      request({ on: '2026-12-06', receivedOn: '2026-12-27', offline: true }),
    ],
    ['told on the last possible day', voucher(), [], request({ receivedOn: '2026-03-31' })],
    ['though an earlier one was replaced', voucher(), [{ service: 'anc', number: 1, state: 'void' }], request()],
    ['after a birth at home', voucher({ service: 'pnc', number: 1 }), [], request({ deliveredOn: '2026-02-27' })],
    [
      'after a birth with a voucher',
      voucher({ service: 'pnc', number: 1 }),
      [seen('delivery', 1, '2026-03-01')],
      request(),
    ],
    ['across the border', voucher(), [], request({ provider: { ...here, country: 'TH', facility: 'mae-sot-clinic' } })],
  ])('%s is taken', (_, given, siblings, asked) => {
    expect(redeem(given, siblings, programme, asked)).toEqual({
      ok: true,
      value: { to: { state: 'redeemed' }, posting: 'voucher-redeemed' },
    });
  });
});

it('an unused voucher lapses once no offline redemption can still come', () => {
  expect(isLapsed(voucher(), programme, '2026-12-27')).toBe(false);
  expect(isLapsed(voucher(), programme, '2026-12-28')).toBe(true);
});
