import { z } from 'zod';
import { lineStates } from './lines.ts';
import { differenceShape } from './statement-check.ts';

/** What funds say to each other across a border. Amounts are decimal strings; every message is signed by its node. */

const text = (most: number) => z.string().min(1).max(most);
const day = z.iso.date();
const currency = z.string().regex(/^[A-Z]{3}$/);
const amount = z.string().regex(/^-?\d{1,18}(\.\d{1,6})?$/);
const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const locator = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const visit = z.enum(['other', 'referral', 'emergency']);

export const agreementShape = z.strictObject({ id: text(200), version: z.int().min(1), digest });
export type AgreementRef = z.output<typeof agreementShape>;

export const eligibilityRequestShape = z.strictObject({
  requestId: z.uuid(),
  requester: z.strictObject({ role: text(80), id: text(80) }),
  facility: z.strictObject({ id: text(200), name: text(200) }),
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

export const eligibilityAnswerShape = z.strictObject({
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
      z.strictObject({
        id: text(64),
        insuredPaysPercent: z.number().min(0).max(100),
        caps: z.array(z.strictObject({ amount, currency, per: z.enum(['episode', 'year']), left: amount })).max(20),
      }),
    )
    .max(100)
    .optional(),
});
export type EligibilityAnswer = z.output<typeof eligibilityAnswerShape>;

export const claimShape = z.strictObject({
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
      z.strictObject({
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

export const moveShape = z.strictObject({
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

const head = { messageId: z.uuid(), agreement: agreementShape };

/** One shape for each kind of message; a receiver applies each message id once. */
export const settlementMessageShape = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('claims'), claims: z.array(claimShape).min(1).max(200) }),
  z.strictObject({ ...head, kind: z.literal('moves'), moves: z.array(moveShape).min(1).max(1000) }),
  z.strictObject({ ...head, kind: z.literal('statement'), document: text(4_000_000), signature: text(4000) }),
  z.strictObject({ ...head, kind: z.literal('countersigned'), statementId: z.uuid(), signature: text(4000) }),
  z.strictObject({
    ...head,
    kind: z.literal('difference'),
    statementId: z.uuid(),
    differences: z.array(differenceShape).min(1).max(50_000),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('paid'),
    statementId: z.uuid(),
    paidOn: day,
    reference: text(120),
    amount,
    interest: amount,
    currency,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('received'),
    statementId: z.uuid(),
    payer: z.string().length(2),
    receivedOn: day,
  }),
]);
export type SettlementMessage = z.output<typeof settlementMessageShape>;

/** Where each kind is posted on the partner's node. */
export const eligibilityPath = '/exchange/eligibility';
export const settlementPath = '/exchange/settlement';
export const outboxTopic = 'settlement';
