/** Summaries of simulated or observed amounts. */

export interface SampleSummary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/** Mean and standard deviation (divisor n − 1), in one stable pass. */
export function summarise(values: ArrayLike<number>): SampleSummary {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const gap = values[i]! - mean;
    mean += gap / (i + 1);
    squares += gap * (values[i]! - mean);
  }
  return { n: values.length, mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN };
}

/** Ascending copy. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Value at risk of an ascending sample: the smallest x with at least a share p of the sample at or below it. */
export function valueAtRisk(ascending: Float64Array, p: number): number {
  const n = ascending.length;
  // A hair below p·n, so that 0.95 × 1000 counts as 950 whatever the rounding.
  return ascending[Math.min(n - 1, Math.max(0, Math.ceil(p * n * (1 - 1e-12)) - 1))]!;
}

/** Mean of the worst 1 − p of an ascending sample (Acerbi and Tasche's expected shortfall: ties are split exactly). */
export function tailValueAtRisk(ascending: Float64Array, p: number): number {
  const n = ascending.length;
  const tail = (1 - p) * n;
  let left = tail;
  let sum = 0;
  for (let i = n - 1; i >= 0 && left > 0; i--) {
    const weight = Math.min(1, left);
    sum += weight * ascending[i]!;
    left -= weight;
  }
  return sum / tail;
}

/**
 * Standard error of a sample quantile by the order statistics either side of it (Maritz–Jarrett's cheap cousin):
 * half the width of the binomial band of one standard deviation around rank p·n.
 */
export function quantileStandardError(ascending: Float64Array, p: number): number {
  const n = ascending.length;
  const band = Math.sqrt(n * p * (1 - p));
  const at = (rank: number) => ascending[Math.min(n - 1, Math.max(0, Math.round(rank)))]!;
  return (at(p * n + band) - at(p * n - band)) / 2;
}

/**
 * Standard error of the tail value at risk of a large ascending sample: sd of (X − VaR)⁺ over (1 − p)√n, the limit of the
 * bootstrap's (Brazauskas, Jones, Puri and Zitikis 2008).
 */
export function tailValueStandardError(ascending: Float64Array, p: number): number {
  const n = ascending.length;
  const edge = valueAtRisk(ascending, p);
  let sum = 0;
  let squares = 0;
  for (let i = n - 1; i >= 0 && ascending[i]! > edge; i--) {
    const excess = ascending[i]! - edge;
    sum += excess;
    squares += excess * excess;
  }
  return Math.sqrt((squares - (sum * sum) / n) / (n - 1) / n) / (1 - p);
}

/**
 * The indices of values ≥ 0 in ascending order, equals in their own: a radix sort over the bits, which for such numbers
 * are in the order of their values. Ten million take a second, where sorting objects by a comparison takes a minute.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  // Adding zero turns −0, whose bits would come last, into 0.
  const digits = new Uint16Array(Float64Array.from(values, (value) => value + 0).buffer);
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  let next = new Uint32Array(n);
  for (let d = 0; d < 4; d++) {
    const starts = new Uint32Array(0x10001);
    for (let i = 0; i < n; i++) {
      starts[digits[4 * i + d]! + 1]!++;
    }
    for (let k = 0; k < 0x10000; k++) {
      starts[k + 1]! += starts[k]!;
    }
    for (let k = 0; k < n; k++) {
      const i = order[k]!;
      next[starts[digits[4 * i + d]!]!++] = i;
    }
    [order, next] = [next, order];
  }
  return order;
}
