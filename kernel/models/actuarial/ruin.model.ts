import { defineModel } from '../model.ts';
import { severityInput, severityOf } from './families.ts';
import { fields, listOf, quantity } from './inputs.ts';
import {
  adjustmentCoefficient,
  exponentialRuin,
  mixtureOfExponentials,
  momentTransform,
  phaseTypeRuin,
  simulateRuin,
} from './ruin.ts';

const positive = (what: string, description: string) => quantity(what, { atLeast: 1e-6, atMost: 1e12 }, description);

/** About ten minutes on one core. */
const MOST_CLAIMS = 1e10;

export const ruinModel = defineModel({
  name: 'ruin',
  family: 'actuarial',
  title: 'How likely the reserve is ever used up: closed forms, Lundberg’s bound, simulation',
  input: fields({
    reserves: listOf(
      quantity('A reserve', { atLeast: 0, atMost: 1e15 }, 'Initial reserve, money'),
      'The reserves',
      'Initial reserves to try',
      1,
      1000,
      'Ask for the others in another run.',
    ),
    claimRate: positive('The claim rate', 'Expected claims a year').default(1),
    loading: quantity('The loading', { atLeast: 1e-6, atMost: 100 }, 'θ: premium = (1 + θ) × expected claims'),
    severity: severityInput.optional(),
    exponentialMixture: fields({
      weights: listOf(quantity('A weight', { atLeast: 0, atMost: 1 }, 'Probability'), 'The weights', 'Weights', 1, 20),
      means: listOf(positive('A mean', 'Mean of the exponential, money'), 'The means', 'Means', 1, 20),
    })
      .superRefine(({ weights, means }, context) => {
        if (weights.length !== means.length || Math.abs(weights.reduce((a, b) => a + b, 0) - 1) > 1e-9) {
          context.addIssue({
            code: 'custom',
            message: 'There must be one weight for each mean, and the weights must sum to 1.',
          });
        }
      })
      .optional()
      .describe('Claims as a mixture of exponentials (phase-type: exact in infinite time)'),
    horizon: positive('The horizon', 'Years simulated').default(10),
    paths: quantity(
      'The paths',
      { atLeast: 0, atMost: 10_000_000, whole: true },
      'Paths simulated; 0 for none',
    ).default(10_000),
  }).superRefine((input, context) => {
    const claims = input.claimRate * input.horizon * input.paths * input.reserves.length;
    if (claims > MOST_CLAIMS) {
      context.addIssue({
        code: 'custom',
        path: ['paths'],
        message: `This would simulate up to ${claims.toPrecision(2)} claims; at most ${MOST_CLAIMS} are. Take fewer paths or a shorter horizon.`,
      });
    }
    if ((input.severity === undefined) === (input.exponentialMixture === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['severity'],
        message: 'Give the claims either as a severity or as an exponential mixture.',
      });
    } else if (input.severity && !Number.isFinite(severityOf(input.severity).mean)) {
      context.addIssue({
        code: 'custom',
        path: ['severity'],
        message: 'This severity has no finite mean, so no premium can carry it.',
      });
    }
  }),
  example: {
    reserves: [0, 1000, 5000, 10_000],
    claimRate: 2.1,
    loading: 0.2,
    severity: { family: 'exponential', mean: 310 },
    paths: 2000,
  },
  columns: [
    { name: 'reserve', description: 'Initial reserve', unit: 'money' },
    { name: 'exact', description: 'Probability of ruin ever, in closed form; null where the claims have none' },
    { name: 'adjustmentCoefficient', description: 'Lundberg’s R; null for heavy tails', unit: '1/money' },
    { name: 'lundbergBound', description: 'e^(−R·reserve), never below the exact value' },
    { name: 'simulated', description: 'Share of simulated paths ruined within the horizon' },
    { name: 'simulatedSe', description: 'Its standard error' },
  ],
  *run(input, { prng }) {
    const mixture = input.exponentialMixture;
    const severity = input.severity && severityOf(input.severity);
    const mean = mixture ? mixture.weights.reduce((sum, w, i) => sum + w * mixture.means[i]!, 0) : severity!.mean;
    const premiumRate = (1 + input.loading) * input.claimRate * mean;
    const phases =
      mixture &&
      mixtureOfExponentials(
        mixture.weights,
        mixture.means.map((m) => 1 / m),
      );
    const exact = phases
      ? phaseTypeRuin(phases, mixtureOfExponentials([1], [input.claimRate]), premiumRate)
      : severity!.name === 'exponential'
        ? (u: number) => exponentialRuin(u, mean, input.loading)
        : undefined;
    const transform = (r: number) => {
      if (!mixture) {
        return momentTransform(severity!, r);
      }
      return mixture.weights.reduce((sum, w, i) => {
        const x = 1 - r * mixture.means[i]!;
        return w === 0 ? sum : x > 0 ? sum + w / x : Number.NaN;
      }, 0);
    };
    const r = adjustmentCoefficient(transform, mean, input.loading);
    const draws = severity ?? {
      draw: (p: typeof prng) => {
        let u = p.uniform();
        let i = 0;
        while (i < mixture!.weights.length - 1 && u >= mixture!.weights[i]!) {
          u -= mixture!.weights[i]!;
          i++;
        }
        return -mixture!.means[i]! * Math.log1p(-p.uniform());
      },
    };
    const rows = [];
    for (const [i, reserve] of input.reserves.entries()) {
      let simulated: number | null = null;
      let simulatedSe: number | null = null;
      if (input.paths > 0) {
        const run = simulateRuin(
          {
            reserve,
            claimRate: input.claimRate,
            premiumRate,
            severity: draws,
            horizon: input.horizon,
            paths: input.paths,
          },
          prng,
        );
        let step = run.next();
        while (!step.done) {
          yield (i + step.value) / input.reserves.length;
          step = run.next();
        }
        simulated = step.value.probability;
        simulatedSe = step.value.standardError;
      }
      rows.push({
        reserve,
        exact: exact ? exact(reserve) : null,
        adjustmentCoefficient: Number.isNaN(r) ? null : r,
        lundbergBound: Number.isNaN(r) ? null : Math.exp(-r * reserve),
        simulated,
        simulatedSe,
      });
    }
    return rows;
  },
});
