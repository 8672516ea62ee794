import { createPrng } from '../base/prng.ts';
import {
  type BlockingPass,
  type CandidatePairs,
  candidatePairs,
  estimateMissed,
  type PairSpace,
  type PassSummary,
  possiblePairs,
} from './blocking.ts';
import { type Clustering, clusterRecords } from './clusters.ts';
import { type ComparisonSpec, comparatorOf, compareColumn, type ReadColumn, readColumn } from './comparisons.ts';
import { type LinkageModel, levelWeight, MISSING, priorWeight, probabilityOfWeight } from './fellegi-sunter.ts';
import { makePass, parseKeyRule, planPasses } from './plan.ts';
import {
  type ComparisonOfPairs,
  estimateLambda,
  frequencyOf,
  scorePairs,
  type TrainedPass,
  trainModel,
} from './train.ts';

/** Records to link, column by column; `split` is the number of the first record of the second file. */
export interface LinkInput {
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly records: number;
  readonly split?: number;
}

export interface LinkOptions {
  readonly comparisons: readonly ComparisonSpec[];
  /** Each pass a list of `column` or `column:how` ({@link parseKeyRule}). Default: planned from the data. */
  readonly blocking?: readonly (readonly string[])[];
  /** Parameters from an earlier training; absent: trained on these records, without labels. */
  readonly model?: LinkageModel;
  /** Least probability of a link. Default 0.5. */
  readonly threshold?: number;
  /** No person is twice in one file. */
  readonly oneEach?: boolean;
  readonly seed?: number;
  readonly pairsMax?: number;
  readonly onProgress?: (what: string) => void;
}

export interface LinkResult {
  readonly model: LinkageModel;
  /** Links, the most probable first. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** log2 odds. */
  readonly weights: Float64Array;
  readonly clustering: Clustering;
  readonly summary: LinkSummary;
  /** Why a pair has its weight. */
  explain(left: number, right: number): PairExplanation;
}

export interface PairExplanation {
  readonly weight: number;
  readonly probability: number;
  readonly prior: number;
  readonly parts: readonly ExplanationPart[];
}

export interface ExplanationPart {
  readonly comparison: string;
  /** The level, or `missing`. */
  readonly level: string;
  /** Bits, frequency included. */
  readonly weight: number;
  /** The share of it that the value's frequency gave. */
  readonly frequency: number;
}

export interface LinkSummary {
  readonly records: number;
  readonly possiblePairs: number;
  readonly candidatePairs: number;
  readonly passes: readonly PassSummary[];
  readonly training: readonly TrainedPass[];
  readonly links: number;
  readonly clusters: number;
  readonly conflicts: number;
  /** Links expected to be wrong, and matches among the candidates expected to be left out, by the model's own odds. */
  readonly expectedFalseLinks: number;
  readonly expectedMissedCandidates: number;
  /** Matches expected among pairs that no pass proposed. */
  readonly expectedMissedByBlocking: number;
}

/** Links records: blocks, trains, scores, explains, clusters. @throws TooManyPairsError, LinkConfigError */
export function link(input: LinkInput, options: LinkOptions): LinkResult {
  const { threshold = 0.5, seed = 1, pairsMax = 30_000_000, onProgress = () => {} } = options;
  const space: PairSpace = { records: input.records, ...(input.split !== undefined && { split: input.split }) };
  const valuesOf = (column: string): readonly string[] => input.columns.get(column) ?? [];
  checkOptions(input, options);
  const comparisons = options.comparisons.map((spec) => comparisonOf(spec, options.comparisons, valuesOf));
  onProgress('planning the passes');
  const passes = passesOf(options, input, valuesOf, space);
  const candidates = candidatePairs(passes, space, { blockPairsMax: Math.max(50_000, input.records * 20), pairsMax });
  onProgress(`comparing ${candidates.left.length} pairs of ${possiblePairs(space)}`);
  const levels = comparisons.map((comparison) => comparison.compare(candidates.left, candidates.right));
  onProgress(options.model ? 'scoring' : 'training');
  const training: { model: LinkageModel; passes: readonly TrainedPass[] } = options.model
    ? { model: adapt(options.model, comparisons, levels, space), passes: [] }
    : trainModel(
        comparisons,
        candidates,
        passes.map((pass) => pass.columns),
        space,
        createPrng(seed),
        levels,
      );
  const { model } = training;
  const weights = scorePairs(model, comparisons, levels, candidates.left, candidates.right);
  return conclude(
    input,
    options,
    space,
    candidates,
    comparisons,
    model,
    weights,
    threshold,
    training.passes,
    onProgress,
  );
}

function conclude(
  input: LinkInput,
  options: LinkOptions,
  space: PairSpace,
  candidates: CandidatePairs,
  comparisons: readonly ComparisonOfPairs[],
  model: LinkageModel,
  weights: Float64Array,
  threshold: number,
  training: readonly TrainedPass[],
  onProgress: (what: string) => void,
): LinkResult {
  const probabilities = weights.map(probabilityOfWeight);
  const chosen: number[] = [];
  let expectedFalseLinks = 0;
  let expectedMissedCandidates = 0;
  for (let i = 0; i < weights.length; i++) {
    const probability = probabilities[i]!;
    if (probability >= threshold) {
      chosen.push(i);
      expectedFalseLinks += 1 - probability;
    } else {
      expectedMissedCandidates += probability;
    }
  }
  chosen.sort((a, b) => weights[b]! - weights[a]! || a - b);
  const left = Int32Array.from(chosen, (i) => candidates.left[i]!);
  const right = Int32Array.from(chosen, (i) => candidates.right[i]!);
  const linkWeights = Float64Array.from(chosen, (i) => weights[i]!);
  onProgress(`clustering ${chosen.length} links`);
  const explain = (a: number, b: number) => explainPair(model, comparisons, a, b);
  const split = input.split;
  const clustering = clusterRecords(
    input.records,
    { left, right, weights: linkWeights },
    {
      weightOf: (a, b) => explain(a, b).weight,
      ...(options.oneEach && { oneEach: (record: number) => (split !== undefined && record >= split ? 1 : 0) }),
    },
  );
  return {
    model,
    left,
    right,
    weights: linkWeights,
    clustering,
    explain,
    summary: {
      records: input.records,
      possiblePairs: possiblePairs(space),
      candidatePairs: candidates.left.length,
      passes: candidates.summary,
      training,
      links: chosen.length,
      clusters: new Set(clustering.clusterOf).size,
      conflicts: clustering.conflicts.length,
      expectedFalseLinks,
      expectedMissedCandidates,
      expectedMissedByBlocking: estimateMissed(candidates.passes, probabilities).missed,
    },
  };
}

/** What is wrong with a configuration, each fault a sentence. */
export class LinkConfigError extends Error {
  override name = 'LinkConfigError';
  readonly issues: readonly string[];
  constructor(issues: readonly string[]) {
    super(issues.join('\n'));
    this.issues = issues;
  }
}

function checkOptions(input: LinkInput, options: LinkOptions): void {
  const issues: string[] = [];
  const columns = [...input.columns.keys()];
  if (options.comparisons.length === 0) {
    issues.push('comparisons: there is no column to compare. Name at least one.');
  }
  for (const { column, swappedWith } of options.comparisons) {
    for (const name of [column, swappedWith]) {
      if (name !== undefined && !columns.includes(name)) {
        issues.push(`comparisons: there is no column "${name}". The columns are ${columns.join(', ')}.`);
      }
    }
  }
  for (const rule of options.blocking?.flat() ?? []) {
    if (!parseKeyRule(rule, columns)) {
      issues.push(`blocking: "${rule}" names no column. The columns are ${columns.join(', ')}.`);
    }
  }
  if (options.blocking && options.blocking.length > 16) {
    issues.push('blocking: at most sixteen passes.');
  }
  const threshold = options.threshold ?? 0.5;
  if (!(threshold > 0 && threshold <= 1)) {
    issues.push('threshold: it must be a probability above 0, at most 1.');
  }
  if (issues.length > 0) {
    throw new LinkConfigError(issues);
  }
}

function passesOf(
  options: LinkOptions,
  input: LinkInput,
  valuesOf: (column: string) => readonly string[],
  space: PairSpace,
): BlockingPass[] {
  if (!options.blocking) {
    return planPasses(options.comparisons, valuesOf, space);
  }
  const kinds = new Map(options.comparisons.map((comparison) => [comparison.column, comparison.kind]));
  const columns = [...input.columns.keys()];
  return options.blocking.map((rules) =>
    makePass(
      rules.map((rule) => parseKeyRule(rule, columns)!),
      kinds,
      valuesOf,
    ),
  );
}

function comparisonOf(
  spec: ComparisonSpec,
  specs: readonly ComparisonSpec[],
  valuesOf: (column: string) => readonly string[],
): ComparisonOfPairs {
  const comparator = comparatorOf(spec);
  const column = readColumn(comparator, valuesOf(spec.column));
  const counted = spec.termFrequency ?? (spec.kind === 'name' || spec.kind === 'text');
  const top = comparator.levels.length - 1;
  const partnerOf = specs.find((other) => other.swappedWith === spec.column);
  const partner = spec.swappedWith
    ? swapOf(column, readColumn(comparator, valuesOf(spec.swappedWith)))
    : partnerOf
      ? swapOf(column, readColumn(comparator, valuesOf(partnerOf.column)))
      : undefined;
  // The swap is told once, by the column that declares it; its partner then says nothing.
  const declares = spec.swappedWith !== undefined;
  return {
    name: spec.column,
    levels: declares ? [...comparator.levels, `swapped with ${spec.swappedWith}`] : comparator.levels,
    m: declares ? [...comparator.m, 0.02] : comparator.m,
    u: declares ? [...comparator.u, 0.00002] : comparator.u,
    columns: spec.swappedWith ? [spec.column, spec.swappedWith] : [spec.column],
    top,
    frequency: (record) => (counted && column.ids[record]! >= 0 ? column.frequencies[column.ids[record]!]! : 0),
    compare: (left, right) => {
      const levels = compareColumn(comparator, column, left, right);
      if (partner) {
        for (let i = 0; i < levels.length; i++) {
          if (levels[i] !== top && partner(left[i]!, right[i]!)) {
            levels[i] = declares ? top + 1 : MISSING;
          }
        }
      }
      return levels;
    },
  };
}

/** Whether two records hold each other's values in the two columns. */
function swapOf(own: ReadColumn, other: ReadColumn): (left: number, right: number) => boolean {
  const byKey = new Map(other.keys.map((key, id) => [key, id]));
  const toOther = own.keys.map((key) => byKey.get(key) ?? -2);
  return (left, right) => {
    const a = own.ids[left]!;
    const b = own.ids[right]!;
    return a >= 0 && b >= 0 && toOther[a] === other.ids[right] && toOther[b] === other.ids[left];
  };
}

/** A model trained elsewhere: its m and u by name, λ from these records. */
function adapt(
  model: LinkageModel,
  comparisons: readonly ComparisonOfPairs[],
  levels: readonly Uint8Array[],
  space: PairSpace,
): LinkageModel {
  const issues: string[] = [];
  const ordered = comparisons.map((comparison) => {
    const own = model.comparisons.find((candidate) => candidate.name === comparison.name);
    if (!own || own.levels.length !== comparison.levels.length) {
      issues.push(`model: it has no parameters for "${comparison.name}" at ${comparison.levels.length} levels.`);
    }
    return own!;
  });
  if (issues.length > 0) {
    throw new LinkConfigError(issues);
  }
  const adapted = { matchProbability: model.matchProbability, comparisons: ordered };
  return { ...adapted, matchProbability: estimateLambda(adapted, levels, space) };
}

function explainPair(
  model: LinkageModel,
  comparisons: readonly ComparisonOfPairs[],
  a: number,
  b: number,
): PairExplanation {
  const [low, high] = a < b ? [a, b] : [b, a];
  const left = Int32Array.of(low);
  const right = Int32Array.of(high);
  const prior = priorWeight(model);
  let weight = prior;
  const parts = comparisons.map((comparison, c): ExplanationPart => {
    const own = model.comparisons[c]!;
    const level = comparison.compare(left, right)[0]!;
    const frequency = level === comparison.top ? frequencyOf(comparison, own.u[level]!, low, high) : 0;
    const value = levelWeight(own, level) + frequency;
    weight += value;
    return {
      comparison: comparison.name,
      level: level === MISSING ? 'missing' : own.levels[level]!,
      weight: value,
      frequency,
    };
  });
  return { weight, probability: probabilityOfWeight(weight), prior, parts };
}
