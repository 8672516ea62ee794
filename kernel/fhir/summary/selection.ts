import type { AllergyIntolerance, CodeableConcept, Condition, Observation, Resource } from '@medplum/fhirtypes';
import { SYSTEM } from './terms.ts';

/** What decides where in a summary a resource goes, and when what it tells of happened. */

const DAY_MILLISECONDS = 86_400_000;
/** Medicines stopped within this time are still worth knowing. */
const RECENT_MEDICINE_DAYS = 180;

const PREGNANCY = new Set(
  '82810-3 11778-8 11779-6 11780-4 11636-8 11640-0 11637-6 11638-4 11639-2 11612-9 11613-7 11614-5 33065-4 8665-2 11996-6 11977-6'.split(
    ' ',
  ),
);
const TOBACCO = '72166-2';
const ALCOHOL = '74013-4';

function hasCode(concept: CodeableConcept | undefined, codes: ReadonlySet<string>, system: string): boolean {
  return (concept?.coding ?? []).some((coding) => coding.system === system && codes.has(coding.code ?? ''));
}

function categoriesOf(resource: Observation): ReadonlySet<string> {
  const codings = (resource.category ?? []).flatMap((category) => category.coding ?? []);
  return new Set(codings.map((coding) => coding.code ?? ''));
}

export function clinicalStatus(resource: Condition | AllergyIntolerance): string | undefined {
  return resource.clinicalStatus?.coding?.[0]?.code;
}

export function isRefuted(resource: Condition | AllergyIntolerance): boolean {
  const status = resource.verificationStatus?.coding?.[0]?.code;
  return status === 'refuted' || status === 'entered-in-error';
}

export const isObservation = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' &&
  resource.status !== 'entered-in-error' &&
  resource.status !== 'cancelled' &&
  resource.status !== 'registered';

export const isPregnancy = (resource: Observation) => hasCode(resource.code, PREGNANCY, SYSTEM.loinc);
export const isSocial = (resource: Observation) =>
  categoriesOf(resource).has('social-history') || hasCode(resource.code, new Set([TOBACCO, ALCOHOL]), SYSTEM.loinc);
export const isVitalSign = (resource: Observation) => categoriesOf(resource).has('vital-signs');

const PAST_STATUSES = new Set(['inactive', 'remission', 'resolved']);
export const isPast = (resource: Condition) =>
  PAST_STATUSES.has(clinicalStatus(resource) ?? '') ||
  (clinicalStatus(resource) === undefined &&
    Boolean(resource.abatementDateTime ?? resource.abatementPeriod ?? resource.abatementString));

const ENDED_MEDICINE = new Set(['completed', 'stopped']);
const CURRENT_MEDICINE = new Set(['active', 'on-hold', 'unknown', 'intended']);

export function takesMedicine(resource: Resource, now: Date): boolean {
  if (resource.resourceType !== 'MedicationRequest' && resource.resourceType !== 'MedicationStatement') {
    return false;
  }
  if (CURRENT_MEDICINE.has(resource.status ?? '')) {
    return true;
  }
  const date = Date.parse(recordedAt(resource));
  return ENDED_MEDICINE.has(resource.status ?? '') && now.getTime() - date <= RECENT_MEDICINE_DAYS * DAY_MILLISECONDS;
}

/** When what a resource tells of happened, as it was recorded; empty where it does not say. */
export function recordedAt(resource: Resource): string {
  const r = resource as unknown as Readonly<Record<string, unknown>>;
  const start = (name: string) => (r[name] as { readonly start?: string; readonly end?: string } | undefined) ?? {};
  const candidates = [
    r.effectiveDateTime,
    start('effectivePeriod').start,
    start('effectivePeriod').end,
    r.effectiveInstant,
    r.occurrenceDateTime,
    r.performedDateTime,
    start('performedPeriod').start,
    r.onsetDateTime,
    start('onsetPeriod').start,
    r.authoredOn,
    r.timingDateTime,
    start('timingPeriod').start,
    start('period').start,
    r.recordedDate,
    r.recordedOn,
    r.dateAsserted,
    r.issued,
    r.date,
    r.dateTime,
    r.created,
  ];
  return (candidates.find((value) => typeof value === 'string') as string | undefined) ?? '';
}
