import { benefits, catalogueWith, line, member, passed, thb } from './case.ts';
import { born, children, drug, home, night, type ReasonRow, rows } from './reason-rows.ts';

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

export const lineRows: readonly ReasonRow[] = [...sane, ...register, ...setting, ...patients, ...frequency, ...order];
