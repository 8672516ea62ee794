import type { Prng } from '../base/prng.ts';
import { type CandidatePairs, type PairSpace, possiblePairs } from './blocking.ts';
import {
  type ComparisonParameters,
  estimate,
  frequencyWeight,
  type LinkageModel,
  levelWeight,
  priorWeight,
  probabilityOfWeight,
  tabulatePatterns,
} from './fellegi-sunter.ts';

/** A comparison over the records of a linkage: the levels of any pairs, and how common an agreed value is. */
export interface ComparisonOfPairs {
  readonly name: string;
  readonly levels: readonly string[];
  /** First guess of m and u. */
  readonly m: readonly number[];
  readonly u: readonly number[];
  /** Columns it looks at. */
  readonly columns: readonly string[];
  /** The level of full agreement, which frequencies adjust. */
  readonly top: number;
  compare(left: Int32Array, right: Int32Array): Uint8Array;
  /** Share of records with the record's value; 0 where frequencies are not to count. */
  frequency(record: number): number;
}

export interface TrainedPass {
  readonly name: string;
  readonly iterations: number;
  readonly converged: boolean;
  /** Share of the pass's pairs that are matches. */
  readonly matchProbability: number;
}

export interface Training {
  readonly model: LinkageModel;
  readonly passes: readonly TrainedPass[];
}

const RANDOM_PAIRS = 200_000;
const PASS_PAIRS_MAX = 1_000_000;
/** Matches and random pairs that the first guess counts as: it rules small files and fades in large ones. */
const PRIOR_MATCHES = 2;
const PRIOR_RANDOM_PAIRS = 300;

/**
 * Trains a model without labels. u from random pairs, of which next to none are matches; m by expectation maximisation
 * on the pairs of each blocking pass in turn, leaving out the comparisons the pass made agree; λ from all candidates.
 * Then u again, with what the model thinks are matches among the random pairs taken out. (Linacre and others, 2022.)
 */
export function trainModel(
  comparisons: readonly ComparisonOfPairs[],
  candidates: CandidatePairs,
  passColumns: readonly (readonly string[])[],
  space: PairSpace,
  prng: Prng,
  levelsOfCandidates: readonly Uint8Array[],
): Training {
  const sample = randomPairs(space, prng);
  const sampled = comparisons.map((comparison) => comparison.compare(sample.left, sample.right));
  const patterns = tabulatePatterns(
    sampled,
    comparisons.map((comparison) => comparison.levels.length),
  );
  let parameters: ComparisonParameters[] = comparisons.map((comparison) => ({
    name: comparison.name,
    levels: comparison.levels,
    m: normalise(comparison.m),
    u: normalise(comparison.u),
  }));
  const prior: LinkageModel = { matchProbability: 0, comparisons: parameters };
  let lambda = 1 / Math.max(2, space.records);
  let passes: TrainedPass[] = [];
  for (let round = 0; round < 3; round++) {
    // What the model so far takes for matches among the random pairs is kept out of u.
    const u = estimate(
      patterns,
      { matchProbability: lambda, comparisons: parameters },
      {
        fix: { m: true, matchProbability: true },
        iterationsMax: 5,
        pseudoCount: PRIOR_RANDOM_PAIRS,
        prior,
      },
    );
    parameters = parameters.map((own, c) => ({ ...own, u: floored(u.model.comparisons[c]!.u, patterns.total) }));
    const trained = trainPasses(comparisons, parameters, prior, candidates, passColumns, levelsOfCandidates);
    parameters = trained.parameters;
    passes = trained.passes;
    lambda = estimateLambda({ matchProbability: lambda, comparisons: parameters }, levelsOfCandidates, space);
  }
  return { model: { matchProbability: lambda, comparisons: parameters }, passes };
}

function trainPasses(
  comparisons: readonly ComparisonOfPairs[],
  parameters: readonly ComparisonParameters[],
  prior: LinkageModel,
  candidates: CandidatePairs,
  passColumns: readonly (readonly string[])[],
  levels: readonly Uint8Array[],
): { parameters: ComparisonParameters[]; passes: TrainedPass[] } {
  const sums = parameters.map((own) => new Float64Array(own.levels.length));
  const weights = new Float64Array(parameters.length);
  const passes: TrainedPass[] = [];
  passColumns.forEach((columns, p) => {
    const used = comparisons
      .map((_, c) => c)
      .filter((c) => !comparisons[c]!.columns.some((column) => columns.includes(column)));
    const rows = rowsOfPass(candidates.passes, p);
    if (rows.length < 20 || used.length < 2) {
      return;
    }
    const patterns = tabulatePatterns(
      used.map((c) => Uint8Array.from(rows, (row) => levels[c]![row]!)),
      used.map((c) => comparisons[c]!.levels.length),
    );
    const result = estimate(
      patterns,
      { matchProbability: 0.2, comparisons: used.map((c) => parameters[c]!) },
      {
        fix: { u: true },
        pseudoCount: PRIOR_MATCHES,
        prior: { matchProbability: 0, comparisons: used.map((c) => prior.comparisons[c]!) },
      },
    );
    const matches = result.model.matchProbability * rows.length;
    passes.push({
      name: candidates.summary[p]!.name,
      iterations: result.iterations,
      converged: result.converged,
      matchProbability: result.model.matchProbability,
    });
    if (matches < 5) {
      return;
    }
    used.forEach((c, i) => {
      weights[c]! += matches;
      result.model.comparisons[i]!.m.forEach((value, level) => {
        sums[c]![level]! += matches * value;
      });
    });
  });
  return {
    passes,
    parameters: parameters.map((own, c) =>
      weights[c]! > 0 ? { ...own, m: Array.from(sums[c]!, (sum) => sum / weights[c]!) } : own,
    ),
  };
}

function rowsOfPass(passes: Uint16Array, p: number): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < passes.length && rows.length < PASS_PAIRS_MAX; i++) {
    if ((passes[i]! >> p) & 1) {
      rows.push(i);
    }
  }
  return Int32Array.from(rows);
}

/** Share of matches among all possible pairs, taking the pairs blocking left out for no matches. */
export function estimateLambda(model: LinkageModel, levels: readonly Uint8Array[], space: PairSpace): number {
  const possible = Math.max(1, possiblePairs(space));
  const patterns = tabulatePatterns(
    levels,
    model.comparisons.map((comparison) => comparison.levels.length),
  );
  const k = patterns.comparisonCount;
  const weights = Array.from(patterns.counts, (_, i) => {
    let weight = 0;
    for (let c = 0; c < k; c++) {
      weight += levelWeight(model.comparisons[c]!, patterns.levels[i * k + c]!);
    }
    return weight;
  });
  let lambda = model.matchProbability;
  for (let step = 0; step < 200; step++) {
    const prior = priorWeight({ ...model, matchProbability: lambda });
    let matches = 0;
    weights.forEach((weight, i) => {
      matches += patterns.counts[i]! * probabilityOfWeight(prior + weight);
    });
    const next = Math.max(matches, 0.5) / possible;
    if (Math.abs(next - lambda) <= 1e-9 * lambda) {
      return next;
    }
    lambda = Math.min(next, 0.999);
  }
  return lambda;
}

/** Pairs drawn evenly from all possible ones, with repetition; every pair once where they are few. */
function randomPairs(space: PairSpace, prng: Prng): { left: Int32Array; right: Int32Array } {
  const possible = possiblePairs(space);
  const count = Math.min(RANDOM_PAIRS, possible);
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const from = space.split ?? 0;
  if (possible <= RANDOM_PAIRS) {
    let at = 0;
    for (let a = 0; a < (space.split ?? space.records); a++) {
      for (let b = space.split === undefined ? a + 1 : from; b < space.records; b++) {
        left[at] = a;
        right[at++] = b;
      }
    }
    return { left, right };
  }
  for (let i = 0; i < count; i++) {
    if (space.split === undefined) {
      const a = prng.below(space.records);
      let b = prng.below(space.records - 1);
      b += b >= a ? 1 : 0;
      left[i] = Math.min(a, b);
      right[i] = Math.max(a, b);
    } else {
      left[i] = prng.below(space.split);
      right[i] = space.split + prng.below(space.records - space.split);
    }
  }
  return { left, right };
}

/** A level never drawn among n random pairs is taken for rarer than one in n, not for impossible. */
function floored(u: readonly number[], pairs: number): number[] {
  return normalise(u.map((value) => Math.max(value, 0.3 / Math.max(1, pairs))));
}

function normalise(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/** The weight of each pair: prior, levels, frequencies. log2 odds. */
export function scorePairs(
  model: LinkageModel,
  comparisons: readonly ComparisonOfPairs[],
  levels: readonly Uint8Array[],
  left: Int32Array,
  right: Int32Array,
): Float64Array {
  const out = new Float64Array(left.length).fill(priorWeight(model));
  comparisons.forEach((comparison, c) => {
    const own = model.comparisons[c]!;
    const table = new Float64Array(256);
    own.levels.forEach((_, level) => {
      table[level] = levelWeight(own, level);
    });
    const column = levels[c]!;
    const u = own.u[comparison.top]!;
    for (let i = 0; i < out.length; i++) {
      const level = column[i]!;
      out[i]! += table[level]!;
      if (level === comparison.top) {
        out[i]! += frequencyOf(comparison, u, left[i]!, right[i]!);
      }
    }
  });
  return out;
}

/** What the frequency of an agreed value adds; a value seen twice is not taken for rarer than its file can show. */
export function frequencyOf(comparison: ComparisonOfPairs, u: number, left: number, right: number): number {
  const frequency = Math.max(comparison.frequency(left), comparison.frequency(right));
  return frequency > 0 ? Math.max(-12, Math.min(12, frequencyWeight(u, frequency))) : 0;
}
