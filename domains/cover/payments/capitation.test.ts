import { expect, test } from 'vitest';
import { schemeWith, theSchemes } from '../schemes/scheme.testing.ts';
import { type Registered, reckonCapitation } from './capitation.ts';

const known = theSchemes().findLast((each) => each.id === 'sch:th:social-security')!;
/** 151 baht a head; infants 200, the old 310.50. */
const banded = {
  ...known,
  tariffs: known.tariffs.map((tariff) =>
    tariff.capitation
      ? {
          ...tariff,
          capitation: {
            ...tariff.capitation,
            bands: [
              { id: 'infant', ages: { from: 0, below: 1 }, perMemberMonth: '200.00' },
              { id: 'old', ages: { from: 60, below: 131 }, perMemberMonth: '310.50' },
            ],
          },
        }
      : tariff,
  ),
};
const born = (birthDate: string, provider = 'TH:mae-sot-hospital'): Registered => ({
  memberId: birthDate + provider,
  birthDate,
  provider,
});
const levels: Readonly<Record<string, string>> = {
  'TH:mae-sot-hospital': 'district',
  'TH:tak-general-hospital': 'general',
  'TH:mae-sot-clinic': 'clinic',
};
const reckon = (scheme: typeof known, registered: readonly Registered[], day = '2026-03-01') =>
  reckonCapitation(scheme, day, registered, (provider) => levels[provider]).map((line) => [
    line.provider.slice(3),
    line.band,
    line.members,
    line.rateMinor,
    line.minor,
  ]);

// Reckoned by hand: 3 × 151.00 = 453.00; 2 × 151.00 = 302.00; 200.00; 2 × 310.50 = 621.00.
test.each([
  ['nobody registered', known, [], []],
  [
    'heads times the rate, by facility',
    known,
    [
      born('1990-01-01'),
      born('1991-01-01'),
      born('1960-01-01'),
      born('1980-01-01', 'TH:tak-general-hospital'),
      born('2025-12-01', 'TH:tak-general-hospital'),
    ],
    [
      ['mae-sot-hospital', '', 3, 15100n, 45300n],
      ['tak-general-hospital', '', 2, 15100n, 30200n],
    ],
  ],
  [
    'by bands of age on the first day of the month: one on the day, sixty the day after',
    banded,
    [
      born('2025-03-02'),
      born('2025-03-01'),
      born('1966-03-01'),
      born('1966-03-02'),
      born('1940-07-15'),
      born('1990-01-01'),
    ],
    [
      ['mae-sot-hospital', '', 3, 15100n, 45300n],
      ['mae-sot-hospital', 'infant', 1, 20000n, 20000n],
      ['mae-sot-hospital', 'old', 2, 31050n, 62100n],
    ],
  ],
  [
    'a facility whose level no tariff pays by head, and one nobody knows',
    known,
    [born('1990-01-01', 'TH:mae-sot-clinic'), born('1990-01-01', 'TH:gone')],
    [],
  ],
] as const)('%s', (_, scheme, registered, lines) => {
  expect(reckon(scheme as typeof known, registered)).toEqual(lines);
});

test('a month before the tariff begins is paid nothing', () => {
  expect(reckon(known, [born('1990-01-01')], '1999-01-01')).toEqual([]);
});

test('bands that do not hold together, and another currency than the scheme’s, are told where', () => {
  const tariff = (capitation: object, currency = 'THB') =>
    schemeWith({
      tariffs: [
        {
          ...{ id: 'heads', country: 'TH', currency, validFrom: '2020-01-01', prices: {} },
          capitation: { perMemberMonth: '10.00', covers: ['CON'], ...capitation },
        },
      ],
    });
  const band = (id: string, from: number, below: number) => ({ id, ages: { from, below }, perMemberMonth: '5.00' });
  expect(tariff({ bands: [band('young', 0, 15)] }).tariffs[0]!.capitation!.bands).toHaveLength(1);
  expect(() => tariff({ bands: [band('none', 60, 60)] })).toThrow(/tariffs\[0\]\.capitation\.bands\[0\]\.ages/);
  expect(() => tariff({ bands: [band('twice', 0, 5), band('twice', 5, 9)] })).toThrow(/bands\[1\]\.id/);
  expect(() => tariff({}, 'USD')).toThrow(/tariffs\[0\]\.currency/);
});
