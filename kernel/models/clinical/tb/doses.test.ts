import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doseTables, type Product } from './doses.table.ts';
import { dosedRegimens, type TbDoseInput, tbDoses, weightChange } from './doses.ts';

const units = (input: TbDoseInput, phase: string, product: Product) => {
  const doses = tbDoses(input);
  return doses.result === 'dosed'
    ? doses.lines.find((line) => line.phase === phase && line.product === product)?.units
    : doses.result;
};

// weight, HRZE, HR (adult); HRZ and E (child)
test.each([
  [3.99, 'expert-advice', undefined],
  [4, 1, 'child'],
  [7.99, 1, 'child'],
  [8, 2, 'child'],
  [12, 3, 'child'],
  [16, 4, 'child'],
  [24.99, 4, 'child'],
  [25, 2, 'adult'],
  [29.99, 2, 'adult'],
  [30, 3, 'adult'],
  [34.99, 3, 'adult'],
  [35, 4, 'adult'],
  [50, 4, 'adult'],
  [64.99, 4, 'adult'],
  [65, 5, 'adult'],
  [120, 5, 'adult'],
] as const)('2HRZE/4HR at %s kg: %s tablets', (weightKg, expected, who) => {
  const input = { regimen: '2HRZE/4HR', weightKg };
  if (expected === 'expert-advice') {
    expect(tbDoses(input).result).toBe('expert-advice');
    return;
  }
  const [first, then] =
    who === 'adult' ? (['HRZE 75/150/400/275', 'HR 75/150'] as const) : (['HRZ 50/75/150', 'HR 50/75'] as const);
  expect(units(input, 'intensive', first)).toBe(expected);
  expect(units(input, 'continuation', then)).toBe(expected);
  expect(units(input, 'intensive', 'E 100')).toBe(who === 'child' ? expected : undefined);
});

test.each([
  [34.9, 2],
  [35, 3],
  [49.9, 3],
  [50, 4],
  [64.99, 4],
  [65, 5],
  [74.9, 5],
  [75, 6],
])("India's programme at %s kg: %i tablets, ethambutol to the end", (weightKg, expected) => {
  const input = { regimen: '2HRZE/4HR', programme: 'in', weightKg };
  expect(units(input, 'intensive', 'HRZE 75/150/400/275')).toBe(expected);
  expect(units(input, 'continuation', 'HRE 75/150/275')).toBe(expected);
  expect(units(input, 'continuation', 'HR 75/150')).toBeUndefined();
});

test('the same person has other doses under another programme: milligrams tell', () => {
  const mg = (programme: string) => {
    const doses = tbDoses({ regimen: '2HRZE/4HR', programme, weightKg: 36 });
    return doses.result === 'dosed' && doses.lines[0]!.mgPerDay;
  };
  expect(mg('who')).toEqual({ isoniazid: 300, rifampicin: 600, pyrazinamide: 1600, ethambutol: 1100 });
  expect(mg('in')).toEqual({ isoniazid: 225, rifampicin: 450, pyrazinamide: 1200, ethambutol: 825 });
});

describe('at exactly 70 kg the source contradicts itself', () => {
  test.each([
    ['9-month-Eto', 69.99, undefined, 3, []],
    ['9-month-Eto', 70, undefined, 3, ['disputed-edge']],
    ['9-month-Eto', 70, 'higher', 4, ['disputed-edge']],
    ['9-month-Eto', 70.01, undefined, 4, []],
    ['longer', 70, 'lower', 3, ['disputed-edge']],
    ['longer', 70, 'higher', 4, ['disputed-edge']],
  ] as const)('%s at %s kg, %s', (regimen, weightKg, disputedEdge, ethambutol, notes) => {
    const input = { regimen, weightKg, ...(disputedEdge && { disputedEdge }) };
    const phase = regimen === 'longer' ? 'whole' : 'intensive';
    expect(units(input, phase, 'E 400')).toBe(ethambutol);
    expect(tbDoses(input)).toMatchObject({ notes });
  });
});

test.each([
  ['levofloxacin', 'Lfx 250', [3, 4, 4, 4]],
  ['moxifloxacin', 'M 400', [1, 1, 1, 1]],
  ['clofazimine', 'Cfz 100', [1, 1, 1, 1]],
  ['cycloserine', 'Cs 250', [2, 3, 3, 3]],
  ['ethambutol', 'E 400', [2, 3, 3, 4]],
  ['pyrazinamide', 'Z 400', [4, 4, 4, 5]],
  ['ethionamide', 'Eto 250', [2, 3, 3, 4]],
] as const)('second line, %s in the four bands', (drug, product, expected) => {
  expect(
    [36, 46, 56, 70.5].map((weightKg) => units({ regimen: 'longer', weightKg, drugs: [drug] }, 'whole', product)),
  ).toEqual(expected);
});

test('linezolid and delamanid change tablet at 46 kg; milligrams do not jump', () => {
  const mg = (weightKg: number, drug: 'linezolid' | 'delamanid') => {
    const doses = tbDoses({ regimen: 'longer', weightKg, drugs: [drug] });
    return doses.result === 'dosed' && doses.totals[0]!.mgPerDay;
  };
  expect([mg(45.9, 'linezolid'), mg(46, 'linezolid')]).toEqual([450, 600]);
  expect([mg(45.9, 'delamanid'), mg(46, 'delamanid')]).toEqual([100, 200]);
});

test('BPaLM has one dose for all weights, two ways to give bedaquiline, two of linezolid', () => {
  const doses = tbDoses({ regimen: 'BPaLM', weightKg: 48 });
  expect(doses).toMatchObject({ result: 'dosed' });
  const bedaquiline = (input: TbDoseInput) => {
    const d = tbDoses(input);
    return d.result === 'dosed'
      ? d.lines.filter((row) => row.product === 'Bdq 100').map((row) => [row.fromDay, row.toDay, row.units, row.days])
      : [];
  };
  expect(bedaquiline({ regimen: 'BPaLM', weightKg: 48 })).toEqual([
    [0, 13, 4, 'daily'],
    [14, null, 2, 'monday-wednesday-friday'],
  ]);
  expect(bedaquiline({ regimen: 'BPaLM', weightKg: 48, choices: ['bedaquiline:daily'] })).toEqual([
    [0, 55, 2, 'daily'],
    [56, null, 1, 'daily'],
  ]);
  expect(units({ regimen: 'BPaLM', weightKg: 48 }, 'whole', 'Lzd 600')).toBe(1);
  expect(units({ regimen: 'BPaLM', weightKg: 48, choices: ['linezolid:1200'] }, 'whole', 'Lzd 600')).toBe(2);
  expect(units({ regimen: 'BPaL', weightKg: 48 }, 'whole', 'M 400')).toBeUndefined();
});

test.each([
  ['2HPMZ/2HPM', 39.9, 'expert-advice'],
  ['2HPMZ/2HPM', 40, 'dosed'],
  ['6(H)REZ-Lfx', 20, 'expert-advice'],
  ['6(H)REZ-Lfx', 25, 'dosed'],
  ['9-month-Eto', 23.9, 'expert-advice'],
  ['nothing', 50, 'no-table'],
  ['2HRZE/4HR', 0, 'weight-unknown'],
  ['2HRZE/4HR', -4, 'weight-unknown'],
  ['2HRZE/4HR', Number.NaN, 'weight-unknown'],
  ['2HRZE/4HR', Number.POSITIVE_INFINITY, 'weight-unknown'],
])('%s at %s kg: %s', (regimen, weightKg, result) => {
  expect(tbDoses({ regimen, weightKg }).result).toBe(result);
});

test('levofloxacin with 6(H)REZ: 500, 750, 1000 mg', () => {
  expect(
    [25, 29.9, 30, 45.9, 46, 80].map((weightKg) => units({ regimen: '6(H)REZ-Lfx', weightKg }, 'whole', 'Lfx 250')),
  ).toEqual([2, 2, 3, 3, 4, 4]);
});

test('2HPMZ at 65 kg: 1.25 isoniazid and five pyrazinamide, none in the second phase', () => {
  expect(units({ regimen: '2HPMZ/2HPM', weightKg: 65 }, 'intensive', 'H 300')).toBe(1.25);
  expect(units({ regimen: '2HPMZ/2HPM', weightKg: 65 }, 'intensive', 'Z 400')).toBe(5);
  expect(units({ regimen: '2HPMZ/2HPM', weightKg: 65 }, 'continuation', 'Z 400')).toBeUndefined();
  expect(units({ regimen: '2HPMZ/2HPM', weightKg: 65 }, 'continuation', 'P 150')).toBe(8);
});

test.each([
  [50, 64.9, 're-dose'],
  [63, 64.9, 'same'],
  [64, 65, 're-dose'],
  [50, 54.9, 'same'],
  [50, 55, 're-dose'],
  [50, Number.NaN, 'unknown'],
] as const)('weight from %s to %s kg: %s', (from, to, expected) => {
  expect(weightChange({ regimen: '2HRZE/4HR', weightKg: from }, to)).toBe(expected);
});

test('bands of a line neither overlap nor leave gaps, and doses never fall as weight grows', () => {
  for (const table of doseTables) {
    for (const { lines } of table.phases) {
      for (const { bands } of lines) {
        bands.slice(1).forEach((band, i) => {
          expect(band.fromKg).toBe(bands[i]!.belowKg);
          expect(band.units).toBeGreaterThanOrEqual(bands[i]!.units);
        });
      }
    }
    expect(table.source).toBeTruthy();
    expect(table.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test('every weight a regimen doses gets every drug of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...dosedRegimens()),
      fc.double({ min: 1, max: 150, noNaN: true }),
      (regimen, weightKg) => {
        const doses = tbDoses({ regimen, weightKg });
        if (doses.result === 'dosed') {
          for (const line of doses.lines) {
            expect(line.units).toBeGreaterThan(0);
          }
          const drugs = new Set(doses.totals.map((row) => row.drug));
          const heavier = tbDoses({ regimen, weightKg: 60 });
          if (heavier.result === 'dosed') {
            const missing = heavier.totals.map((row) => row.drug).filter((drug) => !drugs.has(drug));
            expect(missing).toEqual([]);
          }
        }
      },
    ),
  );
});
