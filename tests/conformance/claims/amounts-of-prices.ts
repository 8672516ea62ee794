import { list, type MoneyRow } from './amount-rows.ts';
import {
  benefits,
  type Change,
  line,
  member,
  pays,
  paysAtMost,
  perBaht,
  type SchemeJson,
  schemeJson,
  thb,
} from './case.ts';

// ---- Each price by each limit, visit and age -------------------------------------------------------------------------

const origins = ['list', 'claimed', 'fixed', 'drg', 'capitation', 'relative'] as const;
const visits = ['other', 'referral', 'emergency'] as const;

/** Two units claimed at 120.00; listed at 100.00, fixed at 80.00; the diagnosis weighs half of 1,000.00. */
const allowed = { list: 20000, claimed: 24000, fixed: 16000, drg: 50000, capitation: 0, relative: 20000 } as const;

/** Adult and child, for other visits, referrals and emergencies. */
const coInsurance = {
  other: { adult: pays(80), child: pays(100) },
  referral: { adult: pays(90), child: pays(95) },
  emergency: { adult: pays(75), child: pays(50) },
};
const fixed = {
  other: { adult: paysAtMost('60.00'), child: paysAtMost('70.00') },
  referral: { adult: paysAtMost('75.00'), child: paysAtMost('110.00') },
  emergency: { adult: paysAtMost('50.00'), child: paysAtMost('0.00') },
};
/** What the scheme pays: other adult, other child, referral adult, referral child, emergency adult, emergency child. */
const paid = {
  'co-insurance': {
    list: [16000, 20000, 18000, 19000, 15000, 10000],
    claimed: [19200, 24000, 21600, 22800, 18000, 12000],
    fixed: [12800, 16000, 14400, 15200, 12000, 8000],
    drg: [40000, 50000, 45000, 47500, 37500, 25000],
    capitation: [0, 0, 0, 0, 0, 0],
    relative: [16000, 20000, 18000, 19000, 15000, 10000],
  },
  fixed: {
    list: [12000, 14000, 15000, 20000, 10000, 0],
    claimed: [12000, 14000, 15000, 22000, 10000, 0],
    fixed: [12000, 14000, 15000, 16000, 10000, 0],
    // A case payment is one unit, whatever the quantity.
    drg: [6000, 7000, 7500, 11000, 5000, 0],
    capitation: [0, 0, 0, 0, 0, 0],
    relative: [12000, 14000, 15000, 20000, 10000, 0],
  },
} as const;

const groups = {
  ...schemeJson().tariffs![0]!,
  drg: { baseRate: '1000.00', weights: { J: 2, J06: 0.5, A: 3 } },
  capitation: { perMemberMonth: '50.00', covers: ['visit'] },
};

const everyPrice: MoneyRow[] = (['co-insurance', 'fixed'] as const).flatMap((kind) =>
  origins.flatMap((price) =>
    visits.flatMap((visit, v) =>
      (['adult', 'child'] as const).map((age, a): MoneyRow => {
        const pay = paid[kind][price][v * 2 + a]!;
        return {
          what: `${price} price, ${kind}, ${visit} visit, ${age}`,
          change: {
            scheme: {
              benefits: benefits({ price, fixedPrice: '80.00', limits: kind === 'fixed' ? fixed : coInsurance }),
              tariffs: [groups],
              relative: { period: 'month', sharePercent: 80 },
            },
            claim: { visit, lines: [line({ quantity: '2', unitPrice: thb('120.00') })] },
            member: { ...member, birthDate: age === 'adult' ? '2008-03-10' : '2008-03-11' },
          },
          lines: [[allowed[price], 0, pay, allowed[price] - pay]],
        };
      }),
    ),
  ),
);

const prices = list([
  ['claimed below the list', { claim: { lines: [line({ unitPrice: thb('70.00') })] } }, [7000, 0, 7000, 0]],
  [
    'no limit of its own for referrals',
    {
      scheme: { benefits: benefits({ limits: { other: { adult: pays(80), child: pays(80) } } }) },
      claim: { visit: 'referral' },
    },
    [10000, 0, 8000, 2000],
  ],
  [
    'a case is paid for once',
    {
      scheme: { benefits: benefits({ price: 'drg' }), tariffs: [groups] },
      claim: { lines: [line(), line({ line: 2 }), line({ line: 3, kind: 'item', code: 'drug' })] },
    },
    [50000, 0, 50000, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  [
    'a case whose first line fell is paid for by its second',
    {
      scheme: { benefits: benefits({ price: 'drg' }), tariffs: [groups] },
      claim: { lines: [line({ code: 'unknown' }), line({ line: 2 })] },
    },
    [0, 0, 0, 0],
    [50000, 0, 50000, 0],
  ],
  [
    'the later of two lists',
    {
      scheme: {
        tariffs: [
          schemeJson().tariffs![0]!,
          { ...schemeJson().tariffs![0]!, id: 'new', validFrom: '2026-03-10', prices: { visit: '90.00' } },
        ],
      },
    },
    [9000, 0, 9000, 0],
  ],
  [
    'the benefit that names the code before the one for all',
    {
      scheme: {
        benefits: [
          { id: 'all', covers: ['*'], price: 'list', limits: { other: { adult: pays(10), child: pays(10) } } },
          {
            id: 'visits',
            covers: ['category:visit'],
            price: 'list',
            limits: { other: { adult: pays(20), child: pays(20) } },
          },
          { id: 'visit', covers: ['visit'], price: 'list', limits: { other: { adult: pays(30), child: pays(30) } } },
        ],
      },
    },
    [10000, 0, 3000, 7000],
  ],
]);

// ---- No money is cut off --------------------------------------------------------------------------------------------

const claimedAt = (quantity: string, unit: string, scheme: Partial<SchemeJson> = {}): Change => ({
  scheme: { benefits: benefits({ price: 'claimed' }), ...scheme },
  claim: { lines: [line({ quantity, unitPrice: thb(unit) })] },
});

const exact = list([
  // openIMIS: int(0.5 × 33.33) = 16.
  ['half of 33.33 is 16.66, the even neighbour of 16.665', claimedAt('0.5', '33.33'), [1666, 0, 1666, 0]],
  ['half of 33.35 is 16.68, the even neighbour of 16.675', claimedAt('0.5', '33.35'), [1668, 0, 1668, 0]],
  ['a third of a strip, six digits', claimedAt('0.333333', '100.00'), [3333, 0, 3333, 0]],
  ['2.75 at 19.99', claimedAt('2.75', '19.99'), [5497, 0, 5497, 0]],
  ['0.1 thirty times is three', claimedAt('30', '0.10'), [300, 0, 300, 0]],
  ['a quadrillion', claimedAt('1', '9999999999999.99'), [999999999999999, 0, 999999999999999, 0]],
  [
    'a share of 33.3 % of 0.05, and the rest is the member’s',
    claimedAt('1', '0.05', {
      benefits: benefits({ price: 'claimed', limits: { other: { adult: pays(33.3), child: pays(33.3) } } }),
    }),
    [5, 0, 2, 3],
  ],
  [
    'half a satang goes to the even neighbour',
    claimedAt('1', '0.05', {
      benefits: benefits({ price: 'claimed', limits: { other: { adult: pays(50), child: pays(50) } } }),
    }),
    [5, 0, 2, 3],
  ],
  [
    'a fixed limit for half a unit',
    claimedAt('0.5', '100.00', {
      benefits: benefits({
        price: 'claimed',
        limits: { other: { adult: paysAtMost('33.33'), child: paysAtMost('1.00') } },
      }),
    }),
    [5000, 0, 1666, 3334],
  ],
  [
    'kyats at 62.5 for a baht',
    {
      scheme: { benefits: benefits({ price: 'claimed' }) },
      claim: { currency: 'MMK', lines: [line({ unitPrice: { minor: 625000n, currency: 'MMK' } })] },
      rates: { MMK: perBaht('MMK', '62.5') },
    },
    [10000, 0, 10000, 0],
  ],
  [
    'yen, which have no cents, at 4.55 for a baht',
    {
      scheme: { benefits: benefits({ price: 'claimed' }) },
      claim: { currency: 'JPY', lines: [line({ unitPrice: { minor: 1000n, currency: 'JPY' } })] },
      rates: { JPY: perBaht('JPY', '4.55') },
    },
    [21978, 0, 21978, 0],
  ],
  [
    'a third of a unit in kyats is rounded once',
    {
      scheme: { benefits: benefits({ price: 'claimed' }) },
      claim: { currency: 'MMK', lines: [line({ quantity: '0.333333', unitPrice: { minor: 100n, currency: 'MMK' } })] },
      rates: { MMK: perBaht('MMK', '3') },
    },
    [11, 0, 11, 0],
  ],
]);

export const priceRows: readonly MoneyRow[] = [...everyPrice, ...prices, ...exact];
