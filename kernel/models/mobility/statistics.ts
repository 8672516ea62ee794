/** How well modelled flows agree with observed ones. */
export interface FlowFit {
  /** Common part of commuters, 2 Σ min / (Σ observed + Σ modelled): 1 is agreement, 0 none. */
  readonly commonPart: number;
  /** Root mean square error over the mean flow. */
  readonly standardisedRmse: number;
  /** Squared correlation of observed and modelled flows. */
  readonly correlationSquared: number;
}

export function compareFlows(observed: ArrayLike<number>, modelled: ArrayLike<number>): FlowFit {
  const n = observed.length;
  let common = 0;
  let sumObserved = 0;
  let sumModelled = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    common += Math.min(observed[i]!, modelled[i]!);
    sumObserved += observed[i]!;
    sumModelled += modelled[i]!;
    squares += (observed[i]! - modelled[i]!) ** 2;
  }
  const meanObserved = sumObserved / n;
  const meanModelled = sumModelled / n;
  let both = 0;
  let ownObserved = 0;
  let ownModelled = 0;
  for (let i = 0; i < n; i++) {
    const a = observed[i]! - meanObserved;
    const b = modelled[i]! - meanModelled;
    both += a * b;
    ownObserved += a * a;
    ownModelled += b * b;
  }
  return {
    commonPart: (2 * common) / (sumObserved + sumModelled),
    standardisedRmse: Math.sqrt(squares / n) / meanObserved,
    correlationSquared: both ** 2 / (ownObserved * ownModelled),
  };
}
