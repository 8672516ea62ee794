import { z } from 'zod';
import { defineModel } from '../model.ts';
import { buhlmannStraub } from './credibility.ts';
import { fields, labelText, quantity } from './inputs.ts';

const observation = quantity('An observation', { atLeast: -1e15, atMost: 1e15 }, 'Claims per unit of exposure');
const weight = quantity('An exposure', { atLeast: 0, atMost: 1e15 }, 'Exposure, as members or member-years');

export const credibilityModel = defineModel({
  name: 'credibility',
  family: 'actuarial',
  title: 'Group premiums between own and common experience (Bühlmann, Bühlmann–Straub)',
  input: fields({
    groups: z
      .array(
        fields({
          name: labelText('A group’s name', 'Name of the group, as an employer, a district or a scheme'),
          observations: z
            .array(observation, { error: 'The observations must be a list of numbers.' })
            .min(1, { error: 'A group needs at least one observation.' })
            .max(10_000, { error: 'A group has at most 10,000 observations.' })
            .describe('Claims per unit of exposure, one for each period'),
          exposures: z
            .array(weight, { error: 'The exposures must be a list of numbers.' })
            .max(10_000, { error: 'A group has at most 10,000 exposures.' })
            .optional()
            .describe('Exposure of each period; left out, every period counts as one (Bühlmann)'),
        }).superRefine((group, context) => {
          if (group.exposures && group.exposures.length !== group.observations.length) {
            context.addIssue({
              code: 'custom',
              path: ['exposures'],
              message: 'There must be one exposure for each observation.',
            });
          }
        }),
        { error: 'The groups must be a list.' },
      )
      .min(2, { error: 'Credibility needs at least two groups to compare.' })
      .max(100_000, { error: 'There may be at most 100,000 groups: price small ones together.' })
      .superRefine((groups, context) => {
        if (!groups.some((g) => g.observations.filter((_, t) => (g.exposures?.[t] ?? 1) > 0).length > 1)) {
          context.addIssue({
            code: 'custom',
            message: 'At least one group needs two observed periods, or nothing tells chance from difference.',
          });
        }
      })
      .describe('The groups to be priced'),
  }),
  example: {
    groups: [
      { name: 'construction', observations: [520, 480, 610, 590] },
      { name: 'fishing', observations: [700, 760, 640, 740] },
      { name: 'domestic work', observations: [430, 390, 460, 480] },
    ],
  },
  columns: [
    { name: 'group', description: 'Group, or (all) for the structure parameters' },
    { name: 'exposure', description: 'Total exposure' },
    { name: 'ownMean', description: 'Own experience; for (all) the collective mean', unit: 'claims per exposure' },
    { name: 'credibility', description: 'Weight Z of own experience, 0 to 1' },
    { name: 'premium', description: 'Credibility premium', unit: 'claims per exposure' },
    { name: 'withinVariance', description: 'Expected process variance' },
    { name: 'betweenVariance', description: 'Variance of the groups’ true means; 0 where not positive' },
    { name: 'k', description: 'Exposure at which Z is one half; null where there is no difference between groups' },
  ],
  *run({ groups }) {
    const fit = buhlmannStraub(
      groups.map((g) => g.observations),
      groups.map((g) => g.exposures ?? g.observations.map(() => 1)),
    );
    yield 0.9;
    return [
      ...groups.map((group, i) => ({
        group: group.name,
        exposure: fit.groupWeight[i]!,
        ownMean: fit.groupMean[i]!,
        credibility: fit.credibility[i]! as number | null,
        premium: fit.premium[i]! as number | null,
        withinVariance: null as number | null,
        betweenVariance: null as number | null,
        k: null as number | null,
      })),
      {
        group: '(all)',
        exposure: fit.groupWeight.reduce((a, b) => a + b, 0),
        ownMean: fit.collectiveMean,
        credibility: null,
        premium: null,
        withinVariance: fit.withinVariance,
        betweenVariance: fit.betweenVariance,
        k: Number.isFinite(fit.k) ? fit.k : null,
      },
    ];
  },
});
