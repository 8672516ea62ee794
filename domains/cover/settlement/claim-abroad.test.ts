import { join } from 'node:path';
import { money } from '@serai/kernel/base/money.ts';
import { parseAgreements } from '@serai/policy/agreement.ts';
import { loadAgreements } from '@serai/policy/load.ts';
import { describe, expect, test } from 'vitest';
import type { AdjudicatedLine } from '../claims/adjudication.ts';
import type { Settling } from './agreed.ts';
import { type HomeFacts, priceClaim, proposeAtHome } from './claim-abroad.ts';
import { type CareAbroad, claimDeadline, fixedMonth, priceCare } from './pricing.ts';

const folder = join(import.meta.dirname, '../../../countries/agreements');
const agreement = loadAgreements(folder).find((each) => each.id === 'agr:MM-TH:cover') as Settling;

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
    uninsured: false,
    usedThisYear: {},
    duplicates: new Set(),
    reversal: false,
    judge: () => new Map(),
    ...over,
  });
  const paying = (paidMinor: bigint, over: Partial<AdjudicatedLine> = {}) => ({
    judge: () =>
      new Map([
        [
          1,
          {
            ...{
              line: 1,
              code: 'CON-GENERAL',
              claimedMinor: 1_800_000n,
              allowedMinor: 1_800_000n,
              adjustedMinor: 1_800_000n,
            },
            ...{
              deductedMinor: 0n,
              memberPaysMinor: 0n,
              quantity: '1',
              reason: 0,
              rule: 'benefits[0].limits',
              relative: false,
            },
            ...{ paidMinor, ...over },
          },
        ],
      ]),
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
        uninsured: true,
        lines: [{ line: 1, claimedMinor: 6_000_000n }],
      },
      ['adjusted', 5_000_000n, 'over-cap'],
    ],
    [
      'an emergency the country of care bears',
      { care: care({ ...emergency, visit: 'other' }), uninsured: true },
      ['disputed', 0n, 'host-owes'],
    ],
    // Of 300 the agreement leaves 270 after the insured's 30; the scheme pays 80 of a hundred of the 300.
    ['what the scheme pays of the agreed price', paying(1_440_000n), ['adjusted', 24_000n, 'scheme']],
    ['the insured’s share is not taken twice', paying(1_710_000n), ['accepted', 27_000n, 'accepted']],
    [
      'a waiting period at home',
      paying(0n, { reason: 17, rule: 'benefits[6].waitingMonths.adult' }),
      ['disputed', 0n, 'scheme'],
    ],
    ['a ceiling that is used up at home', paying(0n, { reason: 108, rule: 'ceiling' }), ['adjusted', 0n, 'scheme']],
  ] as const)('%s', (_, over, expected) => {
    const [proposal] = proposeAtHome(agreement, facts(over as never));
    expect([proposal!.state, proposal!.amountMinor, proposal!.reason]).toEqual(expected);
  });

  test('each line says its number, its rule, and what was allowed, adjusted and paid', () => {
    const judged = (over: Partial<HomeFacts>) => proposeAtHome(agreement, facts(over))[0]!.judged;
    expect(judged(paying(1_440_000n))).toEqual({
      ...{ reason: 0, rule: 'benefits[0].limits', allowed: '300.00', adjusted: '270.00', paid: '240.00' },
    });
    expect(judged(paying(0n, { reason: 17, rule: 'benefits[6].waitingMonths.adult' }))).toEqual({
      ...{ reason: 17, rule: 'benefits[6].waitingMonths.adult', allowed: '300.00', adjusted: '270.00', paid: '0.00' },
    });
    // Why there is no cover stays at home: a contribution that is owed is nobody's business abroad.
    expect(judged(paying(0n, { reason: 107, rule: 'contribution.grace.paymentDays' }))).toMatchObject({
      ...{ reason: 3, rule: 'policies' },
    });
    expect(judged({ sentOn: '2027-05-11' })).toMatchObject({ reason: 103, rule: 'settlement.claimDeadlineMonths' });
  });
});
