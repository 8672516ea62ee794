import { invariant } from '../../base/invariant.ts';
import { fitGlm, type GlmFit, glmNullDeviance, glmStandardErrors } from '../numeric/glm.ts';
import { matrixFromColumns } from '../numeric/linalg.ts';
import { logGamma } from '../numeric/special.ts';
import { compareFlows, type FlowFit } from './statistics.ts';

export type GravityForm = 'unconstrained' | 'production' | 'attraction' | 'doubly';
/** How flow falls with distance: exp(β d) or d^β. */
export type Deterrence = 'exponential' | 'power';

export interface FlowPair {
  readonly origin: string;
  readonly destination: string;
  readonly flow: number;
  /** Above zero for `power`. */
  readonly distance: number;
  /** Size of the origin (people, jobs, outflow), above zero; unused where the origin has its own effect. */
  readonly originMass?: number;
  readonly destinationMass?: number;
}

export interface GravityTerm {
  readonly name: string;
  readonly estimate: number;
  /** NaN where the form was solved without them (see {@link fitGravity}). */
  readonly se: number;
}

export interface GravityFit extends FlowFit {
  readonly terms: readonly GravityTerm[];
  /** Modelled flow of each pair, in their order. */
  readonly fitted: Float64Array;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly aic: number;
  /** 1 − deviance / null deviance. */
  readonly explainedDeviance: number;
  readonly converged: boolean;
}

/**
 * Gravity models fitted as Poisson regressions (Flowerdew and Aitkin 1982; Wilson 1971 for the constrained family):
 * ln μ_ij = k + α ln m_i + γ ln n_j + β f(d_ij), where a constrained side has one effect a place instead of its mass.
 * Production-constrained flows add up to the observed outflow of every origin, attraction-constrained to the inflow of
 * every destination, doubly constrained to both: the score equations of those effects say just that.
 */
export function fitGravity(pairs: readonly FlowPair[], form: GravityForm, deterrence: Deterrence): GravityFit {
  const columns: number[][] = [];
  const names: string[] = [];
  const add = (name: string, value: (pair: FlowPair) => number) => {
    names.push(name);
    columns.push(pairs.map(value));
  };
  const effects = (side: 'origin' | 'destination', skipFirst: boolean) => {
    const places = [...new Set(pairs.map((pair) => pair[side]))].sort();
    for (const place of skipFirst ? places.slice(1) : places) {
      add(`${side} ${place}`, (pair) => (pair[side] === place ? 1 : 0));
    }
  };
  if (form === 'unconstrained' || form === 'doubly') {
    add('constant', () => 1);
  }
  if (form === 'production' || form === 'doubly') {
    effects('origin', form === 'doubly');
  } else if (form === 'unconstrained') {
    add('ln origin mass', (pair) => Math.log(pair.originMass!));
  }
  if (form === 'attraction' || form === 'doubly') {
    effects('destination', form === 'doubly');
  }
  if (form === 'attraction') {
    add('ln origin mass', (pair) => Math.log(pair.originMass!));
  } else if (form !== 'doubly') {
    add('ln destination mass', (pair) => Math.log(pair.destinationMass!));
  }
  add(deterrence === 'power' ? 'ln distance' : 'distance', (pair) =>
    deterrence === 'power' ? Math.log(pair.distance) : pair.distance,
  );
  const response = pairs.map((pair) => pair.flow);
  const problem = { design: matrixFromColumns(columns), response, family: 'poisson' as const };
  const fit = fitGlm(problem);
  const errors = glmStandardErrors(fit);
  const nullDeviance = glmNullDeviance(problem);
  return {
    terms: names.map((name, j) => ({ name, estimate: fit.coefficients[j]!, se: errors[j]! })),
    fitted: fit.fitted,
    deviance: fit.deviance,
    nullDeviance,
    aic: poissonAic(fit),
    explainedDeviance: 1 - fit.deviance / nullDeviance,
    converged: fit.converged && fit.valid,
    ...compareFlows(response, fit.fitted),
  };
}

/** −2 log likelihood + 2 × rank. */
export function poissonAic(fit: GlmFit): number {
  invariant(fit.family === 'poisson', 'this criterion is for Poisson fits');
  let logLikelihood = 0;
  for (let i = 0; i < fit.response.length; i++) {
    const y = fit.response[i]!;
    logLikelihood += y * Math.log(fit.fitted[i]!) - fit.fitted[i]! - logGamma(y + 1);
  }
  return -2 * logLikelihood + 2 * fit.rank;
}
