import { developmentFactors } from './chain-ladder.ts';
import { latestDiagonal, type Triangle } from './triangle.ts';

export interface ExpectedLossFit {
  readonly latest: Float64Array;
  /** Share of the ultimate that should be known by now, 1/CDF. */
  readonly developed: Float64Array;
  readonly chainLadderUltimate: Float64Array;
  readonly priorUltimate: Float64Array;
  readonly ultimate: Float64Array;
  /** Loss ratio the prior rests on, for each origin. */
  readonly lossRatio: Float64Array;
}

/**
 * Bornhuetter and Ferguson (PCAS 59, 1972): what is still to come is the share not yet developed of an *expected*
 * ultimate, so that a thin recent year does not swing the reserve.
 *
 * @param premium earned premium of each origin.
 * @param lossRatio expected ultimate over premium; without it, Cape Cod's (Stanard–Bühlmann) from the data itself:
 *   Σ latest / Σ premium × developed share.
 */
export function bornhuetterFerguson(
  triangle: Triangle,
  premium: ArrayLike<number>,
  lossRatio?: ArrayLike<number>,
  tailFactor = 1,
): ExpectedLossFit {
  const { origins, ages, known } = triangle;
  const factor = developmentFactors(triangle);
  const toUltimate = new Float64Array(ages).fill(tailFactor);
  for (let k = ages - 2; k >= 0; k--) {
    toUltimate[k] = toUltimate[k + 1]! * factor[k]!;
  }
  const latest = latestDiagonal(triangle);
  const developed = Float64Array.from({ length: origins }, (_, i) => 1 / toUltimate[known[i]! - 1]!);
  let seen = 0;
  let used = 0;
  for (let i = 0; i < origins; i++) {
    seen += latest[i]!;
    used += premium[i]! * developed[i]!;
  }
  const ratio = Float64Array.from({ length: origins }, (_, i) => lossRatio?.[i] ?? seen / used);
  const priorUltimate = ratio.map((r, i) => r * premium[i]!);
  return {
    latest,
    developed,
    chainLadderUltimate: latest.map((x, i) => x / developed[i]!),
    priorUltimate,
    ultimate: latest.map((x, i) => x + priorUltimate[i]! * (1 - developed[i]!)),
    lossRatio: ratio,
  };
}
