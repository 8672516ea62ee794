import { z } from 'zod';

/** What a generated year is made of: `countries/<cc>/year.json`. Data, so that another country's year is another file. */
const share = z.number().min(0).max(1);

export const yearPlanSchema = z.strictObject({
  $comment: z.string().optional(),
  seed: z.int(),
  /** People insured by a partner's fund who are treated here: in the quarter that is settled, and in the one that is open. */
  fromAbroad: z.strictObject({
    settledQuarter: z.int().min(0).max(1000),
    openQuarter: z.int().min(0).max(1000),
  }),
  schemes: z
    .array(
      z.strictObject({
        scheme: z.string(),
        /** People enrolled, dependants too: some left, lapsed or never paid, so fewer are covered on the last day. */
        members: z.int().min(1).max(1_000_000),
        femaleShare: share,
        /** Entitlement category of these members, as the scheme names it. */
        entitlement: z.string(),
        /** Share enrolled by an employer; the rest joins alone or with its family. */
        employerShare: share,
        /** Share of holders who bring their family into the policy. */
        familyShare: share,
        /** Languages of the names, by weight. */
        names: z.array(z.tuple([z.string(), z.number().positive()])).min(1),
        industries: z.array(z.tuple([z.string(), z.number().positive()])),
        channels: z.array(
          z.tuple([z.enum(['cash', 'agent', 'mobile-money', 'payroll', 'bank']), z.number().positive()]),
        ),
        /** Monthly wage in the scheme's currency: mean and standard deviation. */
        wage: z.tuple([z.number().positive(), z.number().positive()]),
        renewsShare: share,
        neverPaysShare: share,
        paysLateShare: share,
        /** Employers drawn by lot are written to, and enrol more of their workers than they would have. */
        campaign: z
          .strictObject({
            name: z.string().min(1),
            /** Days before the year's end. */
            begins: z.int().min(1),
            ends: z.int().min(0),
            /** What the campaign truly does: the share of an employer's workers who enrol because of it. */
            lift: share,
          })
          .optional(),
        /** What a donor gives the scheme each quarter, as a percentage of what was contributed in it. */
        grant: z.strictObject({ reference: z.string().min(1), percent: z.number().positive().max(100) }).optional(),
        /** Where care is had: provider codes with weights. */
        providers: z.array(z.tuple([z.string(), z.number().positive()])).min(1),
      }),
    )
    .min(1),
});

export type YearPlan = z.output<typeof yearPlanSchema>;
export type SchemePlan = YearPlan['schemes'][number];
