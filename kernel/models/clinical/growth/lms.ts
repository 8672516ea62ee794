import { type EncodedLms, encodedLms } from './lms.generated.ts';

export type GrowthTable = keyof typeof encodedLms;
export type Sex = 'male' | 'female';

export interface Lms {
  /** Box–Cox power. */
  readonly l: number;
  /** Median. */
  readonly m: number;
  /** Coefficient of variation. */
  readonly s: number;
}

interface DecodedLms {
  readonly start: number;
  readonly l: Float64Array;
  readonly m: Float64Array;
  readonly s: Float64Array;
}

const decoded = new Map<EncodedLms, DecodedLms>();

/**
 * L, M and S of one sex at row `index` (day of age, or tenths of a centimetre); undefined outside the table.
 * A table is decoded when first asked for (about 2 ms) and kept.
 */
export function lmsAt(table: GrowthTable, sex: Sex, index: number): Lms | undefined {
  return lmsRow(encodedLms[table][sex], index);
}

/** L, M and S of an encoded table at row `index`; undefined outside it. */
export function lmsRow(encoded: EncodedLms, index: number): Lms | undefined {
  let columns = decoded.get(encoded);
  if (!columns) {
    columns = {
      start: encoded.start,
      l: decodeColumn(encoded.l, 10_000),
      m: decodeColumn(encoded.m, 10_000),
      s: decodeColumn(encoded.s, 100_000),
    };
    decoded.set(encoded, columns);
  }
  const row = index - columns.start;
  const m = columns.m[row];
  return m === undefined ? undefined : { l: columns.l[row]!, m, s: columns.s[row]! };
}

/** First differences in base 36, `d*n` for runs, back to values. */
function decodeColumn(text: string, scale: number): Float64Array {
  const values: number[] = [];
  let value = 0;
  for (const token of text.split(' ')) {
    const [difference, count] = token.split('*');
    const step = Number.parseInt(difference!, 36);
    for (let left = count ? Number.parseInt(count, 36) : 1; left > 0; left--) {
      value += step;
      values.push(value / scale);
    }
  }
  return Float64Array.from(values);
}
