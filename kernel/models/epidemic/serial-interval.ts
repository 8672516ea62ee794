import { invariant } from '../../base/invariant.ts';
import { gammaP } from '../numeric/incomplete.ts';

/**
 * Probability of a serial interval of 0, 1, … `days − 1` days when the interval is 1 + a gamma variable, each day's
 * probability being integrated over the uniform time of infection within its day
 * (Cori and others 2013, Am J Epidemiol 178:1505, web appendix 11; `discr_si` of EpiEstim).
 *
 * @param meanDays above 1.
 * @param sdDays standard deviation, above 0.
 */
export function discretiseSerialInterval(meanDays: number, sdDays: number, days: number): Float64Array {
  invariant(meanDays > 1 && sdDays > 0, 'a shifted gamma interval has mean above 1 and sd above 0');
  const shape = ((meanDays - 1) / sdDays) ** 2;
  const scale = sdDays ** 2 / (meanDays - 1);
  const cdf = (x: number, a: number) => (x <= 0 ? 0 : gammaP(a, x / scale));
  return Float64Array.from({ length: days }, (_, k) => {
    const linear = k * cdf(k, shape) + (k - 2) * cdf(k - 2, shape) - 2 * (k - 1) * cdf(k - 1, shape);
    const moment = shape * scale * (2 * cdf(k - 1, shape + 1) - cdf(k - 2, shape + 1) - cdf(k, shape + 1));
    return Math.max(0, linear + moment);
  });
}

export function distributionMean(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    sum += k * weights[k]!;
  }
  return sum;
}
