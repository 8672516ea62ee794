import { z } from 'zod';
import { lineStates } from './lines.ts';

/** What callers of the settlement routes send. */

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code in capitals');
const day = z.iso.date('must be a date like "2026-03-01"');
const amount = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, 'must be a decimal amount like "1600.00"');
const visit = z.enum(['other', 'referral', 'emergency']);
const id = z.uuid('must be an id of this node');

export const askSchema = z.strictObject({
  requestId,
  card: z.string().min(1, 'must not be empty').max(20_000, 'is too long for a card'),
  memberNumber: z.string().trim().min(1).max(64).optional(),
  careOn: day.optional(),
  visit,
});

export const claimSchema = z
  .strictObject({
    requestId,
    eligibility: id.optional(),
    uninsured: z.strictObject({ country }).optional(),
    claimNumber: z.string().trim().min(1, 'must not be empty').max(64),
    visit,
    care: z.enum(['in-patient', 'out-patient']),
    from: day,
    to: day,
    diagnoses: z
      .array(z.string().regex(/^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code like "B54"'))
      .min(1, 'must name at least one')
      .max(12),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code like "THB"'),
    lines: z
      .array(
        z.strictObject({
          code: z.string().trim().min(1).max(64),
          quantity: z.string().regex(/^\d{1,6}(\.\d{1,4})?$/, 'must be a number above zero'),
          unitPrice: amount,
        }),
      )
      .min(1, 'must have at least one line')
      .max(200),
  })
  .refine((claim) => (claim.eligibility === undefined) !== (claim.uninsured === undefined), {
    message: 'rests on an answer about cover, or is an emergency of someone without cover: one of the two',
    path: ['eligibility'],
  });

export const claimsQuery = z.object({
  partner: country.optional(),
  side: z.enum(['creditor', 'debtor', 'host']).optional(),
  waiting: z.enum(['ours', 'theirs', 'agreed']).optional(),
  statementId: id.optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
});

export const sendSchema = z.strictObject({ requestId, partner: country });
export const reverseSchema = z.strictObject({ requestId, claimId: id });

export const movesSchema = z.strictObject({
  requestId,
  moves: z
    .array(
      z.strictObject({
        claimId: id,
        line: z.int().min(1).max(10_000),
        state: z.enum(lineStates),
        amount: z
          .string()
          .regex(/^-?\d{1,15}(\.\d{1,6})?$/)
          .optional(),
        reason: z.string().trim().max(80).optional(),
        note: z.string().trim().max(500).optional(),
      }),
    )
    .min(1)
    .max(500),
});

export const decideSchema = z.strictObject({ requestId, partner: country, claimIds: z.array(id).max(500).optional() });

export const proposeSchema = z.strictObject({
  requestId,
  partner: country,
  agreement: z.string().max(200),
  period: z.string().regex(/^\d{4}-(Q[1-4]|\d{2})$/, 'must be a month like "2026-07" or a quarter like "2026-Q3"'),
});
export const signSchema = z.strictObject({ requestId, statementId: id });

export const rateSchema = z.strictObject({
  requestId,
  from: z.string().regex(/^[A-Z]{3}$/),
  to: z.string().regex(/^[A-Z]{3}$/),
  day,
  source: z.string().trim().min(1).max(64),
  value: z.string().regex(/^(?!0+(\.0+)?$)\d{1,12}(\.\d{1,12})?$/, 'must be a rate above zero, like "0.0285"'),
  at: z.iso.datetime('must be the time it was taken, like "2026-09-30T10:00:00Z"'),
});

export const correctRateSchema = rateSchema.extend({
  reason: z.string().trim().min(1, 'must say why').max(300),
});

export const paidSchema = z.strictObject({
  requestId,
  statementId: id,
  paidOn: day,
  reference: z.string().trim().min(1, 'must not be empty').max(120),
  amount,
});
export const receivedSchema = z.strictObject({ requestId, statementId: id, receivedOn: day, amount });

export const bornePaidSchema = z.strictObject({
  requestId,
  claimId: id,
  paidOn: day,
  reference: z.string().trim().min(1, 'must not be empty').max(120),
});
