import { invariant } from '../base/invariant.ts';

/**
 * The Fellegi–Sunter model (1969) and its estimation by expectation maximisation (Winkler, 1988): a pair of records is a
 * row of levels, one a comparison; matches and non-matches each draw the levels independently, with probabilities m and
 * u; λ is the share of matches. Weights are log2 likelihood ratios.
 */
export interface ComparisonParameters {
  readonly name: string;
  /** What each level means; level 0 is disagreement, the last the fullest agreement. */
  readonly levels: readonly string[];
  /** P(level | match), sums to 1. */
  readonly m: readonly number[];
  /** P(level | no match), sums to 1. */
  readonly u: readonly number[];
}

export interface LinkageModel {
  /** λ: the probability that two records drawn at random are one person. */
  readonly matchProbability: number;
  readonly comparisons: readonly ComparisonParameters[];
}

/** The level of a comparison one of whose values is absent: it says nothing. */
export const MISSING = 255;

/** Distinct rows of levels and how often each occurs: all that estimation needs of any number of pairs. */
export interface LevelPatterns {
  readonly comparisonCount: number;
  /** Row-major, `comparisonCount` a pattern; {@link MISSING} for absent. */
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
  readonly total: number;
}

/** Every pair as a pattern of its own: for estimation where pairs of one pattern still differ. */
export function listPatterns(columns: readonly Uint8Array[]): LevelPatterns {
  const k = columns.length;
  const pairs = columns[0]?.length ?? 0;
  const levels = new Uint8Array(pairs * k);
  for (let i = 0; i < pairs; i++) {
    for (let c = 0; c < k; c++) {
      levels[i * k + c] = columns[c]![i]!;
    }
  }
  return { comparisonCount: k, levels, counts: new Float64Array(pairs).fill(1), total: pairs };
}

/**
 * Counts the distinct rows of levels.
 * @param columns one array a comparison, one entry a pair.
 * @param levelCounts number of levels of each comparison.
 */
export function tabulatePatterns(columns: readonly Uint8Array[], levelCounts: readonly number[]): LevelPatterns {
  invariant(columns.length === levelCounts.length, 'one column of levels a comparison');
  const k = columns.length;
  const pairs = columns[0]?.length ?? 0;
  const radix = levelCounts.map((count) => count + 1);
  const size = radix.reduce((product, r) => product * r, 1);
  const codes: number[] = [];
  const counts: number[] = [];
  if (size <= 1 << 22) {
    const tally = new Float64Array(size);
    const code = new Uint32Array(pairs);
    for (let c = 0; c < k; c++) {
      const column = columns[c]!;
      const r = radix[c]!;
      for (let i = 0; i < pairs; i++) {
        const level = column[i]!;
        code[i] = code[i]! * r + (level === MISSING ? 0 : level + 1);
      }
    }
    for (let i = 0; i < pairs; i++) {
      tally[code[i]!]!++;
    }
    for (let i = 0; i < size; i++) {
      if (tally[i]! > 0) {
        codes.push(i);
        counts.push(tally[i]!);
      }
    }
  } else {
    invariant(size < 2 ** 53, 'at most 2^53 distinct patterns');
    const tally = new Map<number, number>();
    for (let i = 0; i < pairs; i++) {
      let code = 0;
      for (let c = 0; c < k; c++) {
        const level = columns[c]![i]!;
        code = code * radix[c]! + (level === MISSING ? 0 : level + 1);
      }
      tally.set(code, (tally.get(code) ?? 0) + 1);
    }
    for (const [code, count] of tally) {
      codes.push(code);
      counts.push(count);
    }
  }
  const levels = new Uint8Array(codes.length * k);
  codes.forEach((code, i) => {
    let rest = code;
    for (let c = k - 1; c >= 0; c--) {
      const digit = rest % radix[c]!;
      levels[i * k + c] = digit === 0 ? MISSING : digit - 1;
      rest = Math.floor(rest / radix[c]!);
    }
  });
  return { comparisonCount: k, levels, counts: Float64Array.from(counts), total: pairs };
}

export interface EstimationOptions {
  /** Keep these as given. */
  readonly fix?: { readonly m?: boolean; readonly u?: boolean; readonly matchProbability?: boolean };
  /** Stops when no parameter moves more than this. Default 1e-6. */
  readonly tolerance?: number;
  /** Default 500. */
  readonly iterationsMax?: number;
  /** So many pairs of the prior are added to the counts of m and of u (a Dirichlet prior). Default 0. */
  readonly pseudoCount?: number;
  /** Default: the starting model. */
  readonly prior?: LinkageModel;
  readonly adjustments?: readonly FrequencyAdjustment[];
}

/** Corrects, while estimating, the weight of agreeing on a value by how common the value is ({@link frequencyWeight}). */
export interface FrequencyAdjustment {
  readonly comparison: number;
  /** The level of full agreement, whose u is meant. */
  readonly level: number;
  /** Exponent of u / frequency; 1 adjusts fully, 0 not at all. */
  readonly power: number;
  /** The agreed value's frequency of each pattern; read only where the pattern is at `level`. */
  readonly frequencies: Float64Array;
}

export interface Estimation {
  readonly model: LinkageModel;
  readonly iterations: number;
  readonly converged: boolean;
  /** The model before the first iteration and after each. */
  readonly history: readonly LinkageModel[];
  /** Log likelihood of the patterns after each iteration, natural log; never falls. */
  readonly logLikelihood: readonly number[];
}

/** Expectation maximisation over patterns, from a starting model. */
export function estimate(patterns: LevelPatterns, start: LinkageModel, options: EstimationOptions = {}): Estimation {
  const { fix = {}, tolerance = 1e-6, iterationsMax = 500, pseudoCount = 0, prior = start, adjustments = [] } = options;
  const k = patterns.comparisonCount;
  invariant(k === start.comparisons.length, 'the model has the comparisons of the patterns');
  const offsets = new Int32Array(k);
  let width = 0;
  start.comparisons.forEach((comparison, c) => {
    offsets[c] = width;
    width += comparison.levels.length;
  });
  const m = Float64Array.from(start.comparisons.flatMap((comparison) => comparison.m));
  const u = Float64Array.from(start.comparisons.flatMap((comparison) => comparison.u));
  const priorM = Float64Array.from(prior.comparisons.flatMap((comparison) => comparison.m));
  const priorU = Float64Array.from(prior.comparisons.flatMap((comparison) => comparison.u));
  let lambda = start.matchProbability;
  const rows = patterns.counts.length;
  // Position of each pattern's level in the parameter vectors, −1 where absent.
  const position = new Int32Array(rows * k);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < k; c++) {
      const level = patterns.levels[i * k + c]!;
      position[i * k + c] = level === MISSING ? -1 : offsets[c]! + level;
    }
  }
  const snapshot = (): LinkageModel => ({
    matchProbability: lambda,
    comparisons: start.comparisons.map((comparison, c) => ({
      name: comparison.name,
      levels: comparison.levels,
      m: Array.from(m.subarray(offsets[c]!, offsets[c]! + comparison.levels.length)),
      u: Array.from(u.subarray(offsets[c]!, offsets[c]! + comparison.levels.length)),
    })),
  });
  const history = [snapshot()];
  const logLikelihood: number[] = [];
  const sumM = new Float64Array(width);
  const sumU = new Float64Array(width);
  let iterations = 0;
  let converged = patterns.total === 0;
  while (!converged && iterations < iterationsMax) {
    sumM.fill(0);
    sumU.fill(0);
    let matches = 0;
    let likelihood = 0;
    for (let i = 0; i < rows; i++) {
      let productM = lambda;
      let productU = 1 - lambda;
      for (let c = 0; c < k; c++) {
        const at = position[i * k + c]!;
        if (at >= 0) {
          productM *= m[at]!;
          productU *= u[at]!;
        }
      }
      for (const { comparison, level, power, frequencies } of adjustments) {
        const at = offsets[comparison]! + level;
        const frequency = frequencies[i]!;
        if (position[i * k + comparison] === at && frequency > 0 && u[at]! > 0) {
          productM *= (u[at]! / frequency) ** power;
        }
      }
      const both = productM + productU;
      const count = patterns.counts[i]!;
      const p = both > 0 ? productM / both : lambda;
      likelihood += count * Math.log(Math.max(both, Number.MIN_VALUE));
      matches += count * p;
      for (let c = 0; c < k; c++) {
        const at = position[i * k + c]!;
        if (at >= 0) {
          sumM[at]! += count * p;
          sumU[at]! += count * (1 - p);
        }
      }
    }
    let moved = 0;
    const update = (parameters: Float64Array, sums: Float64Array, prior: Float64Array) => {
      for (let c = 0; c < k; c++) {
        const from = offsets[c]!;
        const to = c + 1 < k ? offsets[c + 1]! : width;
        let total = 0;
        for (let at = from; at < to; at++) {
          sums[at]! += pseudoCount * prior[at]!;
          total += sums[at]!;
        }
        if (total > 0) {
          for (let at = from; at < to; at++) {
            const next = sums[at]! / total;
            moved = Math.max(moved, Math.abs(next - parameters[at]!));
            parameters[at] = next;
          }
        }
      }
    };
    if (!fix.m) {
      update(m, sumM, priorM);
    }
    if (!fix.u) {
      update(u, sumU, priorU);
    }
    if (!fix.matchProbability) {
      const next = matches / patterns.total;
      moved = Math.max(moved, Math.abs(next - lambda));
      lambda = next;
    }
    iterations++;
    history.push(snapshot());
    logLikelihood.push(likelihood);
    converged = moved <= tolerance;
  }
  return { model: snapshot(), iterations, converged, history, logLikelihood };
}

/** log2 of m over u at one level; 0 where neither was ever seen, bounded to ±40 where only one was. */
export function levelWeight(comparison: ComparisonParameters, level: number): number {
  if (level === MISSING) {
    return 0;
  }
  const m = comparison.m[level] ?? 0;
  const u = comparison.u[level] ?? 0;
  if (m === 0 && u === 0) {
    return 0;
  }
  return Math.max(-40, Math.min(40, Math.log2(m) - Math.log2(u)));
}

/** log2 odds of λ. */
export function priorWeight(model: LinkageModel): number {
  const lambda = Math.min(1 - 1e-15, Math.max(1e-15, model.matchProbability));
  return Math.log2(lambda / (1 - lambda));
}

/**
 * What agreement on one value adds to the weight of agreeing at all: log2(u / frequency). Agreeing on a rare name is
 * worth more than on a common one (Fellegi and Sunter's frequency-based matching, as Splink applies it).
 * @param u P(agreement | no match) of the level.
 * @param frequency the value's share of the non-missing values, the larger of the two files'.
 */
export function frequencyWeight(u: number, frequency: number, power = 1): number {
  return frequency > 0 && u > 0 ? power * Math.log2(u / frequency) : 0;
}

/** log2 odds → probability, without overflow. */
export function probabilityOfWeight(weight: number): number {
  return weight >= 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight);
}
