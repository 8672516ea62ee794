import { z } from 'zod';

/**
 * A cumulative run-off triangle: origin periods down, development ages across. Unknown cells are NaN.
 * The known cells of a row are a run from the first age; every age has at least one known cell.
 */
export interface Triangle {
  readonly origins: number;
  readonly ages: number;
  /** `origins × ages`, row by row. */
  readonly cells: Float64Array;
  /** How many ages of each origin are known, at least 1. */
  readonly known: Int32Array;
}

export function triangleOf(rows: readonly (readonly (number | null)[])[]): Triangle {
  const origins = rows.length;
  const ages = Math.max(...rows.map((row) => row.length));
  const cells = new Float64Array(origins * ages).fill(Number.NaN);
  const known = new Int32Array(origins);
  for (const [i, row] of rows.entries()) {
    for (const [j, cell] of row.entries()) {
      if (cell !== null) {
        cells[i * ages + j] = cell;
        known[i] = j + 1;
      }
    }
  }
  return { origins, ages, cells, known };
}

/** Latest known amount of each origin. */
export function latestDiagonal({ origins, ages, cells, known }: Triangle): Float64Array {
  return Float64Array.from({ length: origins }, (_, i) => cells[i * ages + known[i]! - 1]!);
}

/** Incremental amounts of the known cells; NaN elsewhere. */
export function incrementsOf({ origins, ages, cells, known }: Triangle): Float64Array {
  const increments = new Float64Array(origins * ages).fill(Number.NaN);
  for (let i = 0; i < origins; i++) {
    for (let j = 0; j < known[i]!; j++) {
      increments[i * ages + j] = cells[i * ages + j]! - (j ? cells[i * ages + j - 1]! : 0);
    }
  }
  return increments;
}

const cell = z
  .number({ error: 'A cell must be a number, or null (or left out) where it is not known yet.' })
  .min(-1e15, { error: 'A cell must be at least -1e15.' })
  .max(1e15, { error: 'A cell must be at most 1e15.' })
  .nullable();

/** @param positive whether every amount must be above zero, as Mack's model needs. */
export function triangleInput(what = 'The triangle', positive = true) {
  return z
    .array(
      z.array(cell, { error: 'A row must be a list of numbers, one for each age.' }).max(200, {
        error: 'A row must have at most 200 ages.',
      }),
      { error: `${what} must be a list of rows, one for each origin period.` },
    )
    .min(2, { error: `${what} needs at least two origin periods.` })
    .max(500, { error: `${what} must have at most 500 origin periods.` })
    .superRefine((rows, context) => {
      const ages = Math.max(...rows.map((row) => row.length));
      if (ages < 2) {
        context.addIssue({ code: 'custom', message: `${what} needs at least two ages.` });
        return;
      }
      const known = rows.map((row) => {
        const gap = row.indexOf(null);
        return gap < 0 ? row.length : gap;
      });
      for (const [i, row] of rows.entries()) {
        if (known[i] === 0) {
          context.addIssue({ code: 'custom', path: [i], message: 'A row needs at least its first age.' });
        }
        if (row.slice(known[i]!).some((x) => x !== null)) {
          context.addIssue({
            code: 'custom',
            path: [i],
            message: 'A row has an amount after an unknown cell; known cells must be a run from the first age.',
          });
        }
        for (const [j, x] of row.entries()) {
          if (positive && x !== null && !(x >= 1e-6)) {
            context.addIssue({
              code: 'custom',
              path: [i, j],
              message:
                'Cumulative amounts must be above zero (at least 0.000001); join a period without claims to its neighbour.',
            });
          }
        }
      }
      for (let j = 1; j < ages; j++) {
        if (!known.some((n) => n > j)) {
          context.addIssue({ code: 'custom', message: `No origin period has reached age ${j + 1}.` });
        }
      }
    })
    .describe('Cumulative amounts, one row for each origin period, one column for each age; null where unknown');
}
