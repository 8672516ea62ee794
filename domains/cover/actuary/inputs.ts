import { quantity } from '@serai/kernel/models/actuarial/inputs.ts';
import { z } from 'zod';

/** Fields that inputs of studies share; each says what is allowed when it is not met. */

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"');

export const seed = z
  .int('must be a whole number')
  .min(0, 'must be 0 or more')
  .max(2 ** 31 - 1, 'is too large')
  .default(1);
export const ofScheme = {
  schemeId: z.string().min(1, 'must name a scheme').max(100, 'must be at most 100 characters'),
  from: month,
  to: month,
  seed,
};

export const share = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1 }, description);
export { quantity };

/** What capital and prices are reckoned with, where a study has them. */
export const riskTerms = {
  commonShockSd: share(
    'The common shock',
    'Standard deviation of a factor that moves everyone’s cost together',
  ).default(0.08),
  level: quantity('The level', { atLeast: 0.5, below: 1 }, 'One-year level of the capital').default(0.995),
  costOfCapital: share('The cost of capital', 'Yearly, as a share').default(0.06),
  loading: share('The loading', 'Of the premium over expected claims').default(0.05),
};

/** Codes an actuary types with commas between; nothing typed is none. */
export const list = (each: RegExp, mistake: string) =>
  z
    .string('must be a text')
    .max(500, 'must be at most 500 characters')
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .pipe(z.array(z.string().regex(each, mistake)).max(50, 'must be at most 50'));
