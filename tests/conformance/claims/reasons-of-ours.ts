import { benefits, covered, instalment, line, passed, paysAll, perBaht, policy, thb } from './case.ts';
import { home, type ReasonRow, rows } from './reason-rows.ts';

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
      'the rest was waived',
      [0],
      {
        policies: [
          policy({
            instalments: [
              instalment({
                graceUntil: '2026-03-09',
                paid: thb('600.00'),
                writtenOff: thb('1000.00'),
                waived: thb('1000.00'),
              }),
            ],
          }),
        ],
      },
    ],
    [
      'the rest was written off as uncollectable',
      [107],
      {
        policies: [
          policy({
            instalments: [instalment({ graceUntil: '2026-03-09', paid: thb('600.00'), writtenOff: thb('1000.00') })],
          }),
        ],
      },
      'contribution.grace.paymentDays',
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

const rules: ReasonRow[] = [
  ...rows(111, [
    ['on the first day of the first version', [0], { scheme: { validFrom: '2026-03-10' } }],
    ['the day before', [111], { scheme: { validFrom: '2026-03-11' } }, 'validFrom', 111],
    ['on the last day', [0], { scheme: { validTo: '2026-03-10' } }],
    ['the day after', [111], { scheme: { validTo: '2026-03-09' } }, 'validFrom', 111],
  ]),
  ...rows(112, [
    ['with a rate', [0], { claim: kyats, rates: { MMK: perBaht('MMK', '62.5') } }],
    ['without', [112], { claim: kyats }, 'currency', 112],
    ['with a rate of nothing', [112], { claim: kyats, rates: { MMK: perBaht('MMK', '0') } }, 'currency', 112],
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

export const ourRows: readonly ReasonRow[] = [...diagnoses, ...arranged, ...places, ...paidUp, ...rules];
