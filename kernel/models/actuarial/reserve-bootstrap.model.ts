import { defineModel } from '../model.ts';
import { raaTriangle } from './chain-ladder.model.ts';
import { fields, labelText, listOf, oneOf, probabilityLevels, quantity } from './inputs.ts';
import { bootstrapMack, bootstrapOverDispersedPoisson } from './reserve-bootstrap.ts';
import { sorted, summarise, tailValueAtRisk, valueAtRisk } from './samples.ts';
import { triangleInput, triangleOf } from './triangle.ts';

export const reserveBootstrapModel = defineModel({
  name: 'reserve-bootstrap',
  family: 'actuarial',
  title: 'The whole distribution of claims still to come, by bootstrap (over-dispersed Poisson or Mack)',
  input: fields({
    triangle: triangleInput(),
    origins: listOf(
      labelText('An origin', 'Name of an origin period'),
      'The origins',
      'Names of the origin periods, first to last',
      1,
      500,
    ).optional(),
    method: oneOf(
      ['over-dispersed-poisson', 'mack'],
      'The method',
      'Which model the pseudo-triangles come from',
    ).default('over-dispersed-poisson'),
    process: oneOf(
      ['gamma', 'normal', 'none'],
      'The process distribution',
      'Distribution of the chance in each future cell',
    ).default('gamma'),
    replicates: quantity('The replicates', { atLeast: 100, atMost: 1_000_000, whole: true }, 'How many').default(
      10_000,
    ),
    levels: probabilityLevels([0.5, 0.75, 0.95, 0.995]),
  }),
  example: { triangle: raaTriangle, replicates: 2000 },
  columns: [
    { name: 'origin', description: 'Origin period, or total' },
    { name: 'measure', description: 'mean, se, estimation-se, var, tvar, or redrawn (pseudo-triangles drawn again)' },
    { name: 'level', description: 'Probability level of var and tvar' },
    { name: 'value', description: 'Claims still to come', unit: 'money' },
  ],
  *run(input, { prng }) {
    const triangle = triangleOf(input.triangle);
    const run =
      input.method === 'mack'
        ? bootstrapMack(triangle, input.replicates, input.process, prng)
        : bootstrapOverDispersedPoisson(triangle, input.replicates, input.process, prng);
    let step = run.next();
    while (!step.done) {
      yield step.value * 0.9;
      step = run.next();
    }
    const { reserves, estimates, redrawn, replicates } = step.value;
    const { origins } = triangle;
    const column = (from: Float64Array, origin: number) => {
      const values = new Float64Array(replicates);
      for (let b = 0; b < replicates; b++) {
        if (origin < origins) {
          values[b] = from[b * origins + origin]!;
        } else {
          for (let i = 0; i < origins; i++) {
            values[b] = values[b]! + from[b * origins + i]!;
          }
        }
      }
      return values;
    };
    const rows: { origin: string; measure: string; level: number | null; value: number }[] = [];
    for (let i = 0; i <= origins; i++) {
      const origin = i === origins ? 'total' : (input.origins?.[i] ?? String(i + 1));
      const values = column(reserves, i);
      const { mean, sd } = summarise(values);
      rows.push(
        { origin, measure: 'mean', level: null, value: mean },
        { origin, measure: 'se', level: null, value: sd },
        { origin, measure: 'estimation-se', level: null, value: summarise(column(estimates, i)).sd },
      );
      const ascending = sorted(values);
      for (const level of input.levels) {
        rows.push(
          { origin, measure: 'var', level, value: valueAtRisk(ascending, level) },
          { origin, measure: 'tvar', level, value: tailValueAtRisk(ascending, level) },
        );
      }
    }
    rows.push({ origin: 'total', measure: 'redrawn', level: null, value: redrawn });
    return rows;
  },
});
