import { invariant } from '../../base/invariant.ts';

/** Sizes of the four groups, in people. */
export interface SeirState {
  readonly susceptible: number;
  readonly exposed: number;
  readonly infectious: number;
  readonly recovered: number;
}

export interface SeirParameters {
  readonly reproductionNumber: number;
  /** Mean days from infection to becoming infectious; less than an hour counts as none: an SIR model. */
  readonly latentDays: number;
  readonly infectiousDays: number;
  /** Factor on transmission at a time in days, as a closure has; default 1. */
  readonly transmission?: (day: number) => number;
}

/** A solver for dy/dt = f(t, y) that writes f into `out`. */
export type Derivative = (t: number, y: Float64Array, out: Float64Array) => void;

/**
 * Integrates from `times[0]` by Dormand and Prince's 5(4) pair with step control, answering at every time.
 *
 * @returns one state a time, the first being `initial`.
 */
export function integrate(
  derivative: Derivative,
  initial: Float64Array,
  times: readonly number[],
  tolerance: { readonly relative: number; readonly absolute: number } = { relative: 1e-9, absolute: 1e-6 },
): Float64Array[] {
  const size = initial.length;
  const k = Array.from({ length: 7 }, () => new Float64Array(size));
  let y = initial.slice();
  const trial = new Float64Array(size);
  const next = new Float64Array(size);
  const results = [initial.slice()];
  let t = times[0]!;
  let step = (times.at(-1)! - t) / 1000 || 1;
  derivative(t, y, k[0]!);
  for (let target = 1; target < times.length; target++) {
    const end = times[target]!;
    invariant(end > t, 'the times of an integration increase');
    while (t < end) {
      const left = end - t;
      const h = Math.min(step, left);
      for (let stage = 1; stage < 7; stage++) {
        const row = DORMAND_PRINCE[stage]!;
        const into = stage === 6 ? next : trial;
        for (let i = 0; i < size; i++) {
          let sum = 0;
          for (let j = 0; j < stage; j++) {
            sum += row[j]! * k[j]![i]!;
          }
          into[i] = y[i]! + h * sum;
        }
        derivative(t + NODES[stage]! * h, into, k[stage]!);
      }
      let error = 0;
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j < 7; j++) {
          sum += ERROR_WEIGHTS[j]! * k[j]![i]!;
        }
        const allowed = tolerance.absolute + tolerance.relative * Math.max(Math.abs(y[i]!), Math.abs(next[i]!));
        error += ((h * sum) / allowed) ** 2;
      }
      error = Math.sqrt(error / size);
      const factor = error === 0 ? 5 : Math.min(5, Math.max(0.2, 0.9 * error ** -0.2));
      if (error <= 1) {
        t = h === left ? end : t + h;
        y.set(next);
        k[0]!.set(k[6]!);
        // A step cut short to meet a wanted time says nothing against the longer one.
        step = h < step ? Math.max(step, h * factor) : h * factor;
      } else {
        step = h * factor;
        invariant(t + step > t, 'the integration step vanished');
      }
    }
    results.push(y.slice());
    y = y.slice();
  }
  return results;
}

/** Deterministic SEIR in a closed, well-mixed population (Kermack and McKendrick 1927), sizes at each of `days`. */
export function solveSeir(initial: SeirState, parameters: SeirParameters, days: readonly number[]): SeirState[] {
  const { reproductionNumber, latentDays, infectiousDays } = parameters;
  const total = initial.susceptible + initial.exposed + initial.infectious + initial.recovered;
  const recovery = 1 / infectiousDays;
  const onset = latentDays >= SHORTEST_LATENCY_DAYS ? 1 / latentDays : 0;
  const beta = (reproductionNumber * recovery) / total;
  const transmission = parameters.transmission ?? (() => 1);
  const derivative: Derivative = (t, y, out) => {
    const infections = beta * transmission(t) * y[0]! * y[2]!;
    const becoming = onset > 0 ? onset * y[1]! : infections;
    out[0] = -infections;
    out[1] = onset > 0 ? infections - becoming : 0;
    out[2] = becoming - recovery * y[2]!;
    out[3] = recovery * y[2]!;
  };
  const start =
    onset > 0
      ? [initial.susceptible, initial.exposed, initial.infectious, initial.recovered]
      : [initial.susceptible, 0, initial.infectious + initial.exposed, initial.recovered];
  const tolerance = { relative: 1e-10, absolute: Math.max(total, 1) * 1e-13 };
  return integrate(derivative, Float64Array.from(start), days, tolerance).map((y) => ({
    susceptible: y[0]!,
    exposed: y[1]!,
    infectious: y[2]!,
    recovered: y[3]!,
  }));
}

/**
 * Share of those susceptible at the start who are ever infected: the root of z = 1 − exp(−R0 (s₀ z + i₀)), by Newton.
 *
 * @param susceptibleShare s₀, share of the population susceptible at the start.
 * @param infectedShare i₀, share infected at the start.
 */
export function finalSize(reproductionNumber: number, susceptibleShare = 1, infectedShare = 0): number {
  if (reproductionNumber * susceptibleShare <= 1 && infectedShare === 0) {
    return 0;
  }
  let z = 1;
  for (let i = 0; i < 200; i++) {
    const escaped = Math.exp(-reproductionNumber * (susceptibleShare * z + infectedShare));
    const value = z - 1 + escaped;
    const slope = 1 - reproductionNumber * susceptibleShare * escaped;
    const next = z - value / slope;
    if (Math.abs(next - z) < 1e-15) {
      return next;
    }
    z = next;
  }
  return z;
}

/** Shorter latencies change nothing that can be seen and make the equations stiff. */
const SHORTEST_LATENCY_DAYS = 1 / 24;

const NODES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const DORMAND_PRINCE: readonly (readonly number[])[] = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR_WEIGHTS = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
