import { benefits, catalogueWith, covered, instalment, line, passed, pays, policy, thb } from './case.ts';
import { born, children, night, type ReasonRow, rows } from './reason-rows.ts';

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
    'ended before it began to count, in one month',
    [110],
    {
      scheme: asks(1, 3),
      policies: [now, spell('2025-12-01', '2025-12-31', { effectiveOn: '2025-12-20', endedOn: '2025-12-10' })],
    },
    'period.qualifying',
  ],
  [
    'left before the policy began to count, in one month',
    [110],
    {
      scheme: asks(1, 3),
      policies: [
        now,
        spell('2025-12-01', '2025-12-31', {
          effectiveOn: '2025-12-20',
          members: [covered({ from: '2025-12-01', to: '2025-12-19' })],
        }),
      ],
    },
    'period.qualifying',
  ],
  [
    'left on the day it began to count',
    [0],
    {
      scheme: asks(1, 3),
      policies: [
        now,
        spell('2025-12-01', '2025-12-31', {
          effectiveOn: '2025-12-20',
          members: [covered({ from: '2025-12-01', to: '2025-12-20' })],
        }),
      ],
    },
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

export const edgeRows: readonly ReasonRow[] = [...spells, ...more];
