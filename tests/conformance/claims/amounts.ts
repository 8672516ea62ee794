import {
  benefits,
  type Change,
  covered,
  line,
  member,
  passed,
  pays,
  paysAll,
  paysAtMost,
  policy,
  type SchemeJson,
  schemeJson,
  thb,
} from './case.ts';

/** What lines are worth and who pays which part, in satang: worked by hand from DOMAIN F.3. */
export interface MoneyRow {
  readonly what: string;
  readonly change: Change;
  /** Of each line. */
  readonly lines: readonly Shares[];
}

type Shares = readonly [allowed: number, deducted: number, paid: number, memberPays: number];
type Row = readonly [what: string, change: Change, ...lines: readonly Shares[]];

const list = (rows: readonly Row[]): MoneyRow[] => rows.map(([what, change, ...lines]) => ({ what, change, lines }));

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
      rates: { MMK: '62.5' },
    },
    [10000, 0, 10000, 0],
  ],
  [
    'yen, which have no cents, at 4.55 for a baht',
    {
      scheme: { benefits: benefits({ price: 'claimed' }) },
      claim: { currency: 'JPY', lines: [line({ unitPrice: { minor: 1000n, currency: 'JPY' } })] },
      rates: { JPY: '4.55' },
    },
    [21978, 0, 21978, 0],
  ],
  [
    'a third of a unit in kyats is rounded once',
    {
      scheme: { benefits: benefits({ price: 'claimed' }) },
      claim: { currency: 'MMK', lines: [line({ quantity: '0.333333', unitPrice: { minor: 100n, currency: 'MMK' } })] },
      rates: { MMK: '3' },
    },
    [11, 0, 11, 0],
  ],
]);

// ---- Deductibles and ceilings ---------------------------------------------------------------------------------------

const two = { lines: [line(), line({ line: 2, code: 'consultation' })] };
const stay = { ...two, to: '2026-03-11', claimedOn: '2026-03-12' };
const deductible = (
  per: 'treatment' | 'person' | 'policy',
  amount: NonNullable<SchemeJson['deductible']>['amount'],
  more = {},
) => ({ deductible: { per, amount, ...more } });
const ceiling = (
  per: 'treatment' | 'person' | 'policy',
  amount: NonNullable<SchemeJson['ceiling']>['amount'],
  more = {},
) => ({ ceiling: { per, amount, ...more } });
const mine = passed({ deductedMinor: 4000n, paidMinor: 4000n });
const inPatient = passed({
  claimId: 'claim-00',
  from: '2026-02-01',
  to: '2026-02-02',
  care: 'in-patient',
  deductedMinor: 3000n,
  paidMinor: 3000n,
});
const childs = passed({ claimId: 'claim-000', memberId: 'child', deductedMinor: 2000n, paidMinor: 2000n });
const before = passed({ claimId: 'claim-0000', policyId: 'policy-0', deductedMinor: 9000n, paidMinor: 9000n });
const history = [mine, inPatient, childs, before];
const family = [
  policy({
    members: [
      covered(),
      covered({ memberId: 'spouse', relation: 'spouse' }),
      covered({ memberId: 'child', relation: 'child' }),
    ],
  }),
];

const deductibles = list([
  [
    'treatment: from the first line on',
    { scheme: deductible('treatment', { all: '150.00' }), claim: two, history },
    [10000, 10000, 0, 0],
    [10000, 5000, 5000, 0],
  ],
  [
    'person: what others and other policies paid does not count',
    { scheme: deductible('person', { all: '150.00' }), claim: two, history },
    [10000, 8000, 2000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'policy: what everyone under it paid counts',
    { scheme: deductible('policy', { all: '150.00' }), claim: two, history },
    [10000, 6000, 4000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'out-patient only, an out-patient',
    { scheme: deductible('person', { outPatient: '150.00' }), claim: two, history },
    [10000, 10000, 0, 0],
    [10000, 1000, 9000, 0],
  ],
  [
    'out-patient only, an in-patient',
    { scheme: deductible('person', { outPatient: '150.00' }), claim: stay, history },
    [10000, 0, 10000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'in-patient only, an in-patient',
    { scheme: deductible('person', { inPatient: '150.00' }), claim: stay, history },
    [10000, 10000, 0, 0],
    [10000, 2000, 8000, 0],
  ],
  [
    'apart for both: each counts its own',
    { scheme: deductible('policy', { inPatient: '70.00', outPatient: '90.00' }), claim: two, history },
    [10000, 3000, 7000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'used up already',
    { scheme: deductible('person', { all: '70.00' }), claim: two, history },
    [10000, 0, 10000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'policy: more for each member beyond the first',
    {
      scheme: deductible('policy', { all: '100.00' }, { extraMember: { all: '20.00' } }),
      claim: two,
      history: [mine],
      policies: family,
    },
    [10000, 10000, 0, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'policy: up to a maximum',
    {
      scheme: deductible('policy', { all: '100.00' }, { extraMember: { all: '20.00' }, maximum: { all: '110.00' } }),
      claim: two,
      history: [mine],
      policies: family,
    },
    [10000, 7000, 3000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'before the insured’s share, after a fixed limit',
    {
      scheme: {
        ...deductible('treatment', { all: '40.00' }),
        benefits: [
          {
            id: 'visit',
            covers: ['visit'],
            price: 'list',
            limits: { other: { adult: paysAtMost('60.00'), child: pays(100) } },
          },
          { id: 'all', covers: ['*'], price: 'list', limits: { other: { adult: pays(50), child: pays(100) } } },
        ],
      },
      claim: two,
    },
    [10000, 4000, 2000, 4000],
    [10000, 0, 5000, 5000],
  ],
  [
    'outside: nothing is deducted',
    {
      scheme: { ...deductible('treatment', { all: '40.00' }), benefits: benefits({ outsideCeiling: 'out-patient' }) },
      claim: two,
    },
    [10000, 0, 10000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'outside for in-patients only',
    {
      scheme: { ...deductible('treatment', { all: '40.00' }), benefits: benefits({ outsideCeiling: 'in-patient' }) },
      claim: two,
    },
    [10000, 4000, 6000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'its own lines, judged again',
    {
      scheme: deductible('person', { all: '150.00' }),
      claim: two,
      history: [passed({ claimId: 'claim-1', deductedMinor: 10000n })],
    },
    [10000, 10000, 0, 0],
    [10000, 5000, 5000, 0],
  ],
]);

const ceilings = list([
  [
    'treatment: over the lines',
    { scheme: ceiling('treatment', { all: '150.00' }), claim: two, history },
    [10000, 0, 10000, 0],
    [10000, 0, 5000, 5000],
  ],
  [
    'person: what others and other policies had does not count',
    { scheme: ceiling('person', { all: '150.00' }), claim: two, history },
    [10000, 0, 8000, 2000],
    [10000, 0, 0, 10000],
  ],
  [
    'policy: what everyone under it had counts',
    { scheme: ceiling('policy', { all: '150.00' }), claim: two, history },
    [10000, 0, 6000, 4000],
    [10000, 0, 0, 10000],
  ],
  [
    'out-patient only, an out-patient',
    { scheme: ceiling('person', { outPatient: '150.00' }), claim: two, history },
    [10000, 0, 10000, 0],
    [10000, 0, 1000, 9000],
  ],
  [
    'out-patient only, an in-patient',
    { scheme: ceiling('person', { outPatient: '150.00' }), claim: stay, history },
    [10000, 0, 10000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'in-patient only, an in-patient',
    { scheme: ceiling('person', { inPatient: '150.00' }), claim: stay, history },
    [10000, 0, 10000, 0],
    [10000, 0, 2000, 8000],
  ],
  [
    'apart for both: each counts its own',
    { scheme: ceiling('policy', { inPatient: '500.00', outPatient: '90.00' }), claim: two, history },
    [10000, 0, 3000, 7000],
    [10000, 0, 0, 10000],
  ],
  [
    'policy: more for each member beyond the first',
    {
      scheme: ceiling('policy', { all: '100.00' }, { extraMember: { all: '20.00' } }),
      claim: two,
      history: [mine],
      policies: family,
    },
    [10000, 0, 10000, 0],
    [10000, 0, 0, 10000],
  ],
  [
    'policy: up to a maximum',
    {
      scheme: ceiling('policy', { all: '100.00' }, { extraMember: { all: '20.00' }, maximum: { all: '110.00' } }),
      claim: two,
      history: [mine],
      policies: family,
    },
    [10000, 0, 7000, 3000],
    [10000, 0, 0, 10000],
  ],
  [
    'policy: members whose cover has ended are not counted',
    {
      scheme: ceiling('policy', { all: '100.00' }, { extraMember: { all: '20.00' } }),
      claim: two,
      policies: [policy({ members: [covered(), covered({ memberId: 'spouse', to: '2026-03-09' })] })],
    },
    [10000, 0, 10000, 0],
    [10000, 0, 0, 10000],
  ],
  [
    'policy: on the first and on the last day a member counts',
    {
      scheme: ceiling('policy', { all: '100.00' }, { extraMember: { all: '20.00' } }),
      claim: two,
      policies: [
        policy({
          members: [
            covered(),
            covered({ memberId: 'spouse', to: '2026-03-10' }),
            covered({ memberId: 'child', from: '2026-03-10' }),
          ],
        }),
      ],
    },
    [10000, 0, 10000, 0],
    [10000, 0, 4000, 6000],
  ],
  [
    'policy: more for in-patients only',
    {
      scheme: ceiling('policy', { inPatient: '100.00', outPatient: '60.00' }, { extraMember: { inPatient: '20.00' } }),
      claim: two,
      policies: family,
    },
    [10000, 0, 6000, 4000],
    [10000, 0, 0, 10000],
  ],
  [
    'person: nothing more for further members',
    { scheme: ceiling('person', { all: '100.00' }, {}), claim: two, policies: family },
    [10000, 0, 10000, 0],
    [10000, 0, 0, 10000],
  ],
  [
    'after the insured’s share',
    {
      scheme: {
        ...ceiling('treatment', { all: '70.00' }),
        benefits: benefits({ limits: { other: { adult: pays(50), child: pays(50) } } }),
      },
      claim: two,
    },
    [10000, 0, 5000, 5000],
    [10000, 0, 2000, 8000],
  ],
  [
    'with a deductible',
    {
      scheme: { ...ceiling('person', { all: '150.00' }), ...deductible('person', { all: '100.00' }) },
      claim: two,
      history,
    },
    [10000, 3000, 7000, 0],
    [10000, 0, 1000, 9000],
  ],
  [
    'care outside it neither is cut nor counts',
    {
      scheme: {
        ...ceiling('person', { all: '90.00' }),
        benefits: [
          { id: 'visit', covers: ['visit'], price: 'list', limits: { other: paysAll }, outsideCeiling: 'both' },
          { id: 'all', covers: ['*'], price: 'list', limits: { other: paysAll } },
        ],
      },
      claim: two,
      history: [passed({ paidMinor: 50000n }), passed({ line: 2, code: 'consultation', paidMinor: 3000n })],
    },
    [10000, 0, 10000, 0],
    [10000, 0, 6000, 4000],
  ],
]);

const surgery = { lines: [line({ code: 'surgery' }), line({ line: 2, kind: 'item', code: 'drug' })] };
const categories = list([
  [
    'surgery: all lines of the claim',
    { scheme: { categories: { surgery: { ceiling: '150.00' } } }, claim: surgery },
    [10000, 0, 10000, 0],
    [10000, 0, 5000, 5000],
  ],
  [
    'surgery: with what was paid for surgeries before',
    {
      scheme: { categories: { surgery: { ceiling: '150.00' } } },
      claim: surgery,
      history: [passed({ category: 'surgery', paidMinor: 8000n }), passed({ claimId: 'x', paidMinor: 50000n })],
    },
    [10000, 0, 7000, 3000],
    [10000, 0, 0, 10000],
  ],
  [
    'another category',
    { scheme: { categories: { delivery: { ceiling: '1.00' } } }, claim: surgery },
    [10000, 0, 10000, 0],
    [10000, 0, 10000, 0],
  ],
  [
    'the lower of both ceilings, and what it cut counts for neither',
    {
      scheme: { categories: { surgery: { ceiling: '120.00' } }, ...ceiling('treatment', { all: '110.00' }) },
      claim: surgery,
    },
    [10000, 0, 10000, 0],
    [10000, 0, 1000, 9000],
  ],
]);

const reviewed = list([
  [
    'a lower quantity',
    { claim: { lines: [line({ quantity: '3' })] }, review: [{ line: 1, quantity: '1.5' }] },
    [30000, 0, 15000, 0],
  ],
  [
    'a higher one changes nothing',
    { claim: { lines: [line({ quantity: '3' })] }, review: [{ line: 1, quantity: '5' }] },
    [30000, 0, 30000, 0],
  ],
  ['a lower amount', { review: [{ line: 1, amountMinor: 4000n }] }, [10000, 0, 4000, 0]],
  ['a higher one changes nothing either', { review: [{ line: 1, amountMinor: 40000n }] }, [10000, 0, 10000, 0]],
  ['an amount of nothing', { review: [{ line: 1, amountMinor: 0n }] }, [10000, 0, 0, 0]],
]);

export const moneyRows: readonly MoneyRow[] = [
  ...everyPrice,
  ...prices,
  ...exact,
  ...deductibles,
  ...ceilings,
  ...categories,
  ...reviewed,
];
