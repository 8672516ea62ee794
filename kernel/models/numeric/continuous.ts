import type { Distribution } from './distribution.ts';
import { drawBeta, drawExponential, drawGamma } from './draws.ts';
import { incompleteBeta, incompleteGamma, inverseBeta, inverseGammaP } from './incomplete.ts';
import {
  binomialKernel,
  gammaFunction,
  logBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  poissonKernel,
} from './special.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

const inUnit = (p: number) => p >= 0 && p <= 1;

export function normal(mean: number, sd: number): Distribution {
  return {
    name: 'normal',
    mean,
    variance: sd * sd,
    density: (x) => Math.exp(-0.5 * ((x - mean) / sd) ** 2 - HALF_LOG_TWO_PI) / sd,
    logDensity: (x) => -0.5 * ((x - mean) / sd) ** 2 - HALF_LOG_TWO_PI - Math.log(sd),
    cdf: (x) => normalCdf((x - mean) / sd),
    survival: (x) => normalCdf((mean - x) / sd),
    quantile: (p) => mean + sd * normalQuantile(p),
    draw: (prng) => mean + sd * prng.normal(),
  };
}

/** log X is normal with the given mean and sd. */
export function lognormal(meanLog: number, sdLog: number): Distribution {
  const mean = Math.exp(meanLog + 0.5 * sdLog * sdLog);
  const z = (x: number) => (Math.log(x) - meanLog) / sdLog;
  return {
    name: 'lognormal',
    mean,
    variance: mean * mean * Math.expm1(sdLog * sdLog),
    density: (x) => (x > 0 ? Math.exp(-0.5 * z(x) ** 2 - HALF_LOG_TWO_PI) / (sdLog * x) : 0),
    logDensity: (x) =>
      x > 0 ? -0.5 * z(x) ** 2 - HALF_LOG_TWO_PI - Math.log(sdLog) - Math.log(x) : Number.NEGATIVE_INFINITY,
    cdf: (x) => (x > 0 ? normalCdf(z(x)) : 0),
    survival: (x) => (x > 0 ? normalCdf(-z(x)) : 1),
    quantile: (p) => Math.exp(meanLog + sdLog * normalQuantile(p)),
    draw: (prng) => Math.exp(meanLog + sdLog * prng.normal()),
    limitedMean: (limit) =>
      limit > 0 ? mean * normalCdf(z(limit) - sdLog) + (limit < 1e308 ? limit * normalCdf(-z(limit)) : 0) : 0,
  };
}

/** Density x^(shape−1) e^(−x/scale) / (Γ(shape) scale^shape). */
export function gamma(shape: number, scale: number): Distribution {
  const constant = -logGamma(shape) - shape * Math.log(scale);
  const density = (x: number): number => {
    if (x < 0) {
      return 0;
    }
    if (x === 0) {
      return shape < 1 ? Number.POSITIVE_INFINITY : shape === 1 ? 1 / scale : 0;
    }
    return shape < 1 ? (poissonKernel(shape, x / scale) * shape) / x : poissonKernel(shape - 1, x / scale) / scale;
  };
  return {
    name: 'gamma',
    mean: shape * scale,
    variance: shape * scale * scale,
    density,
    logDensity: (x) => (x > 0 ? constant + (shape - 1) * Math.log(x) - x / scale : Math.log(density(x))),
    cdf: (x) => incompleteGamma(shape, x / scale).lower,
    survival: (x) => incompleteGamma(shape, x / scale).upper,
    quantile: (p) => scale * inverseGammaP(shape, p),
    draw: (prng) => drawGamma(prng, shape, scale),
    limitedMean: (limit) =>
      limit > 0
        ? shape * scale * incompleteGamma(shape + 1, limit / scale).lower +
          (limit < 1e308 ? limit * incompleteGamma(shape, limit / scale).upper : 0)
        : 0,
  };
}

export function exponential(mean: number): Distribution {
  return {
    name: 'exponential',
    mean,
    variance: mean * mean,
    density: (x) => (x < 0 ? 0 : Math.exp(-x / mean) / mean),
    logDensity: (x) => (x < 0 ? Number.NEGATIVE_INFINITY : -x / mean - Math.log(mean)),
    cdf: (x) => (x > 0 ? -Math.expm1(-x / mean) : 0),
    survival: (x) => (x > 0 ? Math.exp(-x / mean) : 1),
    quantile: (p) => (inUnit(p) ? -mean * Math.log1p(-p) : Number.NaN),
    draw: (prng) => drawExponential(prng, mean),
    limitedMean: (limit) => (limit > 0 ? -mean * Math.expm1(-limit / mean) : 0),
  };
}

export function chiSquared(degreesOfFreedom: number): Distribution {
  return { ...gamma(degreesOfFreedom / 2, 2), name: 'chi-squared' };
}

/** Survival exp(−(x/scale)^shape). */
export function weibull(shape: number, scale: number): Distribution {
  const g1 = gammaFunction(1 + 1 / shape);
  const power = (x: number) => (x / scale) ** shape;
  const logDensity = (x: number) =>
    x > 0 ? Math.log(shape / scale) + (shape - 1) * Math.log(x / scale) - power(x) : Number.NEGATIVE_INFINITY;
  return {
    name: 'weibull',
    mean: scale * g1,
    variance: scale * scale * (gammaFunction(1 + 2 / shape) - g1 * g1),
    density: (x) => {
      if (x === 0) {
        return shape < 1 ? Number.POSITIVE_INFINITY : shape === 1 ? 1 / scale : 0;
      }
      return Math.exp(logDensity(x));
    },
    logDensity,
    cdf: (x) => (x > 0 ? -Math.expm1(-power(x)) : 0),
    survival: (x) => (x > 0 ? Math.exp(-power(x)) : 1),
    quantile: (p) => (inUnit(p) ? scale * (-Math.log1p(-p)) ** (1 / shape) : Number.NaN),
    draw: (prng) => scale * (-Math.log1p(-prng.uniform())) ** (1 / shape),
    limitedMean: (limit) =>
      limit > 0
        ? scale * g1 * incompleteGamma(1 + 1 / shape, power(limit)).lower +
          (limit < 1e308 ? limit * Math.exp(-power(limit)) : 0)
        : 0,
  };
}

/** Pareto of the second kind from zero (Lomax): survival (1 + x/scale)^−shape. Mean infinite for shape ≤ 1. */
export function lomax(shape: number, scale: number): Distribution {
  const logSurvival = (x: number) => -shape * Math.log1p(x / scale);
  return {
    name: 'lomax',
    mean: shape > 1 ? scale / (shape - 1) : Number.POSITIVE_INFINITY,
    variance: shape > 2 ? (shape * scale * scale) / ((shape - 1) ** 2 * (shape - 2)) : Number.POSITIVE_INFINITY,
    density: (x) => (x < 0 ? 0 : (shape / (scale + x)) * Math.exp(logSurvival(x))),
    logDensity: (x) => (x < 0 ? Number.NEGATIVE_INFINITY : Math.log(shape / (scale + x)) + logSurvival(x)),
    cdf: (x) => (x > 0 ? -Math.expm1(logSurvival(x)) : 0),
    survival: (x) => (x > 0 ? Math.exp(logSurvival(x)) : 1),
    quantile: (p) => (inUnit(p) ? scale * Math.expm1(-Math.log1p(-p) / shape) : Number.NaN),
    draw: (prng) => scale * Math.expm1(-Math.log1p(-prng.uniform()) / shape),
    limitedMean: (limit) => {
      if (!(limit > 0)) {
        return 0;
      }
      return Math.abs(shape - 1) < 1e-12
        ? scale * Math.log1p(limit / scale)
        : (scale / (shape - 1)) * -Math.expm1((1 - shape) * Math.log1p(limit / scale));
    },
  };
}

/** Pareto of the first kind: survival (minimum / x)^shape above the minimum. */
export function pareto(shape: number, minimum: number): Distribution {
  const excess = lomax(shape, minimum);
  return {
    name: 'pareto',
    mean: minimum + excess.mean,
    variance: excess.variance,
    density: (x) => excess.density(x - minimum),
    logDensity: (x) => excess.logDensity(x - minimum),
    cdf: (x) => excess.cdf(x - minimum),
    survival: (x) => excess.survival(x - minimum),
    quantile: (p) => minimum + excess.quantile(p),
    draw: (prng) => minimum + excess.draw(prng),
    limitedMean: (limit) => (limit <= minimum ? Math.max(0, limit) : minimum + excess.limitedMean!(limit - minimum)),
  };
}

export function beta(a: number, b: number): Distribution {
  const constant = logBeta(a, b);
  const logDensity = (x: number) =>
    x > 0 && x < 1 ? (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - constant : Number.NEGATIVE_INFINITY;
  const density = (x: number): number => {
    if (x < 0 || x > 1) {
      return 0;
    }
    if (x === 0) {
      return a < 1 ? Number.POSITIVE_INFINITY : a === 1 ? b : 0;
    }
    if (x === 1) {
      return b < 1 ? Number.POSITIVE_INFINITY : b === 1 ? a : 0;
    }
    return a >= 1 && b >= 1 ? (a + b - 1) * binomialKernel(a - 1, a + b - 2, x, 1 - x) : Math.exp(logDensity(x));
  };
  return {
    name: 'beta',
    mean: a / (a + b),
    variance: (a * b) / ((a + b) ** 2 * (a + b + 1)),
    density,
    logDensity: (x) => (x > 0 && x < 1 ? logDensity(x) : Math.log(density(x))),
    cdf: (x) => incompleteBeta(a, b, x).lower,
    survival: (x) => incompleteBeta(a, b, x).upper,
    quantile: (p) => (inUnit(p) ? inverseBeta(a, b, p, 1 - p) : Number.NaN),
    draw: (prng) => drawBeta(prng, a, b),
  };
}

export function studentT(degreesOfFreedom: number): Distribution {
  const n = degreesOfFreedom;
  const constant = -logBeta(0.5, n / 2) - 0.5 * Math.log(n);
  const logDensity = (x: number) => constant - ((n + 1) / 2) * Math.log1p((x * x) / n);
  /** P(T > |x|). */
  const tail = (x: number) => 0.5 * incompleteBeta(n / 2, 0.5, n / (n + x * x), (x * x) / (n + x * x)).lower;
  return {
    name: 'student-t',
    mean: n > 1 ? 0 : Number.NaN,
    variance: n > 2 ? n / (n - 2) : n > 1 ? Number.POSITIVE_INFINITY : Number.NaN,
    density: (x) => Math.exp(logDensity(x)),
    logDensity,
    cdf: (x) => (x <= 0 ? tail(x) : 1 - tail(x)),
    survival: (x) => (x >= 0 ? tail(x) : 1 - tail(x)),
    quantile: (p) => {
      if (!inUnit(p)) {
        return Number.NaN;
      }
      if (p === 0.5) {
        return 0;
      }
      const q = Math.min(p, 1 - p);
      // Near the centre n/(n + x²) loses x; solve for x²/(n + x²) instead.
      const ratio = q > 0.25 ? inverseBeta(0.5, n / 2, 1 - 2 * q, 2 * q) : Number.NaN;
      const size = Number.isNaN(ratio)
        ? (() => {
            const y = inverseBeta(n / 2, 0.5, 2 * q, 1 - 2 * q);
            return Math.sqrt((n * (1 - y)) / y);
          })()
        : Math.sqrt((n * ratio) / (1 - ratio));
      return p < 0.5 ? -size : size;
    },
    draw: (prng) => prng.normal() / Math.sqrt(drawGamma(prng, n / 2, 2) / n),
  };
}
