import { financialProtectionModel } from '../../../kernel/models/actuarial/financial-protection.model.ts';
import {
  exceedsShare,
  financialHardship,
  isTbCatastrophic,
  societalPovertyLine,
} from '../../../kernel/models/actuarial/financial-protection.ts';
import { runModel } from '../../../kernel/models/model.ts';
import { type Case, close } from '../suite.ts';

function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) {
    throw new Error(`${what}: got ${actual}, expected ${expected}`);
  }
}

/** DOMAIN F.7: the definitions adopted in 2025, with their test cases. */
export function* protection(): Iterable<Case> {
  const line = 2.15;
  const cases: [number, number, ReturnType<typeof financialHardship>, boolean][] = [
    [6, 1.6, 'large', true],
    [6, 0.6, 'none', false],
    [2.5, 0.4, 'impoverishing', true],
    [2, 0.05, 'impoverishing', false],
    [6, 0, 'none', false],
    // Exactly 40 % of the discretionary budget is not above it.
    [6, 0.4 * (6 - line), 'none', true],
  ];
  for (const [consumption, outOfPocket, hardship, overTenPercent] of cases) {
    yield {
      name: `consumption ${consumption} a day, out of pocket ${outOfPocket}: ${hardship}`,
      check: () => {
        same(financialHardship(consumption, outOfPocket, line), hardship, 'hardship');
        same(exceedsShare(consumption, outOfPocket, 0.1), overTenPercent, 'over 10 %');
      },
    };
  }
  yield {
    name: 'societal poverty line: max(2.15, 1.15 + half the median)',
    check: () => {
      close(societalPovertyLine(1), 2.15, 0, 'floor');
      close(societalPovertyLine(8), 5.15, 1e-15, 'slope');
    },
  };
  yield {
    name: 'the indicator weighs households by sampling weight and size',
    check: () => {
      const rows = runModel(financialProtectionModel, financialProtectionModel.example);
      const share = (indicator: string) => rows.find((r) => r.indicator === indicator && r.group === 'all')!.share;
      const persons = [4 * 120, 5 * 90, 3 * 150, 6 * 110, 2 * 80];
      const all = persons.reduce((a, b) => a + b, 0);
      close(share('large'), persons[0]! / all, 1e-14, 'large');
      close(share('impoverishing'), (persons[2]! + persons[3]!) / all, 1e-14, 'impoverishing');
      close(share('hardship'), share('large') + share('impoverishing'), 1e-14, 'hardship');
    },
  };
  yield {
    name: 'TB costs: catastrophic above a fifth of yearly income, not at it',
    check: () => {
      same(isTbCatastrophic(201, 1000), true, '20.1 %');
      same(isTbCatastrophic(200, 1000), false, '20 %');
    },
  };
}
