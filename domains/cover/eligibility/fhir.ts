import type {
  CoverageEligibilityRequest,
  CoverageEligibilityResponse,
  CoverageEligibilityResponseInsuranceItem,
  CoverageEligibilityResponseInsuranceItemBenefit,
  Money as FhirMoney,
} from '@medplum/fhirtypes';
import { isDay } from '@serai/kernel/base/days.ts';
import type { InputIssue } from '@serai/kernel/base/input.ts';
import { amountText, type Money } from '@serai/kernel/base/money.ts';
import type { EligibilityAnswer } from './eligibility.ts';
import type { SchemeAnswer } from './under-scheme.ts';

/** FHIR's question about cover as ours, and our answer as FHIR's. */

export interface ReadRequest {
  readonly patientId: string | undefined;
  readonly memberNumber: string | undefined;
  readonly on: string | undefined;
  readonly facility: string | undefined;
  readonly items: readonly {
    readonly code: string | undefined;
    readonly quantity: string | undefined;
    readonly diagnosis: string | undefined;
  }[];
  readonly emergency: boolean;
}

const itemsMaximum = 50;
export const reasonSystem = 'https://serai.example/claim-reason';
export const basisExtension = 'https://serai.example/StructureDefinition/eligibility-basis';

/** What is asked, or everything that keeps it from being read, by FHIRPath. */
export function readRequest(body: unknown): { readonly read: ReadRequest } | { readonly issues: InputIssue[] } {
  const issues: InputIssue[] = [];
  const request = body as CoverageEligibilityRequest | null | undefined;
  const at = (path: string, sentence: string) =>
    issues.push({ expression: `CoverageEligibilityRequest.${path}`, sentence });
  if (request?.resourceType !== 'CoverageEligibilityRequest') {
    return { issues: [{ expression: '$this', sentence: 'must be a CoverageEligibilityRequest' }] };
  }
  if (request.status !== 'active') {
    at('status', 'must be "active": a draft or a cancelled question is not answered');
  }
  const patientId = /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(request.patient?.reference ?? '')?.[1];
  const memberNumber = request.patient?.identifier?.value;
  if (patientId === undefined && memberNumber === undefined) {
    at('patient', 'must be a reference to a Patient of this node or carry a member number as its identifier');
  }
  if (!Array.isArray(request.purpose) || request.purpose.length === 0) {
    at('purpose', 'must have at least one of "auth-requirements", "benefits", "discovery" and "validation"');
  }
  const on = request.servicedDate ?? request.servicedPeriod?.start?.slice(0, 10);
  if (on !== undefined && !isDay(on)) {
    at('serviced', 'must be a day like "2026-03-01"');
  }
  const items = Array.isArray(request.item) ? request.item : [];
  if (items.length > itemsMaximum) {
    at('item', `must be at most ${itemsMaximum}`);
  }
  const read = items
    .slice(0, itemsMaximum)
    .map((item, i) => readItem(item, (path, sentence) => at(`item[${i}].${path}`, sentence)));
  return issues.length > 0
    ? { issues }
    : {
        read: {
          patientId,
          memberNumber,
          on,
          facility:
            (request.facility ?? request.provider)?.reference ??
            (request.facility ?? request.provider)?.identifier?.value,
          items: read,
          emergency: request.priority?.coding?.some(({ code }) => code === 'stat') ?? false,
        },
      };
}

function readItem(
  item: NonNullable<CoverageEligibilityRequest['item']>[number],
  at: (path: string, sentence: string) => void,
): ReadRequest['items'][number] {
  const code = item.productOrService?.coding?.[0]?.code ?? item.productOrService?.text;
  const value = item.quantity?.value;
  if (item.productOrService && (code === undefined || code.length > 64)) {
    at('productOrService', 'must have a code of the scheme');
  }
  if (value !== undefined && !(typeof value === 'number' && value > 0 && value <= 99_999)) {
    at('quantity.value', 'must be above zero and at most 99999');
  }
  const diagnosis = item.diagnosis?.[0]?.diagnosisCodeableConcept?.coding?.[0]?.code;
  return {
    code,
    quantity: value === undefined ? undefined : value.toFixed(3).replace(/\.?0+$/, ''),
    diagnosis,
  };
}

/** The answers to all items as one response; `created` is an instant. */
export function toResponse(of: {
  readonly request: CoverageEligibilityRequest & { readonly id: string };
  readonly requestIsKept: boolean;
  readonly patient: { readonly reference: string } | { readonly identifier: { readonly value: string } };
  readonly coverageId: string | undefined;
  readonly insurer: string;
  readonly created: string;
  readonly answers: readonly { readonly item: ReadRequest['items'][number]; readonly answer: EligibilityAnswer }[];
}): CoverageEligibilityResponse {
  const first = of.answers[0]!.answer;
  const scheme = first.scheme;
  const covered = of.answers.every(({ answer }) => answer.covered);
  return {
    resourceType: 'CoverageEligibilityResponse',
    status: 'active',
    purpose: of.request.purpose,
    patient: of.patient,
    servicedDate: first.on,
    created: of.created,
    request: of.requestIsKept
      ? { reference: `CoverageEligibilityRequest/${of.request.id}` }
      : { identifier: { value: of.request.id } },
    outcome: 'complete',
    disposition: covered ? 'Covered.' : 'Not covered, or not for all that was asked about.',
    insurer: { display: of.insurer },
    insurance: [
      {
        coverage: of.coverageId
          ? { reference: `Coverage/${of.coverageId}` }
          : { display: scheme?.scheme.title.en ?? 'none' },
        inforce: scheme ? scheme.policy.standing === 'active' : false,
        ...(scheme && {
          benefitPeriod: { start: scheme.policy.from, end: laterOf(scheme.policy.from, scheme.policy.until) },
        }),
        item: of.answers.map(({ item, answer }) => toItem(item, answer)),
      },
    ],
  };
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

function toItem(
  { code }: ReadRequest['items'][number],
  { covered, scheme, basis, payer }: EligibilityAnswer,
): CoverageEligibilityResponseInsuranceItem {
  const needs = scheme?.needs ?? [];
  return {
    extension: [
      { url: basisExtension, valueCode: basis },
      ...(payer.clause === undefined ? [] : [{ url: `${basisExtension}-clause`, valueString: payer.clause }]),
    ],
    ...(code !== undefined && { productOrService: { coding: [{ code }] } }),
    excluded: !covered,
    ...(scheme && {
      network: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/benefit-network',
            code: scheme.network === 'outside' ? 'out' : 'in',
          },
        ],
      },
      benefit: benefitsOf(scheme),
    }),
    authorizationRequired: needs.length > 0,
    ...(needs.length > 0 && { authorizationSupporting: needs.map((text) => ({ text })) }),
    ...(scheme &&
      scheme.reason !== 0 && { description: `reason ${scheme.reason}${scheme.rule ? ` (${scheme.rule})` : ''}` }),
  };
}

function benefitsOf({
  remains,
  memberPays,
  waitingUntil,
}: SchemeAnswer): CoverageEligibilityResponseInsuranceItemBenefit[] {
  const amount = (code: string, value: Money | undefined, text?: string) =>
    value === undefined ? [] : [{ type: { ...typeOf(code), ...(text && { text }) }, allowedMoney: fhirMoney(value) }];
  return [
    ...amount('deductible', remains.deductible.inPatient, 'in-patient, left'),
    ...amount('deductible', remains.deductible.outPatient, 'out-patient, left'),
    ...amount('benefit', remains.ceiling.inPatient, 'in-patient, left'),
    ...amount('benefit', remains.ceiling.outPatient, 'out-patient, left'),
    ...amount('copay', memberPays, 'of this item'),
    ...(remains.quantity === undefined
      ? []
      : [{ type: { ...typeOf('visit'), text: 'number left' }, allowedString: remains.quantity }]),
    ...(waitingUntil === undefined ? [] : [{ type: { text: 'waiting until' }, allowedString: waitingUntil }]),
  ];
}

function typeOf(code: string) {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/benefit-type', code }] };
}

/** FHIR's money is a JSON number; the amounts of a person's care are far below where one stops being exact. */
function fhirMoney(value: Money): FhirMoney {
  return { value: Number(amountText(value)), currency: value.currency as FhirMoney['currency'] };
}
