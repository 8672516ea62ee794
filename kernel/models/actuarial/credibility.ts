/** Credibility: how far a group's own experience is believed against that of all groups together. */

export interface CredibilityFit {
  /** μ: what a group without experience is charged. */
  readonly collectiveMean: number;
  /** Expected process variance (EPV, σ²). */
  readonly withinVariance: number;
  /** Variance of the hypothetical means (VHM, a); 0 where its estimate is not positive. */
  readonly betweenVariance: number;
  /** K = σ²/a; infinite where a = 0. */
  readonly k: number;
  readonly groupMean: Float64Array;
  readonly groupWeight: Float64Array;
  readonly credibility: Float64Array;
  readonly premium: Float64Array;
}

/**
 * Bühlmann (1967) for groups observed for the same number of periods n ≥ 2: a = variance of the group means − σ²/n.
 *
 * @param groups claims by group and period, all rows equally long.
 */
export function buhlmann(groups: readonly ArrayLike<number>[]): CredibilityFit {
  const n = groups[0]!.length;
  return buhlmannStraub(
    groups,
    groups.map(() => new Float64Array(n).fill(1)),
  );
}

/**
 * Bühlmann and Straub (1970), unbiased estimators as in Goovaerts and Hoogstad (1987): group means weigh their
 * exposure; the collective mean weighs credibilities. With equal weights this is {@link buhlmann}.
 *
 * @param ratios claims per unit of exposure by group and period; NaN where a period was not observed.
 * @param weights exposure of the same shape, 0 or NaN where not observed.
 */
export function buhlmannStraub(
  ratios: readonly ArrayLike<number>[],
  weights: readonly ArrayLike<number>[],
): CredibilityFit {
  const groups = ratios.length;
  const groupMean = new Float64Array(groups);
  const groupWeight = new Float64Array(groups);
  let withinSquares = 0;
  let degrees = 0;
  for (let i = 0; i < groups; i++) {
    const x = ratios[i]!;
    const w = weights[i]!;
    let weighted = 0;
    let periods = 0;
    for (let t = 0; t < x.length; t++) {
      if (w[t]! > 0) {
        groupWeight[i] = groupWeight[i]! + w[t]!;
        weighted += w[t]! * x[t]!;
        periods++;
      }
    }
    const mean = periods > 0 ? weighted / groupWeight[i]! : 0;
    groupMean[i] = mean;
    for (let t = 0; t < x.length; t++) {
      if (w[t]! > 0) {
        withinSquares += w[t]! * (x[t]! - mean) ** 2;
      }
    }
    degrees += Math.max(0, periods - 1);
  }
  const withinVariance = degrees > 0 ? withinSquares / degrees : 0;
  const total = groupWeight.reduce((a, b) => a + b, 0);
  const grand = groupMean.reduce((sum, x, i) => sum + (groupWeight[i]! / total) * x, 0);
  const used = groupWeight.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
  const between = groupMean.reduce((sum, x, i) => sum + groupWeight[i]! * (x - grand) ** 2, 0);
  const squares = groupWeight.reduce((sum, w) => sum + w * w, 0);
  const denominator = total * total - squares;
  const estimate = denominator > 0 ? (total * (between - (used - 1) * withinVariance)) / denominator : 0;
  const betweenVariance = Math.max(0, estimate);
  const credibility = groupWeight.map((w) =>
    betweenVariance === 0 || w === 0 ? 0 : w / (w + withinVariance / betweenVariance),
  );
  const weightOfAll = credibility.reduce((a, b) => a + b, 0);
  // Without credibility anywhere, the exposure-weighted mean is all there is.
  const collectiveMean =
    weightOfAll > 0 ? groupMean.reduce((sum, x, i) => sum + credibility[i]! * x, 0) / weightOfAll : grand;
  return {
    collectiveMean,
    withinVariance,
    betweenVariance,
    k: withinVariance / betweenVariance,
    groupMean,
    groupWeight,
    credibility,
    premium: credibility.map((z, i) => z * groupMean[i]! + (1 - z) * collectiveMean),
  };
}
