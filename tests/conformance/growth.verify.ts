import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GrowthIndicator, type GrowthInput, growthScores } from '../../kernel/models/clinical/growth/growth.ts';
import { referenceScores } from '../../kernel/models/clinical/growth/reference.ts';
import type { Case, Suite } from './suite.ts';

const folder = join(import.meta.dirname, '../../../shared/data/who-growth');
const file = join(folder, 'expected_anthro_zscores_grid.csv');

/** Columns of the grid: z-score and flag of each indicator. */
const columns: readonly (readonly [GrowthIndicator, string])[] = [
  ['length-height-for-age', 'len'],
  ['weight-for-age', 'wei'],
  ['weight-for-length-height', 'wfl'],
  ['bmi-for-age', 'bmi'],
  ['head-circumference-for-age', 'hc'],
  ['arm-circumference-for-age', 'ac'],
];

const single: readonly (readonly [string, GrowthInput, GrowthIndicator, number])[] = [
  [
    'boy 987 d 72.86 cm lying',
    { sex: 'male', ageDays: 987, lengthHeightCm: 72.86, position: 'lying' },
    'length-height-for-age',
    -6.09,
  ],
  ['girl 1522 d 17 kg', { sex: 'female', ageDays: 1522, weightKg: 17 }, 'weight-for-age', 0.24],
];

/** Published with the WHO's own program for 5 to 19 years: months, cm, kg; z of height, weight, BMI. */
const schoolAge = [
  [60.32, 113.8, 18.7, [0.96, 0.21, -0.58]],
  [60.911701, 113.6, 20.5, [0.85, 0.79, 0.42]],
] as const;

const suite: Suite = {
  name: 'growth',
  *cases(): Iterable<Case> {
    for (const [name, input, indicator, expected] of single) {
      yield { name, check: () => same(input, indicator, expected, undefined) };
    }
    for (const [ageMonths, heightCm, weightKg, expected] of schoolAge) {
      yield {
        name: `girl ${ageMonths} months, reference of 2007`,
        check: () => {
          const got = referenceScores({ sex: 'female', ageMonths, heightCm, weightKg }).map(({ z }) => z);
          if (got.join() !== expected.join()) {
            throw new Error(`got ${got.join(', ')}, expected ${expected.join(', ')}`);
          }
        },
      };
    }
    if (!existsSync(file)) {
      yield { name: 'grid', check: () => ({ skip: 'the grid of z-scores is not beside the repository' }) };
      return;
    }
    const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const names = header!.replaceAll('"', '').split(',');
    for (const line of lines) {
      const cells = Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell.replaceAll('"', '')]));
      const number = (name: string) => (cells[name] === 'NA' ? undefined : Number(cells[name]));
      const input: GrowthInput = {
        sex: cells.sex === '1' ? 'male' : 'female',
        ageDays: number('age'),
        weightKg: number('weight'),
        lengthHeightCm: number('lenhei'),
        position: cells.measure === 'L' ? 'lying' : 'standing',
        headCircumferenceCm: number('headc'),
        armCircumferenceCm: number('armc'),
      };
      for (const [indicator, short] of columns) {
        yield {
          name: `${input.sex} ${input.ageDays} d, ${cells.lenhei} cm, ${indicator}`,
          check: () => same(input, indicator, number(`z${short}`), number(`f${short}`)),
        };
      }
    }
  },
};
export default suite;

function same(input: GrowthInput, indicator: GrowthIndicator, z: number | undefined, flag: number | undefined): void {
  const got = growthScores(input).scores.find((row) => row.indicator === indicator)!;
  if (got.z !== (z ?? null)) {
    throw new Error(`got ${got.z} (${got.reason ?? 'scored'}), expected ${z ?? 'no score'}`);
  }
  if (flag !== undefined && got.flagged !== (flag === 1)) {
    throw new Error(`flag is ${got.flagged}, expected ${flag}`);
  }
}
