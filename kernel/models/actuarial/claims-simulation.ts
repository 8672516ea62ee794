import type { Prng } from '../../base/prng.ts';
import { type AliasTable, aliasTable, sideBySide } from '../numeric/alias.ts';
import { type BitStream, BLOCK_SIZE, bitStream } from '../numeric/bits.ts';
import type { CountDistribution, Distribution } from '../numeric/distributions.ts';
import { drawGamma } from '../numeric/draws.ts';
import { powerOfTwo } from '../numeric/fft.ts';
import { type ClaimTerms, claimCost, compoundByFourier, discretise } from './aggregate.ts';

/** Persons alike, in policies of equal size. */
export interface SimulationCell {
  readonly policies: number;
  readonly personsPerPolicy: number;
  /** A person's claims in a year whose frequency is `factor` times the usual. */
  readonly counts: (factor: number) => CountDistribution;
  readonly severity: Distribution;
}

export interface LayerTerms {
  /** Paid by the insured before the scheme pays, from the year's sum. */
  readonly deductible?: number;
  /** The scheme pays at most this in the year. */
  readonly ceiling?: number;
}

/** What a year's claims become, in this order: claim terms, person, policy, quota share, per-life excess, stop loss. */
export interface CoverTerms {
  readonly claim?: ClaimTerms;
  readonly person?: LayerTerms;
  readonly policy?: LayerTerms;
  /** Share of what the scheme pays that is ceded. */
  readonly quotaShare?: number;
  /** Of a person's cost, after quota share, what exceeds the retention, up to the limit, is ceded. */
  readonly perLifeRetention?: number;
  readonly perLifeLimit?: number;
  /** Of the year's rest, what exceeds the retention, up to the limit, is ceded. */
  readonly stopLossRetention?: number;
  readonly stopLossLimit?: number;
}

export interface SimulatedYears {
  /** Before any terms; NaN throughout where lives, not claims, were drawn. */
  readonly billed: Float64Array;
  /** What the scheme pays. */
  readonly gross: Float64Array;
  readonly cededQuotaShare: Float64Array;
  readonly cededPerLife: Float64Array;
  readonly cededStopLoss: Float64Array;
  readonly net: Float64Array;
  readonly claims: Float64Array;
}

/**
 * Draws every claim, or one yearly cost for every life. Both are exact in distribution up to the bands; `life` does not
 * know single claims.
 */
export type SimulationUnit = 'claim' | 'life';

/** Bands of one claim, values laid side by side for the draw. */
interface ClaimBands {
  readonly table: AliasTable;
  readonly cost: Float64Array;
  readonly billed: Float64Array;
}

/** Bands of one life's year, after the terms that depend on the life alone. */
interface LifeBands {
  readonly table: AliasTable;
  readonly payment: Float64Array;
  readonly cession: Float64Array;
}

interface CountTable {
  readonly table: AliasTable;
  readonly number: Float64Array;
}

/** A stream of bits and the place in its block. */
interface Source {
  readonly bits: BitStream;
  at: number;
}

const LARGEST_BAND = 1 / 4096;
const TAIL_SPLIT = 64;
/** Below it a tail is rounding. */
const SMALLEST_TAIL = 1e-12;

/**
 * Severity in some 5,500 bands, each at its own conditional mean (so that means are kept exactly): of probability 1/4096
 * in the body, of 1/64 of what is left in the tail, down to a tail of 1e-12.
 */
function severityBands(severity: Distribution, terms: ClaimTerms): ClaimBands {
  const cost = claimCost(severity, terms);
  const plain = claimCost(severity);
  const { deductible = 0, coinsurance = 0, ceiling = Number.POSITIVE_INFINITY } = terms;
  const costOf = (x: number) => Math.min(ceiling, (1 - coinsurance) * Math.max(0, x - deductible));
  // E[C; X ≤ x] = E[min(C, C(x))] − C(x) P(X > x)
  const partial = (x: number, s: number) => (x === 0 ? 0 : cost.limitedMean(costOf(x)) - costOf(x) * s);
  const partialBilled = (x: number, s: number) => (x === 0 ? 0 : plain.limitedMean(x) - x * s);
  const probability: number[] = [];
  const value: number[] = [];
  const billed: number[] = [];
  let s = 1;
  let x = 0;
  let before = 0;
  let beforeBilled = 0;
  while (s > SMALLEST_TAIL) {
    const next = s - Math.min(LARGEST_BAND, s / TAIL_SPLIT);
    const edge = severity.quantile(1 - next);
    const reached = severity.survival(edge);
    const mass = s - reached;
    if (mass > 0) {
      const here = partial(edge, reached);
      const hereBilled = partialBilled(edge, reached);
      probability.push(mass);
      value.push(Math.max(costOf(x), Math.min(costOf(edge), (here - before) / mass)));
      billed.push(Math.max(x, Math.min(edge, (hereBilled - beforeBilled) / mass)));
      before = here;
      beforeBilled = hereBilled;
      x = edge;
    }
    s = Math.min(reached, next);
  }
  const table = aliasTable(probability);
  return { table, cost: sideBySide(table, value), billed: sideBySide(table, billed) };
}

/** A person's yearly cost after claim terms, in bands like those of {@link severityBands}. */
function yearlyBands(cell: SimulationCell, cover: CoverTerms, factor: number): LifeBands {
  const terms = cover.claim ?? {};
  const counts = cell.counts(factor);
  const cost = claimCost(cell.severity, terms);
  const { deductible = 0, ceiling = Number.POSITIVE_INFINITY } = cover.person ?? {};
  const most = counts.quantile(1 - 1e-9);
  const large = cell.severity.quantile(1 - 1e-7);
  const mean = counts.mean * cost.limitedMean(large);
  // As far as the tail reaches, but no further than the person's own terms can tell; what lies beyond is put at the end.
  const reach = 1.5 * Math.min(2 * large + 6 * mean, most * (terms.ceiling ?? large));
  const top = Math.max(1e-9, Math.min(reach, deductible + ceiling));
  // A step of at most a sixty-fourth of the mean, within what a transform of some milliseconds can carry.
  const points = Math.min(131_072, Math.max(16_384, powerOfTwo(Math.min(131_072, mean > 0 ? (64 * top) / mean : 1))));
  const step = top / (points - 1);
  const total = compoundByFourier(counts, discretise(cost, step, points, 'unbiased'), points);
  const probability: number[] = [];
  const value: number[] = [];
  let left = 1;
  let mass = 0;
  let sum = 0;
  for (let k = 0; k < points; k++) {
    mass += total[k]!;
    sum += total[k]! * k * step;
    if (k === points - 1) {
      const beyond = Math.max(0, left - mass);
      mass += beyond;
      sum += beyond * top;
    }
    if (
      mass > 0 &&
      (k === 0 || k === points - 1 || mass >= Math.min(LARGEST_BAND, Math.max(left, SMALLEST_TAIL) / TAIL_SPLIT))
    ) {
      probability.push(mass);
      value.push(sum / mass);
      left -= mass;
      mass = 0;
      sum = 0;
    }
  }
  const kept = 1 - (cover.quotaShare ?? 0);
  const retention = cover.perLifeRetention ?? Number.POSITIVE_INFINITY;
  const limit = cover.perLifeLimit ?? Number.POSITIVE_INFINITY;
  const table = aliasTable(probability);
  const payment = value.map((x) => Math.min(ceiling, Math.max(0, x - deductible)));
  const cession = payment.map((x) => Math.min(limit, Math.max(0, x * kept - retention)));
  return { table, payment: sideBySide(table, payment), cession: sideBySide(table, cession) };
}

function countTable(counts: CountDistribution): CountTable {
  const most = Math.min(60_000, counts.quantile(1 - 1e-12));
  const numbers = Array.from({ length: most + 1 }, (_, k) => k);
  const table = aliasTable(numbers.map((k) => counts.density(k)));
  return { table, number: sideBySide(table, numbers) };
}

/**
 * Simulates years of a portfolio.
 *
 * @param shockSd standard deviation of a gamma factor, mean 1, on everybody's frequency in a year.
 * Yields its progress after about every two million lives.
 */
export function* simulateYears(
  cells: readonly SimulationCell[],
  terms: CoverTerms,
  years: number,
  prng: Prng,
  options: { readonly unit?: SimulationUnit; readonly shockSd?: number } = {},
): Generator<number, SimulatedYears> {
  const { unit = 'claim', shockSd = 0 } = options;
  const result = {
    billed: new Float64Array(years),
    gross: new Float64Array(years),
    cededQuotaShare: new Float64Array(years),
    cededPerLife: new Float64Array(years),
    cededStopLoss: new Float64Array(years),
    net: new Float64Array(years),
    claims: new Float64Array(years),
  };
  const claimTerms = terms.claim ?? {};
  const severities = unit === 'claim' ? cells.map((cell) => severityBands(cell.severity, claimTerms)) : [];
  let tables = unit === 'claim' ? cells.map((cell) => countTable(cell.counts(1))) : [];
  let lives = unit === 'life' ? cells.map((cell) => yearlyBands(cell, terms, 1)) : [];
  const quota = terms.quotaShare ?? 0;
  const stopRetention = terms.stopLossRetention ?? Number.POSITIVE_INFINITY;
  const stopLimit = terms.stopLossLimit ?? Number.POSITIVE_INFINITY;
  const sums = new Float64Array(4);
  const source: Source = { bits: bitStream(prng), at: BLOCK_SIZE };
  let livesSinceYield = 0;
  for (let year = 0; year < years; year++) {
    if (shockSd > 0) {
      const factor = drawGamma(prng, 1 / shockSd ** 2, shockSd ** 2);
      if (unit === 'claim') {
        tables = cells.map((cell) => countTable(cell.counts(factor)));
      } else {
        lives = cells.map((cell) => yearlyBands(cell, terms, factor));
      }
    }
    sums.fill(0);
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c]!;
      const persons = cell.policies * cell.personsPerPolicy;
      if (unit === 'claim') {
        simulateClaims(cell, tables[c]!, severities[c]!, terms, source, sums);
      } else {
        simulateLives(cell, lives[c]!, terms, source, sums);
      }
      livesSinceYield += persons;
      if (livesSinceYield > 2e6) {
        livesSinceYield = 0;
        yield year / years;
      }
    }
    const gross = sums[1]!;
    const cededQuota = gross * quota;
    const rest = gross - cededQuota - sums[2]!;
    const stop = Math.min(stopLimit, Math.max(0, rest - stopRetention));
    result.billed[year] = unit === 'claim' ? sums[0]! : Number.NaN;
    result.gross[year] = gross;
    result.cededQuotaShare[year] = cededQuota;
    result.cededPerLife[year] = sums[2]!;
    result.cededStopLoss[year] = stop;
    result.net[year] = rest - stop;
    result.claims[year] = unit === 'claim' ? sums[3]! : Number.NaN;
  }
  return result;
}

/** Adds a year of a cell to `sums`: billed, gross, ceded per life, claims. */
function simulateClaims(
  cell: SimulationCell,
  counts: CountTable,
  severity: ClaimBands,
  terms: CoverTerms,
  source: Source,
  sums: Float64Array,
): void {
  const { personsPerPolicy, policies } = cell;
  const { deductible: personDeductible = 0, ceiling: personCeiling = Number.POSITIVE_INFINITY } = terms.person ?? {};
  const { deductible: policyDeductible = 0, ceiling: policyCeiling = Number.POSITIVE_INFINITY } = terms.policy ?? {};
  const kept = 1 - (terms.quotaShare ?? 0);
  const lifeRetention = terms.perLifeRetention ?? Number.POSITIVE_INFINITY;
  const lifeLimit = terms.perLifeLimit ?? Number.POSITIVE_INFINITY;
  const { shift, mask, stay } = severity.table;
  const { cost: costs, billed: bills } = severity;
  const { shift: countShift, mask: countMask, stay: countStay } = counts.table;
  const numbers = counts.number;
  const { block } = source.bits;
  let { at } = source;
  let billed = 0;
  let gross = 0;
  let ceded = 0;
  let claims = 0;
  for (let policy = 0; policy < policies; policy++) {
    let policySum = 0;
    let policyCeded = 0;
    for (let person = 0; person < personsPerPolicy; person++) {
      if (at === BLOCK_SIZE) {
        source.bits.refill();
        at = 0;
      }
      const countBits = block[at++]!;
      const cellOf = countBits >>> countShift;
      const n = numbers[2 * cellOf + ((countStay[cellOf]! - 1 - (countBits & countMask)) >>> 31)]!;
      if (n === 0) {
        continue;
      }
      claims += n;
      let sum = 0;
      for (let k = 0; k < n; k++) {
        if (at === BLOCK_SIZE) {
          source.bits.refill();
          at = 0;
        }
        const bits = block[at++]!;
        const place = bits >>> shift;
        const band = 2 * place + ((stay[place]! - 1 - (bits & mask)) >>> 31);
        sum += costs[band]!;
        billed += bills[band]!;
      }
      const paid = Math.min(personCeiling, Math.max(0, sum - personDeductible));
      policySum += paid;
      policyCeded += Math.min(lifeLimit, Math.max(0, paid * kept - lifeRetention));
    }
    const paid = Math.min(policyCeiling, Math.max(0, policySum - policyDeductible));
    gross += paid;
    // Where the policy's terms cut a family's sum, what is ceded for its lives shrinks alike.
    ceded += policySum > 0 ? policyCeded * (paid / policySum) : 0;
  }
  source.at = at;
  sums[0] = sums[0]! + billed;
  sums[1] = sums[1]! + gross;
  sums[2] = sums[2]! + ceded;
  sums[3] = sums[3]! + claims;
}

function simulateLives(
  cell: SimulationCell,
  bands: LifeBands,
  terms: CoverTerms,
  source: Source,
  sums: Float64Array,
): void {
  const { personsPerPolicy, policies } = cell;
  const { deductible: policyDeductible = 0, ceiling: policyCeiling = Number.POSITIVE_INFINITY } = terms.policy ?? {};
  const { payment: payments, cession: cessions } = bands;
  const { shift, mask, stay } = bands.table;
  const { block } = source.bits;
  let { at } = source;
  let gross = 0;
  let ceded = 0;
  if (policyDeductible === 0 && policyCeiling === Number.POSITIVE_INFINITY) {
    // Nothing ties a policy's persons together: run through whole blocks.
    const reinsured = terms.perLifeRetention !== undefined;
    let left = policies * personsPerPolicy;
    while (left > 0) {
      if (at === BLOCK_SIZE) {
        source.bits.refill();
        at = 0;
      }
      const end = Math.min(BLOCK_SIZE, at + left);
      left -= end - at;
      if (reinsured) {
        for (; at < end; at++) {
          const bits = block[at]!;
          const place = bits >>> shift;
          const band = 2 * place + ((stay[place]! - 1 - (bits & mask)) >>> 31);
          gross += payments[band]!;
          ceded += cessions[band]!;
        }
      } else {
        for (; at < end; at++) {
          const bits = block[at]!;
          const place = bits >>> shift;
          gross += payments[2 * place + ((stay[place]! - 1 - (bits & mask)) >>> 31)]!;
        }
      }
    }
    source.at = at;
    sums[1] = sums[1]! + gross;
    sums[2] = sums[2]! + ceded;
    return;
  }
  for (let policy = 0; policy < policies; policy++) {
    let policySum = 0;
    let policyCeded = 0;
    for (let person = 0; person < personsPerPolicy; person++) {
      if (at === BLOCK_SIZE) {
        source.bits.refill();
        at = 0;
      }
      const bits = block[at++]!;
      const place = bits >>> shift;
      const band = 2 * place + ((stay[place]! - 1 - (bits & mask)) >>> 31);
      policySum += payments[band]!;
      policyCeded += cessions[band]!;
    }
    const payment = Math.min(policyCeiling, Math.max(0, policySum - policyDeductible));
    gross += payment;
    // Where the policy's terms cut a family's sum, what is ceded for its lives shrinks alike.
    ceded += payment === policySum ? policyCeded : policyCeded * (payment / policySum);
  }
  source.at = at;
  sums[1] = sums[1]! + gross;
  sums[2] = sums[2]! + ceded;
}
