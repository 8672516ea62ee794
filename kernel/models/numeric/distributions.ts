/**
 * Probability distributions by one shape: density, both tails, quantile, moments, seeded draws.
 * Parameters are checked by whoever builds one from outside; a bad one gives NaN, never a wrong number.
 */

export {
  beta,
  chiSquared,
  exponential,
  gamma,
  lognormal,
  lomax,
  normal,
  pareto,
  studentT,
  weibull,
} from './continuous.ts';
export { binomial, type CountDistribution, negativeBinomial, poisson, zeroModified } from './counts.ts';
export type { Distribution } from './distribution.ts';
export { drawBeta, drawBinomial, drawExponential, drawGamma, drawNegativeBinomial, drawPoisson } from './draws.ts';
