import type {
  ClaimResponse,
  ClaimResponseItemAdjudication,
  CodeableConcept,
  ExplanationOfBenefit,
  ExplanationOfBenefitItemAdjudication,
  Claim as FhirClaim,
  Money as FhirMoney,
  Reference,
} from '@medplum/fhirtypes';
import { amountText, type Money, money } from '@serai/kernel/base/money.ts';
import { classify } from '@serai/policy/classify.ts';
import type { Claim, ClaimStatus } from '../cover.ts';
import { reasonOf } from './reasons.ts';
import { claimClaimed, lineClaimed, splitProvider } from './submission.ts';

/** What the record and other systems see of a claim: `Claim`, `ClaimResponse`, `ExplanationOfBenefit`. */

export interface ProjectedClaim {
  readonly claim: Claim;
  readonly status: ClaimStatus;
  readonly personId: string | undefined;
  readonly memberNumber: string;
  readonly schemeTitle: string;
  readonly country: string;
  readonly policyNumber?: string;
  /** Claim-level reason. */
  readonly reason: number;
  readonly lines: readonly {
    readonly line: number;
    readonly allowed: bigint;
    readonly adjusted: bigint;
    readonly paid: bigint;
    readonly reason: number;
    readonly rule: string | undefined;
  }[];
  /** What allowed, adjusted and paid are in. */
  readonly paysCurrency: string;
  readonly paid: bigint;
  readonly at: string;
  readonly preAuthRef?: string;
  readonly preAuthUntil?: string;
  readonly use?: 'claim' | 'preauthorization' | 'predetermination';
}

export const claimNumberSystem = 'https://serai.example/claim-number';
export const memberNumberSystem = 'https://serai.example/member-number';
const reasonSystem = 'https://serai.example/CodeSystem/claim-reason';
const openImis = 'https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem';
const adjudicationSystem = 'http://terminology.hl7.org/CodeSystem/adjudication';

/** The insurer could not judge it, whatever was done: the claim itself is wrong. */
const unjudged = new Set([7, 9, 111, 112]);

export function outcomeOf(status: ClaimStatus, reason: number): NonNullable<ClaimResponse['outcome']> {
  switch (status) {
    case 'entered':
    case 'checked':
      return 'queued';
    case 'processed':
      return 'partial';
    case 'rejected':
      return unjudged.has(reason) ? 'error' : 'complete';
    default:
      return 'complete';
  }
}

export function toFhirClaim(of: ProjectedClaim): FhirClaim {
  const { claim } = of;
  return withoutSensitive({
    resourceType: 'Claim',
    id: claim.claimId,
    identifier: [{ system: claimNumberSystem, value: claim.claimNumber }],
    status: of.status === 'reversed' ? 'cancelled' : 'active',
    type: visitType(claim),
    subType: { coding: [{ code: claim.care === 'in-patient' ? 'inpatient' : 'outpatient' }] },
    use: of.use ?? 'claim',
    patient: patientOf(of),
    billablePeriod: { start: claim.from, end: claim.to },
    created: claim.claimedOn,
    provider: providerOf(claim.provider, of.country),
    priority: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/processpriority', code: 'normal' }] },
    diagnosis: claim.diagnoses.map((code, i) => ({
      sequence: i + 1,
      diagnosisCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
    })),
    insurance: [
      {
        sequence: 1,
        focal: true,
        coverage: coverageOf(of),
        ...(claim.preauthorisation && { preAuthRef: [claim.preauthorisation] }),
      },
    ],
    item: claim.lines.map((line) => ({
      sequence: line.line,
      category: { coding: [{ system: `${openImis}/claim-item-category`, code: line.kind }] },
      productOrService: { coding: [{ system: catalogueSystem(claim), code: line.code }] },
      quantity: { value: Number(line.quantity) },
      unitPrice: fhirMoney(line.unitPrice),
      net: fhirMoney(lineClaimed(line)),
    })),
    total: fhirMoney(claimClaimed(claim)),
  });
}

export function toClaimResponse(of: ProjectedClaim): ClaimResponse {
  const { claim } = of;
  const judged = of.status !== 'entered';
  return {
    resourceType: 'ClaimResponse',
    id: claim.claimId,
    identifier: [{ system: claimNumberSystem, value: claim.claimNumber }],
    status: of.status === 'reversed' ? 'cancelled' : 'active',
    type: visitType(claim),
    use: of.use ?? 'claim',
    patient: patientOf(of),
    created: of.at,
    insurer: insurerOf(of),
    requestor: providerOf(claim.provider, of.country),
    request: { reference: `Claim/${claim.claimId}` },
    outcome: outcomeOf(of.status, of.reason),
    ...(of.preAuthRef && { preAuthRef: of.preAuthRef }),
    ...(of.preAuthUntil && { preAuthPeriod: { start: of.at, end: of.preAuthUntil } }),
    ...(judged && {
      item: claim.lines.map((line) => ({
        itemSequence: line.line,
        adjudication: adjudicationsOf(of, line.line),
      })),
      total: [
        { category: category('submitted'), amount: fhirMoney(claimClaimed(claim)) },
        { category: category('benefit'), amount: fhirMoney(money(of.paid, of.paysCurrency)) },
      ],
    }),
    ...(of.reason !== 0 && { error: [{ code: reasonConcept(of.reason) }] }),
  };
}

/** What the insured may read: what was claimed for them, what was paid, and why not all of it. */
export function toExplanationOfBenefit(of: ProjectedClaim): ExplanationOfBenefit {
  const { claim } = of;
  return withoutSensitive({
    resourceType: 'ExplanationOfBenefit',
    id: claim.claimId,
    identifier: [{ system: claimNumberSystem, value: claim.claimNumber }],
    status: of.status === 'reversed' ? 'cancelled' : 'active',
    type: visitType(claim),
    use: 'claim',
    patient: patientOf(of),
    billablePeriod: { start: claim.from, end: claim.to },
    created: of.at,
    insurer: insurerOf(of),
    provider: providerOf(claim.provider, of.country),
    outcome: outcomeOf(of.status, of.reason),
    insurance: [{ focal: true, coverage: coverageOf(of) }],
    claim: { reference: `Claim/${claim.claimId}` },
    claimResponse: { reference: `ClaimResponse/${claim.claimId}` },
    item: claim.lines.map((line) => ({
      sequence: line.line,
      productOrService: { coding: [{ system: catalogueSystem(claim), code: line.code }] },
      quantity: { value: Number(line.quantity) },
      unitPrice: fhirMoney(line.unitPrice),
      net: fhirMoney(lineClaimed(line)),
      adjudication: adjudicationsOf(of, line.line),
    })),
    total: [
      { category: category('submitted'), amount: fhirMoney(claimClaimed(claim)) },
      { category: category('benefit'), amount: fhirMoney(money(of.paid, of.paysCurrency)) },
    ],
  });
}

function adjudicationsOf(
  of: ProjectedClaim,
  number: number,
): (ClaimResponseItemAdjudication & ExplanationOfBenefitItemAdjudication)[] {
  const line = of.claim.lines.find((each) => each.line === number)!;
  const found = of.lines.find((each) => each.line === number);
  const amount = (minor: bigint) => fhirMoney(money(minor, of.paysCurrency));
  const all = [{ category: category('submitted'), amount: fhirMoney(lineClaimed(line)) }];
  if (!found) {
    return all;
  }
  return [
    ...all,
    { category: category('eligible'), amount: amount(found.allowed) },
    { category: category('benefit'), reason: reasonConcept(found.reason), amount: amount(found.paid) },
  ];
}

function category(code: string): CodeableConcept {
  return { coding: [{ system: adjudicationSystem, code }] };
}

const translation = 'http://hl7.org/fhir/StructureDefinition/translation';

/**
 * Our number is openIMIS's where it has one, so both are said; beside it the sentence of the screens and the remittance, and
 * its translations, as FHIR says a text in other languages.
 */
export function reasonConcept(reason: number): CodeableConcept {
  const says = reasonOf(reason)?.says;
  const said = says && {
    text: says.en,
    _text: {
      extension: (['th', 'my'] as const).map((language) => ({
        url: translation,
        extension: [
          { url: 'lang', valueCode: language },
          { url: 'content', valueString: says[language] },
        ],
      })),
    },
  };
  return {
    ...said,
    coding: [
      { system: reasonSystem, code: String(reason) },
      ...(reason < 100 ? [{ system: `${openImis}/claim-rejection-reasons`, code: String(reason) }] : []),
    ],
  };
}

function visitType(claim: Claim): CodeableConcept {
  return {
    coding: [
      { system: `${openImis}/claim-visit-type`, code: { other: 'O', referral: 'R', emergency: 'E' }[claim.visit] },
    ],
  };
}

function patientOf(of: ProjectedClaim): Reference<never> {
  return of.personId
    ? ({ reference: `Patient/${of.personId}` } as Reference<never>)
    : ({ type: 'Patient', identifier: { system: memberNumberSystem, value: of.memberNumber } } as Reference<never>);
}

function providerOf(provider: string, country: string): Reference<never> {
  const [of, id] = splitProvider(provider);
  return (of === country ? { reference: `Organization/${id}` } : { display: provider }) as Reference<never>;
}

function coverageOf(of: ProjectedClaim): Reference<never> {
  return {
    type: 'Coverage',
    identifier: { value: of.policyNumber ?? of.memberNumber },
    display: of.schemeTitle,
  } as Reference<never>;
}

function insurerOf(of: ProjectedClaim): Reference<never> {
  return {
    type: 'Organization',
    identifier: { value: of.claim.schemeId },
    display: of.schemeTitle,
  } as Reference<never>;
}

function catalogueSystem(claim: Claim): string {
  return `https://serai.example/catalogue/${claim.schemeId}`;
}

export function fhirMoney(value: Money): FhirMoney {
  return { value: Number(amountText(value)), currency: value.currency as NonNullable<FhirMoney['currency']> };
}

/**
 * A diagnosis that makes the resource more than a claim (HIV, mental health …) is left out of the record's copy: those
 * who judge claims hold no right to that part of the record, and the fund's own table has it.
 */
function withoutSensitive<T extends FhirClaim | ExplanationOfBenefit>(resource: T): T {
  const { categories, labels } = classify(resource);
  if (categories.every((each) => each === 'claims') && labels.length === 0) {
    return resource;
  }
  const { diagnosis, ...rest } = resource;
  return (
    resource.resourceType === 'Claim'
      ? { ...rest, diagnosis: [{ sequence: 1, diagnosisCodeableConcept: { text: 'Held by the fund' } }] }
      : rest
  ) as T;
}
