import { roundingModel } from '../../kernel/models/mobility/disclosure.model.ts';
import { fitGravity } from '../../kernel/models/mobility/gravity.ts';
import {
  effectiveDistanceModel,
  flowFitModel,
  gravityModel,
  radiationModel,
} from '../../kernel/models/mobility/movement.model.ts';
import { runModel } from '../../kernel/models/model.ts';
import { fitGlm } from '../../kernel/models/numeric/glm.ts';
import { matrixFromColumns } from '../../kernel/models/numeric/linalg.ts';
import { equal, numberIn, same, vectorRows } from './epidemic/data.ts';
import type { Suite } from './suite.ts';

/** Migration between the nine regions of Austria: R's glm and igraph, and the figures of the domain sheet. */
const pairs = vectorRows('gravity/austria_migration_72.csv').map((row) => ({
  origin: row.origin!,
  destination: row.destination!,
  flow: numberIn(row, 'flow'),
  distance: numberIn(row, 'dist_km'),
  originMass: numberIn(row, 'o_var'),
  destinationMass: numberIn(row, 'd_var'),
}));
const regions = [...new Set(pairs.map((pair) => pair.origin))].sort();
const coefficients = vectorRows('gravity/expected_austria_glm_coefficients.csv');
const fittedFlows = vectorRows('gravity/expected_austria_fitted_flows.csv');

const forms = [
  ['unconstrained_exp', 'unconstrained', 'exponential'],
  ['unconstrained_pow', 'unconstrained', 'power'],
  ['production_exp', 'production', 'exponential'],
  ['attraction_exp', 'attraction', 'exponential'],
  ['doubly_exp', 'doubly', 'exponential'],
  ['doubly_pow', 'doubly', 'power'],
] as const;

/** Their name of a coefficient in our words. */
function termName(theirs: string): string {
  return theirs
    .replace('(Intercept)', 'constant')
    .replace(/^factor\((origin|destination)\)/, '$1 ')
    .replace('log(o_var)', 'ln origin mass')
    .replace('log(d_var)', 'ln destination mass')
    .replace('log(dist_km)', 'ln distance')
    .replace('dist_km', 'distance');
}

const suite: Suite = {
  name: 'mobility',
  cases: () => [
    ...forms.map(([model, form, deterrence]) => ({
      name: `gravity, ${form}, ${deterrence}: every coefficient, error and flow`,
      check: () => {
        const rows = new Map(runModel(gravityModel, { pairs, form, deterrence }).map((row) => [row.name, row]));
        const expected = coefficients.filter((row) => row.model === model);
        equal(expected.length > 3, true, 'coefficients to compare');
        for (const theirs of expected) {
          const ours = rows.get(termName(theirs.term!));
          same(ours?.value ?? null, numberIn(theirs, 'estimate'), 1e-6, theirs.term!);
          same(ours?.se ?? null, numberIn(theirs, 'se'), 1e-6, `error of ${theirs.term}`);
        }
        const flows = runModel(gravityModel, { pairs, form, deterrence, report: 'flows' });
        for (const [i, theirs] of fittedFlows.entries()) {
          same(flows[i]!.value, numberIn(theirs, `fit_${model}`), 1e-6, `${theirs.origin} to ${theirs.destination}`);
        }
      },
    })),
    {
      name: 'gravity, unconstrained: deviance 19,806.4087, AIC 20,395.0854, D² .887139, SRMSE .620631, CPC .818636',
      check: () => {
        const fit = fitGravity(pairs, 'unconstrained', 'exponential');
        same(fit.deviance, 19_806.4087, 1e-8, 'deviance');
        same(fit.aic, 20_395.0854, 1e-8, 'AIC');
        same(fit.explainedDeviance, 0.887139, 1e-6, 'explained deviance');
        same(fit.standardisedRmse, 0.620631, 1e-6, 'standardised RMSE');
        same(fit.commonPart, 0.818636, 1e-6, 'common part');
      },
    },
    {
      name: 'gravity, doubly constrained: β −.007915333, deviance 9,360.4825, both margins kept',
      check: () => {
        const fit = fitGravity(pairs, 'doubly', 'exponential');
        same(fit.terms.at(-1)!.estimate, -0.007915333, 1e-8, 'β');
        same(fit.deviance, 9360.4825, 1e-8, 'deviance');
        for (const side of ['origin', 'destination'] as const) {
          for (const region of regions) {
            const sum = (values: (i: number) => number) =>
              pairs.reduce((total, pair, i) => total + (pair[side] === region ? values(i) : 0), 0);
            same(
              sum((i) => fit.fitted[i]!),
              sum((i) => pairs[i]!.flow),
              1e-6,
              `${side} ${region}`,
            );
          }
        }
      },
    },
    {
      name: 'distance alone, without a constant',
      check: () => {
        const fit = fitGlm({
          design: matrixFromColumns([pairs.map((pair) => Math.log(pair.distance))]),
          response: pairs.map((pair) => pair.flow),
          family: 'poisson',
        });
        const theirs = coefficients.find((row) => row.model === 'base_pow_noconst')!;
        same(fit.coefficients[0]!, numberIn(theirs, 'estimate'), 1e-6, 'estimate');
        for (const [i, row] of fittedFlows.entries()) {
          same(fit.fitted[i]!, numberIn(row, 'fit_base_pow_noconst'), 1e-6, `${row.origin} to ${row.destination}`);
        }
      },
    },
    {
      name: 'effective distances of all regions; AT11 to AT12 2.267184',
      check: () => {
        const rows = runModel(effectiveDistanceModel, {
          flows: pairs.map((pair) => ({ from: pair.origin, to: pair.destination, flow: pair.flow })),
        });
        const distance = (from: string, to: string) =>
          rows.find((row) => row.from === from && row.to === to)!.effectiveDistance;
        same(distance('AT11', 'AT12'), 2.267184, 1e-6, 'AT11 to AT12');
        for (const theirs of vectorRows('gravity/expected_effective_distance_igraph.csv')) {
          for (const to of regions) {
            same(distance(theirs['']!, to), numberIn(theirs, to), 1e-9, `${theirs['']} to ${to}`);
          }
        }
      },
    },
    {
      name: 'effective length of a link: P .2 gives 2.609, P .05 gives 3.996',
      check: () => {
        const rows = runModel(effectiveDistanceModel, {
          flows: [
            { from: 'A', to: 'B', flow: 20 },
            { from: 'A', to: 'C', flow: 5 },
            { from: 'A', to: 'D', flow: 75 },
          ],
          from: 'A',
        });
        same(rows.find((row) => row.to === 'B')!.effectiveDistance, 2.609, 1e-3, '.2');
        same(rows.find((row) => row.to === 'C')!.effectiveDistance, 3.996, 1e-3, '.05');
      },
    },
    {
      name: 'radiation on Austria: every flow, common part .71694',
      check: () => {
        const places = regions.map((name) => ({
          name,
          population: pairs.find((pair) => pair.origin === name)!.originMass,
          travellers: pairs.reduce((sum, pair) => sum + (pair.origin === name ? pair.flow : 0), 0),
        }));
        const distances = pairs.map((pair) => ({ from: pair.origin, to: pair.destination, distance: pair.distance }));
        const rows = runModel(radiationModel, { places, distances, finite: false });
        const flow = (from: string, to: string) => rows.find((row) => row.from === from && row.to === to)?.flow ?? 0;
        for (const theirs of vectorRows('gravity/radiation_reference_austria_R.csv')) {
          for (const to of regions) {
            same(flow(theirs['']!, to), numberIn(theirs, to), 1e-9, `${theirs['']} to ${to}`);
          }
        }
        const [fit] = runModel(flowFitModel, {
          flows: pairs.map((pair) => ({ observed: pair.flow, modelled: flow(pair.origin, pair.destination) })),
        });
        same(fit!.commonPart, 0.71694, 1e-5, 'common part');
      },
    },
    {
      name: 'radiation by hand: 1000 travellers, 50,000 and 20,000 people, 30,000 between: 125',
      check: () => {
        const rows = runModel(radiationModel, {
          places: [
            { name: 'A', population: 50_000, travellers: 1000 },
            { name: 'B', population: 20_000, travellers: 0 },
            { name: 'C', population: 30_000, travellers: 0 },
          ],
          distances: [
            { from: 'A', to: 'B', distance: 40 },
            { from: 'A', to: 'C', distance: 25 },
            { from: 'B', to: 'C', distance: 30 },
          ],
          finite: false,
        });
        same(rows.find((row) => row.from === 'A' && row.to === 'B')!.flow, 125, 1e-12, 'flow');
      },
    },
    {
      name: 'rounding that adds up: 59/20/21 % of 55,828 and 57/43 % of 8,092',
      check: () => {
        const rounded = (shares: readonly number[], total: number) =>
          runModel(roundingModel, { parts: shares.map((value, i) => ({ name: `part ${i}`, value })), total }).map(
            (row) => row.rounded,
          );
        equal(rounded([59, 20, 21], 55_828), [32_938, 11_166, 11_724], '55,828');
        equal(rounded([57, 43], 8092), [4612, 3480], '8,092');
      },
    },
  ],
};

export default suite;
