import { list, type MoneyRow } from './amount-rows.ts';
import { benefits, covered, line, passed, pays, paysAll, paysAtMost, policy, type SchemeJson } from './case.ts';

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

export const limitRows: readonly MoneyRow[] = [...deductibles, ...ceilings, ...categories, ...reviewed];
