import { z } from 'zod';
import { checkCoverParts, coverPartsSchema } from './agreement-cover.ts';

/** An agreement between countries as data (DOMAIN E.5): what `countries/agreements/*.json` holds. */

const country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code in capitals, like "TH"');
const date = z.iso.date('must be a date like "2026-03-01"');
const texts = z.record(z.string(), z.string());

const clauseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'must be small letters, digits and hyphens, like "art-4-2"'),
  /** How the text of the agreement numbers it. */
  ref: z.string().min(1),
  title: texts,
  purposes: z.array(z.enum(['TREAT', 'ETREAT', 'COC', 'HPAYMT', 'COVERAGE', 'PUBHLTH'])).min(1),
  recipientClasses: z.array(z.enum(['care', 'public-health', 'payer', 'programme'])).min(1),
  /** `any`, or groups of `facilityGroups`. */
  facilities: z.array(z.string()).min(1),
  dataCategories: z.array(z.string()).min(1),
  withheldLabels: z.array(z.string()).default([]),
  legalBasis: z.enum(['agreement', 'consent', 'vital-interest']),
  mode: z.enum(['push', 'pull', 'on-request']),
  retentionDays: z.int().min(1),
});

export const agreementSchema = z
  .strictObject({
    $comment: z.string().optional(),
    id: z.string().regex(/^agr:[A-Z]{2}-[A-Z]{2}:[a-z0-9-]+$/, 'must look like "agr:MM-TH:care"'),
    version: z.int().min(1),
    type: z.enum([
      'disease-specific',
      'reciprocal-health',
      'bssa',
      'planned-care',
      'package',
      'labour-mou',
      'regional',
    ]),
    title: texts,
    parties: z
      .array(z.strictObject({ country, authority: z.string(), role: z.enum(['home', 'host', 'both']) }))
      .length(2, 'must name the two parties'),
    status: z.enum(['draft', 'signed', 'in-force', 'suspended', 'terminated']),
    signed: date,
    inForce: date,
    expires: date,
    renewal: z.enum(['tacit', 'explicit', 'none']),
    persons: z.array(
      z.strictObject({ category: z.string(), includeDependants: z.boolean(), evidence: z.array(z.string()) }),
    ),
    clauses: z.array(clauseSchema).min(1),
    facilityGroups: z.record(z.string(), z.array(z.string())),
    prohibitedPurposes: z.array(z.string()),
    ...coverPartsSchema,
    medicines: z.strictObject({ bridgeDays: z.int(), import: z.string() }).optional(),
    dataProtection: z.strictObject({
      controllerModel: z.enum(['separate', 'joint']),
      transferBasis: z.enum(['treaty', 'SCC', 'adequacy', 'consent']),
      onwardTransfer: z.enum(['prohibited', 'permitted']),
      firewall: z.literal(true, 'must be true: an agreement without the firewall is not executed'),
      breachHours: z.int(),
      subjectRights: z.array(z.string()),
    }),
    termination: z.strictObject({ noticeMonths: z.int(), protectsOngoingCare: z.boolean() }),
  })
  .superRefine((agreement, context) => {
    if (agreement.inForce > agreement.expires) {
      context.addIssue({ code: 'custom', path: ['expires'], message: 'must be after inForce' });
    }
    const ids = agreement.clauses.map((clause) => clause.id);
    for (const [i, clause] of agreement.clauses.entries()) {
      if (ids.indexOf(clause.id) !== i) {
        context.addIssue({ code: 'custom', path: ['clauses', i, 'id'], message: 'is used by an earlier clause' });
      }
      for (const [j, group] of clause.facilities.entries()) {
        if (group !== 'any' && !(group in agreement.facilityGroups)) {
          context.addIssue({
            code: 'custom',
            path: ['clauses', i, 'facilities', j],
            message: `names ${group}, which facilityGroups does not have`,
          });
        }
      }
    }
    checkCoverParts(agreement, (path, message) => context.addIssue({ code: 'custom', path, message }));
  });

export type Agreement = z.output<typeof agreementSchema>;
export type Clause = Agreement['clauses'][number];

/** `agr:MM-TH:care#art-4-2`: how a clause is named in requests, decisions, evidence and on screens. */
export function clauseId(agreement: Pick<Agreement, 'id'>, clause: Pick<Clause, 'id'>): string {
  return `${agreement.id}#${clause.id}`;
}

/** Every mistake of every file in one go, so that a country is set right in one round. */
export class AgreementError extends Error {
  override name = 'AgreementError';
}

/**
 * Reads agreements.
 * @throws AgreementError with one line a mistake, each naming the file and the field.
 */
export function parseAgreements(files: readonly { readonly name: string; readonly json: unknown }[]): Agreement[] {
  const mistakes: string[] = [];
  const agreements: Agreement[] = [];
  for (const file of files) {
    const parsed = agreementSchema.safeParse(file.json);
    if (parsed.success) {
      agreements.push(parsed.data);
    } else {
      for (const issue of parsed.error.issues) {
        mistakes.push(`${file.name}: ${issue.path.join('.') || 'the file'} ${issue.message}`);
      }
    }
  }
  if (mistakes.length > 0) {
    throw new AgreementError(mistakes.join('\n'));
  }
  return agreements;
}

/**
 * What both parties agreed on, word for word: an agreement without how it stands with one of them. Its digest tells
 * whether two nodes mean the same text; a party that suspends it still means the same.
 */
export function agreedText(agreement: Agreement): Omit<Agreement, 'status' | '$comment'> {
  const { status: _, $comment: __, ...text } = agreement;
  return text;
}

/** Whether an agreement is in force on the day of `at` (ISO date or instant). */
export function inForce(agreement: Agreement, at: string): boolean {
  const day = at.slice(0, 10);
  return agreement.status === 'in-force' && agreement.inForce <= day && day <= agreement.expires;
}

/** Whether a clause covers a facility, named `CC:code`. */
export function coversFacility(agreement: Agreement, clause: Clause, facility: string): boolean {
  return clause.facilities.some((group) => group === 'any' || agreement.facilityGroups[group]?.includes(facility));
}
