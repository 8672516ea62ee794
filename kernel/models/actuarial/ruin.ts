import type { Prng } from '../../base/prng.ts';
import type { Distribution } from '../numeric/distributions.ts';
import { findRoot, invertSmall } from '../numeric/optimise.ts';

/**
 * A phase-type distribution: the time to absorption of a Markov chain with initial probabilities `alpha` and
 * sub-generator `rates`. Exponentials, their mixtures and sums (Erlang, hyperexponential, Coxian) are all of this kind.
 */
export interface PhaseType {
  readonly alpha: readonly number[];
  readonly rates: readonly (readonly number[])[];
}

/** Mixture of exponentials with the given rates (1 / mean). */
export function mixtureOfExponentials(weights: readonly number[], rates: readonly number[]): PhaseType {
  return { alpha: weights, rates: rates.map((r, i) => rates.map((_, j) => (i === j ? -r : 0))) };
}

/** Sum of `phases` exponentials of the given rate. */
export function erlang(phases: number, rate: number): PhaseType {
  return {
    alpha: Array.from({ length: phases }, (_, i) => (i === 0 ? 1 : 0)),
    rates: Array.from({ length: phases }, (_, i) =>
      Array.from({ length: phases }, (_, j) => (i === j ? -rate : j === i + 1 ? rate : 0)),
    ),
  };
}

const exitRates = (phase: PhaseType) => phase.rates.map((row) => -row.reduce((a, b) => a + b, 0));

export function phaseTypeMean(phase: PhaseType): number {
  const inverse = invertSmall(phase.rates.map((row) => row.map((x) => -x)));
  return inverse ? phase.alpha.reduce((sum, a, i) => sum + a * inverse[i]!.reduce((x, y) => x + y, 0), 0) : Number.NaN;
}

/** E[e^{sX}] = α(−sI − T)⁻¹t; NaN beyond the abscissa where it stops existing. */
export function phaseTypeTransform(phase: PhaseType, s: number): number {
  const inverse = invertSmall(phase.rates.map((row, i) => row.map((x, j) => -x - (i === j ? s : 0))));
  if (!inverse) {
    return Number.NaN;
  }
  const exits = exitRates(phase);
  let sum = 0;
  for (const [i, a] of phase.alpha.entries()) {
    for (const [j, t] of exits.entries()) {
      const x = inverse[i]![j]!;
      // (−sI − T)⁻¹ is an expected-time matrix: a negative entry says s is beyond the abscissa.
      if (x < -1e-12) {
        return Number.NaN;
      }
      sum += a * x * t;
    }
  }
  return sum;
}

/**
 * Probability of ruin in infinite time of the renewal risk process with phase-type claims and phase-type times between
 * them (Asmussen and Rolski 1991): ψ(u) = α₊ e^{(T + tα₊)u} 1, with α₊ the fixed point of α₊ = ∫ α e^{(T + tα₊)cy} dA(y).
 *
 * @param premiumRate c, money per time. @returns a function of the initial reserve u; 1 everywhere without a positive
 *   loading.
 */
export function phaseTypeRuin(claims: PhaseType, waits: PhaseType, premiumRate: number): (reserve: number) => number {
  const load = phaseTypeMean(claims) / phaseTypeMean(waits);
  if (!(premiumRate > load)) {
    return () => 1;
  }
  const m = claims.alpha.length;
  const k = waits.alpha.length;
  const exits = exitRates(claims);
  const waitExits = exitRates(waits);
  let ladder = new Array<number>(m).fill(0);
  for (let iteration = 0; iteration < 10_000; iteration++) {
    const q = claims.rates.map((row, i) => row.map((x, j) => x + exits[i]! * ladder[j]!));
    // (ν ⊗ I)(−S ⊗ I − I ⊗ cQ)⁻¹(s ⊗ I), the transform of the waiting time at the matrix cQ.
    const size = k * m;
    const big = Array.from({ length: size }, (_, r) =>
      Array.from({ length: size }, (_, c) => {
        const [a, i] = [Math.floor(r / m), r % m];
        const [b, j] = [Math.floor(c / m), c % m];
        return (i === j ? -waits.rates[a]![b]! : 0) - (a === b ? premiumRate * q[i]![j]! : 0);
      }),
    );
    const inverse = invertSmall(big);
    if (!inverse) {
      return () => Number.NaN;
    }
    const next = new Array<number>(m).fill(0);
    for (let r = 0; r < size; r++) {
      const start = waits.alpha[Math.floor(r / m)]! * claims.alpha[r % m]!;
      if (start !== 0) {
        for (let c = 0; c < size; c++) {
          next[c % m] = next[c % m]! + start * inverse[r]![c]! * waitExits[Math.floor(c / m)]!;
        }
      }
    }
    const change = Math.max(...next.map((x, i) => Math.abs(x - ladder[i]!)));
    ladder = next;
    if (change < 1e-16) {
      break;
    }
  }
  const generator = claims.rates.map((row, i) => row.map((x, j) => x + exits[i]! * ladder[j]!));
  return (reserve) => {
    if (reserve < 0) {
      return 1;
    }
    const e = matrixExponential(generator, reserve);
    return ladder.reduce((sum, a, i) => sum + a * e[i]!.reduce((x, y) => x + y, 0), 0);
  };
}

/** e^{Qx} of a small sub-generator by uniformisation: only positive terms, so small probabilities keep their digits. */
function matrixExponential(q: readonly (readonly number[])[], x: number): number[][] {
  const n = q.length;
  const rate = Math.max(...q.map((row, i) => -row[i]!));
  const jump = q.map((row, i) => row.map((v, j) => (i === j ? 1 : 0) + (rate > 0 ? v / rate : 0)));
  const multiply = (a: number[][], b: readonly (readonly number[])[]) =>
    a.map((row) => Array.from({ length: n }, (_, j) => row.reduce((sum, v, k) => sum + v * b[k]![j]!, 0)));
  // Halve the interval until the Poisson mean is at most 1, then square back.
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.max(1e-300, rate * x))));
  const mean = (rate * x) / 2 ** halvings;
  let power: number[][] = q.map((_, i) => q.map((_, j) => (i === j ? 1 : 0)));
  let weight = Math.exp(-mean);
  let result = power.map((row) => row.map((v) => v * weight));
  for (let k = 1; k < 60; k++) {
    power = multiply(power, jump);
    weight *= mean / k;
    result = result.map((row, i) => row.map((v, j) => v + weight * power[i]![j]!));
  }
  for (let h = 0; h < halvings; h++) {
    result = multiply(result, result);
  }
  return result;
}

/** Exponential claims, Poisson arrivals: ψ(u) = e^{−θu/((1+θ)μ)} / (1 + θ). */
export function exponentialRuin(reserve: number, claimMean: number, loading: number): number {
  return loading > 0 ? Math.exp((-loading * reserve) / ((1 + loading) * claimMean)) / (1 + loading) : 1;
}

/**
 * Lundberg's adjustment coefficient for Poisson arrivals: the positive R with M_X(R) = 1 + (1 + θ)μR; NaN where the
 * claims have no moment generating function (heavy tails) or the loading is not positive. ψ(u) ≤ e^{−Ru}.
 *
 * @param transform M_X, NaN or infinite where it does not exist.
 */
export function adjustmentCoefficient(transform: (r: number) => number, claimMean: number, loading: number): number {
  if (!(loading > 0)) {
    return Number.NaN;
  }
  const gap = (r: number) => transform(r) - 1 - (1 + loading) * claimMean * r;
  // gap is convex, 0 at 0 with a negative slope: climb until it turns positive or the transform ends.
  let low = 1e-9 / claimMean;
  if (!(gap(low) < 0)) {
    return Number.NaN;
  }
  let high = low * 2;
  let step = 2;
  for (let i = 0; i < 4000 && !(gap(high) > 0); i++) {
    if (Number.isNaN(gap(high)) || gap(high) === Number.POSITIVE_INFINITY) {
      // Beyond the abscissa: come back half the way.
      step = Math.sqrt(step);
      high = low * step;
      if (step - 1 < 1e-15) {
        return Number.NaN;
      }
    } else {
      low = high;
      high *= step;
    }
  }
  return gap(high) > 0 ? findRoot(gap, low, high, 1e-15) : Number.NaN;
}

/** M_X(r) of a family; NaN where it does not exist. */
export function momentTransform(distribution: Distribution, r: number): number {
  switch (distribution.name) {
    case 'gamma':
    case 'exponential': {
      const scale = distribution.variance / distribution.mean;
      const shape = distribution.mean / scale;
      return r * scale < 1 ? (1 - r * scale) ** -shape : Number.NaN;
    }
    case 'weibull': {
      // Exists for shape > 1; E[e^{rX}] by midpoint over the quantiles, with a fine grid at the end.
      const shape =
        Math.log(Math.log(4) / Math.log(2)) / Math.log(distribution.quantile(0.75) / distribution.quantile(0.5));
      return shape > 1 ? integrateTransform(distribution, r) : Number.NaN;
    }
    default:
      return Number.NaN;
  }
}

function integrateTransform(distribution: Distribution, r: number): number {
  const top = distribution.quantile(1 - 1e-15);
  const n = 8192;
  // E[e^{rX}] = 1 + r ∫ e^{rx} P(X > x) dx
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const x = ((i + 0.5) * top) / n;
    sum += Math.exp(r * x) * distribution.survival(x);
  }
  return 1 + (r * sum * top) / n;
}

export interface SimulatedRuin {
  readonly probability: number;
  /** Standard error of the simulated share. */
  readonly standardError: number;
}

/**
 * Ruin within a horizon, by simulation: Poisson claims, premium earned continuously, ruin looked for at each claim (it can
 * only happen there). Yields after every thousand paths.
 */
export function* simulateRuin(
  options: {
    readonly reserve: number;
    readonly claimRate: number;
    readonly premiumRate: number;
    readonly severity: Pick<Distribution, 'draw'>;
    readonly horizon: number;
    readonly paths: number;
  },
  prng: Prng,
): Generator<number, SimulatedRuin> {
  const { reserve, claimRate, premiumRate, severity, horizon, paths } = options;
  let ruined = 0;
  for (let path = 0; path < paths; path++) {
    let time = 0;
    let surplus = reserve;
    for (;;) {
      const wait = -Math.log1p(-prng.uniform()) / claimRate;
      time += wait;
      if (time > horizon) {
        break;
      }
      surplus += premiumRate * wait - severity.draw(prng);
      if (surplus < 0) {
        ruined++;
        break;
      }
    }
    if ((path + 1) % 1000 === 0) {
      yield (path + 1) / paths;
    }
  }
  const probability = ruined / paths;
  return { probability, standardError: Math.sqrt((probability * (1 - probability)) / paths) };
}
