import { z } from 'zod';
import { agreementShape } from './agreement-shape.ts';

/**
 * A certificate of insured periods (totalisation, DOMAIN E.2, E.3): what a fund certifies of a person under a clause, for
 * one partner country, signed. It names nobody: the person is the pairwise pseudonym on their card, and hands it over
 * with the card, so that nothing crosses the border that the person does not carry there.
 */

export const certificateKind = 'insured-periods';

export const certificateShape = z.strictObject({
  certificateId: z.uuid(),
  issuer: z.string().regex(/^[A-Z]{2}$/),
  for: z.string().regex(/^[A-Z]{2}$/),
  agreement: agreementShape,
  clause: z.string().max(200),
  /** The person's pairwise pseudonym for the country it is for. */
  subject: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  issuedOn: z.iso.date(),
  periods: z
    .array(z.strictObject({ schemeId: z.string().max(100), from: z.iso.date(), to: z.iso.date() }))
    .min(1)
    .max(500),
});
export type Certificate = z.output<typeof certificateShape>;

/**
 * Why a fund gives no certificate it was asked for. Never why somebody has no cover: `no-periods` is said of whoever is not
 * known, was not insured, or not for long enough.
 */
export const certificateRefusals = ['no-periods', 'no-consent', 'card-not-valid', 'unclear'] as const;
export type CertificateRefusal = (typeof certificateRefusals)[number];

/** Days a fund has for its answer, where the agreement names none. */
export const answerDays = 30;

/** What is handed over: the document and its detached signature. */
export interface SignedCertificate {
  readonly certificate: Certificate;
  readonly signature: string;
}

/** Whether every period is one: begins before it ends, and was over when it was certified. */
export function periodsHold({ periods, issuedOn }: Certificate): boolean {
  return periods.every((period) => period.from <= period.to && period.to <= issuedOn);
}
