import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { amountText } from '@serai/kernel/base/money.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planPolicy } from '../enrolment/policy.ts';
import { type QuoteInput, quote } from './premium.ts';
import { schemeWith, theSchemes } from './scheme.testing.ts';
import type { Scheme } from './scheme.ts';
import { timePrice } from './time-price.ts';

const holder = (birthDate: string) => ({ birthDate, relation: 'holder' as const });
const child = (birthDate: string) => ({ birthDate, relation: 'child' as const });

function premium(scheme: Scheme, input: QuoteInput): string {
  const result = quote(scheme, input);
  return result.ok ? amountText(result.value.premium) : result.code;
}

function payers(scheme: Scheme, input: QuoteInput): Record<string, string> {
  const result = quote(scheme, input);
  return result.ok
    ? Object.fromEntries(result.value.payers.map(({ by, amount }) => [by, amountText(amount)]))
    : { refused: result.code };
}

const migrant = (version: number) =>
  theSchemes('sch:th:migrant-health-insurance').find((each) => each.version === version)!;

describe('the Thai migrant scheme, by the published prices', () => {
  const born = '1990-05-01';
  test.each([
    // 2014: the card alone, and a check-up of 500 at every enrolment.
    [1, '2014-07-15', 3, '1000.00'],
    [1, '2014-07-15', 6, '1400.00'],
    [1, '2014-07-15', 12, '2100.00'],
    [2, '2015-04-01', 12, '2100.00'],
    [2, '2015-04-01', 6, '1400.00'],
    [2, '2015-04-01', 3, '1000.00'],
    [3, '2025-06-01', 12, '2100.00'],
  ])('version %i on %s for %i months costs an adult %s', (version, on, months, costs) => {
    expect(premium(migrant(version), { members: [holder(born)], on, months })).toBe(costs);
  });

  test.each([
    ['2008-04-02', '365.00'],
    // Seven on the day: an adult's card and check-up.
    ['2008-04-01', '2100.00'],
    ['2015-04-01', '365.00'],
  ])('a child born %s pays %s for a year on 1 April 2015', (birthDate, costs) => {
    expect(premium(migrant(2), { members: [child(birthDate)], on: '2015-04-01' })).toBe(costs);
  });

  test('in 2025 the card costs 1,600 to 2,400 by age, the check-up apart', () => {
    const at = (birthDate: string) =>
      premium(migrant(3), { members: [holder(birthDate)], on: '2025-06-01', stage: 'renewal' });
    expect([at('1990-01-01'), at('1970-01-01'), at('1960-01-01')]).toEqual(['1600.00', '2000.00', '2400.00']);
  });

  test('what is not sold is refused, not guessed', () => {
    const members = [holder(born)];
    expect(premium(migrant(2), { members, on: '2015-03-31' })).toBe('schemes.not-on-sale');
    expect(premium(migrant(2), { members, on: '2025-01-01' })).toBe('schemes.not-on-sale');
    expect(premium(migrant(2), { members, on: '2016-01-01', months: 5 })).toBe('schemes.no-length');
    expect(premium(migrant(2), { members, on: '2016-01-01', days: 10 })).toBe('schemes.no-length');
    expect(premium(migrant(2), { members: [child('2014-01-01')], on: '2016-01-01', months: 3 })).toBe(
      'schemes.no-rate',
    );
    expect(premium(migrant(2), { members: [], on: '2016-01-01' })).toBe('schemes.no-members');
    expect(premium(migrant(2), { members: [child('2016-01-02')], on: '2016-01-01' })).toBe('schemes.born-later');
    expect(premium(migrant(2), { members: Array.from({ length: 9 }, () => holder(born)), on: '2016-01-01' })).toBe(
      'schemes.too-many-members',
    );
  });

  test('a renewal a fortnight ahead costs five percent less, a day later the whole', () => {
    const renewal = (on: string) =>
      premium(migrant(3), { members: [holder(born)], on, stage: 'renewal', previousExpiresOn: '2025-12-31' });
    expect(renewal('2025-12-17')).toBe('1520.00');
    expect(renewal('2025-12-18')).toBe('1600.00');
  });

  test('an employer who enrols fifty saves five percent of the card, not of the check-up', () => {
    const of = (groupMembers: number) =>
      premium(migrant(3), { members: [holder(born)], on: '2025-06-01', groupMembers });
    expect([of(49), of(50)]).toEqual(['2100.00', '2020.00']);
  });
});

describe('social security', () => {
  const scheme = (version: number) => theSchemes('sch:th:social-security').find((each) => each.version === version)!;
  const month = (version: number, wage: bigint) =>
    payers(scheme(version), {
      members: [holder('1990-05-01')],
      on: version === 1 ? '2025-01-01' : '2026-01-01',
      months: 1,
      wageMinor: wage,
    });
  test.each([
    // The cap: 750 each at 15,000, whatever is earned above it.
    [1, 15_000_00n, { member: '750.00', employer: '750.00', government: '412.50' }],
    [1, 40_000_00n, { member: '750.00', employer: '750.00', government: '412.50' }],
    // The floor: 1,650 even where less is earned.
    [1, 1_650_00n, { member: '82.50', employer: '82.50', government: '45.38' }],
    [1, 900_00n, { member: '82.50', employer: '82.50', government: '45.38' }],
    [1, 10_000_00n, { member: '500.00', employer: '500.00', government: '275.00' }],
    // From 2026: 875 each at 17,500.
    [2, 17_500_00n, { member: '875.00', employer: '875.00', government: '481.25' }],
    [2, 15_000_00n, { member: '750.00', employer: '750.00', government: '412.50' }],
  ])('version %i, a monthly wage of %i satang', (version, wage, shares) => {
    expect(month(version, wage)).toEqual(shares);
  });

  test('without a wage, or with one below zero, nothing is worked out', () => {
    const members = [holder('1990-05-01')];
    expect(premium(scheme(2), { members, on: '2026-01-01' })).toBe('schemes.wage-needed');
    expect(premium(scheme(2), { members, on: '2026-01-01', wageMinor: -1n })).toBe('schemes.wage-needed');
    expect(premium(scheme(2), { members, on: '2026-01-01', wageMinor: 1n, months: 13 })).toBe('schemes.no-length');
  });
});

describe('a community fund', () => {
  const [fund] = theSchemes('sch:mm:community-fund');
  const family = (adults: number, children: number) => [
    ...Array.from({ length: children }, () => child('2018-01-01')),
    ...Array.from({ length: adults }, (_, i) => ({
      birthDate: '1985-01-01',
      relation: i === 0 ? ('holder' as const) : ('parent' as const),
    })),
  ];
  // Lump sum 48,000 for four; beyond it 12,000 an adult, 6,000 a child; 500 + 200 each at a first enrolment.
  test.each([
    [1, 0, '48700.00'],
    [2, 2, '50800.00'],
    [2, 3, '57500.00'],
    // Adults fill the lump sum first: of five adults and a child, one adult and the child are beyond it.
    [5, 1, '70200.00'],
  ])('%i adults and %i children pay %s', (adults, children, costs) => {
    expect(premium(fund!, { members: family(adults, children), on: '2025-06-01' })).toBe(costs);
  });

  test('a donor pays a fifth of the contribution and none of the fees', () => {
    expect(payers(fund!, { members: family(1, 0), on: '2025-06-01' })).toEqual({
      member: '39100.00',
      donor: '9600.00',
    });
  });

  test('a family that renews a month ahead pays no registration, and five percent less', () => {
    const input = { members: family(1, 0), stage: 'renewal' as const, previousExpiresOn: '2025-12-31' };
    expect(premium(fund!, { ...input, on: '2025-12-01' })).toBe('45800.00');
    expect(premium(fund!, { ...input, on: '2025-12-02' })).toBe('48200.00');
  });

  test('enrolling sixty days before cover starts saves three percent', () => {
    const input = { members: family(1, 0), on: '2025-05-01' };
    expect(premium(fund!, { ...input, startsOn: '2025-06-30' })).toBe('47260.00');
    expect(premium(fund!, { ...input, startsOn: '2025-06-29' })).toBe('48700.00');
  });
});

describe('cover bought by the day, week or month', () => {
  const prices = { day: 10n, week: 45n, month: 150n };
  test.each([
    [1, 10n],
    [4, 40n],
    // Five days cost more than a week, so the week is sold.
    [5, 45n],
    [7, 45n],
    [8, 55n],
    [12, 90n],
    [14, 90n],
    [24, 150n],
    [30, 150n],
    [31, 160n],
    [37, 195n],
  ])('%i days cost %i', (days, costs) => {
    expect(timePrice(days, prices)).toBe(costs);
  });

  test('a day more never costs less, and never more than a day', () => {
    const price = fc.option(fc.bigInt(1n, 5000n), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ day: fc.bigInt(1n, 5000n), week: price, month: price }),
        fc.integer({ min: 1, max: 400 }),
        (of, days) => {
          const [before, after] = [timePrice(days, of), timePrice(days + 1, of)];
          expect(after).toBeGreaterThanOrEqual(before);
          expect(after).toBeLessThanOrEqual(before + of.day);
        },
      ),
    );
  });

  test('the pilot sells a fortnight to a worker: employer 35, donor 25, worker the rest and the registration', () => {
    const [pilot] = theSchemes('sch:th:mae-sot-pilot');
    const members = [holder('1995-01-01')];
    expect(payers(pilot!, { members, on: '2025-06-01', days: 14 })).toEqual({
      member: '86.00',
      donor: '22.50',
      employer: '31.50',
    });
    expect(premium(pilot!, { members, on: '2025-06-01', days: 6 })).toBe('schemes.no-length');
    expect(premium(pilot!, { members, on: '2025-06-01', days: 366 })).toBe('schemes.no-length');
    expect(premium(pilot!, { members, on: '2025-06-01', months: 3 })).toBe('500.00');
  });
});

describe('whatever is bought', () => {
  const any = fc.constantFrom(...theSchemes().filter((scheme) => scheme.contribution.basis !== 'payroll'));
  const members = fc.array(fc.integer({ min: 0, max: 60 * 365 }), { minLength: 1, maxLength: 6 });
  const on = (scheme: Scheme) => addDays(scheme.validFrom, 40);

  test('the lines add up to the premium, and so do the payers: nothing is cut off', () => {
    fc.assert(
      fc.property(any, members, fc.integer({ min: 1, max: 100 }), (scheme, ages, groupMembers) => {
        const result = quote(scheme, {
          members: ages.map((days, i) => ({
            birthDate: addDays(on(scheme), -days),
            relation: i === 0 ? 'holder' : 'child',
          })),
          on: on(scheme),
          groupMembers,
        });
        if (result.ok) {
          const { lines, payers: by, premium: all } = result.value;
          expect(lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(all.minor);
          expect(by.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(all.minor);
          expect(by.every(({ amount }) => amount.minor > 0n)).toBe(true);
        }
      }),
    );
  });

  test('the instalments add up to the premium exactly, none of them more than a minor unit from another', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10_000_000n), fc.integer({ min: 1, max: 12 }), (minor, count) => {
        const scheme = schemeWith({ contribution: { maximumInstalments: 12 } });
        const plan = planPolicy({
          policyId: 'p',
          scheme,
          enrolledOn: '2026-01-31',
          premium: { minor, currency: scheme.currency },
          members: [{ memberId: 'm', relation: 'holder' }],
          instalments: count,
        });
        const parts = plan.ok ? plan.value.instalments.map(({ amount }) => amount.minor) : [];
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(minor);
        expect(
          Number(parts.reduce((a, b) => (a > b ? a : b)) - parts.reduce((a, b) => (a < b ? a : b))),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('where rates rise with months, so does what is asked', () => {
    for (const scheme of theSchemes().filter(({ contribution }) => contribution.basis === 'person')) {
      const day = on(scheme);
      const lengths = [...new Set(scheme.contribution.rates.map(({ months }) => months))].sort((a, b) => a - b);
      const costs = lengths.flatMap((months) => {
        const result = quote(scheme, { members: [holder(addMonths(day, -30 * 12))], on: day, months });
        return result.ok ? [result.value.premium.minor] : [];
      });
      expect(costs).toHaveLength(lengths.length);
      expect(costs).toEqual([...costs].sort((a, b) => (a < b ? -1 : 1)));
    }
  });
});
