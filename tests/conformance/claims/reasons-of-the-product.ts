import type { ClaimCategory } from '../../../domains/cover/schemes/scheme.ts';
import { benefits, type claim, covered, line, passed, policy } from './case.ts';
import { born, drug, night, type ReasonRow, rows } from './reason-rows.ts';

const product: ReasonRow[] = [
  ...rows(3, [
    ['on the first day of cover', [0], { claim: { from: '2026-01-01' } }],
    ['the day before', [3], { claim: { from: '2025-12-31' } }],
    ['on the last day of cover', [0], { claim: { from: '2026-12-31' } }],
    ['the day after', [3], { claim: { from: '2027-01-01' } }],
    ['on a member’s own first day', [0], { policies: [policy({ members: [covered({ from: '2026-03-10' })] })] }],
    [
      'the day before a member’s own first day',
      [3],
      { policies: [policy({ members: [covered({ from: '2026-03-11' })] })] },
    ],
    ['not yet effective', [3], { policies: [policy({ effectiveOn: '2026-03-11' })] }],
    ['paid for never', [3], { policies: [{ ...policy(), effectiveOn: undefined as never }] }],
    ['the last day before it was ended', [0], { policies: [policy({ endedOn: '2026-03-11' })] }],
    ['the day it was ended', [3], { policies: [policy({ endedOn: '2026-03-10' })] }],
    ['another’s policy', [3], { policies: [policy({ members: [covered({ memberId: 'other' })] })] }],
    ['no policy', [3], { policies: [] }, 'policies'],
    ['no benefit for it', [3], { scheme: { benefits: benefits({ covers: ['drug'] }) } }, 'benefits'],
    ['a benefit for its category', [0], { scheme: { benefits: benefits({ covers: ['category:visit'] }) } }],
  ]),
  ...rows(17, [
    [
      'on the day the wait ends',
      [0],
      {
        scheme: { benefits: benefits({ waitingMonths: { adult: 2, child: 0 } }) },
        policies: [policy({ members: [covered({ continuousSince: '2026-01-10' })] })],
      },
    ],
    [
      'the day before',
      [17],
      {
        scheme: { benefits: benefits({ waitingMonths: { adult: 2, child: 0 } }) },
        policies: [policy({ members: [covered({ continuousSince: '2026-01-11' })] })],
      },
      'benefits[0].waitingMonths.adult',
    ],
    [
      'a child waits for itself',
      [0],
      { scheme: { benefits: benefits({ waitingMonths: { adult: 6, child: 0 } }) }, ...born('2015-01-01') },
    ],
    [
      'and longer',
      [17],
      { scheme: { benefits: benefits({ waitingMonths: { adult: 0, child: 6 } }) }, ...born('2015-01-01') },
      'benefits[0].waitingMonths.child',
    ],
    [
      'covered without a gap since long ago',
      [0],
      {
        scheme: { benefits: benefits({ waitingMonths: { adult: 6, child: 6 } }) },
        policies: [policy({ members: [covered({ continuousSince: '2024-01-01' })] })],
      },
    ],
  ]),
  ...rows(16, [
    [
      'as many as there may be',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '3' })] },
      },
    ],
    [
      'a tenth more',
      [16],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '3.1' })] },
      },
      'benefits[0].maximumQuantity.adult',
    ],
    [
      'with what was had before, as many',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '0.5' })] },
        history: [passed({ quantity: '2.5' })],
      },
    ],
    [
      'with what was had before, more',
      [16],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '0.6' })] },
        history: [passed({ quantity: '2.5' })],
      },
      'benefits[0].maximumQuantity.adult',
    ],
    [
      'split over two lines',
      [0, 16],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '2' }), line({ line: 2, quantity: '2' })] },
      },
      'benefits[0].maximumQuantity.adult',
    ],
    [
      'had under the policy before',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '3' })] },
        history: [passed({ policyId: 'policy-0', quantity: '2.5' })],
      },
    ],
    [
      'had by somebody else',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '3' })] },
        history: [passed({ memberId: 'child', quantity: '2.5' })],
      },
    ],
    [
      'none for children',
      [16],
      { scheme: { benefits: benefits({ maximumQuantity: { adult: null, child: 0 } }) }, ...born('2015-01-01') },
      'benefits[0].maximumQuantity.child',
    ],
    [
      'as many as one likes for adults',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: null, child: 0 } }) },
        claim: { lines: [line({ quantity: '400' })] },
      },
    ],
    [
      'after the medical officer took some off',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '5' })] },
        review: [{ line: 1, quantity: '3' }],
      },
    ],
  ]),
];

const categories: readonly (readonly [number, ClaimCategory, string, Partial<ReturnType<typeof claim>>])[] = [
  [11, 'hospitalisation', 'bed', night],
  [12, 'visit', 'visit', {}],
  [13, 'consultation', 'consultation', {}],
  [14, 'surgery', 'surgery', {}],
  [15, 'delivery', 'delivery', {}],
  [19, 'antenatal', 'antenatal', {}],
];

const maxima: ReasonRow[] = categories.flatMap(([reason, category, code, dates]) => {
  const twice = { categories: { [category]: { maximumNumber: 2 } } };
  const lines = [line({ code }), drug({ line: 2 })];
  const one = passed({ category, code });
  const rule = `categories.${category}.maximumNumber`;
  return rows(reason, [
    [`the second ${category}`, [0, 0], { scheme: twice, claim: { lines, ...dates }, history: [one] }],
    [
      `the third ${category}: all lines fall`,
      [reason, reason],
      { scheme: twice, claim: { lines, ...dates }, history: [one, { ...one, claimId: 'claim-00' }] },
      rule,
    ],
    [
      `two lines of one ${category} are one`,
      [0, 0],
      { scheme: twice, claim: { lines, ...dates }, history: [one, { ...one, line: 2 }] },
    ],
    [
      `those of somebody else do not count`,
      [0, 0],
      { scheme: twice, claim: { lines, ...dates }, history: [one, { ...one, claimId: 'claim-00', memberId: 'child' }] },
    ],
    [
      `none at all`,
      [reason, reason],
      { scheme: { categories: { [category]: { maximumNumber: 0 } } }, claim: { lines, ...dates } },
      rule,
    ],
    [
      `and a line that fell for another reason falls for this`,
      [reason, reason],
      {
        scheme: { categories: { [category]: { maximumNumber: 0 } } },
        claim: { lines: [line({ code }), line({ line: 2, code: 'unknown' })], ...dates },
      },
      rule,
    ],
    [
      `nothing left to fall`,
      [1],
      { scheme: { categories: { visit: { maximumNumber: 0 } } }, claim: { lines: [line({ code: 'unknown' })] } },
      'catalogue',
    ],
  ]);
});

const officer: ReasonRow[] = rows(-1, [
  [
    'one line rejected',
    [-1, 0],
    { claim: { lines: [line(), line({ line: 2 })] }, review: [{ line: 1, rejected: true }] },
    'review',
  ],
  ['all lines rejected', [-1], { review: [{ line: 1, rejected: true }] }, 'review'],
  ['a line looked at and left', [0], { review: [{ line: 1 }] }],
]);

export const productRows: readonly ReasonRow[] = [...product, ...maxima, ...officer];
