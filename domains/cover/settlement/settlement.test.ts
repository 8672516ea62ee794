import { join } from 'node:path';
import { money } from '@serai/kernel/base/money.ts';
import { parseAgreements } from '@serai/policy/agreement.ts';
import { loadAgreements } from '@serai/policy/load.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Settling } from './agreed.ts';
import { type HomeFacts, priceClaim, proposeAtHome } from './claim-abroad.ts';
import { applyMove, bookedMinor, type Line, lineStates, type Move, moves, type Side } from './lines.ts';
import { monthsInsured, totalised } from './periods.ts';
import { type CareAbroad, claimDeadline, fixedMonth, priceCare } from './pricing.ts';
import { drawUp, periodNamed, periodOf, type Rate, type SettlementRow } from './statement.ts';
import { interestMinor, meets } from './statement-states.ts';
import { Fund, value } from './testing/two-funds.ts';

const folder = join(import.meta.dirname, '../../../countries/agreements');
const agreement = loadAgreements(folder).find((each) => each.id === 'agr:MM-TH:cover') as Settling;
const changed = (over: Partial<Settling['settlement']>): Settling => ({
  ...agreement,
  settlement: { ...agreement.settlement, ...over },
});

describe('an agreement about cover', () => {
  const mistakes = (change: (json: any) => void) => {
    const json = JSON.parse(JSON.stringify(agreement));
    change(json);
    try {
      parseAgreements([{ name: 'x.json', json }]);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  test.each([
    [
      'a benefit of a clause for another purpose',
      (json: any) => (json.benefits[0].clause = 'art-4-1'),
      'not for the purpose COVERAGE',
    ],
    ['a clause there is not', (json: any) => (json.settlement.clause = 'art-9'), 'no clause of this agreement'],
    [
      'a price list there is not',
      (json: any) => (json.benefits[0].tariff.schedule = 'tar:none'),
      'which schedules does not have',
    ],
    ['a code the list does not have', (json: any) => (json.benefits[1].covers = ['HOTEL']), 'names HOTEL'],
    ['no fund for a party', (json: any) => delete json.settlement.funds.TH, 'does not name the fund of TH'],
    ['benefits without settlement', (json: any) => delete json.settlement, 'say how they are settled'],
    ['a benefit named twice', (json: any) => (json.benefits[1].id = json.benefits[0].id), 'used by an earlier benefit'],
    ['an emergency that is worth nothing', (json: any) => json.benefits.splice(0, 1), ''],
  ])('%s', (_, change, sentence) => {
    expect(mistakes(change as never)).toContain(sentence);
  });
  test('the shipped one is sound', () => expect(mistakes(() => {})).toBe(''));
});

const care = (over: Partial<CareAbroad> = {}): CareAbroad => ({
  ...{ country: 'TH', facility: 'TH:mae-sot-clinic', visit: 'other', care: 'out-patient' },
  ...{ from: '2026-05-10', to: '2026-05-10', diagnoses: ['B54'], authorised: ['necessary', 'maternal', 'residents'] },
  lines: [{ line: 1, code: 'OPD-VISIT', quantity: '1', unitPrice: money(30_000, 'THB') }],
  ...over,
});
const line = (code: string, quantity: string, minor: number, number = 1) => ({
  ...{ line: number, code, quantity, unitPrice: money(minor, 'THB') },
});
const priced = (over: Partial<CareAbroad>, used?: Record<string, bigint>) =>
  priceCare(agreement, care(over), used).map((each) => [each.amount.minor, each.reason]);

describe('what care abroad is worth', () => {
  test.each([
    [
      'as charged, less the share of the insured',
      { lines: [line('OPD-VISIT', '1', 20_000)] },
      [[18_000n, 'insured-pays']],
    ],
    ['no more than the list', { lines: [line('OPD-VISIT', '1', 90_000)] }, [[27_000n, 'over-tariff']]],
    ['half a strip', { lines: [line('AMOXICILLIN-500', '0.5', 250)] }, [[112n, 'insured-pays']]],
    ['not on the list', { lines: [line('HOTEL', '1', 100)] }, [[0n, 'not-covered']]],
    ['not authorised', { authorised: [] }, [[0n, 'no-authorisation']]],
    ['another facility', { facility: 'TH:tak-general-hospital' }, [[0n, 'not-covered']]],
    [
      'an emergency needs no authorisation and costs the insured nothing',
      {
        visit: 'emergency',
        authorised: undefined,
        facility: 'TH:tak-general-hospital',
        lines: [line('WARD-DAY', '3', 120_000)],
      },
      [[360_000n, 'accepted']],
    ],
    [
      'a birth by its group: one sum, on the first line',
      { diagnoses: ['O82.1'], lines: [line('CAESAREAN', '1', 1_500_000), line('DELIVERY', '1', 450_000, 2)] },
      [
        [1_440_000n, 'accepted'],
        [0n, 'in-group'],
      ],
    ],
    [
      'no more than an episode’s cap, from the first line on',
      { lines: [line('WARD-DAY', '20', 120_000), line('WARD-DAY', '10', 120_000, 2)] },
      [
        [2_160_000n, 'insured-pays'],
        [840_000n, 'over-cap'],
      ],
    ],
    ['nothing, where each bears its own', { lines: [line('OUTBREAK-VACCINE', '1', 100)] }, [[0n, 'waived']]],
    // 3,800 ÷ 12 × 0.8 = 253.33 a month.
    ['months of someone living there', { lines: [line('MONTHS-20-to-64', '6', 0)] }, [[151_998n, 'accepted']]],
  ] as const)('%s', (_, over, expected) => {
    expect(priced(over as never)).toEqual(expected);
  });

  test('what was used this year counts against the year’s cap', () => {
    expect(priced({}, { necessary: 5_990_000n })).toEqual([[10_000n, 'over-cap']]);
    expect(priced({}, { necessary: 7_000_000n })).toEqual([[0n, 'over-cap']]);
  });

  test.each([
    // DOMAIN E.3: average annual cost ÷ 12 × (1 − X), X = 0.20, or 0.15.
    [380_000n, 20, 25_333n],
    [380_000n, 15, 26_917n],
    [0n, 20, 0n],
  ])('a month of %s a year less %s per cent', (annual, reduction, expected) => {
    expect(fixedMonth(money(annual, 'THB'), reduction).minor).toBe(expected);
  });

  test('the last day to send a claim', () => expect(claimDeadline(agreement, '2026-05-31')).toBe('2027-05-31'));

  const claim = {
    ...{ requestId: '', claimNumber: '1', visit: 'other', care: 'out-patient', from: '2026-05-10', to: '2026-05-10' },
    ...{ diagnoses: ['B54'], currency: 'THB', lines: [{ code: 'OPD-VISIT', quantity: '1', unitPrice: '300' }] },
  } as const;
  const from = { country: 'TH', facility: 'TH:mae-sot-clinic', today: '2026-05-10', authorised: ['necessary'] };
  test.each([
    ['on its last day', {}, { today: '2027-05-10' }, undefined],
    ['a day too late', {}, { today: '2027-05-11' }, 'settlement.claim-too-late'],
    ['another currency', { currency: 'MMK' }, {}, 'settlement.wrong-currency'],
    ['days the wrong way', { from: '2026-05-11' }, {}, 'settlement.days-not-allowed'],
    ['before the agreement', { from: '2026-02-28', to: '2026-02-28' }, {}, 'settlement.days-not-allowed'],
    [
      'a quantity of nothing',
      { lines: [{ code: 'OPD-VISIT', quantity: '0', unitPrice: '1' }] },
      {},
      'settlement.amount-not-allowed',
    ],
    [
      'a tenth of a satang',
      { lines: [{ code: 'OPD-VISIT', quantity: '1', unitPrice: '1.001' }] },
      {},
      'settlement.amount-not-allowed',
    ],
    ['without authorisation', {}, { authorised: [] }, 'settlement.not-authorised'],
  ] as const)('entered %s', (_, over, basis, code) => {
    const result = priceClaim(agreement, { ...claim, ...over } as never, { ...from, ...basis } as never);
    expect(result.ok ? undefined : result.code).toBe(code);
  });
});

describe('what is proposed at home', () => {
  const facts = (over: Partial<HomeFacts> = {}): HomeFacts => ({
    care: care(),
    sentOn: '2026-05-11',
    lines: [{ line: 1, claimedMinor: 27_000n }],
    authorised: { benefits: ['necessary'] },
    insured: true,
    emergency: undefined,
    usedThisYear: {},
    duplicates: new Set(),
    reversal: false,
    ...over,
  });
  const emergency = { visit: 'emergency', authorised: undefined, lines: [line('WARD-DAY', '50', 120_000)] } as const;
  test.each([
    ['accepted as agreed', {}, ['accepted', 27_000n, 'accepted']],
    [
      'less, where more was claimed than agreed',
      { lines: [{ line: 1, claimedMinor: 30_000n }] },
      ['adjusted', 27_000n, 'insured-pays'],
    ],
    ['too late', { sentOn: '2027-05-11' }, ['disputed', 0n, 'too-late']],
    ['claimed before', { duplicates: new Set([1]) }, ['disputed', 0n, 'duplicate']],
    ['nobody asked', { authorised: undefined }, ['disputed', 0n, 'no-authorisation']],
    ['not insured on the day', { insured: false }, ['disputed', 0n, 'not-insured']],
    [
      'taken back',
      { reversal: true, lines: [{ line: 1, claimedMinor: -27_000n }] },
      ['accepted', -27_000n, 'reversal'],
    ],
    [
      'an emergency of someone without cover, up to its cap',
      {
        care: care(emergency),
        emergency: { owes: true, capMinor: 5_000_000n },
        lines: [{ line: 1, claimedMinor: 6_000_000n }],
      },
      ['adjusted', 5_000_000n, 'over-cap'],
    ],
    [
      'an emergency the country of care bears',
      { care: care(emergency), emergency: { owes: false, capMinor: undefined } },
      ['disputed', 0n, 'host-owes'],
    ],
  ] as const)('%s', (_, over, expected) => {
    const [proposal] = proposeAtHome(agreement, facts(over as never));
    expect([proposal!.state, proposal!.amountMinor, proposal!.reason]).toEqual(expected);
  });
});

const lineOf = (over: Partial<Line> = {}): Line => ({
  ...{
    claimId: 'c',
    line: 1,
    state: 'claimed',
    turn: 0,
    currency: 'THB',
    claimedMinor: 100n,
    amountMinor: 0n,
    reason: '',
  },
  statement: undefined,
  ...over,
});
const moveOf = (over: Partial<Move> = {}): Move => ({
  ...{ claimId: 'c', line: 1, turn: 1, state: 'accepted', amountMinor: 100n, reason: '' },
  ...over,
});

describe('whose move a line is', () => {
  test('in every state one side at most, and only where the table says', () => {
    for (const state of lineStates) {
      for (const by of ['creditor', 'debtor'] as Side[]) {
        for (const to of lineStates) {
          const amountMinor = to === 'accepted' ? 100n : to === 'adjusted' ? 50n : 0n;
          const line = lineOf({ state, amountMinor: state === 'accepted' ? 100n : 0n });
          const moved = applyMove(line, moveOf({ state: to, amountMinor }), by, true);
          expect(moved.ok).toBe(moves[state].by === by && moves[state].to.includes(to));
        }
      }
    }
  });

  test.each([
    ['a repeat changes nothing', lineOf({ state: 'accepted', turn: 1, amountMinor: 100n }), moveOf(), undefined],
    ['an old move changes nothing', lineOf({ state: 'disputed', turn: 3 }), moveOf({ turn: 2 }), undefined],
    ['the same number, another answer', lineOf({ state: 'disputed', turn: 1 }), moveOf(), 'settlement.contradiction'],
    ['a move before the one it follows', lineOf(), moveOf({ turn: 2 }), 'settlement.out-of-order'],
    ['accepting less than all', lineOf(), moveOf({ amountMinor: 99n }), 'settlement.amount-not-allowed'],
    ['adjusting to more', lineOf(), moveOf({ state: 'adjusted', amountMinor: 101n }), 'settlement.amount-not-allowed'],
    [
      'adjusting below nothing',
      lineOf(),
      moveOf({ state: 'adjusted', amountMinor: -1n }),
      'settlement.amount-not-allowed',
    ],
    [
      'disputing and yet paying',
      lineOf(),
      moveOf({ state: 'disputed', amountMinor: 1n }),
      'settlement.amount-not-allowed',
    ],
    [
      'in a statement',
      lineOf({ statement: { id: 's', signedByBoth: true } }),
      moveOf(),
      'settlement.line-in-statement',
    ],
  ])('%s', (_, line, move, code) => {
    const moved = applyMove(line, move, 'debtor', false);
    expect(moved.ok ? undefined : moved.code).toBe(code);
    if (moved.ok) {
      expect(moved.value).toEqual({ line, applied: false });
    }
  });

  test('the creditor books what it claims, the debtor what it agreed to', () => {
    const booked = (state: Line['state'], amountMinor: bigint) => {
      const line = lineOf({ state, amountMinor });
      return [bookedMinor(line, 'creditor'), bookedMinor(line, 'debtor')];
    };
    expect(booked('claimed', 0n)).toEqual([100n, 0n]);
    expect(booked('disputed', 0n)).toEqual([100n, 0n]);
    expect(booked('adjusted', 40n)).toEqual([40n, 40n]);
    expect(booked('accepted', 100n)).toEqual([100n, 100n]);
    expect(booked('withdrawn', 0n)).toEqual([0n, 0n]);
  });
});

const rates: readonly Rate[] = [
  {
    from: 'THB',
    to: 'USD',
    day: '2026-06-30',
    source: 'central-bank-mid',
    value: '0.0285',
    at: '2026-06-30T10:00:00Z',
  },
  {
    from: 'MMK',
    to: 'USD',
    day: '2026-06-30',
    source: 'central-bank-mid',
    value: '0.000476',
    at: '2026-06-30T10:00:00Z',
  },
];
const period = periodOf('quarter', '2026-05-10');

describe('statements', () => {
  test.each([
    ['month', '2026-02-10', '2026-02', '2026-02-01', '2026-02-28'],
    ['quarter', '2026-02-10', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['quarter', '2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31'],
  ] as const)('the %s of %s is %s', (kind, at, name, from, to) => {
    expect(periodOf(kind, at)).toEqual({ name, from, to });
    expect(periodNamed(kind, name)).toEqual({ name, from, to });
  });
  test.each(['2026-Q5', '2026-13', '2026', 'Q1'])('%s is no period', (name) => {
    expect(periodNamed('quarter', name) ?? periodNamed('month', name)).toBeUndefined();
  });

  const row = (over: Partial<SettlementRow>): SettlementRow => ({
    ...lineOf({ state: 'accepted', turn: 1, claimedMinor: 100_000n, amountMinor: 100_000n }),
    ...{ creditor: 'TH', careTo: '2026-05-10', sentOn: '2026-05-11' },
    ...over,
  });
  const head = (terms: Settling) => ({
    ...{ id: 's', agreement: terms, digest: 'd', parties: ['MM', 'TH'] as [string, string], round: 1, period },
    ...{ drawnUpBy: 'TH', drawnUpOn: '2026-07-05' },
  });
  const paymentsOf = (terms: Settling, rows: SettlementRow[]) => value(drawUp(head(terms), rows, [], rates)).payments;
  test('set off, or each its own, as the agreement says; below zero it is owed the other way', () => {
    const both = [row({}), row({ claimId: 'd', creditor: 'MM', amountMinor: 40_000n })];
    expect(paymentsOf(changed({ currency: 'THB' }), both)).toEqual([{ from: 'MM', to: 'TH', amount: '600.00' }]);
    expect(paymentsOf(changed({ currency: 'THB', netting: false }), both)).toEqual([
      { from: 'TH', to: 'MM', amount: '400.00' },
      { from: 'MM', to: 'TH', amount: '1000.00' },
    ]);
    expect(paymentsOf(changed({ currency: 'THB' }), [row({ amountMinor: -500n })])).toEqual([
      { from: 'TH', to: 'MM', amount: '5.00' },
    ]);
    expect(paymentsOf(changed({ currency: 'THB' }), [row({}), row({ claimId: 'd', creditor: 'MM' })])).toEqual([]);
  });
  test('converted once a currency and direction, by the agreed source and day', () => {
    const rows = Array.from({ length: 3 }, (_, i) => row({ claimId: `c${i}`, amountMinor: 33n }));
    // 0.99 THB × 0.0285 = 0.0282; three times 0.33 × 0.0285, each rounded, would be 0.03.
    expect(value(drawUp(head(agreement), rows, [], rates)).gross).toEqual([
      expect.objectContaining({ amount: '0.99', converted: '0.03' }),
    ]);
    const missing = drawUp(head(agreement), rows, [], []);
    expect(missing).toMatchObject({ code: 'settlement.rate-missing', details: { from: 'THB', day: '2026-06-30' } });
    expect(drawUp(head(changed({ fx: { source: 'other', on: 'period-end' } })), rows, [], rates).ok).toBe(false);
    expect(
      drawUp(head(changed({ fx: { source: 'central-bank-mid', on: 'care-day' } })), rows, [], rates),
    ).toMatchObject({
      details: { day: '2026-05-10' },
    });
  });

  test.each([
    // 1,000.00 at 6 % for 365 days, one day, and not late.
    [100_000n, 6, '2027-01-05', '2028-01-05', 6_000n],
    [100_000n, 6, '2027-01-05', '2027-01-06', 16n],
    [100_000n, 6, '2027-01-05', '2027-01-05', 0n],
    [100_000n, null, '2027-01-05', '2028-01-05', 0n],
    [100_000n, 7.25, '2027-01-05', '2027-04-05', 1_788n],
  ])('interest on %s at %s per cent from %s to %s', (minor, percent, due, until, expected) => {
    expect(interestMinor(minor, percent, due, until)).toBe(expected);
  });

  test.each([
    ['nothing of ours', 1, 'MM', { us: 'TH', round: 0, open: false }, 'look'],
    ['the same round, theirs first in the alphabet', 1, 'MM', { us: 'TH', round: 1, open: true }, 'give-way'],
    ['the same round, ours first', 1, 'TH', { us: 'MM', round: 1, open: true }, 'ignore'],
    ['an earlier round, late', 1, 'MM', { us: 'TH', round: 2, open: false }, 'ignore'],
    ['a later round, while ours is unanswered', 2, 'MM', { us: 'TH', round: 1, open: true }, 'later'],
    ['a later round', 2, 'MM', { us: 'TH', round: 1, open: false }, 'look'],
  ] as const)('two statements meet: %s', (_, round, partner, own, expected) => {
    expect(meets({ round, partner }, own)).toBe(expected);
  });
});

describe('two funds over a line that repeats, delays and reorders', () => {
  const step = fc.record({
    who: fc.boolean(),
    what: fc.constantFrom(
      'enter',
      'act',
      'act',
      'propose',
      'sign',
      'deliver',
      'deliver',
      'deliver',
      'deliver',
      'repeat',
    ),
    n: fc.nat(50),
    choice: fc.nat(5),
    amounts: fc.array(fc.bigInt({ min: 1n, max: 5_000_000n }), { minLength: 1, maxLength: 4 }),
  });

  test('whatever is lost on the way and sent again, both sign the same and their books mirror each other', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 80, maxLength: 200, size: 'max' }), (steps) => {
        const th = new Fund('TH', 'MM', agreement, period, rates);
        const mm = new Fund('MM', 'TH', agreement, period, rates);
        const sent = new Map([th, mm].map((fund) => [fund, new Set<string>()]));
        const deliver = (from: Fund, to: Fund, n: number, again: boolean) => {
          const done = sent.get(from)!;
          const waiting = from.out.filter(({ id }) => done.has(id) === again);
          const chosen = waiting[n % Math.max(1, waiting.length)];
          if (chosen && to.take(chosen.id, chosen.message) && !done.has(chosen.id)) {
            done.add(chosen.id);
            from.delivered(chosen.message);
          }
        };
        let claims = 0;
        for (const { who, what, n, choice, amounts } of steps) {
          const [fund, other] = who ? [th, mm] : [mm, th];
          switch (what) {
            case 'enter':
              fund.enter(`claim-${claims++}`, who ? 'THB' : 'MMK', amounts);
              break;
            case 'act':
              fund.act(n, choice);
              break;
            case 'propose':
              fund.propose();
              break;
            case 'sign':
              fund.sign();
              break;
            default:
              deliver(fund, other, n, what === 'repeat');
          }
        }
        const settle = () => {
          for (let i = 0; i < 400 && [th, mm].some((fund) => sent.get(fund)!.size < fund.out.length); i++) {
            deliver(th, mm, i, false);
            deliver(mm, th, i, false);
          }
        };
        settle();
        for (let round = 0; round < 40 && th.openLines + mm.openLines > 0; round++) {
          for (const fund of [th, mm]) {
            fund.sign();
            for (let i = fund.openLines; i > 0; i--) {
              fund.act(0, 0);
            }
          }
          settle();
          (round % 2 ? th : mm).propose();
          settle();
        }
        expect([th.openLines, mm.openLines]).toEqual([0, 0]);
        expect([th.unanswered, mm.unanswered]).toEqual([0, 0]);
        expect(th.signed()).toEqual(mm.signed());
        expect(th.standing('due-from-partner')).toEqual(mm.standing('due-to-partner'));
        expect(mm.standing('due-from-partner')).toEqual(th.standing('due-to-partner'));
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});

describe('insured periods of two countries', () => {
  const period = (country: string, from: string, to: string) => ({ country, schemeId: 's', from, to });
  test('a day insured in both counts once, for the country that counts', () => {
    expect(
      totalised('TH', [
        period('MM', '2026-01-01', '2026-03-31'),
        period('TH', '2026-03-01', '2026-05-31'),
        period('MM', '2026-05-15', '2026-06-30'),
      ]),
    ).toEqual([
      { country: 'MM', from: '2026-01-01', to: '2026-02-28' },
      { country: 'TH', from: '2026-03-01', to: '2026-05-31' },
      { country: 'MM', from: '2026-06-01', to: '2026-06-30' },
    ]);
  });
  test('nothing outside the days that are asked about', () => {
    const within = { from: '2026-02-01', to: '2026-02-28' };
    expect(totalised('TH', [period('MM', '2026-01-01', '2026-03-31')], within)).toEqual([{ country: 'MM', ...within }]);
  });
  test.each([
    // Three months of contributions in the fifteen before (DOMAIN F.2).
    ['2026-06-10', 15, 5],
    ['2026-06-10', 3, 2],
    ['2025-12-10', 15, 0],
  ])('months insured on %s within %s', (on, within, expected) => {
    expect(monthsInsured([{ from: '2026-01-15', to: '2026-05-02' }], on, within)).toBe(expected);
  });
  test('no day is counted twice and none is lost', () => {
    const at = fc.integer({ min: 0, max: 60 });
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('TH', 'MM', 'LA'), at, at)), (given) => {
        const periods = given.map(([country, a, b]) => period(country, day(Math.min(a, b)), day(Math.max(a, b))));
        const counted = totalised('TH', periods);
        for (let n = 0; n <= 60; n++) {
          const covers = (each: { from: string; to: string }) => each.from <= day(n) && day(n) <= each.to;
          expect(counted.filter(covers)).toHaveLength(periods.some(covers) ? 1 : 0);
        }
      }),
    );
  });
});
