import type {
  ClaimItem,
  CodeableConcept,
  Coverage,
  Claim as FhirClaim,
  Identifier,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { daysBetween, isDay } from '@serai/kernel/base/days.ts';
import type { InputIssue } from '@serai/kernel/base/input.ts';
import { parseMoney } from '@serai/kernel/base/money.ts';
import type { CareSetting, ClaimLine } from '../cover.ts';

/**
 * A FHIR R4 `Claim` as facilities and openIMIS send it, read into what the fund works with. Accepted are plain R4 and the
 * shape of openIMIS's FHIR R4 guide: codes in `productOrService.text` (its software) or behind an item reference beside a
 * title (its guide), visit types `O`, `R`, `E` in
 * `type`, `guarantee` and `explanation` in `supportingInfo`, references by reference, identifier or contained resource.
 */

export interface FhirSubmission {
  readonly use: 'claim' | 'preauthorization' | 'predetermination';
  readonly claimNumber: string;
  readonly patient: Party;
  /** Who the insurance says is insured, where it says; it must be the patient. */
  readonly insured: Party | undefined;
  readonly provider: Party | undefined;
  readonly enterer: Party | undefined;
  readonly coverage: Party | undefined;
  /** The plan a contained or bundled Coverage names as its class. */
  readonly plan: string | undefined;
  readonly preauthorisation: string | undefined;
  readonly referralFrom: string | undefined;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly created: string | undefined;
  readonly diagnoses: readonly string[];
  readonly explanation: string | undefined;
  /** Currency stated anywhere; undefined where none is: the scheme's is meant. */
  readonly currency: string | undefined;
  readonly lines: readonly FhirLine[];
  /** Decimal text of `total`, where stated. */
  readonly total: string | undefined;
}

export interface FhirLine {
  readonly line: number;
  /** undefined where the category is left out: the catalogue knows. */
  readonly kind: ClaimLine['kind'] | undefined;
  /** What may be its code, the likeliest first: which it is, the catalogue knows. */
  readonly codes: readonly string[];
  readonly quantity: string;
  /** Decimal text. */
  readonly unitPrice: string;
  readonly currency: string | undefined;
}

/** Whom a reference means: the id after the slash, or the value of an identifier. */
export interface Party {
  readonly id?: string;
  readonly identifier?: string;
}

/** openIMIS's guide; systems are recognised by their end, since installations serve it under their own host. */
const openImis = 'https://openimis.github.io/openimis_fhir_r4_ig/';

const visits: Readonly<Record<string, FhirSubmission['visit']>> = { O: 'other', R: 'referral', E: 'emergency' };

/**
 * @param body a `Claim`, or a `Bundle` that holds one.
 * @returns what was sent, or everything that is wrong with it, each named by its FHIRPath. Values are not repeated.
 */
export function readFhirClaim(body: unknown): { readonly read: FhirSubmission } | { readonly issues: InputIssue[] } {
  const found = claimIn(body);
  if (!found) {
    return { issues: [{ expression: '$this', sentence: 'must be a Claim, or a Bundle with exactly one Claim' }] };
  }
  const { claim, others } = found;
  const issues: InputIssue[] = [];
  const issue = (expression: string, sentence: string) => void issues.push({ expression, sentence });
  const resolve = (reference: Reference | undefined) => partyOf(reference, claim, others);
  const patient = resolve(claim.patient);
  if (!patient) {
    issue('Claim.patient', 'must name the patient by reference or by the member’s number as identifier');
  }
  const claimNumber = numberOf(claim.identifier);
  if (!claimNumber) {
    issue('Claim.identifier', 'must hold the facility’s own number of this claim');
  }
  const { from, to } = periodOf(claim, issue);
  const lines = linesOf(claim, others, issue);
  const diagnoses = diagnosesOf(claim, issue);
  const visit = visitOf(claim, issue);
  const total = claim.total?.value === undefined ? undefined : decimal(claim.total.value);
  readUse(claim, issue);
  const created = dayOf(claim.created);
  if (claim.created !== undefined && created === undefined) {
    issue('Claim.created', 'must be a date');
  }
  if (issues.length > 0 || !patient || !claimNumber) {
    return { issues };
  }
  const insurance = claim.insurance?.find((each) => each.focal) ?? claim.insurance?.[0];
  const coverage = insurance?.coverage;
  const sent = sentCoverage(coverage, claim, others);
  return {
    read: {
      use: claim.use ?? 'claim',
      claimNumber,
      patient,
      insured: partyOf(sent?.beneficiary, claim, others),
      provider: resolve(claim.provider),
      enterer: resolve(claim.enterer),
      coverage: resolve(coverage),
      plan: sent?.class?.find((each) => each.type?.coding?.some((coding) => coding.code === 'plan'))?.value,
      preauthorisation: insurance?.preAuthRef?.[0] ?? guaranteeOf(claim),
      referralFrom: referralOf(claim),
      visit,
      care: careOf(claim, from, to),
      from,
      to,
      created,
      diagnoses,
      explanation: supportingText(claim, 'explanation'),
      currency: claim.total?.currency ?? lines.find((line) => line.currency)?.currency,
      lines,
      total,
    },
  };
}

function claimIn(body: unknown): { claim: FhirClaim; others: readonly Resource[] } | undefined {
  const resource = body as Resource | null | undefined;
  if (resource?.resourceType === 'Claim') {
    return { claim: resource, others: [] };
  }
  if (resource?.resourceType !== 'Bundle' || !Array.isArray(resource.entry)) {
    return undefined;
  }
  const resources = resource.entry.flatMap((entry) => (entry?.resource ? [entry.resource] : []));
  const claims = resources.filter((each): each is FhirClaim => each.resourceType === 'Claim');
  return claims.length === 1 ? { claim: claims[0]!, others: resources } : undefined;
}

function readUse(claim: FhirClaim, issue: (expression: string, sentence: string) => void): void {
  if (claim.use !== undefined && !['claim', 'preauthorization', 'predetermination'].includes(claim.use)) {
    issue('Claim.use', 'must be claim, preauthorization or predetermination');
  }
  if (claim.status !== undefined && claim.status !== 'active') {
    issue('Claim.status', 'must be active; a draft or a cancelled claim is not submitted');
  }
}

/** The identifier openIMIS types as `Code`, else the first with a value. */
function numberOf(identifiers: readonly Identifier[] | undefined): string | undefined {
  const list = Array.isArray(identifiers) ? identifiers : [];
  const coded = list.find((each) =>
    each?.type?.coding?.some((coding: { code?: string }) => coding.code?.toLowerCase() === 'code'),
  );
  const value = (coded ?? list[0])?.value;
  return typeof value === 'string' && /^[\p{L}\p{N}./:_-]{1,64}$/u.test(value) ? value : undefined;
}

function partyOf(reference: Reference | undefined, claim: FhirClaim, others: readonly Resource[]): Party | undefined {
  if (!reference) {
    return undefined;
  }
  if (typeof reference.identifier?.value === 'string') {
    return { identifier: reference.identifier.value };
  }
  const { reference: text } = reference;
  if (typeof text !== 'string' || text === '') {
    return undefined;
  }
  const inside = text.startsWith('#')
    ? (claim.contained ?? []).find((each) => each.id === text.slice(1))
    : others.find((each) => each.id !== undefined && text.endsWith(`${each.resourceType}/${each.id}`));
  const identifier = inside && numberOf((inside as { identifier?: Identifier[] }).identifier);
  const id = /(?:^|\/)[A-Za-z]+\/([A-Za-z0-9\-.]{1,64})$/.exec(text)?.[1];
  if (!identifier && !id) {
    return undefined;
  }
  return { ...(id && { id }), ...(identifier && { identifier }) };
}

/** The `Coverage` an insurance means, where it was contained or bundled. */
function sentCoverage(
  coverage: Reference | undefined,
  claim: FhirClaim,
  others: readonly Resource[],
): Coverage | undefined {
  const text = coverage?.reference;
  const inside = [...(claim.contained ?? []), ...others].find(
    (each) =>
      each.resourceType === 'Coverage' &&
      each.id !== undefined &&
      (text === `#${each.id}` || text?.endsWith(`Coverage/${each.id}`)),
  );
  return inside?.resourceType === 'Coverage' ? inside : undefined;
}

function periodOf(claim: FhirClaim, issue: (expression: string, sentence: string) => void) {
  const from = dayOf(claim.billablePeriod?.start);
  const to = claim.billablePeriod?.end === undefined ? from : dayOf(claim.billablePeriod.end);
  if (!from) {
    issue('Claim.billablePeriod.start', 'must be the first day of care');
  }
  if (from && !to) {
    issue('Claim.billablePeriod.end', 'must be the last day of care');
  }
  return { from: from ?? '', to: to ?? '' };
}

/** The day of a `date` or `dateTime`, as written. */
function dayOf(text: unknown): string | undefined {
  const day = typeof text === 'string' ? text.slice(0, 10) : '';
  return isDay(day) ? day : undefined;
}

function linesOf(
  claim: FhirClaim,
  others: readonly Resource[],
  issue: (expression: string, sentence: string) => void,
): FhirLine[] {
  const items = Array.isArray(claim.item) ? claim.item : [];
  if (items.length === 0) {
    issue('Claim.item', 'must hold at least one item or service');
  }
  return items.map((item, i) => {
    const at = `Claim.item[${i}]`;
    const codes = codesOf(item, claim, others);
    if (codes.length === 0) {
      issue(`${at}.productOrService`, 'must hold the code of the item or service');
    }
    const quantity = item?.quantity?.value === undefined ? '1' : decimal(item.quantity.value);
    if (quantity === undefined) {
      issue(`${at}.quantity.value`, 'must be a decimal number');
    }
    const unitPrice = item?.unitPrice?.value === undefined ? undefined : decimal(item.unitPrice.value);
    if (unitPrice === undefined) {
      issue(`${at}.unitPrice.value`, 'must be the price of one unit');
    }
    if (item?.sequence !== undefined && (!Number.isInteger(item.sequence) || item.sequence < 1)) {
      issue(`${at}.sequence`, 'must be a whole number from 1');
    }
    const category = conceptWord(item?.category);
    if (category && category !== 'item' && category !== 'service' && isOfOpenImis(item?.category)) {
      issue(`${at}.category`, 'must be item or service');
    }
    return {
      line: item?.sequence ?? i + 1,
      kind: category === 'item' || category === 'service' ? category : undefined,
      codes,
      quantity: quantity ?? '0',
      unitPrice: unitPrice ?? '0',
      currency: item?.unitPrice?.currency,
    };
  });
}

/** Decimal text of a JSON number; undefined where JavaScript would print it otherwise than it was meant. */
function decimal(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
  return text && /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? text : undefined;
}

function codeOf(concept: CodeableConcept | undefined): string | undefined {
  const code = concept?.coding?.find((coding) => coding.code)?.code ?? concept?.text;
  return typeof code === 'string' && code.length > 0 && code.length <= 64 ? code : undefined;
}

/**
 * A code as such; then what openIMIS references as the item or service itself, by its code or as a resource that was sent
 * along; then a text, which is the code in what openIMIS's software sends and the title in its guide.
 */
function codesOf(item: ClaimItem | undefined, claim: FhirClaim, others: readonly Resource[]): string[] {
  const concept = item?.productOrService;
  const reference = item?.extension?.find((each) => each?.url?.endsWith('claim-item-reference'))?.valueReference;
  const referenced = partyOf(reference, claim, others);
  const found = [
    ...(concept?.coding ?? []).map((coding) => coding?.code),
    referenced?.identifier,
    concept?.text,
    referenced?.id,
  ];
  const fit = found.filter((code): code is string => typeof code === 'string' && code !== '' && code.length <= 200);
  return [...new Set(fit)];
}

function conceptWord(concept: CodeableConcept | undefined): string | undefined {
  return (concept?.coding?.find((coding) => coding.code)?.code ?? concept?.text)?.toLowerCase();
}

function isOfOpenImis(concept: CodeableConcept | undefined): boolean {
  return concept?.coding?.some((coding) => coding.system?.startsWith(openImis)) ?? concept?.text !== undefined;
}

function diagnosesOf(claim: FhirClaim, issue: (expression: string, sentence: string) => void): string[] {
  const list = Array.isArray(claim.diagnosis) ? claim.diagnosis : [];
  if (list.length === 0) {
    issue('Claim.diagnosis', 'must hold the diagnosis as an ICD-10 code');
  }
  const ordered = [...list.entries()].sort(([, a], [, b]) => (a?.sequence ?? 0) - (b?.sequence ?? 0));
  return ordered.map(([i, diagnosis]) => {
    const code = codeOf(diagnosis?.diagnosisCodeableConcept);
    if (!code) {
      issue(`Claim.diagnosis[${i}].diagnosisCodeableConcept`, 'must be an ICD-10 code');
    }
    return code ?? '';
  });
}

function visitOf(claim: FhirClaim, issue: (expression: string, sentence: string) => void): FhirSubmission['visit'] {
  const code = claim.type?.coding?.find((coding) => coding.code)?.code;
  const visit = code === undefined ? undefined : visits[code];
  if (code !== undefined && !visit && claim.type?.coding?.some((coding) => coding.system?.startsWith(openImis))) {
    issue('Claim.type', 'must be O, R or E');
  }
  return visit ?? (claim.priority?.coding?.some((coding) => coding.code === 'stat') ? 'emergency' : 'other');
}

/** Said by `subType` or openIMIS's care type; else a night makes an in-patient. */
function careOf(claim: FhirClaim, from: string, to: string): CareSetting {
  const extension = claim.extension?.find((each) => /care-?type$/i.test(each.url ?? ''));
  const said = (
    extension?.valueCode ??
    codeOf(extension?.valueCodeableConcept) ??
    conceptWord(claim.subType)
  )?.toLowerCase();
  if (said === 'i' || said?.startsWith('in')) {
    return 'in-patient';
  }
  if (said === 'o' || said?.startsWith('out')) {
    return 'out-patient';
  }
  return from !== '' && to !== '' && daysBetween(from, to) >= 1 ? 'in-patient' : 'out-patient';
}

function supportingText(claim: FhirClaim, category: string): string | undefined {
  const info = claim.supportingInfo?.find((each) => conceptWord(each.category) === category);
  return typeof info?.valueString === 'string' ? info.valueString.slice(0, 2000) : undefined;
}

/** openIMIS carries a preauthorisation as the guarantee. */
function guaranteeOf(claim: FhirClaim): string | undefined {
  return supportingText(claim, 'guarantee');
}

function referralOf(claim: FhirClaim): string | undefined {
  return claim.referral?.identifier?.value ?? claim.referral?.reference ?? undefined;
}

/** Whether a stated total is the sum: compared exactly, as money. */
export function totalAgrees(total: string | undefined, currency: string, claimedMinor: bigint): boolean {
  return total === undefined || parseMoney(total, currency)?.minor === claimedMinor;
}
