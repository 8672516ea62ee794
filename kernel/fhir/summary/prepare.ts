import type { Extension, Patient, Resource } from '@medplum/fhirtypes';
import { translate } from './terms.ts';
import { word } from './words.ts';

/**
 * Makes a resource fit to leave its record: references point inside the document or are gone, narratives and extensions
 * that could say more than the resource are left out, and what the IPS profile demands is present or said to be absent.
 */

const DATA_ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';
const PROFILE_BASE = 'http://hl7.org/fhir/uv/ips/StructureDefinition/';

/** Extensions that change or complete a value without saying anything else of the person. */
const KEPT_EXTENSIONS = new Set([
  DATA_ABSENT,
  TRANSLATION,
  `${PROFILE_BASE}abatement-dateTime-uv-ips`,
  'http://hl7.org/fhir/StructureDefinition/quantity-precision',
]);

/** Children without which their parent element says nothing, or is not valid. */
const PARENT_NEEDS = new Set(['actor', 'itemReference', 'manipulated', 'link', 'target', 'reference']);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Rewriting {
  /** `urn:uuid:…` of a reference's target in this document; undefined where it is not in it. */
  readonly resolve: (reference: string) => string | undefined;
  readonly language: string;
}

const LOST = Symbol('a reference whose target is not in the document');

function rewrite(value: unknown, rewriting: Rewriting): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, rewriting)).filter((item) => item !== LOST && item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isObject(value)) {
    return value;
  }
  if (typeof value.reference === 'string' && !value.reference.startsWith('#')) {
    const target = rewriting.resolve(value.reference);
    return target ? { reference: target, ...(value.display !== undefined && { display: value.display }) } : LOST;
  }
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const next = key === 'extension' && Array.isArray(member) ? keptExtensions(member) : rewrite(member, rewriting);
    if (next === LOST && PARENT_NEEDS.has(key)) {
      return LOST;
    }
    if (next !== LOST && next !== undefined) {
      result[key] = next;
    }
  }
  return Object.keys(result).length > 0 ? withTranslation(result, rewriting.language) : undefined;
}

/** Those of the closed list, whole; undefined where none is left. */
function keptExtensions(extensions: readonly Extension[]): readonly Extension[] | undefined {
  const kept = extensions.filter((extension) => KEPT_EXTENSIONS.has(extension.url));
  return kept.length > 0 ? kept : undefined;
}

/** A coding carries its display in the reader's language as a translation, as `Coding-uv-ips` has it. */
function withTranslation(value: Record<string, unknown>, language: string): Record<string, unknown> {
  const { system, code, _display } = value;
  if (typeof system !== 'string' || typeof code !== 'string' || _display !== undefined || 'value' in value) {
    return value;
  }
  const content = translate(system, code, language);
  if (content === undefined) {
    return value;
  }
  const extension = [
    { url: 'lang', valueCode: language },
    { url: 'content', valueString: content },
  ];
  return { ...value, _display: { extension: [{ url: TRANSLATION, extension }] } };
}

/** Labels stay; versions, sources and tags of the home system do not travel. */
function keptMeta(resource: Resource, profile: string | undefined): Resource['meta'] {
  const { security, lastUpdated } = resource.meta ?? {};
  return {
    ...(lastUpdated && { lastUpdated }),
    ...(profile && { profile: [PROFILE_BASE + profile] }),
    ...(security && { security }),
  };
}

/** A copy of `resource` for the document, under its new id. */
export function prepare(resource: Resource, id: string, rewriting: Rewriting): Resource {
  const { meta, text, contained, id: _, ...rest } = resource as Resource & Json;
  const rewritten = rewrite(
    { ...rest, ...(contained !== undefined && { contained: withoutText(contained) }) },
    rewriting,
  );
  const conformed = conform({ ...(rewritten as Json) });
  const kept = keptMeta(resource, profileOf(conformed));
  return {
    resourceType: resource.resourceType,
    id,
    ...(Object.keys(kept ?? {}).length > 0 && { meta: kept }),
    ...conformed,
  } as unknown as Resource;
}

function withoutText(contained: unknown): unknown {
  return Array.isArray(contained) ? contained.map(({ text: _, ...rest }) => rest) : contained;
}

const absent = (reason = 'unknown') => ({ extension: [{ url: DATA_ABSENT, valueCode: reason }] });

const hasAny = (resource: Json, ...names: readonly string[]) => names.some((name) => resource[name] !== undefined);

/** Adds what the IPS profile demands where it is missing, as absent. */
function conform(resource: Record<string, unknown>): Record<string, unknown> {
  switch (resource.resourceType) {
    case 'Condition':
      return { clinicalStatus: absent(), code: absent(), ...resource };
    case 'AllergyIntolerance':
      return { clinicalStatus: absent(), code: absent(), ...resource };
    case 'MedicationStatement':
      return hasAny(resource, 'effectiveDateTime', 'effectivePeriod', '_effectiveDateTime')
        ? resource
        : { ...resource, effectivePeriod: absent() };
    case 'DeviceUseStatement':
      return hasAny(resource, 'timingDateTime', 'timingPeriod', 'timingTiming')
        ? resource
        : { ...resource, timingPeriod: absent() };
    case 'Procedure': {
      const performed = ['DateTime', 'Period', 'String', 'Age', 'Range'].map((type) => `performed${type}`);
      return {
        code: absent(),
        ...(!hasAny(resource, ...performed, '_performedDateTime') && { performedPeriod: absent() }),
        ...resource,
      };
    }
    case 'Observation':
      return hasAny(resource, 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming')
        ? resource
        : { ...resource, effectivePeriod: absent() };
    case 'DiagnosticReport': {
      const dated = hasAny(resource, 'effectiveDateTime', 'effectivePeriod')
        ? resource
        : { ...resource, effectivePeriod: absent() };
      // The profile has exactly one category; the first is the broadest by custom.
      const [first] = (resource.category as readonly unknown[] | undefined) ?? [absent()];
      return { ...dated, category: [first] };
    }
    case 'Organization':
    case 'Practitioner': {
      // Enough to know who it was; how to reach them, and anything private of them, stays at home.
      const { telecom, address, contact, birthDate, photo, gender, ...named } = resource;
      return named;
    }
    default:
      return resource;
  }
}

/** The IPS profile a prepared resource is known to fit; undefined where that cannot be told without the profile. */
function profileOf(resource: Json): string | undefined {
  switch (resource.resourceType) {
    case 'Condition':
    case 'AllergyIntolerance':
    case 'MedicationStatement':
    case 'MedicationRequest':
    case 'Immunization':
    case 'Procedure':
    case 'DeviceUseStatement':
    case 'DiagnosticReport':
      return `${resource.resourceType}-uv-ips`;
    case 'Observation':
      return isPlainResult(resource) ? 'Observation-results-uv-ips' : undefined;
    case 'Organization':
    case 'Practitioner':
      return resource.name === undefined ? undefined : `${resource.resourceType}-uv-ips`;
    default:
      return undefined;
  }
}

/** A laboratory result with a coded unit, or with no quantity at all: what the profile's own types demand. */
function isPlainResult(resource: Json): boolean {
  const { category, valueQuantity, valueRange, valueRatio, component, referenceRange } = resource;
  const quantity = valueQuantity as Json | undefined;
  return (
    JSON.stringify(category ?? '').includes('"laboratory"') &&
    hasAny(resource, 'effectiveDateTime', 'effectivePeriod') &&
    (quantity === undefined || (hasAny(quantity, 'system') && hasAny(quantity, 'code'))) &&
    [valueRange, valueRatio, component, referenceRange].every((value) => value === undefined)
  );
}

export type PatientDetail = 'minimal' | 'full';

/**
 * The person as the document shows them. Minimal: what is needed to know that this is the record of the person in the
 * room: name, sex, birth date, languages. Full adds identifiers, telecom and address, for use where the record is at home.
 */
export function preparePatient(patient: Patient, id: string, detail: PatientDetail, rewriting: Rewriting): Resource {
  const source = patient as Patient & Json;
  const names = patient.name?.filter((name) => name.family || name.given?.length || name.text);
  const birthDate = source.birthDate ?? undefined;
  const kept = {
    resourceType: 'Patient',
    ...(detail === 'full' && { identifier: source.identifier, telecom: source.telecom, address: source.address }),
    name: names?.length ? names : [{ text: word('nameNotRecorded', rewriting.language) }],
    gender: source.gender,
    ...(birthDate ? { birthDate, _birthDate: source._birthDate } : { _birthDate: source._birthDate ?? absent() }),
    deceasedBoolean: source.deceasedBoolean,
    deceasedDateTime: source.deceasedDateTime,
    communication: source.communication,
  };
  const rewritten = rewrite(JSON.parse(JSON.stringify(kept)), rewriting) as Json;
  return { ...rewritten, id, meta: keptMeta(patient, 'Patient-uv-ips') } as unknown as Resource;
}
