import type { Distribution } from './distribution.ts';
import { drawBinomial, drawNegativeBinomial, drawPoisson } from './draws.ts';
import { incompleteBeta, incompleteGamma } from './incomplete.ts';
import { binomialKernel, logGamma, normalQuantile, poissonKernel } from './special.ts';

/** A distribution on 0, 1, 2, … in Panjer's (a, b) class or a zero-modification of one. */
export interface CountDistribution extends Distribution {
  /** p_k = (a + b/k) p_{k−1}, from k = 1, or from k = 2 where `zeroModified`. */
  readonly panjer: { readonly a: number; readonly b: number; readonly zeroModified: boolean };
  /** Probability generating function, for complex z given as [re, im]. */
  generating(re: number, im: number): readonly [number, number];
}

const isCount = (x: number) => x >= 0 && Number.isInteger(x);

/** Smallest count with cdf ≥ p: Cornish–Fisher start, doubling bracket, bisection. */
function countQuantile(p: number, cdf: (k: number) => number, mean: number, variance: number, most: number): number {
  if (!(p >= 0 && p <= 1)) {
    return Number.NaN;
  }
  if (p === 1) {
    return most;
  }
  // A hair below p, so that a cdf value carried through rounding finds its own count again.
  const target = p * (1 - 64 * Number.EPSILON);
  const sd = Math.sqrt(variance);
  let guess = Math.min(most, Math.max(0, Math.floor(mean + sd * Math.max(-40, Math.min(40, normalQuantile(p))))));
  let step = Math.max(1, Math.floor(sd / 8));
  const reaches = (count: number) => cdf(count) >= target;
  if (reaches(guess)) {
    while (guess > 0 && reaches(guess - step)) {
      guess = Math.max(0, guess - step);
      step *= 2;
    }
    return bisectCount(Math.max(-1, guess - step), guess, reaches);
  }
  let low = guess;
  let high = Math.min(most, guess + step);
  while (high < most && !reaches(high)) {
    low = high;
    step *= 2;
    high = Math.min(most, high + step);
  }
  return bisectCount(low, high, reaches);
}

/** The first count above `low` that reaches, where `high` does. */
function bisectCount(low: number, high: number, reaches: (count: number) => boolean): number {
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    // Above 2^53 not every count is a number: the two ends may be neighbours although they are further than 1 apart.
    if (!(middle > low && middle < high)) {
      return high;
    }
    if (reaches(middle)) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high;
}

function complexPower(re: number, im: number, exponent: number): readonly [number, number] {
  const radius = Math.hypot(re, im);
  if (radius === 0) {
    return [0, 0];
  }
  const size = Math.exp(exponent * Math.log(radius));
  const angle = exponent * Math.atan2(im, re);
  return [size * Math.cos(angle), size * Math.sin(angle)];
}

export function poisson(mean: number): CountDistribution {
  const tails = (x: number) => {
    const k = Math.floor(x);
    if (k < 0) {
      return { lower: 0, upper: 1 };
    }
    const both = incompleteGamma(k + 1, mean);
    return { lower: both.upper, upper: both.lower };
  };
  const cdf = (x: number) => tails(x).lower;
  return {
    name: 'poisson',
    mean,
    variance: mean,
    density: (x) => (isCount(x) ? poissonKernel(x, mean) : 0),
    logDensity: (x) => {
      if (!isCount(x)) {
        return Number.NEGATIVE_INFINITY;
      }
      return (x === 0 ? 0 : x * Math.log(mean)) - mean - logGamma(x + 1);
    },
    cdf,
    survival: (x) => tails(x).upper,
    quantile: (p) => (mean === 0 ? 0 : countQuantile(p, cdf, mean, mean, Number.POSITIVE_INFINITY)),
    draw: (prng) => drawPoisson(prng, mean),
    panjer: { a: 0, b: mean, zeroModified: false },
    generating: (re, im) => {
      const size = Math.exp(mean * (re - 1));
      return [size * Math.cos(mean * im), size * Math.sin(mean * im)];
    },
  };
}

/** By size r and mean μ: variance μ + μ²/r; success probability r / (r + μ). */
export function negativeBinomial(size: number, mean: number): CountDistribution {
  const p = size / (size + mean);
  const q = mean / (size + mean);
  const tails = (x: number) => {
    const k = Math.floor(x);
    if (k < 0) {
      return { lower: 0, upper: 1 };
    }
    // Far out q^k would lose what q, next to 1, rounds away; there Wise's gamma form of the beta is exact to 1e-12.
    return k + 1 > 1e6 * Math.max(1, size)
      ? incompleteGamma(size, (k + 1 + (size - 1) / 2) * Math.log1p(size / mean))
      : incompleteBeta(size, k + 1, p, q);
  };
  const cdf = (x: number) => tails(x).lower;
  const variance = mean + (mean * mean) / size;
  return {
    name: 'negative-binomial',
    mean,
    variance,
    density: (x) => {
      if (!isCount(x)) {
        return 0;
      }
      return x === 0
        ? Math.exp(-size * Math.log1p(mean / size))
        : (size / (size + x)) * binomialKernel(size, size + x, p, q);
    },
    logDensity: (x) =>
      isCount(x)
        ? logGamma(size + x) -
          logGamma(size) -
          logGamma(x + 1) -
          size * Math.log1p(mean / size) +
          (x === 0 ? 0 : x * Math.log(q))
        : Number.NEGATIVE_INFINITY,
    cdf,
    survival: (x) => tails(x).upper,
    quantile: (u) => (mean === 0 ? 0 : countQuantile(u, cdf, mean, variance, Number.POSITIVE_INFINITY)),
    draw: (prng) => drawNegativeBinomial(prng, size, mean),
    panjer: { a: q, b: (size - 1) * q, zeroModified: false },
    generating: (re, im) => {
      const beta = mean / size;
      return complexPower(1 - beta * (re - 1), -beta * im, -size);
    },
  };
}

export function binomial(trials: number, probability: number): CountDistribution {
  const n = trials;
  const p = probability;
  const q = 1 - p;
  const tails = (x: number) => {
    const k = Math.floor(x);
    if (k < 0) {
      return { lower: 0, upper: 1 };
    }
    if (k >= n) {
      return { lower: 1, upper: 0 };
    }
    const both = incompleteBeta(k + 1, n - k, p, q);
    return { lower: both.upper, upper: both.lower };
  };
  const cdf = (x: number) => tails(x).lower;
  return {
    name: 'binomial',
    mean: n * p,
    variance: n * p * q,
    density: (x) => (isCount(x) ? binomialKernel(x, n, p, q) : 0),
    logDensity: (x) => (isCount(x) ? Math.log(binomialKernel(x, n, p, q)) : Number.NEGATIVE_INFINITY),
    cdf,
    survival: (x) => tails(x).upper,
    quantile: (u) => countQuantile(u, cdf, n * p, n * p * q, n),
    draw: (prng) => drawBinomial(prng, n, p),
    panjer: { a: -p / q, b: ((n + 1) * p) / q, zeroModified: false },
    generating: (re, im) => complexPower(q + p * re, p * im, n),
  };
}

/** The base distribution with its probability of zero set to `zero` and the rest scaled to match. */
export function zeroModified(base: CountDistribution, zero: number): CountDistribution {
  const baseZero = base.density(0);
  const scale = (1 - zero) / base.survival(0);
  const mean = scale * base.mean;
  const second = scale * (base.variance + base.mean * base.mean);
  const variance = second - mean * mean;
  const survival = (x: number) => (x < 0 ? 1 : scale * base.survival(x));
  const cdf = (x: number) => (x < 0 ? 0 : 1 - survival(x));
  const quantile = (p: number) => {
    if (!(p >= 0 && p <= 1)) {
      return Number.NaN;
    }
    return p <= zero ? 0 : base.quantile(1 - (1 - p) / scale);
  };
  return {
    name: `zero-modified ${base.name}`,
    mean,
    variance,
    density: (x) => (x === 0 ? zero : scale * base.density(x)),
    logDensity: (x) => (x === 0 ? Math.log(zero) : Math.log(scale) + base.logDensity(x)),
    cdf,
    survival,
    quantile,
    draw: (prng) => {
      const u = prng.uniform();
      // The rest of the uniform beyond `zero` is itself uniform: invert the base above its own zero.
      return u < zero ? 0 : Math.max(1, base.quantile(baseZero + ((u - zero) / (1 - zero)) * (1 - baseZero)));
    },
    panjer: { ...base.panjer, zeroModified: true },
    generating: (re, im) => {
      const [x, y] = base.generating(re, im);
      return [zero + scale * (x - baseZero), scale * y];
    },
  };
}
