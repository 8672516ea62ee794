import { mackChainLadder, type SigmaMethod } from './chain-ladder.ts';
import type { Triangle } from './triangle.ts';

export interface MunichFit {
  /** Correlation parameters: how far paid development follows incurred/paid, and incurred follows paid/incurred. */
  readonly lambdaPaid: number;
  readonly lambdaIncurred: number;
  /** `origins × ages`, known and projected. */
  readonly fullPaid: Float64Array;
  readonly fullIncurred: Float64Array;
  readonly ultimatePaid: Float64Array;
  readonly ultimateIncurred: Float64Array;
}

/**
 * Munich chain ladder (Quarg and Mack, Blätter der DGVFM 26, 2004): paid and incurred triangles projected together,
 * so that their ultimates agree far better than two separate chain ladders do.
 *
 * @param paid @param incurred of the same shape, amounts above zero.
 */
export function munichChainLadder(
  paid: Triangle,
  incurred: Triangle,
  sigmaMethod: SigmaMethod = 'log-linear',
): MunichFit {
  const { origins, ages, known } = paid;
  const mackPaid = mackChainLadder(paid, { sigmaMethod });
  const mackIncurred = mackChainLadder(incurred, { sigmaMethod });
  const P = paid.cells;
  const I = incurred.cells;
  /** Ratio of incurred to paid at each age, and its conditional sigma relative to paid and to incurred. */
  const ratio = new Float64Array(ages);
  const rhoPaid = new Float64Array(ages).fill(Number.NaN);
  const rhoIncurred = new Float64Array(ages).fill(Number.NaN);
  for (let k = 0; k < ages; k++) {
    let sumPaid = 0;
    let sumIncurred = 0;
    let count = 0;
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k) {
        sumPaid += P[i * ages + k]!;
        sumIncurred += I[i * ages + k]!;
        count++;
      }
    }
    ratio[k] = sumIncurred / sumPaid;
    if (count > 1) {
      let squaresPaid = 0;
      let squaresIncurred = 0;
      for (let i = 0; i < origins; i++) {
        if (known[i]! > k) {
          const p = P[i * ages + k]!;
          const c = I[i * ages + k]!;
          squaresPaid += p * (c / p - ratio[k]!) ** 2;
          squaresIncurred += c * (p / c - 1 / ratio[k]!) ** 2;
        }
      }
      rhoPaid[k] = Math.sqrt(squaresPaid / (count - 1));
      rhoIncurred[k] = Math.sqrt(squaresIncurred / (count - 1));
    }
  }
  const lambda = { paidTop: 0, paidBottom: 0, incurredTop: 0, incurredBottom: 0 };
  for (let k = 0; k < ages - 1; k++) {
    const usable = mackPaid.sigma[k]! > 0 && mackIncurred.sigma[k]! > 0 && rhoPaid[k]! > 0 && rhoIncurred[k]! > 0;
    let ratios = 0;
    for (let i = 0; i < origins; i++) {
      ratios += known[i]! > k + 1 ? 1 : 0;
    }
    if (!usable || ratios < 2) {
      continue;
    }
    for (let i = 0; i < origins; i++) {
      if (known[i]! > k + 1) {
        const p = P[i * ages + k]!;
        const c = I[i * ages + k]!;
        const paidStep = ((P[i * ages + k + 1]! / p - mackPaid.factor[k]!) * Math.sqrt(p)) / mackPaid.sigma[k]!;
        const incurredStep =
          ((I[i * ages + k + 1]! / c - mackIncurred.factor[k]!) * Math.sqrt(c)) / mackIncurred.sigma[k]!;
        const incurredOverPaid = ((c / p - ratio[k]!) * Math.sqrt(p)) / rhoPaid[k]!;
        const paidOverIncurred = ((p / c - 1 / ratio[k]!) * Math.sqrt(c)) / rhoIncurred[k]!;
        lambda.paidTop += incurredOverPaid * paidStep;
        lambda.paidBottom += incurredOverPaid ** 2;
        lambda.incurredTop += paidOverIncurred * incurredStep;
        lambda.incurredBottom += paidOverIncurred ** 2;
      }
    }
  }
  const lambdaPaid = lambda.paidBottom > 0 ? lambda.paidTop / lambda.paidBottom : 0;
  const lambdaIncurred = lambda.incurredBottom > 0 ? lambda.incurredTop / lambda.incurredBottom : 0;
  const fullPaid = P.slice();
  const fullIncurred = I.slice();
  for (let i = 0; i < origins; i++) {
    for (let k = known[i]! - 1; k < ages - 1; k++) {
      const p = fullPaid[i * ages + k]!;
      const c = fullIncurred[i * ages + k]!;
      const paidSlope = rhoPaid[k]! > 0 ? (lambdaPaid * mackPaid.sigma[k]!) / rhoPaid[k]! : 0;
      const incurredSlope = rhoIncurred[k]! > 0 ? (lambdaIncurred * mackIncurred.sigma[k]!) / rhoIncurred[k]! : 0;
      fullPaid[i * ages + k + 1] = p * (mackPaid.factor[k]! + paidSlope * (c / p - ratio[k]!));
      fullIncurred[i * ages + k + 1] = c * (mackIncurred.factor[k]! + incurredSlope * (p / c - 1 / ratio[k]!));
    }
  }
  const last = (full: Float64Array) => Float64Array.from({ length: origins }, (_, i) => full[i * ages + ages - 1]!);
  return {
    lambdaPaid,
    lambdaIncurred,
    fullPaid,
    fullIncurred,
    ultimatePaid: last(fullPaid),
    ultimateIncurred: last(fullIncurred),
  };
}
