import { join } from 'node:path';
import { money } from '@serai/kernel/base/money.ts';
import { parseAgreements } from '@serai/policy/agreement.ts';
import { loadAgreements } from '@serai/policy/load.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceEmergency } from './emergency.ts';
import type { CareAbroad } from './pricing.ts';

const shipped = loadAgreements(join(import.meta.dirname, '../../../countries/agreements')).find(
  (each) => each.id === 'agr:MM-TH:cover',
)!;

function under(clause: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const json = JSON.parse(JSON.stringify({ ...shipped, ...more }));
  json.emergencyUninsured = { ...json.emergencyUninsured, ...clause };
  return parseAgreements([{ name: 'x.json', json }])[0]!;
}

const care = (minor: bigint, quantity = '1', code = 'WARD-DAY'): CareAbroad => ({
  ...{ country: 'TH', facility: 'TH:mae-sot-clinic', visit: 'emergency', care: 'in-patient' },
  ...{ from: '2026-05-10', to: '2026-05-12', diagnoses: ['S82'], authorised: undefined },
  lines: [{ line: 1, code, quantity, unitPrice: money(minor, 'THB') }],
});
const parts = (agreement: ReturnType<typeof under>, of: CareAbroad) =>
  priceEmergency(agreement, of).map((line) => [line.worth.minor, line.home.minor, line.here.minor]);

describe('an emergency of someone without cover', () => {
  test.each([
    ['the fund at home', { owes: 'home-fund' }, [360_000n, 360_000n, 0n]],
    ['the fund where care was given', { owes: 'host' }, [360_000n, 0n, 360_000n]],
    ['both, by shares', { owes: 'shared', homePercent: 40 }, [360_000n, 144_000n, 216_000n]],
    ['a donor’s money', { owes: 'donor-fund', donorPurpose: 'border-emergencies' }, [360_000n, 0n, 360_000n]],
    ['each its own: nothing is booked', { owes: 'waiver' }, [360_000n, 0n, 0n]],
  ])('%s', (_, clause, expected) => {
    expect(parts(under(clause), care(120_000n, '3'))).toEqual([expected]);
  });

  test('no more than the cap of the clause, before it is shared', () => {
    expect(parts(under({ owes: 'shared', homePercent: 50 }), care(120_000n, '50'))).toEqual([
      [5_000_000n, 2_500_000n, 2_500_000n],
    ]);
  });

  test('where no emergency is agreed, what the facility charges is its own country’s matter', () => {
    const benefits = shipped.benefits!.filter((each) => !each.visits.includes('emergency'));
    expect(parts(under({ owes: 'host', caps: [] }, { benefits }), care(99_000n, '2', 'HELICOPTER'))).toEqual([
      [198_000n, 0n, 198_000n],
    ]);
  });

  test('what is shared is never more nor less than what the care is worth', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 9_000_000n), fc.integer({ min: 1, max: 99 }), (minor, homePercent) => {
        for (const [worth, home, here] of parts(under({ owes: 'shared', homePercent }), care(minor))) {
          expect(home! + here!).toBe(worth);
          expect(home! >= 0n && here! >= 0n).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['a share of nobody', { owes: 'shared' }, 'homePercent'],
    ['a share where nothing is shared', { owes: 'host', homePercent: 50 }, 'homePercent'],
    ['a donor without a purpose', { owes: 'donor-fund' }, 'donorPurpose'],
  ])('%s is no clause', (_, clause, path) => {
    expect(() => under(clause)).toThrow(path);
  });
});
