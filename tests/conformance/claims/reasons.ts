import type { ClaimCategory } from '../../../domains/cover/schemes/scheme.ts';
import {
  benefits,
  type Change,
  catalogueWith,
  type claim,
  covered,
  instalment,
  line,
  member,
  passed,
  pays,
  paysAll,
  policy,
  schemeJson,
  thb,
} from './case.ts';

/**
 * Every reason, reached and not reached, at its boundary. −1 to 19 are openIMIS's documented rules (claim module,
 * validations and user manual); from 100 on they are ours.
 */
export interface ReasonRow {
  readonly reason: number;
  readonly what: string;
  readonly change: Change;
  /** Of each line, in order. Where the reason is not reached, 0. */
  readonly lines: readonly number[];
  /** Reason of the claim: 0, 1 where nothing passed, or the reason it fell for as a whole. */
  readonly claimReason: number;
  /** The rule of the first line that fell. */
  readonly rule?: string;
}

type Row = readonly [what: string, lines: readonly number[], change: Change, rule?: string, claimReason?: number];

function rows(reason: number, list: readonly Row[]): ReasonRow[] {
  return list.map(([what, lines, change, rule, claimReason]) => ({
    reason,
    what,
    change,
    lines,
    claimReason: claimReason ?? (lines.every((each) => each !== 0) ? 1 : 0),
    ...(rule !== undefined && { rule }),
  }));
}

const drug = (change = {}) => line({ kind: 'item', code: 'drug', ...change });
const home = schemeJson().tariffs![0]!;

const sane: ReasonRow[] = [
  ...rows(9, [
    ['claimed on the first day of care', [0], { claim: { claimedOn: '2026-03-10' } }],
    ['claimed the day before care', [9], { claim: { claimedOn: '2026-03-09' } }, 'claim.from', 9],
    ['ends before it begins', [9], { claim: { to: '2026-03-09', claimedOn: '2026-03-12' } }, 'claim.from', 9],
    ['a day that does not exist', [9], { claim: { from: '2026-02-30', to: '2026-03-01' } }, 'claim.from', 9],
    [
      'claimed during the stay',
      [0],
      { claim: { to: '2026-03-20', claimedOn: '2026-03-15', lines: [line({ code: 'bed' })] } },
    ],
  ]),
  ...rows(7, [
    ['a member the fund knows', [0], {}],
    ['nobody', [7], { member: undefined }, 'claim.memberId', 7],
    ['somebody else', [7], { member: { ...member, memberId: 'other' } }, 'claim.memberId', 7],
  ]),
];

const register: ReasonRow[] = [
  ...rows(1, [
    ['in the catalogue', [0], {}],
    ['not in the catalogue', [1], { claim: { lines: [line({ code: 'unknown' })] } }, 'catalogue'],
    ['one of two lines', [0, 1], { claim: { lines: [line(), line({ line: 2, code: 'unknown' })] } }, 'catalogue'],
    ['a service claimed as an item', [1], { claim: { lines: [line({ kind: 'item' })] } }, 'catalogue[1].kind'],
    ['on the entry’s first day', [0], { scheme: { catalogue: catalogueWith('visit', { validFrom: '2026-03-10' }) } }],
    [
      'a day before it',
      [1],
      { scheme: { catalogue: catalogueWith('visit', { validFrom: '2026-03-11' }) } },
      'catalogue[1].validFrom',
    ],
    ['on the entry’s last day', [0], { scheme: { catalogue: catalogueWith('visit', { validTo: '2026-03-10' }) } }],
    [
      'a day after it',
      [1],
      { scheme: { catalogue: catalogueWith('visit', { validTo: '2026-03-09' }) } },
      'catalogue[1].validTo',
    ],
    ['a quantity of nothing', [1], { claim: { lines: [line({ quantity: '0' })] } }, 'claim.lines'],
    ['a quantity below nothing', [1], { claim: { lines: [line({ quantity: '-1' })] } }, 'claim.lines'],
    ['a quantity that is no number', [1], { claim: { lines: [line({ quantity: '1e3' })] } }, 'claim.lines'],
    ['a price below nothing', [1], { claim: { lines: [line({ unitPrice: thb('-1.00') })] } }, 'claim.lines'],
    [
      'a price in another currency',
      [1],
      { claim: { lines: [line({ unitPrice: { minor: 1n, currency: 'MMK' } })] } },
      'claim.lines',
    ],
  ]),
  ...rows(2, [
    ['the list has a price', [0], {}],
    ['the list has none', [2], { scheme: { tariffs: [{ ...home, prices: { drug: '1.00' } }] } }, 'tariffs'],
    ['a list for this level', [0], { scheme: { tariffs: [{ ...home, levels: ['clinic'] }] } }],
    ['a list for another level', [2], { scheme: { tariffs: [{ ...home, levels: ['hospital'] }] } }, 'tariffs'],
    ['on the list’s first day', [0], { scheme: { tariffs: [{ ...home, validFrom: '2026-03-10' }] } }],
    ['a day before it', [2], { scheme: { tariffs: [{ ...home, validFrom: '2026-03-11' }] } }, 'tariffs'],
    ['on the list’s last day', [0], { scheme: { tariffs: [{ ...home, validTo: '2026-03-10' }] } }],
    ['a day after it', [2], { scheme: { tariffs: [{ ...home, validTo: '2026-03-09' }] } }, 'tariffs'],
    ['a list of another country', [2], { scheme: { tariffs: [{ ...home, country: 'MM' }] } }, 'tariffs'],
    [
      'no list needed for what is paid as claimed',
      [0],
      { scheme: { tariffs: [], benefits: benefits({ price: 'claimed' }) } },
    ],
    [
      'a case payment without a weight for the diagnosis',
      [2],
      {
        scheme: {
          benefits: benefits({ price: 'drg' }),
          tariffs: [{ ...home, drg: { baseRate: '1000.00', weights: { A: 1 } } }],
        },
      },
      'tariffs',
    ],
  ]),
];

const outOnly = { id: 'clinic', country: 'TH', level: 'clinic', care: ['out-patient'] as const };
const inOnly = { ...outOnly, care: ['in-patient'] as const };
const night = { to: '2026-03-11', claimedOn: '2026-03-12' };

const setting: ReasonRow[] = rows(10, [
  ['out-patient care on one day', [0], { scheme: { catalogue: catalogueWith('visit', { care: 'out-patient' }) } }],
  [
    'out-patient care over a night',
    [10],
    { scheme: { catalogue: catalogueWith('visit', { care: 'out-patient' }) }, claim: night },
    'catalogue[1].care',
  ],
  [
    'out-patient care where there is none',
    [10],
    { scheme: { catalogue: catalogueWith('visit', { care: 'out-patient' }) }, facility: inOnly },
    'catalogue[1].care',
  ],
  [
    'in-patient care over a night',
    [0],
    { scheme: { catalogue: catalogueWith('visit', { care: 'in-patient' }) }, claim: night },
  ],
  [
    'in-patient care on one day',
    [10],
    { scheme: { catalogue: catalogueWith('visit', { care: 'in-patient' }) } },
    'catalogue[1].care',
  ],
  [
    'in-patient care where there are no beds',
    [10],
    { scheme: { catalogue: catalogueWith('visit', { care: 'in-patient' }) }, claim: night, facility: outOnly },
    'catalogue[1].care',
  ],
  ['either, anywhere', [0], { facility: inOnly }],
]);

const men = { patients: { sexes: ['male' as const] } };
const children = { patients: { sexes: ['male' as const, 'female' as const], ages: { from: 5, below: 15 } } };
const born = (birthDate: string, birthPrecision: 'day' | 'month' | 'year' = 'day') => ({
  member: { ...member, birthDate, birthPrecision },
});

const patients: ReasonRow[] = rows(4, [
  ['for women, a woman', [0], { scheme: { catalogue: catalogueWith('visit', { patients: { sexes: ['female'] } }) } }],
  ['for men, a woman', [4], { scheme: { catalogue: catalogueWith('visit', men) } }, 'catalogue[1].patients.sexes'],
  [
    'for men, of unknown sex',
    [0],
    { scheme: { catalogue: catalogueWith('visit', men) }, member: { ...member, sex: 'unknown' } },
  ],
  ['on the fifth birthday', [0], { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2021-03-10') }],
  [
    'the day before it',
    [4],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2021-03-11') },
    'catalogue[1].patients.ages',
  ],
  [
    'the day before the fifteenth',
    [0],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2011-03-11') },
  ],
  [
    'on the fifteenth birthday',
    [4],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2011-03-10') },
    'catalogue[1].patients.ages',
  ],
  [
    'of the year only, may be fourteen',
    [0],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2011-01-01', 'year') },
  ],
  [
    'of the year only, must be fifteen',
    [4],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2010-01-01', 'year') },
    'catalogue[1].patients.ages',
  ],
  [
    'of the month only, may be four or five',
    [0],
    { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2021-03-31', 'month') },
  ],
]);

const monthly = { catalogue: catalogueWith('visit', { frequencyDays: 30 }) };

const frequency: ReasonRow[] = rows(5, [
  ['31 days after the last', [0], { scheme: monthly, history: [passed({ from: '2026-02-07' })] }],
  [
    '30 days after the last',
    [5],
    { scheme: monthly, history: [passed({ from: '2026-02-08' })] },
    'catalogue[1].frequencyDays',
  ],
  [
    'counted from the last day of it',
    [5],
    { scheme: monthly, history: [passed({ from: '2026-01-20', to: '2026-02-08' })] },
    'catalogue[1].frequencyDays',
  ],
  [
    '30 days before one that was judged first',
    [5],
    { scheme: monthly, history: [passed({ from: '2026-04-09' })] },
    'catalogue[1].frequencyDays',
  ],
  ['31 days before one that was judged first', [0], { scheme: monthly, history: [passed({ from: '2026-04-10' })] }],
  [
    'something else the day before',
    [0],
    { scheme: monthly, history: [passed({ code: 'consultation', from: '2026-03-09' })] },
  ],
  [
    'somebody else the day before',
    [0],
    { scheme: monthly, history: [passed({ memberId: 'child', from: '2026-03-09' })] },
  ],
  [
    'under the policy before',
    [5],
    { scheme: monthly, history: [passed({ policyId: 'policy-0', from: '2026-03-09' })] },
    'catalogue[1].frequencyDays',
  ],
  [
    'its own lines, judged again',
    [0],
    { scheme: monthly, history: [passed({ claimId: 'claim-1', from: '2026-03-10' })] },
  ],
]);

/** Who fits neither by age nor by frequency: items say the one, services the other. */
const both = { patients: { sexes: ['male' as const] }, frequencyDays: 30 };
const order: ReasonRow[] = [
  ...rows(4, [
    [
      'an item asks for the patient first',
      [4],
      {
        scheme: { catalogue: catalogueWith('drug', both) },
        claim: { lines: [drug()] },
        history: [passed({ kind: 'item', code: 'drug', from: '2026-03-09' })],
      },
      'catalogue[0].patients.sexes',
    ],
  ]),
  ...rows(5, [
    [
      'a service asks for the frequency first',
      [5],
      { scheme: { catalogue: catalogueWith('visit', both) }, history: [passed({ from: '2026-03-09' })] },
      'catalogue[1].frequencyDays',
    ],
  ]),
];

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
    ['no policy', [3], { policies: [] }],
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

const diagnoses: ReasonRow[] = [
  ...rows(8, [
    ['a listed main diagnosis', [0], { scheme: { onlyDiagnoses: ['J06'] } }],
    ['written without the point', [0], { scheme: { onlyDiagnoses: ['J06.9'] }, claim: { diagnoses: ['J069'] } }],
    ['one that is not listed', [8], { scheme: { onlyDiagnoses: ['A15'] } }, 'onlyDiagnoses', 8],
    [
      'listed, but not the main one',
      [8],
      { scheme: { onlyDiagnoses: ['A15'] }, claim: { diagnoses: ['J06.9', 'A15.0'] } },
      'onlyDiagnoses',
      8,
    ],
    ['no list, as in openIMIS', [0], { claim: { diagnoses: [] } }],
  ]),
  ...rows(100, [
    ['not excluded', [0], { scheme: { exclusions: [{ id: 'infertility', diagnoses: ['N97'], title: {} }] } }],
    [
      'excluded',
      [100],
      {
        scheme: { exclusions: [{ id: 'infertility', diagnoses: ['N97'], title: {} }] },
        claim: { diagnoses: ['N97.9'] },
      },
      'exclusions[0]',
      100,
    ],
    [
      'excluded, but not the main one',
      [0],
      {
        scheme: { exclusions: [{ id: 'infertility', diagnoses: ['N97'], title: {} }] },
        claim: { diagnoses: ['J06.9', 'N97.9'] },
      },
    ],
  ]),
];

const arranged: ReasonRow[] = [
  ...rows(101, [
    [
      'referred',
      [0],
      { scheme: { benefits: benefits({ referralNeeded: true }) }, claim: { referralFrom: 'TH:health-post' } },
    ],
    ['not referred', [101], { scheme: { benefits: benefits({ referralNeeded: true }) } }, 'benefits[0].referralNeeded'],
    ['an emergency', [0], { scheme: { benefits: benefits({ referralNeeded: true }) }, claim: { visit: 'emergency' } }],
  ]),
  ...rows(102, [
    [
      'authorised',
      [0],
      { scheme: { benefits: benefits({ preauthorisation: true }) }, claim: { preauthorisation: 'pa-1' } },
    ],
    [
      'not authorised',
      [102],
      { scheme: { benefits: benefits({ preauthorisation: true }) } },
      'benefits[0].preauthorisation',
    ],
    [
      'an emergency',
      [0],
      { scheme: { benefits: benefits({ preauthorisation: true }) }, claim: { visit: 'emergency' } },
    ],
  ]),
  ...rows(103, [
    ['on the last day', [0], { scheme: { submitWithinDays: 30 }, claim: { claimedOn: '2026-04-09' } }],
    [
      'the day after',
      [103],
      { scheme: { submitWithinDays: 30 }, claim: { claimedOn: '2026-04-10' } },
      'submitWithinDays',
      103,
    ],
    [
      'counted from the last day of care',
      [0],
      { scheme: { submitWithinDays: 30 }, claim: { to: '2026-03-11', claimedOn: '2026-04-10' } },
    ],
  ]),
];

const abroad = { id: 'clinic', country: 'MM', level: 'clinic', care: ['in-patient', 'out-patient'] as const };
const both2 = [
  { country: 'TH', facilities: ['any'] },
  { country: 'MM', facilities: ['clinic'] },
];
const atHospital = benefits({ levels: ['hospital'] });

const places: ReasonRow[] = [
  ...rows(104, [
    ['named', [0], { scheme: { network: [{ country: 'TH', facilities: ['clinic'] }] } }],
    ['not named', [104], { scheme: { network: [{ country: 'TH', facilities: ['hospital'] }] } }, 'network', 104],
    [
      'not named, an emergency at home',
      [0],
      { scheme: { network: [{ country: 'TH', facilities: ['hospital'] }] }, claim: { visit: 'emergency' } },
    ],
    ['unknown to the fund', [104], { facility: undefined }, 'network', 104],
    ['unknown to the fund, an emergency at home', [0], { facility: undefined, claim: { visit: 'emergency' } }],
    [
      'not named, an emergency abroad',
      [104],
      { facility: abroad, claim: { visit: 'emergency', provider: 'MM:clinic' } },
      'network',
      104,
    ],
  ]),
  ...rows(105, [
    ['at a level that may', [0], { scheme: { benefits: benefits({ levels: ['clinic'] }) } }],
    ['at another', [105], { scheme: { benefits: atHospital } }, 'benefits[0].levels'],
  ]),
  ...rows(106, [
    [
      'in a country it is paid in',
      [0],
      {
        scheme: { network: both2, tariffs: [{ ...home, country: 'MM' }], benefits: benefits({ abroad: ['MM'] }) },
        facility: abroad,
        claim: { provider: 'MM:clinic' },
      },
    ],
    [
      'paid at home only',
      [106],
      {
        scheme: { network: both2, tariffs: [{ ...home, country: 'MM' }] },
        facility: abroad,
        claim: { provider: 'MM:clinic' },
      },
      'benefits[0].abroad',
    ],
  ]),
];

const owed = (graceUntil: string, paid: string) => [
  policy({ instalments: [instalment({ graceUntil, paid: thb(paid) })] }),
];
const allAll = { other: paysAll };
const months = (count: number) =>
  policy({
    startsOn: '2025-12-01',
    effectiveOn: '2025-12-01',
    members: [covered({ from: '2025-12-01' })],
    instalments: Array.from({ length: 3 }, (_, i) =>
      instalment({
        number: i + 1,
        due: ['2025-12-28', '2026-01-28', '2026-02-25'][i]!,
        graceUntil: '2026-04-30',
        paid: thb(i >= 3 - count ? '1600.00' : '0.00'),
        writtenOff: thb('0.00'),
      }),
    ),
  });

const paidUp: ReasonRow[] = [
  ...rows(107, [
    ['on the last day of grace', [0], { policies: owed('2026-03-10', '0.00') }],
    ['the day after', [107], { policies: owed('2026-03-09', '0.00') }, 'contribution.grace.paymentDays'],
    ['a satang is owed', [107], { policies: owed('2026-03-09', '1599.99') }, 'contribution.grace.paymentDays'],
    ['all is paid', [0], { policies: owed('2026-03-09', '1600.00') }],
    [
      'the rest was written off',
      [0],
      {
        policies: [
          policy({
            instalments: [instalment({ graceUntil: '2026-03-09', paid: thb('600.00'), writtenOff: thb('1000.00') })],
          }),
        ],
      },
    ],
  ]),
  ...rows(110, [
    [
      'three months paid of the last fifteen',
      [0],
      { scheme: { period: { months: 12, qualifying: { months: 3, within: 15 } } }, policies: [months(3)] },
    ],
    [
      'cover began two months ago',
      [110],
      { scheme: { period: { months: 12, qualifying: { months: 3, within: 15 } } } },
      'period.qualifying',
    ],
    [
      'the oldest was not paid, so none counts after it',
      [110],
      { scheme: { period: { months: 12, qualifying: { months: 1, within: 15 } } }, policies: [months(2)] },
      'period.qualifying',
    ],
    [
      'a benefit asks for more than the scheme does',
      [110],
      {
        scheme: {
          period: { months: 12, qualifying: { months: 1, within: 15 } },
          benefits: benefits({ qualifying: { months: 5, within: 15 } }),
        },
        policies: [months(3)],
      },
      'benefits[0].qualifying',
    ],
    [
      'too long ago',
      [110],
      { scheme: { period: { months: 12, qualifying: { months: 3, within: 2 } } }, policies: [months(3)] },
      'period.qualifying',
    ],
  ]),
  ...rows(108, [
    [
      'a satang is left',
      [0],
      { scheme: { ceiling: { per: 'person', amount: { all: '500.00' } } }, history: [passed({ paidMinor: 49999n })] },
    ],
    [
      'nothing is left',
      [108],
      { scheme: { ceiling: { per: 'person', amount: { all: '500.00' } } }, history: [passed({ paidMinor: 50000n })] },
      'ceiling.amount.all',
    ],
    [
      'nothing is left, but the care is outside',
      [0],
      {
        scheme: {
          ceiling: { per: 'person', amount: { all: '500.00' } },
          benefits: [
            ...benefits({ outsideCeiling: 'both', covers: ['visit'] }),
            { id: 'rest', covers: ['*'], price: 'list', limits: allAll },
          ],
        },
        history: [passed({ code: 'drug', paidMinor: 50000n })],
      },
    ],
  ]),
  ...rows(109, [
    [
      'as many nights as there may be',
      [0],
      {
        scheme: { maximumInPatientDays: 10 },
        claim: { to: '2026-03-15', claimedOn: '2026-03-16' },
        history: [passed({ from: '2026-02-01', to: '2026-02-06' })],
      },
    ],
    [
      'one more',
      [109],
      {
        scheme: { maximumInPatientDays: 10 },
        claim: { to: '2026-03-16', claimedOn: '2026-03-16' },
        history: [passed({ from: '2026-02-01', to: '2026-02-06' })],
      },
      'maximumInPatientDays',
    ],
    [
      'a visit goes on being paid for',
      [0],
      { scheme: { maximumInPatientDays: 10 }, history: [passed({ from: '2026-02-01', to: '2026-02-11' })] },
    ],
  ]),
];

const kyats = { currency: 'MMK', lines: [line({ unitPrice: { minor: 625000n, currency: 'MMK' } })] };

/** Cover for one spell of 2025, nothing owed; care is on 10 March 2026. */
const spell = (from: string, to: string, change: Partial<ReturnType<typeof policy>> = {}) =>
  policy({
    policyId: `spell-${from}`,
    startsOn: from,
    effectiveOn: from,
    expiresOn: to,
    members: [covered({ from, to })],
    ...change,
  });
const asks = (needed: number, within: number) => ({ period: { months: 12, qualifying: { months: needed, within } } });
const now = policy({ startsOn: '2026-03-01', effectiveOn: '2026-03-01', members: [covered({ from: '2026-03-01' })] });

const spells: ReasonRow[] = rows(110, [
  ['the oldest month that counts', [0], { scheme: asks(1, 3), policies: [now, spell('2025-12-31', '2025-12-31')] }],
  [
    'a month earlier than that',
    [110],
    { scheme: asks(1, 2), policies: [now, spell('2025-12-31', '2025-12-31')] },
    'period.qualifying',
  ],
  [
    'the first day of a month is enough',
    [0],
    { scheme: asks(1, 3), policies: [now, spell('2025-11-15', '2025-12-01')] },
  ],
  [
    'the day before it is not',
    [110],
    { scheme: asks(1, 3), policies: [now, spell('2025-11-15', '2025-11-30')] },
    'period.qualifying',
  ],
  ['the month of care does not count', [110], { scheme: asks(1, 3), policies: [now] }, 'period.qualifying'],
  [
    'months of two policies',
    [0],
    { scheme: asks(2, 6), policies: [now, spell('2025-10-05', '2025-10-31'), spell('2025-12-01', '2025-12-10')] },
  ],
  [
    'one month under two policies is one',
    [110],
    { scheme: asks(2, 6), policies: [now, spell('2025-10-01', '2025-10-10'), spell('2025-10-15', '2025-10-31')] },
    'period.qualifying',
  ],
  [
    'of another member of the policy',
    [110],
    {
      scheme: asks(1, 6),
      policies: [
        now,
        spell('2025-10-01', '2025-10-31', {
          members: [covered({ memberId: 'other', from: '2025-10-01', to: '2025-10-31' })],
        }),
      ],
    },
    'period.qualifying',
  ],
  [
    'beside another member of the policy',
    [0],
    {
      scheme: asks(1, 6),
      policies: [
        now,
        spell('2025-10-01', '2025-10-31', {
          members: [covered({ memberId: 'other' }), covered({ from: '2025-10-01', to: '2025-10-31' })],
        }),
      ],
    },
  ],
  [
    'ended on the first of the month',
    [110],
    { scheme: asks(1, 3), policies: [now, spell('2025-12-01', '2025-12-31', { endedOn: '2025-12-01' })] },
    'period.qualifying',
  ],
  [
    'ended on the second',
    [0],
    { scheme: asks(1, 3), policies: [now, spell('2025-12-01', '2025-12-31', { endedOn: '2025-12-02' })] },
  ],
  [
    'due on the last of the month and not paid',
    [110],
    {
      scheme: asks(1, 3),
      policies: [
        now,
        spell('2025-12-01', '2025-12-31', {
          instalments: [instalment({ due: '2025-12-31', graceUntil: '2026-12-31', paid: thb('0.00') })],
        }),
      ],
    },
    'period.qualifying',
  ],
  [
    'due on the first of the next',
    [0],
    {
      scheme: asks(1, 3),
      policies: [
        now,
        spell('2025-12-01', '2025-12-31', {
          instalments: [instalment({ due: '2026-01-01', graceUntil: '2026-12-31', paid: thb('0.00') })],
        }),
      ],
    },
  ],
]);

const more: ReasonRow[] = [
  ...rows(100, [
    [
      'by the second of its prefixes',
      [100],
      {
        scheme: { exclusions: [{ id: 'infertility', diagnoses: ['N46', 'N97'], title: {} }] },
        claim: { diagnoses: ['N97.9'] },
      },
      'exclusions[0]',
      100,
    ],
  ]),
  ...rows(8, [['the second of two that are listed', [0], { scheme: { onlyDiagnoses: ['A15', 'J06'] } }]]),
  ...rows(4, [
    [
      'of the month only, must be four',
      [4],
      { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2021-04-01', 'month') },
      'catalogue[1].patients.ages',
    ],
    [
      'of the month only, may be fourteen',
      [0],
      { scheme: { catalogue: catalogueWith('visit', children) }, ...born('2011-03-01', 'month') },
    ],
  ]),
  ...rows(1, [['given without charge', [0], { claim: { lines: [line({ unitPrice: thb('0.00') })] } }]]),
  ...rows(16, [
    [
      'halves, quarters and thousandths add up',
      [0],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '0.125' })] },
        history: [
          passed({ quantity: '2.5' }),
          passed({ line: 2, quantity: '0.25' }),
          passed({ line: 3, quantity: '0.125' }),
        ],
      },
    ],
    [
      'and a thousandth over',
      [16],
      {
        scheme: { benefits: benefits({ maximumQuantity: { adult: 3, child: null } }) },
        claim: { lines: [line({ quantity: '0.126' })] },
        history: [
          passed({ quantity: '2.5' }),
          passed({ line: 2, quantity: '0.25' }),
          passed({ line: 3, quantity: '0.125' }),
        ],
      },
      'benefits[0].maximumQuantity.adult',
    ],
  ]),
  ...rows(108, [
    [
      'worth nothing to begin with',
      [0],
      {
        scheme: { ceiling: { per: 'person', amount: { all: '500.00' } } },
        claim: { lines: [line({ unitPrice: thb('0.00') })] },
        history: [passed({ paidMinor: 50000n })],
      },
    ],
    [
      'all of it is the member’s share',
      [0],
      {
        scheme: {
          ceiling: { per: 'person', amount: { all: '500.00' } },
          benefits: benefits({ limits: { other: { adult: pays(0), child: pays(0) } } }),
        },
        history: [passed({ paidMinor: 50000n })],
      },
    ],
    [
      'the deductible took a part',
      [0],
      {
        scheme: {
          ceiling: { per: 'person', amount: { all: '500.00' } },
          deductible: { per: 'treatment', amount: { all: '1.00' } },
        },
        history: [passed({ paidMinor: 50000n })],
      },
    ],
    [
      'nothing is left for the category',
      [108],
      { scheme: { categories: { visit: { ceiling: '500.00' } } }, history: [passed({ paidMinor: 50000n })] },
      'categories.visit.ceiling',
    ],
  ]),
  ...rows(109, [
    [
      'beyond them already, a visit',
      [0],
      { scheme: { maximumInPatientDays: 10 }, history: [passed({ from: '2026-02-01', to: '2026-02-21' })] },
    ],
    [
      'nights of two claims',
      [109],
      {
        scheme: { maximumInPatientDays: 10 },
        claim: night,
        history: [
          passed({ from: '2026-02-01', to: '2026-02-06' }),
          passed({ claimId: 'claim-00', from: '2026-02-06', to: '2026-02-11' }),
        ],
      },
      'maximumInPatientDays',
    ],
    [
      'two lines of one stay are one stay',
      [0],
      {
        scheme: { maximumInPatientDays: 10 },
        claim: night,
        history: [
          passed({ from: '2026-02-01', to: '2026-02-06' }),
          passed({ line: 2, from: '2026-02-01', to: '2026-02-06' }),
        ],
      },
    ],
  ]),
];

const rules: ReasonRow[] = [
  ...rows(111, [
    ['on the first day of the first version', [0], { scheme: { validFrom: '2026-03-10' } }],
    ['the day before', [111], { scheme: { validFrom: '2026-03-11' } }, 'validFrom', 111],
    ['on the last day', [0], { scheme: { validTo: '2026-03-10' } }],
    ['the day after', [111], { scheme: { validTo: '2026-03-09' } }, 'validFrom', 111],
  ]),
  ...rows(112, [
    ['with a rate', [0], { claim: kyats, rates: { MMK: '62.5' } }],
    ['without', [112], { claim: kyats }, 'currency', 112],
    ['with a rate of nothing', [112], { claim: kyats, rates: { MMK: '0' } }, 'currency', 112],
    [
      'a price list in another currency, without',
      [112],
      { scheme: { tariffs: [{ ...home, currency: 'MMK' }] } },
      'tariffs[0].currency',
      1,
    ],
  ]),
  ...rows(0, [['nothing speaks against it', [0], {}]]),
];

export const reasonRows: readonly ReasonRow[] = [
  ...sane,
  ...register,
  ...setting,
  ...patients,
  ...frequency,
  ...order,
  ...product,
  ...maxima,
  ...officer,
  ...diagnoses,
  ...arranged,
  ...places,
  ...paidUp,
  ...spells,
  ...more,
  ...rules,
];
