import { isDay } from '@serai/kernel/base/days.ts';
import { type Money, parseMoney } from '@serai/kernel/base/money.ts';
import { languages } from '@serai/kernel/i18n/i18n.ts';
import { z } from 'zod';

/** Shapes of what is sent to enrolment. */

export const requestId = z.uuid('must be a UUID made by the caller, new for each act');
export const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
export const id = z.string().min(1, 'must not be empty').max(100);
const line = (most: number) =>
  z
    .string('must be text')
    .transform((value) => value.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((value) => value.length > 0, 'must not be empty')
    .refine((value) => value.length <= most, `must be at most ${most} characters`);
export const because = line(200);
export const schemeId = z.string().regex(/^sch:[a-z]{2}:[a-z0-9-]+$/, 'must be the id of a scheme');
export const cursor = z.string().max(400).optional();

export const amountSchema = z
  .strictObject({
    amount: z.string().regex(/^\d{1,15}(\.\d{1,3})?$/, 'must be a decimal amount like "1600.00", not below zero'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capitals, like THB'),
  })
  .transform(({ amount, currency }, context): Money => {
    const read = parseMoney(amount, currency);
    if (!read) {
      context.addIssue({ code: 'custom', message: `has more digits after the point than ${currency} has` });
      return z.NEVER;
    }
    return read;
  });

export const birth = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('date'), date: day }),
    z.strictObject({
      kind: z.literal('month'),
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "1988-04"'),
    }),
    z.strictObject({ kind: z.literal('year'), year: z.int('must be a year like 1988').min(1800).max(2400) }),
    z.strictObject({ kind: z.literal('estimated-age'), years: z.int().min(0).max(125), on: day }),
  ],
  'must say what is known: date, month, year or estimated-age',
);

export const sex = z.enum(['female', 'male', 'other', 'unknown']);
export const relation = z.enum(['holder', 'spouse', 'child', 'parent', 'other']);
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code');
export const phone = z.string().regex(/^[+0-9 ()-]{5,30}$/, 'must be a telephone number: digits, spaces, + ( ) -');

export const described = z.strictObject({ name: line(300), birth, sex, phone: phone.optional() });

export const newMember = described.extend({
  entitlement: z.string().regex(/^[a-z][a-z-]{1,40}$/, 'must be an entitlement category, like "contract-worker"'),
  residence: country,
  personId: z.string().max(64).optional(),
  /** What reminders are written in. */
  language: z.enum(languages).optional(),
  groupReference: line(60).optional(),
  wage: amountSchema.optional(),
  notDuplicatesOf: z.array(z.string().max(64)).max(50).optional(),
});

const known = z.strictObject({ relation, memberId: id });
/** The text of the square on the person's card: it says which record is theirs. */
const card = z.string().trim().min(1).max(20_000, 'is too long for a card').optional();
const fresh = z.strictObject({ relation, newMember: newMember.extend({ card }) });
export const members = z
  .array(z.union([known, fresh]))
  .min(1, 'must name at least one member')
  .max(50);

export const enrolShape = z.strictObject({
  schemeId,
  on: day.optional(),
  startsOn: day.optional(),
  months: z.int().min(1).max(120).optional(),
  days: z.int().min(1).max(3660).optional(),
  instalments: z.int().min(1).max(60).optional(),
  members,
  groupId: id.optional(),
  campaign: id.optional(),
});

export const channel = z.enum(['cash', 'agent', 'mobile-money', 'payroll', 'bank', 'voucher']);
export const payment = z.strictObject({ channel, reference: line(100), amount: amountSchema });
