import { studentT } from '../numeric/distributions.ts';
import { normalCdf, normalQuantile } from '../numeric/special.ts';
import { latestDiagonal, type Triangle } from './triangle.ts';

/**
 * How the sigmas that one ratio cannot give are found: Mack's rule, a log-linear fit over the ages before (Mack's rule
 * where its slope is not significant at 5 %), or given.
 */
export type SigmaMethod = 'mack' | 'log-linear' | number;

export interface MackOptions {
  readonly sigmaMethod?: SigmaMethod;
  /** Development after the last age. Default 1 (none). */
  readonly tailFactor?: number;
  /** Standard error of the tail factor. Default 0. */
  readonly tailFactorSe?: number;
  /** Mack's sigma of the tail step. Default 0. */
  readonly tailSigma?: number;
}

export interface MackFit {
  /** Development steps; one fewer than ages, one more with a tail. */
  readonly steps: number;
  readonly factor: Float64Array;
  readonly sigma: Float64Array;
  readonly factorSe: Float64Array;
  /** `origins × (steps + 1)`: known cells, then projected ones. */
  readonly full: Float64Array;
  readonly latest: Float64Array;
  readonly ultimate: Float64Array;
  readonly ibnr: Float64Array;
  readonly processSe: Float64Array;
  readonly parameterSe: Float64Array;
  readonly se: Float64Array;
  readonly totalIbnr: number;
  readonly totalSe: number;
  readonly totalProcessSe: number;
  readonly totalParameterSe: number;
}

/** Volume-weighted development factors f_k = ΣC_{i,k+1} / ΣC_{ik}. */
export function developmentFactors({ origins, ages, cells, known }: Triangle): Float64Array {
  const factor = new Float64Array(ages - 1);
  for (let k = 0; k < ages - 1; k++) {
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        top += cells[i * ages + k + 1]!;
        bottom += cells[i * ages + k]!;
      }
    }
    factor[k] = top / bottom;
  }
  return factor;
}

/**
 * Mack's distribution-free chain ladder (ASTIN Bulletin 23, 1993; 29, 1999): factors, sigmas, ultimates and the
 * standard errors of the reserves, by the recursion of the 1999 paper.
 *
 * @param triangle amounts above zero.
 */
export function mackChainLadder(triangle: Triangle, options: MackOptions = {}): MackFit {
  const { origins, ages, cells, known } = triangle;
  const { sigmaMethod = 'mack', tailFactor = 1, tailFactorSe = 0, tailSigma = 0 } = options;
  const hasTail = tailFactor !== 1 || tailFactorSe > 0 || tailSigma > 0;
  const steps = ages - 1 + (hasTail ? 1 : 0);
  const factor = new Float64Array(steps);
  factor.set(developmentFactors(triangle));
  const sigma = new Float64Array(steps).fill(Number.NaN);
  const exposure = new Float64Array(steps);
  for (let k = 0; k < ages - 1; k++) {
    let ratios = 0;
    let squares = 0;
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        const before = cells[i * ages + k]!;
        exposure[k] = exposure[k]! + before;
        squares += before * (cells[i * ages + k + 1]! / before - factor[k]!) ** 2;
        ratios++;
      }
    }
    if (ratios > 1) {
      sigma[k] = Math.sqrt(squares / (ratios - 1));
    }
  }
  fillSigmas(sigma.subarray(0, ages - 1), sigmaMethod);
  const factorSe = new Float64Array(steps);
  for (let k = 0; k < ages - 1; k++) {
    factorSe[k] = sigma[k]! / Math.sqrt(exposure[k]!);
  }
  if (hasTail) {
    factor[steps - 1] = tailFactor;
    factorSe[steps - 1] = tailFactorSe;
    sigma[steps - 1] = tailSigma;
  }

  const width = steps + 1;
  const full = new Float64Array(origins * width);
  const processSe = new Float64Array(origins);
  const parameterSe = new Float64Array(origins);
  const se = new Float64Array(origins);
  const ultimate = new Float64Array(origins);
  const latest = latestDiagonal(triangle);
  for (let i = 0; i < origins; i++) {
    const row = i * width;
    for (let k = 0; k < known[i]!; k++) {
      full[row + k] = cells[i * ages + k]!;
    }
    let process = 0;
    let parameter = 0;
    for (let k = known[i]! - 1; k < steps; k++) {
      const c = full[row + k]!;
      const f = factor[k]!;
      full[row + k + 1] = c * f;
      process = process * f * f + c * sigma[k]! ** 2;
      parameter = parameter * f * f + (c * factorSe[k]!) ** 2;
    }
    ultimate[i] = full[row + steps]!;
    processSe[i] = Math.sqrt(process);
    parameterSe[i] = Math.sqrt(parameter);
    se[i] = Math.sqrt(process + parameter);
  }
  let totalParameter = 0;
  for (let k = 0; k < steps; k++) {
    let reached = 0;
    for (let i = 0; i < origins; i++) {
      if (known[i]! <= k + 1) {
        reached += full[i * width + k]!;
      }
    }
    totalParameter = totalParameter * factor[k]! ** 2 + (reached * factorSe[k]!) ** 2;
  }
  const totalProcess = processSe.reduce((sum, x) => sum + x * x, 0);
  const ibnr = ultimate.map((x, i) => x - latest[i]!);
  return {
    steps,
    factor,
    sigma,
    factorSe,
    full,
    latest,
    ultimate,
    ibnr,
    processSe,
    parameterSe,
    se,
    totalIbnr: ibnr.reduce((sum, x) => sum + x, 0),
    totalSe: Math.sqrt(totalProcess + totalParameter),
    totalProcessSe: Math.sqrt(totalProcess),
    totalParameterSe: Math.sqrt(totalParameter),
  };
}

/**
 * Regression of log σ on age over the known sigmas, with the p-value of its slope (NaN with fewer than three). Above
 * .05 there is no trend to extend, and Mack's rule is used instead, as the common implementation does.
 */
export function logLinearSigma(sigma: Float64Array): {
  readonly intercept: number;
  readonly slope: number;
  readonly p: number;
} {
  const known = [...sigma.keys()].filter((k) => sigma[k]! > 0);
  const n = known.length;
  if (n < 3) {
    return { intercept: Number.NaN, slope: Number.NaN, p: Number.NaN };
  }
  const x = known.reduce((sum, k) => sum + k, 0) / n;
  const y = known.reduce((sum, k) => sum + Math.log(sigma[k]!), 0) / n;
  const spread = known.reduce((sum, k) => sum + (k - x) ** 2, 0);
  const slope = known.reduce((sum, k) => sum + (k - x) * (Math.log(sigma[k]!) - y), 0) / spread;
  const intercept = y - slope * x;
  const rest = known.reduce((sum, k) => sum + (Math.log(sigma[k]!) - intercept - slope * k) ** 2, 0);
  const t = Math.abs(slope) / Math.sqrt(rest / (n - 2) / spread);
  return { intercept, slope, p: 2 * studentT(n - 2).survival(t) };
}

/** Fills the sigmas that are NaN, in place. */
function fillSigmas(sigma: Float64Array, method: SigmaMethod): void {
  if (typeof method === 'number') {
    for (let k = 0; k < sigma.length; k++) {
      sigma[k] = Number.isNaN(sigma[k]!) ? method : sigma[k]!;
    }
    return;
  }
  if (method === 'log-linear') {
    const { intercept, slope, p } = logLinearSigma(sigma);
    if (p <= 0.05) {
      for (let k = 0; k < sigma.length; k++) {
        if (Number.isNaN(sigma[k]!)) {
          sigma[k] = Math.exp(intercept + slope * k);
        }
      }
      return;
    }
  }
  for (let k = 0; k < sigma.length; k++) {
    if (Number.isNaN(sigma[k]!)) {
      const one = k > 0 ? sigma[k - 1]! ** 2 : 0;
      const two = k > 1 ? sigma[k - 2]! ** 2 : one;
      // σ⁴₍ₙ₋₂₎/σ²₍ₙ₋₃₎ is a decreasing geometric step; with no variance before there is none to extend.
      sigma[k] = Math.sqrt(two > 0 ? Math.min((one * one) / two, one, two) : 0);
    }
  }
}

export interface DevelopmentResult {
  /** Standard error of the claims development result of that year, by origin. */
  readonly se: Float64Array;
  readonly totalSe: number;
}

/**
 * Uncertainty of the claims development result of the coming year, the year after, and so on until all is run off (Merz
 * and Wüthrich, CAS E-Forum 2008, results 3.2 and 3.3; "Claims run-off uncertainty: the full picture", 2014; linear
 * approximation). The first entry is the one-year view of Solvency II.
 *
 * The papers' terms collapse: with S_j the exposure of factor j as known before a year and S_j⁺ after it, a year brings an
 * origin at age a the variance (σ_a/f_a)²(1/C_a + 1/S_a) + Σ_{j>a} (σ_j/f_j)²(1/S_j − 1/S_j⁺), relative to its ultimate
 * squared; what two origins share is the same without 1/C_a, from the older one's age on. Years add up to Mack's error.
 *
 * @param fit of the same triangle, without a tail; every calendar year brings one new cell to each open origin.
 */
export function claimsDevelopment(triangle: Triangle, fit: MackFit): DevelopmentResult[] {
  const { origins, ages, cells, known } = triangle;
  const width = fit.steps + 1;
  const exposure = new Float64Array(ages - 1);
  for (let j = 0; j < ages - 1; j++) {
    for (let i = 0; i < origins; i++) {
      exposure[j] = exposure[j]! + (known[i]! > j + 1 ? cells[i * ages + j]! : 0);
    }
  }
  const relative = (j: number) => (fit.sigma[j]! / fit.factor[j]!) ** 2;
  const years = ages - known.reduce((least, n) => Math.min(least, n), ages);
  const results: DevelopmentResult[] = [];
  for (let year = 0; year < years; year++) {
    const after = exposure.slice();
    for (let i = 0; i < origins; i++) {
      const age = known[i]! - 1 + year;
      if (age < ages - 1) {
        after[age] = after[age]! + fit.full[i * width + age]!;
      }
    }
    const se = new Float64Array(origins);
    const shared = new Float64Array(origins);
    let total = 0;
    for (let i = 0; i < origins; i++) {
      const age = known[i]! - 1 + year;
      if (age >= ages - 1) {
        continue;
      }
      let estimation = relative(age) / exposure[age]!;
      for (let j = age + 1; j < ages - 1; j++) {
        estimation += relative(j) * (1 / exposure[j]! - 1 / after[j]!);
      }
      shared[i] = estimation;
      se[i] = fit.ultimate[i]! * Math.sqrt(relative(age) / fit.full[i * width + age]! + estimation);
      total += se[i]! ** 2;
    }
    for (let i = 0; i < origins; i++) {
      for (let k = 0; k < origins; k++) {
        // Each pair once, under the origin that is further developed.
        const older = known[k]! < known[i]! || (known[k] === known[i] && k > i);
        total += older ? 2 * fit.ultimate[i]! * fit.ultimate[k]! * shared[i]! : 0;
      }
    }
    results.push({ se, totalSe: Math.sqrt(total) });
    exposure.set(after);
  }
  return results;
}

/** Quantile of a reserve taken as lognormal with that mean and standard error; the mean itself where se is 0. */
export function reserveQuantile(mean: number, se: number, p: number): number {
  if (!(se > 0)) {
    return mean;
  }
  if (!(mean > 0)) {
    return mean + se * normalQuantile(p);
  }
  const variance = Math.log1p((se / mean) ** 2);
  return mean * Math.exp(Math.sqrt(variance) * normalQuantile(p) - variance / 2);
}

/**
 * Mack's test for calendar-year effects (1994, appendix H): large p says that the independence the model needs is
 * not contradicted.
 */
export function calendarYearTest(triangle: Triangle): { readonly statistic: number; readonly p: number } {
  const { origins, ages, cells, known } = triangle;
  const large = new Map<number, number>();
  const small = new Map<number, number>();
  for (let k = 0; k < ages - 1; k++) {
    const ratios: { ratio: number; diagonal: number }[] = [];
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        ratios.push({ ratio: cells[i * ages + k + 1]! / cells[i * ages + k]!, diagonal: i + k });
      }
    }
    const sorted = ratios.map((r) => r.ratio).sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const median =
      sorted.length % 2
        ? sorted[Math.floor(middle)]!
        : (sorted[middle - 1]! + sorted[Math.min(middle, sorted.length - 1)]!) / 2;
    for (const { ratio, diagonal } of ratios) {
      if (ratio !== median) {
        const side = ratio > median ? large : small;
        side.set(diagonal, (side.get(diagonal) ?? 0) + 1);
      }
    }
  }
  let statistic = 0;
  let mean = 0;
  let variance = 0;
  for (let diagonal = 0; diagonal < origins + ages; diagonal++) {
    const l = large.get(diagonal) ?? 0;
    const s = small.get(diagonal) ?? 0;
    const n = l + s;
    if (n < 1) {
      continue;
    }
    const half = Math.floor((n - 1) / 2);
    let choose = 1;
    for (let k = 0; k < half; k++) {
      choose *= (n - 1 - k) / (k + 1);
    }
    const expected = n / 2 - (choose * n) / 2 ** n;
    statistic += Math.min(l, s);
    mean += expected;
    variance += (n * (n - 1)) / 4 - (choose * n * (n - 1)) / 2 ** n + expected - expected * expected;
  }
  return { statistic, p: variance > 0 ? 2 * normalCdf(-Math.abs(statistic - mean) / Math.sqrt(variance)) : 1 };
}
