import { z } from 'zod';

/** Figures of `countries/regional.json`: published by others, marked with who says them and how sure they are. */

const source = z.strictObject({ from: z.string(), at: z.string(), mark: z.enum(['V', 'M', 'S', 'P']) });
const country = z.string().regex(/^[A-Z]{2}$/);

export const regionalSchema = z.strictObject({
  $comment: z.string(),
  nationalSchemes: z.array(
    z.strictObject({
      id: z.string(),
      country,
      title: z.record(z.string(), z.string()),
      currency: z.string().regex(/^[A-Z]{3}$/),
      costPerMember: z.string().regex(/^\d+(\.\d+)?$/),
      costSource: source,
      members: z.int().min(1),
      membersSource: source,
    }),
  ),
  /** People born in one country who live in another. */
  migrants: z.array(z.strictObject({ home: country, host: country, people: z.int().min(1), source })),
  /** Members a scheme is published to have. */
  memberships: z.array(z.strictObject({ scheme: z.string(), people: z.int().min(1), source })),
});

export type RegionalFigures = z.output<typeof regionalSchema>;
