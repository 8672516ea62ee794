import { isDay } from '@serai/kernel/base/days.ts';
import { publicJwkShape } from '@serai/kernel/trust/keys.ts';
import { z } from 'zod';

/** Shapes of what the voucher routes are sent. */

export const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const programmeId = z.string().min(1).max(80);
const id = z.string().min(1).max(80);
const note = z.string().trim().min(3, 'must say why in a few words').max(300);

const holder = z.strictObject({
  group: z.string().min(1).max(40),
  name: z.string().trim().min(1, 'must not be empty').max(120),
  village: z.string().min(1).max(40),
  birthDate: day.optional(),
  phone: z
    .string()
    .regex(/^\+?[0-9 -]{5,20}$/, 'must be a telephone number')
    .optional(),
  language: z.string().regex(/^[a-z]{2}$/, 'must be a language like "my"'),
  anyway: z.boolean().optional(),
});
const lines = z.array(holder).min(1, 'must name at least one person').max(500, 'must name at most 500 people');

export const previewHoldersSchema = z.strictObject({ programmeId, lines });
export const registerHoldersSchema = z.strictObject({ requestId, programmeId, lines });
export const findHoldersSchema = z.strictObject({
  programmeId,
  name: z.string().trim().max(120).optional(),
  group: z.string().max(40).optional(),
  village: z.string().max(40).optional(),
  withoutBooklet: z.boolean().optional(),
  after: z.string().max(80).optional(),
});

const holderIds = z.array(id).min(1, 'must name at least one holder').max(200, 'must name at most 200 holders');
const channel = z.enum(['print', 'sms']);
export const previewBookletsSchema = z.strictObject({ programmeId, holderIds, channel });
export const issueBookletsSchema = z.strictObject({
  requestId,
  programmeId,
  holderIds,
  channel,
  activate: z.boolean(),
});
export const bookletActSchema = z.strictObject({
  requestId,
  programmeId,
  act: z.enum(['activate', 'void', 'replace']),
  reason: z.string().trim().max(300).optional(),
});
export const sheetSchema = z.strictObject({ programmeId, bookletIds: z.array(id).min(1).max(100) });

const voucherText = z.string().min(4).max(2000);
export const checkSchema = z.strictObject({ voucher: voucherText, bookletCode: z.string().max(40).optional() });
export const redeemSchema = z.strictObject({
  requestId,
  /** The square as scanned, or the short code as typed. */
  voucher: voucherText,
  bookletCode: z.string().min(4, 'must be the code on the cover').max(40),
  service: z.string().max(40).optional(),
  on: day,
  deliveredOn: day.optional(),
  place: z.enum(['facility', 'home', 'outreach']).optional(),
  /** Whose record the visit is written into; only by carers, to treat. */
  personId: id.optional(),
});
export const deviceSchema = z.strictObject({
  requestId,
  label: z.string().trim().min(1).max(60),
  publicJwk: publicJwkShape,
});
export const kitSchema = z.strictObject({ requestId });
export const syncSchema = z.strictObject({
  requestId,
  statements: z.array(z.string().min(20).max(4000)).max(200, 'must be at most 200 at once'),
});

export const revokeDeviceSchema = z.strictObject({
  requestId,
  reason: note,
  /** The last day the device was surely in its facility's hands. */
  inHandUntil: day,
});

export const validateSchema = z.strictObject({
  requestId,
  programmeId,
  voucherIds: z.array(id).min(1).max(500),
});
export const callSchema = z.strictObject({
  requestId,
  programmeId,
  redemptionId: id,
  confirmed: z.boolean(),
  satisfaction: z.int().min(1).max(5).optional(),
});
export const disputeSchema = z.strictObject({
  requestId,
  programmeId,
  decision: z.enum(['stands', 'other-stands', 'neither']),
  note,
});
export const holdSchema = z.strictObject({
  requestId,
  programmeId,
  voucherId: id,
  decision: z.enum(['release', 'reject']),
  note,
});
export const batchSchema = z.strictObject({ requestId, programmeId, upTo: day });
export const decideBatchSchema = z.strictObject({ requestId, programmeId, decision: z.enum(['pay', 'cancel']) });
export const expireSchema = z.strictObject({ requestId, programmeId });
