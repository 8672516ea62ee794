import { factoriseCholesky, invertCholesky, matrixFromColumns, multiplyVector, zeroMatrix } from '../numeric/linalg.ts';
import { logGamma } from '../numeric/special.ts';
import {
  type Deterrence,
  type FlowPair,
  fitGravity,
  type GravityFit,
  type GravityForm,
  type GravityTerm,
} from './gravity.ts';
import { compareFlows } from './statistics.ts';

/** Work of the dense regression (rows × columns²) above which places are partialled out instead. */
const DENSE_WORK = 1e8;

/**
 * {@link fitGravity} for any number of places: the same maximum of the same likelihood.
 *
 * Where a column a place would be too many, the effects of the places are partialled out of every least-squares step by
 * sweeping weighted means of origins and destinations in turn until nothing is left to sweep (Correia, Guimarães and
 * Zylkin 2020, Stata J 20:95). Coefficients of masses and distance keep their standard errors; effects of places have none.
 */
export function* fitGravityInTurns(
  pairs: readonly FlowPair[],
  form: GravityForm,
  deterrence: Deterrence,
): Generator<number, GravityFit> {
  const places = new Set(pairs.map((pair) => pair.origin)).size + new Set(pairs.map((pair) => pair.destination)).size;
  if (form === 'unconstrained' || pairs.length * places ** 2 <= DENSE_WORK) {
    yield 0;
    return fitGravity(pairs, form, deterrence);
  }
  return yield* fitPartialled(pairs, form, deterrence);
}

interface Side {
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** Exported for its test against the dense regression. */
export function* fitPartialled(
  pairs: readonly FlowPair[],
  form: Exclude<GravityForm, 'unconstrained'>,
  deterrence: Deterrence,
): Generator<number, GravityFit> {
  const n = pairs.length;
  const sides: Side[] = [];
  if (form !== 'attraction') {
    sides.push(sideOf(pairs.map((pair) => pair.origin)));
  }
  if (form !== 'production') {
    sides.push(sideOf(pairs.map((pair) => pair.destination)));
  }
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const add = (name: string, value: (pair: FlowPair) => number) => {
    names.push(name);
    columns.push(Float64Array.from(pairs, value));
  };
  if (form === 'attraction') {
    add('ln origin mass', (pair) => Math.log(pair.originMass!));
  } else if (form === 'production') {
    add('ln destination mass', (pair) => Math.log(pair.destinationMass!));
  }
  const power = deterrence === 'power';
  add(power ? 'ln distance' : 'distance', (pair) => (power ? Math.log(pair.distance) : pair.distance));

  const flow = Float64Array.from(pairs, (pair) => pair.flow);
  const mean = flow.map((y) => y + 0.1);
  const eta = mean.map(Math.log);
  const working = new Float64Array(n);
  const swept = columns.map((column) => column.slice());
  let slopes = new Float64Array(columns.length);
  let errors = new Float64Array(columns.length);
  let deviance = poissonDeviance(flow, mean);
  let converged = false;
  for (let iteration = 0; iteration < 50 && !converged; iteration++) {
    for (let i = 0; i < n; i++) {
      working[i] = eta[i]! + (flow[i]! - mean[i]!) / mean[i]!;
    }
    const left = sweep(working, mean, sides);
    // What was swept of a column last time is still its own combination of places: going on from there is quicker.
    for (const column of swept) {
      column.set(sweep(column, mean, sides));
    }
    const gram = zeroMatrix(columns.length, columns.length);
    const right = new Float64Array(columns.length);
    for (const [j, a] of swept.entries()) {
      for (const [k, b] of swept.entries()) {
        gram.values[k * columns.length + j] = weightedProduct(a, b, mean);
      }
      right[j] = weightedProduct(a, left, mean);
    }
    const factor = factoriseCholesky(gram);
    if (!factor) {
      break;
    }
    const inverse = invertCholesky(factor);
    slopes = Float64Array.from(multiplyVector(inverse, right));
    errors = slopes.map((_, j) => Math.sqrt(inverse.values[j * columns.length + j]!));
    const explained = multiplyVector(matrixFromColumns(swept), slopes);
    for (let i = 0; i < n; i++) {
      eta[i] = working[i]! - (left[i]! - explained[i]!);
      mean[i] = Math.max(Math.exp(eta[i]!), Number.EPSILON);
    }
    const next = poissonDeviance(flow, mean);
    converged = Math.abs(next - deviance) / (Math.abs(next) + 0.1) < 1e-10;
    deviance = next;
    yield Math.min(0.95, (iteration + 1) / 12);
  }
  const total = flow.reduce((a, b) => a + b, 0);
  const nullDeviance = poissonDeviance(flow, new Float64Array(n).fill(total / n));
  let logLikelihood = 0;
  for (let i = 0; i < n; i++) {
    logLikelihood += flow[i]! * Math.log(mean[i]!) - mean[i]! - logGamma(flow[i]! + 1);
  }
  const places = sides.reduce((sum, side) => sum + side.names.length, 0);
  const rank = columns.length + places - (sides.length - 1);
  const terms = [
    ...placeTerms(form, sides, pairs, eta, columns, slopes),
    ...names.map((name, j) => ({ name, estimate: slopes[j]!, se: errors[j]! })),
  ];
  return {
    terms,
    fitted: mean,
    deviance,
    nullDeviance,
    aic: -2 * logLikelihood + 2 * rank,
    explainedDeviance: 1 - deviance / nullDeviance,
    converged,
    ...compareFlows(flow, mean),
  };
}

function sideOf(places: readonly string[]): Side {
  const names = [...new Set(places)].sort();
  const index = new Map(names.map((name, i) => [name, i]));
  return { names, of: Int32Array.from(places, (place) => index.get(place)!) };
}

/** `values` less its weighted means by place, of each side in turn, until they no longer change. */
function sweep(values: Float64Array, weights: Float64Array, sides: readonly Side[]): Float64Array {
  const left = values.slice();
  const scale = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length) || 1;
  for (let round = 0; round < 5000; round++) {
    let largest = 0;
    for (const side of sides) {
      const sum = new Float64Array(side.names.length);
      const weight = new Float64Array(side.names.length);
      for (let i = 0; i < left.length; i++) {
        const place = side.of[i]!;
        sum[place]! += weights[i]! * left[i]!;
        weight[place]! += weights[i]!;
      }
      for (let place = 0; place < sum.length; place++) {
        sum[place]! /= weight[place]!;
        largest = Math.max(largest, Math.abs(sum[place]!));
      }
      for (let i = 0; i < left.length; i++) {
        left[i]! -= sum[side.of[i]!]!;
      }
    }
    if (sides.length === 1 || largest <= 1e-11 * scale) {
      break;
    }
  }
  return left;
}

function weightedProduct(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += weights[i]! * a[i]! * b[i]!;
  }
  return sum;
}

/** Effects of the places, named and normalised as the dense regression has them. */
function placeTerms(
  form: GravityForm,
  sides: readonly Side[],
  pairs: readonly FlowPair[],
  eta: Float64Array,
  columns: readonly Float64Array[],
  slopes: Float64Array,
): GravityTerm[] {
  const rest = eta.map((value, i) => value - columns.reduce((sum, column, j) => sum + column[i]! * slopes[j]!, 0));
  const term = (name: string, estimate: number) => ({ name, estimate, se: Number.NaN });
  const [first, second] = sides;
  const effects = first!.names.map(() => Number.NaN);
  if (!second) {
    for (const [i, value] of rest.entries()) {
      effects[first!.of[i]!] = value;
    }
    const word = form === 'production' ? 'origin' : 'destination';
    return first!.names.map((name, k) => term(`${word} ${name}`, effects[k]!));
  }
  // rest = origin effect + destination effect: known from the first origin on, along the pairs.
  const others = second.names.map(() => Number.NaN);
  effects[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < pairs.length; i++) {
      const a = first!.of[i]!;
      const b = second.of[i]!;
      if (Number.isNaN(effects[a]!) !== Number.isNaN(others[b]!)) {
        if (Number.isNaN(effects[a]!)) {
          effects[a] = rest[i]! - others[b]!;
        } else {
          others[b] = rest[i]! - effects[a]!;
        }
        changed = true;
      }
    }
  }
  const base = others[0]!;
  return [
    term('constant', base),
    ...first!.names.slice(1).map((name, k) => term(`origin ${name}`, effects[k + 1]!)),
    ...second.names.slice(1).map((name, k) => term(`destination ${name}`, others[k + 1]! - base)),
  ];
}

function poissonDeviance(observed: Float64Array, mean: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) {
    const y = observed[i]!;
    const mu = mean[i]!;
    sum += y > 0 ? y * Math.log(y / mu) - (y - mu) : mu;
  }
  return 2 * sum;
}
