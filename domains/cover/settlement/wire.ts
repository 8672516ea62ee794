import { critical, notUnderstood as unknownOf } from '@serai/kernel/trust/newer.ts';
import { z } from 'zod';
import { agreementShape } from './agreement-shape.ts';
import { certificateRefusals } from './certificate.ts';
import { lineStates } from './lines.ts';
import { differenceShape } from './statement-check.ts';

/**
 * What funds say to each other across a border. Amounts are decimal strings; every message is signed by its node. Fields a
 * newer node adds are left aside, unless it says that they must be understood (ADR 0043); fields known here are as strict as
 * ever. Statements and certificates are signed as they stand and keep shapes of their own.
 */

const text = (most: number) => z.string().min(1).max(most);
const day = z.iso.date();
const currency = z.string().regex(/^[A-Z]{3}$/);
const amount = z.string().regex(/^-?\d{1,18}(\.\d{1,6})?$/);
const locator = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const visit = z.enum(['other', 'referral', 'emergency']);

export { type AgreementRef, agreementShape } from './agreement-shape.ts';

/** Fields added since the first version that this node knows, and may be told are critical. */
const understood: ReadonlySet<string> = new Set();

/** What of a message this node would have to know and does not. */
export const notUnderstood = (message: { readonly critical?: readonly string[] | undefined }): string[] =>
  unknownOf(message, understood);

export const eligibilityRequestShape = z.object({
  critical,
  requestId: z.uuid(),
  requester: z.object({ role: text(80), id: text(80) }),
  facility: z.object({ id: text(200), name: text(200) }),
  agreement: agreementShape,
  clause: text(200),
  locator,
  cardProof: text(20_000),
  /** What the person or their paper says; it must be the card's person. */
  memberNumber: text(64).optional(),
  careOn: day,
  visit,
});
export type EligibilityRequest = z.output<typeof eligibilityRequestShape>;

export const eligibilityAnswerShape = z.object({
  critical,
  requestId: z.uuid(),
  /** `answered`, or the code of the refusal. */
  outcome: text(80),
  covered: z.boolean().optional(),
  /** Why not, in a word both nodes know; never why the person has no cover. */
  because: z.enum(['covered', 'not-covered', 'waiting', 'emergency-only']).optional(),
  /** The last day the answer can be relied on. */
  until: day.optional(),
  authorisation: text(40).optional(),
  benefits: z
    .array(
      z.object({
        id: text(64),
        insuredPaysPercent: z.number().min(0).max(100),
        caps: z.array(z.object({ amount, currency, per: z.enum(['episode', 'year']), left: amount })).max(20),
      }),
    )
    .max(100)
    .optional(),
});
export type EligibilityAnswer = z.output<typeof eligibilityAnswerShape>;

export const claimShape = z.object({
  claimId: z.uuid(),
  provider: text(200),
  /** What its country calls the facility, and its level; a node that does not say sends none. */
  providerName: text(200).optional(),
  providerLevel: text(40).optional(),
  claimNumber: text(64),
  authorisation: text(40).optional(),
  locator: locator.optional(),
  /** An emergency of someone without cover: nobody is named. */
  uninsured: z.boolean(),
  reverses: z.uuid().optional(),
  visit,
  care: z.enum(['in-patient', 'out-patient']),
  from: day,
  to: day,
  sentOn: day,
  diagnoses: z.array(text(10)).max(12),
  currency,
  lines: z
    .array(
      z.object({
        line: z.int().min(1).max(10_000),
        code: text(64),
        quantity: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/),
        unitPrice: amount,
        claimed: amount,
      }),
    )
    .min(1)
    .max(200),
});
export type ClaimOnTheWire = z.output<typeof claimShape>;

export const moveShape = z.object({
  claimId: z.uuid(),
  line: z.int().min(1),
  turn: z.int().min(1),
  state: z.enum(lineStates),
  amount,
  reason: z.string().max(80),
  note: z.string().max(500).optional(),
  /** How the fund at home came to it: number of the reason, rule, and what it allowed, adjusted and pays. */
  judged: z
    .strictObject({
      reason: z.int().min(-1).max(999),
      rule: text(200).optional(),
      allowed: amount,
      adjusted: amount,
      paid: amount,
    })
    .optional(),
});
export type MoveOnTheWire = z.output<typeof moveShape>;

const head = { messageId: z.uuid(), agreement: agreementShape, critical };

/** One shape for each kind of message; a receiver applies each message id once. */
export const settlementMessageShape = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('claims'), claims: z.array(claimShape).min(1).max(200) }),
  z.object({ ...head, kind: z.literal('moves'), moves: z.array(moveShape).min(1).max(1000) }),
  z.object({ ...head, kind: z.literal('statement'), document: text(4_000_000), signature: text(4000) }),
  z.object({ ...head, kind: z.literal('countersigned'), statementId: z.uuid(), signature: text(4000) }),
  z.object({
    ...head,
    kind: z.literal('difference'),
    statementId: z.uuid(),
    differences: z.array(differenceShape).min(1).max(50_000),
  }),
  z.object({
    ...head,
    kind: z.literal('paid'),
    statementId: z.uuid(),
    paidOn: day,
    reference: text(120),
    amount,
    interest: amount,
    currency,
  }),
  z.object({
    ...head,
    kind: z.literal('received'),
    statementId: z.uuid(),
    payer: z.string().length(2),
    receivedOn: day,
  }),
  z.object({
    ...head,
    kind: z.literal('certificate-asked'),
    requestId: z.uuid(),
    clause: text(200),
    locator,
    /** The card as it was shown: proof that the person was there and asked for it. */
    cardProof: text(20_000),
    answerBy: day,
  }),
  z.object({
    ...head,
    kind: z.literal('certificate-given'),
    requestId: z.uuid(),
    /** Canonical JSON, as it was signed. */
    document: text(200_000),
    signature: text(4000),
  }),
  z.object({
    ...head,
    kind: z.literal('certificate-refused'),
    requestId: z.uuid(),
    reason: z.enum(certificateRefusals),
  }),
]);
export type SettlementMessage = z.output<typeof settlementMessageShape>;

/** A message of a newer node: of a kind this one does not know, or with a field it would have to. */
export interface NewerMessage {
  readonly kind: 'newer';
  readonly wants: readonly string[];
}

const kinds: ReadonlySet<string> = new Set(settlementMessageShape.options.map((each) => each.shape.kind.value));

const newerShape = z.object({ messageId: z.uuid(), agreement: agreementShape, critical, kind: text(60) });

/**
 * A message as it is read: one of those above, or one that is too new. A kind is its name for its first version, and the
 * name with its number for a later one (`claims/2`).
 */
export const inboundMessageShape: z.ZodType<SettlementMessage | NewerMessage> = z
  .unknown()
  .transform((body, context): SettlementMessage | NewerMessage => {
    const newer = newerShape.safeParse(body);
    const wants = newer.success
      ? [...(kinds.has(newer.data.kind) ? [] : [newer.data.kind]), ...notUnderstood(newer.data)]
      : [];
    if (wants.length > 0) {
      return { kind: 'newer', wants };
    }
    const known = settlementMessageShape.safeParse(body);
    if (!known.success) {
      context.issues.push(...(known.error.issues as unknown as typeof context.issues));
      return z.NEVER;
    }
    return known.data;
  });

/** Where each kind is posted on the partner's node. */
export const eligibilityPath = '/exchange/eligibility';
export const settlementPath = '/exchange/settlement';
export const outboxTopic = 'settlement';
